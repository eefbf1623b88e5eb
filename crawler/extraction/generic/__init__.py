"""Any news page: the article read without rules of its outlet.

Two readers look at the page: ours takes it apart piece by piece, trafilatura gives a second opinion about each.
"""

from __future__ import annotations

from crawler.extraction.body.pieces import Left
from crawler.extraction.body.reader import BodyReader
from crawler.extraction.body.running_text import judge
from crawler.extraction.document import Document
from crawler.extraction.families import GENERIC
from crawler.extraction.finder import visible_text
from crawler.extraction.generic.cards import pieces_in_cards
from crawler.extraction.generic.column import article_column
from crawler.extraction.generic.headline import printed_title, titles
from crawler.extraction.generic.lead import LeadFinder
from crawler.extraction.generic.photo_credits import photo_credits, without_credits
from crawler.extraction.generic.photos import is_foreign, opening_photo
from crawler.extraction.generic.second_opinion import SecondOpinion
from crawler.extraction.generic.selection import select
from crawler.extraction.match import MIN_BODY, Match
from crawler.extraction.metadata import clean_text
from crawler.extraction.own_names import own_names
from crawler.extraction.text import letters

__all__ = ["match_generic"]

# Letters; a shorter description is a slogan.
_DESCRIPTION = 30


def match_generic(document: Document) -> Match | None:
    """The article of a page by its form alone; ``None`` where there is none."""
    root = document.root
    if root is None:
        return None
    # A Vietnamese paper prints the photographer as a part of the caption.
    signed = frozenset(() if document.is_vietnamese else photo_credits(root))
    pieces = BodyReader(leave_out=signed).read(root)
    opinion = SecondOpinion(root)
    in_cards = {id(piece) for piece in pieces_in_cards(pieces, document)}
    pieces = [piece for piece in pieces if id(piece) not in in_cards]
    column = article_column(root, pieces, opinion)
    if column is None:
        return None
    kept, left = select(pieces, column, opinion)
    headlines = frozenset(letters(title) for title in (printed_title(document), *dict(titles(document))) if title)
    lead = LeadFinder(headlines, _descriptions(document)).find(pieces, kept)
    if lead:
        stands = {id(piece) for piece in lead.pieces}
        kept = [piece for piece in kept if id(piece) not in stands]
        left = [box for box in left if box.text not in {piece.text for piece in lead.pieces}]
    kept = [piece for piece in kept if not (piece.image and is_foreign(piece))]
    kept = opening_photo(pieces, kept, headlines, document.leads_away) + kept
    left = [box for box in left if box.text not in {piece.text for piece in kept if piece.kind == "caption"}]
    if not document.is_vietnamese:
        kept, cut = without_credits(kept)
        left += [*cut, *(Left(visible_text(element), "credit") for element in column.wide.iter() if element in signed)]
    text = judge(kept, left, document.leads_away, own_names(document))
    if text.length < MIN_BODY:
        return None
    return Match(GENERIC, GENERIC.layouts[0], column.wide, text, lead.text if lead else None)


def _descriptions(document: Document) -> frozenset[str]:
    """Letters of what a page says of itself for machines."""
    assert document.metadata is not None
    metas = document.metadata.metas
    said = [document.metadata.text("description"), metas.get("description"), metas.get("og:description")]
    texts = (letters(clean_text(text) or "") for text in said if text)
    return frozenset(text for text in texts if len(text) >= _DESCRIPTION)
