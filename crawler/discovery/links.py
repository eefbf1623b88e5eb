"""Candidates for the ledger from section pages, and the pages a crawl of an outlet begins with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urldefrag, urljoin

from crawler.archive import Candidate
from crawler.items import Found, SectionPage
from crawler.registry import Outlet

# Higher goes first: what brings links before what they lead to, the main column before menus and side bars.
SEED, NEXT_PAGE, MAIN, ASIDE = 30, 20, 10, 0
LONGEST = 2000  # characters; Scrapy drops requests a little longer (URLLENGTH_LIMIT) without a word


def article(url: str, outlet: Outlet, found: Found, priority: int = MAIN) -> Candidate | None:
    """The candidate for a link; ``None`` for no article of ``outlet`` by host, URL pattern and skip list."""
    address = urldefrag(url.strip()).url
    if len(address) > LONGEST or outlet.article_id(address) is None:
        return None
    return Candidate(url=address, kind="article", found=found, priority=priority)


def seeds(outlet: Outlet) -> list[Candidate]:
    """Home page, section pages, JSON lists and feeds of the registry, in that order."""
    found = Found(on=None)
    listed = [address for endpoint in outlet.lists for address in endpoint.addresses()]
    pages = [outlet.home, *(urljoin(outlet.home, path) for path in (*outlet.sections, *listed))]
    feeds = [urljoin(outlet.home, path) for path in outlet.feeds]
    return [
        *(Candidate(url=url, kind="section", found=found, priority=SEED) for url in dict.fromkeys(pages)),
        *(Candidate(url=url, kind="feed", found=found, priority=SEED) for url in dict.fromkeys(feeds)),
    ]


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
