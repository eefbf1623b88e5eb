"""Sources that a paper names itself, one row for every spelling, and back-fills: real crawls of the press."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archive import OutletCounts
from tests.conftest import PROJECT
from tests.crawl.crawling import DUE, Rows, command, crawl, killed_after, sound
from tests.site import faults, feeds, pages, server
from tests.site.lists import page_of
from tests.site.press import Press

PAPERS = ("baosongmay", "baonuibiec")
TIMES = 14  # the press's articles so often
Rewrite = Callable[..., tuple[str, str]]


@pytest.fixture
def press() -> Iterator[Press]:
    with Press(edition=1) as press:
        yield press


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def silent(tmp_path: Path) -> Rewrite:
    """The papers' files without some keys, and with other lines, as an option of the command."""

    def write(*without: str, lines: str = "", papers: tuple[str, ...] = PAPERS) -> tuple[str, str]:
        folder = tmp_path / "outlets"
        folder.mkdir(exist_ok=True)
        for name in papers:
            text = (PROJECT / "crawler" / "outlets" / f"{name}.toml").read_text(encoding="utf-8")
            for key in without:
                text = re.sub(rf"(?ms)^{key} = \[.*?\]\n", "", text)
            (folder / f"{name}.toml").write_text(f"{text}\n{lines}\n", encoding="utf-8")
        return "-s", f"OUTLETS_FOLDERS={folder}"

    return write


def paths(press: Press) -> list[str]:
    return [request.path for request in press.log]


def test_where_the_registry_is_silent_the_papers_say_it(press: Press, archive: Path, silent: Rewrite) -> None:
    crawl(archive, press.address, PAPERS, *silent("feeds", "sitemaps"))
    with Rows(archive) as rows:
        named = dict(rows("SELECT url, found_on FROM urls WHERE kind = 'feed'"))
        states = {state for (state,) in rows("SELECT state FROM urls WHERE kind = 'feed'")}
    assert any("/rss" in url for url in named)
    assert named["http://baosongmay.test/sitemap.xml"] == "http://baosongmay.test/robots.txt"
    assert states == {"done"}
    sound(archive)


def test_a_page_that_lists_feeds_leads_to_them(
    press: Press, archive: Path, silent: Rewrite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As some papers have it: the pages name /rss, and that is a page with links to the feeds."""

    def with_such_a_page(host: str, target: str, *others: object) -> pages.Response:
        if target == "/rss":
            links = "".join(f'<li><a href="/rss/{name}">{name}</a></li>' for name in ("thoi-su", "kinh-te", "xa-hoi"))
            return pages.Response(200, f"<html><body><h1>RSS</h1><ul>{links}</ul></body></html>".encode())
        answer = pages.respond(host, target, *others)  # type: ignore[arg-type]
        if "/rss/" in target:
            return answer
        return pages.Response(answer.status, re.sub(rb"/rss/[\w-]+", b"/rss", answer.body), answer.content_type)

    monkeypatch.setattr(server, "respond", with_such_a_page)
    crawl(archive, press.address, ("baosongmay",), *silent("feeds"))
    with Rows(archive) as rows:
        found = dict(rows("SELECT url, found_on FROM urls WHERE kind = 'feed' AND url LIKE '%/rss/%'"))
    assert found
    assert set(found.values()) == {"http://baosongmay.test/rss"}


def test_what_the_registry_says_is_all(press: Press, archive: Path, silent: Rewrite) -> None:
    crawl(archive, press.address, PAPERS, *silent("feeds", "sitemaps", lines="feeds = []\nsitemaps = []"))
    assert not [path for path in paths(press) if "rss" in path or "sitemap" in path]


def test_an_article_that_only_a_sitemap_names_is_found(
    press: Press, archive: Path, silent: Rewrite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sections and feeds are off; the paper's sitemap is dated today."""
    usual = feeds.sitemap

    def today(*arguments: object) -> str | None:
        text = usual(*arguments)  # type: ignore[arg-type]
        return re.sub(r"<lastmod>[^<]*", f"<lastmod>{datetime.now(UTC):%Y-%m-%d}", text) if text else text

    monkeypatch.setattr(feeds, "sitemap", today)
    options = silent("feeds", "sitemaps", "sections", lines="feeds = []")
    press.fail("http://baosongmay.test/", faults.status(404))
    crawl(archive, press.address, ("baosongmay",), *options)
    with Rows(archive) as rows:
        assert rows.one("SELECT count(*) FROM articles") == 32
        found = rows(
            "SELECT DISTINCT found_on FROM urls WHERE kind = 'article' AND article IS NOT NULL AND found_on LIKE '%xml'"
        )
    assert found == [("http://baosongmay.test/sitemap.xml",)]
    press.forget()
    crawl(archive, press.address, ("baosongmay",), *options, *DUE, expect=1)  # the home page is all that is due
    assert not [path for path in paths(press) if path.endswith(".html")]


def test_named_feeds_are_read_again_when_due_though_the_home_page_says_nothing_new(
    press: Press, archive: Path, silent: Rewrite
) -> None:
    options = silent("feeds", "sitemaps")
    crawl(archive, press.address, ("baosongmay",), *options, *DUE)
    press.forget()
    with sqlite3.connect(archive) as connection:
        connection.execute("UPDATE urls SET due_at = '2026-01-01T00:00:00.000Z' WHERE kind = 'feed'")
    connection.close()
    crawl(archive, press.address, ("baosongmay",), *options, *DUE)
    asked = [path for path in paths(press) if path != "/robots.txt"]
    assert asked
    assert all("rss" in path or "sitemap" in path for path in asked)


def test_an_index_is_read_whole_and_its_children_with_it(press: Press, archive: Path, silent: Rewrite) -> None:
    options = silent("sitemaps")
    crawl(archive, press.address, ("baonuibiec",), *options, *DUE)
    press.forget()
    with sqlite3.connect(archive) as connection:
        connection.execute("UPDATE urls SET due_at = '2026-01-01T00:00:00.000Z' WHERE url LIKE '%/sitemap.xml'")
    connection.close()
    crawl(archive, press.address, ("baonuibiec",), *options, *DUE)
    assert [request.status for request in press.log if request.path == "/sitemap.xml"] == [200]


def test_one_row_for_every_spelling(press: Press, archive: Path, silent: Rewrite) -> None:
    """The file names the sections once more, in other spellings."""
    spelt = [
        "https://www.baosongmay.test/thoi-su/",
        "http://baosongmay.test/THOI-SU",
        "/thoi-su#top",
        "/thoi-su?utm_source=x",
    ]
    text = "sections = " + json.dumps(["/thoi-su", *spelt])
    options = silent("sections", lines=text, papers=("baosongmay",))
    crawl(archive, press.address, ("baosongmay",), *options)
    with Rows(archive) as rows:
        assert rows("SELECT url FROM urls WHERE url LIKE '%thoi-su' COLLATE NOCASE AND kind = 'section'") == [
            ("http://baosongmay.test/thoi-su",)
        ]
    assert len([path for path in paths(press) if path.lower().rstrip("/") == "/thoi-su"]) == 1


# --- back-fill ---


def backfill(archive: Path, press: Press, *arguments: str, expect: int = 0) -> str:
    spans = [text for argument in arguments for text in ("-a", argument)]
    return crawl(archive, press.address, ("baosongmay",), *spans, *DUE, expect=expect).stderr


@pytest.fixture
def deep(silent: Rewrite, monkeypatch: pytest.MonkeyPatch) -> Iterator[Press]:
    """Sections of more pages than a daily crawl reads; the feeds, which name everything, are off."""
    monkeypatch.setattr(pages, "page_of", lambda items, number, size: page_of(items, number, 3))
    option, value = silent("feeds", lines="feeds = []")
    monkeypatch.setattr("tests.crawl.test_sources.DUE", (*DUE, option, value))
    with Press(edition=1, times=TIMES) as press:
        yield press


def test_a_back_fill_walks_beyond_what_a_daily_crawl_reads_and_resumes(deep: Press, archive: Path) -> None:
    crawl(archive, deep.address, ("baosongmay",), *DUE)
    with Rows(archive) as rows:
        daily = rows.one("SELECT count(*) FROM articles")
    whole = len(deep.urls("baosongmay")) * TIMES
    assert daily < whole
    runs = 0
    while runs < 30:
        runs += 1
        said = backfill(archive, deep, "since=2020-01-01", "budget=40")
        with Rows(archive) as rows:
            counts = json.loads(rows("SELECT counts FROM runs ORDER BY rowid DESC LIMIT 1")[0][0])["baosongmay"]
            left = rows.one("SELECT count(*) FROM urls WHERE state = 'pending'")
        dealt_with = OutletCounts(**counts).found - counts["pending"]
        assert dealt_with <= 41
        if not left:
            break
        assert "this run's budget" in said
    assert 2 < runs < 30
    with Rows(archive) as rows:
        assert rows.one("SELECT count(*) FROM articles") == whole
    sound(archive)
    deep.forget()
    backfill(archive, deep, "since=2020-01-01")
    assert not [path for path in paths(deep) if path.endswith(".html")]


def test_a_daily_crawl_leaves_the_back_fill_alone(deep: Press, archive: Path) -> None:
    crawl(archive, deep.address, ("baosongmay",), *DUE)
    backfill(archive, deep, "since=2020-01-01", "budget=30")
    with Rows(archive) as rows:
        before = rows.one("SELECT count(*) FROM urls WHERE state = 'pending' AND priority <= -10")
    assert before
    deep.forget()
    crawl(archive, deep.address, ("baosongmay",), *DUE)
    assert deep.log == []
    with Rows(archive) as rows:
        assert rows.one("SELECT count(*) FROM urls WHERE state = 'pending' AND priority <= -10") == before


def test_a_back_fill_stops_at_its_first_day(deep: Press, archive: Path) -> None:
    backfill(archive, deep, "since=2026-10-20")
    with Rows(archive) as rows:
        days = [day for (day,) in rows("SELECT published_day FROM articles_latest ORDER BY 1 DESC")]
        assert rows("SELECT url FROM urls WHERE state = 'pending'") == []
    records = [one for one in deep.truth().values() if one["outlet"] == "baosongmay"]
    recent = [one for one in records if str(one["published_at"]) >= "2026-10-20"]
    assert len([day for day in days if day >= "2026-10-20"]) == len(recent) * TIMES
    assert len(days) < len(records) * TIMES


def test_a_back_fill_through_monthly_sitemaps(press: Press, archive: Path, silent: Rewrite) -> None:
    options = silent("sitemaps", "sections", "feeds", lines="feeds = []")
    press.fail("http://baonuibiec.test/", faults.status(404))
    spans = ("-a", "since=2026-10-01", "-a", "until=2026-10-31")
    crawl(archive, press.address, ("baonuibiec",), *options, *spans, *DUE)
    asked = [path for path in paths(press) if path.startswith("/sitemaps/")]
    assert "/sitemaps/news-2026-10.xml" in asked
    with Rows(archive) as rows:
        days = {day for (day,) in rows("SELECT published_day FROM articles_latest")}
    assert days
    assert {day for day in days if day.startswith("2026-10")}


def test_killed_in_the_middle_it_goes_on(deep: Press, archive: Path) -> None:
    arguments = command(archive, deep.address, ("baosongmay",), "-a", "since=2020-01-01", *DUE)
    for seconds in (3.0, 4.0):
        killed_after(seconds, arguments)
    backfill(archive, deep, "since=2020-01-01")
    with Rows(archive) as rows:
        assert rows.one("SELECT count(*) FROM articles") == len(deep.urls("baosongmay")) * TIMES
    sound(archive)


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("since=2024", "since: expected a day such as 2024-01-31"),
        ("until=2024-01-01", "until goes with since"),
        ("budget=viel", "budget: expected pages (500) or a time"),
        ("budget=0", "budget: expected pages"),
    ],
)
def test_wrong_usage(argument: str, said: str, press: Press, archive: Path) -> None:
    assert said in backfill(archive, press, argument, expect=2)
