"""The handler of ``http`` and ``https``: guarded connections behind the gate of politeness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.handlers.guarded import GuardedHTTPHandler
from crawler.politeness.gate import Gate

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class PoliteHTTPHandler(GuardedHTTPHandler):
    """Every request waits for its turn; raises what the guarded handler does, and ``OutletRests``."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._gate = Gate.of(crawler)

    async def download_request(self, request: Request) -> Response:
        """Fetch ``request`` when the newspaper may be asked."""
        return await self._gate.passing(request, super().download_request)
