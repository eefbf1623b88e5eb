"""What is to be fetched, by whom, and what came of it."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from crawler.archive import Archive, Candidate
from crawler.items import Found
from tests.archive.conftest import Ask
from tests.archive.make import OUTLET, article, reading, rejection, url


def add(archive: Archive, run: str, *numbers: int, priority: int = 0) -> int:
    return archive.ledger.add(run, OUTLET, [Candidate(url(number), priority=priority) for number in numbers])


def leased(archive: Archive, run: str, limit: int = 100) -> list[str]:
    return [lease.url for lease in archive.ledger.lease(run, [OUTLET], limit)]


def test_only_unknown_urls_count(archive: Archive, run: str):
    assert add(archive, run, 1, 2) == 2
    assert add(archive, run, 2, 3, 3) == 1
    assert archive.ledger.add(run, OUTLET, [Candidate(url(1) + "#anh"), Candidate(url(1) + "?fbclid=1")]) == 0
    assert archive.ledger.pending([OUTLET]) == 3


def test_a_lease_tells_where_the_link_stood(archive: Archive, run: str, ask: Ask):
    found = Found(on="https://baosongmay.test/rss/", title="Dọn kênh", date="Thu, 05 Nov 2026 06:51:00 +0700")
    archive.ledger.add(run, OUTLET, [Candidate(url(1), "article", found, 3)])

    (lease,) = archive.ledger.lease(run, [OUTLET], 10)

    assert (lease.url, lease.kind, lease.outlet, lease.found) == (url(1), "article", OUTLET, found)
    (row,) = ask.rows("SELECT state, leased_by, leased_pid FROM urls")
    assert row == {"state": "leased", "leased_by": run, "leased_pid": os.getpid()}


def test_what_is_leased_is_not_handed_out_again(archive: Archive, run: str):
    add(archive, run, 1, 2, 3)

    assert leased(archive, run, 2) == [url(1), url(2)]
    assert leased(archive, run) == [url(3)]
    assert leased(archive, run) == []
    assert archive.ledger.pending([OUTLET]) == 3


def test_priority_then_this_run_then_the_order_found(archive: Archive, run: str):
    add(archive, "an earlier run", 1, 2)
    add(archive, run, 5, 4)
    add(archive, run, 9, priority=1)

    assert leased(archive, run) == [url(9), url(5), url(4), url(1), url(2)]


def test_only_the_outlets_asked_for(archive: Archive, run: str):
    add(archive, run, 1)
    archive.ledger.add(run, "baonuibiec", [Candidate(url(1, "baonuibiec"))])

    assert [lease.url for lease in archive.ledger.lease(run, ["baonuibiec"], 10)] == [url(1, "baonuibiec")]
    assert archive.ledger.lease(run, [], 10) == []


def test_released_leases_are_pending_again(archive: Archive, run: str, ask: Ask):
    add(archive, run, 1, 2)
    leased(archive, run)

    assert archive.ledger.release(OUTLET) == 2
    assert ask.rows("SELECT DISTINCT state, leased_by, leased_until FROM urls") == [
        {"state": "pending", "leased_by": None, "leased_until": None}
    ]
    assert leased(archive, run) == [url(1), url(2)]


def test_an_expired_lease_is_handed_out_again(archive: Archive, run: str):
    add(archive, run, 1)
    leased(archive, run)
    archive.connection.execute("UPDATE urls SET leased_until = '2026-01-01T00:00:00.000Z'")

    assert leased(archive, run) == [url(1)]


def test_storing_a_page_ends_its_lease(archive: Archive, run: str, ask: Ask):
    add(archive, run, 1)
    leased(archive, run)
    archive.store(reading(), run)

    assert archive.ledger.pending([OUTLET]) == 0
    assert ask.rows("SELECT state, leased_by, article FROM urls") == [
        {"state": "done", "leased_by": None, "article": 1}
    ]
    assert ask.one("SELECT last_fetch = (SELECT id FROM fetches) FROM urls") == 1


def test_a_redirect_ends_both_addresses(archive: Archive, run: str, ask: Ask):
    add(archive, run, 1, 2)
    archive.store(reading(article(1), url_requested=url(2)), run)

    assert ask.rows("SELECT url, state, article FROM urls ORDER BY url") == [
        {"url": url(1), "state": "done", "article": 1},
        {"url": url(2), "state": "done", "article": 1},
    ]


@pytest.mark.parametrize("state", ["done", "failed", "gone", "blocked", "refused", "excluded"])
def test_ending_without_a_reading(archive: Archive, run: str, ask: Ask, state: str):
    add(archive, run, 1)
    leased(archive, run)
    archive.ledger.finish(url(1), state, "robots.txt")

    assert ask.rows("SELECT state, reason, leased_by FROM urls") == [
        {"state": state, "reason": "robots.txt", "leased_by": None}
    ]


def test_a_state_that_is_no_end_is_refused(archive: Archive):
    with pytest.raises(ValueError, match="'leased' is no state to end in"):
        archive.ledger.finish(url(1), "leased")


def test_put_back(archive: Archive, run: str):
    add(archive, run, 1)
    leased(archive, run)
    archive.ledger.put_back(url(1))

    assert leased(archive, run) == [url(1)]


class TestFoundAgain:
    def test_a_known_article_is_not_fetched_again(self, archive: Archive, run: str):
        archive.store(reading(), run)
        add(archive, "the next run", 1)

        assert leased(archive, "the next run") == []

    @pytest.mark.parametrize("kind", ["section", "feed"])
    def test_a_list_is_fetched_once_by_each_run_when_it_is_due(self, archive: Archive, run: str, kind: str):
        lists = [Candidate("https://baosongmay.test/thoi-su/", kind)]  # type: ignore[arg-type]
        archive.ledger.add(run, OUTLET, lists)
        assert len(leased(archive, run)) == 1
        archive.ledger.finish(lists[0].url, "done")

        archive.ledger.add(run, OUTLET, lists)
        assert leased(archive, run) == []
        archive.ledger.add("the next run", OUTLET, lists)
        assert len(leased(archive, "the next run")) == 1

    @pytest.mark.parametrize("state", ["failed", "blocked"])
    def test_what_was_given_up_gets_another_chance(self, archive: Archive, run: str, state: str):
        add(archive, run, 1)
        leased(archive, run)
        archive.ledger.finish(url(1), state)

        add(archive, run, 1)
        assert leased(archive, run) == []
        assert add(archive, "the next run", 1) == 0
        assert leased(archive, "the next run") == [url(1)]


def test_a_failed_attempt_waits(archive: Archive, run: str):
    add(archive, run, 1)
    leased(archive, run)
    archive.store(reading(rejection(), body=b"", error="TimeoutError"), run)

    assert leased(archive, run) == []
    assert archive.ledger.pending([OUTLET]) == 1
    past = (datetime.now(UTC) - timedelta(seconds=1)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    archive.connection.execute("UPDATE urls SET due_at = ?", (past,))
    (lease,) = archive.ledger.lease(run, [OUTLET], 1)
    assert lease.attempts == 1
