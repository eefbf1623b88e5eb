"""The photos of a page without rules: the one above the text that stands outside its column, and whose is none."""

from __future__ import annotations

from collections.abc import Callable

from crawler.extraction.body.pieces import Piece
from crawler.extraction.generic.boxes import around, words_of
from crawler.extraction.text import letters

# Words of classes around pictures that are no photos of the article, and how far up they are looked for.
_FOREIGN = frozenset(
    "author authors avatar byline bio profile logo newsletter sidebar navigation comments footer".split()
)
# The same where the picture leads to another page, or what is around it is named so; a photo may be cut for teasers.
_OF_OTHERS = frozenset("teaser teasers related recommended recommendations promo sponsored advert popular".split())
_DEPTH = 4
_OUTSIDE = frozenset(("aside", "nav", "footer", "button"))
#: Captions of one photo: what it shows, and who took it.
_CAPTIONS = 2


def is_foreign(piece: Piece) -> bool:
    """Whether a picture is that of an author, of another story or of the site."""
    for place in around(piece.element, _DEPTH):
        own = place is piece.element and not piece.links
        if place.tag in _OUTSIDE or (_FOREIGN if own else _FOREIGN | _OF_OTHERS) & words_of(place):
            return True
    return False


def opening_photo(
    pieces: list[Piece], kept: list[Piece], titles: frozenset[str], leads_away: Callable[[str], bool]
) -> list[Piece]:
    """The first photo between headline and text, with its captions; empty where the text brings its own.

    ``kept`` are the pieces that were taken for the article's, of all ``pieces``; ``titles`` the letters of headlines.
    """
    known = {id(piece) for piece in kept}
    start = next((piece for piece in kept if piece.is_text), None)
    end = next((index for index, piece in enumerate(pieces) if piece is start), 0)
    headlines = [index for index in range(end) if letters(pieces[index].text) in titles]
    between = pieces[headlines[0] + 1 : end] if headlines else []
    if any(piece.image and id(piece) in known for piece in between):
        return []
    for index, piece in enumerate(between):
        if piece.image and not is_foreign(piece) and not any(map(leads_away, piece.links)):
            return [piece, *_captions(between[index + 1 :])]
    return []


def _captions(following: list[Piece]) -> list[Piece]:
    """The captions right behind a photo."""
    found: list[Piece] = []
    for piece in following[:_CAPTIONS]:
        if piece.is_photo or (piece.kind != "caption" and piece.marked not in ("caption", "caption?")):
            break
        piece.kind, piece.marked = "caption", "figure"
        found.append(piece)
    return found
