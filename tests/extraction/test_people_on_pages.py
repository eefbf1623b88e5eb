"""Who is credited on whole pages of papers without rules."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from crawler.extraction import read
from crawler.extraction.metadata import Metadata
from crawler.extraction.people.statements import stated_authors
from crawler.items import Article, Page
from crawler.registry import Registry

TEXT = [
    "The new ferry left the north pier at six in the morning with forty passengers and two carts of cabbages on board.",
    "Its captain said that the river was calm, that the fog had lifted early, and nobody asked for money back.",
    "By noon the boat had crossed eleven times, and the queue at the south pier was longer than on market days.",
    "The council wants to look at the figures after a month; until then the old bridge stays closed for repairs.",
]
TEXT_VI = [
    "Sáng nay, chuyến phà đầu tiên rời bến Bắc lúc sáu giờ với bốn mươi hành khách và hai xe bắp cải chở ra chợ huyện.",
    "Người lái phà cho biết sông lặng, sương tan sớm và không ai đòi lại tiền vé dù chuyến đầu chậm nửa giờ đồng hồ.",
    "Đến trưa, phà đã qua sông mười một lượt; hàng người chờ ở bến Nam dài hơn cả những ngày chợ phiên cuối năm.",
    "Xã sẽ xem lại số liệu sau một tháng; từ nay đến lúc đó cây cầu cũ vẫn đóng để sửa chữa hai nhịp giữa sông.",
]


def article(
    head: str = "", header: str = "", before: str = "", after: str = "", foot: str = "", language: str = "en"
) -> Article:
    """A page of an unknown paper, with markup at every place where a byline can stand."""
    texts = TEXT_VI if language == "vi" else TEXT
    title = "Phà mới qua sông" if language == "vi" else "New ferry crosses the river"
    body = "".join(f"<p>{text}</p>" for text in texts)
    markup = f"""<!doctype html><html lang="{language}"><head><title>{title}</title>
      <meta property="og:site_name" content="Ferry Herald">{head}</head><body>
      <header><a href="/">Ferry Herald</a></header>
      <main><article><h1>{title}</h1>{header}<div class="text">{before}{body}{after}</div></article>
      {foot}</main></body></html>"""
    page = Page(
        url="https://ferryherald.example/a/1", body=markup.encode(), fetched_at=datetime(2027, 1, 1, tzinfo=UTC)
    )
    result = read(page, Registry([]))
    assert isinstance(result, Article)
    assert result.paragraphs == texts
    return result


def ld(author: Any, **more: Any) -> str:
    stated = {"@type": "NewsArticle", "headline": "New ferry crosses the river", "author": author, **more}
    return f'<script type="application/ld+json">{json.dumps(stated)}</script>'


PERSON = {"@type": "Person", "name": "Ada Holm"}


@pytest.mark.parametrize(
    ("author", "people", "agency"),
    [
        (PERSON, ["Ada Holm"], []),
        ([PERSON, {"@type": "Person", "name": "Bo Reyes"}], ["Ada Holm", "Bo Reyes"], []),
        ("Ada Holm and Bo Reyes", ["Ada Holm", "Bo Reyes"], []),
        ({"@type": "Person", "name": "By Ada Holm, dpa"}, ["Ada Holm"], ["dpa"]),
        ({"@type": "Person", "givenName": "Ada", "familyName": "Holm"}, ["Ada Holm"], []),
        ({"@type": ["Person"], "name": ["Ada Holm", "Bo Reyes"]}, ["Ada Holm", "Bo Reyes"], []),
        ({"@type": "Organization", "name": "Reuters"}, [], ["Reuters"]),
        ({"@type": "Organization", "name": "Ada Holm Boats"}, [], []),
        ({"@type": "Person", "name": "Ferry Herald"}, [], []),
        ({"@type": "Person", "name": "https://ferryherald.example/author/ada"}, [], []),
        ({"@type": "Person", "name": "admin"}, [], []),
        ({"@type": "Person", "name": {"@value": 3}}, [], []),
        ([[[[["Ada Holm"]]]]], [], []),
        (7, [], []),
    ],
)
def test_json_ld_in_all_its_forms(author: Any, people: list[str], agency: list[str]) -> None:
    read_article = article(head=ld(author))
    assert (read_article.authors, read_article.agency) == (people, agency)


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=9) | st.sampled_from(["Person", "#a", "By Ada Holm"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["@type", "@id", "name", "givenName", "author"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON, JSON)
def test_any_json_ld_is_read(author: Any, types: Any) -> None:
    stated = [{"@type": "NewsArticle", "author": author}, {"@type": types, "creator": author, "mainEntity": author}]
    script = f'<script type="application/ld+json">{json.dumps(stated)}</script>'
    for statements in stated_authors(Metadata(html.fromstring(f"<html><head>{script}</head></html>"), None)):
        assert all(statement.text for statement in statements)


def test_deep_and_wide_markup_in_a_byline_is_read() -> None:
    deep = "<span>" * 3000 + "By Ada Holm" + "</span>" * 3000
    wide = '<i class="author"></i>' * 20_000
    assert article(header=f'<p class="byline">{deep}</p>').authors in ([], ["Ada Holm"])
    assert article(header=f'<p class="byline">By Ada Holm{wide}</p>').authors == ["Ada Holm"]


def test_an_author_may_be_named_elsewhere_in_the_graph() -> None:
    graph = {
        "@graph": [
            {"@type": "NewsArticle", "headline": "New ferry", "author": {"@id": "#a"}},
            {"@type": "Person", "@id": "#a", "name": "Ada Holm"},
        ]
    }
    assert article(head=f'<script type="application/ld+json">{json.dumps(graph)}</script>').authors == ["Ada Holm"]


@pytest.mark.parametrize("name", ["author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl"])
def test_meta_elements(name: str) -> None:
    content = "Holm, Ada" if name == "dc.creator" else "By Ada Holm"
    read_article = article(head=f'<meta name="{name}" content="{content}">')
    assert (read_article.authors, read_article.provenance["authors"]) == (["Ada Holm"], "meta")


@pytest.mark.parametrize(
    "header",
    [
        '<p class="byline">By <a href="/ada">Ada Holm</a> and <a href="/bo">Bo Reyes</a></p>',
        '<div class="Head-authorNames"><span>Von</span><a href="/a">Ada Holm</a><a href="/b">Bo Reyes</a></div>',
        '<a class="author" href="/ada">Ada Holm</a><a class="author" href="/bo">Bo Reyes</a>',
        '<p class="info">By Ada Holm and Bo Reyes</p>',
        '<p class="info">von <a href="/ada">Ada Holm</a>, <a href="/bo">Bo Reyes</a></p>',
        """<div itemprop="author" itemscope><meta itemprop="name" content="Ada Holm"></div>
           <div itemprop="author" itemscope><meta itemprop="name" content="Bo Reyes"></div>""",
    ],
)
def test_marked_elements_and_lines_near_the_headline(header: str) -> None:
    assert article(header=header).authors == ["Ada Holm", "Bo Reyes"]


def test_data_is_believed_before_what_is_shown_and_shown_before_nothing() -> None:
    shown = '<p class="byline">By Bo Reyes</p>'
    assert article(head=ld(PERSON), header=shown).authors == ["Ada Holm"]
    assert article(head=ld({"@type": "Organization", "name": "Ferry Herald"}), header=shown).authors == ["Bo Reyes"]


def test_authors_of_other_stories_photos_and_comments_are_not_this_ones() -> None:
    others = """<aside class="related"><p class="byline">By Cy Tan</p></aside>
      <div class="comments"><span class="comment-author">Dee Lund</span></div>
      <figure><img src="/a.jpg"><figcaption class="photo-author">Ed Moss</figcaption></figure>"""
    assert article(foot=others).authors == []


@pytest.mark.parametrize("line", ["By Ada Holm", "By Ada Holm, Reuters", "By Ada Holm | May 12, 2024", "Ada Holm"])
def test_a_byline_in_the_body_is_no_paragraph(line: str) -> None:
    assert article(head=ld(PERSON), before=f"<p>{line}</p>").authors == ["Ada Holm"]
    assert article(head=ld(PERSON), after=f"<p>{line}</p>").authors == ["Ada Holm"]


@pytest.mark.parametrize(
    ("after", "authors", "source", "agency"),
    [
        ('<p style="text-align:right"><strong>HÀ AN - MAI BÌNH</strong></p>', ["HÀ AN", "MAI BÌNH"], None, []),
        ('<p style="text-align:right">Hà An (Theo TTXVN)</p>', ["Hà An"], "TTXVN", ["TTXVN"]),
        ("<p><strong>Theo Vietnam+</strong></p>", [], "Vietnam+", ["TTXVN"]),
        ('<div class="tac-gia">Tin, ảnh: Hà An</div>', ["Hà An"], None, []),
    ],
)
def test_a_vietnamese_article_is_signed_under_its_text(
    after: str, authors: list[str], source: str | None, agency: list[str]
) -> None:
    read_article = article(after=after, language="vi")
    assert (read_article.authors, read_article.source, read_article.agency) == (authors, source, agency)


def test_who_put_a_vietnamese_article_online_is_not_its_author() -> None:
    signed = '<p style="text-align:right"><strong>Hà An</strong></p>'
    for name in ("Mai Bình", "maibinh", "Ferry Herald"):
        assert article(head=ld({"@type": "Person", "name": name}), after=signed, language="vi").authors == ["Hà An"]
    assert article(head=ld({"@type": "Person", "name": "maibinh"}), language="vi").authors == []
    assert article(head=ld({"@type": "Person", "name": "Mai Bình"}), language="vi").authors == ["Mai Bình"]
