"""Counts that add up: each URL of a run once, whatever came of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.archive import Archive, Candidate, NotFound, OutletCounts
from tests.archive.conftest import Ask
from tests.archive.make import OUTLET, RICE, article, reading, rejection, section, url


def busy_run(archive: Archive, run: str) -> None:
    """Let everything that can happen to a URL happen."""
    earlier = archive.start_run("crawl news", {}, [OUTLET])
    for number in (1, 2, 3, 16):
        headers = [("ETag", '"1"')]
        archive.store(reading(article(number, f"Bài {number}. " + RICE), at=-9, headers=headers), earlier)
    numbers = range(1, 20)
    archive.ledger.add(run, OUTLET, [Candidate(url(number)) for number in numbers])
    archive.ledger.add(run, OUTLET, [Candidate("https://baosongmay.test/rss/", "feed")])
    archive.ledger.revisit(OUTLET, every=True)
    archive.ledger.lease(run, [OUTLET], 100)
    archive.store(reading(section(1, 2)), run)
    archive.ledger.finish("https://baosongmay.test/rss/", "done")
    archive.store(reading(article(1, "Bài 1. " + RICE)), run)
    archive.store(reading(article(2, "Bài 2 sửa. " + RICE)), run)
    archive.store(reading(rejection("error", number=3), status=404), run)
    archive.store(reading(article(4)), run)
    archive.store(reading(article(5), at=1), run)
    archive.store(reading(article(4), at=2, address=url(6)), run)
    archive.store(reading(rejection("video", number=7)), run)
    archive.store(reading(rejection("video", number=8)), run)
    archive.store(reading(rejection("home", number=9)), run)
    archive.store(reading(rejection("failed", "extract: KeyError: 1", number=10)), run)
    archive.store(reading(rejection(number=11), body=b"", error="TimeoutError"), run)
    archive.store(reading(rejection(number=12), body=b"", error="TimeoutError"), run)
    archive.store(reading(article(12, "Bài 12. " + RICE, title="Mười hai"), at=1), run)
    archive.store(reading(article(16), at=1, status=304, body=b""), run)
    archive.ledger.finish(url(13), "excluded", "robots.txt")
    archive.ledger.finish(url(14), "refused", "no public address")
    archive.ledger.finish(url(15), "failed", "too large")
    archive.ledger.release(OUTLET)


EXPECTED = OutletCounts(
    new=3,
    revised=1,
    unchanged=1,
    not_modified=1,
    same_article=1,
    copies=1,
    sections=2,
    gone=1,
    pending=3,
    rejected={"home": 1, "video": 2},
    failed={"TimeoutError": 1, "a rule failed": 1, "too large": 1},
    skipped={"excluded": 1, "refused": 1},
)


def without_measures(counts: OutletCounts) -> OutletCounts:
    return replace(counts, bytes=0, seconds=0)


def test_every_url_counts_once(archive: Archive, run: str):
    busy_run(archive, run)

    counts = archive.run_summary(run).outlets[OUTLET]

    assert without_measures(counts) == EXPECTED
    assert counts.found == 19 + 2


def test_a_finished_run_keeps_its_counts(archive: Archive, run: str):
    busy_run(archive, run)
    archive.finish_run(run, "finished")
    archive.store(reading(article(16), at=5), archive.start_run("crawl news", {}, [OUTLET]))

    summary = archive.run_summary(run)

    assert without_measures(summary.total) == EXPECTED
    assert (summary.command, summary.finish_reason) == ("crawl news", "finished")
    assert summary.finished_at is not None


def test_outlets_apart_and_together(archive: Archive, run: str):
    archive.store(reading(article(1)), run)
    archive.store(reading(article(1, RICE, outlet="baonuibiec"), at=1), run)
    archive.store(reading(article(1, RICE, outlet=None, key="sha256/1", url=None), at=2), run)

    summary = archive.run_summary(run)

    assert {name: counts.new for name, counts in summary.outlets.items()} == {OUTLET: 1, "baonuibiec": 1, "": 1}
    assert summary.total.new == summary.total.found == 3
    assert summary.total.copies == 1


def test_replaying_one_page_twice_counts_both(archive: Archive, run: str):
    archive.store(reading(at=0), run)
    archive.store(reading(at=1), run)

    assert without_measures(archive.run_summary(run).total) == OutletCounts(new=1, unchanged=1)


def test_bytes_and_seconds_are_counted_beside(archive: Archive, run: str):
    archive.store(reading(article(1), body=b"x" * 1000), run)
    archive.store(reading(article(2, RICE), body=b"y" * 500, at=0.5), run)
    archive.store(reading(rejection(number=3), body=b"", error="TimeoutError", at=1), run)

    counts = archive.run_summary(run).outlets[OUTLET]

    assert (counts.bytes, counts.seconds, counts.found) == (1500, 3600, 3)


def test_an_unknown_run(archive: Archive):
    with pytest.raises(NotFound, match="no run nowhere"):
        archive.run_summary("nowhere")


def test_what_a_run_was_is_kept(archive: Archive, ask: Ask):
    run = archive.start_run("replay", {"paths": ["trang.html"]}, ["baosongmay", "baonuibiec"])

    (row,) = ask.rows("SELECT * FROM runs")
    assert (row["id"], row["arguments"]) == (run, '{"paths": ["trang.html"]}')
    assert row["finished_at"] is None
    assert ask.count("outlets") == 2
