"""The byline inside the body: usually its last line, set to the right or in bold."""

from __future__ import annotations

import re

from crawler.extraction.body.pieces import Piece
from crawler.extraction.debris import debris
from crawler.extraction.finder import text_of
from crawler.extraction.people import Byline, has_role, is_byline, is_name, looks_like_names, read_byline
from crawler.extraction.text import ends_sentence, is_capitals, tidy, unique, words

# How many pieces from the end a byline is looked for: notes and links may follow it.
_REACH = 5
# Share of the text behind which a line to the right can be a byline whatever follows.
_LAST_PART = 2 / 3
# Characters of a whole paragraph, not a line of a list.
_PARAGRAPH = 60
_ANSWER = re.compile(r"^(?:trả lời|đáp|bác sĩ trả lời|hỏi)\b", re.IGNORECASE)


def take_byline(pieces: list[Piece], own_names: tuple[str, ...]) -> tuple[list[Piece], Byline]:
    """Take the byline out of the last pieces (and marked ones from anywhere) and read it."""
    marked = [index for index, piece in enumerate(pieces) if piece.marked == "byline" and not piece.is_photo]
    found = _places(pieces, set(marked))
    if marked:
        # Where the page marks its byline, another line must say that it is one.
        found = [
            index for index in found if has_role(pieces[index].text) or not looks_like_names(pieces[index].text, True)
        ]
    places = sorted({*marked, *found})
    bylines = [read_byline(_with_lines(pieces[index]), own_names) for index in places]
    tail = _inline_signature(pieces) if not places else ""
    if tail:
        bylines.append(read_byline(tail, own_names))
    byline = Byline(
        authors=unique([name for found in bylines for name in found.authors]),
        source=next((found.source for found in bylines if found.source), None),
        explicit=bool(bylines),
    )
    return [piece for index, piece in enumerate(pieces) if index not in places], byline


def _places(pieces: list[Piece], taken: set[int]) -> list[int]:
    """Indices of the byline's lines at the end of the body."""
    texts = [index for index, piece in enumerate(pieces) if piece.is_text and index not in taken]
    if not texts or (len(texts) == 1 and not _stands_with_photos(pieces, texts[0])):
        return []
    if any(_ANSWER.match(pieces[index].text) for index in texts[1:]):
        least = len(texts) - 2
    else:
        least = int(len(texts) * _LAST_PART)
    places: list[int] = []
    passed = 0
    for position in range(len(texts) - 1, 0 if len(texts) > 1 else -1, -1):
        piece = pieces[texts[position]]
        if debris(piece.text, after_end=True):
            continue
        before = pieces[texts[position - 1]] if position else None
        if _signs(piece, before, at_end=not passed, in_last_part=position >= max(1, least)):
            places.append(texts[position])
            continue
        if places:
            break
        passed += 1
        if passed >= _REACH and position < least:
            break
    return places


def _stands_with_photos(pieces: list[Piece], index: int) -> bool:
    """A photo essay: captions, and one line that names who made it."""
    return any(piece.is_photo for piece in pieces) and is_byline(pieces[index].text, styled=True)


def _signs(piece: Piece, before: Piece | None, at_end: bool, in_last_part: bool) -> bool:
    """Whether a piece is a line of the byline.

    At the very end a plain line of names will do, unless it is one of several (a list of winners). Further up
    the line must be set to the right, or say so by role words.
    """
    if piece.kind in ("table_row", "list_item") and not piece.bold:
        return False
    to_right = piece.align == "right"
    apart = to_right or piece.bold
    if not is_byline(piece.text, styled=apart):
        return at_end and not apart and before is not None and _is_pen_name(piece, before)
    explicit = has_role(piece.text) or not looks_like_names(piece.text, styled=True)
    if to_right:
        return at_end or in_last_part
    if not at_end:
        return explicit and in_last_part and _is_note_behind(piece)
    if explicit or piece.bold:
        return True
    return not (before is not None and _is_name_line(before))


def _is_pen_name(piece: Piece, before: Piece) -> bool:
    """A pen name set like the text: two or three words alone behind a whole paragraph."""
    plain = piece.kind == "paragraph" and piece.text[0].isupper() and not piece.links and len(before.text) >= _PARAGRAPH
    alone = looks_like_names(piece.text, styled=True) and 2 <= len(words(piece.text)) <= 3 and "," not in piece.text
    return plain and alone and ends_sentence(before.text) and before.kind == "paragraph"


def _is_note_behind(piece: Piece) -> bool:
    return piece.bold or is_capitals(piece.text) or has_role(piece.text)


def _is_name_line(piece: Piece) -> bool:
    """A line before a plain signature that is a name as well: then both are entries of a list."""
    text = piece.text.lstrip("-–•* ").rstrip(";,.")
    return piece.kind == "list_item" or (len(text) <= 60 and is_name(text, styled=True)) or text.startswith("Giải ")


def _with_lines(piece: Piece) -> str:
    """The text of a piece with its line breaks, which part names."""
    lines = text_of(piece.element, line_break="\n") or ""
    return lines if tidy(lines) == piece.text else piece.text


def _inline_signature(pieces: list[Piece]) -> str:
    """A bold signature behind the last sentence, in the same paragraph; it is cut off there."""
    last = next((piece for piece in reversed(pieces) if piece.is_text), None)
    if last is None or not last.bold_tail or last.kind == "table_row":
        return ""
    head = last.text.removesuffix(last.bold_tail).rstrip()
    if head == last.text or not ends_sentence(head) or not is_byline(last.bold_tail, styled=True):
        return ""
    last.text = head
    return last.bold_tail
