"""One crawl of an outlet at a time."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import ArchiveError, OutletBusy, OutletLock

SPAWN = multiprocessing.get_context("spawn")


def hold(path: Path, outlet: str, ready: Any) -> None:
    lock = OutletLock(path, outlet)  # held as long as the object lives
    lock.acquire()
    ready.send(os.getpid())
    signal.pause()


@pytest.fixture
def holder(path: Path) -> Any:
    """Another process that holds the lock of baosongmay."""
    ours, theirs = SPAWN.Pipe()
    process = SPAWN.Process(target=hold, args=(path, "baosongmay", theirs))
    process.start()
    assert ours.recv() == process.pid
    yield process
    process.kill()
    process.join()


def test_a_second_crawl_is_refused(path: Path, holder: Any):
    with pytest.raises(OutletBusy, match=f"baosongmay is being crawled by process {holder.pid} since 2") as caught:
        OutletLock(path, "baosongmay").acquire()

    assert caught.value.pid == holder.pid
    with OutletLock(path, "baonuibiec"), OutletLock(path.with_name("khac.db"), "baosongmay"):
        pass  # other outlets and other archives are free


def test_a_killed_process_holds_nothing(path: Path, holder: Any):
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()

    with OutletLock(path, "baosongmay"):
        pass


def test_release_frees_it(path: Path):
    first, second = OutletLock(path, "baosongmay"), OutletLock(path, "baosongmay")
    with first, pytest.raises(OutletBusy):
        second.acquire()
    second.acquire()
    second.release()
    second.release()


def test_a_folder_that_cannot_be_made(tmp_path: Path):
    (tmp_path / "archive.db.locks").write_text("a file")

    with pytest.raises(ArchiveError, match="cannot lock baosongmay"):
        OutletLock(tmp_path / "archive.db", "baosongmay").acquire()
