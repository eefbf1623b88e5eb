"""First stage: a page becomes a reading with a result."""

from __future__ import annotations

from typing import Any

from scrapy.crawler import Crawler

from crawler.archive.decide import NOT_MODIFIED
from crawler.extraction import extracted
from crawler.items import Page, Reading
from crawler.registry import Registry, default_registry


class Extract:
    """Reads each :class:`~crawler.items.Page`; a reading that has its result already passes as it is.

    So does an answer "not modified", which brought nothing to read.
    """

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Extract:
        """Built by Scrapy, with the project's own registry."""
        return cls(default_registry())

    def process_item(self, item: Any) -> Any:
        """Wrap a page into a reading with what it says; an exception of a rule is the result then."""
        if isinstance(item, Page):
            item = Reading(item)
        if isinstance(item, Reading) and item.result is None and item.page.status != NOT_MODIFIED:
            item.result = extracted(item.page, self.registry)
        return item
