"""A copy of the archive as it was, made and verified before its schema changes."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from crawler.archive.errors import ArchiveDamaged, ArchiveError

logger = logging.getLogger(__name__)

SPARE = 64 * 1024 * 1024  # bytes that stay free beside the copy, for the change itself
STEP = 4096  # SQLite pages copied between two reports of progress: 32 MiB

Progress = Callable[[int, int], None]


def save_copy(path: Path, before: str, progress: Progress | None = None) -> Path:
    """Copy the archive to ``<archive>.before-<change>`` beside it, verified and on disk; return where it is.

    To be called by who holds the write lock, so that copy and archive are the same. ``before`` names the change that
    is about to come, ``progress`` is told how many SQLite pages are done and how many there are. Raises ArchiveError
    when there is no room for it, or the copy is not sound.
    """
    target = path.with_name(f"{path.name}.before-{before}")
    _check_room(path)
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    logger.warning("%s has the schema of an older version; saving a copy of it as it is: %s", path, target)
    try:
        with closing(_open(path)) as source, closing(sqlite3.connect(partial)) as copy:
            source.backup(copy, pages=STEP, progress=_told(progress))
            _verify(source, copy, path)
        _flush(partial)
        partial.replace(target)
        _flush(target.parent)
    finally:
        for file in (partial, *(partial.with_name(partial.name + end) for end in ("-wal", "-shm", "-journal"))):
            file.unlink(missing_ok=True)
    return target


def _check_room(path: Path) -> None:
    files = (path, path.with_name(path.name + "-wal"))
    needed = sum(file.stat().st_size for file in files if file.exists()) + SPARE
    free = shutil.disk_usage(path.parent).free
    if free < needed:
        raise ArchiveError(
            f"{path} has the schema of an older version, and there is no room to save a copy before that is changed: "
            f"{needed >> 20} MiB are needed, {free >> 20} MiB are free. Free some disk space; or save a copy elsewhere "
            "and then: scrapy upgrade --no-copy"
        )


def _verify(source: sqlite3.Connection, copy: sqlite3.Connection, path: Path) -> None:
    """Raise ArchiveDamaged unless the copy is sound and has as many rows in each table."""
    said = " ".join(copy.execute("PRAGMA integrity_check(1)").fetchone()[0].split())
    if said != "ok":
        raise ArchiveDamaged(
            f"{path} was not changed, since a copy of it is not sound ({said}): restore an older copy, or save what is "
            f"left with `sqlite3 {path.name} .recover | sqlite3 saved.db`"
        )
    for (table,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0").fetchall():
        numbers = [one.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for one in (source, copy)]
        if numbers[0] != numbers[1]:
            raise ArchiveError(
                f"{path} was not changed: its copy has {numbers[1]} rows in {table}, not {numbers[0]}; try again"
            )


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _told(progress: Progress | None) -> Callable[[int, int, int], None] | None:
    return None if progress is None else lambda _, left, total: progress(total - left, total)


def _flush(path: Path) -> None:
    """Have the system write a file, or the names in a folder, to the disk itself."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
