"""Servers that misbehave, rules that raise: every candidate ends in a state with a reason, and the crawl goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.archive import Archive
from tests.crawl.breaking import ARTICLE
from tests.crawl.crawling import Rows, adds_up, content, crawl, sound
from tests.crawl.servers import serving
from tests.site import faults
from tests.site.press import Press
from tests.site.server import Request

PAPER = ("baosongmay",)
ONE = "/muoi-bon-doi-tranh-tai-o-hoi-dua-thuyen-song-may-410205.html"
# So many pages are spoilt here that the paper would be left alone.
QUICK = ("-s", "RETRY_TIMES=1", "-s", "DOWNLOAD_TIMEOUT=2", "-s", "REST_AFTER=0")
DELAY = 0.3  # seconds

# What goes wrong with an article of the paper, by its id: the state it ends in, and words of the reason.
# A failed one is pending again, due later.
WRONG: dict[str, tuple[str, faults.Fault, str, str]] = {
    "reset": ("410201", faults.reset(), "pending", "connection broken"),
    "delay": ("410202", faults.delay(10), "pending", "timeout"),
    "truncated": ("410203", faults.truncate(), "pending", "truncated: the body ended too early"),
    "500": ("410204", faults.status(500), "pending", "500"),
    "502": ("410227", faults.status(502), "pending", "502"),
    "503": ("410205", faults.status(503, 1), "pending", "503"),
    "429": ("410216", faults.status(429, 1), "pending", "429"),
    "drip": ("410217", faults.drip(0.3), "pending", "timeout"),
    "too long": ("410218", faults.wrong_length(500), "pending", "truncated"),
    "bomb": ("410220", faults.bomb(), "pending", "too large"),
    "headers": ("410221", faults.endless_headers(), "pending", "headers larger than 256 KiB"),
    "redirect loop": ("410206", faults.redirect_loop(), "pending", "max redirections reached"),
    "403": ("410207", faults.status(403), "pending", "HTTP 403"),
    "404": ("410209", faults.status(404), "gone", "error: HTTP status 404"),
    "empty": ("410210", faults.empty(), "done", "error: empty"),
    "file": ("410211", faults.redirect("file:///etc/passwd"), "refused", "redirected to a file: address"),
    "other site": (
        "410212", faults.redirect("http://baonuibiec.test/"),
        "excluded", "redirected to baonuibiec.test, which is not a host of baosongmay",
    ),
}  # fmt: skip
# What is read all the same, whatever the server says of it.
READ = {
    "charset": ("410222", faults.charset("iso-8859-1")),
    "windows": ("410223", faults.charset(None, "windows-1258")),
}
INTO_THIS_MACHINE = ("410213", "410214", "410215")


@pytest.fixture
def press() -> Iterator[Press]:
    with Press(edition=1) as press:
        yield press


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive.db"


@dataclass(frozen=True, slots=True)
class Troubled:
    """A crawl of a paper on a bad day; ``strayed`` is what other servers of this machine were asked for."""

    archive: Path
    said: str
    expected: set[str]
    asked: list[Request]
    strayed: list[str]

    def state(self, number: str) -> tuple[str, str]:
        """State of an article in the ledger, and every word about why."""
        with Rows(self.archive) as rows:
            (state, *reasons), *_ = rows(
                "SELECT state, urls.reason, error, rejections.kind || ': ' || rejections.reason FROM urls"
                " LEFT JOIN fetches ON fetches.id = last_fetch LEFT JOIN rejections ON fetch = last_fetch"
                " WHERE urls.url LIKE ?", f"%-{number}.html",
            )  # fmt: skip
        return state, " | ".join(filter(None, reasons))


@pytest.fixture(scope="module")
def troubled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Troubled]:
    archive = tmp_path_factory.mktemp("troubled") / "archive.db"
    with Press(edition=1) as press, serving() as (port, asked), serving("::1") as (v6, asked_v6):
        for number, fault, *_ in WRONG.values():
            press.fail(f"*-{number}.html*", fault)
        for number, fault in READ.values():
            press.fail(f"*-{number}.html", fault)
        targets = (f"baosongmay.test:{port}", f"127.0.0.1:{port}", f"[::1]:{v6}")
        for number, target in zip(INTO_THIS_MACHINE, targets, strict=True):
            press.fail(f"*-{number}.html", faults.redirect(f"http://{target}/x-1.html"))
        said = crawl(archive, press.address, PAPER, *QUICK, "-s", "DOWNLOAD_DELAY_JITTER=0", delay=DELAY).stderr
        expected = {key for key, record in press.truth().items() if record["outlet"] == PAPER[0]}
        yield Troubled(archive, said, expected, press.log, asked + asked_v6)


@pytest.mark.parametrize("name", WRONG)
def test_a_fault_ends_in_its_state_with_a_reason(name: str, troubled: Troubled) -> None:
    number, _, state, reason = WRONG[name]
    found = troubled.state(number)
    assert found[0] == state, found
    assert reason in found[1]


@pytest.mark.parametrize("number", INTO_THIS_MACHINE)
def test_a_redirect_into_this_machine_is_refused(number: str, troubled: Troubled) -> None:
    state, reason = troubled.state(number)
    assert (state, reason[-21:]) == ("refused", " is no public address")
    assert troubled.strayed == []


def test_the_rest_of_the_crawl_is_complete(troubled: Troubled) -> None:
    spoilt = {f"{PAPER[0]}/html/{number}" for number in (*INTO_THIS_MACHINE, *(row[0] for row in WRONG.values()))}
    with Rows(troubled.archive) as rows:
        assert {key for (key,) in rows("SELECT key FROM articles")} == troubled.expected - spoilt
        assert rows("SELECT url FROM urls WHERE state = 'leased'") == []


def test_a_failed_fetch_is_tried_once_more_in_the_run(troubled: Troubled) -> None:
    asked = [request.path for request in troubled.asked if "410204" in request.path]
    assert len(asked) == 2


def test_every_candidate_has_one_outcome(troubled: Troubled) -> None:
    adds_up(troubled.archive)
    with Rows(troubled.archive) as rows:
        counts = json.loads(rows.one("SELECT counts FROM runs"))[PAPER[0]]
    assert counts["bytes"] > 100_000
    assert counts["seconds"] > 0


def test_no_request_breaks_the_delay_or_the_time_a_server_asked_for(troubled: Troubled) -> None:
    """A third of it must show between two arrivals: a busy machine may be late with the first of them."""
    for early, late in pairwise(troubled.asked):
        wait = 1.0 if early.status in (429, 503) else DELAY
        assert (late.time - early.time).total_seconds() >= wait / 3, (early.path, late.path)


def test_nothing_was_asked_of_another_paper(troubled: Troubled) -> None:
    assert {request.host for request in troubled.asked} == {"baosongmay.test"}


def test_faults_are_told_without_a_traceback(troubled: Troubled) -> None:
    assert "Traceback" not in troubled.said
    assert "refused: http://baosongmay.test/" in troubled.said
    assert "13 failed" in troubled.said
    assert "4 refused" in troubled.said


def test_an_article_that_comes_back_is_no_longer_gone(press: Press, archive: Path) -> None:
    crawl(archive, press.address, PAPER)
    before = content(archive)
    press.fail(ONE, faults.status(404))
    crawl(archive, press.address, PAPER)
    assert content(archive)["gone"] == [(f"{PAPER[0]}/html/410205",)]
    press.heal()
    crawl(archive, press.address, PAPER)
    assert content(archive) == before


@pytest.mark.parametrize("fault", [faults.reset(), faults.status(403)], ids=["reset", "403"])
def test_nothing_at_all_could_be_read(fault: faults.Fault, press: Press, archive: Path) -> None:
    press.fail("*", fault)
    done = crawl(archive, press.address, PAPER, *QUICK, expect=1)
    assert "nothing at all could be read" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_the_permission_the_press_is_refused(archive: Path) -> None:
    done = crawl(archive, "", PAPER, expect=1)
    with Rows(archive) as rows:
        assert {state for (state,) in rows("SELECT state FROM urls")} == {"refused"}
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("stage", ["extract", "clean"])
def test_a_rule_that_raises_loses_nothing(stage: str, press: Press, archive: Path) -> None:
    crawl(archive, press.address, PAPER, program=["-m", "tests.crawl.breaking", stage])
    expected = {key for key, record in press.truth().items() if record["outlet"] == PAPER[0]}
    with Rows(archive) as rows:
        assert {key for (key,) in rows("SELECT key FROM articles")} == expected - {"baosongmay/html/410205"}
        ((kind, reason, sha256),) = rows(
            "SELECT kind, rejections.reason, body_sha256 FROM rejections JOIN fetches ON fetches.id = fetch"
            " WHERE rejections.url LIKE ?", f"%{ARTICLE}",
        )  # fmt: skip
    assert kind == "failed"
    assert reason == f"{stage}: LookupError: a rule broken on purpose"
    with Archive.open(archive, read_only=True) as whole:
        assert "hội đua thuyền" in whole.bodies.get(sha256).decode()


def test_a_section_page_that_cannot_be_read_is_recorded_too(press: Press, archive: Path) -> None:
    crawl(archive, press.address, PAPER, program=["-m", "tests.crawl.breaking", "section"])
    with Rows(archive) as rows:
        found = rows("SELECT kind, reason FROM rejections WHERE url LIKE '%/van-hoa'")
        leased = rows("SELECT url FROM urls WHERE state = 'leased'")
    assert found == [("failed", "extract: LookupError: a rule broken on purpose")]
    assert leased == []


def test_what_a_broken_rule_left_behind_is_read_when_it_is_mended(press: Press, archive: Path) -> None:
    crawl(archive, press.address, PAPER, program=["-m", "tests.crawl.breaking", "extract"])
    crawl(archive, press.address, PAPER)
    with Rows(archive) as rows:
        assert rows("SELECT key FROM articles WHERE key = 'baosongmay/html/410205'")
    sound(archive)


@pytest.mark.parametrize("what", ["links", "lease"])
def test_an_archive_that_cannot_be_written_ends_the_run_and_loses_nothing(
    what: str, press: Press, archive: Path, tmp_path: Path
) -> None:
    done = crawl(archive, press.address, PAPER, expect=1, program=["-m", "tests.crawl.breaking", what])
    assert "no room left" in done.stderr
    assert "Traceback" not in done.stderr
    with Rows(archive) as rows:
        assert rows("SELECT finish_reason FROM runs") == [("archive",)]
        assert rows("SELECT url FROM urls WHERE state = 'leased'") == []
    crawl(archive, press.address, PAPER)
    crawl(tmp_path / "undisturbed.db", press.address, PAPER)
    assert content(archive) == content(tmp_path / "undisturbed.db")


def test_one_page_that_cannot_be_stored_does_not_stop_the_others(press: Press, archive: Path) -> None:
    done = crawl(archive, press.address, PAPER, expect=1, program=["-m", "tests.crawl.breaking", "store"])
    assert done.stderr.count("NOT STORED") == 1
    assert "Pages that could not be stored: 1." in done.stderr
    assert len([request for request in press.log if ARTICLE in request.path]) == 1
    with Rows(archive) as rows:
        assert rows.one("SELECT count(*) FROM articles") == 31
        assert rows("SELECT state FROM urls WHERE url LIKE ?", f"%{ARTICLE}") == [("pending",)]
        assert rows("SELECT url FROM urls WHERE state = 'leased'") == []
    crawl(archive, press.address, PAPER)
    with Rows(archive) as rows:
        assert rows.one("SELECT count(*) FROM articles") == 32


def test_a_request_that_a_component_drops_does_not_hold_up_the_end(press: Press, archive: Path) -> None:
    done = crawl(archive, press.address, PAPER, program=["-m", "tests.crawl.breaking", "drop"])
    assert "its request was dropped" in done.stderr
    with Rows(archive) as rows:
        assert rows("SELECT state, reason FROM urls WHERE url LIKE ?", f"%{ARTICLE}") == [
            ("failed", "the request was dropped")
        ]
        assert rows.one("SELECT count(*) FROM articles") == 31
