"""``scrapy outlets new``: an outlet from saved pages, by one command and without code."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.registry import Registry
from tests.conftest import PROJECT, RunScrapy
from tests.induction.made_up import HOST, STORIES, first_edition, save
from tests.site.pages import respond
from tests.site.truth import Record, truth

# The bundled paper under another name: a paper of the same family that nobody has seen.
KNOWN, UNSEEN = "baosongmay.test", "baobenlau.test"


def _records() -> list[Record]:
    found = [record for record in truth(1).values() if record["outlet"] == "baosongmay" and record["lead"]]
    return sorted(found, key=lambda record: -len(record["paragraphs"]))[:3]


def _save_unseen(folder: Path, record: Record) -> Path:
    path = record["url"].partition(KNOWN)[2]
    markup = respond(KNOWN, path, 1).body.decode().replace(KNOWN, UNSEEN)
    file = folder / f"{record['key'].rpartition('/')[2]}.html"
    file.write_text(markup, encoding="utf-8")
    return file


def test_a_paper_of_family_a_takes_two_pages_and_one_command(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    *given, other = _records()
    files = [_save_unseen(tmp_path, record) for record in given]
    made = run_scrapy("outlets", "new", *files, "--out", tmp_path / "mine")
    assert (made.returncode, made.stderr) == (0, "")
    assert "family onecms, whose layouts read 2 of 2 articles" in made.stdout
    draft = tomllib.loads((tmp_path / "mine" / "baobenlau.toml").read_text(encoding="utf-8"))
    assert (draft["family"], draft["province"], draft["hosts"]) == ("onecms", "Sông Mây", [UNSEEN])
    assert "layouts" not in draft
    assert "/thoi-su" in draft["sections"]
    read = run_scrapy("extract", _save_unseen(tmp_path, other), "-s", f"OUTLETS_FOLDERS={tmp_path / 'mine'}")
    article = json.loads(read.stdout)
    assert article["outlet"] == "baobenlau"
    assert article["layout"] == "onecms-detail"
    for field in ("title", "published_at", "authors", "lead", "paragraphs", "captions", "tags"):
        assert article[field] == other[field], field


@pytest.fixture
def saved(tmp_path: Path) -> list[Path]:
    return [save(tmp_path / "saved", first_edition(story), story) for story in STORIES]


def test_an_unknown_cms_is_learnt_from_two_pages(run_scrapy: RunScrapy, tmp_path: Path, saved: list[Path]) -> None:
    named = ("--title", "Đồng Sậy Online", "--province", "Đồng Sậy")
    made = run_scrapy("outlets", "new", *saved[:2], "--out", tmp_path, *named)
    assert (made.returncode, made.stderr) == (0, "")
    assert "no known family of CMS; selectors learnt from 2 articles" in made.stdout
    assert STORIES[0].title in made.stdout
    assert "4 paragraphs, 0 captions, layout detail" in made.stdout
    (title,) = [line.split() for line in made.stdout.splitlines() if line.startswith("title ")]
    assert title == ["title", "75%", "2", "of", "2", "h1.story-title"]
    draft = tomllib.loads((tmp_path / "baodongsay.toml").read_text(encoding="utf-8"))
    assert (draft["title"], draft["province"]) == ("Đồng Sậy Online", "Đồng Sậy")
    assert draft["urls"] == [{"space": "n", "path": r"-n(?P<id>\d+)\.html$"}]
    assert (draft["feeds"], draft["skip"]) == (["/rss/home.rss"], ["/video/"])
    assert draft["evidence_note"].startswith("draft made from 2 pages")
    read = run_scrapy("extract", saved[2], "-s", f"OUTLETS_FOLDERS={tmp_path}")
    article = json.loads(read.stdout)
    assert (article["title"], article["paragraphs"]) == (STORIES[2].title, list(STORIES[2].paragraphs))
    assert (article["provenance"]["title"], article["layout"], article["warnings"]) == ("rule", "detail", [])


def test_an_existing_file_is_kept(run_scrapy: RunScrapy, tmp_path: Path, saved: list[Path]) -> None:
    file = tmp_path / "baodongsay.toml"
    file.write_text("# mine\n", encoding="utf-8")
    kept = run_scrapy("outlets", "new", *saved, "--out", tmp_path)
    assert (kept.returncode, file.read_text(encoding="utf-8")) == (1, "# mine\n")
    assert "is there already" in kept.stderr
    assert run_scrapy("outlets", "new", *saved, "--out", tmp_path, "--force").returncode == 0
    assert Registry.load([tmp_path]).get("baodongsay").hosts == (HOST,)
    clash = run_scrapy("outlets", "new", *saved, "--out", tmp_path, "--name", "baokhac")
    assert clash.returncode == 1
    assert f"{HOST} is a host of {file} already" in clash.stderr


def test_a_domain_is_drafted_from_the_archive(run_scrapy: RunScrapy, tmp_path: Path, saved: list[Path]) -> None:
    assert run_scrapy("outlets", "new", HOST, "--out", tmp_path).returncode == 1
    Archive.open(tmp_path / "archive.db").close()
    empty = run_scrapy("outlets", "new", HOST, "--out", tmp_path)
    assert empty.returncode == 1
    assert empty.stderr.startswith(f"scrapy outlets: the archive has no page of {HOST}: save two or more articles")
    assert run_scrapy("replay", saved[0].parent).returncode == 0
    made = run_scrapy("outlets", "new", f"https://www.{HOST}/", "--out", tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    assert "learnt from 3 articles" in made.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["new"], 2, "new: expected DOMAIN or PATH…"),
        (["new", "nowhere/"], 1, "nowhere: no such file or folder"),
        (["new", "nowhere.html"], 1, "nowhere.html: no such file or folder"),
        (["new", "a.html", "b.html", "--url", "https://x.vn/a-1.html"], 2, "--url is the URL of one page"),
        (["new", "README.md", "--url", "x"], 1, "url: expected an http(s) URL"),
        (["new", "README.md", "--yes"], 2, "--yes goes with mend"),
        (["new", "README.md", "--json"], 2, "--json goes with no action"),
        (["--out", "x"], 2, "--out goes with new or mend"),
        (["mend", "baocantho"], 2, "mend: expected NAME PATH…"),
        (["mend", "baocanto", "README.md"], 2, "unknown outlet 'baocanto', did you mean baocantho?"),
        (["mend", "baocantho", "README.md", "--name", "x"], 2, "--name goes with new"),
        (["-s", "OUTLETS_FOLDERS=/nowhere"], 2, "setting OUTLETS_FOLDERS: expected folders, found '/nowhere'"),
    ],
)
def test_wrong_usage(run_scrapy: RunScrapy, arguments: list[str], code: int, message: str) -> None:
    run = run_scrapy("outlets", *arguments)
    assert (run.returncode, run.stdout) == (code, "")
    assert message in run.stderr
    assert "Traceback" not in run.stderr


def test_pages_that_will_not_do(run_scrapy: RunScrapy, tmp_path: Path, saved: list[Path]) -> None:
    pages = PROJECT / "tests" / "pages"
    nameless = tmp_path / "nameless.html"
    nameless.write_text(first_edition(STORIES[0]).replace('rel="canonical"', 'rel="x"'), encoding="utf-8")
    for paths, message in (
        ([saved[0]], "one article only, and no known family of CMS fits it"),
        ([saved[0], pages / "baonghean__no_sapo_list" / "page.html"], "pages of different hosts: baonghean.vn and "),
        (
            [pages / "baonghean__section" / "page.html"],
            "no id of an article found in the path of https://baonghean.vn/",
        ),
        ([pages / "baocantho__video_page" / "page.html"], "no article among 1 page: "),
        ([nameless], "a page without an address: give --url"),
    ):
        run = run_scrapy("outlets", "new", *paths, "--out", tmp_path / "out")
        assert (run.returncode, run.stdout) == (1, ""), paths
        assert message in run.stderr
    assert not (tmp_path / "out").exists()
