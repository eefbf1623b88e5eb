"""Who is credited on a page without rules: several places name people, the first that does is believed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml.etree import _Element as Element

from crawler.extraction.metadata import Metadata
from crawler.extraction.people.agencies import agencies_in
from crawler.extraction.people.anywhere import Credits, begins_as_byline, read_credits
from crawler.extraction.people.byline import Byline, read_byline
from crawler.extraction.people.elements import bylines_near
from crawler.extraction.people.lines import is_byline
from crawler.extraction.people.organisations import is_organisation
from crawler.extraction.people.roles import has_role
from crawler.extraction.people.sources import SOURCE
from crawler.extraction.people.statements import stated_authors
from crawler.extraction.text import unique

# Where credits were found, as ``provenance`` says it, and what they are.
Found = tuple[str, Credits]
_Reader = Callable[[str, bool], Credits]


def find_credits(
    metadata: Metadata,
    headline: Element | None,
    body: Element,
    signature: Byline,
    own_names: tuple[str, ...],
    vietnamese: bool,
) -> Found:
    """People and sources with their provenance; ``signature`` is the byline found in the body.

    A Vietnamese article is signed under its text, and its data often names the paper or who put it online; elsewhere
    the data of the page is the more exact one.
    """

    def read(text: str, person: bool) -> Credits:
        return _read_vietnamese(text, own_names) if vietnamese else read_credits(text, own_names, person)

    signed = Credits(signature.authors, [signature.source] if signature.source else [])
    if not vietnamese:
        signed = read_credits("\n".join([*signed.people, *signed.sources]), own_names)
    stated = _stated(metadata, read)
    begins = _begins_vietnamese if vietnamese else begins_as_byline
    shown = (("generic", read(text, False)) for text in bylines_near(metadata.root, headline, body, begins))
    order = (iter([("generic", signed)]), shown, stated) if vietnamese else (stated, shown, iter([("generic", signed)]))
    sources: Found = ("generic", Credits())
    for origin, credits in (found for place in order for found in place):
        if credits.people:
            also = sources[1].sources or (_next_source(shown) if vietnamese else [])
            return origin, Credits(credits.people, credits.sources or also)
        if credits.sources and not sources[1].sources:
            sources = origin, credits
    return sources


def is_credit_line(text: str, credits: Credits, own_names: tuple[str, ...]) -> bool:
    """Whether a paragraph is nothing but the byline: it begins as one, or names just the people and agencies found."""
    read = read_credits(text, own_names)
    undated = [text for text in read.rest if not any(char.isdigit() for char in text)]
    if not (read.people or read.sources) or len(undated) > 1:
        return False
    known = {name.casefold() for name in (*credits.people, *credits.sources)}
    named = {name.casefold() for name in (*read.people, *read.sources)}
    return bool(named & known) if begins_as_byline(text) else not read.rest and named <= known


def _next_source(shown: Iterator[Found]) -> list[str]:
    """The source that a line of its own credits: ``Nguồn: …`` under the signature."""
    return next((credits.sources for _, credits in shown if credits.sources and not credits.people), [])


def _begins_vietnamese(text: str) -> bool:
    return has_role(text) or (bool(SOURCE.match(text)) and is_byline(text, styled=True))


def _stated(metadata: Metadata, read: _Reader) -> Iterator[Found]:
    for statements in stated_authors(metadata):
        parts = [read(statement.text, statement.person) for statement in statements]
        people = [name for part in parts for name in part.people]
        # Data names papers that are none of our list for themselves.
        sources = [source for part in parts for source in part.sources if agencies_in(source)]
        yield statements[0].origin if statements else "json-ld", Credits(unique(people), unique(sources))


def _read_vietnamese(text: str, own_names: tuple[str, ...]) -> Credits:
    lines = "\n".join(line for line in text.split("\n") if is_byline(line, styled=True))
    byline = read_byline(lines, own_names)
    people = [name for name in byline.authors if not is_organisation(name)]
    return Credits(people, [byline.source] if byline.source else [])
