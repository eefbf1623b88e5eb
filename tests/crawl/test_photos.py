"""Photos of articles, fetched through the ledger: real files from a real server, kept by their hash."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT, RunScrapy
from tests.crawl.crawling import DUE, PAPERS, Rows, command, crawl, killed_after, sound
from tests.crawl.servers import serving
from tests.site import faults
from tests.site.press import Press
from tests.site.server import Request

PHOTOS = ("-s", "PHOTOS=True")
ONE = "http://anh.baosongmay.test/2026/10/19/410226_nha-may.jpg"
ARTICLE = "SELECT article FROM article_photos WHERE url = ?"


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as press:
        yield press


def is_photo(request: Request) -> bool:
    return request.path.endswith((".jpg", ".png", ".webp", ".gif"))


def asked_for(press: Press) -> list[str]:
    return [request.url for request in press.log if is_photo(request)]


def state(archive: Path, url: str = ONE) -> tuple[str, str | None]:
    with Rows(archive) as rows:
        (found,) = rows("SELECT state, reason FROM urls WHERE url = ?", url)
        return found[0], found[1]


def test_every_photo_of_every_article_is_kept_as_it_came(press: Press, tmp_path: Path, run_scrapy: RunScrapy) -> None:
    archive = tmp_path / "archive.db"
    done = crawl(archive, press.address, PAPERS, *PHOTOS)
    with Rows(archive) as rows:
        photos = rows("SELECT article, position, caption, url, sha256, size, media_type, width FROM article_photos")
        assert len({url for _, _, _, url, *_ in photos}) == len(asked_for(press)) > 40
        assert rows("SELECT url FROM article_photos WHERE sha256 IS NULL") == []
        # One file under many addresses is kept once.
        files = {sha256 for *_, sha256, _, _, _ in photos}
        assert len(photos) > len(files)
        assert rows.one("SELECT count(*) FROM bodies WHERE sha256 IN (SELECT sha256 FROM photos)") == len(files)
        assert {kind for *_, kind, _ in photos} >= {"image/jpeg", "image/webp"}
        assert all(width > 100 for *_, width in photos)
        article = rows.one(ARTICLE, ONE)
        counts = json.loads(rows.one("SELECT counts FROM runs"))
    assert sum(outlet["photos"] for outlet in counts.values()) == len(asked_for(press))
    assert "photos" in done.stderr
    sound(archive)

    out = tmp_path / "out"
    said = run_scrapy("photos", str(article), "--out", out, BAOTINH_ARCHIVE=str(archive))
    assert said.returncode == 0, said.stderr
    assert ONE in said.stdout
    (file,) = out.iterdir()
    original = PROJECT / "tests" / "site" / "content" / "photos" / "nha-may.jpg"
    assert file.read_bytes() == original.read_bytes()
    assert hashlib.sha256(file.read_bytes()).hexdigest()[:16] in said.stdout
    assert f"; kept: scrapy photos {article}" in run_scrapy("show", article, BAOTINH_ARCHIVE=str(archive)).stdout
    assert "photos kept unchanged" in run_scrapy("status", BAOTINH_ARCHIVE=str(archive)).stdout


def test_no_photo_is_asked_for_twice_and_a_new_one_of_an_edited_article_is(press: Press, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    crawl(archive, press.address, PAPERS, *PHOTOS)
    first = set(asked_for(press))
    press.forget()
    crawl(archive, press.address, PAPERS, *PHOTOS)
    assert asked_for(press) == []
    press.edition = 2
    crawl(archive, press.address, PAPERS, *PHOTOS)
    assert asked_for(press)
    assert not set(asked_for(press)) & first
    sound(archive)


def test_articles_come_first(press: Press, tmp_path: Path) -> None:
    crawl(tmp_path / "archive.db", press.address, ("baosongmay",), *PHOTOS)
    with Rows(tmp_path / "archive.db") as rows:
        kinds = [kind for (kind,) in rows("SELECT outcome = 'photo' FROM fetches ORDER BY fetched_at, rowid")]
    assert kinds.index(1) > 0.5 * kinds.count(0)  # a few are leased together with the last articles


@pytest.mark.parametrize("options", [("-s", "PHOTOS=False"), ("-s", "PHOTOS=True", "-s", "PHOTOS_PER_ARTICLE=0")])
def test_none_where_they_are_off(press: Press, tmp_path: Path, options: tuple[str, ...]) -> None:
    crawl(tmp_path / "archive.db", press.address, PAPERS, *options)
    assert asked_for(press) == []


@pytest.mark.parametrize("on", [True, False])
def test_the_file_of_an_outlet_decides(press: Press, tmp_path: Path, on: bool) -> None:
    folder = tmp_path / "outlets"
    folder.mkdir()
    text = (PROJECT / "crawler" / "outlets" / "baosongmay.toml").read_text(encoding="utf-8")
    (folder / "baosongmay.toml").write_text(f"{text}\nphotos = {str(on).lower()}\n", encoding="utf-8")
    options = ("-s", f"OUTLETS_FOLDERS={folder}", "-s", f"PHOTOS={not on}")
    crawl(tmp_path / "archive.db", press.address, ("baosongmay",), *options)
    assert bool(asked_for(press)) == on


def test_so_many_of_an_article_and_no_more(press: Press, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    crawl(archive, press.address, PAPERS, *PHOTOS, "-s", "PHOTOS_PER_ARTICLE=1")
    with Rows(archive) as rows:
        assert rows("SELECT article FROM article_photos WHERE position = 1 AND sha256 IS NULL") == []
        later = rows("SELECT sha256, state FROM article_photos WHERE position > 1")
    assert later
    assert (None, None) in later


def test_a_photo_that_is_gone_or_no_photo_takes_nothing_along(press: Press, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    crawl(archive, press.address, PAPERS, *PHOTOS)
    gone, page, home, closed = sorted(set(asked_for(press)))[:4]
    whole = len(set(asked_for(press)))
    archive.unlink()
    press.fail(gone, faults.status(404))
    press.fail(page, faults.redirect("http://baosongmay.test/"))
    press.fail(home, faults.redirect("file:///etc/hostname"))
    press.fail(closed, faults.status(403))
    crawl(archive, press.address, PAPERS, *PHOTOS)
    with Rows(archive) as rows:
        kept = rows.one("SELECT count(*) FROM photos WHERE sha256 IS NOT NULL")
        assert rows.one("SELECT count(*) FROM articles") == 64
        assert rows("SELECT url FROM urls WHERE kind <> 'photo' AND state = 'failed'") == []
    assert kept == whole - 4
    assert state(archive, gone) == ("gone", "HTTP 404")
    assert state(archive, page) == ("pending", "no photo, but text/html")  # tried again later
    assert state(archive, closed) == ("pending", "HTTP 403")
    assert state(archive, home) == ("refused", "redirected to a file: address")


def test_a_photo_beyond_the_limit_is_excluded_and_not_asked_for_again(press: Press, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    limit = ("-s", "PHOTO_MAX_MB=0.0025")
    crawl(archive, press.address, PAPERS, *PHOTOS, *limit)
    with Rows(archive) as rows:
        excluded = rows("SELECT url FROM urls WHERE kind = 'photo' AND state = 'excluded' AND reason = 'too large'")
        assert rows.one("SELECT max(size) FROM photos") <= 0.0025 * 1024 * 1024
    assert excluded
    press.forget()
    crawl(archive, press.address, PAPERS, *PHOTOS, *limit)
    assert asked_for(press) == []
    sound(archive)


def test_a_photo_may_be_anywhere_but_not_on_this_machine(press: Press, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with serving() as (port, asked):
        press.fail(ONE, faults.redirect(f"http://127.0.0.1:{port}/x.jpg"))
        crawl(archive, press.address, ("baosongmay",), *PHOTOS)
        assert asked == []
    assert state(archive)[0] == "refused"


@pytest.mark.parametrize(
    ("fault", "asked"), [(faults.status(429, 7200), 1), (faults.status(500), 4)], ids=["429", "500"]
)
def test_where_photos_are_refused_they_are_left_for_later_and_nothing_else_is(
    fault: faults.Fault, asked: int, press: Press, tmp_path: Path
) -> None:
    archive = tmp_path / "archive.db"
    press.fail(is_photo, fault)
    done = crawl(archive, press.address, ("baosongmay",), *PHOTOS, "-s", "RETRY_TIMES=0")
    assert "its photos are left for later runs" in done.stderr
    assert len(asked_for(press)) == asked
    with Rows(archive) as rows:
        assert rows.one("SELECT count(*) FROM articles") == 32
        assert rows("SELECT * FROM rests") == []
        assert rows("SELECT url FROM urls WHERE state NOT IN ('pending', 'done', 'excluded')") == []
    press.heal()
    with sqlite3.connect(archive) as connection:
        connection.execute("UPDATE urls SET due_at = '2026-01-01' WHERE kind = 'photo'")
    connection.close()
    crawl(archive, press.address, ("baosongmay",), *PHOTOS)
    with Rows(archive) as rows:
        assert rows("SELECT url FROM photos WHERE sha256 IS NULL") == []
    sound(archive)


def test_killed_between_article_and_photo_the_next_run_fetches_it(press: Press, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    press.fail(is_photo, faults.delay(30))
    assert killed_after(8, command(archive, press.address, ("baosongmay",), *PHOTOS))
    with Rows(archive) as rows:
        assert rows.one("SELECT count(*) FROM articles") > 0
        assert rows.one("SELECT count(*) FROM photos") > rows.one("SELECT count(sha256) FROM photos") == 0
    press.heal()
    crawl(archive, press.address, ("baosongmay",), *PHOTOS, *DUE)
    with Rows(archive) as rows:
        assert rows("SELECT url FROM photos WHERE sha256 IS NULL") == []
    sound(archive)
