"""``scrapy pages``: keeping pages with their expected record, and comparing."""

from __future__ import annotations

import gzip
import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler.documents import DocumentError
from crawler.pages import saved_pages
from tests.conftest import PROJECT, RunScrapy

OWN = PROJECT / "tests" / "pages"
ARTICLE = OWN / "baocantho__photo_table_theo"
URL = "https://baocantho.com.vn/trung-bay-300-buc-anh-cu-ve-ben-ninh-a995501.html"


def record(file: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return read


def write(file: Path, value: dict[str, Any]) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False), "utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one page whose expected record is right but for the title and one paragraph."""
    shutil.copytree(ARTICLE, tmp_path / "kept" / "one")
    expected = record(tmp_path / "kept" / "one" / "expected.json")
    write(
        tmp_path / "kept" / "one" / "expected.json",
        expected | {"title": "Khác", "paragraphs": expected["paragraphs"][1:], "notes": "mine"},
    )
    return tmp_path / "kept"


# --- save ---


def test_save_keeps_bytes_address_and_what_is_read(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    run = run_scrapy("pages", "save", ARTICLE / "page.html", "--to", kept)
    assert (run.returncode, run.stderr) == (0, "")
    (home,) = kept.iterdir()
    assert home.name.startswith("baocantho__trung-bay")
    assert str(home / "expected.json") in run.stdout
    assert (home / "page.html").read_bytes() == (ARTICLE / "page.html").read_bytes()
    assert record(home / "page.json") == {"url": URL, "outlet": "baocantho", "fetched_at": "2026-10-02T03:20:00Z"}
    expected, ours = record(home / "expected.json"), record(ARTICLE / "expected.json")
    assert {name: expected[name] for name in ours if name in expected and name != "junk"} == {
        name: ours[name] for name in ours if name in expected and name != "junk"
    }
    assert run_scrapy("pages", "check", kept).returncode == 0
    again = run_scrapy("pages", "save", ARTICLE / "page.html", "--to", kept)
    assert again.returncode == 1
    assert f"saved already: {home}" in again.stderr


def test_save_takes_a_page_from_the_archive(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    assert run_scrapy("replay", ARTICLE / "page.html").returncode == 0
    for number, ref in enumerate((URL, "1")):
        kept = tmp_path / f"kept{number}"
        run = run_scrapy("pages", "save", ref, "--to", kept)
        assert (run.returncode, run.stderr) == (0, "")
        (home,) = kept.iterdir()
        assert (home / "page.html").read_bytes() == (ARTICLE / "page.html").read_bytes()
        assert record(home / "page.json")["url"] == URL
    unknown = run_scrapy("pages", "save", "https://baocantho.com.vn/x-a1.html", "--to", tmp_path / "none")
    assert unknown.returncode == 1
    assert "no article of the archive" in unknown.stderr
    assert not (tmp_path / "none").exists()


def test_save_keeps_dumps_and_pages_that_are_no_article(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    dump, video = OWN / "dump__no_lead_crlf" / "page.txt", OWN / "baocantho__video_page" / "page.html"
    assert run_scrapy("pages", "save", dump, video, "--to", tmp_path).returncode == 0
    kinds = {saved.name: (saved.kind, saved.file.with_name("page.txt").exists()) for saved in saved_pages(tmp_path)}
    assert sorted(kinds.values()) == [("article", True), ("video", False)]
    assert run_scrapy("pages", "check", tmp_path).returncode == 0


# --- check and refresh ---


def test_check_shows_each_field_that_differs(run_scrapy: RunScrapy, folder: Path) -> None:
    run = run_scrapy("pages", "check", folder)
    assert run.returncode == 1
    lines = run.stdout.splitlines()
    assert lines[0] == "one"
    title = record(ARTICLE / "expected.json")["title"]
    assert lines[1:4] == ["  title:", "    - Khác", f"    + {title}"]
    assert lines[4] == "  paragraphs:"
    assert lines[5].startswith("    + (CTO) - Ngày 1-9")
    assert lines[-1] == "1 page: 0 as expected, 1 not"


def test_refresh_rewrites_only_what_differs_and_only_when_told(run_scrapy: RunScrapy, folder: Path) -> None:
    before = record(folder / "one" / "expected.json")
    run = run_scrapy("pages", "refresh", folder, stdin="")
    assert run.returncode == 2
    assert "1 expected record would be rewritten; to do it: --yes" in run.stderr
    assert record(folder / "one" / "expected.json") == before
    run = run_scrapy("pages", "refresh", folder, "--yes")
    assert run.returncode == 0
    assert "1 expected record rewritten" in run.stdout
    assert record(folder / "one" / "expected.json") == record(ARTICLE / "expected.json") | {"notes": "mine"}
    assert run_scrapy("pages", "check", folder).returncode == 0


def test_refresh_turns_a_page_of_another_kind(run_scrapy: RunScrapy, folder: Path) -> None:
    write(folder / "one" / "expected.json", {"kind": "section", "article_urls": [], "notes": "mine"})
    run = run_scrapy("pages", "refresh", folder, "--yes")
    assert "    - section\n    + article" in run.stdout
    expected = record(folder / "one" / "expected.json")
    assert (expected["title"], expected["notes"]) == (record(ARTICLE / "expected.json")["title"], "mine")
    assert "article_urls" not in expected


def test_refresh_asks_on_a_terminal(folder: Path) -> None:
    before = record(folder / "one" / "expected.json")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "scrapy", "pages", "refresh", str(folder)]
    with subprocess.Popen(command, cwd=PROJECT, stdin=theirs, stdout=subprocess.PIPE, text=True) as process:
        os.write(ours, b"n\n")
        told, _ = process.communicate(timeout=60)
    assert "Rewrite 1 expected record? [y/N]" in told
    assert "nothing was changed" in told
    assert record(folder / "one" / "expected.json") == before


# --- layouts and errors ---


def test_every_layout_is_read(tmp_path: Path) -> None:
    body, expected = (ARTICLE / "page.html").read_bytes(), record(ARTICLE / "expected.json")
    (tmp_path / "a.html").write_bytes(body)
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(body))
    for name in ("a", "b"):
        write(tmp_path / f"{name}.gold.json", expected | {"url": URL, "published_at": "2024-09-02 04:47:00.5+00:00"})
    shutil.copytree(ARTICLE, tmp_path / "c")
    (tmp_path / "d").mkdir()
    shutil.copy(OWN / "dump__no_lead_crlf" / "page.txt", tmp_path / "d" / "dump.txt")
    shutil.copy(OWN / "dump__no_lead_crlf" / "expected.json", tmp_path / "d")
    pages = saved_pages(tmp_path)
    assert [saved.name for saved in pages] == ["a", "b", "c", "dump.txt"]
    assert [saved.name for saved in saved_pages(tmp_path / "d")] == ["dump.txt"]
    assert [saved.differences() for saved in pages] == [[]] * 4


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "no saved pages"),
        ({"a.gold.json": "{}"}, "no page beside it"),
        ({"expected.json": "{}", "a.html": "x", "b.html": "x"}, "expected one page beside it"),
        ({"a.gold.json": "[]", "a.html": "x"}, "expected a JSON object"),
        ({"a.gold.json": '{"url": "ftp://x"}', "a.html": "x"}, "a.gold.json: url: expected an http(s) URL"),
        ({"a.gold.json": "{}", "a.html.gz": "x"}, "a.html.gz: cannot be read"),
    ],
)
def test_a_folder_that_cannot_be_read_says_why(tmp_path: Path, files: dict[str, str], message: str) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(DocumentError) as caught:
        saved_pages(tmp_path)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["chekc"], 2, "expected save, check or refresh, found 'chekc'"),
        (["save"], 2, "save: expected a FILE"),
        (["save", "nowhere.html"], 1, "nowhere.html: no such file"),
        (["save", "tests"], 1, "tests: a folder"),
        (["check", "nowhere"], 1, "nowhere: no such folder"),
        (["check", "--yes"], 2, "--yes is an option of refresh, not of check"),
        (["check", "--to", "x"], 2, "--to is an option of save, not of check"),
        (["save", "a", "b", "--name", "x"], 2, "--url and --name are those of one page"),
        (["save", "Makefile", "--outlet", "baocanto"], 2, "did you mean baocantho?"),
        (["save", "Makefile", "--url", "x"], 1, "url: expected an http(s) URL"),
    ],
)
def test_wrong_usage_is_told(run_scrapy: RunScrapy, arguments: list[str], code: int, message: str) -> None:
    run = run_scrapy("pages", *arguments)
    assert run.returncode == code
    assert message in run.stderr
