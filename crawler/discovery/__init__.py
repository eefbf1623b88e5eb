"""From what a newspaper publishes about itself to the URLs worth asking for.

``links`` reads section pages (and says where a crawl begins), ``feeds`` RSS and Atom, ``paging`` picks the
next page of a section. A further source, such as sitemaps, is a module beside them with the same answer: a
list of ``Candidate`` for the ledger, each judged by ``links.article``. None of them fetches anything.
"""

from __future__ import annotations

from crawler.discovery.feeds import feed_candidates
from crawler.discovery.links import article, section_candidates, seeds
from crawler.discovery.paging import next_page

__all__ = ["article", "feed_candidates", "next_page", "section_candidates", "seeds"]
