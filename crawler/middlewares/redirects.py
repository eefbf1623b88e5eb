"""Redirects followed without telling the next server where we came from, or what we have of another address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.redirect import RedirectMiddleware

from crawler.spiders.conditions import CONDITIONS

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class Redirects(RedirectMiddleware):
    """Scrapy's redirects; the Referer header, switched off for pages, is left out of redirects too.

    So are the conditions of the request: they are about the document of the first address.
    """

    def handle_referer(self, request: Request, response: Response) -> None:
        """Send no Referer and no condition."""
        for name in ("Referer", *CONDITIONS):
            request.headers.pop(name, None)

    def _engine_started(self) -> None:
        """Scrapy's own looks for the middleware that writes the header, and warns that it is off."""
