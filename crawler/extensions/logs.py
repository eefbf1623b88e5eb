"""What stands in the log: of pages an address and an outcome, of Scrapy what concerns the crawl."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter

from crawler.items import Page, Reading

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Response
    from scrapy.logformatter import LogFormatterResult
    from twisted.python.failure import Failure


# Scrapy's loggers that tell at every start and end which parts it is made of.
_PARTS = """
    addons core.engine extensions.logstats extensions.memusage middleware statscollectors utils.log
""".split()


def quiet_parts() -> None:
    """Keep from the log (level INFO) what only a developer of the crawler wants to know."""
    for name in _PARTS:
        # Not by their level, which Scrapy sets when it begins.
        logging.getLogger(f"scrapy.{name}").addFilter(_of_concern)
    logging.getLogger("scrapy.crawler").addFilter(_without_settings)


def _of_concern(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


def _without_settings(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith("Overridden settings")


class BriefLog(LogFormatter):
    """Scrapy's own would write whole items, megabytes of page bytes, at level DEBUG and with every error."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        """``new: URL``, at level DEBUG."""
        decision = item.decision if isinstance(item, Reading) else None
        outcome = decision.outcome if decision else "passed on"
        return {"level": logging.DEBUG, "msg": "%(outcome)s: %(url)s", "args": {"outcome": outcome, "url": _url(item)}}

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """A pipeline raised, which none of ours does; at level ERROR."""
        return {"level": logging.ERROR, "msg": "A pipeline failed on %(url)s", "args": {"url": _url(item)}}


def _url(item: Any) -> str:
    page = item.page if isinstance(item, Reading) else item
    return (page.url_requested or page.url or "a document without address") if isinstance(page, Page) else "an item"
