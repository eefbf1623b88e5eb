"""The URL ledger: what is to be fetched, what is being fetched, what came of it.

Unlike a queue in memory or on disk it changes in the transaction that stores the page, so a crawl that
is killed goes on where it was. States are those of the table ``urls``.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.archive.connection import explained, immediate
from crawler.archive.hashes import utc_text
from crawler.archive.model import Candidate, Lease, UrlKind
from crawler.archive.runs import know_outlet
from crawler.archive.visits import BELIEVED, Visits, begin_of
from crawler.folding import storable
from crawler.items import Found
from crawler.urls import url_alike, url_key

MAX_ATTEMPTS = 4  # failed attempts in a row after which a URL is given up until it is found again
BACKOFF = (timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6))  # before the 2nd, 3rd, 4th attempt
LEASE = timedelta(hours=6)  # much longer than a process takes for what it leases at once
UNCHANGED = ""  # in place of a ``links_hash``: the list has what it had
# What a header may hold to be sent back as a condition: ASCII, as the standard has it, and no endless text.
_VALIDATOR = re.compile(r"[\x20-\x7e]{1,200}")
# Priority of what a back-fill found: no other run takes it.
BACKFILL = -10
LOWEST = -1000
ENDED = ("done", "failed", "gone", "blocked", "refused", "excluded")


@dataclass(frozen=True, slots=True)
class Came:
    """What a URL brought: the fetch, in which run and when, and the article if it was one.

    ``links`` is the ``links_hash`` of a list that was read, or ``UNCHANGED``.
    """

    outlet: str | None
    run: str
    fetch: str
    article: int | None = None
    kind: UrlKind = "article"
    at: str | None = None
    links: str | None = None


class Ledger:
    """The table ``urls`` of one connection. Each method is one transaction unless it runs inside one.

    ``visits`` says when known documents are due again, ``clock`` what time it is.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self.visits = Visits()
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def add(self, run_id: str, outlet: str | None, urls: Iterable[Candidate]) -> int:
        """Record candidates and return how many were not known.

        A known section page or feed is fetched once more by a run that names it when it is due; a known article
        is not, except one that an earlier run gave up (failed, blocked).
        """
        with explained(self._path), immediate(self._connection):
            know_outlet(self._connection, outlet)
            return sum(self._add(run_id, outlet, candidate) for candidate in urls)

    def _add(self, run_id: str, outlet: str | None, candidate: Candidate) -> int:
        key, now, found = self._known_spelling(url_key(candidate.url), candidate.kind), self._now(), candidate.found
        cursor = self._connection.execute(
            "INSERT INTO urls (url, alike, outlet, kind, state, due_at, priority, found_at, found_run, found_on,"
            " found_title, found_date, found_section, known_at)"
            " VALUES (?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (key, url_alike(key, candidate.kind), outlet, candidate.kind, now, candidate.priority, now, run_id,
             url_key(found.on) if found.on else None, _text(found.title), _text(found.date), _text(found.section),
             candidate.known_at),
        )  # fmt: skip
        if cursor.rowcount:
            return 1
        self._connection.execute(  # what a back-fill found is new to a daily crawl
            "UPDATE urls SET priority = ?1 WHERE url = ?2 AND state = 'pending' AND priority < ?1",
            (candidate.priority, key),
        )
        if candidate.known_at is not None:
            # What an interrupted run wanted to know of the page is not forgotten.
            self._connection.execute(
                "UPDATE urls SET known_at = CASE WHEN state IN ('pending', 'leased')"
                " THEN min(coalesce(known_at, ''), ?1) ELSE ?1 END WHERE url = ?2",
                (candidate.known_at, key),
            )
        self._connection.execute(
            "UPDATE urls SET state = 'pending', attempts = 0, due_at = ?, priority = ?, reason = NULL"
            " WHERE url = ? AND last_run IS NOT ?"
            " AND (state IN ('failed', 'blocked')"
            " OR (kind IN ('section', 'feed') AND state NOT IN ('pending', 'leased') AND (due_at <= ? OR ?)))",
            (now, candidate.priority, key, run_id, now, candidate.at_once),
        )
        return 0

    def _known_spelling(self, key: str, kind: str) -> str:
        """The spelling in which an address is known, the given one where it is not."""
        row = self._connection.execute(
            "SELECT url FROM urls WHERE alike = ? ORDER BY url = ? DESC, rowid LIMIT 1", (url_alike(key, kind), key)
        ).fetchone()
        return str(row[0]) if row else key

    def revisit_named(self, outlet: str) -> int:
        """Make feeds pending again that are due and that pages or robots.txt named, which may not change any more.

        Those that an index of sitemaps named it names again.
        """
        now = self._now()
        return self._connection.execute(
            "UPDATE urls SET state = 'pending', attempts = 0, due_at = ?1, reason = NULL"
            " WHERE outlet = ?2 AND kind = 'feed' AND state IN ('done', 'failed', 'blocked') AND due_at <= ?1"
            " AND found_on NOT IN (SELECT url FROM urls WHERE outlet = ?2 AND kind = 'feed')",
            (now, outlet),
        ).rowcount

    def revisit(self, outlet: str, *, every: bool = False) -> int:
        """Make articles pending again whose next visit is due, each where it was last seen; return how many.

        ``every``: all of the outlet, due or not. What robots.txt excludes, and what was refused, is left alone.
        """
        now = self._now()
        if every:
            which, values = "url IN (SELECT url FROM articles WHERE outlet = ?)", [outlet]
        else:
            which, values = "visit IS NOT NULL AND outlet = ? AND due_at <= ?", [outlet, now]
        with explained(self._path), immediate(self._connection):
            return self._connection.execute(
                "UPDATE urls SET state = 'pending', attempts = 0, due_at = ?, priority = -1, reason = NULL"
                f" WHERE state IN ('done', 'gone', 'failed', 'blocked') AND {which}",
                (now, *values),
            ).rowcount

    def lease(
        self, run_id: str, outlets: Sequence[str], limit: int, *, backfill: bool = False, photos: bool = True
    ) -> list[Lease]:
        """Hand at most ``limit`` due URLs of the outlets to the run, what a back-fill found only to a back-fill.

        ``photos``: those too.

        By priority; then what this run found before what an earlier one left; then in the order found, which
        on these sites is newest first. A lease that has expired is handed out again.
        """
        now = self.clock()
        with explained(self._path), immediate(self._connection):
            rows = self._connection.execute(
                f"SELECT rowid, * FROM urls WHERE outlet IN ({_marks(outlets)}) AND due_at <= ? AND"
                " (state = 'pending' OR (state = 'leased' AND leased_until < ?)) AND priority > ?"
                " AND (kind <> 'photo' OR ?)"
                " ORDER BY priority DESC, found_run IS NOT ?, rowid LIMIT ?",
                (*outlets, utc_text(now), utc_text(now), LOWEST if backfill else BACKFILL, photos, run_id, limit),
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
            self._plan(url_key(url))

    def put_back(self, url: str) -> None:
        """Make a leased URL pending again, because what came could not be stored."""
        with explained(self._path), immediate(self._connection):
            self._connection.execute(
                "UPDATE urls SET state = 'pending', leased_by = NULL, leased_pid = NULL, leased_until = NULL"
                " WHERE url = ? AND state = 'leased'",
                (url_key(url),),
            )

    def pending(self, outlets: Sequence[str], *, backfill: bool = True) -> int:
        """Count URLs of the outlets still to be fetched, due or not, leased ones included; of back-fills or not."""
        with explained(self._path):
            row = self._connection.execute(
                f"SELECT count(*) FROM urls WHERE outlet IN ({_marks(outlets)}) AND state IN ('pending', 'leased')"
                " AND priority > ?",
                (*outlets, LOWEST if backfill else BACKFILL),
            ).fetchone()
        return int(row[0])

    def known_at(self, url: str) -> str:
        """When the links of a list were last entered; "" before the first time."""
        row = self._connection.execute("SELECT known_at FROM urls WHERE url = ?", (url_key(url),)).fetchone()
        return str(row[0] or "") if row else ""

    def know(self, url: str) -> None:
        """Note that everything found until now is known to this list: what it has is entered."""
        self._connection.execute("UPDATE urls SET known_at = ? WHERE url = ?", (self._now(), url_key(url)))

    # Inside the transaction that stores a page -------------------------------------------------------------

    def stored(self, key: str, came: Came, state: str = "done", reason: str | None = None) -> None:
        """Record what came of the URL ``key``, which need not have been in the ledger."""
        now = self._now()
        self._connection.execute(
            "INSERT INTO urls (url, alike, outlet, kind, state, due_at, found_at) VALUES (?, ?, ?, ?, 'done', ?, ?)"
            " ON CONFLICT DO NOTHING",
            (key, url_alike(key, came.kind), came.outlet, came.kind, now, now),
        )
        self._connection.execute(
            "UPDATE urls SET last_run = ?, last_fetch = ?, article = coalesce(?, article) WHERE url = ?",
            (came.run, came.fetch, came.article, key),
        )
        self._end(key, state, reason)
        self._plan(key, came.at, came.links)

    def failed(self, key: str, came: Came, reason: str, wait: timedelta | None = None) -> None:
        """Record a failed attempt: pending again later, or after the last one ``failed``, or ``blocked`` by a 403.

        ``wait`` is how long the server wants to be left alone at least.
        """
        row = self._connection.execute("SELECT attempts FROM urls WHERE url = ?", (key,)).fetchone()
        attempts = (row[0] if row else 0) + 1
        self.stored(key, came, "blocked" if reason == "HTTP 403" else "failed", reason)
        self._connection.execute("UPDATE urls SET attempts = ? WHERE url = ?", (attempts, key))
        if attempts < MAX_ATTEMPTS:
            due = self.clock() + max(BACKOFF[attempts - 1], wait or timedelta(0))
            self._connection.execute(
                "UPDATE urls SET state = 'pending', due_at = ? WHERE url = ?", (utc_text(due), key)
            )

    def hold(self, key: str, headers: Iterable[tuple[str, str]]) -> None:
        """Note by which marks the server tells the document we now have from a later one."""
        stated = {name.lower(): value.strip() for name, value in headers}
        marks = [stated.get(name) for name in ("etag", "last-modified")]
        etag, modified = (mark if mark and _VALIDATOR.fullmatch(mark) else None for mark in marks)
        self._connection.execute(
            "UPDATE urls SET etag = ?, last_modified = ?, unmodified = 0 WHERE url = ?", (etag, modified, key)
        )

    def not_modified(self, key: str, run_id: str) -> None:
        """Count an answer without document; a list still names what it named, so that counts as found again."""
        self._connection.execute("UPDATE urls SET unmodified = unmodified + 1 WHERE url = ?", (key,))
        self._connection.execute(
            "UPDATE urls SET state = 'pending', attempts = 0, due_at = ?, reason = NULL"
            " WHERE outlet = (SELECT outlet FROM urls WHERE url = ?) AND found_on = ?"
            " AND state IN ('failed', 'blocked') AND last_run IS NOT ?",
            (self._now(), key, key, run_id),
        )

    def _now(self) -> str:
        return utc_text(self.clock())

    def _plan(self, key: str, at: str | None = None, links: str | None = None) -> None:
        """Set when a URL that has ended is due again. ``at`` is the time of its fetch."""
        row = self._connection.execute("SELECT * FROM urls WHERE url = ?", (key,)).fetchone()
        if row is None:
            return
        if row["kind"] == "article":
            self._plan_article(row)
        elif links is not None and at is not None:  # one that could not be read stays due
            changed = links not in (UNCHANGED, row["links_hash"])
            wait = self.visits.wait(row["wait"], changed)
            due = datetime.fromisoformat(at) + timedelta(seconds=wait)
            self._connection.execute(
                "UPDATE urls SET wait = ?, due_at = ?, links_hash = coalesce(nullif(?, ''), links_hash) WHERE url = ?",
                (wait, utc_text(due), links, key),
            )

    def _plan_article(self, row: sqlite3.Row) -> None:
        """An article is visited where it was last seen, whatever came of the visit before."""
        known = self._connection.execute(
            "SELECT articles.id, first_seen_at, published_at, published_day FROM articles"
            " JOIN revisions ON revisions.id = last_revision WHERE articles.url = ? ORDER BY articles.id DESC",
            (row["url"],),
        ).fetchone()
        visit = None
        if known is not None and row["state"] not in ("refused", "excluded"):
            visit = self.visits.next(begin_of(*tuple(known)[1:]), self.clock())
        number, due = (visit[0], utc_text(visit[1])) if visit else (None, row["due_at"])
        self._connection.execute("UPDATE urls SET visit = ?, due_at = ? WHERE url = ?", (number, due, row["url"]))
        if known is not None:
            self._connection.execute(
                "UPDATE urls SET visit = NULL WHERE article = ? AND url <> ? AND visit IS NOT NULL",
                (known["id"], row["url"]),
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
    found = Found(row["found_on"], row["found_title"], row["found_date"], row["found_section"])
    marks = (row["etag"], row["last_modified"]) if row["unmodified"] < BELIEVED else (None, None)
    return Lease(row["url"], row["kind"], row["outlet"], found, row["attempts"], *marks)
