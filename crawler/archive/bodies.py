"""Bytes as they came, by their SHA-256, each compressed against an earlier page that looks like it."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from collections import OrderedDict
from typing import Final

from crawler.archive.errors import ArchiveDamaged, ArchiveError
from crawler.archive.hashes import now_text

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LEVEL = 9  # about 1 ms for 150 KB; from 12 on thirty times that, to save 3 % more
SMALLEST_DICTIONARY = 1024  # bytes; there is nothing to gain from shorter ones
LARGEST_DICTIONARY = 2 * 1024 * 1024  # bytes; larger documents are compressed alone
CANDIDATES = 3  # newest dictionaries of a group that are tried
GOOD = 0.05  # of the bytes: so small that there is nothing to compare
WORSE = 0.6  # of the size without dictionary: above it, this page becomes the dictionary of those to come
CACHED = 24  # dictionaries kept in memory

_OPTIONS = {
    int(zstd.CompressionParameter.compression_level): LEVEL,
    int(zstd.CompressionParameter.checksum_flag): 1,  # a wrong dictionary would otherwise decode to wrong bytes
}
_QUICKLY = _OPTIONS | {int(zstd.CompressionParameter.compression_level): 1}  # of what is compressed already
PHOTO: Final = "photo"


class Bodies:
    """The tables ``bodies`` and ``dictionaries`` of one connection. The caller holds the transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._cache: OrderedDict[str, zstd.ZstdDict] = OrderedDict()

    def put(self, body: bytes, *, outlet: str | None, layout: str | None, kind: str) -> str:
        """Keep ``body`` and return its SHA-256; the rest says which earlier pages may look like it.

        No photo looks like another.
        """
        name = hashlib.sha256(body).hexdigest()
        if self._connection.execute("SELECT 1 FROM bodies WHERE sha256 = ?", (name,)).fetchone():
            return name
        if kind == PHOTO:
            dictionary, frame = None, zstd.compress(body, options=_QUICKLY)
        else:
            dictionary, frame = self._smallest(body, (outlet, layout, kind))
        self._connection.execute(
            "INSERT INTO bodies (sha256, size, dictionary, frame) VALUES (?, ?, ?, ?)",
            (name, len(body), dictionary, frame),
        )
        return name

    def get(self, sha256: str) -> bytes:
        """Return the bytes with this hash.

        Raises ArchiveError if they are not kept, ArchiveDamaged if they do not decode.
        """
        row = self._connection.execute("SELECT dictionary, frame FROM bodies WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            raise ArchiveError(f"no body {sha256} is kept")
        try:
            zstd_dict = self._load(row[0]).as_undigested_dict if row[0] else None
            body = zstd.decompress(row[1], zstd_dict=zstd_dict)
        except zstd.ZstdError as error:
            raise ArchiveDamaged(f"body {sha256} does not decode: {error}") from error
        if hashlib.sha256(body).hexdigest() != sha256:
            raise ArchiveDamaged(f"body {sha256} decodes to other bytes")
        return body

    def _smallest(self, body: bytes, group: tuple[str | None, str | None, str]) -> tuple[str | None, bytes]:
        if not SMALLEST_DICTIONARY <= len(body) <= LARGEST_DICTIONARY:
            return None, zstd.compress(body, options=_OPTIONS)
        tried = []
        for name in self._newest(group):
            tried.append((name, self._compress(body, name)))
            if len(tried[-1][1]) <= GOOD * len(body):
                return tried[-1]
        plain = zstd.compress(body, options=_OPTIONS)
        best = min(tried, key=lambda one: len(one[1]), default=None)
        if best is not None and len(best[1]) <= WORSE * len(plain):
            return best
        name = self._make(body, plain, group)
        return name, self._compress(body, name)

    def _newest(self, group: tuple[str | None, str | None, str]) -> list[str]:
        rows = self._connection.execute(
            "SELECT id FROM dictionaries WHERE outlet IS ? AND layout IS ? AND kind IS ? ORDER BY rowid DESC LIMIT ?",
            (*group, CANDIDATES),
        )
        return [row[0] for row in rows]

    def _make(self, body: bytes, plain: bytes, group: tuple[str | None, str | None, str]) -> str:
        name = hashlib.sha256(body).hexdigest()
        self._connection.execute(
            "INSERT INTO dictionaries (id, outlet, layout, kind, made_at, size, content)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            (name, *group, now_text(), len(body), plain),
        )
        return name

    def _compress(self, body: bytes, dictionary: str) -> bytes:
        return zstd.compress(body, options=_OPTIONS, zstd_dict=self._load(dictionary).as_undigested_dict)

    def _load(self, name: str) -> zstd.ZstdDict:
        if name in self._cache:
            self._cache.move_to_end(name)
            return self._cache[name]
        row = self._connection.execute("SELECT content FROM dictionaries WHERE id = ?", (name,)).fetchone()
        if row is None:
            raise ArchiveDamaged(f"dictionary {name} is missing")
        content = zstd.decompress(row[0])
        if hashlib.sha256(content).hexdigest() != name:
            raise ArchiveDamaged(f"dictionary {name} is not what it was")
        self._cache[name] = zstd.ZstdDict(content, is_raw=True)
        if len(self._cache) > CACHED:
            self._cache.popitem(last=False)
        return self._cache[name]
