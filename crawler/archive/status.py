"""What the archive holds, at a glance."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

from crawler.archive.model import OutletStatus, Status

RUNS = 10  # last runs shown

_OUTLETS = """
SELECT coalesce(names.outlet, '') AS outlet, title,
  (SELECT count(*) FROM articles WHERE outlet IS names.outlet) AS articles,
  (SELECT coalesce(sum(revisions), 0) FROM articles WHERE outlet IS names.outlet) AS revisions,
  (SELECT count(copy_of) FROM articles WHERE outlet IS names.outlet) AS copies,
  (SELECT count(gone_at) FROM articles WHERE outlet IS names.outlet) AS gone,
  (SELECT count(*) FROM rejections WHERE outlet IS names.outlet) AS rejected,
  (SELECT count(*) FROM urls WHERE outlet IS names.outlet AND state IN ('pending', 'leased')) AS pending,
  (SELECT count(*) FROM urls WHERE outlet IS names.outlet AND state IN ('failed', 'blocked')) AS failed,
  (SELECT max(published_day) FROM articles_latest AS latest WHERE latest.outlet IS names.outlet)
    AS newest_day,
  fetched.last_fetch,
  (SELECT run FROM fetches WHERE fetches.rowid = fetched.newest) AS last_run
FROM (SELECT name AS outlet, title FROM outlets UNION ALL SELECT NULL, NULL) AS names
LEFT JOIN (
  SELECT outlet, max(fetched_at) AS last_fetch, max(rowid) AS newest FROM fetches GROUP BY outlet
) AS fetched ON fetched.outlet IS names.outlet
WHERE newest IS NOT NULL OR pending > 0
ORDER BY names.outlet IS NULL, names.outlet
"""


def status(connection: sqlite3.Connection, path: Path) -> Status:
    """Count what the archive holds; outlets of which it holds nothing are left out."""
    outlets = [OutletStatus(**dict(row)) for row in connection.execute(_OUTLETS)]
    bodies = connection.execute(
        "SELECT count(*), coalesce(sum(size), 0), coalesce(sum(length(frame)), 0) FROM bodies"
    ).fetchone()
    dictionaries = connection.execute("SELECT coalesce(sum(length(content)), 0) FROM dictionaries").fetchone()
    return Status(
        path=str(path),
        size=sum(file.stat().st_size for file in _files(path)),
        articles=_count(connection, "articles"),
        revisions=_count(connection, "revisions"),
        bodies=bodies[0],
        bodies_size=bodies[1],
        frames_size=bodies[2] + dictionaries[0],
        outlets=outlets,
        runs=_last_runs(connection),
    )


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _files(path: Path) -> list[Path]:
    return [file for file in (path, path.with_name(path.name + "-wal")) if file.exists()]


def _last_runs(connection: sqlite3.Connection) -> list[dict[str, Any]]:
    rows = connection.execute("SELECT * FROM runs ORDER BY rowid DESC LIMIT ?", (RUNS,))
    decode = ("arguments", "outlets", "counts")
    return [
        {key: json.loads(value) if key in decode and value else value for key, value in dict(row).items()}
        for row in rows
    ]
