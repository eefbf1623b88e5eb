"""From pieces of the body to blocks, photos and byline: what each piece is, told by how it is set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from crawler.extraction.body.captions import mark_captions
from crawler.extraction.body.pieces import Left, Piece
from crawler.extraction.body.signature import take_byline
from crawler.extraction.people import Byline
from crawler.extraction.text import ends_sentence, words
from crawler.items import Block, BlockKind, Dropped, Image

# Characters; a longer line in bold is a paragraph.
_HEADING_LENGTH = 200
_RELATED = (
    "xem thêm",
    "đọc thêm",
    "tin liên quan",
    "bài liên quan",
    "tham khảo",
    ">>",
    "»",
    "mời bạn đọc",
    "mời xem",
    "tin bài",
)


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
    mark_captions(pieces)
    pieces, result.byline = take_byline(pieces, own_names)
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


def _without_related(pieces: list[Piece], is_article_link: Callable[[str], bool], result: RunningText) -> list[Piece]:
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


def _kind(piece: Piece) -> BlockKind:
    if (
        piece.kind == "paragraph"
        and piece.bold
        and len(piece.text) <= _HEADING_LENGTH
        and not ends_sentence(piece.text)
    ):
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
