"""Any news page: the article read without rules of its outlet.

Two readers look at the page: ours takes it apart piece by piece, trafilatura gives a second opinion about each.
"""

from __future__ import annotations

from crawler.extraction.body.reader import BodyReader
from crawler.extraction.body.running_text import judge
from crawler.extraction.document import Document
from crawler.extraction.families import GENERIC
from crawler.extraction.generic.column import article_column
from crawler.extraction.generic.second_opinion import SecondOpinion
from crawler.extraction.generic.selection import select
from crawler.extraction.match import MIN_BODY, Match
from crawler.extraction.own_names import own_names

__all__ = ["match_generic"]


def match_generic(document: Document) -> Match | None:
    """The article of a page by its form alone; ``None`` where there is none."""
    root = document.root
    if root is None:
        return None
    pieces = BodyReader().read(root)
    opinion = SecondOpinion(root)
    column = article_column(root, pieces, opinion)
    if column is None:
        return None
    kept, left = select(pieces, column, opinion)
    text = judge(kept, left, document.leads_away, own_names(document))
    return Match(GENERIC, GENERIC.layouts[0], column.wide, text, None) if text.length >= MIN_BODY else None
