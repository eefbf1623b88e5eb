"""How far what was read from pages is what should come out of them, field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawler.extraction.cleaning import same_text
from crawler.extraction.text import letters
from crawler.induction.examples import Example
from crawler.induction.fields import FIELDS
from crawler.items import Article, Result

#: Fields of articles that a redesign must not change, and those it may order anew.
KEPT = ("title", "published_at", "lead", "authors", "paragraphs", "captions")
FREE = ("source", "section", "tags")
_LEAST = 0.25  # of the wanted letters; who reads less has read a part
_LETTERS = 0.97  # share of the wanted letters that a body must hold


@dataclass(frozen=True, slots=True)
class Agreement:
    """On how many of the ``pages`` that are known to have a field it is ``right``."""

    field: str
    right: int
    pages: int

    @property
    def sure(self) -> float:
        """Laplace's rule of succession: how likely it is right on the next page."""
        return round((self.right + 1) / (self.pages + 2), 2) if self.right else 0.0


def agreements(examples: Sequence[Example], results: Sequence[Result]) -> list[Agreement]:
    """Title, date, lead, byline, section, tags and body of ``results`` against what is wanted."""
    pairs = [
        (example, result if isinstance(result, Article) else None)
        for example, result in zip(examples, results, strict=True)
    ]
    found = []
    for rule in FIELDS:
        known = [(example, article) for example, article in pairs if rule.known(example)]
        right = sum(
            bool(article and (value := _value(article, rule.name)) and rule.right(value, example.wanted))
            for example, article in known
        )
        found.append(Agreement(rule.name, right, len(known)))
    bodies = sum(article is not None and holds(article, example) >= _LETTERS for example, article in pairs)
    return [*found, Agreement("body", bodies, len(pairs))]


def holds(article: Article, example: Example) -> float:
    """The share of the wanted text that stands in an article."""
    read = letters(" ".join([article.lead or "", *article.paragraphs]))
    wanted = [letters(text) for text in example.wanted.paragraphs]
    return sum(len(text) for text in wanted if text in read) / max(1, sum(map(len, wanted)))


def agrees(article: Article, example: Example) -> float:
    """As ``holds``; or the share of what was read that is wanted, where that is not much less than the wanted text.

    The generic reading, which says what is wanted, may take a list of teasers for text.
    """
    wanted = letters(" ".join([example.wanted.lead or "", *example.wanted.paragraphs]))
    read = [letters(text) for text in article.paragraphs]
    length = sum(map(len, read))
    if not example.wanted.paragraphs:
        return 1.0 if length else 0.0  # a body too short for the generic reading
    found = sum(len(text) for text in read if text in wanted)
    return max(holds(article, example), found / length if length >= _LEAST * len(wanted) > 0 else 0.0)


def _value(article: Article, field: str) -> Any:
    if field == "date":
        return datetime.fromisoformat(article.published_at) if article.published_at else None
    return getattr(article, {"byline": "authors"}.get(field, field))


def same(field: str, one: Article, other: Article) -> bool:
    """Whether two readings of an article say the same in a field: texts but for white space, times to the minute."""
    first, second = getattr(one, field), getattr(other, field)
    if field == "published_at":
        return (first or "")[:16] == (second or "")[:16]
    if isinstance(first, list):
        return len(first) == len(second) and all(map(_same, first, second))
    return first == second or _same(first or "", second or "")


def _same(one: str, other: str) -> bool:
    return one == other or same_text(one, other)
