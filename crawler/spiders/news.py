"""``scrapy crawl news -a outlets=baoangiang,baocantho``: reads newspapers through the URL ledger.

What is to be fetched stands in the archive, never in memory: a few URLs per outlet are leased, fetched and
handed to the pipelines, and leave the ledger's list in the transaction that stores them. A process that
dies leaves leases behind, which the next run of the outlet takes back.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from logging import INFO, WARNING
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urljoin

from scrapy import Request, signals
from scrapy.exceptions import CloseSpider

from crawler.archive import ArchiveError, OutletBusy, OutletLock, archive_path
from crawler.archive.decide import NOT_MODIFIED
from crawler.discovery import named_feeds, read_listing
from crawler.discovery.span import Span
from crawler.extraction import extract, feeds_named
from crawler.items import Page, Reading, Result, SectionPage
from crawler.middlewares import MIDDLEWARES
from crawler.middlewares.outlets import OUTLET
from crawler.politeness.allowance import Allowance
from crawler.politeness.failures import TOO_LARGE
from crawler.politeness.gate import Gate
from crawler.registry import Outlet, default_registry
from crawler.spiders.arguments import BUSY, EXPECTED, INCOMPLETE, parse_outlets
from crawler.spiders.base import ArchiveSpider
from crawler.spiders.budget import Budget
from crawler.spiders.conditions import conditions, is_conditional, is_credible
from crawler.spiders.fetched import Failed, failed_by, lost_page, page_of
from crawler.spiders.flight import Flight
from crawler.spiders.photos import PLAIN, photo_reading, photo_request
from crawler.spiders.work import Work

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser
    from twisted.python.failure import Failure

    from crawler.archive import Lease

BACKFILL_BUDGET = "2h"  # unless one is stated: as long as a back-fill lasts, the schedule's own runs wait
PATIENCE = 30.0  # seconds without anything stored after which the engine is asked whether it still has requests


class NewsSpider(ArchiveSpider):
    """Crawls the outlets of its argument side by side."""

    name = "news"
    must_read = True
    custom_settings = {  # noqa: RUF012 Scrapy declares it as the instance's
        **ArchiveSpider.settings_of_all,
        "DOWNLOADER_MIDDLEWARES": MIDDLEWARES,
        "HTTPERROR_ALLOW_ALL": True,  # an error page is an answer too: it is stored, with its reason
    }

    def __init__(self, outlets: str = "", since: str = "", until: str = "", budget: str = "", **arguments: Any) -> None:
        self.registry = default_registry()
        self.outlets: list[Outlet] = parse_outlets(outlets, self.registry)
        self.span = Span.parse(since, until)
        self.budget = Budget.parse(budget or (BACKFILL_BUDGET if self.span else ""))
        names = [outlet.name for outlet in self.outlets]
        stated = {name: value for name, value in (("since", since), ("until", until), ("budget", budget)) if value}
        super().__init__("crawl news", {"outlets": names, **stated}, names, **arguments)
        self._locks: dict[str, OutletLock] = {}
        self._allowances: dict[str, Allowance] = {}
        self.held: dict[str, str] = {}  # outlets of which nothing more was fetched, and why

    @classmethod
    def check_arguments(
        cls, outlets: str = "", since: str = "", until: str = "", budget: str = "", **others: str
    ) -> None:
        """Raise ``ValueError`` with a message for people when ``-a`` arguments cannot be used."""
        if others:
            raise ValueError(f"unknown argument {next(iter(others))!r}: expected {EXPECTED}")
        parse_outlets(outlets, default_registry())
        Span.parse(since, until)
        Budget.parse(budget)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Listen to what robots.txt says."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.robots_parsed, signal=signals.robots_parsed)
        return spider

    def _set_crawler(self, crawler: Crawler) -> None:
        super()._set_crawler(crawler)
        self.work = Work(crawler, self.span)
        self.gate = Gate.of(crawler)
        # One being fetched, one being stored, one waiting.
        self.flight = Flight(crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") + 2)

    async def prepare(self) -> None:
        """Lock the outlets. One that another run has is left to it, and is no part of this run."""
        self.run_outlets = [outlet.name for outlet in self.outlets if self._lock(outlet.name)]
        if not self.run_outlets:
            raise CloseSpider("busy")
        await self.work.plan_photos(self.outlets)

    # --- from the ledger to requests ---

    async def start(self) -> AsyncIterator[Request]:
        """Requests for what the ledger holds, until nothing is due and nothing is in hand."""
        try:
            async for request in self._requests():
                yield request
        except ArchiveError as error:
            self.logger.error("%s", error)
            self.exit_code = INCOMPLETE
            raise CloseSpider("archive") from None

    async def _requests(self) -> AsyncIterator[Request]:
        for name in self.run_outlets:
            outlet = self.registry.get(name)
            taken_up = await self.work.take_up(outlet)
            self.gate.open(name, outlet.delay, taken_up.rest)
            self._allowances[name] = Allowance(outlet, taken_up.fetched_today)
        while True:
            in_hand = len(self.flight)
            taken = 0
            for name in list(self._locks):
                for lease in await self._leases(name):
                    taken += 1
                    yield self._request(lease)
            at_end = not taken and not in_hand
            if self.work.fails or (at_end and self.work.lost):
                raise CloseSpider("archive")
            if at_end:
                return
            if not await self.flight.landing(PATIENCE):
                await self._find_dropped()

    def _lock(self, name: str) -> bool:
        lock = OutletLock(archive_path(self.settings), name)
        try:
            lock.acquire()
        except (OutletBusy, ArchiveError) as error:
            self.logger.error("%s", error)
            self.exit_code = BUSY if isinstance(error, OutletBusy) else INCOMPLETE
            return False
        self._locks[name] = lock
        return True

    async def _leases(self, name: str) -> list[Lease]:
        room = min(self.flight.room(name), self._allowed(name))
        leases = await self.work.lease(name, room, photos=self.gate.wants_photos(name)) if room > 0 else []
        for lease in leases:
            self.flight.take(name, lease.url)
        self._allowances[name].take(len(leases))
        self.budget.taken += len(leases)
        return leases

    def _allowed(self, name: str) -> int:
        """How many more URLs of an outlet may be fetched now; why none, is told once."""
        allowance = self._allowances[name]
        why = self.gate.resting(name) or allowance.closed(datetime.now(UTC)) or self.budget.spent()
        if why is not None and self.held.get(name) != why:
            self.held[name] = why
            if not allowance.taken:
                self.left_alone.add(name)
            self.logger.warning("%s %s; what is left stays for later runs", name, why)
        return 0 if why is not None else min(allowance.left, self.budget.left)

    def _request(self, lease: Lease) -> Request:
        photo = photo_request(self.settings) if lease.kind == "photo" else PLAIN
        if self.span is not None and lease.kind in ("section", "feed"):
            lease = replace(lease, etag=None, last_modified=None)  # what it leads to is wanted, known or not
        return Request(
            lease.url,
            self.parse_answer,
            headers={**conditions(lease), **photo.headers},
            errback=self.failed,
            cb_kwargs={"lease": lease},
            meta={OUTLET: lease.outlet, **photo.meta},
            dont_filter=True,  # the ledger is the filter
        )

    # --- from responses to pages ---

    async def parse_answer(self, response: Response, lease: Lease) -> AsyncIterator[Page | Reading | Request]:
        """Hand a document to the callback of its kind; "not modified", where that can be true, goes on as it is."""
        callbacks = {
            "article": self.parse_article,
            "section": self.parse_section,
            "feed": self.parse_feed,
            "photo": self.parse_photo,
        }
        if response.status != NOT_MODIFIED:
            async for item in callbacks[lease.kind](response, lease):
                yield item
        elif not is_conditional(response.request):
            yield lost_page(lease, "HTTP 304, not modified, to a request without condition")
        elif is_credible(response, lease):
            yield page_of(response, lease)
        else:
            self.logger.warning("not modified, but another mark: %s is asked for once more", lease.url)
            yield self._request(replace(lease, etag=None, last_modified=None))

    async def parse_article(self, response: Response, lease: Lease) -> AsyncIterator[Page]:
        """Hand on the page; what it says is for the pipelines to find out."""
        yield page_of(response, lease)

    async def parse_section(self, response: Response, lease: Lease) -> AsyncIterator[Page | Reading]:
        """Put the links of a section page into the ledger, then hand it on with what was read."""
        page = page_of(response, lease)
        result = self._read(page)
        if not isinstance(result, SectionPage):
            yield page if result is None else Reading(page, result)
        elif await self._kept(self.work.add_section(self._outlet(lease), lease, result), lease):
            yield Reading(page, result)

    async def parse_feed(self, response: Response, lease: Lease) -> AsyncIterator[Page | Reading]:
        """Put the entries of a feed or sitemap into the ledger, then hand it on as the list it is."""
        page = page_of(response, lease)
        outlet = self._outlet(lease)
        # In a thread: a sitemap of fifty thousand entries takes most of a second.
        listing = await asyncio.to_thread(read_listing, page, outlet, self.span) if response.status == 200 else None
        if listing is None:  # it may be a page that lists feeds
            named = feeds_named(page, self.registry) if outlet.feeds is None and response.status == 200 else []
            if not named or await self._kept(self.work.add_feed(outlet, named_feeds(named, outlet, page.url)), lease):
                yield page
        elif await self._kept(self.work.add_feed(outlet, [*listing.articles, *listing.further]), lease):
            urls = [entry.url for entry in (*listing.articles, *listing.further)]
            kind = "index" if listing.is_index else "feed"
            yield Reading(page, SectionPage(outlet=outlet.name, url=page.url, kind=kind, article_urls=urls))

    async def parse_photo(self, response: Response, lease: Lease) -> AsyncIterator[Page | Reading]:
        """Hand on a photo with what its bytes say; anything else counts as a failed attempt."""
        yield photo_reading(page_of(response, lease))

    async def failed(self, failure: Failure) -> AsyncIterator[Page]:
        """A fetch that brought no document ends in a state with a reason."""
        lease: Lease = failure.request.cb_kwargs["lease"]  # type: ignore[attr-defined]
        why = failed_by(failure)
        if lease.kind == "photo" and why.reason == TOO_LARGE:  # it will not be smaller another time
            why = Failed("excluded", TOO_LARGE)
        if why.state == "pending":
            await self._put_back(lease)
            return
        level = INFO if why.state == "excluded" else WARNING  # nothing is wrong with what we must not read
        self.logger.log(level, "%s: %s (%s)", why.state, lease.url, why.reason)
        if why.state == "failed":
            yield lost_page(lease, why.reason)
        else:
            await self._finish(lease.outlet or "", lease.url, why)

    async def _put_back(self, lease: Lease) -> None:
        """A URL that was not asked for is pending as before."""
        with suppress(ArchiveError):  # then it stays leased until the end, and is put back with the others
            await self.work.put_back_one(lease.url)
        self.flight.land(lease.outlet or "", lease.url)

    async def _kept(self, links: Awaitable[int], lease: Lease) -> bool:
        """Whether the links of a list are in the ledger; if not, the list must not count as read."""
        try:
            await links
        except ArchiveError as error:
            self.logger.error("NOT STORED links of %s: %s", lease.url, error)
            self.work.lose()
            self.flight.land(lease.outlet or "", lease.url)  # leased until the end, then put back
            return False
        return True

    def _read(self, page: Page) -> Result | None:
        """What the page is; ``None`` when a rule failed, which the pipelines find again and record."""
        try:
            return extract(page, self.registry)
        except Exception:
            return None

    def _outlet(self, lease: Lease) -> Outlet:
        return self.registry.get(lease.outlet or "")

    async def pending(self, outlet: str) -> int:
        """How many URLs of the outlet are still to be fetched."""
        return await self.work.pending(outlet)

    # --- what became of the pages ---

    async def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Enter the sitemaps that a robots.txt names, for an outlet whose file names none."""
        name = request.meta.get(OUTLET)
        named = list(getattr(getattr(robotparser, "rp", None), "sitemaps", ()))
        if name not in self._locks or not named or (outlet := self.registry.get(name)).sitemaps is not None:
            return
        with suppress(ArchiveError):  # the next run comes by them again
            await self.work.add_feed(outlet, named_feeds(named, outlet, urljoin(request.url, "/robots.txt")))

    def dealt_with(self, page: Page) -> None:
        """The page's URL is no longer in hand."""
        self.flight.land(page.outlet or "", page.url_requested or "")

    async def _finish(self, outlet: str, url: str, why: Failed) -> None:
        try:
            await self.work.finish(url, why.state, why.reason)
        except ArchiveError as error:
            self.logger.error("NOT STORED that %s was %s: %s", url, why.state, error)
            self.work.lose()
        self.flight.land(outlet, url)

    async def _find_dropped(self) -> None:
        """End what is in hand when the engine has no request left: something dropped it without a word."""
        engine = self.crawler.engine
        busy = engine.downloader.active or (engine.scheduler and engine.scheduler.has_pending_requests())
        if busy or (engine.scraper.slot and not engine.scraper.slot.is_idle()):
            return
        for name in self._locks:
            for url in self.flight.urls(name):
                self.logger.error("failed: %s (its request was dropped)", url)
                await self._finish(name, url, Failed("failed", "the request was dropped"))

    async def give_back(self) -> None:
        """Leave no lease and no lock behind; called once when the spider has closed."""
        while self._locks:
            name, lock = self._locks.popitem()
            await self.work.put_back(name)
            lock.release()
