"""Selectors proposed from pages and what should come out of them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from crawler.extraction import read
from crawler.extraction.document import open_document
from crawler.induction import Example, Proposal, Wanted, examples_of, propose
from crawler.items import Article
from crawler.layout import SELECTOR_FIELDS, Layout
from crawler.outlet import Outlet, UrlPattern
from crawler.registry import Registry
from tests.induction.made_up import CLOCK, HOST, PROMO, STORIES, Story, first_edition, page, second_edition

Edition = Callable[..., str]
EDITIONS = pytest.mark.parametrize("edition", [first_edition, second_edition])
NOTHING = Registry([])


def examples(edition: Edition, stories: tuple[Story, ...] = STORIES, *, stated: bool = True) -> list[Example]:
    return examples_of([open_document(page(s, edition(s, stated=stated)), NOTHING) for s in stories])


def registry(layout: Layout) -> Registry:
    pattern = UrlPattern("n", re.compile(r"-n(?P<id>\d+)\.html$"), (HOST,))
    home = f"https://{HOST}/"
    outlet = Outlet("baodongsay", "Báo Đồng Sậy", "Đồng Sậy", home, (HOST,), None, "real pages", (pattern,))
    return Registry([Outlet(**{name: getattr(outlet, name) for name in Outlet.__slots__} | {"layouts": (layout,)})])


def proposed(found: list[Example], avoid: list[Example] | None = None) -> Proposal:
    proposal = propose(found, "detail", avoid or [])
    assert proposal is not None
    return proposal


@EDITIONS
@pytest.mark.parametrize("stated", [True, False])
def test_what_should_come_out_is_worked_out_of_the_pages(edition: Edition, *, stated: bool) -> None:
    for example, story in zip(examples(edition, stated=stated), STORIES, strict=True):
        wanted = example.wanted
        assert (wanted.title, wanted.lead, wanted.authors) == (story.title, story.lead, [story.author])
        assert wanted.published is not None
        assert wanted.published.isoformat() == f"{story.minute}+07:00"
        assert wanted.paragraphs == list(story.paragraphs)


@EDITIONS
@pytest.mark.parametrize("stated", [True, False])
def test_two_pages_give_rules_that_read_a_third(edition: Edition, *, stated: bool) -> None:
    """Two h1, a clock in the header, related boxes with the same classes, names with numbers: all of it misleads."""
    proposal = proposed(examples(edition, STORIES[:2], stated=stated))
    story = STORIES[2]
    article = read(page(story, edition(story, stated=False)), registry(proposal.layout))
    assert isinstance(article, Article)
    assert (article.title, article.lead, article.authors) == (story.title, story.lead, [story.author])
    assert article.published_at == f"{story.minute}+07:00"
    assert article.paragraphs == list(story.paragraphs)
    assert {article.provenance[name] for name in ("title", "published_at", "lead", "authors")} == {"rule"}
    assert PROMO not in article.paragraphs
    assert CLOCK not in article.paragraphs


@EDITIONS
def test_a_proposal_bears_no_numbers_and_no_positions(edition: Edition) -> None:
    layout = proposed(examples(edition)).layout
    for field in SELECTOR_FIELDS:
        for css in getattr(layout, field):
            assert not re.search(r":|>|\d", css.replace("h1", "")), css


def test_support_and_other_elements_are_counted() -> None:
    proposal = proposed(examples(second_edition))
    by_css = {one.css: one for one in proposal.candidates["lead"]}
    best, vague = by_css[".opening .summary"], by_css[".summary"]
    assert (best.support, best.pages, best.others) == (3, 3, 0)
    assert (vague.support, vague.others) == (3, 6)
    assert vague.confidence < best.confidence == 0.8
    assert proposal.sure("lead") == 0.8
    assert proposal.sure("tags") == 0


def test_what_is_wanted_may_be_said() -> None:
    """Then nothing else is looked for."""
    found = examples(first_edition)
    for example, story in zip(found, STORIES, strict=True):
        example.wanted = Wanted(
            title=story.title, paragraphs=list(story.paragraphs), section=[story.section[1]], sure=True
        )
    layout = proposed(found).layout
    assert layout.section
    assert not layout.byline
    assert not layout.date
    article = read(page(STORIES[0], first_edition(STORIES[0])), registry(layout))
    assert isinstance(article, Article)
    assert article.section == [STORIES[0].section[1]]


def test_boxes_that_repeat_in_the_body_are_left_out() -> None:
    assert ".story-promo" in proposed(examples(first_edition)).layout.leave_out


def test_a_selector_that_fits_other_pages_too_is_the_last_choice() -> None:
    both = [markup.replace("story-text", "story-text content") for markup in map(first_edition, STORIES)]
    old = [open_document(page(s, second_edition(s).replace("prose", "content")), NOTHING) for s in STORIES]
    found = examples_of([open_document(page(s, m), NOTHING) for s, m in zip(STORIES, both, strict=True)])
    avoid = [Example(document, Wanted()) for document in old]
    assert proposed(found).layout.body == (".content",)
    assert proposed(found, avoid).layout.body == (".story-text",)


def test_pages_without_names_give_no_proposal() -> None:
    bare = [re.sub(r' (class|id)="[^"]*"', "", first_edition(s)).replace("article", "div") for s in STORIES]
    found = examples_of([open_document(page(s, m), NOTHING) for s, m in zip(STORIES, bare, strict=True)])
    assert propose(found, "detail") is None


def test_pages_without_text_are_no_examples() -> None:
    assert examples_of([open_document(page(STORIES[0], "<html><body><h1>Báo</h1></body></html>"), NOTHING)]) == []
