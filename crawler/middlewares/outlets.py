"""Keeps every request in its outlet: one download slot a newspaper, and no way off its hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest

from crawler.handlers.addresses import check_host
from crawler.registry import Registry, default_registry

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

# Keys of ``Request.meta``: the outlet a request was made for; whether it is for a photo, which may be anywhere.
OUTLET = "outlet"
PHOTO = "photo"


class OffSite(IgnoreRequest):
    """A redirect that led to a host the outlet does not own; not followed."""

    def __init__(self, host: str, outlet: str) -> None:
        super().__init__(f"redirected to {host}, which is not a host of {outlet}")


class OutletRequests:
    """Downloader middleware, before robots.txt.

    Sub-sites of one newspaper, and its robots.txt files, share the download slot named after the outlet, so
    that the delay holds for all of them together. A redirect off the outlet's hosts raises ``OffSite``, one
    to an address of this machine or its network ``AddressRefused``, before either host is asked for
    anything. Photos are fetched from wherever the paper keeps them, in its slot.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._photo_hosts: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """With the registry of the project."""
        return cls(default_registry())

    def process_request(self, request: Request) -> None:
        """Set the slot of ``request``; raises ``OffSite`` or ``AddressRefused``."""
        name = request.meta.get(OUTLET)
        owner = self._registry.for_url(request.url)
        if owner is not None:
            request.meta["download_slot"] = owner.name
        host = urlsplit(request.url).hostname or ""
        if name is None:
            if owner is None and host in self._photo_hosts:  # its robots.txt
                request.meta.update({"download_slot": self._photo_hosts[host], PHOTO: True})
            return
        if owner is not None and owner.name == name:
            return
        check_host(host)
        if request.meta.get(PHOTO):
            request.meta["download_slot"] = self._photo_hosts[host] = name
            return
        raise OffSite(host or request.url, name)
