"""Sitemaps (sitemaps.org) and news sitemaps: the addresses they state with their dates, read as a stream."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

from lxml import etree

MOST_ENTRIES = 50_000  # of one document, as the protocol has it
MOST_BYTES = 64 * 1024 * 1024  # unpacked; the protocol has 50 MiB
_GZIP = b"\x1f\x8b"
_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_/.]?(0?[1-9]|1[0-2])(?!\d)")


class NoSitemap(ValueError):
    """A document that is no sitemap at all."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An address of a sitemap: ``date`` as stated (publication before change), ``title`` of a news sitemap.

    ``is_sitemap``: it is a further sitemap.
    """

    url: str
    is_sitemap: bool = False
    date: str | None = None
    title: str | None = None

    @property
    def moment(self) -> datetime | None:
        """The stated date as an aware time: the end of a day without time, UTC where no zone is stated.

        Of a sitemap without date, the end of the month that its name states (``news-2026-10.xml``).
        """
        return read_moment(self.date) or (_named_month(self.url) if self.is_sitemap else None)


def read(body: bytes) -> list[Entry]:
    """The entries of a sitemap or an index of sitemaps, packed or not, the newest first where they state dates.

    What stands before a broken end counts; so do the first ``MOST_ENTRIES`` and ``MOST_BYTES``. Raises ``NoSitemap``.
    """
    entries = list(_entries(body))
    oldest = datetime.min.replace(tzinfo=UTC)
    return sorted(entries, key=lambda entry: entry.moment or oldest, reverse=True)  # stable: undated ones stay in order


def read_moment(text: str | None) -> datetime | None:
    """A W3C date or time as an aware time, the end of a day or month without one; ``None`` for anything else."""
    stated = (text or "").strip()
    if re.fullmatch(r"\d{4}-\d{2}", stated):
        return _end_of_month(int(stated[:4]), int(stated[5:]))
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", stated):
            return datetime.combine(date.fromisoformat(stated), datetime.min.time(), UTC) + timedelta(days=1)
        moment = datetime.fromisoformat(stated)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _entries(body: bytes) -> Iterator[Entry]:
    found = None
    parser = etree.iterparse(
        _Limited(body), events=("start", "end"), recover=True, resolve_entities=False, load_dtd=False, no_network=True,
        huge_tree=False,
    )  # fmt: skip
    number = 0
    try:
        for event, element in parser:
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if found is None:
                found = name
                if name not in ("urlset", "sitemapindex"):
                    raise NoSitemap(f"the document is a {name or 'document of no kind'}, no sitemap")
            if event == "end" and name in ("url", "sitemap"):
                entry = _entry(element, is_sitemap=name == "sitemap")
                if entry is not None:
                    number += 1
                    yield entry
                element.clear()
                parent = element.getparent()
                while parent is not None and element.getprevious() is not None:  # else its empty shell stays in memory
                    del parent[0]
                if number >= MOST_ENTRIES:
                    return
    except (etree.XMLSyntaxError, zlib.error):
        pass  # what came before counts
    if found is None:
        raise NoSitemap("the document is no XML")


def _entry(element: etree._Element, *, is_sitemap: bool) -> Entry | None:
    """What an element states; of images, videos and other languages nothing is taken."""
    texts: dict[str, str] = {}
    for child in element.iter():
        if isinstance(child.tag, str) and child.text and child.text.strip():
            parts = etree.QName(child)
            outer = element if child.getparent() is None else child.getparent()
            within = etree.QName(outer).localname if outer is not None and isinstance(outer.tag, str) else ""
            if within in ("url", "sitemap", "news", "publication"):
                texts.setdefault(f"{within}/{parts.localname}", " ".join(child.text.split()))
    kind = "sitemap" if is_sitemap else "url"
    url = texts.get(f"{kind}/loc")
    if not url:
        return None
    stated = texts.get("news/publication_date") or texts.get(f"{kind}/lastmod")
    return Entry(url, is_sitemap, stated, texts.get("news/title"))


def _named_month(url: str) -> datetime | None:
    found = _MONTH.search(url.rpartition("/")[2]) or _MONTH.search(url)
    return _end_of_month(int(found[1]), int(found[2])) if found else None


def _end_of_month(year: int, month: int) -> datetime | None:
    if not 1 <= month <= 12:
        return None
    try:
        return datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)
    except ValueError:
        return None


class _Limited:
    """The bytes of a document, unpacked while they are read, and no more than ``MOST_BYTES`` of them."""

    def __init__(self, body: bytes) -> None:
        self._body = BytesIO(body)
        self._gzip = zlib.decompressobj(wbits=31) if body.startswith(_GZIP) else None  # 31: with the head of gzip
        self._left = MOST_BYTES

    def read(self, size: int = 65536) -> bytes:
        """At most ``size`` bytes; nothing at the limit, as at the end, be that too early."""
        wanted = min(size, self._left)
        piece = self._unpacked(wanted) if self._gzip else self._body.read(wanted)
        self._left -= len(piece)
        return piece

    def _unpacked(self, wanted: int) -> bytes:
        assert self._gzip is not None
        piece = b""
        while wanted and not piece and not self._gzip.eof:
            packed = self._gzip.unconsumed_tail or self._body.read(65536)
            if not packed:
                break
            piece = self._gzip.decompress(packed, wanted)
        return piece
