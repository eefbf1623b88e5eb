"""Feeds and sitemaps: the articles they list, with the title, date and section they state."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from io import BytesIO
from typing import Any

import feedparser

from crawler.archive import Candidate
from crawler.archive.ledger import BACKFILL
from crawler.discovery import sitemaps
from crawler.discovery.links import MAIN, SEED, article
from crawler.discovery.span import Span
from crawler.items import Found, Page
from crawler.registry import Outlet

RECENT = timedelta(days=14)  # so far back a daily crawl believes a sitemap that an article may be new
UNDATED = 200  # entries of a sitemap without dates that a daily crawl takes; a longer one is the whole archive
CHILDREN = 20  # further sitemaps without a date that an index may lead a daily crawl to

_TAG = re.compile(r"<[^<>]*>")
_DATES = ("published", "updated", "created")


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed or sitemap lists: articles, and further sitemaps (``is_index``: it lists nothing else)."""

    articles: list[Candidate]
    further: list[Candidate]
    is_index: bool = False


def read_listing(page: Page, outlet: Outlet, span: Span | None = None) -> Listing | None:
    """The listing that a page is; ``None`` for a page that is neither feed nor sitemap.

    Of sitemaps a daily crawl takes what is recent, a back-fill what may be of its ``span``.
    """
    try:
        entries = sitemaps.read(page.body)
    except sitemaps.NoSitemap:
        articles = feed_candidates(page, outlet)
        return Listing(articles, []) if articles else None
    kept = _chosen(entries, page.fetched_at, span)
    further = [
        Candidate(entry.url, "feed", Found(page.url, date=entry.date), SEED, at_once=True)
        for entry in kept
        if entry.is_sitemap and outlet.owns(entry.url)
    ]
    articles = [
        candidate
        for entry in kept
        if not entry.is_sitemap
        and (candidate := article(entry.url, outlet, _found(page, entry), _priority(entry, page.fetched_at)))
    ]
    return Listing(_once(articles), _once(further), is_index=any(entry.is_sitemap for entry in entries))


def feed_candidates(page: Page, outlet: Outlet) -> list[Candidate]:
    """The feed's articles of ``outlet`` in its order, each URL once; entries of a malformed feed are kept.

    ``Found`` holds the feed's URL, the title as text, the date as printed and the category. An empty list when the page
    is no feed.
    """
    # A stream, never the bytes themselves: feedparser takes a short text for an address or a file and opens
    # it.
    feed = feedparser.parse(BytesIO(page.body), response_headers=_headers(page), resolve_relative_uris=True)
    candidates = []
    for entry in feed.entries:
        found = Found(page.url, _title(entry), _date(entry), _category(entry))
        candidates.append(article(str(entry.get("link") or ""), outlet, found, MAIN))
    return _once(candidate for candidate in candidates if candidate is not None)


def _chosen(entries: list[sitemaps.Entry], now: datetime, span: Span | None) -> list[sitemaps.Entry]:
    """What is to be asked for, in its order."""
    undated = [entry for entry in entries if entry.moment is None]
    dated = {entry.url for entry in entries if entry.moment is not None and _is_wanted(entry.moment, now, span)}
    if span is None:
        few = len(undated) <= UNDATED
        undated = [entry for entry in undated if not entry.is_sitemap and few] + [
            entry for entry in undated if entry.is_sitemap
        ][:CHILDREN]
    wanted = dated | {entry.url for entry in undated}
    return [entry for entry in entries if entry.url in wanted]


def _is_wanted(moment: datetime, now: datetime, span: Span | None) -> bool:
    return moment >= now - RECENT if span is None else moment >= now - RECENT or span.holds(moment)


def _priority(entry: sitemaps.Entry, now: datetime) -> int:
    recent = entry.moment is None or entry.moment >= now - RECENT
    return MAIN if recent else BACKFILL


def _found(page: Page, entry: sitemaps.Entry) -> Found:
    return Found(page.url, entry.title, entry.date)


def _once(candidates: Iterable[Candidate]) -> list[Candidate]:
    first: dict[str, Candidate] = {}
    for candidate in candidates:
        first.setdefault(candidate.url, candidate)
    return list(first.values())


def _headers(page: Page) -> dict[str, str]:
    """What feedparser reads of a response: the base of relative links, and the charset."""
    headers = {"content-location": page.url or ""}
    if page.charset:
        headers["content-type"] = f"application/xml; charset={page.charset}"
    return headers


def _title(entry: Any) -> str | None:
    return _text(entry.get("title"))


def _category(entry: Any) -> str | None:
    return next((text for tag in entry.get("tags") or () if (text := _text(tag.get("term")))), None)


def _text(markup: Any) -> str | None:
    text = " ".join(unescape(_TAG.sub("", str(markup or ""))).split())
    return text or None


def _date(entry: Any) -> str | None:
    return next((str(entry[name]).strip() for name in _DATES if entry.get(name)), None)
