"""Pages as they came, read back from the archive."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from crawler.archive.bodies import Bodies
from crawler.archive.errors import ArchiveError, NotFound
from crawler.archive.records import find
from crawler.folding import storable
from crawler.items import Page
from crawler.urls import url_key

_COLUMNS = "url, url_reached, status, headers, charset, fetched_at, body_sha256, outlet"
# The newest answer that brought something, of those whose bytes are kept.
_NEWEST = f"""
    SELECT {_COLUMNS} FROM fetches JOIN bodies ON bodies.sha256 = fetches.body_sha256 WHERE {{}}
    ORDER BY outcome IN ('failed', 'gone'), fetched_at DESC, fetches.rowid DESC LIMIT 1
"""


def newest(connection: sqlite3.Connection, bodies: Bodies, ref: str) -> Page:
    """The newest page kept for ``ref``: a URL that was fetched, or an article's id, key or URL. Raises NotFound."""
    text = storable(ref).strip()
    row = _row(connection, "fetches.url = ?", url_key(text))
    row = row or _row(connection, "fetches.article = ?", find(connection, text))
    if row is None:
        raise NotFound(f"the archive keeps no page of {text!r}")
    return _page(row, bodies)


def of_article(connection: sqlite3.Connection, bodies: Bodies, ref: str | int) -> Iterator[Page]:
    """The kept pages of an article (its id, key or URL), newest first. Raises NotFound."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM fetches WHERE article = ? AND body_kept IN ('article', 'revision')"
        " ORDER BY fetched_at DESC, rowid DESC",
        (find(connection, ref),),
    ).fetchall()
    return (_page(row, bodies) for row in rows)


def of_outlet(connection: sqlite3.Connection, bodies: Bodies, outlet: str, limit: int) -> Iterator[Page]:
    """The newest kept page of each of an outlet's articles, those first seen last first.

    A page whose bytes are damaged, or were deleted meanwhile, comes with its ``error`` and without a body.
    """
    rows = connection.execute(
        f"SELECT {_COLUMNS}, max(fetched_at) FROM fetches WHERE outlet = ? AND body_kept IN ('article', 'revision')"
        " GROUP BY article ORDER BY article DESC LIMIT ?",
        (outlet, limit),
    ).fetchall()
    return (_page_or_error(row, bodies) for row in rows)


def of_host(connection: sqlite3.Connection, bodies: Bodies, host: str, limit: int) -> Iterator[Page]:
    """The newest kept page of each address on a host that is an article, or was taken for none; newest first.

    As in ``of_outlet``, one whose bytes are damaged comes with its ``error``.
    """
    heads = [f"{scheme}://{name}/" for scheme in ("https", "http") for name in (host, f"www.{host}")]
    wanted = " OR ".join("substr(at, 1, ?) = ?" for _ in heads)
    # A replayed page came without an address; that of its article is the one it states itself.
    rows = connection.execute(
        f"SELECT {_COLUMNS}, max(fetched_at), coalesce(url, (SELECT url FROM articles WHERE id = article)) AS at"
        f" FROM fetches WHERE body_kept IN ('article', 'revision', 'rejection') AND ({wanted})"
        " GROUP BY at ORDER BY body_kept = 'rejection', fetched_at DESC LIMIT ?",
        (*(value for head in heads for value in (len(head), head)), limit),
    ).fetchall()
    return (_page_or_error(row, bodies) for row in rows)


def titled(connection: sqlite3.Connection, outlet: str, title: str) -> int | None:
    """The id of the outlet's newest article with this title."""
    row = connection.execute(
        "SELECT id FROM articles WHERE outlet = ? AND title = ? ORDER BY id DESC", (outlet, title)
    ).fetchone()
    return int(row[0]) if row else None


def _row(connection: sqlite3.Connection, where: str, value: object) -> Any:
    return connection.execute(_NEWEST.format(where), (value,)).fetchone()


def _page_or_error(row: Any, bodies: Bodies) -> Page:
    try:
        return _page(row, bodies)
    except ArchiveError as error:
        return _of_row(row, b"", str(error))


def _page(row: Any, bodies: Bodies) -> Page:
    return _of_row(row, bodies.get(row["body_sha256"]))


def _of_row(row: Any, body: bytes, error: str | None = None) -> Page:
    return Page(
        url=row["url_reached"] or row["url"],
        body=body,
        fetched_at=datetime.fromisoformat(row["fetched_at"]),
        url_requested=row["url"],
        status=row["status"],
        headers=[(name, value) for name, value in json.loads(row["headers"])],
        charset=row["charset"],
        outlet=row["outlet"],
        error=error,
    )
