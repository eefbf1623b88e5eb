"""The gate before the network: one request to a newspaper at a time, at its pace, and none while it rests."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest

from crawler.archive import Archive, ArchiveError
from crawler.archive.rests import Rest
from crawler.archive.writer import for_crawler
from crawler.middlewares.outlets import PHOTO
from crawler.politeness.failures import failed_answer, failed_request
from crawler.politeness.pace import LONGEST, Pace
from crawler.politeness.retry_after import retry_after

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

MOST_CRAWL_DELAY = 120.0  # seconds; a robots.txt that asks for more is told from a mistake by nobody


class OutletRests(IgnoreRequest):
    """A request was not made, since the newspaper rests; its URL stays to be fetched."""


class Gate:
    """What a crawl knows of the newspapers it asks. It lives in the event loop; one a crawler, see ``of``.

    After ``REST_AFTER`` addresses in a row that failed in a way that says something of the whole site, or one with a
    ``Retry-After`` of more than a minute, the newspaper rests: for the first, second, third … of ``RESTS`` hours where
    it answered with a refusal or an error, for the first where no answer came, or as long as it asked for. After a rest
    the first answer decides: a failure is the next rest.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._after = settings.getint("REST_AFTER")
        self._hours = [float(hours) for hours in settings.getlist("RESTS")]
        self._delay = settings.getfloat("DOWNLOAD_DELAY")
        # Scrapy counts from when a request was to begin, which is long ago when it has waited here.
        self._least = self._delay * max(0.0, 1 - settings.getfloat("DOWNLOAD_DELAY_JITTER"))
        self._paces: defaultdict[str, Pace] = defaultdict(lambda: Pace(self._delay, self._least))
        self._rests: dict[str, Rest] = {}
        self._photos_failing: defaultdict[str, set[str]] = defaultdict(set)
        self._without_photos: set[str] = set()

    @classmethod
    def of(cls, crawler: Crawler) -> Gate:
        """The one gate of a crawler."""
        existing = getattr(crawler, "politeness_gate", None)
        if not isinstance(existing, Gate):
            existing = cls(crawler)
            crawler.politeness_gate = existing  # type: ignore[attr-defined]
        return existing

    # What the crawl says -----------------------------------------------------------------------------------

    def open(self, outlet: str, delay: float | None, rest: Rest | None) -> None:
        """A crawl of a newspaper begins: with its own delay in seconds, and its last rest, over or not."""
        self._paces[outlet].least = max(self._least, delay or 0.0)
        if rest is not None and rest.ended_at is None:
            self._rests[outlet] = rest

    def obey(self, slot: str, crawl_delay: float | None) -> None:
        """Take the ``Crawl-delay`` (seconds) of a robots.txt as the least delay of its slot."""
        if crawl_delay:
            if crawl_delay > MOST_CRAWL_DELAY:
                logger.warning("%s: its robots.txt asks for %g s between two requests", slot, crawl_delay)
            pace = self._paces[slot]
            pace.least = max(pace.least, min(crawl_delay, MOST_CRAWL_DELAY))

    def resting(self, outlet: str) -> str | None:
        """Why nothing is asked of the newspaper now; ``None`` when it may be asked."""
        rest = self._rests.get(outlet)
        return rest.words() if rest is not None and rest.lasts(datetime.now(UTC)) else None

    def wants_photos(self, outlet: str) -> bool:
        """Whether photos of the newspaper may be asked for in this run: what keeps them may be another server."""
        return outlet not in self._without_photos

    async def rest(self, outlet: str, reason: str, lasting: timedelta | None = None) -> None:
        """Let the newspaper rest, for as long as it asked or as its rests in a row say."""
        now = datetime.now(UTC)
        before = self._rests.get(outlet)
        if before is not None and before.lasts(now):
            return
        # Where no answer came at all it may be our own network, which must not keep papers away for a day.
        number = before.number + 1 if before is not None and "HTTP " in reason else 1
        hours = self._hours[min(number, len(self._hours)) - 1] if self._hours else 0.0
        until = now + (lasting if lasting is not None else timedelta(hours=hours))
        rest = Rest.begin(outlet, now, until, reason, number)
        self._rests[outlet] = rest
        logger.warning("%s %s", outlet, rest.words())
        await self._tell(Archive.begin_rest, rest)

    # What the network passes -------------------------------------------------------------------------------

    async def passing(self, request: Request, fetch: Callable[[Request], Awaitable[Response]]) -> Response:
        """Make a request when its turn has come. Raises ``OutletRests``, and what ``fetch`` raises."""
        slot = str(request.meta.get("download_slot") or "")
        pace = self._paces[slot]
        async with pace.turn:
            while (seconds := pace.wait(monotonic())) > 0:
                await asyncio.sleep(seconds)
            if (why := self.resting(slot)) is not None:
                raise OutletRests(why)
            if request.meta.get(PHOTO) and not self.wants_photos(slot):
                raise OutletRests("its photos are left for later")
            pace.begin(monotonic())
            try:
                response = await fetch(request)
            except Exception as error:
                await self._failed(slot, pace, request, failed_request(error))
                raise
            asked = retry_after(_header(response, b"Retry-After"), datetime.now(UTC))
            await self._failed(slot, pace, request, failed_answer(response.status), asked)
            return response

    async def _failed(
        self, slot: str, pace: Pace, request: Request, why: str | None, asked: timedelta | None = None
    ) -> None:
        """Note how a request went: ``why`` the site is unwell (``None``: it is well), and the pause it asked for."""
        if request.meta.get(PHOTO):
            self._photo_failed(slot, pace, request, why, asked)
            return
        is_page = not request.meta.get("dont_obey_robotstxt")  # a robots.txt is often served by something else
        if why is None:
            if is_page and (pace.well() or slot in self._rests):
                await self._well(slot)
            return
        pace.failed(request.url, monotonic())
        if asked is not None and asked.total_seconds() <= LONGEST:
            pace.pause(asked.total_seconds(), monotonic())
        elif asked is not None:
            await self.rest(slot, f"{why}, Retry-After {asked.total_seconds():.0f} s", asked)
        elif is_page and self._after and (len(pace.failing) >= self._after or slot in self._rests):
            await self.rest(slot, f"{why}, {pace.failures} times in a row")

    def _photo_failed(self, slot: str, pace: Pace, request: Request, why: str | None, asked: timedelta | None) -> None:
        """Failures of what is often another server say nothing of the paper: its photos alone are left for later."""
        failing = self._photos_failing[slot]
        if why is None:
            failing.clear()
            return
        failing.add(request.url)
        pause = asked.total_seconds() if asked is not None else 0.0
        pace.pause(min(pause, LONGEST), monotonic())
        if self.wants_photos(slot) and (pause > LONGEST or (self._after and len(failing) >= self._after)):
            self._without_photos.add(slot)
            logger.warning("%s: its photos are left for later runs (%s)", slot, why)

    async def _well(self, outlet: str) -> None:
        if self._rests.pop(outlet, None) is not None:
            await self._tell(Archive.end_rest, outlet)

    async def _tell(self, job: Callable[..., None], *arguments: object) -> None:
        try:
            await for_crawler(self._crawler).call(job, *arguments)
        except ArchiveError as error:
            logger.error("NOT STORED that a newspaper rests: %s", error)


def _header(response: Response, name: bytes) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
