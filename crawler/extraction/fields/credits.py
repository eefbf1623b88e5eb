"""Who wrote and photographed, and which agency is credited."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from crawler.extraction.cleaning import same_text
from crawler.extraction.document import Document
from crawler.extraction.finder import text_of
from crawler.extraction.match import Match
from crawler.extraction.own_names import own_names
from crawler.extraction.people import (
    Byline,
    Credits,
    agencies_in,
    find_credits,
    is_byline,
    is_credit_line,
    read_byline,
)
from crawler.extraction.text import unique
from crawler.items import Article, Block, Dropped
from crawler.outlet import host_of

_SOURCE_WORD = re.compile(r"^\W*(?:nguồn(?: tin)?|theo)\s*:?\s+", re.IGNORECASE)
# Characters; a longer text in the place of a byline is none.
_LONGEST = 160
# Blocks at the beginning and at the end of a body among which its byline can be.
_FIRST, _LAST = 3, 3


def read_credits(article: Article, document: Document, match: Match) -> None:
    """Set authors, source and agency; the title must be known already."""
    own = own_names(document)
    if match.family.trusted == "rule":
        _follow_rules(article, document, match, own)
    if match.provenance != "rule" and not (article.authors or article.source):
        _search(article, document, match, own)
    article.agency = [name for name in agencies_in(article.source) if name not in _own_agencies(document)]


def _own_agencies(document: Document) -> list[str]:
    """The names by which others credit this paper: a paper does not credit itself, whatever way it prints its name."""
    return agencies_in(host_of(document.url) if document.url else None)


def take_bylines_out_of_body(article: Article, document: Document, match: Match) -> None:
    """Leave out the first or last blocks of a page without rules that only repeat its byline."""
    if match.provenance == "rule":
        return
    credits = Credits(article.authors, article.source.split(", ") if article.source else [])
    own = own_names(document)
    places = {*range(_FIRST), *range(len(article.blocks) - _LAST, len(article.blocks))}
    kept: list[Block] = []
    for index, block in enumerate(article.blocks):
        short = block.kind != "caption" and len(block.text) <= _LONGEST
        if index in places and short and is_credit_line(block.text, credits, own):
            article.dropped.append(Dropped(block.text, "byline"))
        else:
            kept.append(block)
    article.blocks = kept


def _follow_rules(article: Article, document: Document, match: Match, own: tuple[str, ...]) -> None:
    """The layout's elements, then the byline in the body, then structured data where the family is to be believed."""
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
    if article.source:
        article.provenance["source"] = match.family.trusted


def _search(article: Article, document: Document, match: Match, own: tuple[str, ...]) -> None:
    """Data, marked elements and lines of the page, whichever names people first."""
    assert document.metadata is not None
    headline = _headline(document, article.title)
    origin, credits = find_credits(
        document.metadata, headline, match.body, match.text.byline, own, document.is_vietnamese
    )
    itself = set(_own_agencies(document))
    sources = [source for source in credits.sources if not itself or set(agencies_in(source)) != itself]
    article.authors, article.source = credits.people, ", ".join(sources) or None
    for name, value in (("authors", article.authors), ("source", article.source)):
        if value:
            article.provenance[name] = origin


def _headline(document: Document, title: str | None) -> Element | None:
    """The heading that holds the title, or the page's first one."""
    assert document.root is not None
    headings = list(document.root.iter("h1", "h2"))
    named = [heading for heading in headings if title and same_text(text_of(heading) or "", title)]
    return next(iter([*named, *(heading for heading in headings if heading.tag == "h1")]), None)


def _stated_authors(document: Document, own: tuple[str, ...]) -> list[str]:
    assert document.metadata is not None
    names = document.metadata.author_names.people
    return unique([name for stated in names if is_byline(stated, True) for name in read_byline(stated, own).authors])


def _source(document: Document, match: Match) -> str | None:
    text = text_of(document.finder.first(match.layout.source))
    return _SOURCE_WORD.sub("", text).strip(" .") or None if text else None
