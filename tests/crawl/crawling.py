"""Real crawls of the bundled press: the command line as a user types it, and what it left in the archive."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crawler.archive import OutletCounts

PROJECT = Path(__file__).resolve().parents[2]
PAPERS = ("baosongmay", "baonuibiec")
DUE = ("-s", "REVISIT_ALL=False")


def command(
    archive: Path, loopback: str, outlets: Sequence[str] = PAPERS, *options: str, delay: float = 0
) -> list[str]:
    """``scrapy crawl news`` of the press, without the waiting that real papers are owed, and without photos.

    Everything known is fetched again, due or not; ``DUE`` among the options leaves it at what is due.
    """
    settings = {
        "ARCHIVE": archive,
        "LOOPBACK": loopback,
        "DOWNLOAD_DELAY": delay,
        "AUTOTHROTTLE_ENABLED": False,
        "LOG_LEVEL": "WARNING",
        "REVISIT_ALL": True,
        "PHOTOS": False,
    }
    pairs = [text for name, value in settings.items() for text in ("-s", f"{name}={value}")]
    spider = ["crawl", "news", "-a", f"outlets={','.join(outlets)}"]
    return [sys.executable, "-m", "scrapy", *spider, *pairs, *options]


def crawl(
    archive: Path,
    loopback: str,
    outlets: Sequence[str] = PAPERS,
    *options: str,
    expect: int = 0,
    delay: float = 0,
    program: Sequence[str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Crawl to the end; ``expect`` is the exit code it must have. ``program`` stands for ``python -m scrapy``."""
    arguments = command(archive, loopback, outlets, *options, delay=delay)
    if program is not None:
        arguments[1:3] = program
    done = subprocess.run(
        arguments, cwd=PROJECT, env=environment(), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == expect, done.stderr
    return done


def environment() -> dict[str, str]:
    """The tests' environment, without an archive of the user's."""
    return {**os.environ, "BAOTINH_ARCHIVE": "/nonexistent/archive.db", "PYTHONIOENCODING": "utf-8"}


def killed_after(seconds: float, arguments: Sequence[str]) -> bool:
    """Start a program and ``kill -9`` it after so many seconds; false when it had ended by itself."""
    process = subprocess.Popen(
        arguments, cwd=PROJECT, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


class Rows:
    """An archive read with nothing but SQLite."""

    def __init__(self, archive: Path) -> None:
        self._connection = sqlite3.connect(f"{archive.as_uri()}?mode=ro", uri=True)
        self._connection.row_factory = sqlite3.Row

    def __call__(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self._connection.execute(sql, values)]

    def one(self, sql: str, *values: Any) -> Any:
        """The first column of the only row."""
        ((value, *_),) = self(sql, *values)
        return value

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> Rows:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def content(archive: Path) -> dict[str, Any]:
    """What the archive holds, without times, ids and what depends on which of two pages came first."""
    with Rows(archive) as rows:
        revisions = rows(
            "SELECT key, number, content_hash FROM revisions JOIN articles ON articles.id = article ORDER BY 1, 2"
        )
        copies = rows(
            "SELECT copy.key, original.key FROM articles AS copy JOIN articles AS original"
            " ON original.id = copy.copy_of"
        )
        return {
            "revisions": revisions,
            "copies": sorted(tuple(sorted(pair)) for pair in copies),
            "urls": rows("SELECT url, kind, state FROM urls ORDER BY 1"),
            "rejections": rows("SELECT DISTINCT url, kind FROM rejections ORDER BY 1"),
            "gone": rows("SELECT key FROM articles WHERE gone_at IS NOT NULL ORDER BY 1"),
        }


def adds_up(archive: Path) -> None:
    """In the last run each candidate that was dealt with, or found and left, has exactly one outcome."""
    with Rows(archive) as rows:
        run, counts = rows("SELECT id, counts FROM runs ORDER BY rowid DESC LIMIT 1")[0]
        dealt_with = rows.one(
            "SELECT count(*) FROM urls WHERE last_run = ?1"
            " OR (found_run = ?1 AND last_run IS NULL AND state IN ('pending', 'leased'))",
            run,
        )
    assert sum(OutletCounts(**outlet).found for outlet in json.loads(counts).values()) == dealt_with


def sound(archive: Path) -> None:
    """Nothing leased, nothing twice, nothing damaged."""
    with Rows(archive) as rows:
        assert rows("SELECT url FROM urls WHERE state IN ('leased', 'pending')") == []
        assert rows("SELECT key FROM articles GROUP BY key HAVING count(*) > 1") == []
        twice = "SELECT article FROM revisions GROUP BY article, content_hash HAVING count(*) > 1"
        assert rows(twice) == []
        assert rows("PRAGMA integrity_check") == [("ok",)]
        assert rows("PRAGMA foreign_key_check") == []
