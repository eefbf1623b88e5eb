"""Which of a section page's pager links leads one page on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote, urlsplit

# A page number where an outlet states no scheme: the last number of the query, or a path part such as
# "trang-3".
_IN_QUERY = re.compile(r"[?&](?:p|page|paged|trang|pageindex)=(\d+)(?:&|$)", re.IGNORECASE)
_IN_PATH = re.compile(r"/(?:trang-?|page/?|p)(\d+)(?:\.html?)?/?$", re.IGNORECASE)


def next_page(url: str, links: Iterable[str], paging: str | None) -> str | None:
    """The link one page further than ``url``: the next higher number of ``links``; ``None`` at the end.

    ``paging`` is the outlet's scheme (``?p={n}``). A link without a readable number is no page.
    """
    here = page_number(url, paging) or 1
    further = [(number, link) for link in links if (number := page_number(link, paging)) and number > here]
    return min(further, default=(0, None))[1]


def page_number(url: str, paging: str | None) -> int | None:
    """The page number a section URL states, ``None`` when it states none."""
    address = unquote(url)
    if paging is not None:
        found = _scheme(paging).search(address)
        if found:
            return int(found["n"])
    parts = urlsplit(address)
    found = _IN_QUERY.search(f"?{parts.query}") or _IN_PATH.search(parts.path)
    return int(found[1]) if found else None


@lru_cache(maxsize=64)
def _scheme(paging: str) -> re.Pattern[str]:
    before, _, after = paging.partition("{n}")
    return re.compile(rf"{re.escape(before)}(?P<n>\d{{1,6}})(?!\d){re.escape(after)}")
