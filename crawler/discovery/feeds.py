"""RSS and Atom: the articles a feed lists, with the title and date it states."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from typing import Any

import feedparser

from crawler.archive import Candidate
from crawler.discovery.links import MAIN, article
from crawler.items import Found, Page
from crawler.registry import Outlet

_TAG = re.compile(r"<[^<>]*>")
_DATES = ("published", "updated", "created")


def feed_candidates(page: Page, outlet: Outlet) -> list[Candidate]:
    """The feed's articles of ``outlet`` in its order, each URL once; entries of a malformed feed are kept.

    ``Found`` holds the feed's URL, the title as text and the date as printed. An empty list when the page
    is no feed.
    """
    # A stream, never the bytes themselves: feedparser takes a short text for an address or a file and opens
    # it.
    feed = feedparser.parse(BytesIO(page.body), response_headers=_headers(page), resolve_relative_uris=True)
    candidates: dict[str, Candidate] = {}
    for entry in feed.entries:
        found = Found(on=page.url, title=_title(entry), date=_date(entry))
        candidate = article(str(entry.get("link") or ""), outlet, found, MAIN)
        if candidate is not None:
            candidates.setdefault(candidate.url, candidate)
    return list(candidates.values())


def _headers(page: Page) -> dict[str, str]:
    """What feedparser reads of a response: the base of relative links, and the charset."""
    headers = {"content-location": page.url or ""}
    if page.charset:
        headers["content-type"] = f"application/xml; charset={page.charset}"
    return headers


def _title(entry: Any) -> str | None:
    text = " ".join(unescape(_TAG.sub("", str(entry.get("title") or ""))).split())
    return text or None


def _date(entry: Any) -> str | None:
    return next((str(entry[name]).strip() for name in _DATES if entry.get(name)), None)
