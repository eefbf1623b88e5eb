"""``scrapy extract``: files, folders and the JSON Lines service."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from crawler import answers as said
from crawler import extraction
from crawler.documents import find, load
from crawler.registry import default_registry
from tests.conftest import PROJECT, RunScrapy

SAVED = PROJECT / "tests" / "pages" / "baocantho__old_font_right"
SECTION = PROJECT / "tests" / "pages" / "baocantho__section_page2"
OUTSIDE = {"SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(PROJECT)}
FIELDS = {
    *("url", "outlet", "title", "published_at", "modified_at", "authors", "source", "agency", "section"),
    *("lead", "paragraphs", "captions", "images", "tags"),
    *("kind", "published_raw", "published_day", "layout", "provenance", "dropped", "warnings"),
}


def answers(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def expected() -> dict[str, Any]:
    fields: dict[str, Any] = json.loads((SAVED / "expected.json").read_text(encoding="utf-8"))
    return fields


def test_an_article_with_its_side_file(run_scrapy: RunScrapy) -> None:
    run = run_scrapy("extract", SAVED / "page.html")
    assert (run.returncode, run.stderr) == (0, "")
    (article,) = answers(run.stdout)
    assert set(article) == FIELDS | {"path"}
    assert article["outlet"] == "baocantho"
    assert article["url"] == json.loads((SAVED / "page.json").read_text(encoding="utf-8"))["url"]
    for name in ("title", "published_at", "authors", "paragraphs", "captions", "section", "tags"):
        assert article[name] == expected()[name]


def test_a_text_dump_tells_what_was_dropped_and_by_which_rule(run_scrapy: RunScrapy) -> None:
    dump = PROJECT / "tests" / "pages" / "dump__debris_after" / "page.txt"
    (article,) = answers(run_scrapy("extract", dump).stdout)
    assert article["dropped"]
    assert all(set(dropped) == {"text", "rule"} for dropped in article["dropped"])
    assert all(dropped["text"] and dropped["rule"] for dropped in article["dropped"])


def test_the_url_comes_from_the_page_where_nobody_gives_it(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    (tmp_path / "alone.html").write_bytes((SAVED / "page.html").read_bytes())
    (article,) = answers(run_scrapy("extract", tmp_path / "alone.html").stdout)
    assert (article["outlet"], article["title"]) == ("baocantho", expected()["title"])
    assert article["url"].startswith("https://baocantho.com.vn/")


def test_url_and_outlet_options_win(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    page = SAVED / "page.html"
    url = "http://www.baocantho.com.vn/mot-dia-chi-khac-a971250.html"
    (article,) = answers(run_scrapy("extract", "--url", url, "--outlet", "baocantho", page).stdout)
    assert article["outlet"] == "baocantho"
    assert article["title"] == expected()["title"]
    (article,) = answers(run_scrapy("extract", page, "--outlet", "baoangiang").stdout)
    assert article["outlet"] == "baoangiang"


def test_a_section_page_answers_with_links(run_scrapy: RunScrapy) -> None:
    (section,) = answers(run_scrapy("extract", SECTION / "page.html").stdout)
    assert {"kind", "article_urls", "other_article_urls", "next_pages", "feeds"} <= set(section)
    assert section["kind"] == "section"
    assert section["article_urls"]


def test_text_to_read(run_scrapy: RunScrapy) -> None:
    run = run_scrapy("extract", "--format", "text", SAVED / "page.html")
    assert run.returncode == 0
    assert f"\n\n{expected()['title']}\n\n" in run.stdout
    assert f"[{expected()['captions'][0]}]" in run.stdout
    assert "rule" not in run.stdout


def test_a_folder_is_read_in_order_with_its_sub_folders(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    body = (SAVED / "page.html").read_bytes()
    (tmp_path / "sub").mkdir()
    for name in ("b.html", "a.htm", "sub/c.HTML", "notes.md", ".hidden.html"):
        (tmp_path / name).write_bytes(body)
    (tmp_path / "d.html.gz").write_bytes(gzip.compress(body))
    (tmp_path / "d.json").write_text('{"url": "https://baocantho.com.vn/tu-tep-ben-canh-a5.html"}', encoding="utf-8")
    run = run_scrapy("extract", tmp_path)
    assert run.returncode == 0
    read = answers(run.stdout)
    assert [Path(answer["path"]).name for answer in read] == ["a.htm", "b.html", "d.html.gz", "c.HTML"]
    assert {answer["title"] for answer in read} == {expected()["title"]}


def test_relative_paths_start_in_the_callers_folder(run_scrapy: RunScrapy) -> None:
    (article,) = answers(run_scrapy("extract", "page.html", cwd=SAVED).stdout)
    assert (article["path"], article["title"]) == ("page.html", expected()["title"])


def test_names_that_begin_with_a_dash(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    folder = PROJECT / "tests" / "pages"
    run = run_scrapy("extract", "--", "-khong-co.html", cwd=folder)
    assert run.returncode == 1
    assert answers(run.stdout) == [{"error": "-khong-co.html: no such file or folder", "path": "-khong-co.html"}]


BAD = {
    "empty.html": b"",
    "blank.html": b" \n\t\n ",
    "binary.html": bytes(range(256)) * 40,
    "paper.html": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "cut.html": b"<!DOCTYPE html><html><head><title>M\xe1\xbb",
    "gzip-cut.html": gzip.compress(b"<html><body><p>Xin chao</p></body></html>" * 100)[:40],
    "nul.html": b"<html><body><p>\x00\x00\x00</p>\x00</body></html>",
    "deep.html": b"<html><body>" + b"<div>" * 100_000 + b"x",
    "unclosed.html": b"<html><body>" + b"<p><font><b>" * 400 + b"x",
    "utf16.html": "<html><body><p>Xin chào</p></body></html>".encode("utf-16-le"),
    "1258.html": "<html><body><p>Xin chào bạn đọc</p></body></html>".encode("cp1258", "replace"),
    "text.txt": b"\xff\xfe\xfd",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_pages_are_answered_and_the_next_goes_on(run_scrapy: RunScrapy, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BAD[name])
    run = run_scrapy("extract", tmp_path / name, SAVED / "page.html")
    assert run.stderr == ""
    bad, good = answers(run.stdout)
    assert bad.get("error") or bad.get("kind"), bad
    assert "error" in bad or bad["kind"] != "article" or bad["paragraphs"]
    assert run.returncode == ("error" in bad)
    assert good["title"] == expected()["title"]


@pytest.mark.parametrize("name", ["empty.html", "binary.html", "paper.html", "nul.html"])
def test_what_is_no_page_is_rejected_with_a_reason(run_scrapy: RunScrapy, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BAD[name])
    (bad,) = answers(run_scrapy("extract", tmp_path / name).stdout)
    assert bad["kind"] != "article"
    assert bad["reason"]


@pytest.mark.parametrize(
    ("encoded", "title"),
    [
        ("utf-8", "Người thầy của lớp học tình thương"),
        ("utf-16", "Người thầy của lớp học tình thương"),
    ],
)
def test_a_mislabelled_charset_does_not_matter(run_scrapy: RunScrapy, tmp_path: Path, encoded: str, title: str) -> None:
    text = (SAVED / "page.html").read_text(encoding="utf-8").replace("charset=utf-8", "charset=iso-8859-1")
    (tmp_path / "page.html").write_bytes(text.encode(encoded))
    (article,) = answers(run_scrapy("extract", tmp_path / "page.html").stdout)
    assert article["title"] == title
    assert article["paragraphs"] == expected()["paragraphs"]


def test_a_file_of_50_megabytes(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    with (tmp_path / "big.html").open("wb") as file:
        file.write(b"<html><body>")
        file.truncate(50 * 1024 * 1024)
    run = run_scrapy("extract", tmp_path / "big.html", SAVED / "page.html")
    assert run.returncode == 1
    bad, good = answers(run.stdout)
    assert (
        bad["error"]
        == f"{tmp_path / 'big.html'}: larger than 32 MiB; a news page is far smaller: is this the right file?"
    )
    assert good["title"] == expected()["title"]


def test_an_empty_folder_a_folder_that_cannot_be_read_and_a_missing_file(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "closed.html").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    paths = [tmp_path / "empty", tmp_path / "closed.html", tmp_path / "loop", tmp_path / "missing.html"]
    run = run_scrapy("extract", *paths, SAVED / "page.html")
    assert run.returncode == 1
    *bad, good = answers(run.stdout)
    assert [answer["path"] for answer in bad] == [str(path) for path in paths]
    assert [answer["error"].split(": ")[1].split(" (")[0] for answer in bad] == [
        "a folder without pages",
        "a folder without pages",
        "no such file or folder",
        "no such file or folder",
    ]
    assert good["title"] == expected()["title"]


def test_broken_side_files(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    sides = {
        "list": "[1]",
        "text": "{",
        "url": '{"url": "baocantho.com.vn/x"}',
        "time": '{"fetched_at": "yesterday"}',
        "outlet": '{"outlet": "baocanto"}',
        "type": '{"encoding": 8}',
    }
    for name, side in sides.items():
        (tmp_path / f"{name}.html").write_bytes((SAVED / "page.html").read_bytes())
        (tmp_path / f"{name}.json").write_text(side, encoding="utf-8")
    run = run_scrapy("extract", tmp_path)
    assert run.returncode == 1
    errors = {Path(answer["path"]).stem: answer["error"] for answer in answers(run.stdout)}
    assert "expected a JSON object" in errors["list"]
    assert "text.json" in errors["text"]
    assert "url: expected an http(s) URL, found 'baocantho.com.vn/x'" in errors["url"]
    assert "fetched_at: expected a time such as" in errors["time"]
    assert "unknown outlet 'baocanto', did you mean baocantho?" in errors["outlet"]
    assert "encoding: expected text, found 8" in errors["type"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--outlet", "baocanto"], "unknown outlet 'baocanto', did you mean baocantho?"),
        (["--url", "baocantho.com.vn"], "--url: expected an http(s) URL, found 'baocantho.com.vn'"),
        (["--url", "https://baocantho.com.vn/x-a1.html", "other.html"], "give one PATH that is a file"),
        (["-"], '"-" reads standard input only'),
    ],
)
def test_wrong_options(run_scrapy: RunScrapy, arguments: list[str], message: str) -> None:
    run = run_scrapy("extract", SAVED / "page.html", *arguments)
    assert (run.returncode, run.stdout) == (2, "")
    assert message in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_the_service_answers_each_line_in_order(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    page = str(SAVED / "page.html")
    (tmp_path / "page.html").write_bytes((SAVED / "page.html").read_bytes())
    requests: list[Any] = [
        {"id": 1, "path": page, "url": "https://baocantho.com.vn/nguoi-thay-a971250.html"},
        {"id": 2, "path": str(tmp_path / "missing.html")},
        "no object",
        {"id": 4},
        {"id": 5, "path": page, "outlet": "baocanto"},
        {"id": 6, "path": page, "fetched_at": "soon"},
        {"id": 7, "path": page, "encoding": None, "more": {"a": ["ă"]}},
        {"id": 8, "path": str(tmp_path / "page.html"), "fetched_at": "2001-01-01T00:00:00Z"},
        {"id": 9, "path": str(tmp_path / "page.html"), "outlet": "baoangiang", "encoding": "utf-8"},
        {"id": 10, "path": "\x00"},
        {"id": 11, "path": page, "encoding": "utf-9"},
        {"id": 12, "path": page, "error": "mine", "title": "mine", "feeds": ["mine"]},
        {"id": 13, "path": str(tmp_path / "missing.html"), "title": "mine"},
    ]
    lines = [json.dumps(request) for request in requests]
    lines[2:2] = ["", "{"]
    run = run_scrapy("extract", "-", stdin="\n".join(lines))
    assert (run.returncode, run.stderr) == (1, "")
    read = answers(run.stdout)
    assert [answer.get("id") for answer in read] == [1, 2, None, None, None, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    failed = [number for number, answer in enumerate(read) if "error" in answer]
    assert failed == [1, 2, 3, 4, 5, 6, 7, 11, 12, 14]
    assert read[0]["title"] == read[8]["title"] == read[13]["title"] == expected()["title"]
    assert set(read[0]) == set(read[13]) == FIELDS | {"id"}
    assert read[2] == {"error": "line 3: empty line"}  # answers stay in step with the lines
    assert read[3]["error"].startswith("line 4: expected a JSON object")
    assert read[5]["error"] == 'line 6: expected a "path"'
    assert "did you mean baocantho?" in read[6]["error"]
    assert read[8]["more"] == {"a": ["ă"]}
    assert read[9]["published_at"] is None  # the page cannot have been published after it was fetched
    assert read[10]["outlet"] == "baoangiang"
    assert read[12]["error"] == "line 13: encoding: expected a name such as utf-8, found 'utf-9'"
    assert set(read[14]) == {"id", "error"}


@pytest.mark.parametrize("name", ["baocantho__section_page2", "baocantho__video_page", "baocantho__old_font_right"])
def test_every_key_of_an_answer_is_kept_from_being_echoed(name: str) -> None:
    page = load(next(find(PROJECT / "tests" / "pages" / name)))
    assert set(said.answer(extraction.read(page, default_registry()))) <= said.KEYS


def test_the_service_answers_at_once(tmp_path: Path) -> None:
    """The answer is there while standard input is still open."""
    with subprocess.Popen(
        [sys.executable, "-m", "scrapy", "extract", "-"],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as service:
        assert service.stdin is not None
        assert service.stdout is not None
        for number in range(3):
            request = {"n": number, "path": str(SAVED / "page.html")}
            service.stdin.write(json.dumps(request) + "\n")
            service.stdin.flush()
            answer = json.loads(service.stdout.readline())
            assert (answer["n"], answer["title"]) == (number, expected()["title"])
        service.stdin.close()
        assert service.wait(timeout=30) == 0


def test_no_archive_is_made(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    run = run_scrapy("extract", SAVED / "page.html", "-s", f"ARCHIVE={tmp_path / 'a.db'}")
    assert run.returncode == 0
    assert list(tmp_path.iterdir()) == []
