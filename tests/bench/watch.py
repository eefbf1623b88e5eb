"""A Scrapy extension for timings: pages, seconds, memory, and the longest time the event loop was held up."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Self

from scrapy import signals

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

TICK = 0.01  # seconds between two looks at the loop
STEP = 500  # pages between two looks at the memory
MIB = 1024 * 1024


class Watch:
    """Writes a JSON object into the file of the environment variable ``BENCH_REPORT`` when the spider has closed.

    ``pages``, ``seconds``, ``blocked`` (seconds), ``memory`` (pages → MiB resident).
    """

    def __init__(self) -> None:
        self._pages = 0
        self._blocked = 0.0
        self._memory: dict[int, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the spider's life and to every page that is done."""
        watch = cls()
        crawler.signals.connect(watch.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(watch.item_scraped, signal=signals.item_scraped)
        crawler.signals.connect(watch.spider_closed, signal=signals.spider_closed)
        return watch

    def spider_opened(self) -> None:
        """Start the clocks."""
        self._started = monotonic()
        self._task = asyncio.ensure_future(self._look())

    def item_scraped(self) -> None:
        """Count a page."""
        self._pages += 1
        if self._pages % STEP == 0:
            self._memory[self._pages] = resident()

    def spider_closed(self) -> None:
        """Write what was seen."""
        self._task.cancel()
        seen = {"pages": self._pages, "seconds": monotonic() - self._started, "blocked": self._blocked}
        Path(os.environ["BENCH_REPORT"]).write_text(json.dumps(seen | {"memory": self._memory}), encoding="utf-8")

    async def _look(self) -> None:
        while True:
            before = monotonic()
            await asyncio.sleep(TICK)
            self._blocked = max(self._blocked, monotonic() - before - TICK)


def resident() -> float:
    """MiB of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / MIB
