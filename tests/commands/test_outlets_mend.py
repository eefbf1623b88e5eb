"""``scrapy outlets mend``: new rules after a redesign, proven on the archive's pages and on the new ones."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from crawler.registry import OUTLETS_FOLDER
from tests.conftest import RunScrapy
from tests.induction.made_up import STORIES, first_edition, save, second_edition
from tests.site.pages import respond
from tests.site.truth import truth


@pytest.fixture
def outlets(run_scrapy: RunScrapy, tmp_path: Path) -> Path:
    """A folder with an outlet drafted from the first edition, whose pages are in the archive."""
    folder, old = tmp_path / "outlets", tmp_path / "old"
    files = [save(old, first_edition(story), story) for story in STORIES]
    assert run_scrapy("outlets", "new", *files[:2], "--out", folder).returncode == 0
    file = folder / "baodongsay.toml"
    file.write_text("# Nhớ hỏi lại tòa soạn.\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    assert run_scrapy("replay", old, "-s", f"OUTLETS_FOLDERS={folder}").returncode == 0
    return folder


def _new(folder: Path, **changes: str) -> list[Path]:
    markups = [second_edition(story) for story in STORIES]
    for old, new in changes.items():
        markups = [markup.replace(old, new) for markup in markups]
    return [save(folder, markup, story) for markup, story in zip(markups, STORIES, strict=True)]


def test_a_redesign_is_learnt_and_proven(run_scrapy: RunScrapy, tmp_path: Path, outlets: Path) -> None:
    new, setting = _new(tmp_path / "new"), ("-s", f"OUTLETS_FOLDERS={outlets}")
    file = outlets / "baodongsay.toml"
    before = file.read_text(encoding="utf-8")
    asked = run_scrapy("outlets", "mend", "baodongsay", *new[:2], *setting)
    assert asked.returncode == 1
    assert asked.stderr == "scrapy outlets: nothing written; --yes writes without asking\n"
    assert file.read_text(encoding="utf-8") == before
    mended = run_scrapy("outlets", "mend", "baodongsay", *new[:2], "--yes", *setting)
    assert (mended.returncode, mended.stderr) == (0, "")
    assert "DIFFERS" not in mended.stdout
    rows = [line.split() for line in mended.stdout.splitlines() if line.startswith(STORIES[0].url)]
    assert [STORIES[0].url, "paragraphs", "same", "same"] in rows
    assert "Other old pages read as before: 1 of 1" in mended.stdout
    assert '+body = ".prose"' in mended.stdout
    after = file.read_text(encoding="utf-8")
    assert after.startswith(before)
    for folder, markup in (("old", first_edition), ("new", second_edition)):
        read = run_scrapy("extract", tmp_path / folder, *setting)
        for line, story in zip(read.stdout.splitlines(), STORIES, strict=True):
            article = json.loads(line)
            assert (article["title"], article["lead"]) == (story.title, story.lead), markup
            assert (article["paragraphs"], article["authors"]) == (list(story.paragraphs), [story.author])
            assert article["provenance"]["paragraphs"] == "rule"


def test_a_proof_that_fails_writes_nothing(run_scrapy: RunScrapy, tmp_path: Path, outlets: Path) -> None:
    """One paragraph of an article is another now: the new page does not say what the archive has."""
    new = _new(tmp_path / "new", **{STORIES[1].paragraphs[1]: "Trạm bơm đã ngừng từ chiều qua."})
    out, setting = tmp_path / "mended.toml", ("-s", f"OUTLETS_FOLDERS={outlets}")
    failed = run_scrapy("outlets", "mend", "baodongsay", *new, "--yes", "--out", out, *setting)
    assert failed.returncode == 1
    assert "the proof fails: nothing written" in failed.stderr
    assert not out.exists()
    (row,) = [line.split() for line in failed.stdout.splitlines() if "DIFFERS" in line]
    assert row == [STORIES[1].url, "paragraphs", "same", "DIFFERS"]
    forced = run_scrapy("outlets", "mend", "baodongsay", *new, "--yes", "--force", "--out", out, *setting)
    assert forced.returncode == 0
    assert "[[layouts]]" in out.read_text(encoding="utf-8")


def test_pages_that_teach_nothing(run_scrapy: RunScrapy, tmp_path: Path, outlets: Path) -> None:
    setting = ("-s", f"OUTLETS_FOLDERS={outlets}")
    (new, *_), old = _new(tmp_path / "new"), tmp_path / "old"
    one = run_scrapy("outlets", "mend", "baodongsay", new, "--yes", *setting)
    assert one.returncode == 1
    assert "1 of the pages stand in the archive under the old markup" in one.stderr
    same = run_scrapy("outlets", "mend", "baodongsay", old, "--yes", *setting)
    assert same.returncode == 1
    assert same.stdout.count("the archive has no older page of it") == len(STORIES)
    (empty := tmp_path / "empty.html").touch()
    empty.with_suffix(".json").write_text(json.dumps({"url": STORIES[0].url}), encoding="utf-8")
    nothing = run_scrapy("outlets", "mend", "baodongsay", empty, "--yes", *setting)
    assert nothing.stdout == f"left out: {STORIES[0].url}: empty document\n"
    assert nothing.stderr.startswith("scrapy outlets: 0 of the pages stand in the archive")
    shutil.copy(OUTLETS_FOLDER / "baocantho.toml", outlets)
    other = run_scrapy("outlets", "mend", "baocantho", new, "--yes", *setting)
    assert other.stderr == f"scrapy outlets: {STORIES[0].url}: no page of baocantho\n"


def test_a_paper_of_a_family_gets_a_layout_of_its_own(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    """The bundled paper leaves its family's markup; its old pages still go by the family."""
    folder, old, new = tmp_path / "outlets", tmp_path / "old", tmp_path / "new"
    for made in (folder, old, new):
        made.mkdir()
    shutil.copy(OUTLETS_FOLDER / "baosongmay.toml", folder)
    records = [
        one for one in truth(1).values() if one["outlet"] == "baosongmay" and one["lead"] and not one["captions"]
    ]
    for record in records[:5]:
        name, path = record["key"].rpartition("/")[2], record["url"].partition(".test")[2]
        (old / f"{name}.html").write_bytes(respond("baosongmay.test", path, 1).body)
        text = "".join(f"<p>{paragraph}</p>" for paragraph in record["paragraphs"])
        byline = "".join(f'<em class="signed">{author}</em>' for author in record["authors"])
        (new / f"{name}.html").write_text(
            f'<html lang="vi"><head><link rel="canonical" href="{record["url"]}"><title>{record["title"]}</title>'
            f'</head><body><div class="piece"><h1 class="piece-head">{record["title"]}</h1>'
            f'<time class="piece-time">{record["published_at"]}</time>{byline}'
            f'<div class="piece-lead">{record["lead"]}</div><div class="piece-text">{text}</div></div></body></html>',
            encoding="utf-8",
        )
    setting = ("-s", f"OUTLETS_FOLDERS={folder}")
    assert run_scrapy("replay", old, *setting).returncode == 0
    mended = run_scrapy("outlets", "mend", "baosongmay", new, "--yes", *setting)
    assert (mended.returncode, mended.stderr) == (0, ""), mended.stdout
    text = (folder / "baosongmay.toml").read_text(encoding="utf-8")
    assert text.startswith((OUTLETS_FOLDER / "baosongmay.toml").read_text(encoding="utf-8"))
    assert 'body = ".piece-text"' in text
