"""Full-text search as readers type: with accents or without, ``d`` for ``đ``, either tone placement.

A query is words, all of which must stand in the article, and "phrases". Where accents were typed the exact
index is asked first (it tells ``bán`` from ``ban``), and what only the folding index knows comes behind.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product

from crawler.archive.model import Hit
from crawler.folding import has_accents, spellings, storable, tokens, unify

Marks = tuple[str, str]

SNIPPET = 160  # characters around the first match
VARIANTS = 32  # spellings tried of one phrase
TERMS = 64  # words and phrases taken from one query
WEIGHTS = "8.0, 4.0, 1.0, 1.0, 3.0"  # title, lead, body, captions, authors

_COLUMNS = ("title", "lead", "body", "captions", "authors")
_SNIPPET_FROM = ("body", "lead", "captions", "authors", "title")
_PARTS = re.compile(r'"([^"]*)"?|([^\s"]+)')
_START, _END = "\ue0f0", "\ue0f1"  # private use: marks that no newspaper prints
_BARE = str.maketrans("Đđ", "Dd")


@dataclass(frozen=True, slots=True)
class Query:
    """A query in the languages of both indexes; ``exact`` is empty when no accent was typed."""

    folded: str
    exact: str


def parse(query: str) -> Query | None:
    """Translate what a person typed; ``None`` when it has no word in it. Never raises."""
    terms = []
    for match in islice(_PARTS.finditer(unify(storable(query))), TERMS):
        # "6/12" or "Tây-Nam" are several tokens that stand side by side.
        words = list(tokens(match[1] if match[1] is not None else match[2]))
        if words:
            terms.append(words)
    if not terms:
        return None
    folded = " AND ".join(_quoted(" ".join(words).translate(_BARE)) for words in terms)
    exact = " AND ".join(phrase(words) for words in terms if has_accents(" ".join(words)))
    return Query(folded, exact)


def phrase(words: Sequence[str]) -> str:
    """Return an FTS5 expression for the phrase in every spelling of its words."""
    ways = islice(product(*(spellings(word) for word in words)), VARIANTS)
    return "(" + " OR ".join(_quoted(" ".join(way)) for way in ways) + ")"


def _quoted(phrase: str) -> str:
    return '"' + phrase.replace('"', "") + '"'


def search(connection: sqlite3.Connection, query: str, limit: int, offset: int, marks: Marks) -> list[Hit]:
    """Return the hits of ``query``, best first; exact ones before those that ignore accents."""
    parsed = parse(query)
    if parsed is None or limit <= 0:
        return []
    asked = {"folded": folded_match(parsed), "exact": parsed.exact,
             "limit": limit, "offset": max(offset, 0)}  # fmt: skip
    rows = connection.execute(_BOTH if parsed.exact else _FOLDED, asked).fetchall()
    return [_hit(connection, row, asked, marks) for row in rows]


def folded_match(query: Query) -> str:
    """Return the query for the index of any spelling, whose folded columns are meant."""
    columns = " ".join(f"{column}_folded" for column in _COLUMNS)
    return f"{{{columns}}} : ({query.folded})"


# A hit of the exact index must fit the whole query, also its words without accents.
_BOTH = f"""
WITH exact AS MATERIALIZED (
  SELECT rowid AS id, bm25(articles_fts_exact, {WEIGHTS}) AS rank
  FROM articles_fts_exact WHERE articles_fts_exact MATCH :exact
), folded AS MATERIALIZED (
  SELECT rowid AS id, bm25(articles_fts, 0, 0, 0, 0, 0, {WEIGHTS}) AS rank
  FROM articles_fts WHERE articles_fts MATCH :folded
)
SELECT folded.id, exact.id IS NULL AS only_folded FROM folded LEFT JOIN exact ON exact.id = folded.id
ORDER BY only_folded, coalesce(exact.rank, folded.rank), folded.id DESC LIMIT :limit OFFSET :offset
"""
_FOLDED = f"""
SELECT rowid AS id, 1 AS only_folded FROM articles_fts WHERE articles_fts MATCH :folded
ORDER BY bm25(articles_fts, 0, 0, 0, 0, 0, {WEIGHTS}), rowid DESC LIMIT :limit OFFSET :offset
"""


def _hit(connection: sqlite3.Connection, row: sqlite3.Row, asked: dict[str, object], marks: Marks) -> Hit:
    article = connection.execute(
        "SELECT articles.id, key, articles.outlet, articles.url, revisions.title, lead, body, captions,"
        " byline AS authors, published_at"
        " FROM articles JOIN revisions ON revisions.id = last_revision WHERE articles.id = ?",
        (row["id"],),
    ).fetchone()
    highlighted = _highlighted(connection, row, asked)
    return Hit(article["id"], article["key"], article["outlet"], article["title"], article["url"],
               article["published_at"], _snippet(article, highlighted, marks))  # fmt: skip


def _highlighted(connection: sqlite3.Connection, row: sqlite3.Row, asked: dict[str, object]) -> sqlite3.Row | None:
    """Return each column as its index marks it."""
    index, first, query = ("articles_fts", 5, "folded") if row["only_folded"] else ("articles_fts_exact", 0, "exact")
    columns = ", ".join(
        f"highlight({index}, {first + at}, '{_START}', '{_END}') AS {column}" for at, column in enumerate(_COLUMNS)
    )
    found: sqlite3.Row | None = connection.execute(
        f"SELECT {columns} FROM {index} WHERE {index} MATCH ? AND rowid = ?", (asked[query], row["id"])
    ).fetchone()
    return found


def _snippet(article: sqlite3.Row, highlighted: sqlite3.Row | None, marks: Marks) -> str:
    """Cut the first passage with a match out of the original text; the index's copies are as long as it."""
    for column in _SNIPPET_FROM:
        marked = highlighted[column] if highlighted is not None else None
        text = article[column]
        if not marked or not text:
            continue
        spans = _spans(marked)
        if spans and len(marked) - 2 * len(spans) == len(text):
            return _cut(text, spans, marks)
    text = article["body"] or article["lead"] or article["title"] or ""
    return _cut(text, [], marks)


def _spans(marked: str) -> list[tuple[int, int]]:
    """Return where the matches stand in the text without its marks."""
    spans = []
    for number, match in enumerate(re.finditer(f"{_START}([^{_END}]*){_END}", marked)):
        start = match.start() - 2 * number
        spans.append((start, start + len(match[1])))
    return spans


def _cut(text: str, spans: Sequence[tuple[int, int]], marks: Marks) -> str:
    first = spans[0][0] if spans else 0
    start = max(0, first - SNIPPET // 3)
    if start:
        start = text.find(" ", start, first) + 1 or first
    end = min(len(text), start + SNIPPET)
    if end < len(text):
        end = max(text.rfind(" ", start, end), spans[0][1] if spans else 0)
        end = end if end > start else min(len(text), start + SNIPPET)
    parts, at = [], start
    for left, right in spans:
        if right <= end:
            parts += [text[at:left], marks[0], text[left:right], marks[1]]
            at = right
    parts.append(text[at:end])
    snippet = " ".join("".join(parts).split())
    return ("… " if start else "") + snippet + (" …" if end < len(text) else "")
