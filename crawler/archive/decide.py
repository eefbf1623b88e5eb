"""What a page is to the archive: something new, a changed or a known article, a copy, or none. Reads only."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from crawler.archive import articles
from crawler.archive.hashes import content_hash, text_hash, utc_text
from crawler.items import Article, Decision, Page, Photo, Reading, Rejection, SectionPage
from crawler.urls import url_key

GONE = (404, 410)
NOT_MODIFIED = 304


def decide(connection: sqlite3.Connection, reading: Reading) -> Decision:
    """Decide what ``reading`` is. Holds until the next write; ``as_of`` tells until when."""
    as_of = data_version(connection)
    page, result = reading.page, reading.result
    if page.error is not None:
        return Decision("failed", as_of=as_of)
    if page.status == NOT_MODIFIED:
        return _not_modified(connection, page, as_of)
    if isinstance(result, Photo):
        return Decision("photo" if result.media_type else "gone", as_of=as_of)
    if page.status in GONE:
        return _removed(connection, page, as_of)
    if is_transient(page.status):
        return Decision("failed", as_of=as_of)
    if isinstance(result, Article):
        return _article(connection, page, result, as_of)
    if isinstance(result, SectionPage):
        return Decision("section", as_of=as_of)
    failed = not isinstance(result, Rejection) or result.kind == "failed"
    return Decision("failed" if failed else "rejected", as_of=as_of)


def data_version(connection: sqlite3.Connection) -> int:
    """Return a number that grows with every stored page."""
    row = connection.execute("SELECT coalesce(max(rowid), 0) + 1 FROM fetches").fetchone()
    return int(row[0])


def is_transient(status: int | None) -> bool:
    """Return whether an HTTP status may be another one later; 403 is what a site says that has had enough of us."""
    return status is not None and (status in (403, 408, 425, 429) or status >= 500)


def page_urls(page: Page) -> list[str]:
    """Return the ledger keys of a page: the URL asked for, then the one reached if it is another."""
    asked = page.url_requested or page.url
    both = [url_key(url) for url in (asked, page.url) if url]
    return list(dict.fromkeys(both))


def _article(connection: sqlite3.Connection, page: Page, article: Article, as_of: int) -> Decision:
    family = articles.under_key(connection, article.key)
    known = articles.same(connection, family, article)
    before = known.id if known else None
    first = articles.first_with_text(connection, text_hash(article), before)
    copy_of = first[1] if first else None
    if known is None:
        return Decision("new", None, copy_of, _free_key(article.key, family), as_of)
    if not _says_nothing_new(connection, known, article, page):
        return Decision("revised", known.id, copy_of, known.key, as_of)
    is_known = _all_known(connection, known.id, page_urls(page))
    return Decision("unchanged" if is_known else "same_article", known.id, copy_of, known.key, as_of)


def _says_nothing_new(connection: sqlite3.Connection, known: articles.Known, article: Article, page: Page) -> bool:
    """Return whether the text is the last one, learnt debris apart, or an earlier one on a page older than known."""
    content = content_hash(article)
    if content == known.content_hash:
        return True
    if articles.differs_by_boilerplate_only(connection, known.last_revision, article):
        return True
    late = utc_text(page.fetched_at) <= known.last_seen_at
    return late and articles.has_said(connection, known.id, content)


def _free_key(key: str, family: Sequence[articles.Known]) -> str:
    """Return ``key``, or ``key#2`` … when other articles have it."""
    taken = {one.key for one in family}
    if key not in taken:
        return key
    number = 2
    while f"{key}#{number}" in taken:
        number += 1
    return f"{key}#{number}"


def _all_known(connection: sqlite3.Connection, article_id: int, keys: Sequence[str]) -> bool:
    """Return whether the article has been read under all these URLs before."""
    rows = connection.execute(
        "SELECT url FROM urls WHERE article = ? UNION SELECT url FROM fetches WHERE article = ?",
        (article_id, article_id),
    )
    return set(keys) <= {row[0] for row in rows}


def _not_modified(connection: sqlite3.Connection, page: Page, as_of: int) -> Decision:
    """The document is what we have; ``failed`` where we have none."""
    row = connection.execute(
        "SELECT articles.id, articles.key FROM urls LEFT JOIN articles ON articles.id = urls.article"
        " WHERE urls.url = ? AND coalesce(urls.etag, urls.last_modified) IS NOT NULL",
        (page_urls(page)[0] if page_urls(page) else None,),
    ).fetchone()
    if row is None:
        return Decision("failed", as_of=as_of)
    return Decision("not_modified", row["id"], key=row["key"], as_of=as_of)


def _removed(connection: sqlite3.Connection, page: Page, as_of: int) -> Decision:
    """A page that is gone: it takes the article along whose last address it was."""
    for key in page_urls(page):
        row = connection.execute("SELECT id, key FROM articles WHERE url = ? ORDER BY id DESC", (key,)).fetchone()
        if row is not None:
            return Decision("gone", row["id"], key=row["key"], as_of=as_of)
    return Decision("rejected", as_of=as_of)
