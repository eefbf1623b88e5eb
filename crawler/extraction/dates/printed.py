"""What a page of any make prints of its times: the lines of date near its headline.

The header of the site (with its clock), related stories, comments and the foot of the page are never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from crawler.extraction.dates.choose import same_minute
from crawler.extraction.dates.line import is_date_line
from crawler.extraction.dates.parse import moments, parse_stated
from crawler.extraction.dates.stamp import Stamp
from crawler.extraction.document import Document
from crawler.extraction.finder import text_of
from crawler.extraction.text import ends_sentence

# Characters of a line that holds a date among other things; of a paragraph of running text.
_LINE = 140
_PARAGRAPH = 120
# How far behind the headline a date is looked for: elements, and characters of running text.
_REACH = 250
_TEXT = 1000
# How far before it: elements, none of which begins the head of the site.
_BEFORE = 25
_HEAD = frozenset(("header", "nav", "form", "ul", "ol", "h1"))
# Elements in one line of date.
_PARTS = 12
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:related|relate|recommend\w*|side-?bar|comments?|most|popular|latest|trending|clock|now|today|weather|"
    r"foot|footer|copyright|top-?bar|menu|nav|navbar|widget|ticker|lien-?quan|tin-?moi|cung-chuyen-muc|teaser|card|cards)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_DATED = re.compile(r"date|time(?!line)|publish|posted|pubdate|ngay", re.IGNORECASE)
_CHANGE = re.compile(
    r"cập nhật|updated?|modified|aktualisiert|mis à jour|modifié|actualizad|aggiornat|atualizad|bijgewerkt|uppdatera|"
    r"oppdater|opdater|aktualizacja|güncelle|diperbarui|更新|수정|datemodified",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_ASIDE = frozenset(("nav", "aside", "footer"))


@dataclass(frozen=True, slots=True)
class Printed:
    """A moment printed near the headline; ``change`` where a label says that it is the last change."""

    stamp: Stamp
    change: bool


def printed(document: Document, title: str | None, body: Element | None) -> list[Printed]:
    """The moments printed near the headline ``title``: those behind it, then those right before it."""
    assert document.root is not None
    headline = _headline(document, title)
    start = headline if headline is not None else body
    if start is None:
        return []
    found = list(_behind(document, start))
    if not found and headline is not None:
        found = _before(document, headline)
    return found


def _headline(document: Document, title: str | None) -> Element | None:
    headings: list[Element] = [*document.finder.select("h1"), *document.finder.select("h2")]
    for heading in headings:
        if title and text_of(heading) == title:
            return heading
    return next((heading for heading in headings if heading.tag == "h1"), None)


def _behind(document: Document, start: Element) -> Iterator[Printed]:
    running = 0
    taken: set[Element] = set()
    for number, element in enumerate(_following(start)):
        if number > _REACH or running > _TEXT:
            return
        if not isinstance(element.tag, str) or element in taken:
            continue
        if element.tag == "p" and len(text := text_of(element) or "") >= _PARAGRAPH and ends_sentence(text):
            running += len(text)
        found = _read(document, element, above_text=running == 0)
        if found:
            taken.update(element.iter())
            yield from found


def _before(document: Document, headline: Element) -> list[Printed]:
    """What is marked as a date right before the headline; behind it (upwards) menus and the head of the site begin."""
    for number, element in enumerate(_preceding(headline)):
        if number > _BEFORE or element.tag in _HEAD:
            break
        marked = element.tag == "time" or _DATED.search(_names(element))
        if marked and isinstance(element.tag, str) and (found := _read(document, element, above_text=True)):
            return found
    return []


def _preceding(start: Element) -> Iterator[Element]:
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


def _following(start: Element) -> Iterator[Element]:
    """Elements behind ``start`` in the order of the document, those inside it first."""
    yield from start.iterdescendants()
    place: Element | None = start
    while place is not None:
        for sibling in place.itersiblings():
            yield from sibling.iter()
        place = place.getparent()


def _read(document: Document, element: Element, above_text: bool) -> list[Printed]:
    """The moments an element states, none where it is no line of date, or where one inside it states more."""
    machine = _machine(element)
    inside = [inner for _, inner in zip(range(_PARTS + 1), element.iterdescendants(), strict=False)]
    if len(inside) > _PARTS or (machine is None and any(map(_machine, inside))):
        return []
    text = text_of(element) or ""
    if len(text) > _LINE or not (machine or _DIGIT.search(text)) or _stands_elsewhere(element):
        return []
    names = _names(element)
    stamps = _moments(document, text)
    stated = parse_stated(machine, document.local) if machine else None
    if stated and (stated.exact or not any(stamp.exact for stamp in stamps)):
        shown = next((stamp.raw for stamp in stamps if same_minute(stamp, stated)), stated.raw)
        return [Printed(replace(stated, raw=shown), bool(_CHANGE.search(names + " " + text)))]
    dated = element.tag == "time" or bool(_DATED.search(names))
    if not stamps or not (dated or is_date_line(text) or (above_text and _may_hold(stamps, text))):
        return []
    whens = [stamp.when for stamp in stamps]
    if any([stamp.when for stamp in _moments(document, text_of(inner))] == whens for inner in inside):
        return []
    return list(_labelled(stamps, text, names))


def _moments(document: Document, text: str | None) -> list[Stamp]:
    return moments(text, document.local, document.date_order) if text and _DIGIT.search(text) else []


def _machine(element: Element) -> str | None:
    """A time of day that an element states for machines beside what it prints."""
    stated = element.get("datetime") or (element.get("content") if element.get("itemprop") == "datePublished" else None)
    return stated if stated and ":" in stated and _DIGIT.search(stated) else None


def _names(element: Element) -> str:
    return " ".join(str(value) for name in ("class", "id", "itemprop") if (value := element.get(name)))


def _may_hold(stamps: list[Stamp], text: str) -> bool:
    """Whether a line above the text may name the moment among other things: with a clock, in no sentence."""
    return any(stamp.exact for stamp in stamps) and not ends_sentence(text)


def _labelled(stamps: list[Stamp], text: str, names: str) -> Iterator[Printed]:
    """Of two moments the later one is the change where a label says that there is one."""
    change = bool(_CHANGE.search(names + " " + text))
    if len(stamps) == 1 or not change:
        yield from (Printed(stamp, change) for stamp in stamps[:1])
        return
    try:
        early, late = sorted(stamps[:2], key=lambda stamp: stamp.when)
    except TypeError:  # one with a zone, one without
        early, late = stamps[:2]
    yield Printed(early, False)
    yield Printed(late, True)


def _stands_elsewhere(element: Element) -> bool:
    for place in (element, *element.iterancestors()):
        if place.tag in ("body", "html"):
            return False
        if place.tag in _ASIDE or any(_ELSEWHERE.search(place.get(name) or "") for name in ("class", "id")):
            return True
        if place.tag == "a" and not is_date_line(text_of(place) or ""):
            return True
    return False
