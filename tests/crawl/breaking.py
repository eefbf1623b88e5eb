"""``python -m tests.crawl.breaking STAGE crawl news …``: the command line with one thing broken on purpose."""

from __future__ import annotations

import itertools
import sys
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.cmdline import execute
from scrapy.exceptions import IgnoreRequest

import crawler.extraction
import crawler.spiders.news
import crawler.spiders.work
import pipelines.clean
from crawler.archive import ArchiveError
from crawler.archive.store import Store

ON_PURPOSE = LookupError("a rule broken on purpose")
_CALLS = itertools.count()
ARTICLE = "-410205.html"
SECTION = "/van-hoa"


def main() -> None:
    """Break what is named first, then run ``scrapy`` with the rest."""
    stage = sys.argv.pop(1)
    if stage == "extract":
        _break(crawler.extraction, "read_article", lambda document, *_: ARTICLE in (document.url or ""))
    elif stage == "clean":
        _break(pipelines.clean, "clean", lambda result, _: ARTICLE in (result.url or ""))
    elif stage == "section":
        _break(crawler.extraction, "read_section", lambda document: (document.url or "").endswith(SECTION))
    elif stage == "links":
        _break(crawler.spiders.work, "_add_section", lambda *arguments: True, ArchiveError("no room left"))
    elif stage == "lease":
        _break(crawler.spiders.work, "_lease", lambda *arguments: _after(30), ArchiveError("no room left"))
    elif stage == "store":
        _break(Store, "store", lambda _, reading, *rest: ARTICLE in (reading.page.url or ""))
    elif stage == "drop":
        crawler.spiders.news.PATIENCE = 0.5
        _drop_silently()
    else:
        sys.exit(f"no stage {stage!r}")
    execute(["scrapy", *sys.argv[1:]])


def _break(module: Any, name: str, when: Any, error: Exception = ON_PURPOSE) -> None:
    whole = getattr(module, name)

    def broken(*arguments: Any) -> Any:
        if when(*arguments):
            raise error
        return whole(*arguments)

    setattr(module, name, broken)


def _after(number: int) -> bool:
    return next(_CALLS) >= number


def _drop_silently() -> None:
    """Let a component of Scrapy refuse one request in the way that tells nobody."""
    whole = crawler.spiders.news.NewsSpider._set_crawler

    def refuse(request: Request, spider: Spider) -> None:
        if ARTICLE in request.url:
            raise IgnoreRequest

    def connected(spider: Any, crawling: Any) -> None:
        whole(spider, crawling)
        crawling.signals.connect(refuse, signal=signals.request_scheduled, weak=False)

    crawler.spiders.news.NewsSpider._set_crawler = connected  # type: ignore[method-assign,assignment]


if __name__ == "__main__":
    main()
