"""What the addresses of saved pages say of an outlet: its hosts, and where the id of an article stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from crawler.outlet import UrlPattern, host_of

# Where the id may stand in a path, the surest first: month and hash, number at the end, number before the slug.
_MONTH = re.compile(r"/(?:19|20)\d{4}/[^/]*-[0-9a-f]{7}(?P<end>/?)$")
_LAST = re.compile(r"(?P<sep>[-/,._!])(?P<mark>[a-z]{0,8})\d{3,}(?P<end>\.[a-z]{2,5}|/?)$")
_BEFORE = re.compile(r"/\d{3,}/[^/]+?(?P<end>\.[a-z]{2,5}|/?)$")
# Without any: the slug itself, if it is long enough to be no section.
_SLUG = re.compile(r"/[^/.-]+(?:-+[^/.-]+){3,}(?P<end>\.[a-z]{2,5}|/?)$")
_FEW = 3  # id spaces; more patterns than that are no patterns
_SLUG_RANK = 3


class AddressError(ValueError):
    """Addresses that cannot be those of one newspaper's articles; the message says why."""


def hosts_of(urls: Sequence[str]) -> tuple[str, ...]:
    """The hosts, the main one first; raises ``AddressError`` unless the others are sub-domains of it."""
    hosts = sorted({host for url in urls if (host := host_of(url))}, key=lambda host: (len(host), host))
    for other in hosts[1:]:
        if not other.endswith("." + hosts[0]):
            raise AddressError(f"pages of different hosts: {hosts[0]} and {other}; give pages of one newspaper")
    return tuple(hosts)


def url_patterns(urls: Sequence[str], hosts: tuple[str, ...]) -> tuple[UrlPattern, ...]:
    """The patterns that the paths of article addresses on ``hosts`` have in common, the surest first.

    Raises ``AddressError`` where there is nothing in the path that tells articles apart.
    """
    paths = list(dict.fromkeys(urlsplit(url).path.lower() for url in urls))
    shapes = Counter(shape for path in paths if (shape := _shape(path)))
    numbered = [shape for shape in shapes if shape.rank < _SLUG_RANK]
    chosen = sorted(numbered or shapes, key=lambda shape: (shape.rank, -shapes[shape]))[:_FEW]
    if not chosen:
        raise AddressError(
            f"no id of an article found in the path of {urls[0]}: expected a number or a long slug; is it an article?"
        )
    names = [shape.space for shape in chosen]
    return tuple(
        UrlPattern(
            shape.space if shape.space not in names[:number] else f"{shape.space}-{number + 1}",
            re.compile(shape.regex, re.IGNORECASE | re.ASCII),
            hosts,
        )
        for number, shape in enumerate(chosen)
    )


class _Shape(NamedTuple):
    """A form of path: how sure it is (least is surest), the name of its id space, its regular expression."""

    rank: int
    space: str
    regex: str


def _shape(path: str) -> _Shape | None:
    if found := _MONTH.search(path):
        return _Shape(0, "month", r"/(?P<month>\d{6})/[^/]*-(?P<id>[0-9a-f]{7})" + _end(found["end"]))
    if found := _LAST.search(path):
        mark, end = found["mark"], found["end"]
        return _Shape(1, mark or end.strip("./") or "id", _sign(found["sep"]) + mark + r"(?P<id>\d+)" + _end(end))
    if found := _BEFORE.search(path):
        return _Shape(2, "id", r"/(?P<id>\d+)/[^/]+" + _end(found["end"]))
    if found := _SLUG.search(path):
        return _Shape(_SLUG_RANK, "slug", r"/(?P<id>[^/.-]+(?:-+[^/.-]+){3,})" + _end(found["end"]))
    return None


def _end(end: str) -> str:
    return re.escape(end) + "$" if end.startswith(".") else "/?$"


def _sign(sign: str) -> str:
    return r"\." if sign == "." else sign
