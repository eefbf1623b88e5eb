"""A second run fetches what is new or due and nothing else, and of that only what has changed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.crawl.crawling import DUE, PAPERS, Rows, adds_up, content, crawl, sound
from tests.site import faults
from tests.site.press import Press
from tests.site.server import Request

PAPER = ("baosongmay",)
ONE = "/muoi-bon-doi-tranh-tai-o-hoi-dua-thuyen-song-may-410205.html"
URL = f"http://baosongmay.test{ONE}"
# The press bears fixed dates; at so many hours (a hundred years) after them there is always a visit to come.
SOMEDAY = ("-s", "RECHECK_HOURS=800000,810000,820000")


@pytest.fixture
def press() -> Iterator[Press]:
    with Press(edition=1) as press:
        yield press


@dataclass(frozen=True, slots=True)
class Archives:
    """An archive with everything as read in the first edition, to be copied."""

    press: Press
    file: Path
    first: list[Request]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archives]:
    file = tmp_path_factory.mktemp("revisits") / "archive.db"
    with Press(edition=1) as press:
        crawl(file, press.address, PAPERS, *DUE, *SOMEDAY)
        yield Archives(press, file, press.log)


@pytest.fixture
def again(crawled: Archives, tmp_path: Path) -> Iterator[tuple[Press, Path]]:
    """The press as it was crawled, with an empty log, and a copy of the archive."""
    archive = tmp_path / "archive.db"
    shutil.copy(crawled.file, archive)
    crawled.press.forget()
    yield crawled.press, archive
    crawled.press.heal()
    crawled.press.edition = 1


def fall_due(archive: Path, where: str = "visit IS NOT NULL OR kind <> 'article'") -> None:
    """Let time pass until the visits of these rows of the ledger are due."""
    with sqlite3.connect(archive) as connection:
        connection.execute(f"UPDATE urls SET due_at = '2026-01-01T00:00:00.000Z' WHERE {where}")
    connection.close()


def outcomes(archive: Path) -> dict[str, int]:
    """What the last run's fetches came to."""
    with Rows(archive) as rows:
        last = "(SELECT id FROM runs ORDER BY rowid DESC LIMIT 1)"
        return dict(rows(f"SELECT outcome, count(*) FROM fetches WHERE run = {last} GROUP BY 1"))


def test_a_run_when_nothing_is_due_asks_for_nothing(again: tuple[Press, Path]) -> None:
    press, archive = again
    before = content(archive)
    done = crawl(archive, press.address, PAPERS, *DUE)
    assert press.log == []
    assert "nothing to fetch" in done.stderr
    assert content(archive) == before


def test_everything_due_and_nothing_changed_is_a_twentieth_of_the_bytes(
    crawled: Archives, again: tuple[Press, Path]
) -> None:
    press, archive = again
    before = content(archive)
    fall_due(archive)
    crawl(archive, press.address, PAPERS, *DUE, *SOMEDAY)

    asked = [request for request in press.log if request.path != "/robots.txt"]
    assert asked
    assert {request.url for request in asked} <= {request.url for request in crawled.first}
    assert sum(request.size for request in press.log) <= 0.05 * sum(request.size for request in crawled.first)
    with Rows(archive) as rows:
        articles = {url for (url,) in rows("SELECT url FROM articles")}
    assert articles <= {request.url for request in asked if request.status == 304}
    assert outcomes(archive)["not_modified"] >= len(articles)
    assert content(archive) == before
    sound(archive)
    adds_up(archive)


def test_a_second_run_over_a_press_of_400_articles_is_a_twentieth_of_the_first(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with Press(edition=1, times=7) as press:
        crawl(archive, press.address, PAPERS, *DUE, *SOMEDAY)
        first = sum(request.size for request in press.log)
        before = content(archive)
        press.forget()
        fall_due(archive)
        crawl(archive, press.address, PAPERS, *DUE, *SOMEDAY)
        second, log = sum(request.size for request in press.log), press.log
    assert len([key for key, number, _ in before["revisions"] if number == 1]) > 400
    print(f"first run {first} bytes, second {second} in {len(log)} requests: {second / first:.1%}")
    assert second <= 0.05 * first
    with Rows(archive) as rows:
        lists = {url for (url,) in rows("SELECT url FROM urls WHERE kind <> 'article'")}
        articles = {url for (url,) in rows("SELECT url FROM articles")}
    assert {request.url for request in log if request.path != "/robots.txt"} <= lists | articles
    assert articles <= {request.url for request in log if request.status == 304}
    assert content(archive) == before
    adds_up(archive)


def test_articles_that_are_due_are_seen_again(again: tuple[Press, Path]) -> None:
    press, archive = again
    with Rows(archive) as rows:
        first = dict(rows("SELECT url, last_seen_at FROM articles"))
    fall_due(archive, f"url = '{URL}'")
    crawl(archive, press.address, PAPERS, *DUE, *SOMEDAY)

    assert [request.path for request in press.log] == ["/robots.txt", ONE]
    with Rows(archive) as rows:
        assert [url for url, seen in rows("SELECT url, last_seen_at FROM articles") if seen > first[url]] == [URL]
        assert rows("SELECT visit FROM urls WHERE url = ?", URL) == [(1,)]
        (fetch,) = rows(
            "SELECT outcome, status, body_size, body_sha256, body_kept FROM fetches WHERE url = ?"
            " ORDER BY rowid DESC LIMIT 1", URL,
        )  # fmt: skip
    assert fetch == ("not_modified", 304, 0, None, None)
    adds_up(archive)


def test_edits_and_removals_are_caught_by_the_visits_alone(again: tuple[Press, Path]) -> None:
    press, archive = again
    press.edition = 2
    fall_due(archive, "visit IS NOT NULL")
    crawl(archive, press.address, PAPERS, *DUE, *SOMEDAY)

    outcome = press.expected_outcome()
    with Rows(archive) as rows:
        edited = rows("SELECT key FROM articles WHERE revisions > 1 ORDER BY key")
        gone = rows("SELECT key FROM articles WHERE gone_at IS NOT NULL")
        withdrawn = rows.one("SELECT gone_at >= last_seen_at FROM articles WHERE gone_at IS NOT NULL")
    assert [key for (key,) in edited] == list(outcome.edited)
    assert [key for (key,) in gone] == list(outcome.withdrawn)
    assert withdrawn == 1
    sound(archive)
    adds_up(archive)


def test_what_is_new_is_found_when_the_lists_are_due(again: tuple[Press, Path]) -> None:
    press, archive = again
    press.edition = 2
    fall_due(archive, "kind <> 'article'")
    crawl(archive, press.address, PAPERS, *DUE)

    with Rows(archive) as rows:
        found = {key for (key,) in rows("SELECT key FROM articles")}
    assert found == set(press.truth(1)) | set(press.truth(2))
    adds_up(archive)


def test_a_list_is_paged_as_far_as_it_has_what_is_new_to_it(press: Press, tmp_path: Path) -> None:
    """Also when another list brought those articles in runs of which this list was no part."""
    archive = tmp_path / "archive.db"
    section = "http://baosongmay.test/thoi-su"
    crawl(archive, press.address, PAPER, *DUE)
    with Rows(archive) as rows:
        links = "SELECT url FROM urls WHERE found_on LIKE ? AND kind = 'article' ORDER BY url"
        deep = [url for (url,) in rows(links, f"{section}?page=%")]
    assert deep
    # What stands further back was never found; the first page's articles were, but since the list was read.
    with sqlite3.connect(archive) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("UPDATE urls SET known_at = '2026-01-01T00:00:00.000Z' WHERE url = ?", (section,))
        connection.executemany("DELETE FROM urls WHERE url = ?", [(url,) for url in deep])
        connection.execute("UPDATE urls SET etag = NULL, last_modified = NULL WHERE kind <> 'article'")
    connection.close()
    fall_due(archive, f"url = '{section}'")
    press.forget()
    crawl(archive, press.address, PAPER, *DUE)

    with Rows(archive) as rows:
        assert {url for (url,) in rows("SELECT url FROM urls")} >= set(deep)
    assert f"{section}?page=2" in {request.url for request in press.log}
    # Once more, with nothing new to it, it is not paged.
    fall_due(archive, f"url = '{section}'")
    press.forget()
    crawl(archive, press.address, PAPER, *DUE)
    assert [request.url for request in press.log if "/thoi-su" in request.path] == [section]


class TestLies:
    """A server that is wrong about what has changed."""

    def test_a_mark_nobody_asked_about_is_not_believed(self, again: tuple[Press, Path]) -> None:
        press, archive = again
        fall_due(archive, f"url = '{URL}'")
        press.edition = 2
        press.fail(ONE, faults.lie("other"))
        done = crawl(archive, press.address, PAPERS, *DUE)

        asked = [(request.status, request.conditional) for request in press.log if request.path == ONE]
        assert asked == [(304, True), (200, False)]
        assert "another mark" in done.stderr
        assert set(outcomes(archive)) <= {"unchanged", "revised"}
        sound(archive)
        adds_up(archive)

    @pytest.mark.parametrize("how", ["deaf", "fickle"])
    def test_the_same_document_sent_again_is_unchanged(self, again: tuple[Press, Path], how: str) -> None:
        press, archive = again
        before = content(archive)
        press.fail("*", faults.lie(how))
        fall_due(archive)
        crawl(archive, press.address, PAPERS, *DUE, *SOMEDAY)

        assert "not_modified" not in outcomes(archive)
        assert content(archive) == before
        with Rows(archive) as rows:
            assert rows("SELECT DISTINCT wait FROM urls WHERE last_run IS NOT found_run AND kind <> 'article'") == [
                (3600.0,)
            ]
        adds_up(archive)

    def test_not_modified_to_a_request_without_condition_is_a_failure(self, press: Press, tmp_path: Path) -> None:
        archive = tmp_path / "archive.db"
        press.fail(ONE, faults.status(304))
        crawl(archive, press.address, PAPER, *DUE)

        with Rows(archive) as rows:
            state, error = rows(
                "SELECT state, error FROM urls JOIN fetches ON id = last_fetch WHERE urls.url = ?", URL
            )[0]
        assert (state, error) == ("pending", "HTTP 304, not modified, to a request without condition")
        adds_up(archive)

    def test_not_modified_for_ever_hides_an_edit_only_for_so_long(self, again: tuple[Press, Path]) -> None:
        press, archive = again
        (key,) = [key for key in press.expected_outcome().edited if key.startswith("baosongmay")][:1]
        url = press.truth(1)[key]["url"]
        press.edition = 2
        press.fail("http://baosongmay.test/*", faults.lie("stale"))
        found = []
        for _ in range(6):
            fall_due(archive, f"url = '{url}'")
            crawl(archive, press.address, PAPER, *DUE, *SOMEDAY)
            found.append(outcomes(archive))

        assert found == [{"not_modified": 1}] * 5 + [{"revised": 1}]
        assert [request.conditional for request in press.log if request.url == url] == [True] * 5 + [False]


def test_a_redirect_is_followed_without_the_condition(again: tuple[Press, Path]) -> None:
    """An article that leads to the front page by now must not pass for unmodified because that page is."""
    press, archive = again
    fall_due(archive, f"url = '{URL}'")
    press.fail(ONE, faults.redirect("http://baosongmay.test/"))
    crawl(archive, press.address, PAPERS, *DUE)

    asked = [(request.path, request.status, request.conditional) for request in press.log][1:]
    assert asked == [(ONE, 302, True), ("/", 200, False)]
    assert "not_modified" not in outcomes(archive)


def test_a_run_that_was_stopped_leaves_its_visits_to_the_next(again: tuple[Press, Path]) -> None:
    press, archive = again
    before = content(archive)
    fall_due(archive)
    crawl(archive, press.address, PAPERS, *DUE, *SOMEDAY, "-s", "CLOSESPIDER_PAGECOUNT=20")
    asked = {request.url for request in press.log}
    crawl(archive, press.address, PAPERS, *DUE, *SOMEDAY)

    with Rows(archive) as rows:
        articles = {url for (url,) in rows("SELECT url FROM articles")}
        assert {run for (run,) in rows("SELECT finish_reason FROM runs")} >= {"finished"}
    assert articles <= {request.url for request in press.log}
    assert not articles <= asked
    assert content(archive) == before
    sound(archive)
