"""What the news spider asks of the archive: each method is one transaction in the writer thread.

The event loop never waits for a lock; only futures come back to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from crawler.archive import Archive, Candidate, Lease, url_key
from crawler.archive.hashes import now_text, utc_text
from crawler.archive.ledger import BACKFILL
from crawler.archive.photos import PhotoPlan
from crawler.archive.rests import Rest
from crawler.archive.writer import for_crawler
from crawler.discovery import named_feeds, next_page, section_candidates, seeds
from crawler.discovery.links import NEXT_PAGE
from crawler.discovery.paging import page_number
from crawler.discovery.span import Span
from crawler.discovery.traps import trap
from crawler.items import Found, SectionPage
from crawler.registry import Outlet
from pipelines.store import LOST

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

T = TypeVar("T")

# Pages of one section that a run reads at most. A daily crawl meets a known page after one or two; what lies
# further back is the archive of the paper.
SECTION_PAGES = 10
MOST_LOST = 5  # pages in a row that could not be stored before a run ends


class TakenUp(NamedTuple):
    """What a crawl begins with: the outlet's last rest, over or not, and how much was fetched on its local day."""

    rest: Rest | None
    fetched_today: int


class Work:
    """The archive's side of one crawl."""

    def __init__(self, crawler: Crawler, span: Span | None = None) -> None:
        self._crawler = crawler
        self._span = span
        self._stored = self._lost_before = 0
        self._every = crawler.settings.getbool("REVISIT_ALL")

    async def plan_photos(self, outlets: Sequence[Outlet]) -> None:
        """Have the photos of the outlets' articles fetched, as settings and registry say."""
        settings = self._crawler.settings
        most, usual = settings.getint("PHOTOS_PER_ARTICLE"), settings.getbool("PHOTOS")
        chosen = {one.name: most for one in outlets if (usual if one.photos is None else one.photos)}
        await for_crawler(self._crawler).call(Archive.plan_photos, PhotoPlan(chosen))

    async def take_up(self, outlet: Outlet) -> TakenUp:
        """Take back what a dead run left leased; make pending the lists and articles that are due."""
        midnight = outlet.local(datetime.now(UTC)).replace(hour=0, minute=0, second=0, microsecond=0)
        lists = [replace(one, at_once=self._every or self._span is not None) for one in seeds(outlet)]
        return await self._ask(_take_up, self._run, outlet.name, lists, self._every, utc_text(midnight))

    async def lease(self, outlet: str, limit: int, *, photos: bool) -> list[Lease]:
        """The next URLs of the outlet, at most ``limit``; they are this run's until finished or put back."""
        return await self._ask(_lease, self._run, outlet, limit, self.lost > 0, self._span is not None, photos)

    @property
    def lost(self) -> int:
        """How many pages of this run could not be stored."""
        return int(self._crawler.stats.get_value(LOST, 0))

    def lose(self) -> None:
        """Count one more."""
        self._crawler.stats.inc_value(LOST)

    @property
    def fails(self) -> bool:
        """Whether one page after the other could not be stored: then the archive is at fault, not a page."""
        stats = self._crawler.stats.get_stats().items()
        stored = sum(number for name, number in stats if name.startswith("archive/") and name != LOST)
        if stored > self._stored:
            self._stored, self._lost_before = stored, self.lost
        return self.lost - self._lost_before >= MOST_LOST

    async def add_section(self, outlet: Outlet, lease: Lease, section: SectionPage) -> int:
        """Add a section page's links, and its next page when the main column holds a new one.

        Returns how many links were new.
        """
        main, aside = section_candidates(section, outlet)
        if self._span is not None and (page_number(section.url or "", outlet.paging) or 1) > 1:
            main, aside = ([replace(one, priority=BACKFILL) for one in links] for links in (main, aside))
        if outlet.feeds is None:
            aside += named_feeds(section.feeds, outlet, section.url)
        further = _further(section, outlet, self._span)
        return await self._ask(_add_section, self._run, outlet.name, lease.url, main, aside, further, self._span)

    async def add_feed(self, outlet: Outlet, entries: Sequence[Candidate]) -> int:
        """Add the articles of a feed; returns how many were new."""
        return await self._ask(_add, self._run, outlet.name, entries)

    async def finish(self, url: str, state: str, reason: str) -> None:
        """A URL that brought no page ends in ``state``."""
        await self._ask(_finish, url, state, reason)

    async def put_back_one(self, url: str) -> None:
        """A leased URL becomes pending again."""
        await self._ask(_put_back_one, url)

    async def put_back(self, outlet: str) -> None:
        """What is still leased becomes pending again."""
        await self._ask(_put_back, outlet)

    async def pending(self, outlet: str) -> int:
        """How many URLs of the outlet are still to be fetched, those in hand included."""
        return await self._ask(_pending, outlet, self._span is not None)

    async def _ask(self, job: Callable[..., T], *arguments: Any) -> T:
        return await for_crawler(self._crawler).call(job, *arguments)

    @property
    def _run(self) -> str | None:
        return for_crawler(self._crawler).run_id


def _further(section: SectionPage, outlet: Outlet, span: Span | None) -> Candidate | None:
    """The next page of a section, unless a daily run has read enough of it.

    A back-fill reads a page when the articles of the one before are read, and none that it has read already.
    """
    link = next_page(section.url or "", section.next_pages, outlet.paging)
    if link is None or trap(link) is not None:
        return None
    if span is not None:
        return Candidate(link, "section", Found(on=section.url), BACKFILL - 1)
    if (page_number(link, outlet.paging) or 0) > SECTION_PAGES:
        return None
    return Candidate(link, "section", Found(on=section.url), NEXT_PAGE, at_once=True)


# The last of the pages that a back-fill went to from a page, one from the other.
_WALKED = """
WITH RECURSIVE walked (url, number) AS (
  SELECT url, 1 FROM urls WHERE url = ?1 AND kind = 'section' AND priority = ?2 AND state = 'done'
  UNION
  SELECT urls.url, number + 1 FROM walked JOIN urls ON urls.found_on = walked.url
  WHERE urls.kind = 'section' AND urls.priority = ?2 AND number < 100000
)
SELECT url FROM walked ORDER BY number DESC LIMIT 1
"""
# The day of the newest article that was found on the page that led to this one.
_NEWEST_BEFORE = """
SELECT max(published_day) FROM urls AS page JOIN urls AS link ON link.found_on = page.found_on
JOIN articles ON articles.id = link.article JOIN revisions ON revisions.id = last_revision
WHERE page.url = ?
"""
_SINCE = "SELECT count(*) FROM fetches WHERE outlet = ? AND fetched_at >= ? AND status IS NOT NULL"
# What this run fetched and could not store is not fetched again by it: held until the end, then put back.
_HOLD = """
UPDATE urls SET state = 'leased' WHERE outlet = ? AND state = 'pending' AND last_run = ? AND due_at <= ?
"""


# Each of these runs in the writer thread, with the archive it owns.


def _take_up(archive: Archive, run: str, outlet: str, lists: list[Candidate], every: bool, midnight: str) -> TakenUp:
    with archive.transaction():
        archive.ledger.release(outlet)
        archive.ledger.revisit(outlet, every=every)
        archive.ledger.revisit_named(outlet)
        archive.ledger.add(run, outlet, lists)
        (fetched,) = archive.connection.execute(_SINCE, (outlet, midnight)).fetchone()
        return TakenUp(archive.last_rest(outlet), fetched)


def _lease(
    archive: Archive, run: str, outlet: str, limit: int, lost: bool, backfill: bool, photos: bool
) -> list[Lease]:
    with archive.transaction():
        if lost:
            archive.connection.execute(_HOLD, (outlet, run, now_text()))
        return archive.ledger.lease(run, [outlet], limit, backfill=backfill, photos=photos)


def _add_section(
    archive: Archive,
    run: str,
    outlet: str,
    url: str,
    main: list[Candidate],
    aside: list[Candidate],
    further: Candidate | None,
    span: Span | None,
) -> int:
    # One transaction: a process that dies between the links and the next page would have read this page, and
    # never turn it.
    with archive.transaction():
        known = archive.ledger.known_at(url)
        new = archive.ledger.add(run, outlet, [*main, *aside])
        if further is not None and span is not None:
            if not _is_past(archive, url, span):
                archive.ledger.add(run, outlet, [_unwalked(archive, further)])
        elif further is not None and _found_since(archive, known, main):
            archive.ledger.add(run, outlet, [replace(further, known_at=known)])
        archive.ledger.know(url)
        return new


def _found_since(archive: Archive, known: str, links: list[Candidate]) -> bool:
    """Whether a link is new to this list: also when another list brought it first, or a run that died half-way."""
    found = "SELECT 1 FROM urls WHERE url = ? AND found_at > ?"
    return any(archive.connection.execute(found, (url_key(link.url), known)).fetchone() for link in links)


def _unwalked(archive: Archive, page: Candidate) -> Candidate:
    """The page itself, or where an earlier back-fill has read it: the last that it read, to go on from there."""
    row = archive.connection.execute(_WALKED, (url_key(page.url), BACKFILL - 1)).fetchone()
    return replace(page, url=row[0] if row else page.url, at_once=True)


def _is_past(archive: Archive, url: str, span: Span) -> bool:
    """Whether the page before this one had articles, and none that is young enough for the back-fill."""
    (newest,) = archive.connection.execute(_NEWEST_BEFORE, (url_key(url),)).fetchone()
    return newest is not None and newest < span.since.isoformat()


def _add(archive: Archive, run: str, outlet: str, candidates: Sequence[Candidate]) -> int:
    return archive.ledger.add(run, outlet, candidates)


def _finish(archive: Archive, url: str, state: str, reason: str) -> None:
    archive.ledger.finish(url, state, reason)


def _put_back_one(archive: Archive, url: str) -> None:
    archive.ledger.put_back(url)


def _put_back(archive: Archive, outlet: str) -> None:
    archive.ledger.release(outlet)


def _pending(archive: Archive, outlet: str, backfill: bool) -> int:
    return archive.ledger.pending([outlet], backfill=backfill)
