"""Pages as they came, out of the archive again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from crawler.archive.bodies import Bodies
from crawler.archive.records import find
from crawler.items import Page

_COLUMNS = "url, url_reached, status, headers, charset, fetched_at, body_sha256, outlet"


def of_article(connection: sqlite3.Connection, bodies: Bodies, ref: str | int) -> Iterator[Page]:
    """The kept pages of an article (its id, key or URL), newest first. Raises NotFound."""
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM fetches WHERE article = ? AND body_kept IN ('article', 'revision')"
        " ORDER BY fetched_at DESC, rowid DESC",
        (find(connection, ref),),
    ).fetchall()
    return (_page(row, bodies) for row in rows)


def of_outlet(connection: sqlite3.Connection, bodies: Bodies, outlet: str, limit: int) -> Iterator[Page]:
    """The newest kept page of each of an outlet's articles, those first seen last first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS}, max(fetched_at) FROM fetches WHERE outlet = ? AND body_kept IN ('article', 'revision')"
        " GROUP BY article ORDER BY article DESC LIMIT ?",
        (outlet, limit),
    ).fetchall()
    return (_page(row, bodies) for row in rows)


def of_host(connection: sqlite3.Connection, bodies: Bodies, host: str, limit: int) -> Iterator[Page]:
    """The newest kept page of each address on a host that is an article, or was taken for none; newest first."""
    heads = [f"{scheme}://{name}/" for scheme in ("https", "http") for name in (host, f"www.{host}")]
    wanted = " OR ".join("substr(at, 1, ?) = ?" for _ in heads)
    # A replayed page came without an address; that of its article is the one it states itself.
    rows = connection.execute(
        f"SELECT {_COLUMNS}, max(fetched_at), coalesce(url, (SELECT url FROM articles WHERE id = article)) AS at"
        f" FROM fetches WHERE body_kept IN ('article', 'revision', 'rejection') AND ({wanted})"
        " GROUP BY at ORDER BY body_kept = 'rejection', fetched_at DESC LIMIT ?",
        (*(value for head in heads for value in (len(head), head)), limit),
    ).fetchall()
    return (_page(row, bodies) for row in rows)


def titled(connection: sqlite3.Connection, outlet: str, title: str) -> int | None:
    """The id of the outlet's newest article with this title."""
    row = connection.execute(
        "SELECT id FROM articles WHERE outlet = ? AND title = ? ORDER BY id DESC", (outlet, title)
    ).fetchone()
    return int(row[0]) if row else None


def _page(row: Any, bodies: Bodies) -> Page:
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
