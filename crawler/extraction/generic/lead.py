"""The lead of a page without rules: what stands between headline and text, or opens the text set apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element as Element

from crawler.extraction.body.pieces import Piece
from crawler.extraction.dates import is_date_line
from crawler.extraction.generic.boxes import around, words_of
from crawler.extraction.generic.wording import extent, speaks_to_reader
from crawler.extraction.people import is_byline
from crawler.extraction.text import ends_sentence, letters, tidy

# Words of classes by which templates name the lead, in the languages of the pages read so far.
_NAMES = frozenset(
    """
    lead lede leads leadtext sapo standfirst dek deck subtitle subhead subheadline subheading strapline tagline summary
    excerpt intro introtext introduction einleitung vorspann teaser preamble chapo chapeau chappeau desc description
    abstract preface synopsis ingress entradilla bajada occhiello sommario tieu mota
    """.split()
)
_NAME_PAIRS = re.compile(r"sub-?title|sub[-_]tit|mo-?ta|article-?desc|lead-?text|text-?lead", re.IGNORECASE)
# Not the lead, whatever else the class says: the teaser of another story, the description of a photo.
_OTHERS = frozenset("related recommended image img photo picture caption video audio player author list".split())
# Words of the classes and names of elements that open for the reader's hand alone, and how far up they are looked for.
_CONTROLS = frozenset("tooltip popover popup toolbox toolbar dialog modal overlay dropdown".split())
_CONTROL_DEPTH = 5
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
# Characters; a shorter text above the article is a kicker or a control.
_SHORTEST = 40
_LONGEST = 1200
#: Of the letters of a piece; a description that holds so many of them is the piece without its dateline.
_SAME = 0.8
#: Children of an element that holds a lead and nothing else.
_ALONE = 3
#: Pieces between the headline and the text that are looked at.
_REACH = 25
# Words of classes that set a first paragraph larger than the rest; a drop capital makes none.
_LARGER = frozenset("bold medium semibold strong large larger big xl lg heavy fett first-paragraph".split())
_DROPPED_CAPITAL = frozenset("cap dropcap drop initial".split())


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead and the pieces it stands in."""

    text: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class LeadFinder:
    """What is known of a page before its lead is.

    ``titles`` are the letters of its headlines, ``descriptions`` those of what it says of itself for machines.
    """

    titles: frozenset[str]
    descriptions: frozenset[str]

    def find(self, pieces: list[Piece], text: list[Piece]) -> Lead | None:
        """The lead among all ``pieces`` of a page, of which ``text`` were taken for the article's.

        It stands between the headline and the text, or opens the text.
        """
        text = [piece for piece in text if piece.is_text and letters(piece.text) not in self.titles]
        while text and text[0].kind == "heading" and not is_named(text[0]):
            del text[0]
        if not text:
            return None
        end = next(index for index, piece in enumerate(pieces) if piece is text[0])
        first, last = self._headlines(pieces, end)
        between = [piece for piece in pieces[last or 0 : end][-_REACH:] if self._may_be_lead(piece)]
        plain = [piece for piece in between if last is not None and piece.kind != "heading" and _is_prose(piece)]
        # The headline comes again where a player or a printed page begins; the lead stands below the first.
        around = [piece for piece in pieces[first or 0 : end][-_REACH:] if self._may_be_lead(piece)]
        told = self._told(between) or self._told(around)
        return _together(told) or self._opening(text) or _together(plain)

    def _told(self, found: list[Piece]) -> list[Piece]:
        """The pieces that the page describes itself by, else those that their class names."""
        described = [piece for piece in found if self._describes(piece)]
        named = [piece for piece in found if is_named(piece)]
        # A second headline may be named as the lead is; what is told in sentences goes first.
        return described or [piece for piece in named if ends_sentence(piece.text)] or named

    def _headlines(self, pieces: list[Piece], end: int) -> tuple[int | None, int | None]:
        """Where the pieces after the first and the last headline before ``end`` are, ``None`` without a headline."""
        found = [index for index in range(end) if letters(pieces[index].text) in self.titles]
        if not found:
            found = [index for index in range(max(0, end - _REACH), end) if pieces[index].kind == "heading"][-1:]
        return (found[0] + 1, found[-1] + 1) if found else (None, None)

    def _opening(self, text: list[Piece]) -> Lead | None:
        """A first piece of the text that is set apart or named as the lead."""
        first, rest = text[0], text[1:]
        if not rest or not self._may_be_lead(first):
            return None
        if is_named(first):
            lead = _together(text)
            return lead if lead and len(lead.pieces) <= len(rest) else None
        bold = first.bold and not rest[0].bold and extent(first.text) >= 2 * _SHORTEST
        apart = bold or _form(first) != _form(rest[0])
        return _together([first]) if (apart and self._describes(first)) or _is_larger(first, rest) else None

    def _may_be_lead(self, piece: Piece) -> bool:
        text = piece.text
        if piece.is_photo or piece.kind in ("caption", "table_row") or piece.marked or piece.linked >= 0.5:
            return False
        key = letters(text)
        shortest = 0 if key in self.descriptions else _SHORTEST
        if not shortest <= extent(text) <= _LONGEST or speaks_to_reader(text) or is_date_line(text):
            return False
        if any(key in title for title in self.titles) or _is_entry(piece.element) or _is_control(piece.element):
            return False
        return not is_byline(text, styled=True) and not _OTHERS & _words_around(piece.element)

    def _describes(self, piece: Piece) -> bool:
        """Whether a piece is what the page says of itself for machines: cut short there, or a part of it."""
        text = letters(piece.text)
        return any(
            (text.startswith(said) and 2 * len(said) >= len(text))
            or (said in text and len(said) >= _SAME * len(text))
            or (text in said and len(text) >= _SHORTEST)
            for said in self.descriptions
        )


def _together(found: list[Piece]) -> Lead | None:
    """The first of the pieces, with those that are parts of the same lead."""
    parts = [piece for piece in found if piece is found[0] or _same_place(piece, found[0])]
    return Lead(tidy(" ".join(piece.text for piece in parts)), tuple(parts)) if parts else None


def _is_prose(piece: Piece) -> bool:
    if _CLOCK.search(piece.text) and extent(piece.text) < 2 * _SHORTEST:
        return False
    return ends_sentence(piece.text) or extent(piece.text) >= 2 * _SHORTEST


def is_named(piece: Piece) -> bool:
    """Whether the class of the element, or of one around it alone, calls the piece a lead."""
    for place in around(piece.element, 3):
        if place is not piece.element and len(place) > _ALONE and _is_long(place):
            return False
        if _NAMES & words_of(place) or _NAME_PAIRS.search(place.get("class", "")):
            return True
    return False


def _is_long(place: Element) -> bool:
    """Whether an element holds more text than a lead has."""
    return sum(len(text) for text in place.itertext()) > _LONGEST


def _is_entry(element: Element | None) -> bool:
    """Whether an element is one of several entries of a list: the lead in a few points is none of them."""
    while element is not None and element.tag not in ("li", "ul", "ol"):
        element = element.getparent()
    parent = element.getparent() if element is not None and element.tag == "li" else None
    return parent is not None and sum(1 for _ in parent.iterchildren("li")) > 1


def _is_control(element: Element | None) -> bool:
    """Whether an element stands in what opens on a click: its text is about the page."""
    return any(_CONTROLS & words_of(place) for place in around(element, _CONTROL_DEPTH))


def _is_larger(first: Piece, rest: list[Piece]) -> bool:
    """Whether a first paragraph alone among those of its column is set larger."""
    element = first.element
    if element is None or first.kind != "paragraph":
        return False
    words = words_of(element)
    if not words & _LARGER or words & _DROPPED_CAPITAL:
        return False
    parent = element.getparent()
    beside = [piece for piece in rest if piece.element is not None and piece.element.getparent() is parent]
    return len(beside) > 1 and all(_form(piece) != _form(first) for piece in beside)


def _words_around(element: Element | None) -> frozenset[str]:
    """Words of the classes of an element and the one around it."""
    return frozenset().union(*map(words_of, around(element, 2)))


def _same_place(piece: Piece, other: Piece) -> bool:
    if piece.element is None or other.element is None:
        return False
    return piece.element is other.element or (
        piece.element.getparent() is other.element.getparent() and _form(piece) == _form(other) and is_named(piece)
    )


def _form(piece: Piece) -> tuple[str, str]:
    element = piece.element
    return (str(element.tag), element.get("class", "")) if element is not None else ("", "")
