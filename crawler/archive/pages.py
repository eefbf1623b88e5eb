"""A page as it came, read back from the archive."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from typing import Any

from crawler.archive.bodies import Bodies
from crawler.archive.errors import NotFound
from crawler.archive.records import find
from crawler.folding import storable
from crawler.items import Page
from crawler.urls import url_key

# The newest answer that brought something, of those whose bytes are kept.
_NEWEST = """
    SELECT fetches.* FROM fetches JOIN bodies ON bodies.sha256 = fetches.body_sha256 WHERE {}
    ORDER BY outcome IN ('failed', 'gone'), fetched_at DESC, fetches.rowid DESC LIMIT 1
"""


def newest(connection: sqlite3.Connection, bodies: Bodies, ref: str) -> Page:
    """The newest page kept for ``ref``: a URL that was fetched, or an article's id, key or URL. Raises NotFound."""
    text = storable(ref).strip()
    row = _row(connection, "fetches.url = ?", url_key(text))
    row = row or _row(connection, "fetches.article = ?", find(connection, text))
    if row is None:
        raise NotFound(f"the archive keeps no page of {text!r}")
    return Page(
        url=row["url_reached"] or row["url"],
        body=bodies.get(row["body_sha256"]),
        fetched_at=datetime.fromisoformat(row["fetched_at"]),
        url_requested=row["url"],
        status=row["status"],
        headers=[(name, value) for name, value in json.loads(row["headers"])],
        charset=row["charset"],
        outlet=row["outlet"],
    )


def _row(connection: sqlite3.Connection, where: str, value: object) -> dict[str, Any] | None:
    row = connection.execute(_NEWEST.format(where), (value,)).fetchone()
    return dict(row) if row else None
