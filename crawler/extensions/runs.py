"""Records every run in the archive: when it began and ended, why, and what came of it."""

from __future__ import annotations

import gc
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import CloseSpider

from crawler.archive import Archive, ArchiveError, RunSummary
from crawler.archive.watches import Event
from crawler.archive.writer import for_crawler
from crawler.atom import ENTRIES, atom
from crawler.extensions.room import DISK_FULL
from crawler.extensions.words import summary_lines, watch_lines
from crawler.files import write_whole
from crawler.spiders.arguments import INCOMPLETE
from crawler.spiders.base import ArchiveSpider
from pipelines.store import LOST

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

# A signal, too much memory, too little disk: nobody asked for so little to be read.
STOPPED = ("shutdown", "memusage_exceeded", DISK_FULL)


class RunRecord:
    """Scrapy extension for the spiders of this project.

    When the spider has closed it gives back locks and leases, ends the run's row, prints the summary on
    standard error (``SUMMARY = False`` leaves that out), in this order; the writer closes after that.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._run: str | None = None
        self.summary: RunSummary | None = None
        self.events: list[Event] = []

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the start and the end of the spider."""
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    async def spider_opened(self, spider: Spider) -> None:
        """Begin the run; an archive that cannot be used closes the spider with a message."""
        if not isinstance(spider, ArchiveSpider):
            return
        try:
            await spider.prepare()
            writer = for_crawler(self._crawler)
            self._run = writer.run_id = await writer.call(
                Archive.start_run, spider.run_command, spider.run_arguments, spider.run_outlets
            )
        except ArchiveError as error:
            logger.error("%s", error)
            spider.exit_code = INCOMPLETE
            raise CloseSpider("archive") from None
        # What is loaded by now stays until the end: looking at it again and again held up the event loop by 70 ms.
        gc.collect()
        gc.freeze()

    async def spider_closed(self, spider: Spider, reason: str) -> None:
        """Leave everything in order, and say what came of it."""
        if not self._run or not isinstance(spider, ArchiveSpider):
            return
        try:
            await spider.give_back()
            writer = for_crawler(self._crawler)
            self.summary = await writer.call(_finish, self._run, reason)
            self.events = await writer.call(Archive.look_after, self._run)
            self._judge(spider, self.summary, reason)
            await self._publish(spider)
        except ArchiveError as error:
            logger.error("%s", error)
            spider.exit_code = INCOMPLETE

    def _judge(self, spider: ArchiveSpider, summary: RunSummary, reason: str) -> None:
        """Print the summary, and see to it that a run that did not do its work does not end with 0."""
        lost = self._crawler.stats.get_value(LOST, 0)
        if lost:
            logger.error("Pages that could not be stored: %d. The next run fetches them again", lost)
            spider.exit_code = INCOMPLETE
        if reason in STOPPED:
            spider.exit_code = spider.exit_code or INCOMPLETE
        for name, counts in summary.outlets.items():
            known = counts.new + counts.revised + counts.unchanged + counts.not_modified + counts.same_article
            read = known + counts.sections + counts.photos + counts.gone
            if spider.must_read and not read and name not in spider.left_alone:
                logger.error("%s: nothing at all could be read", name)
                spider.exit_code = spider.exit_code or INCOMPLETE
        if self._crawler.settings.getbool("SUMMARY", True):
            print(*summary_lines(summary), *watch_lines(self.events), sep="\n", file=sys.stderr, flush=True)

    async def _publish(self, spider: ArchiveSpider) -> None:
        """Write what the saved queries told last into the file of the setting ``WATCH_ATOM``."""
        file = self._crawler.settings.get("WATCH_ATOM")
        if not file:
            return
        events = await for_crawler(self._crawler).call(Archive.watch_events, (), ENTRIES)
        try:
            write_whole(Path(file).expanduser(), atom(events))
        except OSError as error:
            logger.error("WATCH_ATOM=%s cannot be written: %s", file, error.strerror)
            spider.exit_code = spider.exit_code or INCOMPLETE


def _finish(archive: Archive, run: str, reason: str) -> RunSummary:
    archive.finish_run(run, reason)
    return archive.run_summary(run)
