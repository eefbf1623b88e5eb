"""Saved queries: after a run, which articles they fit are new, edited or gone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.archive.errors import ArchiveError, NotFound
from crawler.archive.hashes import now_text
from crawler.archive.runs import know_outlet
from crawler.archive.schema import INDEXES
from crawler.archive.search import Query, folded_match, parse
from crawler.folding import storable


@dataclass(frozen=True, slots=True)
class Watch:
    """A saved query; ``outlet`` ``None``: articles of all outlets. ``made_at`` is UTC text."""

    name: str
    query: str
    outlet: str | None = None
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something a watch has to tell: ``what`` is new, edited or gone; ``at`` is UTC text, ``published_at`` local."""

    id: int
    watch: str
    what: str
    at: str
    article: int
    key: str
    outlet: str | None
    title: str | None
    lead: str | None
    url: str | None
    published_at: str | None


def add(connection: sqlite3.Connection, watch: Watch) -> None:
    """Save a query. Raises ArchiveError where the name is taken, or the query has no word."""
    if parse(watch.query) is None:
        raise ArchiveError(f"no word to look for in {watch.query!r}")
    know_outlet(connection, watch.outlet)
    added = connection.execute(
        "INSERT INTO watches (name, query, outlet, made_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (storable(watch.name), storable(watch.query), watch.outlet, now_text()),
    ).rowcount
    if not added:
        raise ArchiveError(f"there is a watch {watch.name!r}: scrapy watch remove {watch.name}, or use another name")


def remove(connection: sqlite3.Connection, name: str) -> None:
    """Forget a saved query and what it told. Raises NotFound."""
    connection.execute("DELETE FROM watch_events WHERE watch = ?", (name,))
    if not connection.execute("DELETE FROM watches WHERE name = ?", (name,)).rowcount:
        raise NotFound(f"there is no watch {name!r}; `scrapy watch` lists them")


def every(connection: sqlite3.Connection) -> list[Watch]:
    """All saved queries, by name."""
    return [
        Watch(**dict(row)) for row in connection.execute("SELECT name, query, outlet, made_at FROM watches ORDER BY 1")
    ]


def events(
    connection: sqlite3.Connection, names: Sequence[str] = (), run: str | None = None, limit: int = -1
) -> list[Event]:
    """What was told, the newest first: of all watches or of these, of all runs or of one. Raises NotFound."""
    known = {watch.name for watch in every(connection)}
    for name in names:
        if name not in known:
            raise NotFound(f"there is no watch {name!r}; `scrapy watch` lists them")
    rows = connection.execute(_EVENTS, {"names": json.dumps(list(names)), "run": run, "limit": limit})
    return [Event(**dict(row)) for row in rows]


def look(connection: sqlite3.Connection, run: str) -> list[Event]:
    """Find what every watch has to tell of a run, and note it; looking twice tells nothing twice."""
    watches = every(connection)
    touched = connection.execute(_TOUCHED, {"run": run}).fetchall() if watches else []
    if not touched:
        return []
    ids = {row["article"] for row in touched}
    edited = [row["article"] for row in touched if row["what"] == "edited"]
    _index_before(connection, edited)
    try:
        for watch in watches:
            query = parse(watch.query)
            assert query is not None  # it was when it was saved
            # An edit may have taken the very words out.
            fits = _fitting(connection, "main", query, ids) | _fitting(connection, "temp", query, edited)
            connection.executemany(
                "INSERT INTO watch_events (watch, run, article, what, at) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT DO NOTHING",
                [
                    (watch.name, run, row["article"], row["what"], row["at"])
                    for row in touched
                    if row["article"] in fits and watch.outlet in (None, row["outlet"])
                ],
            )
    finally:
        for index in INDEXES:
            connection.execute(f"DROP TABLE IF EXISTS temp.{index}")
    return events(connection, run=run)


def _fitting(connection: sqlite3.Connection, schema: str, query: Query, ids: Iterable[int]) -> set[int]:
    """Which of the articles a query fits, accents as they were typed."""
    asked = [("articles_fts", folded_match(query))] + ([("articles_fts_exact", query.exact)] if query.exact else [])
    found = set(ids)
    for index, match in asked:
        rows = connection.execute(
            f"SELECT rowid FROM {schema}.{index} WHERE {index} MATCH ? AND rowid IN (SELECT value FROM json_each(?))",
            (match, json.dumps(sorted(found))),
        )
        found = {row[0] for row in rows}
    return found


def _index_before(connection: sqlite3.Connection, articles: Sequence[int]) -> None:
    """Index, for the time of a look, what the articles said before their last revision."""
    for index, columns in INDEXES.items():
        names = ", ".join(columns)
        accents = 0 if index.endswith("_exact") else 2
        connection.execute(
            f'CREATE VIRTUAL TABLE temp.{index} USING fts5 ({names}, tokenize="unicode61 remove_diacritics {accents}")'
        )
        connection.execute(
            f"INSERT INTO temp.{index} (rowid, {names}) SELECT before.article, {names} FROM revision_words"
            " JOIN (SELECT article, id, row_number() OVER (PARTITION BY article ORDER BY number DESC) AS back"
            " FROM revisions WHERE article IN (SELECT value FROM json_each(?))) AS before"
            " ON before.id = revision_words.revision WHERE back = 2",
            (json.dumps(list(articles)),),
        )


# The first fetch that found an article gone is the one whose time it bears.
_TOUCHED = """
SELECT fetches.article, articles.outlet, max(fetched_at) AS at,
  CASE WHEN max(outcome = 'new') THEN 'new' WHEN max(outcome = 'revised') THEN 'edited' ELSE 'gone' END AS what
FROM fetches JOIN articles ON articles.id = fetches.article
WHERE run = :run AND (outcome IN ('new', 'revised') OR (outcome = 'gone' AND gone_at = fetched_at))
GROUP BY fetches.article
"""
_EVENTS = """
SELECT watch_events.id, watch, what, at, watch_events.article, key, articles.outlet, revisions.title, lead,
  articles.url, published_at
FROM watch_events JOIN articles ON articles.id = watch_events.article JOIN revisions ON revisions.id = last_revision
WHERE (:run IS NULL OR run = :run) AND (:names = '[]' OR watch IN (SELECT value FROM json_each(:names)))
ORDER BY watch_events.id DESC LIMIT :limit
"""
