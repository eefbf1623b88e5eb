"""Addresses that a site makes up without an end: not to be asked for."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

LONGEST = 2000  # characters; Scrapy drops requests a little longer (URLLENGTH_LIMIT) without a word
DEEPEST = 12  # folders; those of the papers have two or three
REPEATED = 3  # times that one folder stands in a path; relative links in a page that is found everywhere do that
LAST_PAGE = 10_000  # of a list; the largest paper has half a million articles
_PAGE = re.compile(r"[?&](?:p|page|paged|trang|pageindex)=(-?\d{1,9})(?=&|$)", re.IGNORECASE)
_CALENDAR = re.compile(r"[?&](?:date|ngay|day|month|thang|year|nam|calendar)=[^&]", re.IGNORECASE)


def trap(url: str) -> str | None:
    """Why an address is a trap, in words; ``None`` when it is none."""
    if len(url) > LONGEST:
        return "an address without end"
    try:
        parts = urlsplit(url)
    except ValueError:
        return "no address"
    folders = [folder for folder in parts.path.lower().split("/") if folder]
    if len(folders) > DEEPEST:
        return "folders without end"
    if max(Counter(folders).values(), default=0) >= REPEATED:
        return "the same folder again and again"
    query = f"?{parts.query}"
    if (page := _PAGE.search(query)) and not 0 < int(page[1]) <= LAST_PAGE:
        return f"page {page[1]}"
    if _CALENDAR.search(query):
        return "a calendar"
    return None
