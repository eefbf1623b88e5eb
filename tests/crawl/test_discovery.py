"""From section pages and feeds to candidates for the ledger."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.discovery import article, feed_candidates, next_page, section_candidates, seeds
from crawler.discovery.paging import page_number
from crawler.items import Found, Page, SectionPage
from crawler.registry import default_registry

OUTLET = default_registry().get("baosongmay")
FEED = "http://baosongmay.test/rss/thoi-su"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Thời sự</title><link>http://baosongmay.test/</link>
<item><title><![CDATA[Cầu <b>Suối Đá</b> &amp; con đường mới]]></title>
  <link>http://baosongmay.test/cau-suoi-da-101.html#top</link><pubDate>Mon, 02 Mar 2026 06:51:00 +0700</pubDate></item>
<item><title>Một video</title><link>http://baosongmay.test/video/xem-102.html</link></item>
<item><title>Báo khác</title><link>http://baonuibiec.test/bao-khac-a103.html</link></item>
<item><title>Chuyên mục</title><link>http://baosongmay.test/thoi-su</link></item>
<item><title>Mùa nước</title><link>/mua-nuoc-104.html</link><pubDate>Thứ Hai, 02/03/2026 07:05</pubDate></item>
<item><title>Lần nữa</title><link>http://baosongmay.test/cau-suoi-da-101.html</link></item>
</channel></rss>"""


def feed_page(body: bytes, charset: str | None = None) -> Page:
    return Page(url=FEED, body=body, fetched_at=datetime(2026, 3, 2, tzinfo=UTC), status=200, charset=charset)


def test_a_feed_gives_the_articles_of_its_outlet() -> None:
    found = feed_candidates(feed_page(RSS.encode()), OUTLET)
    assert [candidate.url for candidate in found] == [
        "http://baosongmay.test/cau-suoi-da-101.html",
        "http://baosongmay.test/mua-nuoc-104.html",
    ]
    assert {candidate.kind for candidate in found} == {"article"}


def test_what_the_feed_said_is_kept() -> None:
    first, second = feed_candidates(feed_page(RSS.encode()), OUTLET)
    assert first.found == Found(FEED, "Cầu Suối Đá & con đường mới", "Mon, 02 Mar 2026 06:51:00 +0700")
    assert second.found.date == "Thứ Hai, 02/03/2026 07:05"


@pytest.mark.parametrize(
    "broken",
    [
        RSS.replace("Mùa nước", "Mùa & nước").encode(),
        RSS.replace("</channel></rss>", "").encode(),
        RSS.replace("utf-8", "us-ascii").encode(),
        ("\n\n" + RSS).encode(),
    ],
    ids=["bare ampersand", "cut off", "wrong encoding", "white space before the declaration"],
)
def test_entries_of_a_malformed_feed_are_kept(broken: bytes) -> None:
    urls = [candidate.url for candidate in feed_candidates(feed_page(broken), OUTLET)]
    assert urls == ["http://baosongmay.test/cau-suoi-da-101.html", "http://baosongmay.test/mua-nuoc-104.html"]


def test_atom() -> None:
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Tin</title><entry><title>Hội làng</title>
    <link href="http://baosongmay.test/hoi-lang-7.html"/><updated>2026-03-02T06:51:00+07:00</updated></entry></feed>"""
    (only,) = feed_candidates(feed_page(atom.encode()), OUTLET)
    assert (only.url, only.found.date) == (
        "http://baosongmay.test/hoi-lang-7.html",
        "2026-03-02T06:51:00+07:00",
    )


@pytest.mark.parametrize("body", [b"", b"<html><body><a href='/x-1.html'>x</a></body></html>", b"\x00\x01"])
def test_what_is_no_feed_gives_nothing(body: bytes) -> None:
    assert feed_candidates(feed_page(body), OUTLET) == []


def test_a_body_that_spells_a_file_name_is_not_opened(tmp_path: Path) -> None:
    """feedparser would read the file, or fetch the address, that a short text names."""
    feed = tmp_path / "feed.xml"
    feed.write_bytes(RSS.encode())
    assert feed_candidates(feed_page(str(feed).encode()), OUTLET) == []


def test_seeds_are_the_home_page_the_sections_and_the_feeds() -> None:
    found = seeds(OUTLET)
    assert [candidate.url for candidate in found[:3]] == [
        "http://baosongmay.test/",
        "http://baosongmay.test/tin-moi-nhat",
        "http://baosongmay.test/thoi-su",
    ]
    assert [candidate.url for candidate in found if candidate.kind == "feed"] == [
        "http://baosongmay.test/rss/thoi-su",
        "http://baosongmay.test/rss/kinh-te",
        "http://baosongmay.test/rss/xa-hoi",
    ]


def test_links_of_a_section_page() -> None:
    page = SectionPage(
        outlet="baosongmay",
        url="http://baosongmay.test/thoi-su",
        article_urls=["http://baosongmay.test/a-1.html", "http://baosongmay.test/print/2.html"],
        other_article_urls=["http://baosongmay.test/b-3.html", "http://elsewhere.test/c-4.html"],
    )
    main, aside = section_candidates(page, OUTLET)
    assert [candidate.url for candidate in main] == ["http://baosongmay.test/a-1.html"]
    assert [candidate.url for candidate in aside] == ["http://baosongmay.test/b-3.html"]
    assert main[0].found.on == "http://baosongmay.test/thoi-su"
    assert main[0].priority > aside[0].priority


@pytest.mark.parametrize(
    "url",
    [
        "http://baosongmay.test/thoi-su",
        "http://baosongmay.test/video/x-1.html",
        "javascript:void(0)",
        "mailto:a@baosongmay.test",
        "",
        "http://[broken/x-1.html",
    ],
)
def test_links_that_are_no_article(url: str) -> None:
    assert article(url, OUTLET, Found()) is None


HERE = "http://baosongmay.test/thoi-su"


@pytest.mark.parametrize(
    ("url", "links", "expected"),
    [
        (HERE, [f"{HERE}?page=3", f"{HERE}?page=2", f"{HERE}?page=9"], f"{HERE}?page=2"),
        (f"{HERE}?page=2", [f"{HERE}?page=1", f"{HERE}?page=3", f"{HERE}?page=2"], f"{HERE}?page=3"),
        (f"{HERE}?page=9", [f"{HERE}?page=1", f"{HERE}?page=8"], None),
        (HERE, [f"{HERE}?page=-3", f"{HERE}?page=0", HERE], None),
        (HERE, [], None),
    ],
)
def test_the_next_page(url: str, links: list[str], expected: str | None) -> None:
    assert next_page(url, links, OUTLET.paging) == expected


@pytest.mark.parametrize(
    ("url", "paging", "number"),
    [
        ("http://a.test/thoi-su?p=12", "?p={n}", 12),
        ("http://a.test/thoi-su/?p=12&d=", "?p={n}&d=", 12),
        ("http://a.test/thoi-su/trang-16.html", None, 16),
        ("http://a.test/thoi-su/page/4/", None, 4),
        ("http://a.test/thoi-su/?paged=5", None, 5),
        ("http://a.test/thoi-su?cate=342&page=7", None, 7),
        ("http://a.test/thoi-su/", "?p={n}", None),
        ("http://a.test/tin-2026/", None, None),
    ],
)
def test_page_numbers(url: str, paging: str | None, number: int | None) -> None:
    assert page_number(url, paging) == number
