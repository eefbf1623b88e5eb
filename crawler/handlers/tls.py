"""Certificates are verified; a host whose outlet file says otherwise is the only exception."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, cast

from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


@implementer(IPolicyForHTTPS)
class HostPolicy:
    """The policy of the settings; for some hosts (lower case, without ``www.``) one that accepts any certificate."""

    def __init__(self, crawler: Crawler, usual: IPolicyForHTTPS, unverified: Collection[str]) -> None:
        self._usual = usual
        self._lenient = _ScrapyClientContextFactory.from_crawler(crawler)
        self._lenient._verify_certificates = False
        self._unverified = frozenset(unverified)

    def verifies(self, host: str) -> bool:
        """Whether a certificate must vouch for ``host``."""
        return host.lower().rstrip(".").removeprefix("www.") not in self._unverified

    def creatorForNetloc(self, hostname: bytes, port: int) -> Any:  # noqa: N802
        """How to begin TLS with a host."""
        policy = self._usual if self.verifies(hostname.decode("ascii")) else self._lenient
        return cast("Any", policy).creatorForNetloc(hostname, port)
