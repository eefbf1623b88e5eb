"""Last stage: everything into archive.db, in one transaction a page."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from crawler.archive import Archive, ArchiveError
from crawler.archive.decide import page_urls
from crawler.archive.writer import Writer, for_crawler
from crawler.items import Decision, Reading
from pipelines.deduplicate import failure

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import StatsCollector

logger = logging.getLogger(__name__)

LOST = "archive/not_stored"  # stat: pages that could not be written; a run that has any must not exit with 0


class Store:
    """Writes page, article or rejection, and ledger state.

    When a page cannot be stored as what it was read as, its bytes are stored with the reason; when the
    archive cannot be written at all, the URL is named in the log, counted in the stat
    ``archive/not_stored``, and stays in the ledger for the next run. Outcomes are counted in the stats
    ``archive/<outcome>``.
    """

    def __init__(self, writer: Writer, stats: StatsCollector) -> None:
        self._writer = writer
        self._stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Store:
        """Use the crawler's writer and stats."""
        assert crawler.stats is not None
        return cls(for_crawler(crawler), crawler.stats)

    async def process_item(self, item: Any) -> Any:
        """Store a Reading; anything else passes."""
        if not isinstance(item, Reading):
            return item
        try:
            item.decision = await self._store(item)
        except Exception as error:
            await self._lost(item, error)
        else:
            self._stats.inc_value(f"archive/{item.decision.outcome}")
        return item

    async def _store(self, reading: Reading) -> Decision:
        run_id = self._writer.run_id
        if run_id is None:
            raise ArchiveError("no run was started: is the extension crawler.extensions.runs.RunRecord enabled?")
        try:
            return await self._writer.call(Archive.store, reading, run_id)
        except ArchiveError:
            raise
        except Exception as error:
            logger.exception("%s could not be stored as it was read", reading.page.url)
            reading.result, reading.decision = failure("store", error, reading), None
            return await self._writer.call(Archive.store, reading, run_id)

    async def _lost(self, reading: Reading, error: Exception) -> None:
        self._stats.inc_value(LOST)
        logger.error("NOT STORED %s: %s", reading.page.url_requested or reading.page.url, error)
        for url in page_urls(reading.page):
            try:
                await self._writer.call(_put_back, url)
            except Exception:
                # The lease outlives this run; the next one takes it back.
                logger.debug("Still leased: %s", url, exc_info=True)


def _put_back(archive: Archive, url: str) -> None:
    archive.ledger.put_back(url)
