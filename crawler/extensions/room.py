"""Room on the disk: a run ends in order before there is none, and says when the archive's journal cannot shrink."""

from __future__ import annotations

import asyncio
import logging
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import CloseSpider

from crawler.archive import archive_path
from crawler.spiders.base import ArchiveSpider

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

DISK_FULL = "disk_full"  # the reason a run ends with
EVERY = 5.0  # seconds between two looks; at 60 pages a second of 100 KB, some 30 MB
# MiB of the write-ahead log from which on somebody must be reading without an end: it is written into the file, and
# begins anew, whenever nobody reads. SQLite does so after 8 MiB.
JOURNAL_MB = 256


class Room:
    """Scrapy extension: looks at the free space beside the archive, against the setting ``DISK_FLOOR_MB``."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._archive = archive_path(crawler.settings)
        self._floor = crawler.settings.getint("DISK_FLOOR_MB")
        self._task: asyncio.Task[None] | None = None
        self._end: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the start and the end of the spider."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        """Begin to look; raises ``CloseSpider`` when there is too little room to begin at all."""
        if not isinstance(spider, ArchiveSpider):
            return
        if self._is_short():
            raise CloseSpider(DISK_FULL)
        self._task = asyncio.ensure_future(self._watch())

    def spider_closed(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()

    async def _watch(self) -> None:
        told = False
        while True:
            await asyncio.sleep(EVERY)
            if self._is_short():
                assert self._crawler.engine is not None
                # A task of its own: this one is cancelled when the spider closes.
                self._end = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=DISK_FULL))
                return
            size = journal_size(self._archive) >> 20
            if size > JOURNAL_MB and not told:
                told = True
                logger.warning(
                    "The journal %s-wal has grown to %d MiB: another program has been reading the archive for long. It "
                    "shrinks when that has ended",
                    *(self._archive, size),
                )

    def _is_short(self) -> bool:
        free = shutil.disk_usage(self._archive.parent).free >> 20
        if free >= self._floor:
            return False
        logger.error(
            "Only %d MiB are free where %s is, and DISK_FLOOR_MB=%d are to stay free: the run ends. What is stored is "
            "safe; free some disk space, and the next run goes on",
            *(free, self._archive, self._floor),
        )
        return True


def journal_size(archive: Path) -> int:
    """Bytes of the archive's write-ahead log, 0 where there is none."""
    try:
        return archive.with_name(archive.name + "-wal").stat().st_size
    except OSError:
        return 0
