"""Reading one article back, with everything known of it."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from crawler.archive.errors import NotFound
from crawler.archive.model import ArticleRecord
from crawler.folding import storable
from crawler.urls import url_key

_JSON_COLUMNS = ("blocks", "authors", "agency", "section", "tags", "provenance", "dropped", "warnings")

# With what is known of the photos themselves, where they were fetched.
_IMAGES = """
SELECT images.*, photos.sha256, photos.media_type, photos.width, photos.height
FROM images LEFT JOIN photos ON photos.url = images.url WHERE revision = ? ORDER BY position
"""


def find(connection: sqlite3.Connection, ref: str | int) -> int:
    """Return the id of the article meant by ``ref``: its id, its key, or a URL it was read under.

    Raises NotFound.
    """
    text = storable(str(ref)).strip()
    tries: list[tuple[str, object]] = [
        ("SELECT id FROM articles WHERE key = ?", text),
        ("SELECT id FROM articles WHERE url = ? ORDER BY id DESC", url_key(text)),
        ("SELECT article FROM urls WHERE url = ? AND article IS NOT NULL", url_key(text)),
        ("SELECT article FROM revisions WHERE url = ?", text),
    ]
    if text.isdecimal() and text.isascii() and len(text) < 19:
        tries.insert(0, ("SELECT id FROM articles WHERE id = ?", int(text)))
    for sql, value in tries:
        row = connection.execute(sql, (value,)).fetchone()
        if row is not None:
            return int(row[0])
    raise NotFound(f"no article of the archive has the id, key or URL {text!r}; `scrapy search` finds articles")


def article(connection: sqlite3.Connection, ref: str | int) -> ArticleRecord:
    """Return the full record of an article. Raises NotFound."""
    name = find(connection, ref)
    latest = _rows(connection, "SELECT * FROM articles_latest WHERE id = ?", name)[0]
    copy_of = _rows(connection, "SELECT * FROM articles_latest WHERE id = ?", latest["copy_of"])
    return ArticleRecord(
        latest=_decoded(latest),
        revisions=[
            _decoded(row)
            for row in _rows(connection, "SELECT * FROM revisions WHERE article = ? ORDER BY fetched_at, number", name)
        ],
        images=_rows(connection, _IMAGES, latest["last_revision"]),
        urls=_rows(connection, "SELECT * FROM urls WHERE article = ? ORDER BY rowid", name),
        fetches=_rows(connection, "SELECT * FROM fetches WHERE article = ? ORDER BY fetched_at, rowid", name),
        copy_of=copy_of[0] if copy_of else None,
        copies=_rows(connection, "SELECT * FROM articles_latest WHERE copy_of = ? ORDER BY id", name),
    )


def _rows(connection: sqlite3.Connection, sql: str, value: object) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(sql, (value,))]


def _decoded(row: dict[str, Any]) -> dict[str, Any]:
    """Decode the columns that hold JSON (in the view some of them are plain text already)."""
    return {
        name: json.loads(value) if name in _JSON_COLUMNS and value and value[0] in "[{" else value
        for name, value in row.items()
    }
