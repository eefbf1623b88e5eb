"""How far a crawl is: a live line per outlet on a terminal, plain lines in a log."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections import Counter
from time import monotonic
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler.archive import ArchiveError
from crawler.extensions.live import Live
from crawler.items import Page, Reading
from crawler.spiders.base import ArchiveSpider

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

LIVE, PLAIN = 1.0, 10.0  # seconds between two looks at the ledger: on a terminal, in a log


class Progress:
    """Scrapy extension for spiders that can say how much is left.

    Off with ``PROGRESS = False`` and when the log is off. Plain lines are of level INFO.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        if not settings.getbool("PROGRESS", True) or not settings.getbool("LOG_ENABLED"):
            raise NotConfigured
        self._done: Counter[str] = Counter()
        self._on_terminal = sys.stderr.isatty() and not settings.get("LOG_FILE")
        self._task: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the spider's life and to every page stored."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        crawler.signals.connect(extension.item_scraped, signal=signals.item_scraped)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        """Begin to look."""
        if isinstance(spider, ArchiveSpider):
            show = self._show_live if self._on_terminal else self._show_plain
            self._task = asyncio.ensure_future(show(spider))

    def item_scraped(self, item: Page | Reading) -> None:
        """Count a page."""
        page = item.page if isinstance(item, Reading) else item
        self._done[page.outlet or "no outlet"] += 1

    def spider_closed(self) -> None:
        """Leave the terminal as it was."""
        if self._task is not None:
            self._task.cancel()

    async def _show_plain(self, spider: ArchiveSpider) -> None:
        started = monotonic()
        while True:
            await asyncio.sleep(PLAIN)
            for name, left in (await self._left(spider)).items():
                done = self._done[name]
                pace = done / (monotonic() - started)
                ready = f", about {_duration(left / pace)} to go" if pace and left else ""
                logger.info("%s: %d done, %d left, %.1f a second%s", name, done, left, pace, ready)

    async def _show_live(self, spider: ArchiveSpider) -> None:
        with Live() as live:
            while True:
                for name, left in (await self._left(spider)).items():
                    live.show(name, self._done[name], left)
                await asyncio.sleep(LIVE)

    async def _left(self, spider: ArchiveSpider) -> dict[str, int]:
        """How much is left of each outlet; what nobody can tell is left out."""
        try:
            left = {name: await spider.pending(name) for name in spider.run_outlets}
        except ArchiveError:
            return {}
        return {name: number for name, number in left.items() if number is not None}


def _duration(seconds: float) -> str:
    minutes, seconds = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
