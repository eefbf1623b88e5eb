"""``scrapy boilerplate`` on an archive of many articles of the invented press, and what it changes afterwards."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Archive
from tests.conftest import RunScrapy
from tests.induction.crowd import ADDRESS, OUTLET, PROMOTION, sentences
from tests.site.addresses import article as address
from tests.site.pages import article_page
from tests.site.stories import Piece, Story, stories

NEW = 999


def story(number: int) -> Story:
    """An article with text of its own between the paper's promotion and its address."""
    model = next(one for one in stories(1) if one.paper.name == OUTLET and one.layout == "figures")
    texts = [PROMOTION, *sentences(number, 5), ADDRESS]
    return replace(
        model,
        id=str(700000 + number),
        slug=f"bai-so-{number}",
        title=sentences(-number - 1, 1, 8)[0].rstrip("."),
        lead=sentences(number + 10000, 1)[0],
        pieces=tuple(Piece("paragraph", (text,)) for text in texts),
        byline="",
        dirt="",
    )


def save(folder: Path, number: int) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / f"{number}.html"
    file.write_bytes(article_page(story(number), 1))
    file.with_suffix(".json").write_text(json.dumps({"url": address(story(number))}), encoding="utf-8")
    return file


def record(path: Path, number: int) -> dict[str, Any]:
    with Archive.open(path, read_only=True) as archive:
        return archive.article(address(story(number))).revisions[-1]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crowd")
    for number in range(40):
        save(folder, number)
    return folder


@pytest.fixture
def archive(run_scrapy: RunScrapy, crowd: Path, tmp_path: Path) -> Path:
    assert run_scrapy("replay", crowd).returncode == 0
    return tmp_path / "archive.db"


def test_learnt_used_shown_exported_and_stopped(run_scrapy: RunScrapy, archive: Path, tmp_path: Path) -> None:
    assert record(archive, 3)["boilerplate"] is None
    nothing = run_scrapy("boilerplate")
    assert nothing.stdout == "no boilerplate was learnt yet; to learn it: scrapy boilerplate learn OUTLET\n"

    # Shown, but not used before somebody agrees.
    asked = run_scrapy("boilerplate", "learn", OUTLET)
    assert (asked.returncode, asked.stderr) == (
        1, f"scrapy boilerplate: {OUTLET}: not taken into use; --yes does so without asking\n"
    )  # fmt: skip
    assert [line.split()[:4] for line in asked.stdout.splitlines() if "40 of 40" in line] != []
    assert PROMOTION in asked.stdout
    assert ADDRESS in asked.stdout

    learnt = run_scrapy("boilerplate", "learn", OUTLET, "--yes")
    assert (learnt.returncode, learnt.stderr) == (0, "")
    version = json.loads(run_scrapy("boilerplate", "show", OUTLET, "--json").stdout)["version"]
    assert f"version {version} is in use" in learnt.stdout
    again = run_scrapy("boilerplate", "learn", OUTLET, "--yes")
    assert again.stdout.splitlines()[-1] == f"{OUTLET}: as before, version {version}"

    # A new page is cleaned with it, an old one is not taken for an edited one.
    page = save(tmp_path / "new", NEW)
    replayed = run_scrapy("replay", tmp_path / "new")
    assert replayed.returncode == 0
    stored = record(archive, NEW)
    assert (stored["body"], stored["boilerplate"]) == ("\n\n".join(sentences(NEW, 5)), version)
    assert {one["text"] for one in stored["dropped"] if one["rule"] == "boilerplate"} >= {PROMOTION, ADDRESS}
    save(tmp_path / "again", 3)
    assert "1 unchanged" in run_scrapy("replay", tmp_path / "again").stdout
    assert f"{version}" in run_scrapy("boilerplate").stdout

    # Extracting uses one only where it is given.
    exported = tmp_path / "learnt.json"
    exported.write_text(run_scrapy("boilerplate", "export", OUTLET).stdout, encoding="utf-8")
    plain = json.loads(run_scrapy("extract", page).stdout)
    given = json.loads(run_scrapy("extract", page, "--boilerplate", exported).stdout)
    assert (plain["paragraphs"][0], "boilerplate" in plain) == (PROMOTION, False)
    assert (given["paragraphs"], given["boilerplate"]) == (sentences(NEW, 5), version)

    stopped = run_scrapy("boilerplate", "stop", OUTLET)
    assert stopped.stdout == f"{OUTLET}: version {version} is no longer in use\n"
    save(tmp_path / "later", NEW + 1)
    assert run_scrapy("replay", tmp_path / "later").returncode == 0
    assert record(archive, NEW + 1)["body"].startswith(PROMOTION)
    used = run_scrapy("boilerplate", "use", exported)
    assert used.stdout == f"{OUTLET}: version {version} is in use\n"


def test_damaged_pages_are_named_and_the_others_teach(run_scrapy: RunScrapy, archive: Path) -> None:
    with Archive.open(archive) as opened:
        rows = opened.connection.execute("SELECT url, body_sha256 FROM fetches ORDER BY rowid").fetchall()
        damaged, deleted = rows[20], rows[30]
        opened.connection.execute("UPDATE bodies SET frame = x'00' WHERE sha256 = ?", (damaged[1],))
        opened.connection.execute("DELETE FROM bodies WHERE sha256 = ?", (deleted[1],))

    run = run_scrapy("boilerplate", "learn", OUTLET, "--yes")

    assert run.returncode == 1
    assert "38 articles read" in run.stdout
    assert "38 of 38" in run.stdout
    assert "is in use" in run.stdout
    told = run.stderr.splitlines()
    assert len(told) == 2
    assert any(damaged[0] in line and "does not decode" in line for line in told)
    assert any(deleted[0] in line and "no body" in line for line in told)


def test_few_articles_teach_nothing(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    for number in range(3):
        save(tmp_path / "few", number)
    run_scrapy("replay", tmp_path / "few")

    run = run_scrapy("boilerplate", "learn", OUTLET, "--yes")

    assert run.returncode == 1
    assert run.stdout.splitlines()[-1] == f"{OUTLET}: too few to learn from; it takes 30 of one layout"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["lern"], 2, "expected learn, show, export, use, stop, found 'lern'"),
        (["learn"], 2, "learn: expected a name"),
        (["learn", "baonix"], 2, "baonix"),
        (["learn", OUTLET, "--pages", "0"], 2, "--pages: expected a number from 1 to 1000000, found '0'"),
        (["learn", OUTLET, "--pages", "many"], 2, "--pages: expected a number from 1 to 1000000, found 'many'"),
        (["show", "x", "--yes"], 2, "--pages and --yes go with learn"),
        (["export", "a", "b"], 2, "export: expected one name, found 2"),
        (["stop", OUTLET], 1, f"no boilerplate is in use for {OUTLET}"),
        (["show", "nix"], 1, "no single version"),
        (["use", "README.md"], 1, "README.md: "),
    ],
)
def test_wrong_use_is_told(
    run_scrapy: RunScrapy, tmp_path: Path, arguments: list[str], code: int, message: str
) -> None:
    Archive.open(tmp_path / "archive.db").close()

    run = run_scrapy("boilerplate", *arguments)

    assert (run.returncode, run.stdout) == (code, "")
    assert message in run.stderr
    assert "Traceback" not in run.stderr


def test_a_file_that_is_none_is_told(run_scrapy: RunScrapy, crowd: Path, tmp_path: Path) -> None:
    for name, text in (("broken.json", "{"), ("other.json", '{"outlet": "baosongmay"}')):
        (tmp_path / name).write_text(text, encoding="utf-8")
        run = run_scrapy("extract", crowd / "1.html", "--boilerplate", tmp_path / name)
        assert (run.returncode, run.stdout) == (1, "")
        assert run.stderr.startswith(f"scrapy extract: {tmp_path / name}: ")
    missing = run_scrapy("extract", crowd / "1.html", "--boilerplate", tmp_path / "nix.json")
    assert missing.stderr == f"scrapy extract: {tmp_path / 'nix.json'}: No such file or directory\n"
