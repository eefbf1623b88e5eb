"""``kill -9`` at any moment, and the same command again: the same archive as if nothing had happened."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.crawling import DUE, PAPERS, command, content, crawl, killed_after, sound
from tests.site.press import Press

SEED = 20261123
TRIES = 20


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """The press, and for each edition: the archive before it, the content after it, the seconds it took."""

    press: Press
    before: dict[int, Path | None]
    after: dict[int, dict[str, Any]]
    seconds: dict[int, float]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Undisturbed]:
    """Crawl both editions without a disturbance."""
    folder = tmp_path_factory.mktemp("undisturbed")
    archive, first = folder / "archive.db", folder / "first.db"
    with Press() as press:
        found = Undisturbed(press, {1: None, 2: first}, {}, {})
        for edition in (1, 2):
            press.edition = edition
            started = time.monotonic()
            crawl(archive, press.address)
            found.seconds[edition] = time.monotonic() - started
            sound(archive)
            found.after[edition] = content(archive)
            if edition == 1:
                shutil.copy(archive, first)
        yield found


@pytest.mark.parametrize("number", range(TRIES))
def test_killed_at_a_random_moment(number: int, undisturbed: Undisturbed, tmp_path: Path) -> None:
    """Every second try in the second edition, over what the first left; every fourth killed twice.

    In every other try of the first edition, what starts again fetches what is due only.
    """
    chance = random.Random(SEED + number)
    edition = 1 + number % 2
    press, seconds, archive = undisturbed.press, undisturbed.seconds[edition], tmp_path / "archive.db"
    press.edition = edition
    options = DUE if number % 4 == 0 else ()
    if before := undisturbed.before[edition]:
        shutil.copy(before, archive)
    moments = [chance.uniform(0.25, 1.0) * seconds for _ in range(2 if number % 4 > 2 else 1)]
    kills = [killed_after(moment, command(archive, press.address, PAPERS, *options)) for moment in moments]
    at = ", ".join(f"{moment:.2f} s" for moment in moments)
    print(f"seed {SEED} + {number}, edition {edition}: killed after {at} of {seconds:.2f} s: {kills}")
    crawl(archive, press.address, PAPERS, *options)
    sound(archive)
    assert content(archive) == undisturbed.after[edition]
