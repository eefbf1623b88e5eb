"""The schema of archive.db and its changes over the years, as sqlite-utils migrations.

A migration is never edited once a release has it; a change is a new function at the end. They run inside one
``BEGIN IMMEDIATE`` (see ``crawler.archive.connection``), so a file is never left half changed.
"""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database, Migrations

from crawler.urls import url_alike

APPLICATION_ID = 0x42745448  # "BtTH": tells `file` and us that this SQLite file is an archive
NAME = "baotinh"

migrations = Migrations(NAME)

# sqlite-utils would make this table itself, but not STRICT.
MIGRATIONS_TABLE = """
CREATE TABLE _sqlite_migrations (
  -- Which changes of the schema this file has been through.
  id INTEGER PRIMARY KEY,
  migration_set TEXT,
  name TEXT,
  applied_at TEXT
) STRICT;
CREATE UNIQUE INDEX idx__sqlite_migrations_migration_set_name ON _sqlite_migrations (migration_set, name);
"""

INDEXES = {
    "articles_fts": ("title", "lead", "body", "captions", "authors", "title_folded", "lead_folded",
                     "body_folded", "captions_folded", "authors_folded"),
    "articles_fts_exact": ("title", "lead", "body", "captions", "authors"),
}  # fmt: skip


def read_sql(name: str) -> str:
    """Return the text of a file of this folder."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def index_triggers() -> str:
    """Return the triggers that keep both indexes equal to the last revisions, whoever writes.

    The old text must be handed to FTS5 to take it out; it is read from the revision, which is still there
    before an article is deleted and for ever after an update.
    """
    puts = _index_statements("NEW", delete=False)
    takes = _index_statements("OLD", delete=True)
    changed = "WHEN OLD.last_revision IS NOT NEW.last_revision"
    return f"""
CREATE TRIGGER articles_indexed_at_insert AFTER INSERT ON articles WHEN NEW.last_revision IS NOT NULL
BEGIN {puts} END;
CREATE TRIGGER articles_unindexed_at_update BEFORE UPDATE OF last_revision ON articles {changed}
BEGIN {takes} END;
CREATE TRIGGER articles_indexed_at_update AFTER UPDATE OF last_revision ON articles {changed}
BEGIN {puts} END;
CREATE TRIGGER articles_unindexed_at_delete BEFORE DELETE ON articles
BEGIN {takes} END;
"""


def _index_statements(row: str, *, delete: bool) -> str:
    statements = ""
    for index, columns in INDEXES.items():
        names = ", ".join(columns)
        command, value = (f"{index}, ", "'delete', ") if delete else ("", "")
        statements += (
            f"\n  INSERT INTO {index} ({command}rowid, {names})"
            f"\n    SELECT {value}{row}.id, {names} FROM revision_words WHERE revision = {row}.last_revision;"
        )
    return statements + "\n"


@migrations(name="0001_archive")
def archive(db: Database) -> None:
    """Make everything: tables, guards, search."""
    db.executescript(read_sql("tables.sql"))
    db.executescript(read_sql("guards.sql"))
    db.executescript(read_sql("search.sql"))
    db.executescript(index_triggers())


@migrations(name="0002_agency")
def agency(db: Database) -> None:
    """Add the credited agencies to revisions and to the view; what was read before has none."""
    db.executescript(read_sql("agency.sql"))


@migrations(name="0003_boilerplate")
def boilerplate(db: Database) -> None:
    """Add learnt boilerplate; what was read before was cleaned without."""
    db.executescript(read_sql("boilerplate.sql"))


@migrations(name="0004_revisits")
def revisits(db: Database) -> None:
    """Add what is needed to fetch again what is due, and only if it has changed."""
    db.executescript(read_sql("revisits.sql"))


@migrations(name="0005_photos")
def photos(db: Database) -> None:
    """Let the ledger hold photos, and keep what they are; articles stored before have none."""
    db.executescript(read_sql("photos.sql"))


@migrations(name="0006_watches")
def watches(db: Database) -> None:
    """Add saved queries."""
    db.executescript(read_sql("watches.sql"))


@migrations(name="0007_rests")
def rests(db: Database) -> None:
    """Add rests of newspapers and what is known of a fetch's TLS; earlier fetches say nothing of it."""
    db.executescript(read_sql("rests.sql"))


@migrations(name="0008_health")
def health(db: Database) -> None:
    """Add indexes."""
    db.executescript(read_sql("health.sql"))


@migrations(name="0009_discovery")
def discovery(db: Database) -> None:
    """Add stated sections and spellings, which are made up for what is there."""
    db.executescript(read_sql("discovery.sql"))
    db.conn.create_function("alike", 2, url_alike, deterministic=True)
    db.execute("UPDATE urls SET alike = alike(url, kind)")


def known_migrations() -> list[str]:
    """Return the names of all migrations of this version, in their order."""
    return [migration.name for migration in migrations._migrations]
