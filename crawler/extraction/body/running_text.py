"""From pieces of the body to blocks, photos and byline: what each piece is, told by how it is set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from crawler.extraction.body.captions import is_credit_line, mark_captions
from crawler.extraction.body.pieces import Left, Piece
from crawler.extraction.body.signature import take_byline
from crawler.extraction.debris import debris, spam_words
from crawler.extraction.finder import visible_text
from crawler.extraction.people import Byline, is_byline
from crawler.extraction.text import ends_sentence, words
from crawler.items import Block, BlockKind, Dropped, Image

# Characters; a longer line in bold is a paragraph.
_HEADING_LENGTH = 200
# Characters; a larger box around a link to another article holds more than its teaser.
_CARD_LENGTH = 400
_CARD_TAGS = frozenset(("li", "div", "section", "article", "figure", "h2", "h3", "h4", "p"))
_LEAD_WORDS = 12
_RELATED = (
    "xem thêm",
    "đọc thêm",
    "tin liên quan",
    "bài liên quan",
    "tham khảo",
    ">>",
    "»",
    "=>",
    "->",
    "mời bạn",
    "mời quý",
    "mời độc giả",
    "mời xem",
    "đón đọc",
    "đọc tiếp",
    "đọc lại",
    "xem lại",
    "có thể bạn quan tâm",
    "bạn có thể quan tâm",
    "kỳ trước:",
    "bài trước:",
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

    @property
    def has_sentence(self) -> bool:
        """Whether a block of the text is a finished sentence."""
        return any(ends_sentence(block.text) for block in self.blocks if block.kind != "caption")


def judge(
    pieces: list[Piece],
    left: list[Left],
    leads_away: Callable[[str], bool],
    own_names: tuple[str, ...] = (),
) -> RunningText:
    """Tell captions, bylines, headings and related links from paragraphs.

    ``leads_away`` says of an address whether it is another page of the outlet; ``own_names`` are names of the
    paper, never an author.
    """
    result = RunningText(dropped=[Dropped(box.text, box.rule) for box in left])
    pieces = _without_related(pieces, leads_away, result)
    mark_captions(pieces)
    pieces, result.byline = take_byline(pieces, own_names)
    caption_of: dict[int, str] = {}
    last_image: int | None = None
    last_caption: Element | None = None
    for piece in pieces:
        if piece.is_photo:
            last_image = len(result.images) if piece.image else None
            result.images += [Image(piece.image)] if piece.image else []
        elif piece.kind == "caption":
            if _continues_line(piece, result.blocks, last_caption):
                result.blocks[-1] = Block("caption", f"{result.blocks[-1].text} {piece.text}")
            else:
                result.blocks.append(Block("caption", piece.text))
            last_caption = piece.element
            if last_image is not None:
                caption_of.setdefault(last_image, piece.text)
        else:
            result.blocks.append(Block(_kind(piece), piece.text))
            last_image = None
    result.images = [Image(image.url, caption_of.get(index)) for index, image in enumerate(result.images)]
    return result


def _continues_line(piece: Piece, blocks: list[Block], last_caption: Element | None) -> bool:
    """Whether a caption is the second line, a credit, of the one before it in the same element."""
    same = piece.element is not None and piece.element is last_caption
    return same and bool(blocks) and blocks[-1].kind == "caption" and is_credit_line(piece.text)


def leading_bold(pieces: list[Piece]) -> Piece | None:
    """The first text of the body when it is a whole paragraph in bold: the lead of pages without a lead element."""
    for piece in pieces:
        if not piece.is_text or piece.marked == "byline":
            continue
        long_enough = len(words(piece.text)) >= _LEAD_WORDS
        return piece if piece.bold and long_enough and piece.kind in ("paragraph", "heading") else None
    return None


def _kind(piece: Piece) -> BlockKind:
    short = len(piece.text) <= _HEADING_LENGTH and not ends_sentence(piece.text)
    return "heading" if piece.kind == "paragraph" and piece.bold and short else piece.kind


def _without_related(pieces: list[Piece], leads_away: Callable[[str], bool], result: RunningText) -> list[Piece]:
    """Leave out links to other articles, with the teaser and the thumbnail of their box."""
    related = [piece for piece in pieces if not piece.is_photo and _is_related(piece, leads_away)]
    if 2 * _letters(related) > _letters(pieces):
        # A link that was never closed makes the whole text a link.
        related = []
    sizes: dict[Element, int] = {}
    # A box that holds half of all the text is no card: it is the body of a short article.
    largest = min(_CARD_LENGTH, _letters(pieces) // 2)
    cards = {card for piece in related if (card := _card(piece, sizes, largest)) is not None}
    away = {id(piece) for piece in related}
    kept: list[Piece] = []
    for piece in pieces:
        in_card = bool(cards) and piece.element is not None and any(e in cards for e in _upwards(piece.element))
        if not piece.is_photo and _is_foreign_spam(piece):
            result.dropped.append(Dropped(piece.text, "link_spam"))
        elif id(piece) in away or in_card:
            result.dropped += [Dropped(piece.text, "related_link")] if piece.text else []
        elif not (piece.image and piece.links and all(map(leads_away, piece.links))):
            kept.append(piece)
    return kept


def _letters(pieces: list[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _is_related(piece: Piece, leads_away: Callable[[str], bool]) -> bool:
    if not piece.links or piece.marked == "byline" or piece.text.lower().rstrip(" .").endswith("tại đây"):
        return False
    if piece.linked >= 0.5 and piece.text.lower().lstrip("-–• ").startswith(_RELATED):
        return True
    return piece.linked >= 0.95 and all(map(leads_away, piece.links)) and not is_byline(piece.text, styled=True)


def _is_foreign_spam(piece: Piece) -> bool:
    """A line of nothing but links to elsewhere, in the words of link farms."""
    return piece.linked >= 0.9 and (spam_words(piece.text) >= 2 or debris(piece.text, after_end=True) == "link_spam")


def _card(piece: Piece, sizes: dict[Element, int], largest: int) -> Element | None:
    """The box around a related link that holds nothing but its teaser and thumbnail.

    ``largest`` is how many characters that may be; ``sizes`` remembers how many an element holds, since links
    share their surroundings.
    """
    card: Element | None = None
    element = piece.element
    while element is not None and element.tag in _CARD_TAGS:
        if element not in sizes:
            sizes[element] = len(visible_text(element))
        if sizes[element] > largest:
            break
        card = element if element.tag in ("div", "section", "article", "li") and element.get("class") else card
        element = element.getparent()
    return card


def _upwards(element: Element) -> list[Element]:
    return [element, *element.iterancestors()]
