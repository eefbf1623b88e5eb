"""What the archive holds, at a glance."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import asdict
from pathlib import Path
from typing import Any

from crawler.archive.locks import is_held
from crawler.archive.model import OutletStatus, Status
from crawler.archive.runs import run_summary

RUNS = 10  # last runs shown

_OUTLETS = """
SELECT coalesce(names.outlet, '') AS outlet, title,
  (SELECT count(*) FROM articles WHERE outlet IS names.outlet) AS articles,
  (SELECT coalesce(sum(revisions), 0) FROM articles WHERE outlet IS names.outlet) AS revisions,
  (SELECT count(copy_of) FROM articles WHERE outlet IS names.outlet) AS copies,
  (SELECT count(gone_at) FROM articles WHERE outlet IS names.outlet) AS gone,
  (SELECT count(*) FROM rejections WHERE outlet IS names.outlet) AS rejected,
  (SELECT count(*) FROM urls WHERE outlet IS names.outlet AND state IN ('pending', 'leased')) AS pending,
  (SELECT count(*) FROM urls WHERE outlet IS names.outlet
     AND (state = 'failed' OR (state IN ('pending', 'leased') AND attempts > 0)))
  + (SELECT count(*) FROM fetches WHERE outlet IS names.outlet AND url IS NULL AND outcome = 'failed') AS failed,
  (SELECT count(*) FROM urls WHERE outlet IS names.outlet AND state = 'blocked') AS blocked,
  (SELECT count(*) FROM urls WHERE outlet IS names.outlet AND state = 'refused') AS refused,
  (SELECT count(*) FROM urls WHERE outlet IS names.outlet AND state = 'excluded') AS excluded,
  (SELECT max(published_day) FROM articles_latest AS latest WHERE latest.outlet IS names.outlet)
    AS newest_day,
  (SELECT until || ': ' || reason FROM rests WHERE rests.outlet IS names.outlet AND ended_at IS NULL
     AND until > strftime('%Y-%m-%dT%H:%M:%fZ', 'now') ORDER BY id DESC LIMIT 1) AS rests,
  fetched.last_fetch,
  (SELECT run FROM fetches WHERE fetches.rowid = fetched.newest) AS last_run
FROM (SELECT name AS outlet, title FROM outlets UNION ALL SELECT NULL, NULL) AS names
LEFT JOIN (
  SELECT outlet, max(fetched_at) AS last_fetch, max(rowid) AS newest FROM fetches GROUP BY outlet
) AS fetched ON fetched.outlet IS names.outlet
WHERE newest IS NOT NULL OR EXISTS (SELECT 1 FROM urls WHERE outlet IS names.outlet)
ORDER BY names.outlet IS NULL, names.outlet
"""


def status(connection: sqlite3.Connection, path: Path) -> Status:
    """Count what the archive holds; outlets of which it holds nothing are left out."""
    outlets = [OutletStatus(**dict(row)) for row in connection.execute(_OUTLETS)]
    bodies = connection.execute(
        "SELECT count(*), coalesce(sum(size), 0), coalesce(sum(length(frame)), 0) FROM bodies"
    ).fetchone()
    dictionaries = connection.execute("SELECT coalesce(sum(length(content)), 0) FROM dictionaries").fetchone()
    photos = connection.execute(
        "SELECT count(*), coalesce(sum(size), 0)"
        " FROM (SELECT DISTINCT sha256, size FROM photos WHERE sha256 IS NOT NULL)"
    ).fetchone()
    return Status(
        path=str(path),
        size=sum(file.stat().st_size for file in _files(path)),
        articles=_count(connection, "articles"),
        revisions=_count(connection, "revisions"),
        bodies=bodies[0],
        bodies_size=bodies[1],
        frames_size=bodies[2] + dictionaries[0],
        photos=photos[0],
        photos_size=photos[1],
        outlets=outlets,
        runs=_last_runs(connection, path),
    )


def last_crawl(connection: sqlite3.Connection) -> str | None:
    """When the last crawl ended, whatever came of it; UTC text, ``None`` when none ever did."""
    row = connection.execute("SELECT max(finished_at) FROM runs WHERE command LIKE 'crawl%'").fetchone()
    return str(row[0]) if row[0] else None


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _files(path: Path) -> list[Path]:
    return [file for file in (path, path.with_name(path.name + "-wal")) if file.exists()]


def _last_runs(connection: sqlite3.Connection, path: Path) -> list[dict[str, Any]]:
    rows = connection.execute("SELECT * FROM runs ORDER BY rowid DESC LIMIT ?", (RUNS,)).fetchall()
    return [_run(connection, row, path) for row in rows]


def _run(connection: sqlite3.Connection, row: sqlite3.Row, path: Path) -> dict[str, Any]:
    decode = ("arguments", "outlets", "counts")
    run = {key: json.loads(value) if key in decode and value else value for key, value in dict(row).items()}
    if run["finished_at"]:
        return {**run, "state": "ended"}
    counts = {name: asdict(one) for name, one in run_summary(connection, run["id"]).outlets.items()}
    return {**run, "counts": counts, "state": "running" if _lives(run, path) else "killed"}


def _lives(run: dict[str, Any], path: Path) -> bool:
    """Whether the run's process is there, and, since its number may be another's by now, holds its locks."""
    try:
        os.kill(run["pid"], 0)
    except PermissionError:
        pass  # another user's
    except (OSError, TypeError, OverflowError):
        return False
    locking = run["command"].startswith("crawl") and run["outlets"]
    return not locking or any(is_held(path, outlet) for outlet in run["outlets"])
