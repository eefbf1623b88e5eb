"""Learnt boilerplate in the archive: immutable versions, and which of them is in use for which outlet."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.archive.connection import insert_row
from crawler.archive.errors import NotFound
from crawler.archive.hashes import now_text
from crawler.archive.runs import know_outlet
from crawler.archive.search import phrase
from crawler.extraction.boilerplate import Boilerplate, identity
from crawler.folding import storable, tokens, unify

#: Words of a text that the index is asked for; what has them is then compared as a whole.
_WORDS_ASKED = 12


@dataclass(frozen=True, slots=True)
class Kept:
    """A version in the archive: when it was learnt, since when it is in use, and how many revisions name it."""

    boilerplate: Boilerplate
    learnt_at: str
    in_use_since: str | None
    revisions: int


def in_use(connection: sqlite3.Connection) -> dict[str, Boilerplate]:
    """Return the boilerplate in use, by outlet."""
    rows = connection.execute("SELECT content FROM boilerplates_in_use JOIN boilerplates USING (version)")
    found = [_of_row(row) for row in rows]
    return {boilerplate.outlet: boilerplate for boilerplate in found}


def every(connection: sqlite3.Connection, outlet: str | None = None) -> list[Kept]:
    """Return all versions (of one outlet), by outlet, the newest first."""
    rows = connection.execute(
        "SELECT content, learnt_at, since,"
        " (SELECT count(*) FROM revisions WHERE boilerplate = boilerplates.version) AS revisions"
        " FROM boilerplates LEFT JOIN boilerplates_in_use USING (version)"
        " WHERE ? IN (boilerplates.outlet, '') ORDER BY boilerplates.outlet, learnt_at DESC, boilerplates.rowid DESC",
        (outlet or "",),
    ).fetchall()
    return [Kept(_of_row(row), row["learnt_at"], row["since"], row["revisions"]) for row in rows]


def _of_row(row: sqlite3.Row) -> Boilerplate:
    return Boilerplate.of_json(json.loads(row["content"]))


def find(connection: sqlite3.Connection, ref: str) -> Boilerplate:
    """Return a version by its name (or the beginning of it), or the one in use for an outlet. Raises NotFound."""
    versions = every(connection)
    found = [one.boilerplate for one in versions if ref and one.boilerplate.version.startswith(ref)]
    found = found or [one.boilerplate for one in versions if one.boilerplate.outlet == ref and one.in_use_since]
    if len(found) != 1:
        raise NotFound(f"no single version, and no outlet with one in use, is named {ref!r}; see: scrapy boilerplate")
    return found[0]


def keep(connection: sqlite3.Connection, boilerplate: Boilerplate) -> None:
    """Write a version, unless the archive has it."""
    known = "SELECT 1 FROM boilerplates WHERE version = ?"
    if connection.execute(known, (boilerplate.version,)).fetchone() is None:
        know_outlet(connection, boilerplate.outlet)
        content = storable(json.dumps(boilerplate.as_json(), ensure_ascii=False))
        row = {"version": boilerplate.version, "outlet": boilerplate.outlet, "learnt_at": now_text()}
        insert_row(connection, "boilerplates", row | {"content": content})


def use(connection: sqlite3.Connection, outlet: str, version: str | None) -> None:
    """From now on clean the outlet's pages with this version, which the archive has; ``None``: with none."""
    known = "SELECT 1 FROM boilerplates_in_use WHERE outlet = ? AND version IS ?"
    if version is not None and connection.execute(known, (outlet, version)).fetchone():
        return
    connection.execute("DELETE FROM boilerplates_in_use WHERE outlet = ?", (outlet,))
    if version is not None:
        row = {"outlet": outlet, "version": version, "since": now_text()}
        insert_row(connection, "boilerplates_in_use", row)


def stands_elsewhere(connection: sqlite3.Connection, outlet: str, text: str) -> bool:
    """Whether the last revision of another paper's article has this text as a lead or as a block."""
    words = list(tokens(unify(storable(text))))[:_WORDS_ASKED]
    wanted = identity(text)
    return bool(words) and any(identity(other) == wanted for other in _texts(connection, outlet, words))


def _texts(connection: sqlite3.Connection, outlet: str, words: list[str]) -> Iterator[str]:
    rows = connection.execute(
        "SELECT revisions.lead, blocks FROM articles_fts_exact JOIN articles ON articles.id = articles_fts_exact.rowid"
        " JOIN revisions ON revisions.id = last_revision"
        " WHERE articles_fts_exact MATCH ? AND articles.outlet IS NOT ?",
        (phrase(words), outlet),
    )
    for row in rows:
        yield row["lead"] or ""
        yield from (block["text"] for block in json.loads(row["blocks"]))
