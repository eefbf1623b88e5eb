"""Second stage: the cleaning rules, the same for every source, and what was learnt of the outlet."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crawler.archive import Archive, ArchiveError
from crawler.archive.writer import Writer, for_crawler
from crawler.extraction import clean, failed
from crawler.extraction.boilerplate import Boilerplate
from crawler.items import Article, Reading

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)


class Clean:
    """Cleans the result of each :class:`~crawler.items.Reading`.

    The boilerplate in use is read from the archive once, at the first page: all pages of a run are cleaned alike.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._learnt: asyncio.Task[Mapping[str, Boilerplate]] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Clean:
        """Use the crawler's writer."""
        return cls(for_crawler(crawler))

    async def process_item(self, item: Any) -> Any:
        """Clean in place; an exception of a rule becomes the result, and the item travels on."""
        if isinstance(item, Reading) and isinstance(item.result, Article):
            self._learnt = self._learnt or asyncio.create_task(self._read_learnt())
            learnt = await self._learnt
            try:
                item.result = clean(item.result, learnt.get(item.result.outlet or ""))
            except Exception as error:  # the page must reach the archive whatever a rule does
                item.result = failed("clean", error, item.page)
        return item

    async def _read_learnt(self) -> Mapping[str, Boilerplate]:
        try:
            return await self._writer.call(Archive.boilerplates_in_use)
        except (ArchiveError, ValueError) as error:
            logger.warning("This run cleans without learnt boilerplate: %s", error)
            return {}
