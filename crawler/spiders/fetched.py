"""From what Scrapy brings back to what the project keeps: a response as a ``Page``, a failure in words."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from crawler.handlers.addresses import AddressRefused
from crawler.handlers.guarded import TLS
from crawler.items import Page
from crawler.middlewares.outlets import OffSite
from crawler.middlewares.redirects import UnsafeRedirect
from crawler.politeness.failures import TOO_LARGE, in_words
from crawler.politeness.gate import OutletRests

if TYPE_CHECKING:
    from twisted.python.failure import Failure

    from crawler.archive import Lease

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s;\"']+)", re.IGNORECASE)
_BOMB = "exceeded DOWNLOAD_MAXSIZE"  # likewise, of a body that grew too large when it was unpacked
_ROBOTS = "Forbidden by robots.txt"  # Scrapy's own words: its exception has no type or field to tell it by

State = Literal["failed", "refused", "excluded", "pending"]


class Failed(NamedTuple):
    """A fetch that brought no document: the ledger state it leads to, and why, in words.

    ``pending``: it was not even tried.
    """

    state: State
    reason: str


def page_of(response: Response, lease: Lease) -> Page:
    """The response to a leased URL as a page; ``url_requested`` is the ledger's spelling of it."""
    return Page(
        url=response.url,
        body=response.body,
        fetched_at=datetime.now(UTC),
        url_requested=lease.url,
        status=response.status,
        headers=[
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ],
        charset=_charset(response),
        outlet=lease.outlet,
        found=lease.found,
        tls=response.meta.get(TLS),
    )


def lost_page(lease: Lease, reason: str) -> Page:
    """The page of a fetch that brought nothing: ``error`` says why."""
    return Page(
        url=lease.url,
        body=b"",
        fetched_at=datetime.now(UTC),
        url_requested=lease.url,
        outlet=lease.outlet,
        found=lease.found,
        error=reason,
    )


def failed_by(failure: Failure) -> Failed:
    """The state and reason of a fetch that ended in ``failure``."""
    error = failure.value
    assert error is not None
    if isinstance(error, OutletRests):
        return Failed("pending", str(error))
    if isinstance(error, (AddressRefused, UnsafeRedirect)):
        return Failed("refused", str(error))
    if isinstance(error, OffSite):
        return Failed("excluded", str(error))
    if isinstance(error, IgnoreRequest):
        if str(error) == _ROBOTS:
            return Failed("excluded", "robots.txt")
        return Failed("failed", TOO_LARGE if _BOMB in str(error) else str(error))
    return Failed("failed", in_words(error))


def _charset(response: Response) -> str | None:
    header = response.headers.get("Content-Type")
    found = _CHARSET.search(header.decode("latin-1")) if header else None
    return found[1].lower() if found else None
