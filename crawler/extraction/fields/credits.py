"""Who wrote and photographed, and which agency is credited."""

from __future__ import annotations

import re

from crawler.extraction.document import Document
from crawler.extraction.finder import text_of
from crawler.extraction.match import Match
from crawler.extraction.own_names import own_names
from crawler.extraction.people import Byline, agencies_in, is_byline, read_byline
from crawler.extraction.text import unique
from crawler.items import Article

_SOURCE_WORD = re.compile(r"^\W*(?:nguồn(?: tin)?|theo)\s*:?\s+", re.IGNORECASE)
# Characters; a longer text in the place of a byline is none.
_LONGEST = 160


def read_credits(article: Article, document: Document, match: Match) -> None:
    """Set authors and source: the layout's elements, then the byline in the body, then structured data."""
    assert document.metadata is not None
    own = own_names(document)
    bylines: list[Byline] = []
    for css in match.layout.byline:
        for element in document.finder.select(css):
            text = text_of(element, line_break="\n")
            if text and len(text) <= _LONGEST:
                bylines.append(read_byline(text, own))
    bylines.append(match.text.byline)
    article.authors = unique([name for byline in bylines for name in byline.authors])
    if article.authors:
        article.provenance["authors"] = match.family.trusted
    elif match.family.json_ld_author:
        article.authors = _stated_authors(document, own)
        if article.authors:
            article.provenance["authors"] = "json-ld"
    article.source = next((byline.source for byline in bylines if byline.source), None) or _source(document, match)
    article.agency = agencies_in(article.source)
    if article.source:
        article.provenance["source"] = match.family.trusted


def _stated_authors(document: Document, own: tuple[str, ...]) -> list[str]:
    assert document.metadata is not None
    names = document.metadata.author_names.people
    return unique([name for stated in names if is_byline(stated, True) for name in read_byline(stated, own).authors])


def _source(document: Document, match: Match) -> str | None:
    text = text_of(document.finder.first(match.layout.source))
    return _SOURCE_WORD.sub("", text).strip(" .") or None if text else None
