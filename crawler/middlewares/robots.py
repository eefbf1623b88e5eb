"""robots.txt obeyed as Scrapy does, but a file that cannot be fetched is one line of log, not a traceback."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares import robotstxt

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Robots(robotstxt.RobotsTxtMiddleware):
    """Scrapy's middleware with a quieter log."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        robotstxt.logger.addFilter(_without_traceback)


def _without_traceback(record: logging.LogRecord) -> bool:
    record.exc_info = None
    return True
