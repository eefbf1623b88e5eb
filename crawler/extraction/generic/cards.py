"""Cards of other stories: boxes alike, side by side, each with a linked headline and perhaps a line of teaser."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urldefrag

from lxml.etree import _Element as Element

from crawler.extraction.body.pieces import Piece
from crawler.extraction.document import Document

# Cards of a list; two may be parts of one article.
_LEAST = 3
# Elements around a headline that may be its card.
_LEVELS = 5
# Share of a headline's letters.
_LINKED = 0.9
# Characters of a card; a longer one is a story told on this page.
_LONGEST = 900


def pieces_in_cards(pieces: Iterable[Piece], document: Document) -> list[Piece]:
    """The pieces that stand in cards."""
    pieces = [piece for piece in pieces if piece.element is not None]
    cards = _cards(pieces, document)
    found: dict[Element, list[Piece]] = {}
    for piece in pieces:
        card = next((place for place in _around(piece.element) if place in cards), None)
        if card is not None:
            found.setdefault(card, []).append(piece)
    return [piece for held in found.values() if sum(len(piece.text) for piece in held) <= _LONGEST for piece in held]


def _cards(pieces: list[Piece], document: Document) -> frozenset[Element]:
    """Elements beside others of their form, each around the headline of another story."""
    alike: dict[tuple[Element, str, str], dict[Element, str]] = {}
    for piece in pieces:
        target = _other_story(piece, document)
        if target is None:
            continue
        for place in list(_around(piece.element))[:_LEVELS]:
            parent = place.getparent()
            if parent is not None:
                form = (parent, str(place.tag), place.get("class", ""))
                alike.setdefault(form, {}).setdefault(place, target)
    return frozenset(place for places in alike.values() if len(set(places.values())) >= _LEAST for place in places)


def _other_story(piece: Piece, document: Document) -> str | None:
    """Where a linked headline leads, ``None`` for any other piece and for a link to this page or off the site."""
    if piece.kind != "heading" or piece.linked < _LINKED:
        return None
    return next((urldefrag(document.absolute(link)).url for link in piece.links if document.leads_away(link)), None)


def _around(element: Element | None) -> Iterable[Element]:
    while element is not None:
        yield element
        element = element.getparent()
