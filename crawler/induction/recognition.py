"""Which family of CMS made a page: the one whose layouts read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crawler.extraction.article import read_article
from crawler.extraction.cleaning import same_text
from crawler.extraction.families import FAMILIES, GENERIC, Family
from crawler.extraction.matching import match_rules
from crawler.induction.agreement import agrees
from crawler.induction.examples import Example
from crawler.layout import SELECTOR_FIELDS, Layout
from crawler.outlet import Outlet

# Share of letters that what the family reads and what is wanted must have in common.
_ENOUGH = 0.8
# Classes and ids that only this family has, of which a page must bear so many.
_OWN_NAMES = 2
# Families that show in the addresses too, by what stands before the id.
_ADDRESSES = {"vnpt": "month", "fck": "a", "epi": "post"}
# Words that anybody may name an element with; a name made of them proves nothing.
_COMMON = frozenset(
    """article author body box breadcrumb breadcrumbs button by caption content date desc description detail details
    entry head header heading image img item list main media meta name news note post sapo social source story tag tags
    text time title""".split()
)
_NAME = re.compile(r"[.#][\w-]+")


@dataclass(frozen=True, slots=True)
class Fit:
    """How a family reads the pages: on how many title, date and body are right by its layouts alone.

    ``fields`` is how many fields its selectors find on all pages together.
    """

    family: str
    pages: int
    fields: int


def recognise(examples: Sequence[Example], outlet: Outlet) -> Fit | None:
    """The family that reads most of the pages, ``None`` where none reads more than half; ``outlet`` has no family."""
    fits = [_fit(family, examples, replace(outlet, family=name)) for name, family in FAMILIES.items()]
    best = max(fits, key=lambda fit: (fit.pages, fit.fields))
    return best if 2 * best.pages > len(examples) else None


def _fit(family: Family, examples: Sequence[Example], outlet: Outlet) -> Fit:
    pages = fields = 0
    for example in examples:
        layout = _reads(family, _as_of(example, outlet))
        if layout is not None:
            pages += 1
            finder = example.document.finder
            fields += sum(finder.first(getattr(layout, field)) is not None for field in SELECTOR_FIELDS)
    return Fit(family.name, pages, fields)


def _as_of(example: Example, outlet: Outlet) -> Example:
    """The same page as one of ``outlet``."""
    return Example(replace(example.document, outlet=outlet), example.wanted)


def _reads(family: Family, example: Example) -> Layout | None:
    """The layout by which the family reads title, date and body of a page as they should be."""
    match = match_rules(example.document)
    outlet = example.document.outlet
    address = outlet and outlet.article_id(example.document.url or "")
    signs = _own_names(family, example) + bool(address and address[0] == _ADDRESSES.get(family.name))
    if match is None or signs < _OWN_NAMES:
        return None
    article = read_article(example.document, match)
    wanted, finder = example.wanted, example.document.finder
    by_rule = all(finder.first(getattr(match.layout, field)) is not None for field in ("title", "date"))
    right_title = not wanted.title or same_text(article.title or "", wanted.title)
    return (
        match.layout
        if by_rule and article.published_at and right_title and agrees(article, example) >= _ENOUGH
        else None
    )


def _own_names(family: Family, example: Example) -> int:
    """How many classes and ids of the page stand in the selectors of this family and of no other."""
    others = {name for other in (*FAMILIES.values(), GENERIC) if other is not family for name in _names(other)}
    return sum(bool(example.document.finder.select(name)) for name in _names(family) - others)


def _names(family: Family) -> set[str]:
    selectors = (css for layout in family.layouts for field in SELECTOR_FIELDS for css in getattr(layout, field))
    names = {name for css in selectors for name in _NAME.findall(css)}
    return {name for name in names if not _COMMON.issuperset(re.split("[_-]+", name[1:]))}
