"""The archive as the rest of the project sees it: one object, one file, one connection."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from crawler.archive import boilerplates, health, pages, photos, records, rests, runs, search, status, watches
from crawler.archive.bodies import Bodies
from crawler.archive.connection import BUSY_SECONDS, Upgrade, explained, immediate, open_database, tidy
from crawler.archive.decide import data_version, decide
from crawler.archive.health import Health
from crawler.archive.ledger import Ledger
from crawler.archive.model import ArticleRecord, Hit, RunSummary, Status
from crawler.archive.photos import KeptPhoto, PhotoPlan
from crawler.archive.rests import Rest
from crawler.archive.store import Store
from crawler.archive.visits import Visits
from crawler.archive.watches import Event, Watch
from crawler.extraction.boilerplate import Boilerplate
from crawler.items import Decision, Page, Reading

if TYPE_CHECKING:
    from crawler.registry import Outlet

ENVIRONMENT = "BAOTINH_ARCHIVE"
PROJECT = Path(__file__).resolve().parents[2]


def archive_path(settings: Mapping[str, Any] | Any) -> Path:
    """Return where the archive is: setting ARCHIVE, else the environment, else the project's folder.

    ``settings`` is anything with ``get``. A relative path starts at the current folder.
    """
    named = settings.get("ARCHIVE") or os.environ.get(ENVIRONMENT)
    return Path(named).expanduser().absolute() if named else PROJECT / "archive.db"


class Archive:
    """An open archive.db, to be used by the thread that opened it. Every method raises ArchiveError."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self.connection = connection
        self.bodies = Bodies(connection)
        self.ledger = Ledger(connection, path)
        self._store = Store(connection, self.bodies, self.ledger)

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        read_only: bool = False,
        busy_seconds: float = BUSY_SECONDS,
        upgrade: Upgrade | None = None,
    ) -> Archive:
        """Open the archive at ``path``; unless ``read_only`` it is made where there is none, and migrated.

        Before a file of an older version is changed a copy of it is saved beside it, unless ``upgrade`` says otherwise.
        """
        where = Path(path)
        options: dict[str, Any] = {"read_only": read_only, "busy_seconds": busy_seconds, "upgrade": upgrade}
        return cls(open_database(where, **options), where)

    def close(self) -> None:
        """Close the file. Closing twice is harmless."""
        self.connection.close()

    def tidy(self) -> None:
        """Let SQLite look after its statistics, and the write-ahead log be written into the file; never waits."""
        with explained(self.path):
            tidy(self.connection)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block as one transaction (``BEGIN IMMEDIATE``); SQLite's errors become ArchiveErrors."""
        with explained(self.path), immediate(self.connection):
            yield

    # Runs --------------------------------------------------------------------------------------------------

    def mirror_outlets(self, outlets: Iterable[Outlet]) -> None:
        """Write the facts of the registry's outlets into the table ``outlets``."""
        with self.transaction():
            runs.mirror_outlets(self.connection, outlets)

    def start_run(self, command: str, arguments: Mapping[str, Any], outlets: Sequence[str]) -> str:
        """Record that a run begins; return its id, a UUID."""
        with self.transaction():
            return runs.start_run(self.connection, command, arguments, outlets)

    def finish_run(self, run_id: str, reason: str) -> None:
        """Record that the run ended, with its counts."""
        with self.transaction():
            runs.finish_run(self.connection, run_id, reason)

    def run_summary(self, run_id: str) -> RunSummary:
        """Return what came of a run, by outlet."""
        with explained(self.path):
            return runs.run_summary(self.connection, run_id)

    def plan_visits(self, visits: Visits) -> None:
        """Let what is stored from now on be due again as ``visits`` says."""
        self.ledger.visits = visits

    def plan_photos(self, plan: PhotoPlan) -> None:
        """Enter the photos of articles that are stored from now on into the ledger as ``plan`` says."""
        self._store.photos = plan

    # Pages -------------------------------------------------------------------------------------------------

    def decide(self, reading: Reading) -> Decision:
        """Find out what a reading is: new, changed, known, a copy, removed or no article. Writes nothing."""
        with explained(self.path):
            return decide(self.connection, reading)

    def store(self, reading: Reading, run_id: str) -> Decision:
        """Write a reading with everything that follows from it, in one transaction; return what was decided.

        A decision made before another page was written is made anew.
        """
        with self.transaction():
            decision = reading.decision
            if decision is None or decision.as_of != data_version(self.connection):
                decision = decide(self.connection, reading)
            return self._store.store(reading, run_id, decision)

    # Boilerplate -------------------------------------------------------------------------------------------

    def boilerplates(self, outlet: str | None = None) -> list[boilerplates.Kept]:
        """Return every version of learnt boilerplate (of one outlet), by outlet, the newest first."""
        with explained(self.path):
            return boilerplates.every(self.connection, outlet)

    def boilerplate(self, ref: str) -> Boilerplate:
        """Return a version by its name or the beginning of it, or the one in use for an outlet. Raises NotFound."""
        with explained(self.path):
            return boilerplates.find(self.connection, ref)

    def boilerplates_in_use(self) -> dict[str, Boilerplate]:
        """Return what new pages are cleaned with, by outlet."""
        with explained(self.path):
            return boilerplates.in_use(self.connection)

    def use_boilerplate(self, outlet: str, boilerplate: Boilerplate | None) -> None:
        """Keep a version and clean the outlet's new pages with it; with ``None`` clean them with none."""
        with self.transaction():
            if boilerplate is not None:
                boilerplates.keep(self.connection, boilerplate)
            boilerplates.use(self.connection, outlet, boilerplate.version if boilerplate else None)

    def stands_elsewhere(self, outlet: str, text: str) -> bool:
        """Return whether an article of another paper has this text as its lead or as a block."""
        with explained(self.path):
            return boilerplates.stands_elsewhere(self.connection, outlet, text)

    # Rests -------------------------------------------------------------------------------------------------

    def begin_rest(self, rest: Rest) -> None:
        """Note that a newspaper is left alone for a time."""
        with self.transaction():
            rests.begin(self.connection, rest)

    def end_rest(self, outlet: str) -> None:
        """Note that a newspaper answers again."""
        with self.transaction():
            rests.end(self.connection, outlet)

    def last_rest(self, outlet: str) -> Rest | None:
        """Return the newest rest of an outlet, over or not."""
        with explained(self.path):
            return rests.last(self.connection, outlet)

    # Watching ----------------------------------------------------------------------------------------------

    def add_watch(self, watch: Watch) -> None:
        """Save a query that is looked at after every run."""
        with self.transaction():
            watches.add(self.connection, watch)

    def remove_watch(self, name: str) -> None:
        """Forget a saved query and what it told. Raises NotFound."""
        with self.transaction():
            watches.remove(self.connection, name)

    def watches(self) -> list[Watch]:
        """Return the saved queries, by name."""
        with explained(self.path):
            return watches.every(self.connection)

    def look_after(self, run_id: str) -> list[Event]:
        """Find and note what the saved queries have to tell of a run; return it, the newest first."""
        with self.transaction():
            return watches.look(self.connection, run_id)

    def watch_events(self, names: Sequence[str] = (), limit: int = -1) -> list[Event]:
        """Return what was told, by all watches or these, the newest first. Raises NotFound."""
        with explained(self.path):
            return watches.events(self.connection, names, limit=limit)

    # Reading -----------------------------------------------------------------------------------------------

    def search(self, query: str, limit: int = 20, offset: int = 0, *, marks: tuple[str, str] = ("[", "]")) -> list[Hit]:
        """Find articles by words and "phrases", best first; ``marks`` are put around matches in snippets."""
        with explained(self.path):
            return search.search(self.connection, query, limit, offset, marks)

    def article(self, ref: str | int) -> ArticleRecord:
        """Return everything known of an article; ``ref`` is its id, key or URL. Raises NotFound."""
        with explained(self.path):
            return records.article(self.connection, ref)

    def page(self, ref: str) -> Page:
        """Return the newest page kept for a URL, or for an article's id, key or URL. Raises NotFound."""
        with explained(self.path):
            return pages.newest(self.connection, self.bodies, ref)

    def pages_of_article(self, ref: str | int) -> list[Page]:
        """Return the kept pages of an article (its id, key or URL), newest first. Raises NotFound."""
        with explained(self.path):
            return list(pages.of_article(self.connection, self.bodies, ref))

    def pages_of_outlet(self, outlet: str, limit: int) -> Iterator[Page]:
        """Yield the newest kept page of each of an outlet's articles, at most ``limit``; last come, first.

        One whose bytes are damaged has an ``error`` and no body: the others go on.
        """
        with explained(self.path):
            yield from pages.of_outlet(self.connection, self.bodies, outlet, limit)

    def pages_of_host(self, host: str, limit: int) -> list[Page]:
        """Return the newest kept page of each address on a host, articles first, at most ``limit``."""
        with explained(self.path):
            return list(pages.of_host(self.connection, self.bodies, host, limit))

    def photos_of_article(self, ref: str | int) -> list[KeptPhoto]:
        """Return the photos of an article's last revision, in their order, fetched or not. Raises NotFound."""
        with explained(self.path):
            return photos.of_article(self.connection, self.bodies, records.find(self.connection, ref))

    def article_titled(self, outlet: str, title: str) -> int | None:
        """Return the id of the outlet's newest article with exactly this title."""
        with explained(self.path):
            return pages.titled(self.connection, outlet, title)

    def health(self, now: datetime, outlets: Iterable[str] | None = None) -> list[Health]:
        """Judge what came of the outlets lately, at an aware time, against their own last four weeks."""
        with explained(self.path):
            return health.health(self.connection, now, outlets)

    def last_crawl(self) -> str | None:
        """Return when the last crawl ended, whatever came of it; UTC text."""
        with explained(self.path):
            return status.last_crawl(self.connection)

    def status(self) -> Status:
        """Count what the archive holds."""
        with explained(self.path):
            return status.status(self.connection, self.path)
