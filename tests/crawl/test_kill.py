"""``kill -9`` at any moment, and the same command again: the same archive as if nothing had happened."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawl.crawling import command, content, crawl, killed_after, sound
from tests.site.press import Press

SEED = 20261123
TRIES = 20


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press(edition=1) as press:
        yield press


@pytest.fixture(scope="module")
def undisturbed(press: Press, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, object], float]:
    """The content of an undisturbed crawl, and how many seconds it took."""
    archive = tmp_path_factory.mktemp("undisturbed") / "archive.db"
    started = time.monotonic()
    crawl(archive, press.address)
    seconds = time.monotonic() - started
    sound(archive)
    return content(archive), seconds


@pytest.mark.parametrize("number", range(TRIES))
def test_killed_at_a_random_moment(
    number: int, press: Press, undisturbed: tuple[dict[str, object], float], tmp_path: Path
) -> None:
    expected, seconds = undisturbed
    chance = random.Random(SEED + number)
    archive = tmp_path / "archive.db"
    moments = [chance.uniform(0.2, 1.0) * seconds for _ in range(2 if number % 4 == 3 else 1)]
    kills = [killed_after(moment, command(archive, press.address)) for moment in moments]
    print(f"seed {SEED}+{number}: killed after {', '.join(f'{moment:.2f}' for moment in moments)} s, {kills}")
    crawl(archive, press.address)
    sound(archive)
    assert content(archive) == expected
