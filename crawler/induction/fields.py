"""Selectors for the single fields of an article: where each value stands, and which selectors read it everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from crawler.extraction.body.running_text import RunningText
from crawler.extraction.cleaning import clean_lead, same_text
from crawler.extraction.dates import parse
from crawler.extraction.document import Document
from crawler.extraction.families import ALONE
from crawler.extraction.fields.credits import read_credits
from crawler.extraction.fields.headline import read_lead, read_title
from crawler.extraction.fields.placement import read_section_path, read_tags
from crawler.extraction.fields.times import read_times
from crawler.extraction.generic.second_opinion import letters
from crawler.extraction.match import Match
from crawler.extraction.metadata import Metadata
from crawler.extraction.people import read_byline
from crawler.induction.examples import Example, Wanted
from crawler.induction.selectors import cost, selectors_of
from crawler.induction.stated import LINE
from crawler.items import Article
from crawler.layout import Layout

# Selectors of a field that are tried on every page, and that are named in the end.
_TRIED = 150
_NAMED = 5
# Confidence below which a selector is a guess.
_LEAST = 0.3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A selector proposed for a field.

    ``support`` is on how many of the ``pages`` that have the field it gives exactly what is wanted, ``wrong`` on how
    many something else, ``others`` how many other elements it finds on them.
    """

    css: str
    support: int
    pages: int
    others: int
    wrong: int = 0

    @property
    def confidence(self) -> float:
        """From 0 to 1: Laplace's rule of succession, lowered by wrong answers and by other elements it finds."""
        if not self.support:
            return 0.0
        next_page = (self.support + 1) / (self.pages + 2)
        right = self.support / (self.support + self.wrong)
        exact = self.support / (self.support + self.others)
        return round(next_page * right * right * (1 + exact) / 2, 2)


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How a field is induced: what says it, what reads it, whether that is what is wanted.

    ``telling`` are words in a class or id that fit the field, ``tags`` the elements it usually stands in.
    """

    name: str
    telling: re.Pattern[str]
    wanted: Callable[[Wanted], Any]
    stands_in: Callable[[Wanted, str, Element], bool]
    read: Callable[[Article, Document, Match], Any]
    right: Callable[[Any, Wanted], bool]
    tags: frozenset[str] = frozenset()

    def known(self, example: Example) -> bool:
        """Whether the page is known to have the field."""
        return bool(self.wanted(example.wanted))


def rank(rule: FieldRule, examples: Sequence[Example]) -> list[Candidate]:
    """Selectors for a field, best first; none where no page is known to have it."""
    having = [example for example in examples if rule.known(example)]
    places = [{element for element, text in ex.texts if rule.stands_in(ex.wanted, text, element)} for ex in having]
    found = dict.fromkeys(css for elements in places for element in elements for css in selectors_of(element))
    cheapest = sorted(found, key=lambda css: cost(css, rule.telling))
    # One that is on few pages only must not crowd out the others.
    spread = sorted(cheapest, key=lambda css: -sum(bool(set(ex.document.finder.select(css)) & where)
                                                  for ex, where in zip(having, places, strict=True)))  # fmt: skip
    candidates = [_judged(rule, css, having, places) for css in spread[:_TRIED]]
    right = [candidate for candidate in candidates if candidate.confidence >= _LEAST]
    return sorted(right, key=lambda one: (-one.confidence, _cost(rule, one.css, having)))


def _cost(rule: FieldRule, css: str, having: Sequence[Example]) -> float:
    found = [element for example in having for element in example.document.finder.select(css)]
    usual = sum(element.tag in rule.tags for element in found)
    return cost(css, rule.telling) - 2 * usual / max(1, len(found))


def cover(candidates: Sequence[Candidate], rule: FieldRule, examples: Sequence[Example]) -> list[Candidate]:
    """The few candidates that together read the field on as many pages as can be, best first."""
    chosen: list[Candidate] = []
    left = [example for example in examples if rule.known(example)]
    for candidate in candidates:
        rest = [example for example in left if not _is_right(rule, candidate.css, example)]
        misleads = any(_is_right(rule, candidate.css, example) is False for example in left)
        if len(rest) < len(left) and len(chosen) < _NAMED and not (chosen and misleads):
            chosen.append(candidate)
            left = rest
    return chosen


def _judged(rule: FieldRule, css: str, having: list[Example], places: list[set[Element]]) -> Candidate:
    answers = [_is_right(rule, css, example) for example in having]
    others = sum(
        len([element for element in example.document.finder.select(css) if element not in where])
        for example, where in zip(having, places, strict=True)
    )
    return Candidate(css, answers.count(True), len(having), others, answers.count(False))


def _is_right(rule: FieldRule, css: str, example: Example) -> bool | None:
    """Whether the field is right when it is read by this selector alone, as every article is; ``None``: it is empty."""
    document = replace(example.document, metadata=_SILENT)  # nothing must stand in for an element that is not found
    assert document.root is not None
    article = Article(key="", outlet=None, url=None, title=example.wanted.title)
    selectors: dict[str, Any] = {rule.name: (css,)}
    layout = Layout("probe", **selectors)
    value = rule.read(article, document, Match(ALONE, layout, document.root, RunningText(), None))
    return rule.right(value, example.wanted) if value else None


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


_SILENT = Metadata(etree.Element("html"), None)
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
