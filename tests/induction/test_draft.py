"""What a draft makes of pages that are not what it hopes for, on an invented CMS."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.induction.draft import DraftError, draft
from tests.induction.made_up import HOST, STORIES, first_edition, page

LICENCE = "<footer><p>Giấy phép số 118/GP, cấp ngày 28/03/2024</p></footer>"


def _with_tags(number: int, *tags: str) -> str:
    links = "".join(f'<a href="/the/{at}">{tag}</a>' for at, tag in enumerate(tags))
    markup = first_edition(STORIES[number]).replace(
        "<head>", f'<head><meta name="keywords" content="{",".join(tags)}">'
    )
    return markup.replace("</article>", f'<div class="story-tags">{links}</div></article>')


def test_an_article_under_two_addresses_is_one_article() -> None:
    story = STORIES[0]
    again = page(replace(story, number=story.number + 7), first_edition(story))
    with pytest.raises(DraftError) as raised:
        draft([page(story, first_edition(story)), again])
    assert str(raised.value).splitlines()[1:] == [f"left out: {again.url}: the same article as {story.url}"]


def test_an_address_given_twice_is_told() -> None:
    one, other = STORIES[:2]
    same_address = replace(page(other, first_edition(other)), url=one.url)
    with pytest.raises(DraftError, match=f"left out: {one.url}: the same article as {one.url}"):
        draft([page(one, first_edition(one)), same_address])


def test_a_page_that_could_not_be_read_is_left_out_with_the_reason() -> None:
    damaged = replace(page(STORIES[2], ""), error="body 00ff does not decode")
    made = draft([damaged, *(page(story, first_edition(story)) for story in STORIES[:2])])
    assert made.left_out == [f"{STORIES[2].url}: body 00ff does not decode"]


def test_a_date_in_the_footer_is_no_date_of_an_article() -> None:
    markups = [
        first_edition(story, stated=False).replace(story.shown, "hôm nay").replace("<footer>", f"{LICENCE}<footer>")
        for story in STORIES
    ]
    made = draft([page(story, markup) for story, markup in zip(STORIES, markups, strict=True)])
    assert made.outlet.layouts[0].date == ()


def test_a_date_beside_the_title_is_found_though_nothing_states_it() -> None:
    markups = [first_edition(story, stated=False).replace("<footer>", f"{LICENCE}<footer>") for story in STORIES]
    made = draft([page(story, markup) for story, markup in zip(STORIES, markups, strict=True)])
    assert "story-date" in made.outlet.layouts[0].date[0]


@pytest.mark.parametrize(
    ("own", "count"),
    [
        ((("chiếu",), ("bơm",), ("sách",)), 2),
        (((), (), ()), 0),  # three articles on one subject
    ],
)
def test_tags_of_the_site_stand_behind_those_of_articles(own: tuple[tuple[str, ...], ...], count: int) -> None:
    pages = [page(STORIES[at], _with_tags(at, *tags, "Đồng Sậy", "tin Đồng Sậy")) for at, tags in enumerate(own)]
    assert draft(pages).outlet.site_tags == count


def test_the_outlet_is_named_after_the_host() -> None:
    made = draft([page(story, first_edition(story)) for story in STORIES[:2]])
    assert (made.outlet.name, made.outlet.hosts) == ("baodongsay", (HOST,))
