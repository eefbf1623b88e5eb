"""Redirects followed without telling the next server where we came from, or what we have of another address."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest

from crawler.spiders.conditions import CONDITIONS

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class UnsafeRedirect(IgnoreRequest):
    """A redirect to ``file:``, ``ftp:``, ``data:`` … was not followed."""

    def __init__(self, scheme: str) -> None:
        super().__init__(f"redirected to a {scheme[:20]}: address")


class Redirects(RedirectMiddleware):
    """Scrapy's redirects; the Referer header, switched off for pages, is left out of redirects too.

    So are the conditions of the request: they are about the document of the first address.
    """

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Follow a redirect; raises ``UnsafeRedirect`` for one that leads out of the web."""
        if response.status in (301, 302, 303, 307, 308) and (value := response.headers.get("Location")):
            scheme = urlsplit(value.decode("latin-1").strip()).scheme.lower()
            if scheme and scheme not in ("http", "https"):
                raise UnsafeRedirect(scheme)
        return super().process_response(request, response)

    def handle_referer(self, request: Request, response: Response) -> None:
        """Send no Referer and no condition."""
        for name in ("Referer", *CONDITIONS):
            request.headers.pop(name, None)

    def _engine_started(self) -> None:
        """Scrapy's own looks for the middleware that writes the header, and warns that it is off."""
