"""A process killed at any moment leaves an archive that the next one finishes."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path
from typing import Any

from crawler.archive import Archive, Candidate
from tests.archive.conftest import Ask
from tests.archive.make import OUTLET, RICE, article, reading, rejection, url

SPAWN = multiprocessing.get_context("spawn")
PAGES = 120
CONTENT = """
SELECT latest.key, latest.title, body, tags, latest.revisions, original.key AS copy_of
FROM articles_latest AS latest LEFT JOIN articles AS original ON original.id = latest.copy_of
ORDER BY latest.key
"""


def crawl(path: Path, started: Any = None) -> None:
    """Work off the ledger, as a crawl does."""
    with Archive.open(path) as archive:
        run = archive.start_run("crawl news", {}, [OUTLET])
        archive.ledger.release(OUTLET)
        archive.ledger.add(run, OUTLET, [Candidate(url(number)) for number in range(PAGES)])
        if started is not None:
            started.set()
        while leases := archive.ledger.lease(run, [OUTLET], 7):
            for lease in leases:
                number = int(lease.url.rpartition("-a")[2].partition(".")[0])
                if number % 10 == 9:
                    archive.store(reading(rejection(number=number), at=number), run)
                    continue
                text = RICE if number % 10 == 3 else f"Bài {number}. {RICE}"
                page = article(number, text, title=f"Lúa được giá {number}", tags=[f"thẻ {number % 5}"])
                archive.store(reading(page, at=number), run)
        archive.finish_run(run, "finished")


def test_killed_at_random_moments(tmp_path: Path):
    undisturbed, disturbed = tmp_path / "undisturbed.db", tmp_path / "disturbed.db"
    crawl(undisturbed)
    chance = random.Random(7)
    kills = 0
    while kills < 8:
        started = SPAWN.Event()
        process = SPAWN.Process(target=crawl, args=(disturbed, started))
        process.start()
        assert started.wait(30)
        time.sleep(chance.uniform(0, 0.06))
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        kills += 1
    crawl(disturbed)

    with Archive.open(undisturbed) as expected, Archive.open(disturbed) as archive:
        ask = Ask(archive)
        assert ask.rows(CONTENT) == Ask(expected).rows(CONTENT)
        assert ask.one("PRAGMA integrity_check") == "ok"
        ask.indexes_agree()
        assert ask.rows("SELECT DISTINCT state FROM urls") == [{"state": "done"}]
        for table in ("articles", "revisions", "fetches", "rejections", "bodies"):
            assert ask.count(table) == Ask(expected).count(table), table
        # it was killed in the midst of its work, not before or after
        assert ask.one("SELECT count(DISTINCT run) FROM fetches") > 1
