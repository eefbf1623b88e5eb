"""Candidates for the ledger from section pages, and the pages a crawl of an outlet begins with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urldefrag, urljoin

from crawler.archive import Candidate
from crawler.discovery.traps import trap
from crawler.items import Found, SectionPage
from crawler.registry import Outlet

# Higher goes first: what brings links before what they lead to, the main column before menus and side bars.
SEED, NEXT_PAGE, MAIN, ASIDE = 30, 20, 10, 0
NAMED = 20  # feeds or sitemaps that a paper may name itself


def article(url: str, outlet: Outlet, found: Found, priority: int = MAIN) -> Candidate | None:
    """The candidate for a link; ``None`` for no article of ``outlet`` by host, URL pattern and skip list."""
    address = urldefrag(url.strip()).url
    if outlet.article_id(address) is None or trap(address) is not None:
        return None
    return Candidate(url=address, kind="article", found=found, priority=priority)


def seeds(outlet: Outlet) -> list[Candidate]:
    """Home page, section pages, JSON lists, feeds and sitemaps of the registry, in that order."""
    found = Found(on=None)
    listed = [address for endpoint in outlet.lists for address in endpoint.addresses()]
    pages = [outlet.home, *(urljoin(outlet.home, path) for path in (*outlet.sections, *listed))]
    feeds = [urljoin(outlet.home, path) for path in (*(outlet.feeds or ()), *(outlet.sitemaps or ()))]
    return [
        *(Candidate(url=url, kind="section", found=found, priority=SEED) for url in dict.fromkeys(pages)),
        *(Candidate(url=url, kind="feed", found=found, priority=SEED) for url in dict.fromkeys(feeds)),
    ]


def named_feeds(urls: Iterable[str], outlet: Outlet, on: str | None) -> list[Candidate]:
    """Feeds or sitemaps that the page ``on`` names: those on the outlet's own hosts, not too many."""
    own = [url for url in dict.fromkeys(urls) if outlet.owns(url) and trap(url) is None]
    return [Candidate(url, "feed", Found(on=on), SEED) for url in own[:NAMED]]


def section_candidates(section: SectionPage, outlet: Outlet) -> tuple[list[Candidate], list[Candidate]]:
    """Article candidates of a section page: those of its main column, and those of menus and side bars."""
    found = Found(on=section.url)
    main = list(_articles(section.article_urls, outlet, found, MAIN))
    return main, list(_articles(section.other_article_urls, outlet, found, ASIDE))


def _articles(urls: Iterable[str], outlet: Outlet, found: Found, priority: int) -> Iterator[Candidate]:
    for url in urls:
        candidate = article(url, outlet, found, priority)
        if candidate is not None:
            yield candidate
