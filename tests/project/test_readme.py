"""The README says what there is: commands, settings, newspapers, make targets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler import settings
from crawler.archive import Archive
from tests.readme import README, current

ROOT = Path(__file__).parents[2]
TEXT = README.read_text("utf-8")
COMMANDS = sorted(path.stem for path in (ROOT / "crawler" / "commands").glob("[a-z]*.py"))
SCRAPY_SETTINGS = {name for name in dir(settings) if name.isupper()}
OWN_SETTINGS = re.findall(r"``([A-Z_]+)``", settings.__doc__ or "")


def test_the_table_of_newspapers_is_that_of_the_registry() -> None:
    assert current() == TEXT, "README.md is stale: .venv/bin/python -m tests.readme"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"`scrapy {command}" in TEXT


@pytest.mark.parametrize("name", sorted(OWN_SETTINGS))
def test_every_setting_of_ours_is_documented(name: str) -> None:
    assert name in SCRAPY_SETTINGS
    assert f"| `{name}` |" in TEXT


def test_the_sql_of_the_readme_runs(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    Archive.open(path).close()
    statements = re.findall(r'sqlite3 archive\.db "(SELECT [^"]+)"', TEXT)
    assert statements
    with Archive.open(path, read_only=True) as archive:
        for statement in statements:
            archive.connection.execute(statement).fetchall()


def test_every_make_target_the_readme_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"(?:`|\$ )make ([a-z]+)\b", TEXT))
    assert named
    assert named <= targets, named - targets


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:crawler|pipelines|tests)/[\w/.-]+)`", TEXT))))
def test_every_path_the_readme_names_exists(path: str) -> None:
    assert (ROOT / path).exists()
