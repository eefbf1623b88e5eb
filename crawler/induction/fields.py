"""The fields of an article that selectors can be learnt for: where each stands, how it is read, when it is right."""

from __future__ import annotations

import re
from datetime import datetime, timezone

from lxml.etree import _Element as Element

from crawler.extraction.cleaning import clean_lead, same_text
from crawler.extraction.dates import parse
from crawler.extraction.document import Document
from crawler.extraction.fields.credits import read_credits
from crawler.extraction.fields.headline import read_lead, read_title
from crawler.extraction.fields.placement import read_section_path, read_tags
from crawler.extraction.fields.times import read_times
from crawler.extraction.match import Match
from crawler.extraction.people import read_byline
from crawler.extraction.text import letters
from crawler.induction.examples import LINE, Wanted
from crawler.induction.ranking import FieldRule
from crawler.items import Article


def _title(article: Article, document: Document, match: Match) -> str | None:
    article.title = None
    read_title(article, document, match)
    return article.title


def _date(article: Article, document: Document, match: Match) -> datetime | None:
    read_times(article, document, match)
    stamp = parse(article.published_raw, document.local) if article.published_at else None
    return stamp.when if stamp else None


def _lead(article: Article, document: Document, match: Match) -> str | None:
    read_lead(article, document, match)
    return article.lead


def _authors(article: Article, document: Document, match: Match) -> list[str]:
    read_credits(article, document, match)
    return article.authors


def _section(article: Article, document: Document, match: Match) -> list[str]:
    read_section_path(article, document, match)
    return article.section


def _tags(article: Article, document: Document, match: Match) -> list[str]:
    return read_tags(document, match)


def _shows(wanted: Wanted, text: str, element: Element) -> bool:
    if wanted.published is None or len(text) > LINE:
        return False
    local = wanted.published.tzinfo
    assert isinstance(local, timezone)
    stamps = (parse(text, local), parse(element.get("datetime"), local))
    return any(stamp is not None and _same_minute(stamp.when, wanted.published) for stamp in stamps)


def _same_minute(one: datetime, other: datetime | None) -> bool:
    return other is not None and one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)


def _signs(wanted: Wanted, text: str, element: Element) -> bool:
    names = read_byline(text).authors if len(text) <= LINE else []
    return bool(names) and set(names) <= set(wanted.authors)


def _is_link(element: Element) -> bool:
    """Whether an element stands in a link, as in a menu, or is an item that holds nothing else."""
    linked = element.tag == "a" or next(element.iterancestors("a"), None) is not None
    return linked or (element.tag == "li" and next(element.iter("a"), None) is not None)


def _words(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


FIELDS = (
    FieldRule(
        "title",
        _words("title|headline|tieu-?de|name|^h1"),
        lambda wanted: wanted.title,
        lambda wanted, text, element: same_text(text, wanted.title or "") and not _is_link(element),
        _title,
        lambda value, wanted: same_text(value, wanted.title or ""),
        frozenset(("h1", "h2")),
    ),
    FieldRule(
        "date",
        _words("date|time|publish|ngay"),
        lambda wanted: wanted.published,
        _shows,
        _date,
        lambda value, wanted: _same_minute(value, wanted.published),
        frozenset(("time",)),
    ),
    FieldRule(
        "lead",
        _words("sapo|lead|desc|summary|intro|tom-?tat|chapo|excerpt|teaser"),
        lambda wanted: wanted.lead,
        lambda wanted, text, element: same_text(clean_lead(text) or "", wanted.lead or ""),
        _lead,
        lambda value, wanted: same_text(value, wanted.lead or ""),
    ),
    FieldRule(
        "byline",
        _words("author|byline|tac-?gia|pseudonym|pen-?name|writer|but-?danh"),
        lambda wanted: wanted.authors,
        _signs,
        _authors,
        lambda value, wanted: value == wanted.authors,
    ),
    FieldRule(
        "section",
        _words("bread|crumb|cate|section|chuyen-?muc"),
        lambda wanted: wanted.section,
        lambda wanted, text, element: any(same_text(text, name) for name in wanted.section),
        _section,
        lambda value, wanted: value == wanted.section,
    ),
    FieldRule(
        "tags",
        _words("tag|keyword|tu-?khoa"),
        lambda wanted: wanted.tags,
        lambda wanted, text, element: letters(text) in {*map(letters, wanted.tags)},
        _tags,
        # Keywords that are no tags are usual; a tag that is no keyword is a link to something else.
        lambda value, wanted: {*map(letters, value)} <= {*map(letters, wanted.tags)},
    ),
)
