"""Disk space and the archive's journal: a run leaves room, and tidies up."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

from crawler.extensions import room
from tests.crawl.crawling import PAPERS, PROJECT, Rows, command, content, crawl, environment, sound
from tests.site.press import Press

PAPER = ("baosongmay",)


def test_without_room_nothing_is_asked_for(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with Press() as press:
        done = crawl(archive, press.address, PAPER, "-s", "DISK_FLOOR_MB=999999999", expect=1)
        assert press.log == []
    assert "are to stay free: the run ends" in done.stderr
    with Rows(archive) as rows:
        assert rows("SELECT finish_reason FROM runs") == [("disk_full",)]


def test_a_disk_that_fills_ends_the_run_in_order_and_the_next_goes_on(tmp_path: Path) -> None:
    archive, filler = tmp_path / "archive.db", tmp_path / "filler"
    with Press() as press:
        free = shutil.disk_usage(tmp_path).free >> 20
        floor = ("-s", f"DISK_FLOOR_MB={free - 1000}")
        process = subprocess.Popen(
            command(archive, press.address, PAPERS, *floor, delay=1),
            cwd=PROJECT, env=environment(), stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            while not press.log and process.poll() is None:
                time.sleep(0.05)
            with filler.open("wb") as file:
                os.posix_fallocate(file.fileno(), 0, 2000 << 20)
            _, said = process.communicate(timeout=60)
        finally:
            filler.unlink(missing_ok=True)
            process.kill()
        assert process.returncode == 1, said
        assert "What is stored is safe" in said
        with Rows(archive) as rows:
            assert rows("SELECT finish_reason FROM runs") == [("disk_full",)]
            assert rows("SELECT url FROM urls WHERE state = 'leased'") == []
            assert rows.one("SELECT count(*) FROM urls WHERE state = 'pending'")
        crawl(archive, press.address)
        sound(archive)
        crawl(tmp_path / "other.db", press.address)
        assert content(archive)["revisions"] == content(tmp_path / "other.db")["revisions"]


def test_the_journal_is_empty_after_a_run_also_where_somebody_has_the_archive_open(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with Press() as press:
        crawl(archive, press.address, PAPER)
        reader = sqlite3.connect(f"{archive.as_uri()}?mode=ro", uri=True)
        try:
            reader.execute("SELECT count(*) FROM articles").fetchone()
            press.edition = 2
            crawl(archive, press.address, PAPER)
            assert room.journal_size(archive) == 0
        finally:
            reader.close()


def test_a_reader_without_end_does_not_hold_up_the_end_of_a_run(tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    with Press() as press:
        crawl(archive, press.address, PAPER)
        reader = sqlite3.connect(f"{archive.as_uri()}?mode=ro", uri=True)
        try:
            reader.execute("BEGIN")
            before = reader.execute("SELECT count(*) FROM fetches").fetchone()
            press.edition = 2
            crawl(archive, press.address, PAPER)
            assert room.journal_size(archive) > 0
            assert reader.execute("SELECT count(*) FROM fetches").fetchone() == before
        finally:
            reader.close()
        with Rows(archive) as rows:
            assert rows.one("SELECT count(*) FROM fetches") > before[0]


def test_a_journal_that_grows_is_told_once(tmp_path: Path) -> None:
    """With a smaller limit and a shorter interval, since nobody waits for 256 MiB here."""
    program = tmp_path / "smaller.py"
    program.write_text(
        "import sys\n"
        "from crawler.extensions import room\n"
        "room.JOURNAL_MB, room.EVERY = -1, 0.2\n"
        "from scrapy.cmdline import execute\n"
        "execute(['scrapy', *sys.argv[1:]])\n"
    )
    with Press() as press:
        arguments = command(tmp_path / "archive.db", press.address, PAPER, delay=0.2)
        arguments[1:3] = [str(program)]
        env = {**environment(), "PYTHONPATH": str(PROJECT)}
        done = subprocess.run(arguments, cwd=PROJECT, env=env, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("another program has been reading the archive for long") == 1


def test_a_signal_ends_the_watch_too(tmp_path: Path) -> None:
    with Press() as press:
        process = subprocess.Popen(
            command(tmp_path / "archive.db", press.address, PAPER, delay=0.5),
            cwd=PROJECT, env=environment(), stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        while not press.log and process.poll() is None:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Traceback" not in said
    assert "never awaited" not in said
