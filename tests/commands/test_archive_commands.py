"""``scrapy replay``, ``search``, ``show`` and ``status`` on an archive made of the project's saved pages."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Archive, Candidate, OutletLock
from tests.conftest import PROJECT, RunScrapy

PAGES = PROJECT / "tests" / "pages"
READERS = (["search", "thầy"], ["show", "1"], ["status"])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of all saved pages, made by ``scrapy replay``; tests must not write to it."""
    path = tmp_path_factory.mktemp("filled") / "archive.db"
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "replay", str(PAGES), "-s", f"ARCHIVE={path}"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return path


def articles(path: Path) -> list[sqlite3.Row]:
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    return connection.execute("SELECT * FROM articles_latest ORDER BY id").fetchall()


# --- replay ---


def test_replay_stores_pages_and_says_what_came_of_them(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    for name in ("baocantho__old_font_right", "baocantho__video_page", "baodaklak__pdf_as_html"):
        shutil.copytree(PAGES / name, tmp_path / "pages" / name)
    run = run_scrapy("replay", tmp_path / "pages")
    assert (run.returncode, run.stderr) == (0, "")
    assert "baocantho: 2 found: 1 new, 1 rejected (1 video page)" in run.stdout
    assert "binary: PDF document" in run.stdout
    assert f"Stored in {tmp_path / 'archive.db'}" in run.stdout
    with Archive.open(tmp_path / "archive.db", read_only=True) as archive:
        status = archive.status()
        assert (status.articles, status.runs[0]["finish_reason"]) == (1, "finished")
    (tmp_path / "big.html").write_bytes(b"<p>" + b" " * 40_000_000)
    again = run_scrapy("replay", tmp_path / "big.html", tmp_path / "pages" / "baocantho__old_font_right" / "page.html")
    assert again.returncode == 1
    assert "baocantho: 1 found: 1 unchanged" in again.stdout
    assert f"error: {tmp_path / 'big.html'}: larger than 32 MiB" in again.stdout
    assert "Traceback" not in again.stderr


def test_replay_of_a_missing_path_goes_on_with_the_others(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    run = run_scrapy("replay", tmp_path / "nix.html", PAGES / "baocantho__old_font_right")
    assert run.returncode == 1
    assert run.stderr == f"scrapy replay: {tmp_path / 'nix.html'}: no such file or folder\n"
    assert "1 new" in run.stdout


def test_replay_of_nothing_makes_no_archive(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    run = run_scrapy("replay", tmp_path / "nix.html")
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.splitlines()[-1] == "scrapy replay: nothing to replay"
    assert not (tmp_path / "archive.db").exists()


def test_replay_with_an_unknown_outlet(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    run = run_scrapy("replay", PAGES / "baocantho__old_font_right", "--outlet", "baocanto")
    assert (run.returncode, run.stdout) == (2, "")
    assert "unknown outlet 'baocanto', did you mean baocantho?" in run.stderr


@pytest.fixture
def unread(tmp_path: Path) -> Path:
    """A folder of documents that cannot be read, and of one without address that is no article."""
    folder = tmp_path / "unread"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.html").write_text("<p>x</p>")
        (folder / f"{number}.json").write_text("no JSON")
    (folder / "note.txt").write_text("xin")
    return folder


def test_replay_ends_with_1_however_many_failed(run_scrapy: RunScrapy, unread: Path) -> None:
    run = run_scrapy("replay", unread)
    assert run.returncode == 1
    assert "4 found" in run.stdout


def test_a_document_without_address_is_named_by_its_file(run_scrapy: RunScrapy, tmp_path: Path, unread: Path) -> None:
    run = run_scrapy("replay", "note.txt", "0.html", cwd=unread, SCRAPY_SETTINGS_MODULE="crawler.settings",
                     PYTHONPATH=str(PROJECT))  # fmt: skip
    assert f"({unread / 'note.txt'})" in run.stdout
    assert str(unread / "0.json") in run.stdout
    with Archive.open(tmp_path / "archive.db", read_only=True) as archive:
        rows = archive.connection.execute("SELECT reason FROM rejections WHERE kind = 'not_article'").fetchall()
        errors = archive.connection.execute("SELECT error FROM fetches WHERE outcome = 'failed'").fetchall()
    assert [str(unread / "note.txt") in row[0] for row in rows] == [True]
    assert [str(unread / "0.json") in row[0] for row in errors] == [True]
    status = json.loads(run_scrapy("status", "--json").stdout)
    assert [(outlet["outlet"], outlet["rejected"], outlet["failed"]) for outlet in status["outlets"]] == [("", 1, 1)]


def test_a_replay_whose_reader_goes_away_is_no_traceback(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    page = PAGES / "baocantho__old_font_right"
    program = f"{sys.executable} -m scrapy replay {page} -s ARCHIVE={tmp_path / 'a.db'}"
    # A reader that has gone before the first line, so that it does not depend on who is faster.
    done = subprocess.run(
        ["bash", "-c", f"({program}; echo $? >&2) | true"],
        cwd=PROJECT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr == "0\n"


# --- search ---


@pytest.mark.parametrize("query", ["lớp học tình thương", "lop hoc tinh thuong", '"lớp học" thầy'])
def test_search_with_and_without_accents(run_scrapy: RunScrapy, filled: Path, query: str) -> None:
    run = run_scrapy("search", *query.split(), "-s", f"ARCHIVE={filled}")
    assert (run.returncode, run.stderr) == (0, "")
    assert "Người thầy của lớp học tình thương" in run.stdout
    assert "[" in run.stdout
    assert "Read one: scrapy show " in run.stdout.splitlines()[-1]


def test_search_as_json_with_a_limit(run_scrapy: RunScrapy, filled: Path) -> None:
    run = run_scrapy("search", "người", "--json", "--limit", "3", "-s", f"ARCHIVE={filled}")
    hits: list[dict[str, Any]] = json.loads(run.stdout)
    assert len(hits) == 3
    assert set(hits[0]) == {"article_id", "key", "outlet", "title", "url", "published_at", "snippet"}
    assert all("[" in hit["snippet"] for hit in hits)


@pytest.mark.parametrize("query", ["khongcotunaynhuvay", "AND OR NOT ("])
def test_a_search_without_a_hit(run_scrapy: RunScrapy, filled: Path, query: str) -> None:
    run = run_scrapy("search", "-s", f"ARCHIVE={filled}", "--", query)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == f"No article has all words of: {query}\n"


@pytest.mark.parametrize("query", ["", '""', "...", "***", '"'])
def test_a_search_without_a_word(run_scrapy: RunScrapy, filled: Path, query: str) -> None:
    run = run_scrapy("search", "-s", f"ARCHIVE={filled}", "--", query)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == f"scrapy search: no word to search for in {query!r}; see: scrapy search --help\n"


def test_a_search_says_that_there_is_more_only_where_there_is(run_scrapy: RunScrapy, filled: Path) -> None:
    options = ("--json", "--limit", "1000", "-s", f"ARCHIVE={filled}")
    number = len(json.loads(run_scrapy("search", "người", *options).stdout))
    last = {
        limit: run_scrapy("search", "người", "--limit", str(limit), "-s", f"ARCHIVE={filled}").stdout.splitlines()[-1]
        for limit in (number - 1, number)
    }
    assert last[number].startswith(f"{number} articles. Read one")
    assert last[number - 1].startswith(f"{number - 1} articles (the first {number - 1}; --limit shows more). Read one")


# --- show ---


def test_show_by_id_key_and_url(run_scrapy: RunScrapy, filled: Path) -> None:
    row = next(row for row in articles(filled) if row["outlet"] == "baocantho" and row["authors"])
    shown = {
        run_scrapy("show", ref, "-s", f"ARCHIVE={filled}").stdout for ref in (str(row["id"]), row["key"], row["url"])
    }
    (text,) = shown
    assert text.startswith(row["title"])
    assert row["published_at"] in text
    for paragraph in row["body"].split("\n\n"):
        assert paragraph in text
    assert f"id:         {row['id']}, key {row['key']}" in text
    as_json = json.loads(run_scrapy("show", row["key"], "--json", "-s", f"ARCHIVE={filled}").stdout)
    assert as_json["latest"]["id"] == row["id"]
    assert as_json["revisions"][0]["blocks"]


def test_show_revisions_tells_what_was_changed(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    saved = PAGES / "baocantho__old_font_right"
    side = json.loads((saved / "page.json").read_text(encoding="utf-8"))
    text = (saved / "page.html").read_text(encoding="utf-8")
    sentence = "Lớp bắt đầu lúc 18 giờ vì ban ngày các em còn phụ cha mẹ."
    assert sentence in text
    for day, body in (("01", text), ("02", text.replace(sentence, "Lớp bắt đầu lúc 19 giờ."))):
        (tmp_path / f"{day}.html").write_text(body, encoding="utf-8")
        side["fetched_at"] = f"2026-10-{day}T00:00:00Z"
        (tmp_path / f"{day}.json").write_text(json.dumps(side), encoding="utf-8")
        assert run_scrapy("replay", tmp_path / f"{day}.html").returncode == 0
    run = run_scrapy("show", side["url"], "--revisions")
    assert (run.returncode, run.stderr) == (0, "")
    (removed,) = [line for line in run.stdout.splitlines() if line.startswith("-")]
    (added,) = [line for line in run.stdout.splitlines() if line.startswith("+")]
    assert removed.startswith(f"-[paragraph] {sentence}")
    assert added.startswith("+[paragraph] Lớp bắt đầu lúc 19 giờ.")
    assert "Revision 2 (edited), fetched 2026-10-02T00:00:00" in run.stdout
    assert "revisions:  2; the changes: scrapy show 1 --revisions" in run_scrapy("show", "1").stdout


def test_show_of_an_unknown_article(run_scrapy: RunScrapy, filled: Path) -> None:
    run = run_scrapy("show", "999999", "-s", f"ARCHIVE={filled}")
    assert (run.returncode, run.stdout) == (1, "")
    assert "999999" in run.stderr
    assert len(run.stderr.splitlines()) == 1


# --- status ---


def test_status_counts_every_outlet(run_scrapy: RunScrapy, filled: Path) -> None:
    run = run_scrapy("status", "-s", f"ARCHIVE={filled}")
    assert (run.returncode, run.stderr) == (0, "")
    rows = articles(filled)
    assert run.stdout.startswith(f"{filled}: {len(rows)} articles, ")
    for outlet in {row["outlet"] for row in rows} - {None}:
        (line,) = [line for line in run.stdout.splitlines() if line.startswith(f"{outlet} ")]
        assert int(line.split()[1]) == sum(row["outlet"] == outlet for row in rows)
    assert "datasette" in run.stdout.splitlines()[-1]
    assert run.stdout.splitlines()[-1].endswith(f" {filled}")
    as_json = json.loads(run_scrapy("status", "--json", "-s", f"ARCHIVE={filled}").stdout)
    assert as_json["articles"] == len(rows)


def test_status_shows_addresses_that_were_not_fetched(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.db") as archive:
        run = archive.start_run("crawl news", {}, ["baosongmay"])
        for number, state in enumerate(("refused", "refused", "excluded", "blocked", "failed")):
            url = f"https://baosongmay.test/bai-a{number}.html"
            archive.ledger.add(run, "baosongmay", [Candidate(url)])
            archive.ledger.finish(url, state, "why")
        archive.finish_run(run, "finished")
    lines = [line.split() for line in run_scrapy("status").stdout.splitlines()]
    at = next(number for number, words in enumerate(lines) if words[:1] == ["outlet"])
    assert lines[at][6:10] == ["failed", "blocked", "refused", "excluded"]
    assert lines[at + 1][:10] == ["baosongmay", "0", "0", "0", "0", "0", "1", "1", "2", "1"]


def test_status_tells_a_running_from_a_killed_run(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with Archive.open(path) as archive:
        run = archive.start_run("crawl news", {}, ["baosongmay"])  # of this process
        archive.ledger.add(run, "baosongmay", [Candidate("https://baosongmay.test/bai-a1.html")])
    with OutletLock(path, "baosongmay"):
        (line,) = [line for line in run_scrapy("status").stdout.splitlines() if "crawl news" in line]
        assert "  running  1 found: 1 still to be fetched" in line
    # The process lives, but has not the lock: its number is another's.
    (line,) = [line for line in run_scrapy("status").stdout.splitlines() if "crawl news" in line]
    assert "  killed  1 found: 1 still to be fetched" in line
    with OutletLock(path, "baosongmay"), sqlite3.connect(path) as connection:
        connection.execute("UPDATE runs SET pid = 999999999")
    assert json.loads(run_scrapy("status", "--json").stdout)["runs"][0]["state"] == "killed"


# --- archives that cannot be used ---


@pytest.mark.parametrize("arguments", READERS, ids=lambda arguments: arguments[0])
def test_a_missing_archive_says_where_it_was_looked_for_and_what_makes_one(
    run_scrapy: RunScrapy, tmp_path: Path, arguments: list[str]
) -> None:
    run = run_scrapy(*arguments)
    assert (run.returncode, run.stdout) == (1, "")
    assert f"there is no archive at {tmp_path / 'archive.db'}" in run.stderr
    assert "make demo" in run.stderr
    assert "scrapy crawl news" in run.stderr
    assert list(tmp_path.iterdir()) == []


def damage(path: Path) -> None:
    body = bytearray(path.read_bytes())
    body[20_000:] = b"\xee" * (len(body) - 20_000)
    path.write_bytes(body)


UNUSABLE = {
    "text": (lambda path: path.write_text("Đây không phải kho."), "not even an SQLite file"),
    "folder": (lambda path: (path.unlink(), path.mkdir()), "is a folder"),
    "damaged": (damage, "is damaged"),
    "other program": (
        lambda path: (path.unlink(), sqlite3.connect(path).execute("CREATE TABLE a (b)")),
        "of another program",
    ),
}


@pytest.mark.parametrize("fault", UNUSABLE)
@pytest.mark.parametrize("arguments", [*READERS, ["replay", str(PAGES)]], ids=lambda arguments: arguments[0])
def test_an_archive_that_is_none(
    run_scrapy: RunScrapy, filled: Path, tmp_path: Path, fault: str, arguments: list[str]
) -> None:
    copy = tmp_path / "archive.db"
    shutil.copy(filled, copy)
    spoil, message = UNUSABLE[fault]
    spoil(copy)  # type: ignore[no-untyped-call]
    run = run_scrapy(*arguments)
    assert run.returncode == 1
    assert message in run.stderr
    assert str(copy) in run.stderr
    assert "Traceback" not in run.stderr


def test_an_archive_and_a_folder_that_are_read_only(run_scrapy: RunScrapy, filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    copy = folder / "archive.db"
    shutil.copy(filled, copy)
    copy.chmod(0o400)
    folder.chmod(0o500)
    try:
        page = str(PAGES / "baocantho__old_font_right")
        written = run_scrapy("replay", page, "-s", f"ARCHIVE={copy}", unprivileged=True)
        new = run_scrapy("replay", page, "-s", f"ARCHIVE={folder / 'new.db'}", unprivileged=True)
        read = run_scrapy("search", "thầy", "-s", f"ARCHIVE={copy}", unprivileged=True)
    finally:
        folder.chmod(0o700)
    assert (written.returncode, written.stdout) == (1, "")
    assert "read-only" in written.stderr
    assert str(copy) in written.stderr
    assert (new.returncode, new.stdout) == (1, "")
    assert str(folder / "new.db") in new.stderr
    assert "Traceback" not in written.stderr + new.stderr
    assert (read.returncode, read.stderr) == (0, "")
    assert "Người thầy của lớp học tình thương" in read.stdout


def test_reading_goes_on_while_another_program_writes(run_scrapy: RunScrapy, filled: Path, tmp_path: Path) -> None:
    shutil.copy(filled, tmp_path / "archive.db")
    other = sqlite3.connect(tmp_path / "archive.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("UPDATE outlets SET title = title")
    try:
        run = run_scrapy("status")
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert (run.returncode, run.stderr) == (0, "")
