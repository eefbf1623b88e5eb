"""Places of a page: its headline, what stands around it in the order of the document, and boxes of other things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from crawler.extraction.dates.line import is_date_line
from crawler.extraction.document import Document
from crawler.extraction.finder import text_of

_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:related|relate|recommend\w*|side-?bar|comments?|most|popular|latest|trending|clock|now|today|weather|"
    r"foot|footer|copyright|top-?bar|menu|nav|navbar|widget|ticker|lien-?quan|tin-?moi|cung-chuyen-muc|teaser|card|cards)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_PATH = re.compile(r"breadcrumb", re.IGNORECASE)
_ASIDE = frozenset(("nav", "aside", "footer"))


def headline(document: Document, title: str | None) -> Element | None:
    """The heading that is the title, else the first; one in a path of sections stands far from the date."""
    headings = [
        heading
        for tag in ("h1", "h2")
        for heading in document.finder.select(tag)
        if not any(_PATH.search(names(place)) for place in (heading, heading.getparent()) if place is not None)
    ]
    for heading in headings:
        if title and text_of(heading) == title:
            return heading
    return next((heading for heading in headings if heading.tag == "h1"), None)


def following(start: Element) -> Iterator[Element]:
    """Elements behind ``start`` in the order of the document, those inside it first."""
    yield from start.iterdescendants()
    place: Element | None = start
    while place is not None:
        for sibling in place.itersiblings():
            yield from sibling.iter()
        place = place.getparent()


def preceding(start: Element) -> Iterator[Element]:
    """Elements that end before ``start``, the nearest first."""
    place: Element | None = start
    while place is not None and place.tag != "body":
        before = place.getprevious()
        if before is None:
            place = place.getparent()
            continue
        stack = [before]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(element)
        place = before


def stands_elsewhere(element: Element, around: frozenset[Element]) -> bool:
    """Whether a box of other things holds the element; what stands ``around`` the headline is none."""
    for place in (element, *element.iterancestors()):
        if place in around:
            return False
        if place.tag in _ASIDE or any(_ELSEWHERE.search(place.get(name) or "") for name in ("class", "id")):
            return True
        if place.tag == "a" and not is_date_line(text_of(place) or ""):
            return True
    return False


def names(element: Element) -> str:
    """What the markup calls an element: its class, id and property."""
    return " ".join(str(value) for name in ("class", "id", "itemprop") if (value := element.get(name)))
