"""Captions: texts that belong to a photo, told by markup, place and setting."""

from __future__ import annotations

import re
from collections import Counter

from lxml.etree import _Element as Element

from crawler.extraction.body.pieces import Piece
from crawler.extraction.body.tables import CAPTION_LENGTH
from crawler.extraction.people import has_role, is_byline
from crawler.extraction.text import ends_sentence, is_capitals, tidy

# Characters. A caption set like the text around it is shorter than one set apart.
_PLAIN_CAPTION = 200
_CREDIT_LENGTH = 60
# Characters from which a piece shows how running text is set.
_RUNNING = 120
# "Ảnh: …" with its colon, "(Ảnh …)", "Ảnh minh họa": the word alone also begins "ảnh hưởng".
_PHOTO_CREDIT = re.compile(
    r"(?:^|[.,;(–-]\s*)(?:nguồn\s+)?ảnh\s*:\s*\S|\(ảnh\s[^()]{1,40}\)\W*$|ảnh minh h[ọo][ạa]\W*$", re.IGNORECASE
)
_CREDIT_LINE = re.compile(
    r"^\(?\s*(?:nguồn\s+ảnh|ảnh|nguồn|photo)\s*:|^\(ảnh\s[^()]{1,40}\)$|^\(?ảnh minh h[ọo][ạa]\)?\W*$", re.IGNORECASE
)
_PICTURE_ROLES = ("ảnh", "đồ họa", "đồ hoạ", "infographic", "video", "clip")
# A step, an article of a law, a list item, a date or an hour: lines of the text, however short.
_ENTRY = re.compile(
    r"^(?:[-–•+*]\s|\w+\s\d+\s*[.:]|(?:\d{1,2}|[IVX]{1,4}|[a-zđ])[.)]\s|[\d/.:\s-]+$|\d{1,2}\s*(?:giờ|h|g)\b)",
    re.IGNORECASE,
)


def mark_captions(pieces: list[Piece]) -> None:
    """Turn the texts that belong to a photo into captions, in place."""
    usual = _usual_setting(pieces)
    last_text = _last_text(pieces)
    for index, piece in enumerate(pieces):
        if piece.is_photo:
            continue
        before = pieces[index - 1] if index else None
        after_photo = before is not None and before.is_photo
        if piece.kind == "caption" and piece.marked == "figure":
            continue
        if piece.kind == "caption":
            # Set as one by the markup; a long text, or one far from any photo, is the text of the article.
            if len(piece.text) <= CAPTION_LENGTH * 2 and _is_near_photo(pieces, index):
                continue
            piece.kind = "paragraph"
        if _is_no_caption(piece, index == last_text):
            continue
        by_caption = before is not None and before.kind == "caption"
        if piece.marked == "caption?":
            # A class such as "note" means a caption only beside a photo.
            before_photo = index + 1 < len(pieces) and pieces[index + 1].is_photo
            plain_sentence = len(piece.text) > _PLAIN_CAPTION and ends_sentence(piece.text) and not piece.italic
            if len(piece.text) <= CAPTION_LENGTH and not plain_sentence and (after_photo or before_photo):
                piece.kind = "caption"
        elif (after_photo and before is not None and _is_caption_after(piece, before, usual)) or (
            by_caption and before is not None and _continues(piece, before)
        ):
            piece.kind = "caption"
    _mark_plain_captions(pieces)


def _mark_plain_captions(pieces: list[Piece]) -> None:
    if any(piece.kind == "caption" for piece in pieces):
        return
    last_text = _last_text(pieces)
    for index, piece in enumerate(pieces):
        after_photo = index > 0 and bool(pieces[index - 1].image) and not piece.is_photo
        if after_photo and not _is_no_caption(piece, index == last_text) and _is_plain_caption(pieces, index):
            piece.kind = "caption"


def _last_text(pieces: list[Piece]) -> int:
    return max((index for index, piece in enumerate(pieces) if piece.is_text), default=-1)


def _is_near_photo(pieces: list[Piece], index: int) -> bool:
    """Whether a photo, or a caption of one, stands within two pieces before or right behind."""
    around = pieces[max(0, index - 2) : index] + pieces[index + 1 : index + 2]
    return any(piece.is_photo or piece.kind == "caption" for piece in around)


def _is_no_caption(piece: Piece, is_last: bool) -> bool:
    """What is never a caption by its setting: a table row, the byline, a line to the right."""
    if piece.kind == "table_row" or piece.marked == "byline":
        return True
    names_roles = has_role(piece.text) and is_byline(piece.text, styled=True) and not _credits_picture(piece, is_last)
    if names_roles or (piece.align == "right" and is_byline(piece.text, styled=True)):
        return True
    if is_last and not piece.italic and piece.align != "center" and is_byline(piece.text, styled=piece.bold):
        return True
    return piece.text.lower().startswith(("theo ", "(theo ")) and is_byline(piece.text, styled=True)


def _credits_picture(piece: Piece, is_last: bool) -> bool:
    """Whether a line of roles names who made the picture, not the article; the last line is more likely a byline."""
    return piece.text.lower().startswith("ảnh" if is_last else _PICTURE_ROLES)


def _is_caption_after(piece: Piece, photo: Piece, usual: tuple[str, str, bool]) -> bool:
    """Whether the text right behind a photo is its caption."""
    text, length = piece.text, len(piece.text)
    same_block = _holds(piece.element, photo.element)
    if photo.floated and same_block:
        return False
    if length > CAPTION_LENGTH or (piece.kind == "heading" and not piece.italic and not piece.tint):
        return False
    if photo.alt and tidy(text).casefold().rstrip(".") == photo.alt.casefold().rstrip("."):
        return True
    if text[-1] in "?:":
        return False
    if piece.italic and not usual[2]:
        return not (text[:1] in '“"' and text.rstrip(".")[-1:] in '”"' and length > _RUNNING)
    apart = bool(piece.tint) and piece.tint != usual[1]
    centred = piece.align == "center" and usual[0] != "center"
    if piece.bold and not (not is_capitals(text) and (apart or (centred and text.endswith(".")))):
        # A line in bold is a subheading, unless its size or colour, or its full stop, says otherwise.
        return False
    if centred:
        return True
    if apart or _PHOTO_CREDIT.search(text[-_CREDIT_LENGTH:]):
        return True
    if same_block and piece.element is not None and piece.element.tag not in ("td", "div"):
        return length <= (_RUNNING if ends_sentence(text) else _PLAIN_CAPTION)
    return False


def _is_plain_caption(pieces: list[Piece], index: int) -> bool:
    """A short line behind a photo, set like the text around it, without the form of a sentence or an entry.

    Asked only where no photo of the page has a caption that shows as one.
    """
    piece, text = pieces[index], pieces[index].text
    if piece.kind != "paragraph" or piece.bold or piece.links or len(text) > _PLAIN_CAPTION:
        return False
    if ends_sentence(text) or text[-1] in ":;,?!" or _ENTRY.match(text) or ": " in text:
        return False
    spoken = text[0] in '“"' and text[-1] in '”"'
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    verse = following is not None and not following.is_photo and following.element is piece.element
    return not spoken and not verse


def _is_apart(before: Piece | None, piece: Piece) -> bool:
    return piece.is_text and not (before is not None and before.is_photo)


def _holds(block: Element | None, photo: Element | None) -> bool:
    """Whether the photo stands in the same block as the text."""
    return block is not None and photo is not None and any(block is parent for parent in photo.iterancestors())


def _continues(piece: Piece, before: Piece) -> bool:
    """A second line of a caption: the photographer's credit in the same setting."""
    if piece.kind != "paragraph" or piece.align == "right":
        return False
    return (piece.align == before.align or piece.italic) and is_credit_line(piece.text)


def is_credit_line(text: str) -> bool:
    """Whether a line only credits a photo: ``Ảnh: …``."""
    return len(text) <= _CREDIT_LENGTH and bool(_CREDIT_LINE.match(text))


def _usual_setting(pieces: list[Piece]) -> tuple[str, str, bool]:
    """Alignment, tint and slant of most of the running text."""
    # What stands right behind a photo may be its caption, and captions can outnumber the paragraphs.
    texts = [piece for before, piece in zip([None, *pieces], pieces, strict=False) if _is_apart(before, piece)]
    long = [piece for piece in texts if len(piece.text) >= _RUNNING] or texts
    settings = Counter((piece.align, piece.tint, piece.italic) for piece in long)
    return settings.most_common(1)[0][0] if settings else ("", "", False)
