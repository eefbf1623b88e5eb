"""The gate: what makes it fail, and what may change the floors."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.accuracy import floors
from tests.accuracy.__main__ import main
from tests.accuracy.rows import OWN

NAMES = ("baocantho__photo_table_theo", "baonghean__no_sapo_list", "baonghean__section")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    for name in NAMES:
        shutil.copytree(OWN / name, tmp_path / "own" / name)
    return tmp_path / "own"


@pytest.fixture
def pinned(own: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    file = tmp_path / "floors.toml"
    assert main(["--pin"], own, file) == 0
    assert main([], own, file) == 0
    assert "every floor is reached" in capsys.readouterr().out
    return file


def expect(own: Path, name: str, **fields: object) -> None:
    file = own / name / "expected.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | fields), "utf-8")


def raise_floor(file: Path, row: str, measure: str, value: float) -> None:
    sets = floors.load(file)
    sets["own"].rows[row][measure] = value
    floors.dump(sets, file)


def test_a_value_below_its_floor_fails_and_is_named(
    own: Path, pinned: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raise_floor(pinned, "baocantho", "para F1", 1.5)
    assert main([], own, pinned) == 1
    assert "own: baocantho: para F1 is 1, its floor is 1.5" in capsys.readouterr().err


def test_a_leak_above_its_ceiling_fails(own: Path, pinned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    raise_floor(pinned, "baocantho", "junk leaks", -1)
    assert main([], own, pinned) == 1
    assert "junk leaks is 0, its ceiling is -1" in capsys.readouterr().err


def test_a_changed_set_fails_and_names_its_pages(own: Path, pinned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    expect(own, NAMES[0], lead="Một câu khác.")
    shutil.rmtree(own / NAMES[1])
    assert main([], own, pinned) == 1
    told = capsys.readouterr().err
    assert f"missing: {NAMES[1]}" in told
    assert f"other: {NAMES[0]}" in told


def test_lowering_a_floor_needs_the_flag(own: Path, pinned: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = pinned.read_text("utf-8")
    expect(own, NAMES[0], lead="Một câu khác.")
    assert main(["--pin"], own, pinned) == 1
    assert "baocantho: lead is 0, its floor is 1 (lowering needs --allow-lower)" in capsys.readouterr().err
    assert pinned.read_text("utf-8") == before
    assert main(["--pin", "--allow-lower"], own, pinned) == 0
    assert floors.load(pinned)["own"].rows["baocantho"]["lead"] == 0
    assert main([], own, pinned) == 0


def test_raising_needs_no_flag(own: Path, pinned: Path) -> None:
    raise_floor(pinned, "baocantho", "lead", 0.25)
    assert main(["--pin"], own, pinned) == 0
    assert floors.load(pinned)["own"].rows["baocantho"]["lead"] == 1


def test_a_folder_that_is_not_there_is_skipped_and_named(
    own: Path, pinned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(OWN / NAMES[0], tmp_path / "more" / "baocantho__more")
    assert main([str(tmp_path / "more"), "--pin"], own, pinned) == 0
    assert "without rules" in capsys.readouterr().out
    shutil.rmtree(tmp_path / "more")
    assert main([str(tmp_path / "more")], own, pinned) == 0
    told = capsys.readouterr().out
    assert f"{tmp_path / 'more'}: no such folder" in told
    assert "not measured, since their folder was not given or is not there: more" in told


def test_another_folder_of_the_same_name_is_not_the_pinned_one(
    own: Path, pinned: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for place, page in (("a", NAMES[0]), ("b", NAMES[1])):
        shutil.copytree(OWN / page, tmp_path / place / "pages" / f"{page}_{place}")
    assert main([str(tmp_path / "a" / "pages"), "--pin"], own, pinned) == 0
    assert main([str(tmp_path / "b" / "pages")], own, pinned) == 0
    assert "no floors are pinned for these pages" in capsys.readouterr().out
