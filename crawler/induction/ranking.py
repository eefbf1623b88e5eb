"""Selectors for a field, tried on every page and ranked by how well they read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from crawler.extraction.body.running_text import RunningText
from crawler.extraction.document import Document
from crawler.extraction.families import ALONE
from crawler.extraction.match import Match
from crawler.extraction.metadata import Metadata
from crawler.induction.examples import Example, Wanted
from crawler.induction.selectors import cost, selectors_of
from crawler.items import Article
from crawler.layout import Layout

# Selectors of a field that are tried on every page, and that are named in the end.
_TRIED = 150
_NAMED = 5
# Confidence below which a selector is a guess.
_LEAST = 0.3
_SILENT = Metadata(etree.Element("html"), None)


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
