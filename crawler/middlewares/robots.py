"""robots.txt obeyed with its ``Crawl-delay``; while it cannot be read, nothing is (RFC 9309, 2.3.1.4)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.downloadermiddlewares import robotstxt
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

from crawler.middlewares.outlets import OUTLET, PHOTO
from crawler.outlet import host_of
from crawler.politeness.failures import failed_answer, in_words
from crawler.politeness.gate import Gate, OutletRests
from crawler.registry import default_registry

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser


class RobotsUnreachable(OutletRests):
    """A robots.txt could not be read: nobody knows what may be fetched, and the newspaper rests."""


class SiteUnreachable(IgnoreRequest):
    """Likewise of a sub-site, or of where photos are kept: that page failed, the newspaper goes on."""


class Robots(robotstxt.RobotsTxtMiddleware):
    """Scrapy's middleware, where a file that cannot be fetched forbids everything for now instead of nothing.

    One that is not there (4xx) forbids nothing. A failure is one line of log, not a traceback.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._gate = Gate.of(crawler)
        self._unreachable: dict[str, str] = {}
        robotstxt.logger.addFilter(_without_traceback)
        crawler.signals.connect(self._robots_parsed, signal=signals.robots_parsed)

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Raise ``IgnoreRequest`` for what must not be fetched.

        Where nobody knows: ``RobotsUnreachable``, of a sub-site ``SiteUnreachable``.
        """
        await super().process_request(request)
        why = self._unreachable.get(urlparse_cached(request).netloc)
        if why is None or request.meta.get("dont_obey_robotstxt"):
            return
        name = request.meta.get(OUTLET)
        if name is not None and (request.meta.get(PHOTO) or not self._is_home(name, request.url)):
            raise SiteUnreachable(why)
        if name is not None:
            await self._gate.rest(name, why)
        raise RobotsUnreachable(why)

    @staticmethod
    def _is_home(name: str, url: str) -> bool:
        return host_of(url) == host_of(default_registry().get(name).home)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        why = failed_answer(response.status) if response.status != 403 else None  # 403: there is none for us
        if why is not None:
            self._unreachable[netloc] = f"robots.txt cannot be read: {why}"
        await super()._parse_robots(response, netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if not isinstance(exc, IgnoreRequest):
            self._unreachable[netloc] = f"robots.txt cannot be read: {in_words(exc)}"
        super()._robots_error(exc, netloc)

    def _robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        agent = self._robotstxt_useragent or self._default_useragent
        if slot := request.meta.get("download_slot"):
            self._gate.obey(slot, robotparser.crawl_delay(agent))


def _without_traceback(record: logging.LogRecord) -> bool:
    record.exc_info = None
    return True
