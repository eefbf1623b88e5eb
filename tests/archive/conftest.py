"""An archive in a folder of its own, and a run to store pages in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Archive
from crawler.archive.connection import insert_row
from crawler.archive.ledger import Came, Ledger
from tests.archive.make import OUTLET


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive.open(path) as archive:
        yield archive


@pytest.fixture
def run(archive: Archive) -> str:
    return archive.start_run("crawl news", {"outlets": OUTLET}, [OUTLET])


def insert_known(connection: sqlite3.Connection, table: str, row: Mapping[str, object]) -> int:
    """``insert_row`` for a table of an older schema: without the columns it does not have."""
    columns = {one[1] for one in connection.execute(f"PRAGMA table_info({table})")}
    return insert_row(connection, table, {name: value for name, value in row.items() if name in columns})


def stored_before(ledger: Ledger, key: str, came: Came, state: str = "done", reason: str | None = None) -> None:
    """``Ledger.stored`` as the first version had it."""
    now = ledger._now()
    ledger._connection.execute(
        "INSERT INTO urls (url, outlet, kind, state, reason, due_at, found_at, article, last_run, last_fetch)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (key, came.outlet, came.kind, state, reason, now, now, came.article, came.run, came.fetch),
    )


class Ask:
    """Short questions to an archive."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        return [dict(row) for row in self._archive.connection.execute(sql, values)]

    def one(self, sql: str, *values: object) -> Any:
        """Return the only column of the only row."""
        ((value,),) = [tuple(row.values()) for row in self.rows(sql, *values)]
        return value

    def count(self, table: str) -> int:
        return int(self.one(f"SELECT count(*) FROM {table}"))

    def indexes_agree(self) -> None:
        """Raise when a full-text index and the text it stands for differ."""
        for index in ("articles_fts", "articles_fts_exact"):
            self._archive.connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")


@pytest.fixture
def ask(archive: Archive) -> Ask:
    return Ask(archive)
