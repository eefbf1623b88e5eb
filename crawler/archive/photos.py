"""Photos of articles: which are to be fetched, and what came. Their bytes are bodies, found by their hash."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from crawler.archive.bodies import Bodies
from crawler.folding import storable
from crawler.items import Article, Image, Photo
from crawler.urls import url_key, web_address

PRIORITY = -2  # in the ledger: after every article, new or to be seen again
LONGEST = 2000  # characters of an address; Scrapy drops requests a little longer (URLLENGTH_LIMIT) without a word


@dataclass(frozen=True, slots=True)
class PhotoPlan:
    """How many photos of each article are fetched, by outlet; none of an outlet that is not named."""

    per_article: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """A photo of an article; ``body`` and ``sha256`` are ``None`` until it was fetched, ``state`` is the ledger's."""

    position: int
    url: str
    caption: str | None
    state: str | None
    reason: str | None
    sha256: str | None
    media_type: str | None
    width: int | None
    height: int | None
    body: bytes | None


def wanted(connection: sqlite3.Connection, article: Article, plan: PhotoPlan) -> list[Image]:
    """The photos of an article that are to be fetched and were not known; they are known from now on."""
    most = plan.per_article.get(article.outlet or "", 0)
    images = {storable(image.url): image for image in article.images[:most] if len(image.url) <= LONGEST}
    return [
        image
        for url, image in images.items()
        if web_address(None, url)
        and connection.execute(
            "INSERT INTO photos (url, address, outlet) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (url, url_key(url), article.outlet),
        ).rowcount
    ]


def keep(
    connection: sqlite3.Connection, address: str, photo: Photo, *, sha256: str | None, size: int, fetch: str, at: str
) -> None:
    """Note what came from ``address`` with a fetch, at a time (UTC text); the bytes are kept by their hash."""
    connection.execute(
        "UPDATE photos SET sha256 = ?, size = ?, media_type = ?, width = ?, height = ?, fetch = ?, fetched_at = ?"
        " WHERE address = ?",
        (sha256, size, photo.media_type, photo.width, photo.height, fetch, at, address),
    )


def of_article(connection: sqlite3.Connection, bodies: Bodies, article: int) -> list[KeptPhoto]:
    """The photos of an article's last revision, in their order."""
    rows = connection.execute(
        "SELECT position, url, caption, state, reason, sha256, media_type, width, height FROM article_photos"
        " WHERE article = ? ORDER BY position",
        (article,),
    ).fetchall()
    return [KeptPhoto(**dict(row), body=bodies.get(row["sha256"]) if row["sha256"] else None) for row in rows]
