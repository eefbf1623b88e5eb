"""The URL ledger: what is to be fetched, what is being fetched, what came of it.

Unlike a queue in memory or on disk it changes in the transaction that stores the page, so a crawl that
is killed goes on where it was. States are those of the table ``urls``.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.archive.connection import explained, immediate
from crawler.archive.hashes import now_text, utc_text
from crawler.archive.model import Candidate, Lease, UrlKind
from crawler.archive.runs import know_outlet
from crawler.folding import storable
from crawler.items import Found
from crawler.urls import url_key

MAX_ATTEMPTS = 4  # failed attempts in a row after which a URL is given up until it is found again
BACKOFF = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6))  # before the 2nd, 3rd, 4th attempt
LEASE = timedelta(hours=6)  # much longer than a process takes for what it leases at once
ENDED = ("done", "failed", "gone", "blocked", "refused", "excluded")


@dataclass(frozen=True, slots=True)
class Came:
    """What a URL brought: the fetch, in which run, and the article if it was one."""

    outlet: str | None
    run: str
    fetch: str
    article: int | None = None
    kind: UrlKind = "article"


class Ledger:
    """The table ``urls`` of one connection. Each method is one transaction unless it runs inside one."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def add(self, run_id: str, outlet: str | None, urls: Iterable[Candidate]) -> int:
        """Record candidates and return how many were not known.

        A known section page or feed is fetched once more by each run that names it; a known article is not,
        except one that an earlier run gave up (failed, blocked).
        """
        with explained(self._path), immediate(self._connection):
            know_outlet(self._connection, outlet)
            return sum(self._add(run_id, outlet, candidate) for candidate in urls)

    def _add(self, run_id: str, outlet: str | None, candidate: Candidate) -> int:
        key, now, found = url_key(candidate.url), now_text(), candidate.found
        cursor = self._connection.execute(
            "INSERT INTO urls (url, outlet, kind, state, due_at, priority, found_at, found_run, found_on,"
            " found_title, found_date) VALUES (?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (key, outlet, candidate.kind, now, candidate.priority, now, run_id,
             url_key(found.on) if found.on else None, _text(found.title), _text(found.date)),
        )  # fmt: skip
        if cursor.rowcount:
            return 1
        self._connection.execute(
            "UPDATE urls SET state = 'pending', attempts = 0, due_at = ?, priority = ?, reason = NULL"
            " WHERE url = ? AND last_run IS NOT ?"
            " AND (state IN ('failed', 'blocked')"
            " OR (kind <> 'article' AND state NOT IN ('pending', 'leased')))",
            (now, candidate.priority, key, run_id),
        )
        return 0

    def recheck(self, outlet: str, since: datetime) -> int:
        """Make articles first seen since then pending again, each where it was last seen; return how many."""
        with explained(self._path), immediate(self._connection):
            return self._connection.execute(
                "UPDATE urls SET state = 'pending', attempts = 0, due_at = ?, priority = -1, reason = NULL"
                " WHERE state IN ('done', 'gone', 'failed', 'blocked') AND url IN"
                " (SELECT url FROM articles WHERE outlet = ? AND first_seen_at >= ?)",
                (now_text(), outlet, utc_text(since)),
            ).rowcount

    def lease(self, run_id: str, outlets: Sequence[str], limit: int) -> list[Lease]:
        """Hand at most ``limit`` due URLs of the outlets to the run.

        By priority; then what this run found before what an earlier one left; then in the order found, which
        on these sites is newest first. A lease that has expired is handed out again.
        """
        now = datetime.now(UTC)
        with explained(self._path), immediate(self._connection):
            rows = self._connection.execute(
                f"SELECT rowid, * FROM urls WHERE outlet IN ({_marks(outlets)}) AND due_at <= ? AND"
                " (state = 'pending' OR (state = 'leased' AND leased_until < ?))"
                " ORDER BY priority DESC, found_run IS NOT ?, rowid LIMIT ?",
                (*outlets, utc_text(now), utc_text(now), run_id, limit),
            ).fetchall()
            self._connection.executemany(
                "UPDATE urls SET state = 'leased', leased_by = ?, leased_pid = ?, leased_until = ?,"
                " last_run = ?"
                " WHERE rowid = ?",
                [(run_id, os.getpid(), utc_text(now + LEASE), run_id, row["rowid"]) for row in rows],
            )
        return [_lease(row) for row in rows]

    def release(self, outlet: str) -> int:
        """Take back every lease of the outlet, to be called by who holds its lock; return how many."""
        with explained(self._path), immediate(self._connection):
            return self._connection.execute(
                "UPDATE urls SET state = 'pending', leased_by = NULL, leased_pid = NULL, leased_until = NULL"
                " WHERE outlet = ? AND state = 'leased'",
                (outlet,),
            ).rowcount

    def finish(self, url: str, state: str, reason: str | None = None) -> None:
        """End a URL that brings no Reading: done, failed, gone, blocked, refused or excluded."""
        if state not in ENDED:
            raise ValueError(f"{state!r} is no state to end in; one of {', '.join(ENDED)}")
        with explained(self._path), immediate(self._connection):
            self._end(url_key(url), state, reason)

    def put_back(self, url: str) -> None:
        """Make a leased URL pending again, because what came could not be stored."""
        with explained(self._path), immediate(self._connection):
            self._connection.execute(
                "UPDATE urls SET state = 'pending', leased_by = NULL, leased_pid = NULL, leased_until = NULL"
                " WHERE url = ? AND state = 'leased'",
                (url_key(url),),
            )

    def pending(self, outlets: Sequence[str]) -> int:
        """Count URLs of the outlets still to be fetched, due or not, leased ones included."""
        with explained(self._path):
            row = self._connection.execute(
                f"SELECT count(*) FROM urls WHERE outlet IN ({_marks(outlets)}) AND state IN ('pending', 'leased')",
                tuple(outlets),
            ).fetchone()
        return int(row[0])

    # Inside the transaction that stores a page -------------------------------------------------------------

    def stored(self, key: str, came: Came, state: str = "done", reason: str | None = None) -> None:
        """Record what came of the URL ``key``, which need not have been in the ledger."""
        now = now_text()
        self._connection.execute(
            "INSERT INTO urls (url, outlet, kind, state, due_at, found_at) VALUES (?, ?, ?, 'done', ?, ?)"
            " ON CONFLICT DO NOTHING",
            (key, came.outlet, came.kind, now, now),
        )
        self._connection.execute(
            "UPDATE urls SET last_run = ?, last_fetch = ?, article = coalesce(?, article) WHERE url = ?",
            (came.run, came.fetch, came.article, key),
        )
        self._end(key, state, reason)

    def failed(self, key: str, came: Came, reason: str) -> None:
        """Record a failed attempt: pending again later, or ``failed`` after the last one."""
        row = self._connection.execute("SELECT attempts FROM urls WHERE url = ?", (key,)).fetchone()
        attempts = (row[0] if row else 0) + 1
        self.stored(key, came, "failed", reason)
        again = attempts < MAX_ATTEMPTS
        due = datetime.now(UTC) + (BACKOFF[attempts - 1] if again else timedelta())
        self._connection.execute(
            "UPDATE urls SET attempts = ?, state = ?, due_at = ? WHERE url = ?",
            (attempts, "pending" if again else "failed", utc_text(due), key),
        )

    def _end(self, key: str, state: str, reason: str | None) -> None:
        self._connection.execute(
            "UPDATE urls SET state = ?, reason = ?, attempts = CASE ? WHEN 'failed' THEN attempts ELSE 0 END,"
            " leased_by = NULL, leased_pid = NULL, leased_until = NULL WHERE url = ?",
            (state, reason, state, key),
        )


def _text(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _lease(row: sqlite3.Row) -> Lease:
    found = Found(on=row["found_on"], title=row["found_title"], date=row["found_date"])
    return Lease(row["url"], row["kind"], row["outlet"], found, row["attempts"])
