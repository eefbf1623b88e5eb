"""The file as a person finds it who has no code of ours: names, comments, what cannot be broken by hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import Archive
from crawler.archive.schema import APPLICATION_ID
from crawler.items import Image
from tests.archive.conftest import Ask
from tests.archive.make import CANAL, OUTLET, RICE, SCHOOL, article, reading


@pytest.fixture
def filled(archive: Archive, run: str) -> Archive:
    """Three articles, one of them a copy of the first, one revised; with images and facets."""
    full: dict[str, Any] = {
        "authors": ["Lê Thị Sen"],
        "tags": ["kênh"],
        "images": [Image("https://baosongmay.test/a.jpg", "Bèo")],
    }
    archive.store(reading(article(1, **full)), run)
    archive.store(reading(article(2, **full), at=1), run)
    archive.store(reading(article(3, RICE, title="Lúa được giá", **full), at=2), run)
    archive.store(reading(article(1, CANAL, SCHOOL, **full), at=3), run)
    return archive


@pytest.fixture
def shell(filled: Archive) -> Iterator[sqlite3.Connection]:
    """A plain connection as the sqlite3 shell opens it, foreign keys not enforced."""
    connection = sqlite3.connect(filled.path, isolation_level=None)
    yield connection
    connection.close()


def test_the_file_says_what_it_is(archive: Archive, path: Path, ask: Ask):
    assert ask.one("PRAGMA application_id") == APPLICATION_ID
    assert ask.one("PRAGMA page_size") == 8192
    assert ask.one("PRAGMA auto_vacuum") == 2  # incremental
    assert ask.one("PRAGMA journal_mode") == "wal"
    assert ask.one("PRAGMA foreign_keys") == 1
    assert ask.one("PRAGMA synchronous") == 1  # normal


def test_every_table_is_strict_and_explained(archive: Archive, ask: Ask):
    own = (
        "type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        " AND name NOT LIKE 'articles_fts%' AND name NOT LIKE 'sqlite_%'"
    )
    tables = ask.rows(f"SELECT name, sql FROM sqlite_master WHERE {own}")

    assert len(tables) == 21
    for table in tables:
        assert table["sql"].endswith("STRICT"), table["name"]
        assert "-- " in table["sql"], table["name"]


def test_articles_latest_reads_well(shell: sqlite3.Connection, filled: Archive):
    filled.connection.execute("UPDATE outlets SET province = 'Bến Lau' WHERE name = ?", (OUTLET,))
    cursor = shell.execute(
        "SELECT outlet, province, published_day, title, body, authors, tags, url, revisions, copy_of"
        " FROM articles_latest ORDER BY id"
    )

    assert cursor.fetchall()[:2] == [
        (OUTLET, "Bến Lau", "2026-11-05", "Đoàn viên Bến Lau dọn kênh", f"{CANAL}\n\n{SCHOOL}", "Lê Thị Sen", "kênh",
         "https://baosongmay.test/bai-a1.html", 2, None),
        (OUTLET, "Bến Lau", "2026-11-05", "Đoàn viên Bến Lau dọn kênh", CANAL, "Lê Thị Sen", "kênh",
         "https://baosongmay.test/bai-a2.html", 1, 1),
    ]  # fmt: skip


def test_what_an_article_does_not_have_is_null(archive: Archive, run: str, ask: Ask):
    archive.store(reading(article(1, authors=[], tags=[], section=[], lead=None, source=None)), run)

    columns = "authors, tags, section, captions, lead, source, agency"
    (row,) = ask.rows(f"SELECT {columns} FROM articles_latest")
    assert row == dict.fromkeys(columns.split(", "))


def test_the_title_follows_the_last_revision(filled: Archive, shell: sqlite3.Connection, run: str, ask: Ask):
    filled.store(reading(article(3, RICE, title="Lúa rớt giá"), at=9), run)
    filled.store(reading(article(3, RICE, SCHOOL, title="Lúa ngày trước"), at=-9), run)  # an older page, late

    assert ask.one("SELECT title FROM articles WHERE id = 3") == "Lúa rớt giá"
    shell.execute("UPDATE articles SET last_revision = (SELECT id FROM revisions WHERE title = 'Lúa được giá')"
                  " WHERE id = 3")  # fmt: skip
    assert ask.one("SELECT title FROM articles WHERE id = 3") == "Lúa được giá"
    ask.indexes_agree()


def test_the_day_is_the_local_day(filled: Archive, ask: Ask):
    (row,) = ask.rows("SELECT published_day, date(published_at) AS utc FROM articles_latest WHERE id = 1")

    assert row == {"published_day": "2026-11-05", "utc": "2026-11-04"}


def test_the_day_follows_from_the_time(archive: Archive, run: str, ask: Ask):
    archive.store(reading(article(1, published_at="2022-12-06T06:51:00+07:00", published_day=None)), run)
    archive.store(reading(article(2, RICE, published_at=None, title="Lúa"), at=1), run)

    assert [row["published_day"] for row in ask.rows("SELECT published_day FROM articles_latest ORDER BY id")] == [
        "2022-12-06",
        None,
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [("dọn kênh", [1, 2]), ("don kenh", [1, 2]), ("doan vien", [1, 2]), ("lua", [3]), ("sen", [1, 2, 3])],
)
def test_plain_sql_search(shell: sqlite3.Connection, query: str, found: list[int]):
    rows = shell.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid", (query,))

    assert [row[0] for row in rows] == found


def test_the_indexes_follow_revisions(shell: sqlite3.Connection, filled: Archive, run: str, ask: Ask):
    filled.store(reading(article(3, RICE.replace("thương lái", "chủ vựa"), title="Lúa được giá"), at=9), run)

    ask.indexes_agree()
    for index in ("articles_fts", "articles_fts_exact"):
        assert shell.execute(f"SELECT count(*) FROM {index} WHERE {index} MATCH '\"thương lái\"'").fetchone() == (0,)
        assert shell.execute(f"SELECT count(*) FROM {index} WHERE {index} MATCH '\"chủ vựa\"'").fetchone() == (1,)


def test_the_check_notices_a_difference(filled: Archive, ask: Ask):
    filled.connection.execute("DROP TRIGGER revisions_are_never_changed")
    filled.connection.execute("UPDATE revisions SET body = 'khác' WHERE article = 3")

    with pytest.raises(sqlite3.DatabaseError):
        ask.indexes_agree()


@pytest.mark.parametrize("foreign_keys", ["ON", "OFF"])
def test_an_article_deleted_by_hand_leaves_nothing(
    shell: sqlite3.Connection, filled: Archive, ask: Ask, foreign_keys: str
):
    shell.execute(f"PRAGMA foreign_keys = {foreign_keys}")
    shell.execute("DELETE FROM articles WHERE id = 1")

    ask.indexes_agree()
    assert ask.rows("PRAGMA foreign_key_check") == []
    assert ask.count("revisions") == ask.count("images") == ask.count("article_tags") == 2
    assert ask.count("article_authors") == 2
    assert ask.rows("SELECT copy_of FROM articles WHERE id = 2") == [{"copy_of": None}]
    assert ask.rows("SELECT article FROM urls WHERE url LIKE '%a1.html'") == [{"article": None}]
    assert ask.one("SELECT count(*) FROM fetches WHERE article IS NULL") == 2
    assert [hit.article_id for hit in filled.search("dọn kênh")] == [2]


def test_a_deleted_article_can_come_again(filled: Archive, shell: sqlite3.Connection, run: str):
    shell.execute("DELETE FROM articles WHERE id = 3")
    decision = filled.store(reading(article(3, RICE), at=9), run)

    assert (decision.outcome, decision.article_id) == ("new", 4)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revisions SET title = 'khác' WHERE article = 1",
        "DELETE FROM revisions WHERE article = 1 AND number = 1",
        "UPDATE images SET caption = 'khác'",
        "DELETE FROM images",
        "UPDATE articles SET id = 77 WHERE id = 1",
    ],
)
def test_history_cannot_be_changed(shell: sqlite3.Connection, statement: str):
    before = shell.execute("SELECT * FROM revisions").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match=r"append-only|never changes"):
        shell.execute(statement)

    assert shell.execute("SELECT * FROM revisions").fetchall() == before


def test_replacing_a_revision_is_refused(shell: sqlite3.Connection):
    columns = [row[1] for row in shell.execute("PRAGMA table_info(revisions)")]
    shell.execute("PRAGMA recursive_triggers = ON")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        shell.execute(
            f"INSERT OR REPLACE INTO revisions SELECT {', '.join('title' if c == 'lead' else c for c in columns)}"
            " FROM revisions WHERE article = 1 AND number = 1"
        )


def test_the_indexes_can_be_rebuilt(filled: Archive, ask: Ask):
    for index in ("articles_fts", "articles_fts_exact"):
        filled.connection.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")

    ask.indexes_agree()
    assert len(filled.search("dọn kênh")) == 2


def test_types_are_enforced(filled: Archive):
    with pytest.raises(sqlite3.IntegrityError):
        filled.connection.execute("UPDATE articles SET first_seen_at = x'00'")


def test_unknown_states_are_refused(filled: Archive):
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        filled.connection.execute("UPDATE urls SET state = 'lost'")
