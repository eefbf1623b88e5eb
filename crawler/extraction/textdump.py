"""A plain text dump of an article page: what "all visible text" savers leave.

First line: headline; a line that is nothing but a date; a lead with a leading dash; paragraphs, captions, a
byline in capitals after the last paragraph; debris of the page around it.
"""

from __future__ import annotations

import re

from crawler.extraction import dates
from crawler.extraction.cleaning import TEXT_DUMP, same_text
from crawler.extraction.debris import debris
from crawler.extraction.document import Document
from crawler.extraction.people import agencies_in, is_byline, read_byline
from crawler.extraction.text import alternatives, ends_sentence, tidy, unique, words
from crawler.items import Article, Block, BlockKind, Dropped

# Characters; longer lines than this are paragraphs that lost their full stop.
_SHORT_LINE = 160
# Characters; a line behind the last paragraph that is longer is one, too.
_LAST_LINE = 80
# Words from which a line behind the byline would be running text again, and a lead needs no full stop.
_RUNNING_WORDS = 12
_LIST_ITEM = re.compile(r"^[-–•+*]\s+")
_NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*|[A-ZĐa-zđ]|[IVX]{1,5})[.)]\s+\S")
_DASHED_LEAD = re.compile(r"^[-–—]\s*(?=[^\W\d_])")
_NOTE = re.compile(r"^\(?\*")
_HOME = re.compile(r"^(?:trang chủ|home|menu|tìm kiếm|đăng nhập)\b.{0,40}$", re.IGNORECASE)
# What stands below articles about the paper, not the story.
_ABOUT_PAPER = re.compile(
    alternatives(
        r"""
        giấy phép | gp-bttt | ghi rõ nguồn | mọi (?:phản ánh|ý kiến) | hotline | đường dây nóng | e-?mail\s*:
        điện thoại\s*: | fax\s*: | tòa soạn | tổng biên tập | cơ quan chủ quản | bản quyền | google news | ©
        https?:// | @\w+\.
        """
    ),
    re.IGNORECASE,
)


def read_dump(document: Document) -> Article:
    """Read a text dump by the form of its lines; sure of nothing it cannot see, it says so in ``warnings``."""
    article = Article(key=document.key(), outlet=document.outlet.name if document.outlet else None, url=document.url)
    article.layout = TEXT_DUMP
    article.warnings = list(document.warnings)
    lines = _title(article, [line for raw in document.text.splitlines() if (line := tidy(raw))])
    _body(article, _head(article, lines, document))
    if article.published_at is None:
        article.warnings.append("no_date")
    if document.url and not document.outlet:
        article.warnings.append("unknown_outlet")
    return article


def _title(article: Article, lines: list[str]) -> list[str]:
    """Take the headline; a clock or a menu word above it is the page's, not the article's."""
    while len(lines) > 1 and (dates.is_date_line(lines[0]) or debris(lines[0]) or _HOME.match(lines[0])):
        article.dropped.append(Dropped(lines.pop(0), "above_title"))
    if lines:
        article.title, article.provenance["title"] = lines[0], "rule"
    return lines[1:]


def _head(article: Article, lines: list[str], document: Document) -> list[str]:
    """Take date and lead from above the text; the lines that are left are the body."""
    rest: list[str] = []
    above_text = True
    for line in lines:
        is_date = above_text and dates.is_date_line(line)
        if is_date and article.published_raw is None:
            _date(article, line, document)
        elif is_date:
            article.dropped.append(Dropped(line, "date_line"))
        elif above_text and article.lead is None and _is_dashed_lead(line):
            article.lead, article.provenance["lead"] = _DASHED_LEAD.sub("", line), "rule"
        elif above_text and article.title and same_text(line, article.title):
            article.dropped.append(Dropped(line, "title_repeated"))
        else:
            above_text = above_text and not _is_prose(line)
            rest.append(line)
    return rest


def _is_dashed_lead(line: str) -> bool:
    count = len(words(line))
    return bool(_DASHED_LEAD.match(line)) and (count >= _RUNNING_WORDS or (ends_sentence(line) and count >= 8))


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
    signed = _byline_lines(lines)
    last = max((index for index, line in enumerate(lines) if _is_prose(line)), default=-1)
    for index, line in enumerate(lines):
        after = index > (signed[-1] if signed else last)
        rule = debris(line, after_end=after)
        if index in signed:
            _sign(article, line)
        elif rule or (signed and after and not _NOTE.match(line)):
            article.dropped.append(Dropped(line, rule or "after_byline"))
        else:
            kind = _kind(line, between=index < last)
            article.blocks.append(Block(kind, line))
            if kind == "caption" and "caption_or_heading" not in article.warnings:
                article.warnings.append("caption_or_heading")


def _byline_lines(lines: list[str]) -> list[int]:
    """Indices of the byline: the last line of names with no running text behind it, and bylines right above it."""
    place = None
    for index in range(len(lines) - 1, 0, -1):
        if is_byline(lines[index]) and not debris(lines[index], after_end=True):
            place = index
            break
        if not _may_follow(lines[index]):
            return []
    if place is None:
        return []
    places = [place]
    while places[0] > 1 and is_byline(lines[places[0] - 1]):
        places.insert(0, places[0] - 1)
    # Several plain names in a row are a list, of winners for one.
    return places if len(places) <= 3 else []


def _sign(article: Article, line: str) -> None:
    byline = read_byline(line)
    article.authors = unique([*article.authors, *byline.authors])
    article.source = article.source or byline.source
    article.agency = agencies_in(article.source)
    for field, value in (("authors", article.authors), ("source", article.source)):
        if value:
            article.provenance[field] = "rule"


def _may_follow(line: str) -> bool:
    """Whether a line may stand behind the byline: debris, a note, words about the paper, anything short."""
    if debris(line, after_end=True) or _NOTE.match(line) or _ABOUT_PAPER.search(line):
        return True
    return not ends_sentence(line) or len(words(line)) < _RUNNING_WORDS


def _is_prose(line: str) -> bool:
    return ends_sentence(line) and len(words(line)) >= 6 and not debris(line) and not _ABOUT_PAPER.search(line)


def _kind(line: str, between: bool) -> BlockKind:
    if _LIST_ITEM.match(line) or line.endswith((";", ",")):
        return "list_item"
    if ends_sentence(line) and not line.endswith("?"):
        return "paragraph"
    if len(line) > (_SHORT_LINE if between else _LAST_LINE):
        return "paragraph"
    if _NUMBERED.match(line) or line.endswith(("?", ":")):
        return "heading"
    return "caption"
