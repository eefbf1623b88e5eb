"""Fetches URLs with the project's settings and handler and prints one JSON line of outcome for each.

Run as a program: a Twisted reactor runs once a process. ``python -m tests.crawl.fetch '{"urls": […],
"settings": {…}, "names": {"host": "address"}, "outlet": "name"}'``; ``names`` is what the resolver is to
answer, ``outlet`` makes the requests as the news spider makes them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.utils.project import get_project_settings
from twisted.internet import defer
from twisted.internet.error import DNSLookupError
from twisted.internet.interfaces import IResolverSimple
from twisted.python.failure import Failure
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.middlewares import MIDDLEWARES
from crawler.middlewares.outlets import OUTLET
from crawler.spiders.fetched import failed_by

NAMES: dict[str, str] = {}


@implementer(IResolverSimple)
class Names:
    """A resolver that answers from ``NAMES`` and knows nothing else, but address literals."""

    def __init__(self, reactor: Any) -> None:
        self.reactor = reactor

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> Names:
        return cls(reactor)

    def install_on_reactor(self) -> None:
        self.reactor.installResolver(self)

    def getHostByName(self, name: str, timeout: Any = ()) -> defer.Deferred[str]:  # noqa: N802
        if name in NAMES:
            return defer.succeed(NAMES[name])
        return defer.fail(DNSLookupError(name))


class Fetch(Spider):
    name = "fetch"
    urls: list[str]
    outlet: str | None

    async def start(self) -> AsyncIterator[Request]:
        for url in self.urls:
            meta: dict[str, Any] = {OUTLET: self.outlet} if self.outlet else {}
            meta["handle_httpstatus_list"] = [404]
            yield Request(url, self.parse, errback=self.failed, dont_filter=True, meta=meta, cb_kwargs={"asked": url})

    def parse(self, response: Response, asked: str) -> None:
        self.say(asked, state="fetched", status=response.status, url=response.url, body=response.text[:80])

    def failed(self, failure: Failure) -> None:
        state, reason = failed_by(failure)
        self.say(failure.request.cb_kwargs["asked"], state=state, reason=reason)  # type: ignore[attr-defined]

    def say(self, asked: str, **outcome: Any) -> None:
        print(json.dumps({"asked": asked, **outcome}), flush=True)


def main() -> None:
    job = json.loads(sys.argv[1])
    NAMES.update(job.get("names") or {})
    settings = get_project_settings()
    settings.setdict(
        {
            "SPIDER_MODULES": [],
            "ITEM_PIPELINES": {},
            "EXTENSIONS": {},
            "DOWNLOADER_MIDDLEWARES": MIDDLEWARES,
            "DOWNLOAD_DELAY": 0,
            "AUTOTHROTTLE_ENABLED": False,
            "RETRY_ENABLED": False,
            "DOWNLOAD_TIMEOUT": 5,
            "LOG_LEVEL": "WARNING",
            **({"TWISTED_DNS_RESOLVER": Names} if job.get("names") is not None else {}),
            **(job.get("settings") or {}),
        },
        priority="cmdline",
    )
    process = AsyncCrawlerProcess(settings)
    process.crawl(Fetch, urls=job["urls"], outlet=job.get("outlet"))
    process.start()


if __name__ == "__main__":
    main()
