"""Sitemaps: what is read of good and of bad ones, and what of it a daily crawl or a back-fill takes."""

from __future__ import annotations

import gzip
import tracemalloc
from datetime import UTC, date, datetime

import pytest

from crawler.discovery import sitemaps
from crawler.discovery.feeds import CHILDREN, UNDATED, read_listing
from crawler.discovery.sitemaps import NoSitemap, read, read_moment
from crawler.discovery.span import Span
from crawler.discovery.traps import trap
from crawler.items import Page
from crawler.registry import default_registry

NOW = datetime(2026, 11, 27, tzinfo=UTC)
HEAD = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    b' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    b' xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
)
PAPER = "http://baosongmay.test"


def article(number: int) -> str:
    return f"{PAPER}/mot-bai-viet-{number}.html"


def urlset(*entries: tuple[str, str | None]) -> bytes:
    urls = "".join(
        f"<url><loc>{url}</loc>{f'<lastmod>{stated}</lastmod>' if stated else ''}</url>" for url, stated in entries
    )
    return HEAD + urls.encode() + b"</urlset>"


def index(*entries: tuple[str, str | None]) -> bytes:
    return (
        urlset(*entries)
        .replace(b"urlset", b"sitemapindex")
        .replace(b"<url>", b"<sitemap>")
        .replace(b"</url>", b"</sitemap>")
    )


def page(body: bytes, url: str = f"{PAPER}/sitemap.xml") -> Page:
    return Page(url=url, body=body, fetched_at=NOW, status=200, outlet="baosongmay")


def listed(body: bytes, span: Span | None = None) -> list[str]:
    listing = read_listing(page(body), default_registry().get("baosongmay"), span)
    assert listing is not None
    return [candidate.url for candidate in (*listing.articles, *listing.further)]


NEWS = (
    HEAD
    + f"""
<url><loc> {article(1)} </loc><lastmod>2026-11-20</lastmod>
  <image:image><image:loc>{PAPER}/anh/1.jpg</image:loc><image:title>Một tấm ảnh</image:title></image:image>
  <xhtml:link rel="alternate" hreflang="en" href="{PAPER}/en/mot-bai-viet-1.html"/></url>
<url><loc>{article(2)}</loc><news:news><news:publication><news:name>Báo</news:name></news:publication>
  <news:publication_date>2026-11-26T08:00:00+07:00</news:publication_date>
  <news:title>Đò &amp; bến</news:title></news:news>
  <lastmod>2026-11-27</lastmod></url>
</urlset>""".encode()
)


@pytest.mark.parametrize("packed", [False, True])
def test_a_news_sitemap(packed: bool) -> None:
    first, second = read(gzip.compress(NEWS) if packed else NEWS)
    assert (first.url, first.date, first.title) == (article(2), "2026-11-26T08:00:00+07:00", "Đò & bến")
    assert (second.url, second.date, second.title) == (article(1), "2026-11-20", None)


def test_what_stands_before_a_broken_end_counts() -> None:
    whole = urlset(*((article(number), "2026-11-20") for number in range(1, 1001)))
    for cut in (whole[: len(whole) // 2], gzip.compress(whole)[:-200]):
        entries = read(cut)
        assert len(entries) > 300
        assert {entry.url for entry in entries[:-1]} <= {article(number) for number in range(1, 1001)}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"<html><body>404</body></html>", b"\x1f\x8bno gzip", b"<rss><channel/></rss>", b"\xff\xfe\x00",
        b'<?xml version="1.0" encoding="klingon"?><html/>',
    ],
)  # fmt: skip
def test_what_is_no_sitemap(body: bytes) -> None:
    with pytest.raises(NoSitemap):
        read(body)


def test_entities_are_not_unfolded_and_nothing_is_fetched() -> None:
    bomb = (
        b'<!DOCTYPE x [<!ENTITY a "'
        + b"a" * 1000
        + b'">'
        + b"".join(f'<!ENTITY b{n} "{"&a;" * 100 if n == 0 else f"&b{n - 1};" * 100}">'.encode() for n in range(6))
        + b"]><urlset><url><loc>http://baosongmay.test/&b5;</loc></url></urlset>"
    )
    file = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><urlset><url><loc>http://a.test/&f;</loc></url></urlset>'
    for body in (bomb, file):
        try:
            entries = read(body)
        except NoSitemap:
            entries = []
        assert all(len(entry.url) < 100 for entry in entries)
        assert all(not entry.url.partition("test/")[2] for entry in entries)


def test_so_many_entries_and_no_more() -> None:
    body = urlset(*((article(number), None) for number in range(sitemaps.MOST_ENTRIES + 5000)))
    assert len(read(body)) == sitemaps.MOST_ENTRIES


def test_a_bomb_takes_no_memory() -> None:
    bomb = gzip.compress(HEAD + b" " * 400_000_000)
    tracemalloc.start()
    read(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30_000_000


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-20", datetime(2026, 11, 21, tzinfo=UTC)),
        ("2026-11", datetime(2026, 12, 1, tzinfo=UTC)),
        ("2026-11-20T10:00+07:00", datetime(2026, 11, 20, 3, tzinfo=UTC)),
        ("2026-11-20T10:00:00Z", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("2026-11-20T10:00:00", datetime(2026, 11, 20, 10, tzinfo=UTC)),
        ("hôm qua", None), ("", None), (None, None), ("9999-12-31", None), ("2026-13", None), ("0000-01-01", None),
    ],
)  # fmt: skip
def test_dates(text: str | None, moment: datetime | None) -> None:
    assert read_moment(text) == moment


def test_a_daily_crawl_takes_what_is_recent_and_a_back_fill_its_span() -> None:
    body = urlset(
        (article(1), "2024-03-01"), (article(2), "2026-11-26"), (article(3), "2024-05-05"), (article(4), "2023-01-01"),
        (article(5), None), (f"{PAPER}/thoi-su", "2026-11-26"), ("http://khac.test/mot-bai-viet-6.html", "2026-11-26"),
    )  # fmt: skip
    assert listed(body) == [article(2), article(5)]
    span = Span(date(2024, 1, 1), date(2024, 4, 1))
    assert listed(body, span) == [article(2), article(1), article(5)]
    listing = read_listing(page(body), default_registry().get("baosongmay"), span)
    assert listing is not None
    assert [candidate.priority < 0 for candidate in listing.articles] == [False, True, False]


def test_a_long_sitemap_without_dates_is_the_whole_archive_and_for_a_back_fill_only() -> None:
    body = urlset(*((article(number), None) for number in range(UNDATED + 1)))
    assert listed(body) == []
    assert len(listed(body, Span(date(2024, 1, 1)))) == UNDATED + 1


def test_an_index_leads_to_the_newest_by_date_or_by_name() -> None:
    body = index(
        (f"{PAPER}/sitemaps/news-2024-1.xml", None), (f"{PAPER}/sitemaps/news-2026-11.xml", None),
        (f"{PAPER}/sitemaps/a.xml", "2026-11-26"), (f"{PAPER}/sitemaps/b.xml", "2020-01-01"),
        (f"{PAPER}/sitemaps/c.xml", None), ("http://khac.test/news-2026-11.xml", None),
    )  # fmt: skip
    listing = read_listing(page(body), default_registry().get("baosongmay"))
    assert listing is not None
    assert listing.is_index
    assert [one.url.rpartition("/")[2] for one in listing.further] == ["news-2026-11.xml", "a.xml", "c.xml"]
    assert all(one.at_once for one in listing.further)
    found = listed(body, Span(date(2024, 1, 1), date(2024, 1, 31)))
    assert f"{PAPER}/sitemaps/news-2024-1.xml" in found
    assert f"{PAPER}/sitemaps/b.xml" not in found
    many = index(*((f"{PAPER}/sitemaps/x{number}x.xml", None) for number in range(CHILDREN + 10)))
    assert len(listed(many)) == CHILDREN


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (f"{PAPER}/thoi-su?page=-3", "page -3"),
        (f"{PAPER}/thoi-su?page=0", "page 0"),
        (f"{PAPER}/thoi-su?page=99999", "page 99999"),
        (f"{PAPER}/a/b/a/c/a/x-1.html", "the same folder again and again"),
        (f"{PAPER}/{'/'.join(map(str, range(20)))}/x-1.html", "folders without end"),
        (f"{PAPER}/lich?date=2031-01-01", "a calendar"),
        (f"{PAPER}/{'x' * 2100}-1.html", "an address without end"),
        ("http://[x/", "no address"),
        (f"{PAPER}/thoi-su?page=3", None),
        (f"{PAPER}/xa-hoi/202411/mot-bai-xa-hoi-1.html?ref=home", None),
    ],
)
def test_traps(url: str, why: str | None) -> None:
    assert trap(url) == why


def test_days_of_a_back_fill() -> None:
    span = Span.parse("2024-01-01", "2024-01-31")
    assert span is not None
    assert span.holds(datetime(2024, 1, 15, tzinfo=UTC))
    assert not span.holds(datetime(2024, 3, 1, tzinfo=UTC))
    assert Span.parse("", "") is None
    for since, until, words in (
        ("2024", "", "since: expected a day"), ("", "2024-01-01", "until goes with since"),
        ("2024-02-01", "2024-01-01", "is before"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=words):
            Span.parse(since, until)
