"""Opening an archive: at once from many processes, and every way in which it cannot be opened."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from crawler.archive import (
    Archive,
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    archive_path,
    articles,
    connection,
    copies,
    schema,
    store,
)
from crawler.archive.ledger import Ledger
from tests.archive.conftest import Ask, insert_known, stored_before
from tests.archive.make import OUTLET, article, reading
from tests.conftest import RunScrapy

PROJECT = Path(__file__).resolve().parents[2]
SPAWN = multiprocessing.get_context("spawn")
FORK = multiprocessing.get_context("fork")
NOBODY = 65534


def open_and_store(path: Path, number: int, gate: Any) -> None:
    gate.wait()
    with Archive.open(path) as archive:
        run = archive.start_run("crawl", {}, [OUTLET])
        archive.store(reading(article(number)), run)


def store_many(path: Path, first: int, count: int, gate: Any) -> None:
    with Archive.open(path) as archive:
        run = archive.start_run("crawl", {}, [OUTLET])
        gate.wait()
        for number in range(first, first + count):
            archive.store(reading(article(number, f"Bài {number} về con kênh ở Bến Lau.")), run)


def together(work: Any, arguments: list[tuple[Any, ...]]) -> None:
    gate = SPAWN.Barrier(len(arguments))
    processes = [SPAWN.Process(target=work, args=(*one, gate)) for one in arguments]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * len(processes)


@pytest.mark.parametrize("attempt", range(4))
def test_four_processes_may_make_a_new_archive_at_once(path: Path, attempt: int):
    together(open_and_store, [(path, number) for number in range(4)])

    with Archive.open(path) as archive:
        assert len(archive.status().runs) == archive.status().articles == 4
        Ask(archive).indexes_agree()
        assert Ask(archive).one("PRAGMA page_size") == 8192
        assert Ask(archive).one("PRAGMA integrity_check") == "ok"


def test_two_processes_write_at_once(path: Path):
    Archive.open(path).close()
    together(store_many, [(path, 0, 150), (path, 75, 150)])

    with Archive.open(path) as archive:
        ask = Ask(archive)
        assert (ask.count("articles"), ask.count("revisions"), ask.count("fetches")) == (225, 225, 300)
        ask.indexes_agree()


def test_opening_again_changes_nothing(path: Path):
    Archive.open(path).close()
    before = path.read_bytes()
    Archive.open(path).close()

    assert path.read_bytes() == before


def refused(path: Path, **options: Any) -> str:
    with pytest.raises(ArchiveError) as caught:
        Archive.open(path, **options)
    assert str(path) in str(caught.value) or str(path.parent) in str(caught.value)
    return str(caught.value)


class TestRefused:
    def test_a_folder(self, tmp_path: Path):
        assert "is a folder" in refused(tmp_path)

    def test_no_folder_to_hold_it(self, tmp_path: Path):
        assert "there is no folder" in refused(tmp_path / "khong" / "archive.db")

    def test_a_file_in_place_of_the_folder(self, tmp_path: Path):
        (tmp_path / "tep").write_text("x")
        assert "there is no folder" in refused(tmp_path / "tep" / "archive.db")

    def test_nothing_there_to_read(self, path: Path):
        assert "no archive" in refused(path, read_only=True)
        assert not path.exists()

    @pytest.mark.parametrize("content", [b"x", b"%PDF-1.7\n" + b"\0" * 9000, "Báo Sông Mây".encode() * 2000])
    def test_not_sqlite(self, path: Path, content: bytes):
        path.write_bytes(content)
        assert "not even an SQLite file" in refused(path)
        assert path.read_bytes() == content

    def test_an_empty_file_becomes_an_archive(self, path: Path):
        path.write_bytes(b"")
        assert "empty" in refused(path, read_only=True)
        Archive.open(path).close()
        Archive.open(path, read_only=True).close()

    @pytest.mark.parametrize(
        "script", ["CREATE TABLE t (x)", "PRAGMA application_id = 1234", "CREATE TABLE _sqlite_migrations (x)"]
    )
    def test_another_programs_file(self, path: Path, script: str):
        other = sqlite3.connect(path)
        other.executescript(f"{script}; PRAGMA user_version = 3;")
        other.close()
        before = path.read_bytes()

        assert "another program" in refused(path)
        assert "another program" in refused(path, read_only=True)
        assert path.read_bytes() == before

    def test_a_newer_schema(self, path: Path):
        with Archive.open(path) as archive:
            archive.connection.execute(
                "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('baotinh', '0099_x', '')"
            )
        assert "newer version of this program (it knows 0099_x)" in refused(path)

    def test_damage(self, path: Path):
        with Archive.open(path) as archive:
            archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        content = bytearray(path.read_bytes())
        content[100:8000] = b"\xff" * 7900
        path.write_bytes(content)

        with pytest.raises(ArchiveDamaged, match=r"damaged.*recover"):
            Archive.open(path)

    def test_damage_met_later(self, path: Path):
        with Archive.open(path) as archive:
            run = archive.start_run("crawl", {}, [OUTLET])
            archive.store(reading(), run)
            archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (root,) = archive.connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'runs'").fetchone()
        content = bytearray(path.read_bytes())
        content[(root - 1) * 8192 : root * 8192] = b"\xff" * 8192
        path.write_bytes(content)

        with Archive.open(path) as archive, pytest.raises(ArchiveDamaged):
            archive.status()

    def test_locked_for_too_long(self, path: Path):
        with Archive.open(path) as holder:
            run = holder.start_run("crawl", {}, [OUTLET])
            with Archive.open(path, busy_seconds=0.2) as late, holder.transaction():
                with pytest.raises(ArchiveBusy, match="locked by another program"):
                    Archive.open(path, busy_seconds=0.1)
                with pytest.raises(ArchiveBusy):
                    late.store(reading(), run)
                assert late.status().articles == 0  # reading never waits
            assert holder.store(reading(), run).outcome == "new"

    @pytest.mark.parametrize("version", [(3, 7, 17), (3, 36, 0)])
    def test_an_old_library(self, path: Path, monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int]):
        connection.check_library.cache_clear()
        monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
        monkeypatch.setattr(sqlite3, "sqlite_version", ".".join(map(str, version)))
        with pytest.raises(ArchiveError, match=r"is 3\.\d+\.\d+; an archive needs 3\.37\.0 or newer"):
            Archive.open(path)
        assert not path.exists()

    def test_a_library_without_full_text_search(self, path: Path, monkeypatch: pytest.MonkeyPatch):
        class Lacking(sqlite3.Connection):
            def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
                if "fts5" in sql:
                    raise sqlite3.OperationalError("no such module: fts5")
                return super().execute(sql, *values)

        connection.check_library.cache_clear()
        connect = sqlite3.connect
        monkeypatch.setattr(sqlite3, "connect", lambda name: connect(name, factory=Lacking))
        with pytest.raises(ArchiveError, match="no such module: fts5"):
            Archive.open(path)


@pytest.fixture
def guarded(tmp_path: Path) -> Path:
    """An archive with one article in a folder of its own, closed; permissions are restored afterwards."""
    folder = tmp_path / "kho"
    folder.mkdir()
    with Archive.open(folder / "archive.db") as archive:
        archive.store(reading(), archive.start_run("crawl", {}, [OUTLET]))
    return folder / "archive.db"


def open_as_nobody(path: Path, read_only: bool, answer: Any) -> None:
    if os.geteuid() == 0:  # permissions do not apply to root
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        with Archive.open(path, read_only=read_only) as archive:
            answer.send(archive.status().articles)
    except ArchiveError as error:
        answer.send(str(error))


def as_somebody_else(path: Path, *, read_only: bool) -> object:
    """Open the archive as a user without rights; return how many articles it has, or the error's words."""
    for parent in path.parents:
        if parent != path.parent and parent.stat().st_uid == os.geteuid() and "pytest" in str(parent):
            parent.chmod(parent.stat().st_mode | 0o055)
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=open_as_nobody, args=(path, read_only, theirs))
    process.start()
    process.join(30)
    assert process.exitcode == 0
    return ours.recv()


class TestPermissions:
    def test_a_read_only_folder_can_be_read(self, guarded: Path):
        guarded.chmod(0o444)
        guarded.parent.chmod(0o555)
        try:
            assert as_somebody_else(guarded, read_only=True) == 1
            assert "read-only for this user" in str(as_somebody_else(guarded, read_only=False))
        finally:
            guarded.parent.chmod(0o755)

    def test_a_read_only_file(self, guarded: Path):
        guarded.chmod(0o444)
        guarded.parent.chmod(0o777)
        assert "read-only for this user" in str(as_somebody_else(guarded, read_only=False))

    def test_a_file_that_may_not_be_read(self, guarded: Path):
        guarded.chmod(0o000)
        guarded.parent.chmod(0o755)
        assert "may not be read by this user" in str(as_somebody_else(guarded, read_only=True))

    def test_a_folder_where_nothing_can_be_made(self, guarded: Path):
        guarded.parent.chmod(0o555)
        try:
            said = as_somebody_else(guarded.with_name("moi.db"), read_only=False)
            assert "the folder is read-only for this user" in str(said)
        finally:
            guarded.parent.chmod(0o755)


def test_a_full_disk(archive: Archive, run: str, ask: Ask):
    pages = ask.one("PRAGMA page_count")
    archive.connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    body = os.urandom(200_000)

    with pytest.raises(ArchiveError, match="no room left"):
        archive.store(reading(body=body), run)

    assert ask.count("fetches") == 0
    archive.connection.execute("PRAGMA max_page_count = 100000")
    assert archive.store(reading(body=body), run).outcome == "new"


class TestPath:
    def test_the_setting_comes_first(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("BAOTINH_ARCHIVE", "/khac.db")
        monkeypatch.chdir(tmp_path)
        assert archive_path({"ARCHIVE": "kho.db"}) == tmp_path / "kho.db"

    def test_then_the_environment(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setenv("BAOTINH_ARCHIVE", str(tmp_path / "khac.db"))
        assert archive_path({"ARCHIVE": ""}) == tmp_path / "khac.db"

    def test_then_the_project(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.delenv("BAOTINH_ARCHIVE", raising=False)
        monkeypatch.chdir(tmp_path)
        assert archive_path({}) == PROJECT / "archive.db"


class TestAnOlderArchive:
    """A file as the first version wrote it, without agencies, boilerplate and visits."""

    @pytest.fixture
    def old(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        with monkeypatch.context() as before:
            before.setattr(schema.migrations, "_migrations", schema.migrations._migrations[:1])
            for name in ("_plan", "hold"):
                before.setattr(Ledger, name, lambda *arguments: None)
            before.setattr(store, "insert_row", insert_known)
            before.setattr(Ledger, "stored", stored_before)
            before.setattr(articles, "_stated", lambda stated: first_columns(stated_before(stated)))
            with Archive.open(path) as archive:
                archive.store(reading(article(1, source="TTXVN")), archive.start_run("crawl", {}, [OUTLET]))
        return path

    def test_is_brought_forward_and_keeps_what_it_held(self, old: Path):
        with Archive.open(old) as archive:
            run = archive.start_run("crawl", {}, [OUTLET])
            again = archive.store(reading(article(1, source="TTXVN", agency=["TTXVN"]), at=1), run)
            archive.store(reading(article(2, "Bài khác.", source="VOV", agency=["VOV"]), at=2), run)
            latest = Ask(archive).rows("SELECT source, agency FROM articles_latest ORDER BY id")

            assert again.outcome == "unchanged"
            assert latest == [{"source": "TTXVN", "agency": None}, {"source": "VOV", "agency": "VOV"}]
            Ask(archive).indexes_agree()

    def test_is_not_read_before_that(self, old: Path):
        assert "older version" in refused(old, read_only=True)

    def test_a_copy_is_saved_before(self, old: Path):
        held = content_of(old)
        Archive.open(old).close()
        Archive.open(old).close()  # nothing is left to change, nothing more is saved

        (copy,) = beside(old)
        assert copy.name == "archive.db.before-0002_agency"
        assert content_of(copy) == held
        assert "older version" in refused(copy, read_only=True)
        with Archive.open(copy) as archive:  # it can be gone back to, and brought forward again
            assert Ask(archive).count("articles") == 1

    def test_the_command_does_it_too(self, old: Path, run_scrapy: RunScrapy):
        done = run_scrapy("upgrade", "-s", f"ARCHIVE={old}")
        assert (done.returncode, done.stdout) == (0, f"{old} has the schema of this version\n")
        assert "saving a copy" in done.stderr
        assert len(beside(old)) == 1
        Archive.open(old, read_only=True).close()

    def test_without_a_copy_if_so_told(self, old: Path, run_scrapy: RunScrapy):
        assert run_scrapy("upgrade", "--no-copy", "-s", f"ARCHIVE={old}").returncode == 0
        assert beside(old) == []
        Archive.open(old, read_only=True).close()

    def test_no_room_for_a_copy_leaves_it_as_it_is(self, old: Path, monkeypatch: pytest.MonkeyPatch):
        held = content_of(old)
        monkeypatch.setattr(copies, "SPARE", 1 << 60)

        assert "upgrade --no-copy" in refused(old)
        assert content_of(old) == held
        assert beside(old) == []

    def test_damage_is_found_before_anything_is_changed(self, old: Path):
        with sqlite3.connect(old) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            ((root,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'urls_by_run'")
        connection.close()
        damaged = bytearray(old.read_bytes())
        damaged[root * 8192 - 40 : root * 8192] = bytes(40)  # the entries of an index, which nothing reads at opening
        old.write_bytes(damaged)

        with pytest.raises(ArchiveDamaged, match=r"was not changed.*recover"):
            Archive.open(old)
        assert old.read_bytes() == bytes(damaged)
        assert beside(old) == []

    def test_a_change_that_fails_leaves_archive_and_copy(self, old: Path, monkeypatch: pytest.MonkeyPatch):
        held = content_of(old)
        monkeypatch.setattr(schema, "read_sql", lambda name: "ALTER TABLE revisions ADD COLUMN x; SELECT nothing;")
        refused(old)
        monkeypatch.undo()

        assert content_of(old) == held
        assert [content_of(copy) for copy in beside(old)] == [held]
        Archive.open(old).close()

    def test_a_new_archive_is_not_copied(self, path: Path):
        Archive.open(path).close()
        assert beside(path) == []


def beside(path: Path) -> list[Path]:
    """Files beside the archive that are not its own journal."""
    own = {path.name + end for end in ("", "-wal", "-shm")}
    return [file for file in path.parent.iterdir() if file.name.startswith("archive") and file.name not in own]


def content_of(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        content = list(connection.iterdump())
    connection.close()
    return content


def first_columns(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("agency", "boilerplate")}


stated_before = articles._stated
