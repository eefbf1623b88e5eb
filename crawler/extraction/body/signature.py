"""The byline inside the body: usually its last line, set to the right or in bold."""

from __future__ import annotations

from crawler.extraction.body.pieces import Piece
from crawler.extraction.debris import debris
from crawler.extraction.people import Byline, is_byline, looks_like_names, read_byline
from crawler.extraction.text import is_capitals, unique, words

# How many pieces from the end a byline is looked for: notes and links may follow it.
_REACH = 4


def take_byline(pieces: list[Piece], own_names: tuple[str, ...]) -> tuple[list[Piece], Byline]:
    """Take the byline out of the last pieces (and marked ones from anywhere) and read it."""
    taken: set[int] = set()
    found: list[Byline] = []
    for index, piece in enumerate(pieces):
        if piece.marked == "byline" and piece.image is None:
            taken.add(index)
            found.append(read_byline(piece.text, own_names))
    for index in _byline_places(pieces, taken):
        taken.add(index)
        found.append(read_byline(pieces[index].text, own_names))
    byline = Byline(
        authors=unique([name for byline in found for name in byline.authors]),
        source=next((byline.source for byline in found if byline.source), None),
        explicit=bool(found),
    )
    return [piece for index, piece in enumerate(pieces) if index not in taken], byline


def _byline_places(pieces: list[Piece], taken: set[int]) -> list[int]:
    """Indices of the pieces at the end of the body that are its byline, at most two lines of it."""
    texts = [i for i, piece in enumerate(pieces) if piece.image is None and piece.kind != "caption" and i not in taken]
    if len(texts) < 2:
        return []
    places: list[int] = []
    passed = 0
    for index in reversed(texts[1:]):
        piece = pieces[index]
        styled = piece.align == "right" or piece.bold
        if debris(piece.text, after_end=True):
            continue
        if piece.kind in ("paragraph", "quote", "heading", "list_item") and _signs(piece, styled):
            places.append(index)
            if len(places) == 2:
                break
            continue
        if places:
            break
        passed += 1
        # Only a line set apart to the right may stand a little before the end.
        if passed >= _REACH or not _may_follow_byline(piece):
            break
    return places


def _signs(piece: Piece, styled: bool) -> bool:
    if piece.kind == "list_item" and not styled:
        return False
    if piece.kind == "heading" and not (styled and is_byline(piece.text, True)):
        return False
    if is_byline(piece.text, styled):
        return styled or not looks_like_names(piece.text) or _plain_signature(piece)
    return False


def _plain_signature(piece: Piece) -> bool:
    """A name set like any paragraph, at the very end, is a signature all the same when it is nothing but a name."""
    return is_capitals(piece.text) or len(words(piece.text)) <= 10


def _may_follow_byline(piece: Piece) -> bool:
    """Whether a piece may stand after the byline: a note, a link, a short italic line."""
    text = piece.text.lower()
    return (
        piece.linked > 0.3
        or piece.italic
        or text.startswith(("*", "(*", "ghi chú", "chú thích", "nguồn", "tài liệu", "http"))
    )
