"""The command line of a crawl: what it refuses, whom it waits for, how it ends, how fast it asks."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.archive import OutletLock
from tests.conftest import RunScrapy
from tests.crawl.crawling import PAPERS, PROJECT, Rows, command, content, crawl, environment, sound
from tests.site.press import Press


@pytest.fixture
def press() -> Iterator[Press]:
    with Press(edition=1) as press:
        yield press


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def test_two_processes_with_different_papers_share_one_archive(press: Press, archive: Path, tmp_path: Path) -> None:
    processes = [
        subprocess.Popen(
            command(archive, press.address, (paper,)), cwd=PROJECT, env=environment(), stderr=subprocess.PIPE, text=True
        )
        for paper in PAPERS
    ]
    said = [process.communicate(timeout=120)[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said
    assert "locked" not in "".join(said)
    sound(archive)
    crawl(tmp_path / "other.db", press.address)
    assert content(archive)["revisions"] == content(tmp_path / "other.db")["revisions"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["crawl", "news"], "which newspapers? Name them: -a outlets=NAME"),
        (["crawl", "news", "-a", "outlets="], "which newspapers?"),
        (["crawl", "news", "-a", "outlets=baoangian"], "unknown outlet 'baoangian', did you mean baoangiang"),
        (["crawl", "news", "-a", "outlets=baoangiang,xyz"], "unknown outlet 'xyz'"),
        (["crawl", "news", "-a", "outlet=baoangiang"], "unknown argument 'outlet'"),
        (
            ["crawl", "news", "-a", "outlets=baoangiang", "-s", "LOOPBACK=8000"],
            "expected a loopback address and a port",
        ),
        (["crawl", "newz", "-a", "outlets=baoangiang"], "newz"),
        (["crawl", "news", "-a", "outlets=baoangiang", "--fast"], "unknown option --fast"),
        (["crawl"], "expected SPIDER"),
    ],
)
def test_wrong_usage(arguments: list[str], said: str, run_scrapy: RunScrapy, tmp_path: Path) -> None:
    done = run_scrapy(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "archive.db").exists()


def test_an_archive_that_is_none(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_text("not a database, but long enough to be taken for one")
    done = run_scrapy("crawl", "news", "-a", "outlets=baosongmay")
    assert done.returncode == 1
    assert "is not an archive" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_outlet_in_another_run_is_left_to_it(press: Press, archive: Path) -> None:
    with OutletLock(archive, "baosongmay"):
        done = crawl(archive, press.address, expect=3)
        assert f"baosongmay is being crawled by process {os.getpid()}" in done.stderr
        assert {request.host for request in press.log} == {"baonuibiec.test"}
        with Rows(archive) as rows:
            assert json.loads(rows.one("SELECT outlets FROM runs")) == ["baonuibiec"]
        alone = crawl(archive, press.address, ("baosongmay",), expect=3)
        assert "baosongmay is being crawled" in alone.stderr
    crawl(archive, press.address)
    sound(archive)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_in_order(number: signal.Signals, press: Press, archive: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        command(archive, press.address, delay=0.2),
        cwd=PROJECT, env=environment(), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 30
    while len(press.log) < 8 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert "Traceback" not in said
    with Rows(archive) as rows:
        assert rows("SELECT finish_reason FROM runs") == [("shutdown",)]
        assert rows("SELECT url FROM urls WHERE state = 'leased'") == []
        # Every page that came is stored.
        answered = [request for request in press.log if not request.path.endswith("robots.txt")]
        assert rows.one("SELECT count(*) FROM fetches") == len(answered)
    assert "still to be fetched" in said
    assert process.returncode == 1
    crawl(archive, press.address)
    crawl(tmp_path / "undisturbed.db", press.address)
    assert content(archive) == content(tmp_path / "undisturbed.db")


def test_two_runs_share_an_archive(press: Press, archive: Path, tmp_path: Path) -> None:
    both = [
        subprocess.Popen(
            command(archive, press.address, (name,)), cwd=PROJECT, env=environment(), stderr=subprocess.PIPE, text=True
        )
        for name in PAPERS
    ]
    said = [process.communicate(timeout=60)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    sound(archive)
    crawl(tmp_path / "one.db", press.address)
    assert content(archive) == content(tmp_path / "one.db")


def test_one_request_at_a_time_and_never_faster_than_the_delay(press: Press, archive: Path) -> None:
    delay = 0.15
    crawl(archive, press.address, ("baonuibiec",), "-s", "DOWNLOAD_DELAY_JITTER=0", delay=delay)
    times = [request.time for request in press.log if request.path != "/robots.txt"]
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(times)]
    assert len(gaps) > 30
    assert min(gaps) > delay * 0.8  # the clock of the press, which is not the crawler's


def test_the_environment_says_where_the_archive_is(press: Press, run_scrapy: RunScrapy, tmp_path: Path) -> None:
    settings = [f"LOOPBACK={press.address}", "DOWNLOAD_DELAY=0", "AUTOTHROTTLE_ENABLED=0", "LOG_LEVEL=WARNING"]
    pairs = [text for pair in settings for text in ("-s", pair)]
    done = run_scrapy("crawl", "news", "-a", "outlets=baosongmay", *pairs)
    assert done.returncode == 0, done.stderr
    with Rows(tmp_path / "archive.db") as rows:
        assert rows.one("SELECT count(*) FROM articles") == 32


PLAIN = """
import sys
import crawler.extensions.progress
from scrapy.cmdline import execute
crawler.extensions.progress.PLAIN = 0.4
execute(["scrapy", *sys.argv[1:]])
"""


def test_in_a_log_progress_is_told_in_lines(press: Press, archive: Path) -> None:
    options = ("-s", "LOG_LEVEL=INFO")
    done = crawl(archive, press.address, ("baonuibiec",), *options, delay=0.05, program=["-c", PLAIN])
    assert re.search(r"INFO .*baonuibiec: \d+ done, \d+ left, \d+\.\d a second, about \d+ s to go", done.stderr)
    assert "Overridden settings" not in done.stderr
    assert "Enabled item pipelines" not in done.stderr


def test_on_a_terminal_progress_is_a_live_line_that_leaves_nothing_behind(press: Press, archive: Path) -> None:
    screen, terminal = pty.openpty()
    arguments = command(archive, press.address, ("baonuibiec",), delay=0.05)
    process = subprocess.Popen(
        arguments, cwd=PROJECT, env={**environment(), "TERM": "xterm", "COLUMNS": "100"}, stderr=terminal
    )
    os.close(terminal)
    shown = b""
    try:
        while part := os.read(screen, 65536):
            shown += part
    except OSError:  # the other end is closed
        pass
    finally:
        os.close(screen)
    assert process.wait(30) == 0
    assert re.search(rb"baonuibiec .*\d+/\d+", shown)
    cursor_back, after = shown.rpartition(b"\x1b[?25h")[1:]
    assert cursor_back
    assert b"baonuibiec: 52 found: 32 new" in after


def test_quiet(press: Press, archive: Path) -> None:
    done = crawl(archive, press.address, ("baonuibiec",), "-s", "SUMMARY=0", "-s", "PROGRESS=0")
    assert (done.stdout, done.stderr) == ("", "")
