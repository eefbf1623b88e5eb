"""The tags of a page without rules."""

from __future__ import annotations

import pytest

from tests.extraction.generic.reading import BODY, article, markup

TEXT = f"<div class='text'>{BODY}</div>"
LINKED = "<a href='/tag/1'>#đua ghe</a>, <a href='/tag/2'>Bình Lộc</a>"


def json_ld(keywords: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "keywords": {keywords}}}</script>'


@pytest.mark.parametrize(
    ("head", "html"),
    [
        ("", f"{TEXT}<a rel='tag' href='/1'>đua ghe</a><a rel='tag' href='/2'>Bình Lộc</a>"),
        ("", f"{TEXT}<div class='article__tags'>Từ khóa: {LINKED}</div>"),
        ("", f"{TEXT}<ul class='tagList'><li>{LINKED}</li></ul>"),
        ('<meta name="news_keywords" content="giáo dục, học phí">', f"{TEXT}<div class='tags'>{LINKED}</div>"),
        ('<meta property="article:tag" content="đua ghe"><meta property="article:tag" content="Bình Lộc">', TEXT),
        ('<meta name="news_keywords" content="đua ghe, Bình Lộc">', TEXT),
        ('<meta name="news_keywords" content="đua ghe;Bình Lộc;100312362">', TEXT),
        (json_ld('["đua ghe", "Bình Lộc", "topic/dua-ghe"]'), TEXT),
        (json_ld('"đua ghe, Bình Lộc"'), TEXT),
        (json_ld('"đua ghe Bình Lộc"') + '<meta name="keywords" content="đua ghe, Bình Lộc">', TEXT),
        ('<meta name="keywords" content="đua ghe, Bình Lộc">', TEXT),
    ],
)
def test_printed_tags_are_read_and_else_what_the_page_states(head: str, html: str) -> None:
    assert article(markup(html, head)).tags == ["đua ghe", "Bình Lộc"]


@pytest.mark.parametrize(
    ("head", "html"),
    [
        ("", TEXT),
        ('<meta name="keywords" content="tin tức, tin nóng, đọc báo, Bình Lộc">', TEXT),
        ('<meta name="news_keywords" content="SOCI, VN, GEN, CIV, ASEAN, WAT, SPO">', TEXT),
        (json_ld('["source:wire", "7f3c2a10-5b1d-4e0b-9d0e-1a2b3c4d5e6f", "Category: Sport"]'), TEXT),
        ("", f"<aside><div class='tags'>{LINKED}</div></aside>{TEXT}"),
        ("", f"{TEXT}<div class='trending-tags'>{LINKED}</div>"),
        ("", f"{TEXT}<div class='tags-share'><a href='/f'>Facebook</a><a href='/z'>Zalo</a></div>"),
    ],
)
def test_what_is_written_for_machines_or_stands_on_every_page_is_no_tag(head: str, html: str) -> None:
    assert article(markup(html, head)).tags == []


def test_tags_above_the_headline_are_those_of_the_site() -> None:
    page = markup(TEXT).replace("<main>", f"<div class='tags'>{LINKED}</div><main>")
    assert article(page).tags == []
