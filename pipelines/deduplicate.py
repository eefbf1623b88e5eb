"""Third stage: what is this page to the archive?"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from crawler.archive import Archive, ArchiveError
from crawler.archive.store import has_truncated_page
from crawler.archive.writer import Writer, for_crawler
from crawler.items import Article, Reading, Rejection

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class Deduplicate:
    """Sets ``reading.decision``: new, revised, unchanged, the same under another URL, a copy, removed …

    Nothing is dropped. Where an exception stops it, the page travels on as a rejection of kind ``failed``.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Deduplicate:
        """Use the crawler's writer."""
        return cls(for_crawler(crawler))

    async def process_item(self, item: Any) -> Any:
        """Decide about a Reading; anything else passes."""
        if isinstance(item, Reading):
            await self._decide(item)
        return item

    async def _decide(self, reading: Reading) -> None:
        try:
            reading.decision = await self._writer.call(Archive.decide, reading)
            if reading.decision.outcome == "revised" and is_cut_off(reading):
                reading.result = _cut_off(reading)
                reading.decision = await self._writer.call(Archive.decide, reading)
        except ArchiveError as error:
            # The page is as good as before: store decides anew, in its transaction.
            logger.warning("Not decided yet, %s: %s", reading.page.url, error)
        except Exception as error:
            logger.exception("Deduplicate failed on %s", reading.page.url)
            reading.result = failure("deduplicate", error, reading)


def is_cut_off(reading: Reading) -> bool:
    """Whether the page ended too early: what is missing of a known article was not edited away."""
    result = reading.result
    return isinstance(result, Article) and has_truncated_page(result)


def _cut_off(reading: Reading) -> Rejection:
    outlet = reading.result.outlet if reading.result else None
    return Rejection(
        "error", "cut off: the page ends too early; the article keeps the text it had", outlet, reading.page.url
    )


def failure(stage: str, error: Exception, reading: Reading) -> Rejection:
    """Return the rejection that an exception in a stage makes of a page."""
    page, result = reading.page, reading.result
    outlet = page.outlet or (result.outlet if result is not None else None)
    return Rejection("failed", f"{stage}: {type(error).__name__}: {error}", outlet, page.url)
