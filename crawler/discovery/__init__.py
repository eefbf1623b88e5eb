"""From what a newspaper publishes about itself to the URLs worth asking for.

``links`` reads section pages (and says where a crawl begins), ``feeds`` RSS, Atom and sitemaps (which ``sitemaps``
takes apart), ``paging`` picks the next page of a section, ``traps`` knows addresses that a site makes up without an
end, ``span`` the days of a back-fill. Their answer is a list of ``Candidate`` for the ledger, each judged by
``links.article``. None of them fetches anything.
"""

from __future__ import annotations

from crawler.discovery.feeds import Listing, feed_candidates, read_listing
from crawler.discovery.links import article, named_feeds, section_candidates, seeds
from crawler.discovery.paging import next_page

__all__ = [
    "Listing",
    "article",
    "feed_candidates",
    "named_feeds",
    "next_page",
    "read_listing",
    "section_candidates",
    "seeds",
]
