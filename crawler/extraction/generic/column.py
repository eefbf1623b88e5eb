"""The column of the article: the smallest element that holds most of the running text of a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml.etree import _Element as Element

from crawler.extraction.body.pieces import Piece
from crawler.extraction.generic.second_opinion import SecondOpinion
from crawler.extraction.generic.wording import extent
from crawler.extraction.text import ends_sentence

#: Share of the text from which a child stands for its parent: teasers and comments beside the article hold the rest.
_MOST = 0.75
#: The same of the text that both readers take for the article's: the wide column loses next to none of it.
_NEARLY_ALL = 0.97
# Characters; a shorter piece without the end of a sentence is no running text.
_SHORT = 40
#: A piece that only one of two readers takes for text counts so much less.
_DOUBT = 0.25


@dataclass(frozen=True, slots=True)
class Column:
    """Where the article stands: ``core`` holds most of its text, ``wide`` all that two readers agree on."""

    core: Element
    wide: Element


def article_column(root: Element, pieces: Iterable[Piece], opinion: SecondOpinion) -> Column | None:
    """The column of the article among all ``pieces`` of a page, ``None`` where there is no running text."""
    weighed = [(piece, piece.element, weight) for piece in pieces if (weight := _weight(piece))]
    kin = {kin_name(element) for piece, element, _ in weighed if element is not None and opinion.agrees(piece.text)}
    weights: dict[Element, float] = {}
    agreed: dict[Element, float] = {}
    for piece, place, weight in weighed:
        if place is None:
            continue
        agrees = opinion.agrees(piece.text)
        name = kin_name(place)
        sure = agrees or (name in kin and name[2])
        for element in (place, *place.iterancestors()):
            weights[element] = weights.get(element, 0) + (weight if sure else weight * _DOUBT)
            if agrees:
                agreed[element] = agreed.get(element, 0) + weight
    if root not in weights:
        return None
    core = _descend(root, weights, _MOST)
    wide = _descend(root, agreed, _NEARLY_ALL) if agreed else core
    return Column(core, wide if _is_inside(core, wide) else core)


def kin_name(element: Element) -> tuple[str, str, str]:
    """What paragraphs of one body have in common, however many parts it is cut into: tag, class, parent's class."""
    parent = element.getparent()
    return str(element.tag), element.get("class", ""), parent.get("class", "") if parent is not None else ""


def _descend(root: Element, weights: dict[Element, float], share: float) -> Element:
    column = root
    while True:
        heaviest = max((child for child in column if child in weights), key=weights.__getitem__, default=None)
        if heaviest is None or weights[heaviest] < share * weights[column]:
            return column
        column = heaviest


def _is_inside(element: Element, other: Element) -> bool:
    return element is other or any(parent is other for parent in element.iterancestors())


def _weight(piece: Piece) -> float:
    """Characters of running text."""
    if piece.is_photo or piece.kind == "caption" or piece.linked >= 0.5:
        return 0
    length = extent(piece.text)
    if length < _SHORT and not ends_sentence(piece.text) and piece.kind != "table_row":
        return 0
    return length * (0.5 if piece.kind in ("list_item", "heading", "table_row") else 1)
