"""When what is known is fetched again, and with which condition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from crawler.archive import Archive, Candidate, schema, store
from crawler.archive.hashes import utc_text
from crawler.archive.ledger import Ledger
from crawler.archive.visits import BELIEVED, Visits, begin_of
from crawler.items import Page, Reading
from tests.archive.conftest import Ask, insert_known, stored_before
from tests.archive.make import OUTLET, RICE, START, article, reading, rejection, section, url

LIST = "https://baosongmay.test/thoi-su/"
ETAG = '"5f3a"'
MODIFIED = "Sun, 01 Nov 2026 00:00:00 GMT"
MARKED = [("ETag", ETAG), ("last-modified", MODIFIED)]
# What a page says of its publication where the first fetch is to count.
SILENT: dict[str, Any] = {"published_at": None}

At = Callable[[float], str]


@pytest.fixture
def at(archive: Archive, run: str) -> At:
    """Let it be so many hours after the start; returns a new run."""

    def move(hours: float) -> str:
        archive.ledger.clock = lambda: START + timedelta(hours=hours)
        return archive.start_run("crawl news", {}, [OUTLET])

    return move


def due(archive: Archive, run: str) -> list[str]:
    """What the run would fetch."""
    archive.ledger.revisit(OUTLET)
    return [lease.url for lease in archive.ledger.lease(run, [OUTLET], 100)]


def not_modified(address: str, hours: float) -> Reading:
    page = Page(
        url=address, url_requested=address, body=b"", fetched_at=START + timedelta(hours=hours), status=304,
        headers=[("ETag", ETAG)], outlet=OUTLET,
    )  # fmt: skip
    return Reading(page)


class TestArticles:
    def test_are_due_at_the_hours_of_the_schedule_and_never_after(self, archive: Archive, at: At):
        archive.store(reading(article(**SILENT)), at(0))

        visited = []
        for hour in range(1, 1000):
            run = at(hour)
            if due(archive, run):
                visited.append(hour)
                archive.store(reading(article(**SILENT), at=hour), run)

        assert visited == [1, 6, 24, 72, 168, 720]

    def test_missed_visits_are_one(self, archive: Archive, at: At, ask: Ask):
        archive.store(reading(article(**SILENT)), at(0))
        run = at(30)

        assert due(archive, run) == [url(1)]
        archive.store(reading(article(**SILENT), at=30), run)

        assert ask.rows("SELECT visit, due_at FROM urls") == [
            {"visit": 4, "due_at": utc_text(START + timedelta(hours=72))}
        ]

    def test_hours_count_from_publication(self, archive: Archive, at: At, ask: Ask):
        published = (START - timedelta(hours=5)).isoformat()
        archive.store(reading(article(published_at=published)), at(0))

        assert ask.rows("SELECT visit, due_at FROM urls") == [
            {"visit": 2, "due_at": utc_text(START + timedelta(hours=1))}
        ]

    def test_an_old_article_is_never_fetched_again(self, archive: Archive, at: At, ask: Ask):
        archive.store(reading(article(published_at="2025-11-05T06:51:00+07:00")), at(0))

        assert ask.rows("SELECT state, visit FROM urls") == [{"state": "done", "visit": None}]
        assert due(archive, at(90000)) == []

    def test_an_old_page_read_in_today_is_not_due(self, archive: Archive, at: At):
        archive.store(reading(article(**SILENT), at=-5000), at(0))

        assert due(archive, at(9000)) == []

    def test_an_edit_and_a_removal_are_caught_and_the_article_may_come_back(self, archive: Archive, at: At, ask: Ask):
        archive.store(reading(article(**SILENT)), at(0))
        run = at(1)
        due(archive, run)
        assert archive.store(reading(article(1, "Bài đã sửa. " + RICE, **SILENT), at=1), run).outcome == "revised"
        run = at(6)
        due(archive, run)
        assert archive.store(reading(rejection("error"), at=6, status=410), run).outcome == "gone"
        assert ask.one("SELECT gone_at FROM articles") == utc_text(START + timedelta(hours=6))
        assert ask.one("SELECT state FROM urls") == "gone"
        run = at(24)
        assert due(archive, run) == [url(1)]
        archive.store(reading(article(1, "Bài đã sửa. " + RICE, **SILENT), at=24), run)
        assert ask.rows("SELECT gone_at, revisions FROM articles") == [{"gone_at": None, "revisions": 2}]

    def test_each_where_it_was_last_seen(self, archive: Archive, at: At):
        run = at(0)
        archive.store(reading(article(2, **SILENT)), run)
        moved = "https://baosongmay.test/moi-a2.html"
        archive.store(reading(article(2, **SILENT), at=0.5, address=moved), run)

        assert due(archive, at(2)) == [moved]

    def test_where_a_redirect_ended(self, archive: Archive, at: At):
        archive.store(reading(article(1, **SILENT), url_requested=url(7)), at(0))

        assert due(archive, at(2)) == [url(1)]

    def test_a_visit_that_failed_is_made_later(self, archive: Archive, at: At, ask: Ask):
        archive.store(reading(article(**SILENT)), at(0))
        run = at(1)
        due(archive, run)
        archive.store(reading(rejection(), at=1, body=b"", error="timeout"), run)

        assert due(archive, run) == []
        assert ask.rows("SELECT state, attempts FROM urls") == [{"state": "pending", "attempts": 1}]
        assert due(archive, at(1.1)) == [url(1)]

    def test_one_that_was_given_up_still_has_its_next_visit(self, archive: Archive, at: At, ask: Ask):
        archive.store(reading(article(**SILENT)), at(0))
        for attempt in range(4):
            run = at(24 + attempt * 7)
            assert due(archive, run) == [url(1)]
            archive.store(reading(rejection(), at=24 + attempt * 7, body=b"", error="timeout"), run)
        assert ask.one("SELECT state FROM urls") == "failed"

        assert due(archive, at(71)) == []
        assert due(archive, at(72)) == [url(1)]

    def test_what_robots_txt_excludes_by_now_is_left_alone(self, archive: Archive, at: At):
        archive.store(reading(article(**SILENT)), at(0))
        due(archive, at(1))
        archive.ledger.finish(url(1), "excluded", "robots.txt")

        assert due(archive, at(100)) == []

    def test_what_is_new_goes_first(self, archive: Archive, at: At):
        archive.store(reading(article(**SILENT)), at(0))
        run = at(2)
        archive.ledger.add(run, OUTLET, [Candidate(url(2))])

        assert due(archive, run) == [url(2), url(1)]

    def test_other_outlets_stay(self, archive: Archive, at: At):
        archive.store(reading(article(**SILENT)), at(0))
        at(2)

        assert archive.ledger.revisit("baonuibiec") == 0

    def test_all_of_them_where_the_operator_says_so(self, archive: Archive, at: At):
        archive.store(reading(article(1, published_at="2020-11-05T06:51:00+07:00")), at(0))
        run = at(0.1)

        assert archive.ledger.revisit(OUTLET) == 0
        assert archive.ledger.revisit(OUTLET, every=True) == 1
        assert due(archive, run) == [url(1)]

    def test_another_schedule(self, archive: Archive, at: At):
        archive.plan_visits(Visits(hours=(2.0,)))
        archive.store(reading(article(**SILENT)), at(0))

        assert due(archive, at(1.9)) == []
        run = at(2.1)
        assert due(archive, run) == [url(1)]
        archive.store(reading(article(**SILENT), at=2.1), run)
        assert due(archive, at(5000)) == []


@pytest.mark.parametrize(
    ("published_at", "published_day", "begin"),
    [
        (None, None, "2026-11-05T03:00:00+00:00"),
        ("2026-11-05T06:51:00+07:00", "2026-11-05", "2026-11-04T23:51:00+00:00"),
        ("2026-11-06T06:51:00+07:00", "2026-11-06", "2026-11-05T03:00:00+00:00"),
        (None, "2026-11-05", "2026-11-05T03:00:00+00:00"),
        (None, "2026-11-04", "2026-11-04T17:00:00+00:00"),
        ("2026-11-04", "2026-11-04", "2026-11-04T17:00:00+00:00"),
        ("2026-13-45T06:51:00", None, "2026-11-05T03:00:00+00:00"),
        (None, "9999-12-31", "2026-11-05T03:00:00+00:00"),
    ],
)
def test_what_the_hours_count_from(published_at: str | None, published_day: str | None, begin: str):
    found = begin_of("2026-11-05T03:00:00.000Z", published_at, published_day)
    assert found == datetime.fromisoformat(begin)


class TestLists:
    """They are read the more rarely the longer they bring nothing."""

    def read(self, archive: Archive, run: str, hours: float, *numbers: int) -> None:
        archive.ledger.lease(run, [OUTLET], 10)
        archive.store(reading(section(*numbers), at=hours), run)

    def known(self, archive: Archive, run: str, *, at_once: bool = False) -> bool:
        archive.ledger.add(run, OUTLET, [Candidate(LIST, "section", at_once=at_once)])
        return [lease.url for lease in archive.ledger.lease(run, [OUTLET], 10)] == [LIST]

    def test_rarely_when_unchanged_soon_when_changed_within_bounds(self, archive: Archive, at: At):
        archive.plan_visits(Visits(list_hours=(1, 5)))
        run = at(0)
        self.known(archive, run)
        self.read(archive, run, 0, 1, 2)
        waits, now, last = [], 0.0, 0.0
        for numbers in [(2, 1), (1, 2), (1, 2), (1, 2), (2, 3), (3, 4), (4, 5)]:
            while True:
                now += 0.25
                run = at(now)
                if self.known(archive, run):
                    break
            waits.append(now - last)
            self.read(archive, run, now, *numbers)
            last = now

        assert waits == [1, 2, 4, 5, 5, 2.5, 1.25]

    def test_not_before_it_is_due_but_at_once_where_asked(self, archive: Archive, at: At):
        run = at(0)
        self.known(archive, run)
        self.read(archive, run, 0, 1)

        assert not self.known(archive, at(0.4))
        assert self.known(archive, at(0.4), at_once=True)

    def test_one_that_could_not_be_read_stays_due(self, archive: Archive, at: At):
        run = at(0)
        self.known(archive, run)
        archive.store(Reading(reading(section(1), status=200).page, rejection("blocked")), run)

        assert self.known(archive, at(0.01))

    def test_not_modified_is_unchanged(self, archive: Archive, at: At, ask: Ask):
        run = at(0)
        self.known(archive, run)
        archive.store(reading(section(1), headers=MARKED), run)
        run = at(1)
        assert self.known(archive, run)
        archive.store(not_modified(LIST, 1), run)

        assert ask.one("SELECT due_at FROM urls WHERE url = ?", LIST) == utc_text(START + timedelta(hours=2))
        run = at(2)
        assert self.known(archive, run)
        archive.store(reading(section(1), at=2), run)
        assert ask.one("SELECT wait FROM urls WHERE url = ?", LIST) == 2 * 3600

    def test_not_modified_still_names_what_had_failed(self, archive: Archive, at: At, ask: Ask):
        run = at(0)
        self.known(archive, run)
        found = replace(Candidate(url(1)), found=replace(Candidate(url(1)).found, on=LIST))
        archive.ledger.add(run, OUTLET, [found])
        archive.ledger.lease(run, [OUTLET], 10)
        archive.store(reading(section(1), headers=MARKED), run)
        archive.ledger.finish(url(1), "failed", "a rule")
        run = at(1)
        self.known(archive, run)
        archive.store(not_modified(LIST, 1), run)

        assert ask.one("SELECT state FROM urls WHERE url = ?", url(1)) == "pending"

    def test_what_an_interrupted_run_wanted_to_know_of_a_page_is_kept(self, archive: Archive, run: str, ask: Ask):
        further = Candidate(f"{LIST}?p=2", "section", known_at="2026-11-01T00:00:00.000Z", at_once=True)
        archive.ledger.add(run, OUTLET, [further])
        archive.ledger.add("next", OUTLET, [replace(further, known_at="2026-11-02T00:00:00.000Z")])
        assert ask.one("SELECT known_at FROM urls") == "2026-11-01T00:00:00.000Z"
        archive.ledger.finish(further.url, "done")
        archive.ledger.add("next", OUTLET, [replace(further, known_at="2026-11-02T00:00:00.000Z")])

        assert archive.ledger.known_at(further.url) == "2026-11-02T00:00:00.000Z"


class TestConditions:
    def marks(self, archive: Archive, run: str) -> tuple[str | None, str | None]:
        archive.ledger.revisit(OUTLET, every=True)
        (lease,) = archive.ledger.lease(run, [OUTLET], 10)
        return lease.etag, lease.last_modified

    def test_a_lease_bears_the_marks_of_what_we_have(self, archive: Archive, run: str):
        archive.store(reading(headers=MARKED), run)

        assert self.marks(archive, run) == (ETAG, MODIFIED)

    @pytest.mark.parametrize("etag", ["", 'a"\x7f', "W/" + "x" * 300, "ngày"])
    def test_a_mark_that_cannot_be_sent_back_is_none(self, archive: Archive, run: str, etag: str):
        archive.store(reading(headers=[("ETag", etag)]), run)

        assert self.marks(archive, run) == (None, None)

    def test_they_are_those_of_the_last_document_that_was_read(self, archive: Archive, run: str):
        archive.store(reading(headers=MARKED), run)
        archive.store(reading(rejection("blocked"), at=1, status=200, headers=[("ETag", '"no"')]), run)
        assert self.marks(archive, run) == (ETAG, MODIFIED)
        archive.store(reading(article(1, "Sửa. " + RICE), at=2, headers=[("ETag", '"new"')]), run)
        assert self.marks(archive, run) == ('"new"', None)

    def test_a_page_that_was_cut_off_is_asked_for_whole(self, archive: Archive, run: str):
        archive.store(reading(article(warnings=["truncated"]), headers=MARKED), run)

        assert self.marks(archive, run) == (None, None)

    def test_after_a_redirect_they_belong_to_where_it_ended(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(article(1), url_requested=url(7), headers=MARKED), run)

        held = {row["url"]: row["etag"] for row in ask.rows("SELECT url, etag FROM urls")}
        assert held == {url(1): ETAG, url(7): None}

    def test_not_modified_is_seen_and_recorded_without_a_body(self, archive: Archive, run: str, at: At, ask: Ask):
        archive.store(reading(headers=MARKED), run)
        bodies = ask.count("bodies")
        run = at(3)
        assert archive.store(not_modified(url(1), 3), run).outcome == "not_modified"

        assert ask.rows("SELECT last_seen_at, revisions FROM articles") == [
            {"last_seen_at": utc_text(START + timedelta(hours=3)), "revisions": 1}
        ]
        (fetch,) = ask.rows("SELECT * FROM fetches WHERE run = ?", run)
        told = {name: fetch[name] for name in ("outcome", "status", "article", "body_sha256", "body_size", "body_kept")}
        assert told == {
            "outcome": "not_modified", "status": 304, "article": 1, "body_sha256": None, "body_size": 0,
            "body_kept": None,
        }  # fmt: skip
        assert ask.count("bodies") == bodies
        assert archive.run_summary(run).total.not_modified == archive.run_summary(run).total.found == 1
        assert ask.rows("SELECT state, leased_by FROM urls") == [{"state": "done", "leased_by": None}]

    def test_what_was_gone_is_back(self, archive: Archive, run: str, ask: Ask):
        archive.store(reading(headers=MARKED), run)
        archive.store(reading(rejection("error"), at=1, status=404), run)
        archive.store(not_modified(url(1), 3), run)

        assert ask.one("SELECT gone_at FROM articles") is None

    def test_not_modified_is_not_believed_for_ever(self, archive: Archive, run: str):
        archive.store(reading(headers=MARKED), run)
        for number in range(BELIEVED):
            assert self.marks(archive, run) == (ETAG, MODIFIED)
            archive.store(not_modified(url(1), number + 1), run)
        assert self.marks(archive, run) == (None, None)
        archive.store(reading(at=9, headers=MARKED), run)
        assert self.marks(archive, run) == (ETAG, MODIFIED)

    def test_of_what_we_do_not_have_it_is_a_failure(self, archive: Archive, run: str, ask: Ask):
        assert archive.store(not_modified(url(1), 0), run).outcome == "failed"
        assert ask.rows("SELECT state FROM urls") == [{"state": "failed"}]


def test_a_young_article_of_an_older_archive_goes_on_with_the_visits_to_come(
    path: Any, monkeypatch: pytest.MonkeyPatch
):
    now = datetime.now().astimezone()
    with monkeypatch.context() as before:
        before.setattr(schema.migrations, "_migrations", schema.migrations._migrations[:3])
        for name in ("_plan", "hold"):
            before.setattr(Ledger, name, lambda *arguments: None)
        before.setattr(store, "insert_row", insert_known)
        before.setattr(Ledger, "stored", stored_before)
        with Archive.open(path) as archive:
            run = archive.start_run("crawl news", {}, [OUTLET])
            for number, age in ((1, 2), (2, 100), (3, 2000)):
                begin = now - timedelta(hours=age)
                one = article(number, published_at=begin.isoformat(), title=f"Bài {number}")
                page = replace(reading(one).page, fetched_at=begin + timedelta(hours=0.5))
                archive.store(Reading(page, one), run)
            archive.store(reading(section(1)), run)
            archive.finish_run(run, "finished")
    with Archive.open(path) as archive:
        rows = Ask(archive).rows("SELECT url, visit, due_at FROM urls WHERE kind = 'article' ORDER BY url")
        finished = Ask(archive).one("SELECT finished_at FROM runs")
        assert archive.ledger.known_at(LIST) == finished
    assert [row["visit"] for row in rows] == [2, 5, None]
    drift = datetime.fromisoformat(rows[0]["due_at"]) - (now + timedelta(hours=4))
    assert abs(drift) < timedelta(seconds=1)
