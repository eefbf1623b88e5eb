"""``scrapy update``: what a schedule calls, over real crawls of the press; ``status --health`` and ``--max-age``."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import RunScrapy
from tests.crawl.crawling import PAPERS, PROJECT, Rows, content, crawl, environment, sound
from tests.site import faults, server
from tests.site.pages import Response, respond
from tests.site.press import Press


@pytest.fixture
def press() -> Iterator[Press]:
    with Press(edition=1) as press:
        yield press


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


def command(archive: Path, press: Press, *arguments: str, delay: float = 0) -> list[str]:
    settings = {
        "ARCHIVE": archive, "LOOPBACK": press.address, "DOWNLOAD_DELAY": delay, "AUTOTHROTTLE_ENABLED": False,
        "PHOTOS": False, "REVISIT_ALL": True,
    }  # fmt: skip
    pairs = [text for name, value in settings.items() for text in ("-s", f"{name}={value}")]
    return [sys.executable, "-m", "scrapy", "update", *arguments, *pairs]


def update(
    archive: Path, press: Press, *arguments: str, expect: int = 0, delay: float = 0
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command(archive, press, *(arguments or PAPERS), delay=delay),
        cwd=PROJECT, env=environment(), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == expect, done.stderr
    assert "Traceback" not in done.stderr
    return done


def time_goes_by(archive: Path, days: int) -> None:
    """What was done so far was done so many days ago."""
    back = f"-{days} days"
    form = "%Y-%m-%dT%H:%M:%fZ"
    with sqlite3.connect(archive) as connection:
        for table, column in (
            ("fetches", "fetched_at"),
            ("articles", "first_seen_at"),
            ("articles", "last_seen_at"),
            ("runs", "started_at"),
            ("runs", "finished_at"),
        ):
            connection.execute(f"UPDATE {table} SET {column} = strftime(?, {column}, ?)", (form, back))
    connection.close()


def with_another_layout(host: str, target: str, *others: object) -> Response:
    """The press after a redesign: the same texts, other names of classes, nothing for machines."""
    answer = respond(host, target, *others)  # type: ignore[arg-type]
    if not target.endswith(".html"):
        return answer
    body = re.sub(rb'class="[^"]*(c-|sc-|content|article|detail|title|sapo)[^"]*"', b'class="moi"', answer.body)
    body = re.sub(rb"<script.*?</script>", b"", body, flags=re.DOTALL)
    return Response(answer.status, body, answer.content_type, answer.headers)


def test_it_crawls_judges_and_tells(press: Press, archive: Path, tmp_path: Path) -> None:
    told = tmp_path / "told.txt"
    notify = f"(cat; echo code $BAOTINH_EXIT_CODE alarms $BAOTINH_ALARMS) > {told}"
    done = update(archive, press, *PAPERS, "--notify", notify)
    sound(archive)
    assert "baosongmay: " in done.stderr
    lines = told.read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("baonuibiec: ") and "new" in line for line in lines)
    assert lines[-1] == "code 0 alarms 0"


def test_a_redesign_is_told_on_the_first_run_after_it(
    press: Press, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run_scrapy: RunScrapy
) -> None:
    update(archive, press)
    time_goes_by(archive, 3)
    press.edition = 2
    told = tmp_path / "told.txt"
    monkeypatch.setattr(server, "respond", with_another_layout)
    done = update(archive, press, *PAPERS, "--notify", f"(cat; echo $BAOTINH_EXIT_CODE) > {told}", expect=4)
    assert re.search(r"ALARM baosongmay: lead: \d+ of \d+ articles have one, 100% are usual", done.stderr), done.stderr
    assert "ALARM baosongmay: authors:" in done.stderr
    assert "ALARM baosongmay" in told.read_text(encoding="utf-8")
    assert told.read_text(encoding="utf-8").endswith("\n4\n")

    table = run_scrapy("status", "--health", BAOTINH_ARCHIVE=str(archive))
    assert table.returncode == 4
    assert re.search(r"^baosongmay .* alarm", table.stdout, re.MULTILINE)
    assert "ALARM baosongmay:" in table.stdout
    machine = run_scrapy("status", "--health", "--json", BAOTINH_ARCHIVE=str(archive))
    assert machine.returncode == 4
    outlets = {one["outlet"]: one for one in json.loads(machine.stdout)["outlets"]}
    assert outlets["baosongmay"]["alarms"]
    assert outlets["baosongmay"]["before"]["shares"]["lead"] == 1
    assert update(archive, press, *PAPERS, "--no-health").stderr.count("ALARM") == 0


def test_an_edition_without_a_redesign_alarms_nobody(press: Press, archive: Path, run_scrapy: RunScrapy) -> None:
    update(archive, press)
    time_goes_by(archive, 3)
    press.edition = 2
    update(archive, press)
    table = run_scrapy("status", "--health", BAOTINH_ARCHIVE=str(archive))
    assert table.returncode == 0
    assert table.stdout.count("well") == 2


def test_a_dead_timer_is_told(press: Press, archive: Path, run_scrapy: RunScrapy) -> None:
    def status(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run_scrapy("status", *arguments, BAOTINH_ARCHIVE=str(archive))

    crawl(archive, press.address)
    assert (status("--max-age", "26h").returncode, status("--max-age", "26h").stdout) == (0, "")
    time_goes_by(archive, 2)
    old = status("--max-age", "26h")
    assert old.returncode == 4
    assert "the last crawl ended 48 hours ago" in old.stdout
    assert status("--max-age", "3d").returncode == 0
    assert json.loads(status("--max-age", "26h", "--json").stdout)["alarms"]
    wrong = status("--max-age", "26")
    assert wrong.returncode == 2
    assert "expected a time such as 90m, 26h or 2d" in wrong.stderr


def test_what_the_command_of_notify_does_not_take_is_told(press: Press, archive: Path) -> None:
    done = update(archive, press, "baosongmay", "--notify", "cat > /dev/null; exit 7", expect=1)
    assert "--notify: the command ended with exit code 7" in done.stderr
    sound(archive)


def test_quiet_says_nothing_when_all_is_well(press: Press, archive: Path) -> None:
    done = update(archive, press, "baosongmay", "--quiet")
    assert (done.stdout, done.stderr) == ("", "")
    press.fail("/robots.txt", faults.status(503))
    done = update(archive, press, "baosongmay", "--quiet", expect=1)
    assert "nothing at all could be read" in done.stderr


def test_the_log_as_json(press: Press, archive: Path) -> None:
    press.fail("*-410204.html", faults.status(404))
    done = update(archive, press, "baosongmay", "--log-json", "--no-health")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert lines
    assert any(line["message"].startswith("baosongmay: ") and "new" in line["message"] for line in lines)
    assert all(line.keys() >= {"time", "level", "logger", "message"} for line in lines)


@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_finishes_the_page_in_hand(kind: signal.Signals, press: Press, archive: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        command(archive, press, *PAPERS, "--notify", f"cat > {tmp_path / 'told'}", delay=0.3),
        cwd=PROJECT, env=environment(), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while len(press.log) < 6 and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(kind)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1, said
    assert (tmp_path / "told").exists()
    with Rows(archive) as rows:
        assert rows("SELECT finish_reason FROM runs") == [("shutdown",)]
        assert rows("SELECT url FROM urls WHERE state = 'leased'") == []
        assert rows.one("SELECT count(*) FROM fetches") > 0
        assert rows("PRAGMA integrity_check") == [("ok",)]
    update(archive, press)
    sound(archive)
    crawl(tmp_path / "other.db", press.address)
    assert content(archive)["revisions"] == content(tmp_path / "other.db")["revisions"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("baosongmai",), "did you mean baosongmay"),
        (("-a", "outlets=baosongmay"), "newspapers are named without -a"),
        (("--notifi", "x"), "unknown option --notifi"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], said: str, run_scrapy: RunScrapy) -> None:
    done = run_scrapy("update", *arguments)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
