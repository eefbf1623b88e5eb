"""Captions: texts that belong to a photo, told by markup, place and setting."""

from __future__ import annotations

from crawler.extraction.body.pieces import Piece
from crawler.extraction.body.reader import CAPTION_LENGTH
from crawler.extraction.people import is_byline

# Characters; a credit line under a caption, and a plain caption that names its photographer.
_CREDIT_LENGTH = 60
_CREDITED_CAPTION = 250


def mark_captions(pieces: list[Piece]) -> None:
    """Turn the texts that belong to a photo into captions."""
    for index, piece in enumerate(pieces):
        if piece.image is not None or piece.kind == "caption":
            continue
        before = pieces[index - 1] if index else None
        after_photo = before is not None and before.image is not None
        if piece.marked == "caption?":
            # A class such as "note" means a caption only beside a photo.
            near = after_photo or (index + 1 < len(pieces) and pieces[index + 1].image is not None)
            if near or (before is not None and before.kind == "caption"):
                piece.kind = "caption"
        elif (before is not None and after_photo and _is_caption_after(piece, before)) or (
            before is not None and before.kind == "caption" and _continues_caption(piece, before)
        ):
            piece.kind = "caption"


def _is_caption_after(piece: Piece, photo: Piece) -> bool:
    """Whether the text right after a photo is its caption: italic, centred, or on the photo's own line."""
    if piece.kind in ("heading", "list_item", "table_row") or piece.marked == "byline":
        return False
    length = len(piece.text)
    if length > CAPTION_LENGTH:
        return False
    if piece.italic or piece.align == "center":
        return not (piece.bold and is_byline(piece.text, styled=True) and not piece.italic)
    same_block = (
        photo.element is not None and piece.element is not None and piece.element in photo.element.iterancestors()
    )
    if same_block and piece.element is not None and piece.element.tag in ("p", "div", "span", "td"):
        own_words = sum(len(text.strip()) for text in piece.element.itertext())
        return own_words <= CAPTION_LENGTH
    return _credits_photo(piece.text) and length <= _CREDITED_CAPTION


def _continues_caption(piece: Piece, before: Piece) -> bool:
    """A second line of a caption: the photographer's credit in the same setting."""
    if piece.marked == "byline" or piece.kind != "paragraph":
        return False
    return (
        len(piece.text) <= _CREDIT_LENGTH
        and piece.text.lower().startswith(("ảnh:", "(ảnh", "ảnh ", "nguồn ảnh", "nguồn:"))
        and (piece.align == before.align or piece.italic)
        and piece.align != "right"
    )


def _credits_photo(text: str) -> bool:
    tail = text[-60:].lower()
    return any(mark in tail for mark in ("ảnh:", "(ảnh", "ảnh minh họa", "ảnh minh hoạ", "nguồn ảnh"))
