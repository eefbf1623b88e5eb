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
from crawler.extraction.dates.places import following, headline, names, preceding, stands_elsewhere
from crawler.extraction.dates.stamp import Stamp
from crawler.extraction.document import Document
from crawler.extraction.finder import text_of
from crawler.extraction.text import ends_sentence

# Characters of a line that holds a date among other things; of a paragraph of running text.
_LINE = 140
_PARAGRAPH = 120
# How far behind the headline a date is looked for: elements, and characters of running text.
_REACH = 400
_TEXT = 1000
# How far before it: elements, none of which begins the head of the site.
_BEFORE = 25
_HEAD = frozenset(("header", "nav", "form", "ul", "ol", "h1"))
# Elements in one line of date.
_PARTS = 12
_DATED = re.compile(r"date|time(?!line)|publish|posted|pubdate|ngay", re.IGNORECASE)
_CHANGE = re.compile(
    r"cập nhật|updated?|modified|aktualisiert|mis à jour|modifié|actualizad|aggiornat|atualizad|bijgewerkt|uppdatera|"
    r"oppdater|opdater|aktualizacja|güncelle|diperbarui|更新|수정|datemodified",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Printed:
    """A moment printed near the headline; ``change`` where a label says that it is the last change."""

    stamp: Stamp
    change: bool


def printed(document: Document, title: str | None, body: Element | None) -> list[Printed]:
    """The moments printed near the headline ``title`` (or the ``body``): those behind it, else one right before it."""
    assert document.root is not None
    start = headline(document, title)
    if start is None:
        start = body
    if start is None:
        return []
    around = frozenset(start.iterancestors())
    return list(_behind(document, start, around)) or _before(document, start, around)


def _behind(document: Document, start: Element, around: frozenset[Element]) -> Iterator[Printed]:
    running = 0
    taken: set[Element] = set()
    for number, element in enumerate(following(start)):
        if number > _REACH or running > _TEXT:
            return
        if not isinstance(element.tag, str) or element in taken:
            continue
        if element.tag == "p" and len(text := text_of(element) or "") >= _PARAGRAPH and ends_sentence(text):
            running += len(text)
        found = _read(document, element, around, above_text=running == 0)
        if found:
            taken.update(element.iter())
            yield from found


def _before(document: Document, start: Element, around: frozenset[Element]) -> list[Printed]:
    """What is marked as a date right before the headline; beyond it (upwards) menus and the head of the site begin."""
    for number, element in enumerate(preceding(start)):
        if number > _BEFORE or element.tag in _HEAD:
            break
        marked = element.tag == "time" or _DATED.search(names(element))
        if marked and isinstance(element.tag, str) and (found := _read(document, element, around, above_text=True)):
            return found
    return []


def _read(document: Document, element: Element, around: frozenset[Element], above_text: bool) -> list[Printed]:
    """The moments an element states, none where it is no line of date, or where one inside it states more."""
    machine = _machine(element)
    inside = [inner for _, inner in zip(range(_PARTS + 1), element.iterdescendants(), strict=False)]
    if len(inside) > _PARTS or (machine is None and any(map(_machine, inside))):
        return []
    text = text_of(element) or ""
    if len(text) > _LINE or not (machine or _DIGIT.search(text)) or stands_elsewhere(element, around):
        return []
    named = names(element)
    stamps = _moments(document, text)
    stated = parse_stated(machine, document.local) if machine else None
    if stated:
        if stamps and not any(stamp.exact for stamp in stamps) and stated.is_midnight:
            return [Printed(stamps[0], bool(_CHANGE.search(named + " " + text)))]
        shown = next((stamp.raw for stamp in stamps if same_minute(stamp, stated)), stated.raw)
        return [Printed(replace(stated, raw=shown), bool(_CHANGE.search(named + " " + text)))]
    dated = element.tag == "time" or bool(_DATED.search(named))
    if not stamps or not (dated or is_date_line(text) or (above_text and _may_hold(stamps, text))):
        return []
    whens = [stamp.when for stamp in stamps]
    if any([stamp.when for stamp in _moments(document, text_of(inner))] == whens for inner in inside):
        return []
    return list(_labelled(stamps, text, named))


def _moments(document: Document, text: str | None) -> list[Stamp]:
    return moments(text, document.local, document.date_order) if text and _DIGIT.search(text) else []


def _machine(element: Element) -> str | None:
    """A time of day that an element states for machines beside what it prints."""
    stated = element.get("datetime") or (element.get("content") if element.get("itemprop") == "datePublished" else None)
    return stated if stated and ":" in stated and _DIGIT.search(stated) else None


def _may_hold(stamps: list[Stamp], text: str) -> bool:
    """Whether a line above the text may name the moment among other things: with a clock, in no sentence."""
    return any(stamp.exact for stamp in stamps) and not ends_sentence(text)


def _labelled(stamps: list[Stamp], text: str, named: str) -> Iterator[Printed]:
    """Of two moments the later one is the change where a label says that there is one."""
    change = bool(_CHANGE.search(named + " " + text))
    if len(stamps) == 1 or not change:
        yield from (Printed(stamp, change) for stamp in stamps[:1])
        return
    try:
        early, late = sorted(stamps[:2], key=lambda stamp: stamp.when)
    except TypeError:  # one with a zone, one without
        early, late = stamps[:2]
    yield Printed(early, False)
    yield Printed(late, True)
