"""One crawl of an outlet at a time: a kernel lock, which the death of its holder frees."""

from __future__ import annotations

import json
import os
from pathlib import Path

from filelock import FileLock, Timeout

from crawler.archive.errors import ArchiveError, OutletBusy
from crawler.archive.hashes import now_text


class OutletLock:
    """The lock of one outlet of one archive, in the folder ``<archive>.locks``; also a context manager.

    It is held until it is released, this object is garbage, or the process ends in whatever way.
    """

    def __init__(self, archive_path: Path, outlet: str) -> None:
        self.outlet = outlet
        self._folder = archive_path.with_name(archive_path.name + ".locks")
        self._lock = FileLock(self._folder / f"{outlet}.lock")
        # Beside the lock file, since opening that to try the lock empties it.
        self._holder = self._folder / f"{outlet}.holder"

    def acquire(self) -> None:
        """Take the lock at once.

        Raises OutletBusy if another process has it, ArchiveError if it cannot be made.
        """
        try:
            self._folder.mkdir(exist_ok=True)
            self._lock.acquire(timeout=0)
            self._holder.write_text(json.dumps({"pid": os.getpid(), "since": now_text()}))
        except Timeout:
            raise self._busy() from None
        except OSError as error:
            raise ArchiveError(f"cannot lock {self.outlet} in {self._folder}: {error.strerror}") from error

    def release(self) -> None:
        """Give the lock back; harmless if it is not held."""
        if self._lock.is_locked:
            self._holder.unlink(missing_ok=True)
            self._lock.release()

    def _busy(self) -> OutletBusy:
        try:
            holder = json.loads(self._holder.read_text())
            return OutletBusy(self.outlet, int(holder["pid"]), str(holder["since"]))
        except (OSError, ValueError, KeyError, TypeError):
            return OutletBusy(self.outlet, None, None)

    def __enter__(self) -> OutletLock:
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def is_held(archive_path: Path, outlet: str) -> bool:
    """Whether a process has the outlet's lock; true where that cannot be tried. Makes nothing."""
    file = archive_path.with_name(archive_path.name + ".locks") / f"{outlet}.lock"
    if not file.exists():
        return False
    try:
        with FileLock(file, timeout=0):
            return False
    except (Timeout, OSError):
        return True
