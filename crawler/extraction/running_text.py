"""From pieces of the body to blocks, photos, captions, byline: what each piece is, told by how it is set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from crawler.extraction.blocks import CAPTION_LENGTH, Left, Piece
from crawler.extraction.debris import debris
from crawler.extraction.people import Byline, is_byline, looks_like_names, read_byline
from crawler.extraction.text import ends_sentence, is_capitals, unique, words
from crawler.items import Block, BlockKind, Dropped, Image

# How many pieces from the end a byline is looked for: notes and links may follow it.
_BYLINE_REACH = 4
_HEADING_LENGTH = 200
_RELATED = ("xem thêm", "đọc thêm", "tin liên quan", "bài liên quan", "tham khảo", ">>", "»", "mời bạn đọc", "mời xem", "tin bài")


@dataclass(slots=True)
class RunningText:
    """The judged body: ``blocks`` in order, ``images``, the ``byline`` found in it, what was ``dropped``."""

    blocks: list[Block] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    byline: Byline = field(default_factory=Byline)
    dropped: list[Dropped] = field(default_factory=list)

    @property
    def length(self) -> int:
        """Characters of text in the blocks that are no captions."""
        return sum(len(block.text) for block in self.blocks if block.kind != "caption")


def judge(
    pieces: list[Piece],
    left: list[Left],
    is_article_link: Callable[[str], bool],
    own_names: tuple[str, ...] = (),
) -> RunningText:
    """Tell captions, bylines, headings and related links from paragraphs.

    ``is_article_link`` says of an address whether it is another article of the outlet; ``own_names`` are names
    of the paper, never an author.
    """
    result = RunningText(dropped=[Dropped(box.text, box.rule) for box in left])
    pieces = _without_related(pieces, is_article_link, result)
    _mark_captions(pieces)
    pieces = _take_byline(pieces, result, own_names)
    caption_of: dict[int, str] = {}
    last_image: int | None = None
    for piece in pieces:
        if piece.image is not None:
            last_image = len(result.images)
            result.images.append(Image(piece.image))
        elif piece.kind == "caption":
            result.blocks.append(Block("caption", piece.text))
            if last_image is not None:
                caption_of.setdefault(last_image, piece.text)
        else:
            result.blocks.append(Block(_kind(piece), piece.text))
            last_image = None
    result.images = [Image(image.url, caption_of.get(index)) for index, image in enumerate(result.images)]
    return result


# -- related links ----------------------------------------------------------------------------------------------


def _without_related(
    pieces: list[Piece], is_article_link: Callable[[str], bool], result: RunningText
) -> list[Piece]:
    kept: list[Piece] = []
    for piece in pieces:
        if piece.image is None and _is_related(piece, is_article_link):
            result.dropped.append(Dropped(piece.text, "related_link"))
            # A photo inside the link belongs to the other article.
            continue
        kept.append(piece)
    return kept


def _is_related(piece: Piece, is_article_link: Callable[[str], bool]) -> bool:
    if not piece.links or not all(is_article_link(link) for link in piece.links):
        return False
    if piece.linked >= 0.95 and piece.marked != "byline":
        return True
    return piece.linked >= 0.5 and piece.text.lower().lstrip("-–• ").startswith(_RELATED)


# -- captions ---------------------------------------------------------------------------------------------------


def _mark_captions(pieces: list[Piece]) -> None:
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
        elif before is not None and after_photo and _is_caption_after(piece, before):
            piece.kind = "caption"
        elif before is not None and before.kind == "caption" and _continues_caption(piece, before):
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
    same_block = photo.element is not None and piece.element is not None and piece.element in photo.element.iterancestors()
    if same_block and piece.element is not None and piece.element.tag in ("p", "div", "span", "td"):
        own_words = sum(len(text.strip()) for text in piece.element.itertext())
        return own_words <= CAPTION_LENGTH
    return _credits_photo(piece.text) and length <= 250


def _continues_caption(piece: Piece, before: Piece) -> bool:
    """A second line of a caption: the photographer's credit in the same setting."""
    if piece.marked == "byline" or piece.kind != "paragraph":
        return False
    return len(piece.text) <= 60 and piece.text.lower().startswith(("ảnh:", "(ảnh", "ảnh ", "nguồn ảnh", "nguồn:")) and (
        piece.align == before.align or piece.italic
    ) and piece.align != "right"


def _credits_photo(text: str) -> bool:
    tail = text[-60:].lower()
    return any(mark in tail for mark in ("ảnh:", "(ảnh", "ảnh minh họa", "ảnh minh hoạ", "nguồn ảnh"))


# -- byline -----------------------------------------------------------------------------------------------------


def _take_byline(pieces: list[Piece], result: RunningText, own_names: tuple[str, ...]) -> list[Piece]:
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
    result.byline = Byline(
        authors=unique([name for byline in found for name in byline.authors]),
        source=next((byline.source for byline in found if byline.source), None),
        explicit=bool(found),
    )
    return [piece for index, piece in enumerate(pieces) if index not in taken]


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
        if passed >= _BYLINE_REACH or not _may_follow_byline(piece):
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
    return piece.linked > 0.3 or piece.italic or text.startswith(("*", "(*", "ghi chú", "chú thích", "nguồn", "tài liệu", "http"))


# -- kinds ------------------------------------------------------------------------------------------------------


def _kind(piece: Piece) -> BlockKind:
    if piece.kind == "paragraph" and piece.bold and len(piece.text) <= _HEADING_LENGTH and not ends_sentence(piece.text):
        return "heading"
    return piece.kind


def leading_bold(pieces: list[Piece]) -> Piece | None:
    """The first text of the body when it is a whole paragraph in bold: the lead of pages without a lead element."""
    for piece in pieces:
        if piece.image is not None or piece.kind == "caption" or piece.marked == "byline":
            continue
        long_enough = len(words(piece.text)) >= 12
        return piece if piece.bold and long_enough and piece.kind in ("paragraph", "heading") else None
    return None

