"""Pace, pauses, rests, hours, pages a day: judged by when the press was asked for what."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import PROJECT, RunScrapy
from tests.crawl.crawling import DUE, Rows, adds_up, crawl, sound
from tests.crawl.servers import self_signed, serving
from tests.site import faults, feeds
from tests.site.press import Press
from tests.site.server import Request

PAPER = ("baosongmay",)
ONE = "/muoi-bon-doi-tranh-tai-o-hoi-dua-thuyen-song-may-410205.html"
OneOutlet = Callable[[str], tuple[str, str]]
SHARE = 0.5  # of a wait that must show between two arrivals: a busy machine may be late with the first of them


@pytest.fixture
def press() -> Iterator[Press]:
    with Press(edition=1) as press:
        yield press


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@pytest.fixture
def outlet(tmp_path: Path) -> OneOutlet:
    """The paper's file with more lines in it, as an option of the command."""

    def write(lines: str) -> tuple[str, str]:
        folder = tmp_path / "outlets"
        folder.mkdir(exist_ok=True)
        text = (PROJECT / "crawler" / "outlets" / "baosongmay.toml").read_text(encoding="utf-8")
        (folder / "baosongmay.toml").write_text(f"{text}\n{lines}\n", encoding="utf-8")
        return "-s", f"OUTLETS_FOLDERS={folder}"

    return write


def gaps(requests: list[Request]) -> list[float]:
    """Seconds between one arrival and the next."""
    return [(late.time - early.time).total_seconds() for early, late in pairwise(requests)]


def time_passes(archive: Path) -> None:
    """Let every rest be over, and everything that waits for its time be due."""
    with sqlite3.connect(archive) as connection:
        connection.execute("UPDATE rests SET until = '2026-01-01T00:00:00.000Z' WHERE ended_at IS NULL")
        connection.execute("UPDATE urls SET due_at = '2026-01-01T00:00:00.000Z'")
    connection.close()


# --- pace ---


def test_sub_sites_photos_and_robots_are_paced_together(press: Press, archive: Path) -> None:
    crawl(archive, press.address, PAPER, "-s", "PHOTOS=True", "-s", "DOWNLOAD_DELAY_JITTER=0", delay=0.2)
    assert len({request.host for request in press.log}) > 1
    assert min(gaps(press.log)) >= 0.2 * SHARE


def test_without_delay_one_request_at_a_time(press: Press, archive: Path) -> None:
    press.fail("*", faults.delay(0.15))
    crawl(archive, press.address, PAPER, "-s", "PHOTOS=False")
    assert min(gaps(press.log)) >= 0.15 * SHARE


def test_the_delay_of_an_outlet(press: Press, archive: Path, outlet: OneOutlet) -> None:
    crawl(archive, press.address, PAPER, *outlet("delay = 0.25"))
    assert min(gaps(press.log)) >= 0.25 * SHARE


def test_the_crawl_delay_of_robots_txt(press: Press, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = feeds.robots
    monkeypatch.setattr(feeds, "robots", lambda paper: usual(paper) + "\nUser-agent: BaoTinh\nCrawl-delay: 0.3\n")
    crawl(archive, press.address, PAPER)
    assert min(gaps(press.log)[1:]) >= 0.3 * SHARE


# --- pauses ---


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("as_date", [False, True], ids=["seconds", "date"])
def test_retry_after_holds_up_the_whole_paper(press: Press, archive: Path, status: int, as_date: bool) -> None:
    asked_for = datetime.now(UTC) + timedelta(seconds=12)
    press.fail(ONE, faults.status(status, format_datetime(asked_for, usegmt=True) if as_date else 2), times=1)
    crawl(archive, press.address, PAPER)
    at = [number for number, request in enumerate(press.log) if request.path == ONE]
    assert len(at) == 2
    after = press.log[at[0] + 1].time
    if as_date:
        assert after >= asked_for.replace(microsecond=0)
    else:
        assert (after - press.log[at[0]].time).total_seconds() >= 2 * SHARE
    with Rows(archive) as rows:
        assert rows.one("SELECT count(*) FROM articles") == 32
        assert rows("SELECT * FROM rests") == []
    sound(archive)


def test_a_long_retry_after_is_a_rest(press: Press, archive: Path, run_scrapy: RunScrapy) -> None:
    press.fail(ONE, faults.status(503, 7200))
    done = crawl(archive, press.address, PAPER)
    assert [request.path for request in press.log].count(ONE) == 1
    last = press.log[-1]
    assert last.path == ONE  # nothing was asked for after that
    assert "rests until" in done.stderr
    with Rows(archive) as rows:
        ((since, until, reason, ended),) = rows("SELECT since, until, reason, ended_at FROM rests")
        ((state, due),) = rows("SELECT state, due_at FROM urls WHERE url LIKE ?", f"%{ONE}")
        assert rows("SELECT url FROM urls WHERE state = 'leased'") == []
        left = rows.one("SELECT count(*) FROM urls WHERE state = 'pending'")
    waits = datetime.fromisoformat(until) - datetime.fromisoformat(since)
    assert abs(waits.total_seconds() - 7200) < 10
    assert (state, ended) == ("pending", None)
    assert datetime.fromisoformat(due) - last.time >= timedelta(seconds=7195)
    assert "HTTP 503, Retry-After 7200 s" in reason
    assert left > 1
    said = run_scrapy("status", BAOTINH_ARCHIVE=str(archive)).stdout
    assert f"baosongmay rests until {until}: {reason}" in said

    press.forget()
    done = crawl(archive, press.address, PAPER)
    assert press.log == []  # not even robots.txt
    assert "rests until" in done.stderr

    press.heal()
    time_passes(archive)
    crawl(archive, press.address, PAPER)
    sound(archive)
    with Rows(archive) as rows:
        assert rows.one("SELECT count(*) FROM articles") == 32
        assert rows("SELECT number FROM rests WHERE ended_at IS NULL") == []


# --- rests ---


@pytest.mark.parametrize(
    "fault",
    [faults.status(403), faults.status(429), faults.status(500), faults.reset()],
    ids=["403", "429", "500", "reset"],
)
def test_a_paper_that_fails_again_and_again_rests_longer_and_longer(
    fault: faults.Fault, press: Press, archive: Path
) -> None:
    quick = ("-s", "RETRY_TIMES=1")
    no_answer = fault.kind == "reset"  # which may be our own network's fault
    crawl(archive, press.address, PAPER)
    press.fail(lambda request: request.path != "/robots.txt", fault)
    for number, hours in enumerate((1, 6, 24, 24), 1):
        press.forget()
        crawl(archive, press.address, PAPER, *quick, expect=1)
        addresses = {request.path for request in press.log} - {"/robots.txt"}
        assert len(addresses) == (4 if number == 1 else 1)  # after a rest one is enough
        with Rows(archive) as rows:
            since, until, counted = rows("SELECT since, until, number FROM rests ORDER BY id DESC LIMIT 1")[0]
            assert rows("SELECT url FROM urls WHERE state = 'leased'") == []
        assert counted == (1 if no_answer else number)
        assert datetime.fromisoformat(until) - datetime.fromisoformat(since) == timedelta(
            hours=1 if no_answer else hours
        )
        time_passes(archive)
    press.heal()
    crawl(archive, press.address, PAPER)
    sound(archive)
    with Rows(archive) as rows:
        assert rows.one("SELECT count(*) FROM articles") == 32


def test_three_bad_pages_are_no_reason_to_rest(press: Press, archive: Path) -> None:
    for number in ("410201", "410202", "410203"):
        press.fail(f"*-{number}.html", faults.status(500))
    crawl(archive, press.address, PAPER, "-s", "RETRY_TIMES=1")
    with Rows(archive) as rows:
        assert rows("SELECT * FROM rests") == []
        assert rows.one("SELECT count(*) FROM articles") == 29


def test_a_paper_that_goes_on_refusing_is_blocked(press: Press, archive: Path) -> None:
    press.fail(ONE, faults.status(403))
    for attempt in range(4):
        crawl(archive, press.address, PAPER, *DUE, expect=1 if attempt else 0)  # later it is all there is to read
        with Rows(archive) as rows:
            found = rows("SELECT state, reason, attempts FROM urls WHERE url LIKE ?", f"%{ONE}")
            assert rows("SELECT DISTINCT kind FROM rejections WHERE url LIKE ?", f"%{ONE}") == [("error",)]
        assert found == [("pending" if attempt < 3 else "blocked", "HTTP 403", attempt + 1)]
        with sqlite3.connect(archive) as connection:
            connection.execute("UPDATE urls SET due_at = '2026-01-01' WHERE url LIKE ?", (f"%{ONE}",))
        connection.close()


@pytest.mark.parametrize("fault", [faults.status(503), faults.reset(), faults.status(429)], ids=["503", "reset", "429"])
def test_while_robots_txt_cannot_be_read_nothing_is(fault: faults.Fault, press: Press, archive: Path) -> None:
    press.fail("/robots.txt", fault)
    done = crawl(archive, press.address, PAPER, "-s", "RETRY_TIMES=1", expect=1)
    assert {request.path for request in press.log} == {"/robots.txt"}
    assert "robots.txt cannot be read" in done.stderr
    assert "Traceback" not in done.stderr
    with Rows(archive) as rows:
        assert {state for (state,) in rows("SELECT state FROM urls")} == {"pending"}
        assert "robots.txt cannot be read" in rows.one("SELECT reason FROM rests")
    press.heal()
    time_passes(archive)
    crawl(archive, press.address, PAPER)
    sound(archive)


def test_a_sub_site_whose_robots_txt_cannot_be_read_takes_nothing_along(
    press: Press, archive: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "outlets"
    folder.mkdir()
    text = (PROJECT / "crawler" / "outlets" / "baosongmay.toml").read_text(encoding="utf-8")
    text = text.replace('["baosongmay.test"]', '["baosongmay.test", "phu.baosongmay.test"]')
    text = text.replace("sections = [", 'sections = ["http://phu.baosongmay.test/thoi-su", ')
    (folder / "baosongmay.toml").write_text(text, encoding="utf-8")
    press.fail("http://phu.baosongmay.test/*", faults.status(503))
    crawl(archive, press.address, PAPER, "-s", f"OUTLETS_FOLDERS={folder}", "-s", "RETRY_TIMES=0")
    with Rows(archive) as rows:
        assert rows.one("SELECT count(*) FROM articles") == 32
        assert rows("SELECT * FROM rests") == []
        assert rows("SELECT state, reason FROM urls WHERE url LIKE '%phu.%'") == [
            ("pending", "robots.txt cannot be read: HTTP 503")
        ]
    assert [request.path for request in press.log if request.host == "phu.baosongmay.test"] == ["/robots.txt"]


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_robots_txt_that_is_not_there_forbids_nothing(status: int, press: Press, archive: Path) -> None:
    press.fail("/robots.txt", faults.status(status))
    crawl(archive, press.address, PAPER)
    with Rows(archive) as rows:
        assert rows.one("SELECT count(*) FROM articles") == 33  # with the one that it forbids


# --- hours, pages a day ---


def test_outside_its_hours_nothing_is_asked_for(press: Press, archive: Path, outlet: OneOutlet) -> None:
    local = datetime.now(UTC) + timedelta(hours=7)
    later, much_later = local + timedelta(hours=2), local + timedelta(hours=3)
    closed = outlet(f'hours = ["{later:%H:%M}-{much_later:%H:%M}"]')
    done = crawl(archive, press.address, PAPER, *closed)
    assert press.log == []
    assert f"may be read at {later:%H:%M}-{much_later:%H:%M} only" in done.stderr
    before = local - timedelta(hours=1)
    crawl(archive, press.address, PAPER, *outlet(f'hours = ["{before:%H:%M}-{later:%H:%M}"]'))
    sound(archive)


def test_so_many_pages_a_day(press: Press, archive: Path, outlet: OneOutlet) -> None:
    few = outlet("pages_per_day = 10")
    done = crawl(archive, press.address, PAPER, *few)
    assert len([request for request in press.log if request.path != "/robots.txt"]) == 10
    assert "has had its 10 pages of the day" in done.stderr
    press.forget()
    crawl(archive, press.address, PAPER, *few)
    assert press.log == []
    with sqlite3.connect(archive) as connection:
        connection.execute("UPDATE fetches SET fetched_at = '2026-01-01T00:00:00.000Z'")
    connection.close()
    crawl(archive, press.address, PAPER, *few, *DUE)
    assert len([request for request in press.log if request.path != "/robots.txt"]) == 10


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("delay = -1", "delay: expected seconds"),
        ('delay = "2"', "delay: expected seconds"),
        ('hours = ["22-6"]', "hours: expected hours"),
        ('hours = ["06:00-06:00"]', "hours: expected hours"),
        ("pages_per_day = -3", "pages_per_day: expected a whole number"),
        ('tls_unverified = ["khac.vn"]', "tls_unverified: expected some of the hosts"),
    ],
)
def test_what_an_outlet_file_says_wrongly_is_named(line: str, words: str, archive: Path, outlet: OneOutlet) -> None:
    done = crawl(archive, "", PAPER, *outlet(line), expect=1)
    assert f"baosongmay.toml: {words}" in done.stderr


# --- TLS ---


@pytest.mark.parametrize("accepted", [True, False])
def test_a_bad_certificate_is_accepted_where_the_file_says_so_and_noted(
    accepted: bool, archive: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "outlets"
    folder.mkdir()
    text = (PROJECT / "crawler" / "outlets" / "baosongmay.toml").read_text(encoding="utf-8")
    text = text.replace("http://baosongmay.test/", "https://baosongmay.test/")
    line = 'tls_unverified = ["baosongmay.test"]' if accepted else ""
    (folder / "baosongmay.toml").write_text(f"{text}\n{line}\n", encoding="utf-8")
    certificate = self_signed("other.test", tmp_path / "certificate.pem")
    with serving(certificate=certificate) as (port, asked):
        options = ("-s", f"OUTLETS_FOLDERS={folder}", "-s", "RETRY_TIMES=0")
        crawl(archive, f"127.0.0.1:{port}", PAPER, *options, expect=1)
    with Rows(archive) as rows:
        if accepted:
            assert asked
            assert rows("SELECT DISTINCT tls FROM fetches") == [("unverified",)]
        else:
            assert asked == []
            assert rows("SELECT DISTINCT tls FROM fetches WHERE tls IS NOT NULL") == []
            assert "robots.txt cannot be read" in rows.one("SELECT reason FROM rests")


def test_a_proxy_is_used_only_when_set_and_is_named_without_its_password(
    press: Press, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://nguoi:matkhau@proxy.example:3128")
    silent = crawl(archive, press.address, PAPER)
    assert "proxy" not in silent.stderr
    told = crawl(archive, press.address, PAPER, "-s", "HTTPPROXY_ENABLED=True")
    assert "http through proxy.example" in told.stderr
    assert "matkhau" not in told.stderr


def test_counts_add_up_when_a_paper_rests(press: Press, archive: Path) -> None:
    press.fail("*.html", faults.status(500))
    crawl(archive, press.address, PAPER, "-s", "RETRY_TIMES=0")
    adds_up(archive)
