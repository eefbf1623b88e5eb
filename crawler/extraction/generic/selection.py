"""Which pieces of the article's column are its text."""

from __future__ import annotations

from lxml.etree import _Element as Element

from crawler.extraction.body.pieces import Left, Piece
from crawler.extraction.debris import debris
from crawler.extraction.generic.boxes import Boxes
from crawler.extraction.generic.column import Column, kin_name
from crawler.extraction.generic.second_opinion import SecondOpinion
from crawler.extraction.generic.wording import extent, speaks_to_reader
from crawler.extraction.text import ends_sentence, letters

# Characters of a text that is a paragraph by its length alone.
_LONG = 120
# Characters; a shorter line may well stand twice.
_MARGIN = 20
# Share of the letters of a list that are links, from which it is a list of links.
_LINK_LIST = 0.4
# Share of the text from which elements of a name are what the body is made of.
_MOST_KIN = 1 / 3


def select(pieces: list[Piece], column: Column, opinion: SecondOpinion) -> tuple[list[Piece], list[Left]]:
    """The pieces of ``column`` that are text, photos and captions of the article, and what was left out."""
    chooser = _Chooser([piece for piece in pieces if _stands_in(piece, column.wide)], column, opinion)
    kept: list[Piece] = []
    left: list[Left] = []
    for piece in chooser.pieces:
        rule = None if piece.is_photo else chooser.why_not(piece)
        if rule:
            left.append(Left(piece.text, rule))
        else:
            kept.append(piece)
    return kept, left


class _Chooser:
    def __init__(self, pieces: list[Piece], column: Column, opinion: SecondOpinion) -> None:
        self.pieces = pieces
        self._core = column.core
        self._agreed = {id(piece) for piece in pieces if not piece.is_photo and opinion.agrees(piece.text)}
        self._boxes = Boxes(column.wide, self._held(running=True), self._held(running=False))
        self._heard = self._is_heard()
        self._linked = _linked_shares(pieces)
        self._kin = self._kin_of_text()
        self._seen: set[str] = set()

    def why_not(self, piece: Piece) -> str | None:
        """The rule by which a piece is no text of the article; a caption is turned into one."""
        rule = debris(piece.text)
        if rule not in (None, "link_spam", "punctuation"):
            return rule
        if speaks_to_reader(piece.text):
            return "to_reader"
        if piece.kind == "caption" or piece.marked in ("caption", "caption?"):
            piece.kind, piece.marked = "caption", "figure"
            return None
        return self._why_no_text(piece)

    def _why_no_text(self, piece: Piece) -> str | None:
        agreed, long = id(piece) in self._agreed, extent(piece.text) >= _LONG
        kin = self._kin.get(kin_name(piece.element), 0.0) if piece.element is not None else 0.0
        if kin < _MOST_KIN and self._boxes.hold(piece.element):
            return "box"
        if piece.kind == "list_item" and self._is_link_list(piece.element):
            return "link"
        if piece.linked >= 0.9 and not (agreed and long):
            return "link"
        if piece.linked >= 0.5 and not ends_sentence(piece.text) and piece.kind != "list_item":
            return "link"
        repeats = len(piece.text) > _MARGIN and letters(piece.text) in self._seen
        if repeats and not (agreed and (kin >= _MOST_KIN or not long)):
            return "repeated"
        in_core = _stands_in(piece, self._core)
        if not in_core and not (agreed and piece.kind != "heading" and (long or ends_sentence(piece.text))):
            return "outside"
        alike = kin or piece.kind == "list_item"
        if self._heard and not agreed and not (long and piece.linked < 0.5 and alike):
            return "alone"
        self._seen.add(letters(piece.text))
        return None

    def _is_link_list(self, item: Element | None) -> bool:
        """Whether an item is one of a list of links."""
        lists = item.iterancestors("ul", "ol") if item is not None else iter(())
        parent = next(lists, None)
        return parent is not None and self._linked.get(parent, 0.0) >= _LINK_LIST

    def _kin_of_text(self) -> dict[tuple[str, str, str], float]:
        """Which share of the agreed text stands in elements of each name; alike are the paragraphs of one body."""
        shares: dict[tuple[str, str, str], float] = {}
        total = 0
        for piece in self.pieces:
            if id(piece) in self._agreed and piece.element is not None and extent(piece.text) >= _LONG:
                name = kin_name(piece.element)
                total += len(piece.text)
                shares[name] = shares.get(name, 0) + len(piece.text)
        return {name: share / total for name, share in shares.items()}

    def _held(self, running: bool) -> dict[Element, int]:
        """Characters that each element of the column holds, of running text or of any."""
        held: dict[Element, int] = {}
        for piece in self.pieces:
            if piece.is_photo or piece.element is None:
                continue
            if running and (piece.linked >= 0.5 or not (id(piece) in self._agreed or extent(piece.text) >= _LONG)):
                continue
            for element in (piece.element, *piece.element.iterancestors()):
                held[element] = held.get(element, 0) + len(piece.text)
        return held

    def _is_heard(self) -> bool:
        """Whether the second opinion knows this column at all."""
        running = [piece for piece in self.pieces if extent(piece.text) >= _LONG and piece.linked < 0.5]
        agreed = sum(len(piece.text) for piece in running if id(piece) in self._agreed)
        return agreed >= 0.5 * sum(len(piece.text) for piece in running)


def _linked_shares(pieces: list[Piece]) -> dict[Element, float]:
    """For each list, which share of its letters are links."""
    letters_of: dict[Element, tuple[float, int]] = {}
    for piece in pieces:
        if piece.kind == "list_item" and piece.element is not None:
            parent = next(piece.element.iterancestors("ul", "ol"), None)
            if parent is not None:
                linked, total = letters_of.get(parent, (0.0, 0))
                # An item of sentences may link its sources.
                share = 0 if ends_sentence(piece.text) else piece.linked
                letters_of[parent] = (linked + share * len(piece.text), total + len(piece.text))
    return {parent: linked / total for parent, (linked, total) in letters_of.items() if total}


def _stands_in(piece: Piece, column: Element) -> bool:
    element = piece.element
    return element is not None and (element is column or any(parent is column for parent in element.iterancestors()))
