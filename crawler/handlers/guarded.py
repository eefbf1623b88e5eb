"""The download handler of ``http`` and ``https``: Scrapy's own, connecting to public addresses only.

Every connection of the crawler passes here: pages, redirects, robots.txt. Names under ``.test`` go to the
one address of the setting ``LOOPBACK`` (the bundled newspaper) and nowhere when it is empty.
"""

from __future__ import annotations

import logging
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _ScrapyAgent
from scrapy.exceptions import ResponseDataLossError
from scrapy.utils._download_handlers import get_dataloss_msg, wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.endpoints import TCP4ClientEndpoint, TCP6ClientEndpoint, wrapClientTLS
from twisted.internet.interfaces import IReactorPluggableNameResolver, IReactorTCP
from twisted.web.client import URI, Agent, _StandardEndpointFactory
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.handlers.addresses import AddressRefused, Loopback, check_host, is_public, is_test_name
from crawler.handlers.headers import LimitedFactory
from crawler.handlers.tls import HostPolicy
from crawler.registry import default_registry

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.interfaces import IConnector, IStreamClientEndpoint


logger = logging.getLogger(__name__)

TLS = "tls"  # key of ``Request.meta``


@implementer(IReactorTCP, IReactorPluggableNameResolver)
class GuardedReactor:
    """The reactor as an endpoint sees it, whose ``connectTCP`` refuses addresses that are not public.

    Endpoints resolve a name first and then call ``connectTCP`` with an address: this is the last step
    before the kernel, so no resolver's answer escapes it.
    """

    def __init__(self, reactor: Any, host: str) -> None:
        self._reactor = reactor
        self._host = host

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reactor, name)

    def connectTCP(self, host: str, port: int, *args: Any, **kwargs: Any) -> IConnector:  # noqa: N802
        """Connect as the reactor does; ``AddressRefused`` for a non-public ``host`` (an address literal)."""
        if not is_public(ip_address(host)):
            raise AddressRefused(self._host, host)
        connector: IConnector = self._reactor.connectTCP(host, port, *args, **kwargs)
        return connector


class GuardedEndpoints(_StandardEndpointFactory):
    """Makes the endpoint of a URL: guarded, or for a ``.test`` name the loopback address of the setting."""

    def __init__(self, standard: _StandardEndpointFactory, loopback: Loopback | None) -> None:
        vars(self).update(vars(standard))  # its policy of TLS, timeout and own address
        self._plain_reactor = standard._reactor
        self._loopback = loopback

    def endpointForURI(self, uri: URI) -> IStreamClientEndpoint:  # noqa: N802
        """The endpoint for ``uri``; raises ``AddressRefused`` for what needs no resolution to be refused."""
        host = uri.host.decode("ascii", "replace")
        check_host(host)
        if is_test_name(host):
            return self._on_loopback(uri, host)
        self._reactor = GuardedReactor(self._plain_reactor, host)
        endpoint: IStreamClientEndpoint = super().endpointForURI(uri)
        return endpoint

    def _on_loopback(self, uri: URI, host: str) -> IStreamClientEndpoint:
        loopback = self._loopback
        if loopback is None or not loopback.admits(uri.port):
            raise AddressRefused(host, f"port {uri.port} of this machine")
        kind: Any = TCP6ClientEndpoint if ":" in loopback.address else TCP4ClientEndpoint
        endpoint: IStreamClientEndpoint = kind(
            self._plain_reactor, loopback.address, loopback.port, self._connectTimeout
        )
        if uri.scheme != b"https":
            return endpoint
        return wrapClientTLS(self._policyForHTTPS.creatorForNetloc(uri.host, uri.port), endpoint)


class _GuardedAgent(_ScrapyAgent):
    """Scrapy's agent with guarded endpoints.

    A proxy that the operator has set is connected wherever it is, but not asked for addresses of this
    machine, and never for the ``.test`` names.
    """

    loopback: Loopback | None = None

    def _get_agent(self, request: Request, timeout: float) -> Agent:
        host = urlparse_cached(request).hostname or ""
        check_host(host)
        if is_test_name(host):
            request.meta.pop("proxy", None)
        agent = super()._get_agent(request, timeout)
        if not request.meta.get("proxy"):
            agent._endpointFactory = GuardedEndpoints(agent._endpointFactory, self.loopback)
        return agent


class GuardedHTTPHandler(HTTP11DownloadHandler):
    """Download handler for ``http`` and ``https``. Errors are Scrapy's, and ``AddressRefused``."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._loopback = Loopback.parse(crawler.settings.get("LOOPBACK") or "")
        self._pool._factory = LimitedFactory
        # Twisted would send a request again without a word when a kept connection has broken.
        self._pool.retryAutomatically = False
        unverified = [host for outlet in default_registry() for host in outlet.tls_unverified]
        self._verifies = crawler.settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
        self._policy = HostPolicy(crawler, self._contextFactory, unverified)
        self._contextFactory: Any = self._policy
        if crawler.settings.getbool("HTTPPROXY_ENABLED"):
            _tell_proxies()

    async def download_request(self, request: Request) -> Response:
        """Fetch ``request``; raises ``AddressRefused`` instead of connecting to a non-public address.

        Whether a certificate vouched for the host stands in ``request.meta[TLS]``.
        """
        url = urlparse_cached(request)
        if url.scheme == "https":
            verified = self._verifies and self._policy.verifies(url.hostname or "")
            request.meta[TLS] = "verified" if verified else "unverified"
        else:
            request.meta.pop(TLS, None)  # of the address before a redirect
        agent = _GuardedAgent(
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
            tls_verbose_logging=self._tls_verbose_logging,
        )
        agent.loopback = self._loopback
        try:
            with wrap_twisted_exceptions():
                return await maybe_deferred_to_future(agent.download_request(request))
        except ResponseDataLossError:
            if not self._fail_on_dataloss_warned:
                self._fail_on_dataloss_warned = True
                self._crawler.spider.logger.warning(get_dataloss_msg(request.url))  # type: ignore[union-attr]
            raise


def _tell_proxies() -> None:
    """Say in the log through whom the crawl goes, without names and passwords."""
    proxies = {scheme: urlsplit(url).hostname for scheme, url in getproxies().items() if scheme in ("http", "https")}
    told = ", ".join(f"{scheme} through {host}" for scheme, host in sorted(proxies.items()))
    logger.warning("HTTPPROXY_ENABLED: %s; addresses are not checked behind a proxy", told or "no proxy is set")
