"""A limit to what a server may send before the document: Twisted limits a line, not how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)

if TYPE_CHECKING:
    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import IAddress
    from twisted.web._newclient import HTTP11ClientProtocol
    from twisted.web._newclient import Request as TxRequest
    from twisted.web.iweb import IResponse

MOST = 256 * 1024  # bytes of status line and headers; servers of newspapers send one or two KB


class HeadersTooLarge(Exception):
    """A server sends headers without an end."""

    def __init__(self) -> None:
        super().__init__(f"headers larger than {MOST >> 10} KiB")


class _Parser(_LenientHTTPClientParser):
    """Scrapy's parser, which counts."""

    _received = 0

    def lineReceived(self, line: bytes) -> None:  # noqa: N802
        """Raise ``HeadersTooLarge``, which ends the connection, when it is enough."""
        self._received += len(line)
        if self._received > MOST:
            raise HeadersTooLarge
        super().lineReceived(line)


class _Protocol(_LenientHTTP11ClientProtocol):
    def request(self, request: TxRequest) -> Deferred[IResponse]:
        """As Scrapy's, which chooses its parser in the same way."""
        answer: Deferred[IResponse] = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = _Parser
        return answer


class LimitedFactory(_LenientHTTP11ClientFactory):
    """Builds connections with a limit to headers."""

    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:  # noqa: N802
        """A connection."""
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
