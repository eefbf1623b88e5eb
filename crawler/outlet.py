"""One newspaper as data: its hosts, URL patterns, sections and selectors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Literal
from urllib.parse import SplitResult, quote, urlsplit

from crawler.json_source import JsonArticle, JsonList
from crawler.layout import Layout
from crawler.politeness.hours import Hours

_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


@dataclass(frozen=True, slots=True)
class UrlPattern:
    """One id space of an outlet: article URLs on ``hosts`` whose path matches ``path``.

    Group ``id`` of ``path`` is the article's id; a group ``month`` (VNPT: ``202503``) goes before it, so
    that the id becomes ``202503/0da0411``. ``family`` is the CMS that made these pages, where it is not the outlet's:
    a sub-site, or the site before a change of CMS.
    """

    space: str
    path: re.Pattern[str]
    hosts: tuple[str, ...]
    family: str | None = None

    def match(self, host: str, path: str) -> str | None:
        """The article id in a path, lower-cased, or ``None`` when the path is not of this space."""
        if host not in self.hosts:
            return None
        found = self.path.search(path)
        if found is None:
            return None
        groups = found.groupdict()
        return "/".join(groups[name] for name in ("month", "id") if groups.get(name)).lower()


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newspaper of the registry; every field stands in its TOML file (``crawler/outlets``).

    ``title`` is the short name, ``official`` the full one. ``hosts`` are those of today with sub-sites, lower case,
    without ``www.``; ``former_hosts`` those of earlier days and of papers merged into this one, ``unverified_hosts``
    such of which nothing is known but hearsay. ``sites`` names the former province a host belongs to.
    ``sections``, ``feeds`` and ``sitemaps`` are absolute URLs or paths, ``skip`` paths, ``lists`` JSON endpoints.
    ``feeds`` and ``sitemaps`` are ``None`` where those count that the paper names itself (on its pages, in robots.txt).
    ``paging`` is what to append to a section's path, with ``{n}`` for the page number. ``utc_offset`` is
    ``±HH:MM``. ``marks`` are the paper's own short names, never an author. ``site_tags`` is how many of the last
    tag links stand on every page of the site. ``family`` is the CMS it shares with others, ``None`` for a paper
    with a CMS of its own. ``selectors`` override the family's, ``layouts`` are the paper's own and tried before
    the family's. ``json`` says how its JSON documents map to an article. ``date_order`` (``dmy``, ``mdy``) and
    ``z_is_local`` (a ``Z`` marks local time) say how fields for machines write times, where that is not as the
    family does. ``photos`` says whether the photos of its articles are fetched, ``None`` that the setting decides.
    ``delay`` is the least number of seconds between two requests, ``hours`` are those of its local day in which it may
    be read (none: all), ``pages_per_day`` how many pages of it may be fetched on a local day. The certificates of the
    hosts ``tls_unverified`` are not verified.
    """

    name: str
    title: str
    province: str
    home: str
    hosts: tuple[str, ...]
    family: str | None
    evidence: str
    urls: tuple[UrlPattern, ...]
    official: str | None = None
    former_provinces: tuple[str, ...] = ()
    former_hosts: tuple[str, ...] = ()
    unverified_hosts: tuple[str, ...] = ()
    sites: Mapping[str, str] | None = None
    evidence_note: str | None = None
    utc_offset: str = "+07:00"
    sections: tuple[str, ...] = ()
    paging: str | None = None
    feeds: tuple[str, ...] | None = None
    sitemaps: tuple[str, ...] | None = None
    lists: tuple[JsonList, ...] = ()
    skip: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    site_tags: int = 0
    date_order: Literal["dmy", "mdy"] | None = None
    z_is_local: bool | None = None
    list_links: str | None = None
    selectors: Mapping[str, str] | None = None
    layouts: tuple[Layout, ...] = ()
    json: JsonArticle | None = None
    photos: bool | None = None
    delay: float | None = None
    hours: tuple[Hours, ...] = ()
    pages_per_day: int | None = None
    tls_unverified: tuple[str, ...] = ()

    def local(self, moment: datetime) -> datetime:
        """An aware time as the clocks of the paper show it."""
        sign = -1 if self.utc_offset[0] == "-" else 1
        hours, minutes = map(int, self.utc_offset[1:].split(":"))
        return moment.astimezone(timezone(sign * timedelta(hours=hours, minutes=minutes)))

    @property
    def all_hosts(self) -> tuple[str, ...]:
        """The hosts of today, of earlier days and of hearsay."""
        return self.hosts + self.former_hosts + self.unverified_hosts

    def owns(self, url: str) -> bool:
        """Whether the URL stands on one of the outlet's hosts."""
        return host_of(url) in self.all_hosts

    def families(self, url: str | None) -> tuple[str, ...]:
        """The families of CMS whose layouts fit a page, likeliest first.

        That of the id space the URL belongs to, else of its host, goes before the outlet's own: an old address may
        well answer with the pages of today. Without a URL it may be any of them.
        """
        parts = _split(url) if url else None
        host, path = _host_of(parts), _path_of(parts) if parts else ""
        here = [pattern for pattern in self.urls if host is None or host in pattern.hosts]
        exact = [pattern for pattern in here if host and pattern.match(host, path) is not None][:1]
        stated = [pattern.family or self.family for pattern in exact or here]
        known = stated if host else [self.family, *stated]
        return tuple(dict.fromkeys(family for family in (*known, self.family) if family))

    def skips(self, url: str) -> bool:
        """Whether the URL lies under a path that holds no news text (video, print pages, other languages)."""
        parts = _split(url)
        return parts is not None and self._skipped(_path_of(parts))

    def article_id(self, url: str) -> tuple[str, str] | None:
        """``(space, id)`` of an article URL of this outlet, ``None`` for any other URL.

        Scheme, ``www.``, port, query, fragment, letter case and percent-encoding do not matter.
        """
        parts = _split(url)
        host = _host_of(parts)
        if parts is None or host is None or host not in self.all_hosts:
            return None
        path = _path_of(parts)
        if self._skipped(path):
            return None
        for pattern in self.urls:
            found = pattern.match(host, path)
            if found is not None:
                return pattern.space, found
        return None

    def _skipped(self, path: str) -> bool:
        folder = path.lower()
        if not folder.endswith("/"):
            folder += "/"
        return any(folder.startswith(prefix.lower()) for prefix in self.skip)


def host_of(url: str) -> str | None:
    """The host name of an ``http(s)`` URL: lower case, without ``www.``, port and final dot."""
    return _host_of(_split(url))


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # an open bracket in the host, for one
        return None
    return parts if parts.scheme in ("http", "https") else None


def _host_of(parts: SplitResult | None) -> str | None:
    host = parts.hostname if parts else None
    return host.rstrip(".").removeprefix("www.") or None if host else None


def _path_of(parts: SplitResult) -> str:
    """The path written one way (RFC 3986, 6.2.2): ``%2D`` is ``-``, ``%2F`` stays, ``đ`` is ``%C4%91``."""
    path = parts.path if parts.path.isascii() else quote(parts.path, safe="%/:@!$&'()*+,;=~", errors="replace")
    return _ESCAPE.sub(_unreserved, path)


def _unreserved(escape: re.Match[str]) -> str:
    char = chr(int(escape[1], 16))
    return char if _UNRESERVED.match(char) else escape[0]
