"""Opening archive.db: one way for every process, with errors a person can act on."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from crawler.archive.copies import Progress, save_copy
from crawler.archive.errors import ArchiveBusy, ArchiveDamaged, ArchiveError
from crawler.archive.schema import APPLICATION_ID, MIGRATIONS_TABLE, NAME, known_migrations, migrations

T = TypeVar("T")

BUSY_SECONDS = 30.0  # how long to wait for another process's transaction; ours last milliseconds
OLDEST_SQLITE = (3, 37, 0)  # STRICT tables
JOURNAL_KEPT = 64 * 1024 * 1024  # bytes to which the write-ahead log shrinks when it begins anew


@dataclass(frozen=True, slots=True)
class Upgrade:
    """How an older file gets today's schema: whether a copy is saved before, and who is told how far that is."""

    copy: bool = True
    progress: Progress | None = None


def open_database(
    path: Path, *, read_only: bool = False, busy_seconds: float = BUSY_SECONDS, upgrade: Upgrade | None = None
) -> sqlite3.Connection:
    """Open the archive at ``path``, making or migrating it where needed; ``upgrade``: in another way than usual.

    The connection is in autocommit mode: transactions are begun by ``immediate``. Raises ArchiveError.
    """
    check_library()
    _check_path(path, read_only)
    with explained(path):
        connection = _connect(path, read_only, busy_seconds)
        try:
            _check_owner(connection, path)
            if read_only:
                _check_readable(connection, path)
            else:
                _prepare(connection, path, busy_seconds, upgrade or Upgrade())
        except BaseException:
            connection.close()
            raise
    return connection


@contextmanager
def immediate(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the block in one transaction that takes the write lock at its start; nested blocks join it.

    A deferred transaction fails at once when another process writes between its read and its write.
    """
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def tidy(connection: sqlite3.Connection) -> None:
    """Refresh what SQLite knows of the tables' contents where that is due, and empty the write-ahead log.

    Not while others read or write: it does not wait for them.
    """
    patience = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("PRAGMA analysis_limit = 400")  # rows of an index; else a large archive is read whole
        connection.execute("PRAGMA optimize")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            raise
    finally:
        connection.execute(f"PRAGMA busy_timeout = {patience}")


def insert_row(connection: sqlite3.Connection, table: str, row: Mapping[str, object]) -> int:
    """Insert ``row`` (column → value) and return its rowid. Names are ours, never data."""
    columns, marks = ", ".join(row), ", ".join("?" * len(row))
    cursor = connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values()))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors inside the block into an ArchiveError that names the file and says what to do."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError, sqlite3.DataError):
        raise  # a fault of ours or of the data, not of the file
    except sqlite3.DatabaseError as error:
        raise _explain(error, path) from error


@cache
def check_library() -> None:
    """Raise ArchiveError when the SQLite library of this Python cannot hold an archive."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise ArchiveError(
            f"the SQLite library of this Python is {sqlite3.sqlite_version}; an archive needs "
            f"{'.'.join(map(str, OLDEST_SQLITE))} or newer: use a newer Python or system"
        )
    memory = sqlite3.connect(":memory:")
    try:
        memory.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
        memory.execute("SELECT json_array(1)")
    except sqlite3.OperationalError as error:
        raise ArchiveError(
            f"the SQLite library of this Python lacks a part that an archive needs ({error}): "
            "use a Python whose SQLite has FTS5 and JSON"
        ) from error
    finally:
        memory.close()


def _check_path(path: Path, read_only: bool) -> None:
    if path.is_dir():
        raise ArchiveError(f"{path} is a folder; name the file, for example {path / 'archive.db'}")
    if not path.parent.is_dir():
        raise ArchiveError(f"there is no folder {path.parent} to hold {path.name}: make it, or name another archive")
    if not path.exists():
        if read_only:
            raise ArchiveError(f"there is no archive at {path} yet: a crawl or replay makes it")
        if not os.access(path.parent, os.W_OK):
            raise ArchiveError(f"cannot make {path}: the folder is read-only for this user")
        return
    if not os.access(path, os.R_OK):
        raise ArchiveError(f"{path} may not be read by this user: change its permissions")
    # SQLite itself would only tell at the first write.
    if not read_only and not os.access(path, os.W_OK):
        raise ArchiveError(f"{path} is read-only for this user: change its permissions or its file system's")
    with path.open("rb") as file:
        start = file.read(16)
    if start and start != b"SQLite format 3\0":
        raise ArchiveError(f"{path} is not an archive, not even an SQLite file: name another file with -s ARCHIVE=…")


def _connect(path: Path, read_only: bool, busy_seconds: float) -> sqlite3.Connection:
    uri = path.absolute().as_uri()
    if read_only:
        uri += "?mode=ro"
        # WAL needs a place for its shared memory; a folder where nobody can write has no writer either.
        if not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists():
            uri += "&immutable=1"
    connection = sqlite3.connect(uri, uri=True, timeout=busy_seconds, isolation_level=None)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA journal_size_limit = {JOURNAL_KEPT}")
    return connection


def _check_owner(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that some other program made."""
    owner = connection.execute("PRAGMA application_id").fetchone()[0]
    if owner == APPLICATION_ID:
        return
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if owner or tables:
        raise ArchiveError(
            f"{path} is an SQLite file of another program (application_id {owner}), not an archive: "
            "name another file with -s ARCHIVE=…"
        )


def pending(connection: sqlite3.Connection, path: Path) -> list[str]:
    """Return which migrations are to be applied, in order; raise if the file has been through unknown ones."""
    try:
        rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (NAME,)).fetchall()
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        rows = []
    applied, known = {row[0] for row in rows}, known_migrations()
    newer = applied - set(known)
    if newer:
        raise ArchiveError(
            f"{path} was written by a newer version of this program (it knows {', '.join(sorted(newer))}): "
            "update the program"
        )
    return [name for name in known if name not in applied]


def _check_readable(connection: sqlite3.Connection, path: Path) -> None:
    if pending(connection, path):
        raise ArchiveError(
            f"{path} is empty or has the schema of an older version: open it once for writing, "
            "as `scrapy upgrade` and any crawl or replay do"
        )


def _prepare(connection: sqlite3.Connection, path: Path, busy_seconds: float, upgrade: Upgrade) -> None:
    """Give a new file its form, and any file our schema. Several processes may do this at once."""
    if connection.execute("PRAGMA page_count").fetchone()[0] == 0:  # later neither counts
        connection.execute("PRAGMA page_size = 8192")
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        # Changing the journal does not wait for a lock as transactions do.
        _patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"), busy_seconds)
    # Taken even if nothing is to be done: now is the time to hear of a lock.
    with immediate(connection):
        changes = pending(connection, path)
        if not changes:
            return
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
            for statement in MIGRATIONS_TABLE.split(";\n")[:-1]:
                connection.execute(statement)
        elif upgrade.copy:
            save_copy(path, changes[0], upgrade.progress)
        migrations.apply(Database(connection))
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _patiently(action: Callable[[], T], seconds: float) -> T:
    """Repeat ``action`` while SQLite says "locked", for so many seconds."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return action()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
        time.sleep(0.02)


def _explain(error: sqlite3.DatabaseError, path: Path) -> ArchiveError:
    said = str(error)
    if "locked" in said or "busy" in said:
        return ArchiveBusy(f"{path} is locked by another program ({said}): end it or wait, then try again")
    if "readonly" in said or "read-only" in said:
        return ArchiveError(f"{path} or its folder is read-only for this user: change the permissions")
    if "unable to open" in said:
        return ArchiveError(f"cannot open {path}: this user may not read it, or may not write to its folder")
    if "full" in said:
        return ArchiveError(f"no room left to write {path}: free some disk space")
    if "disk I/O" in said:
        return ArchiveError(f"the disk under {path} failed ({said}): check disk and file system")
    if "malformed" in said or "not a database" in said or "corrupt" in said:
        return ArchiveDamaged(
            f"{path} is damaged ({said}): restore a copy, or save what is left with "
            f"`sqlite3 {path.name} .recover | sqlite3 saved.db`"
        )
    return ArchiveError(f"{path}: {said}")
