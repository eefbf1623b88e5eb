"""One thread a process that writes the archive, so that the crawl never waits for a lock."""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from crawler.archive.archive import Archive, archive_path
from crawler.archive.errors import ArchiveError
from crawler.archive.visits import Visits

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

WAITING = 1000  # jobs; Scrapy's CONCURRENT_ITEMS keeps far fewer waiting

_Job = tuple["Future[Any]", Callable[[Archive], Any]]


class Writer:
    """A thread that owns an Archive and does one job after the other.

    Opening happens in the thread, but the constructor waits for it and raises its ArchiveError. ``run_id``
    is set by whoever starts the run.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run_id: str | None = None
        self._jobs: queue.Queue[_Job | None] = queue.Queue(WAITING)
        self._closed = False
        opened: Future[None] = Future()
        self._thread = threading.Thread(target=self._work, args=(opened,), name="archive-writer", daemon=True)
        self._thread.start()
        opened.result()

    def submit(self, job: Callable[Concatenate[Archive, P], T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have ``job(archive, *args)`` done; the future brings its result or its exception.

        Blocks while ``WAITING`` jobs are waiting. Raises ArchiveError once the writer is closed.
        """
        if self._closed:
            raise ArchiveError(f"the writer of {self.path} is closed")
        future: Future[T] = Future()
        self._jobs.put((future, lambda archive: job(archive, *args, **kwargs)))
        return future

    async def call(self, job: Callable[Concatenate[Archive, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Await ``job(archive, *args)`` from a coroutine of an asyncio event loop."""
        return await asyncio.wrap_future(self.submit(job, *args, **kwargs))

    def close(self) -> None:
        """Do what is waiting, then close the archive. Closing twice is harmless."""
        if not self._closed:
            self._closed = True
            self._jobs.put(None)
        self._thread.join()

    def _work(self, opened: Future[None]) -> None:
        try:
            archive = Archive.open(self.path)
        except BaseException as error:
            opened.set_exception(error)
            return
        opened.set_result(None)
        with archive:
            while (job := self._jobs.get()) is not None:
                _do(archive, *job)
            with suppress(ArchiveError):  # nothing is lost by it; the next run does it
                archive.tidy()


def _do(archive: Archive, future: Future[Any], job: Callable[[Archive], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = job(archive)
    except BaseException as error:
        future.set_exception(error)
    else:
        future.set_result(result)


def for_crawler(crawler: Crawler) -> Writer:
    """Return the writer that everything in this crawler shares, opened at the first call.

    It closes when the engine has stopped, which is after every ``spider_closed`` handler. The outlets of the
    registry are mirrored into the archive. Raises ArchiveError.
    """
    existing = getattr(crawler, "archive_writer", None)
    if isinstance(existing, Writer):
        return existing
    from scrapy import signals

    from crawler.registry import default_registry

    outlets = list(default_registry())
    writer = Writer(archive_path(crawler.settings))
    try:
        writer.submit(Archive.mirror_outlets, outlets).result()
        writer.submit(Archive.plan_visits, Visits.of(crawler.settings)).result()
    except BaseException:
        writer.close()
        raise
    crawler.archive_writer = writer  # type: ignore[attr-defined]

    def close() -> None:
        writer.close()

    # weak=False: nothing else refers to the handler
    crawler.signals.connect(close, signal=signals.engine_stopped, weak=False)
    return writer
