"""The headline of a page without rules: what is printed as one, and what the page tells machines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extraction.document import Document
from crawler.extraction.finder import text_of
from crawler.extraction.legibility import is_scrambled, is_unfilled
from crawler.extraction.metadata import clean_text
from crawler.extraction.own_names import own_names
from crawler.extraction.text import letters

# What parts a headline from the name of the site or of the section, in ``<title>`` and ``og:title``.
_PARTING = re.compile(r"\s+[|–—·•‹›»-]+\s+|\s*[|ㅣ：]\s*|\s+::\s+")
# Letters; a shorter text is a logo or a label.
_SHORTEST = 8
# Of the letters; what is cut off a headline is not longer.
_TAIL = 0.4


def titles(document: Document) -> list[tuple[str, str]]:
    """Headlines with their provenance, best first.

    A Vietnamese paper prints what it means; elsewhere the statement for machines is the one that others quote.
    """
    assert document.metadata is not None
    metadata = document.metadata
    printed = printed_title(document)
    # Some state it as a plain meta element or as microdata, without JSON-LD.
    plain = clean_text(metadata.metas.get("headline", ""))
    headline = (metadata.text("headline"), "json-ld") if metadata.text("headline") else (plain, "meta")
    stated = [headline, (clean_text(metadata.metas.get("og:title", "")), "meta")]
    if _is_outvoted(stated[0][0], stated[1][0], printed, document):
        stated.reverse()
    shown = [(printed, "generic")]
    order = [*shown, *stated] if document.is_vietnamese else [*stated, *shown]
    order.append((metadata.page_title, "meta"))
    known = [value for value, _ in order if value]
    own = {letters(name) for name in own_names(document)}
    found = ((_without_site(value, known, own), origin) for value, origin in order if value)
    return [(title, origin) for title, origin in found if title and not is_unfilled(title) and not is_scrambled(title)]


def _is_outvoted(headline: str | None, social: str | None, printed: str | None, document: Document) -> bool:
    """Whether the JSON-LD headline is what nobody else says.

    It is printed nowhere while the other stated title is the printed one; or both differ in punctuation alone and
    ``<title>`` has it as the other does.
    """
    assert document.metadata is not None
    if not headline or not social:
        return False
    if letters(headline) == letters(social):
        return headline != social and social in document.metadata.page_title
    headings = {letters(text_of(element) or "") for element in document.finder.select("h1, h2, h3")}
    return printed is not None and letters(printed) == letters(social) and letters(headline) not in headings


def printed_title(document: Document) -> str | None:
    """The heading that the page's own title repeats, else its first ``<h1>``."""
    assert document.metadata is not None
    metadata = document.metadata
    said = [
        letters(text)
        for text in (metadata.text("headline"), metadata.metas.get("og:title"), metadata.page_title)
        if text
    ]
    headings = [(text, letters(text)) for text in _headings(document)]
    for text, key in headings:
        if any(key == other or (len(key) >= 2 * _SHORTEST and key in other) for other in said):
            return text
    return headings[0][0] if headings else None


def _headings(document: Document) -> Iterator[str]:
    """Texts of the level-one headings of the page, but for logos: a heading that is the name of the site."""
    own = {letters(name) for name in own_names(document)}
    for element in document.finder.select("h1"):
        text = text_of(element)
        if text and len(letters(text)) >= _SHORTEST and letters(text) not in own:
            yield text


def _without_site(value: str, known: list[str], own: set[str]) -> str | None:
    """A headline without what is added to it: the site's name, told by itself or by the other headlines."""
    key = letters(value)
    for other in known:
        short = letters(other)
        longer = len(short) >= 2 * _SHORTEST and key != short and key.startswith(short)
        if longer and len(key) - len(short) <= _TAIL * len(key) and _PARTING.match(value[len(other) :]):
            return other
    parts = list(_PARTING.finditer(value))
    while parts and letters(value[parts[-1].end() :]) in own | {""}:
        value = value[: parts.pop().start()]
    return value.strip() or None
