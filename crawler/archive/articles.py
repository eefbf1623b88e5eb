"""Articles and their revisions: finding the known one, adding a state. The caller holds the transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from crawler.archive.connection import insert_row
from crawler.archive.hashes import content_hash, digest, related, text_hash
from crawler.extraction.boilerplate import RULE, identity
from crawler.extraction.cleaning import clean
from crawler.folding import normalise, storable
from crawler.items import Article, Block


@dataclass(frozen=True, slots=True)
class Known:
    """A stored article as far as deciding needs it: its last revision's hash and text."""

    id: int
    key: str
    last_revision: str
    content_hash: str
    last_seen_at: str
    title: str | None
    text: str


def under_key(connection: sqlite3.Connection, key: str) -> list[Known]:
    """Return the article with this key and those that reuse it (``key#2`` …), in the order they came."""
    rows = connection.execute(
        "SELECT articles.id, key, last_revision, content_hash, last_seen_at, revisions.title, lead, body"
        " FROM articles JOIN revisions ON revisions.id = last_revision"
        " WHERE key = ? OR key BETWEEN ? AND ? ORDER BY articles.id",
        (key, f"{key}#1", f"{key}#:"),
    ).fetchall()
    return [
        Known(
            id=row["id"],
            key=row["key"],
            last_revision=row["last_revision"],
            content_hash=row["content_hash"],
            last_seen_at=row["last_seen_at"],
            title=row["title"],
            text=f"{row['lead'] or ''}\n{row['body']}",
        )
        for row in rows
    ]


def same(connection: sqlite3.Connection, known: Sequence[Known], article: Article) -> Known | None:
    """Return which of the articles under its key ``article`` is a state of, ``None`` for none of them."""
    content = content_hash(article)
    for one in known:
        if one.content_hash == content:
            return one
    for one in known:
        if has_said(connection, one.id, content):
            return one
    text = "\n".join([article.lead or "", *article.paragraphs])
    return next((one for one in known if related(article.title, text, one.title, one.text)), None)


def has_said(connection: sqlite3.Connection, article_id: int, content: str) -> bool:
    """Return whether any revision of the article has this content hash."""
    found = "SELECT 1 FROM revisions WHERE article = ? AND content_hash = ?"
    return connection.execute(found, (article_id, content)).fetchone() is not None


def differs_by_boilerplate_only(connection: sqlite3.Connection, revision: str, article: Article) -> bool:
    """Whether ``article`` says what the revision says, but for debris that one of them was cleaned of."""
    row = connection.execute("SELECT * FROM revisions WHERE id = ?", (revision,)).fetchone()
    if row["boilerplate"] == article.boilerplate:
        return False
    dropped = [one["text"] for one in json.loads(row["dropped"]) if one["rule"] == RULE]
    dropped += [one.text for one in article.dropped if one.rule == RULE]
    debris = {identity(text) for text in dropped}
    return content_hash(_without(_of_row(row), debris)) == content_hash(_without(article, debris))


def _of_row(row: sqlite3.Row) -> Article:
    """A revision as an article, as far as its content hash goes."""
    return Article(
        key="",
        outlet=None,
        url=None,
        title=row["title"],
        lead=row["lead"],
        blocks=[Block(**block) for block in json.loads(row["blocks"])],
        authors=json.loads(row["authors"]),
        source=row["source"],
        published_at=row["published_at"],
        section=json.loads(row["section"]),
    )


def _without(article: Article, debris: set[str]) -> Article:
    """The article without the debris; a lead or title repeated behind it goes too, as when it had never stood there."""
    lead = None if article.lead and identity(article.lead) in debris else article.lead
    blocks = [one for one in article.blocks if identity(one.text) not in debris]
    left = clean(replace(article, lead=lead, blocks=blocks))
    assert isinstance(left, Article)
    return left


def first_with_text(connection: sqlite3.Connection, text: str | None, before: int | None) -> tuple[int, str] | None:
    """Return id and key of the earliest article that ever had this text, stored before article ``before``.

    Only earlier ones count, so links never run in a circle.
    """
    if text is None:
        return None
    row = connection.execute(
        "SELECT articles.id, key FROM revisions JOIN articles ON articles.id = revisions.article"
        " WHERE text_hash = ? AND (? IS NULL OR articles.id < ?) ORDER BY articles.id LIMIT 1",
        (text, before, before),
    ).fetchone()
    return (row[0], row[1]) if row else None


def insert(
    connection: sqlite3.Connection,
    article: Article,
    key: str,
    url: str | None,
    seen_at: str,
    copy_of: int | None,
) -> int:
    """Add an article without text and return its id."""
    row = {
        "key": key,
        "outlet": article.outlet,
        "url": url,
        "first_seen_at": seen_at,
        "last_seen_at": seen_at,
        "copy_of": copy_of,
    }
    return insert_row(connection, "articles", row)


def add_revision(
    connection: sqlite3.Connection, article: Article, article_id: int, key: str, fetch: str, fetched_at: str
) -> None:
    """Append a state to an article; the newest is the last one, with facets and index."""
    content = content_hash(article)
    revision = digest(key, content, fetched_at)
    before = connection.execute("SELECT revisions, last_seen_at FROM articles WHERE id = ?", (article_id,)).fetchone()
    number = before["revisions"] + 1
    row = {
        "id": revision,
        "article": article_id,
        "number": number,
        "cause": "first" if number == 1 else "edited",
        "fetch": fetch,
        "fetched_at": fetched_at,
        "content_hash": content,
        "text_hash": text_hash(article),
        **_stated(article),
    }
    insert_row(connection, "revisions", row)
    connection.executemany(
        "INSERT INTO images (revision, position, url, caption) VALUES (?, ?, ?, ?)",
        [(revision, at, storable(image.url), _text(image.caption)) for at, image in enumerate(article.images, 1)],
    )
    connection.execute("UPDATE articles SET revisions = ? WHERE id = ?", (number, article_id))
    if before["last_seen_at"] <= fetched_at:  # replay may bring old pages late
        connection.execute("UPDATE articles SET last_revision = ? WHERE id = ?", (revision, article_id))
        _facet(connection, "author", article_id, article.authors)
        _facet(connection, "tag", article_id, article.tags)


def seen(connection: sqlite3.Connection, article_id: int, url: str | None, at: str) -> None:
    """Move "last seen" (never back: replay brings old pages), and bring back what was gone before ``at``."""
    connection.execute(
        "UPDATE articles SET url = CASE WHEN last_seen_at <= ? THEN coalesce(?, url) ELSE url END,"
        " last_seen_at = max(last_seen_at, ?), first_seen_at = min(first_seen_at, ?),"
        " gone_at = CASE WHEN gone_at < ? THEN NULL ELSE gone_at END WHERE id = ?",
        (at, url, at, at, at, article_id),
    )


def _stated(article: Article) -> dict[str, str | None]:
    """Return the columns that hold what the page said."""
    blocks = [{"kind": block.kind, "text": block.text} for block in article.blocks]
    day = article.published_day or (article.published_at or "")[:10] or None
    return {
        "url": _text(article.url),
        "kind": article.kind,
        "title": _text(article.title),
        "lead": _text(article.lead),
        "body": storable("\n\n".join(article.paragraphs)),
        "captions": storable("\n".join(article.captions)),
        "blocks": _json(blocks),
        "published_at": article.published_at,
        "published_raw": _text(article.published_raw),
        "published_day": day,
        "modified_at": article.modified_at,
        "modified_raw": _text(article.modified_raw),
        "authors": _json(article.authors),
        "byline": storable(", ".join(article.authors)),
        "source": _text(article.source),
        "agency": _json(article.agency),
        "section": _json(article.section),
        "tags": _json(article.tags),
        "language": article.language,
        "layout": article.layout,
        "provenance": _json(article.provenance),
        "dropped": _json([asdict(one) for one in article.dropped]),
        "warnings": _json(article.warnings),
        "boilerplate": article.boilerplate,
    }


def _facet(connection: sqlite3.Connection, facet: str, article_id: int, names: Sequence[str]) -> None:
    """Make ``names`` the article's authors or tags."""
    connection.execute(f"DELETE FROM article_{facet}s WHERE article = ?", (article_id,))
    for position, name in enumerate(names, 1):
        same_name = normalise(storable(name))
        if not same_name:
            continue
        connection.execute(
            f"INSERT INTO {facet}s (name, same) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (storable(name), same_name),
        )
        connection.execute(
            f"INSERT INTO article_{facet}s (article, {facet}, position)"
            f" SELECT ?, id, ? FROM {facet}s WHERE same = ? ON CONFLICT DO NOTHING",
            (article_id, position, same_name),
        )


def _text(text: str | None) -> str | None:
    return None if text is None else storable(text)


def _json(value: object) -> str:
    return storable(json.dumps(value, ensure_ascii=False))
