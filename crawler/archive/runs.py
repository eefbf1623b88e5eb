"""Runs, the mirror of the outlets, and the counts that add up."""

from __future__ import annotations

import json
import os
import sqlite3
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from crawler.archive.errors import NotFound
from crawler.archive.hashes import now_text
from crawler.archive.model import OutletCounts, RunSummary

if TYPE_CHECKING:
    from crawler.registry import Outlet


_PLURALS = {"section": "sections", "photo": "photos"}


def mirror_outlets(connection: sqlite3.Connection, outlets: Iterable[Outlet]) -> None:
    """Write the outlets' facts as the registry has them now; outlets it no longer has stay."""
    connection.executemany(
        "INSERT INTO outlets (name, title, province, family, evidence, home) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET title = excluded.title, province = excluded.province,"
        " family = excluded.family, evidence = excluded.evidence, home = excluded.home",
        [(one.name, one.title, one.province, one.family, one.evidence, one.home) for one in outlets],
    )


def know_outlet(connection: sqlite3.Connection, name: str | None) -> None:
    """Make sure rows may refer to the outlet ``name``."""
    if name is not None:
        connection.execute("INSERT INTO outlets (name) VALUES (?) ON CONFLICT DO NOTHING", (name,))


def start_run(
    connection: sqlite3.Connection, command: str, arguments: Mapping[str, Any], outlets: Sequence[str]
) -> str:
    """Record that a run begins and return its id."""
    run_id = str(uuid.uuid4())
    for name in outlets:
        know_outlet(connection, name)
    connection.execute(
        "INSERT INTO runs (id, command, arguments, outlets, pid, started_at) VALUES (?, ?, ?, ?, ?, ?)",
        (run_id, command, _json(dict(arguments)), _json(list(outlets)), os.getpid(), now_text()),
    )
    return run_id


def finish_run(connection: sqlite3.Connection, run_id: str, reason: str) -> None:
    """Record that the run ended, and what came of it."""
    counts = {name: asdict(one) for name, one in _count(connection, run_id).items()}
    connection.execute(
        "UPDATE runs SET finished_at = ?, finish_reason = ?, counts = ? WHERE id = ?",
        (now_text(), reason, _json(counts), run_id),
    )


def run_summary(connection: sqlite3.Connection, run_id: str) -> RunSummary:
    """Return what came of a run: as recorded when it finished, or as it stands. Raises NotFound."""
    row = connection.execute("SELECT * FROM runs WHERE id = ?", (run_id,)).fetchone()
    if row is None:
        raise NotFound(f"there is no run {run_id}")
    if row["counts"] is not None:
        outlets = {name: OutletCounts(**counts) for name, counts in json.loads(row["counts"]).items()}
    else:
        outlets = _count(connection, run_id)
    return RunSummary(row["id"], row["command"], row["started_at"], row["finished_at"], row["finish_reason"], outlets)


def _count(connection: sqlite3.Connection, run_id: str) -> dict[str, OutletCounts]:
    outlets: dict[str, OutletCounts] = {}
    for row in connection.execute(_FETCHED, {"run": run_id}):
        _count_fetch(outlets.setdefault(row["outlet"] or "", OutletCounts()), row)
    for row in connection.execute(_BESIDE, {"run": run_id}):
        counts = outlets.setdefault(row["outlet"] or "", OutletCounts())
        counts.bytes, counts.seconds = row["bytes"], row["seconds"]
    for row in connection.execute(_UNFETCHED, {"run": run_id}):
        _count_state(outlets.setdefault(row["outlet"] or "", OutletCounts()), row)
    return outlets


def _count_fetch(counts: OutletCounts, row: sqlite3.Row) -> None:
    outcome, number = row["outcome"], row["number"]
    if outcome == "rejected":
        counts.rejected[row["detail"]] = counts.rejected.get(row["detail"], 0) + number
    elif outcome == "failed":
        counts.failed[row["detail"]] = counts.failed.get(row["detail"], 0) + number
    else:
        name = _PLURALS.get(outcome, outcome)
        setattr(counts, name, getattr(counts, name) + number)
        counts.copies += row["copies"]


def _count_state(counts: OutletCounts, row: sqlite3.Row) -> None:
    state, number = row["state"], row["number"]
    if state in ("pending", "leased"):
        counts.pending += number
    elif state == "done":
        counts.sections += number
    elif state in ("failed", "gone"):
        counts.failed[row["reason"]] = counts.failed.get(row["reason"], 0) + number
    else:
        counts.skipped[state] = counts.skipped.get(state, 0) + number


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


# A failed attempt does not count where a later one of the same run brought something.
_FETCHED = """
SELECT fetches.outlet, outcome,
  CASE WHEN fetches.error IS NOT NULL THEN fetches.error
    WHEN rejections.kind = 'failed' THEN 'a rule failed'
    ELSE coalesce(rejections.kind, outcome) END AS detail,
  count(*) AS number,
  sum(outcome = 'new' AND articles.copy_of IS NOT NULL) AS copies
FROM fetches
LEFT JOIN rejections ON rejections.fetch = fetches.id
LEFT JOIN articles ON articles.id = fetches.article
WHERE run = :run AND NOT (
  fetches.url IS NOT NULL AND outcome = 'failed' AND EXISTS (
    SELECT 1 FROM fetches AS later
    WHERE later.run = :run AND later.url = fetches.url AND later.rowid > fetches.rowid))
GROUP BY 1, 2, 3
"""

_BESIDE = """
SELECT outlet, coalesce(sum(body_size), 0) AS bytes,
  CAST(round((julianday(max(fetched_at)) - julianday(min(fetched_at))) * 86400) AS INTEGER) AS seconds
FROM fetches WHERE run = :run GROUP BY 1
"""

_UNFETCHED = """
SELECT outlet, state, coalesce(reason, state) AS reason, count(*) AS number
FROM urls
WHERE (found_run = :run OR last_run = :run)
  AND NOT EXISTS (SELECT 1 FROM fetches WHERE fetches.run = :run AND fetches.url = urls.url)
  AND (last_run IS :run OR state IN ('pending', 'leased'))
GROUP BY 1, 2, 3
"""
