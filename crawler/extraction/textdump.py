"""A plain text dump of an article page: what "all visible text" savers leave.

First line: headline; a line that is nothing but a date; a lead with a leading dash; paragraphs, captions, a
byline in capitals after the last paragraph; debris of the page around it.
"""

from __future__ import annotations

import re

from crawler.extraction import dates
from crawler.extraction.debris import debris
from crawler.extraction.document import Document
from crawler.extraction.people import is_byline, read_byline
from crawler.extraction.text import ends_sentence, tidy, words
from crawler.items import Article, Block, BlockKind, Dropped

LAYOUT = "text-dump"
# Longer lines than this are paragraphs that lost their full stop.
_SHORT_LINE = 160
# Title, date and font controls stand above the lead.
_HEAD_LINES = 8
_LIST_ITEM = re.compile(r"^[-–•+*]\s+")
_NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*|[A-ZĐa-zđ]|[IVX]{1,5})[.)]\s+\S")
_DASHED_LEAD = re.compile(r"^[-–—]\s*(?=[^\W\d_])")


def read_dump(document: Document) -> Article:
    """Read a text dump by the form of its lines; sure of nothing it cannot see, it says so in ``warnings``."""
    article = Article(key=document.key(), outlet=document.outlet.name if document.outlet else None, url=document.url)
    article.layout = LAYOUT
    article.warnings = list(document.warnings)
    lines = [line for raw in document.text.splitlines() if (line := tidy(raw))]
    if lines:
        article.title, article.provenance["title"] = lines[0], "rule"
    body = _head(article, lines[1:], document)
    _body(article, body)
    if article.published_at is None:
        article.warnings.append("no_date")
    if document.url and not document.outlet:
        article.warnings.append("unknown_outlet")
    return article


def _head(article: Article, lines: list[str], document: Document) -> list[str]:
    """Take date and lead from above the text; the lines that are left are the body."""
    rest: list[str] = []
    for index, line in enumerate(lines):
        if article.published_raw is None and len(line) <= 80 and dates.DATE_LINE.match(line):
            _date(article, line, document)
            continue
        above_text = index < _HEAD_LINES and not any(map(ends_sentence, rest))
        if article.lead is None and above_text and _is_dashed_lead(line):
            article.lead, article.provenance["lead"] = _DASHED_LEAD.sub("", line), "rule"
            continue
        rest.append(line)
    return rest


def _is_dashed_lead(line: str) -> bool:
    return bool(_DASHED_LEAD.match(line)) and ends_sentence(line) and len(words(line)) >= 8


def _date(article: Article, line: str, document: Document) -> None:
    stamp = dates.parse(line, document.local)
    if stamp is None:
        return
    article.published_raw = stamp.raw
    reason = dates.refuse(stamp, document.page.fetched_at)
    if reason:
        article.warnings.append(f"date_refused: {reason}")
        return
    article.published_at, article.published_day = stamp.iso(), stamp.when.date().isoformat()
    article.provenance["published_at"] = "rule"


def _body(article: Article, lines: list[str]) -> None:
    last = max((index for index, line in enumerate(lines) if _is_prose(line)), default=-1)
    for index, line in enumerate(lines):
        after = index > last
        rule = debris(line, after_end=after)
        if rule:
            article.dropped.append(Dropped(line, rule))
        elif after and not article.authors and article.source is None and is_byline(line):
            byline = read_byline(line)
            article.authors, article.source = byline.authors, byline.source
            article.provenance["authors" if byline.authors else "source"] = "rule"
        else:
            kind = _kind(line)
            article.blocks.append(Block(kind, line))
            if kind == "caption" and "caption_or_heading" not in article.warnings:
                article.warnings.append("caption_or_heading")


def _is_prose(line: str) -> bool:
    return ends_sentence(line) and len(words(line)) >= 6 and debris(line) is None


def _kind(line: str) -> BlockKind:
    if _LIST_ITEM.match(line) or line.endswith((";", ",")):
        return "list_item"
    if ends_sentence(line) and not line.endswith("?"):
        return "paragraph"
    if len(line) > _SHORT_LINE:
        return "paragraph"
    if _NUMBERED.match(line) or line.endswith(("?", ":")):
        return "heading"
    return "caption"
