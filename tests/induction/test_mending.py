"""Layouts learnt from articles that are known under an older markup."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from crawler.extraction import read
from crawler.induction.draft import draft
from crawler.induction.mending import MendError, Mending, mend, pairs_of, read_by_rules
from crawler.items import Article, Page
from crawler.outlet_file import check_text
from crawler.registry import Registry
from tests.induction.made_up import STORIES, Story, first_edition, page, second_edition

OLD = [page(story, first_edition(story)) for story in STORIES]
DRAFT = draft(OLD[:2])
REGISTRY = Registry([DRAFT.outlet])


def mended(markup: Callable[[Story], str], others: Sequence[Page] = (), text: str = DRAFT.text) -> Mending:
    pages = [page(story, markup(story)) for story in STORIES]
    kept = {old.url: [old] for old in OLD}
    pairs, unknown = pairs_of(pages, DRAFT.outlet, REGISTRY, lambda document: kept[document.url])
    assert not unknown
    return mend(pairs, others, DRAFT.outlet, text, REGISTRY)


def reads(made: Mending, markup: Callable[[Story], str]) -> bool:
    outlet, problems = check_text(made.text, DRAFT.outlet.name)
    assert outlet is not None, problems
    results = [read(page(story, markup(story)), Registry([outlet])) for story in STORIES]
    return all(
        isinstance(result, Article) and result.paragraphs == list(story.paragraphs)
        for result, story in zip(results, STORIES, strict=True)
    )


def test_the_new_layout_stands_behind_the_old_ones() -> None:
    made = mended(second_edition, OLD)
    assert made.holds
    assert made.text.startswith(DRAFT.text)
    assert (made.others, made.changed) == (3, [])
    assert reads(made, first_edition)
    assert reads(made, second_edition)


def test_it_stands_before_an_old_one_that_takes_something_else_for_the_body() -> None:
    def hijacked(story: Story) -> str:
        return second_edition(story).replace('<section class="also">', '<section class="story-text">')

    made = mended(hijacked)
    assert made.holds
    assert made.text.index(".prose") < made.text.index(".story-text")
    assert reads(made, first_edition)
    assert reads(made, hijacked)


def test_text_that_is_another_now_fails_the_proof() -> None:
    made = mended(lambda story: second_edition(story).replace(STORIES[0].paragraphs[0], "Chiều nay trời lại mưa to."))
    assert not made.holds
    failed = [(proof.url, proof.field) for proof in made.proofs if proof.required and not (proof.old and proof.new)]
    assert failed == [(STORIES[0].url, "paragraphs")]


def test_white_space_and_capitals_may_be_others() -> None:
    made = mended(lambda story: second_edition(story).replace(story.title, f" {story.title.upper()}\n"))
    assert made.holds


def test_pages_under_the_new_markup_already_are_no_old_pages() -> None:
    new = [page(story, second_edition(story)) for story in STORIES]
    assert list(read_by_rules([*OLD, *new], REGISTRY)) == OLD


def test_a_file_that_cannot_take_another_layout_is_told() -> None:
    with pytest.raises(MendError, match=r"baodongsay\.toml: expected TOML"):
        mended(second_edition, text=DRAFT.text.replace("[[layouts]]", "[layouts]"))
