"""``kill -9`` at fifty random moments of crawls of 400 pages, each started again until it is done."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Archive
from tests.crawl.crawling import Rows, command, content, crawl, killed_after, sound
from tests.site.press import Press

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

SEED = 20261127
CRAWLS, KILLS = 10, 5  # crawls, and kills in each
TIMES = 7  # the press's articles so often: more than 400


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """The press; for each edition the archive before it, what is held after it, seconds to start and in all."""

    press: Press
    before: dict[int, Path | None]
    after: dict[int, dict[str, Any]]
    seconds: dict[int, tuple[float, float]]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Undisturbed]:
    folder = tmp_path_factory.mktemp("undisturbed")
    archive, first = folder / "archive.db", folder / "first.db"
    with Press(times=TIMES) as press:
        found = Undisturbed(press, {1: None, 2: first}, {}, {})
        for edition in (1, 2):
            press.edition = edition
            press.forget()
            began, started = time.time(), time.monotonic()
            crawl(archive, press.address)
            took = time.monotonic() - started
            found.seconds[edition] = (press.log[0].time.timestamp() - began, took)
            sound(archive)
            found.after[edition] = held(archive)
            if edition == 1:
                shutil.copy(archive, first)
        yield found


@pytest.mark.parametrize("number", range(CRAWLS))
def test_killed_again_and_again(number: int, undisturbed: Undisturbed, tmp_path: Path) -> None:
    """Every second crawl is one of the second edition over what the first left."""
    chance = random.Random(SEED + number)
    edition = 1 + number % 2
    press, archive = undisturbed.press, tmp_path / "archive.db"
    press.edition = edition
    if before := undisturbed.before[edition]:
        shutil.copy(before, archive)
    start, whole = undisturbed.seconds[edition]
    acknowledged: set[tuple[Any, ...]] = set()
    kills = 0
    for _ in range(KILLS):
        # From the first request on, so that five of them fall into one crawl.
        moment = start + chance.uniform(0, (whole - start) / 3)
        kills += killed_after(moment, command(archive, press.address))
        acknowledged |= stored(archive)
    crawl(archive, press.address)

    print(f"seed {SEED} + {number}, edition {edition}: killed {kills} times, {len(acknowledged)} fetches stored")
    assert kills >= KILLS - 2  # else the moments are not in the crawl
    assert acknowledged
    assert acknowledged <= stored(archive)
    sound(archive)
    assert held(archive) == undisturbed.after[edition]
    every_body_decodes(archive)


def stored(archive: Path) -> set[tuple[Any, ...]]:
    """Every fetch of the archive, and what came of it."""
    if not archive.exists():
        return set()
    with Rows(archive) as rows:
        if not rows("SELECT 1 FROM sqlite_master WHERE name = 'fetches'"):
            return set()
        return set(rows("SELECT id, url, outcome, body_sha256, article FROM fetches"))


def held(archive: Path) -> dict[str, Any]:
    """The content, with copies as groups: which of many came first depends on the kills."""
    whole = content(archive)
    groups: list[set[str]] = []
    for pair in whole.pop("copies"):
        near = [group for group in groups if group & set(pair)]
        groups = [group for group in groups if group not in near] + [set(pair).union(*near)]
    assert len([key for key, number, _ in whole["revisions"] if number == 1]) > 400
    return {**whole, "copies": sorted(map(sorted, groups))}


def every_body_decodes(archive: Path) -> None:
    with Archive.open(archive, read_only=True) as opened:
        bodies = [row[0] for row in opened.connection.execute("SELECT sha256 FROM bodies")]
        assert all(opened.bodies.get(sha256) for sha256 in bodies)
