"""The demonstration: what it says, that it can be repeated, and that it leaves archives of others alone."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.extraction import extract
from crawler.items import Page, Reading
from crawler.registry import default_registry
from tests.crawl.crawling import PROJECT, Rows, sound
from tests.site.truth import expected

# The demonstration as it is, but without the waiting between two requests.
AT_ONCE = "import sys, crawler.demo as demo; demo.DELAY = 0; sys.exit(demo.main())"


def demo(archive: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", AT_ONCE],
        cwd=PROJECT, env={**os.environ, "BAOTINH_ARCHIVE": str(archive), "PYTHONIOENCODING": "utf-8"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    archive = tmp_path_factory.mktemp("demo") / "archive.db"
    done = demo(archive)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return archive, done.stdout


def test_the_archive_holds_both_editions(shown: tuple[Path, str]) -> None:
    archive, _ = shown
    sound(archive)
    with Rows(archive) as rows:
        assert rows.one("SELECT count(*) FROM articles") == 70
        assert rows.one("SELECT count(*) FROM articles WHERE revisions > 1") == len(expected().edited)
        assert rows("SELECT finish_reason FROM runs") == [("finished",), ("finished",)]


@pytest.mark.parametrize(
    "words",
    [
        "64 articles are new", "6 articles are new", "4 were edited", "1 was withdrawn by its paper",
        "The same text in both papers", "2 pages are no articles", "video page", "error page",
        "robots.txt forbids it", "WHAT TO TYPE NEXT", "datasette ", "scrapy crawl news -a outlets=baoangiang",
    ],
)  # fmt: skip
def test_it_says_what_happened(words: str, shown: tuple[Path, str]) -> None:
    assert words in shown[1]


def test_it_shows_the_commands_that_it_runs(shown: tuple[Path, str]) -> None:
    commands = [line for line in shown[1].splitlines() if line.startswith("$ scrapy ")]
    assert [line.split()[2] for line in commands] == ["crawl", "crawl", "show", "search", "search", "search"]
    assert "scrapy search cho noi vam tac" in shown[1]


def test_every_search_has_hits(shown: tuple[Path, str]) -> None:
    assert shown[1].count("Read one: scrapy show ") == 3
    assert "Chợ nổi Vàm Tắc" in shown[1].partition("cho noi vam tac")[2]


def test_it_can_be_repeated(shown: tuple[Path, str]) -> None:
    archive, _ = shown
    again = demo(archive)
    assert again.returncode == 0, again.stderr
    assert "held an earlier demo only: it is made anew" in again.stdout
    assert "64 articles are new" in again.stdout
    sound(archive)


def test_an_archive_with_a_real_newspaper_is_left_alone(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with Archive.open(archive) as made:
        made.start_run("crawl news", {}, ["baosongmay", "baoangiang"])
    before = archive.read_bytes()
    done = demo(archive)
    assert (done.returncode, done.stdout) == (1, "")
    assert "holds baoangiang" in done.stderr
    assert "make demo ARCHIVE=demo.db" in done.stderr
    assert archive.read_bytes() == before


def test_an_archive_that_cannot_be_made_is_told_at_once(tmp_path: Path) -> None:
    done = demo(tmp_path / "missing" / "x.db")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"there is no folder {tmp_path / 'missing'}" in done.stderr
    assert "make demo ARCHIVE=demo.db" in done.stderr


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f"({sys.executable} -c '{AT_ONCE}'; echo $? >&2) | true"],
        cwd=PROJECT, env={**os.environ, "BAOTINH_ARCHIVE": str(tmp_path / "archive.db")},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.stderr == "0\n"


def test_an_archive_with_saved_pages_is_left_alone(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    page = Page(url=None, body="Một văn bản dài vừa đủ để đọc.\n\nĐoạn thứ hai.".encode(), fetched_at=datetime.now(UTC))
    with Archive.open(archive) as made:
        run = made.start_run("replay", {}, [])
        made.store(Reading(page, extract(page, default_registry())), run)
    done = demo(archive)
    assert done.returncode == 1
    assert "documents of no newspaper" in done.stderr


def test_a_file_that_is_no_archive_is_left_alone(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    archive.write_text("a letter to the editor, much longer than the sixteen bytes")
    done = demo(archive)
    assert done.returncode == 1
    assert "is not an archive" in done.stderr
    assert "-s ARCHIVE" not in done.stderr
    assert "make demo ARCHIVE=demo.db" in done.stderr
    assert archive.read_text().startswith("a letter")
