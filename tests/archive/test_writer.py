"""The writer thread and the two pipelines that use it."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scrapy import signals
from scrapy.utils.test import get_crawler

from crawler.archive import Archive, ArchiveError, Candidate
from crawler.archive import decide as decide_module
from crawler.archive.writer import Writer, for_crawler
from crawler.items import Article, Image, Reading, Rejection
from pipelines.deduplicate import Deduplicate
from pipelines.store import LOST, Store
from tests.archive.conftest import Ask
from tests.archive.make import OUTLET, RICE, article, reading, url


@pytest.fixture
def writer(path: Path) -> Iterator[Writer]:
    writer = Writer(path)
    writer.run_id = writer.submit(Archive.start_run, "crawl news", {}, [OUTLET]).result()
    yield writer
    writer.close()


class Pipelines:
    """The last two stages, as Scrapy calls them."""

    def __init__(self, writer: Writer) -> None:
        self.stats = get_crawler().stats
        assert self.stats is not None
        self._stages: list[Any] = [Deduplicate(writer), Store(writer, self.stats)]

    def __call__(self, *items: Any) -> list[Any]:
        async def one(item: Any) -> Any:
            for stage in self._stages:
                item = await stage.process_item(item)
            return item

        async def every() -> list[Any]:
            return await asyncio.gather(*(one(item) for item in items))

        return asyncio.run(every())


@pytest.fixture
def pipelines(writer: Writer) -> Pipelines:
    return Pipelines(writer)


class TestWriter:
    def test_jobs_are_done_in_order_by_one_thread(self, writer: Writer):
        done: list[tuple[int, str]] = []

        def job(archive: Archive, number: int) -> int:
            done.append((number, threading.current_thread().name))
            return number * 2

        futures = [writer.submit(job, number) for number in range(20)]

        assert [future.result(10) for future in futures] == [number * 2 for number in range(20)]
        assert done == [(number, "archive-writer") for number in range(20)]

    def test_an_exception_reaches_who_asked(self, writer: Writer):
        def job(archive: Archive) -> None:
            raise KeyError("x")

        with pytest.raises(KeyError):
            writer.submit(job).result(10)
        assert writer.submit(Archive.status).result(10).articles == 0

    def test_a_failed_job_leaves_no_transaction(self, writer: Writer):
        def job(archive: Archive) -> None:
            with archive.transaction():
                archive.connection.execute("INSERT INTO outlets (name) VALUES ('x')")
                raise KeyError

        with pytest.raises(KeyError):
            writer.submit(job).result(10)
        assert writer.submit(lambda archive: archive.connection.in_transaction).result(10) is False

    def test_closing_does_what_waits(self, path: Path):
        writer = Writer(path)
        run = writer.submit(Archive.start_run, "crawl", {}, [OUTLET]).result(10)
        futures = [writer.submit(Archive.store, reading(article(number)), run) for number in range(30)]
        writer.close()
        writer.close()

        assert {future.result(0).outcome for future in futures} == {"new"}
        with pytest.raises(ArchiveError, match="is closed"):
            writer.submit(Archive.status)
        assert not path.with_name(path.name + "-wal").exists()

    def test_what_cannot_be_opened_is_told_at_once(self, tmp_path: Path):
        with pytest.raises(ArchiveError, match="is a folder"):
            Writer(tmp_path)

    def test_the_event_loop_does_not_wait_for_a_lock(self, writer: Writer, path: Path):
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert writer.run_id is not None

        async def tick_while_storing() -> tuple[int, str]:
            storing = asyncio.ensure_future(writer.call(Archive.store, reading(), writer.run_id or ""))
            ticks = 0
            while ticks < 20:
                await asyncio.sleep(0.005)
                ticks += 1
            assert not storing.done()
            other.execute("COMMIT")
            return ticks, (await storing).outcome

        assert asyncio.run(tick_while_storing()) == (20, "new")
        other.close()

    def test_submitting_waits_where_too_much_waits(self, writer: Writer, monkeypatch: pytest.MonkeyPatch):
        gate = threading.Event()
        writer.submit(lambda archive: gate.wait(10))
        time.sleep(0.05)
        monkeypatch.setattr(writer._jobs, "maxsize", 2)
        for _ in range(2):
            writer.submit(Archive.status)
        late = threading.Thread(target=writer.submit, args=(Archive.status,), daemon=True)
        late.start()
        late.join(0.1)
        assert late.is_alive()
        gate.set()
        late.join(10)
        assert not late.is_alive()


class TestForCrawler:
    def test_one_writer_for_everything_in_a_crawler(self, path: Path):
        crawler = get_crawler(settings_dict={"ARCHIVE": str(path)})

        writer = for_crawler(crawler)

        assert for_crawler(crawler) is writer
        assert writer.path == path
        assert writer.submit(lambda archive: Ask(archive).count("outlets")).result(10) > 0
        crawler.signals.send_catch_log(signals.spider_closed, spider=None, reason="finished")
        assert writer.submit(Archive.status).result(10).articles == 0
        crawler.signals.send_catch_log(signals.engine_stopped)
        with pytest.raises(ArchiveError, match="closed"):
            writer.submit(Archive.status)

    def test_the_pipelines_are_built_from_it(self, path: Path):
        crawler = get_crawler(settings_dict={"ARCHIVE": str(path)})

        assert isinstance(Deduplicate.from_crawler(crawler), Deduplicate)
        assert isinstance(Store.from_crawler(crawler), Store)
        for_crawler(crawler).close()

    def test_an_archive_that_cannot_be_opened(self, tmp_path: Path):
        with pytest.raises(ArchiveError, match="is a folder"):
            for_crawler(get_crawler(settings_dict={"ARCHIVE": str(tmp_path)}))


class TestPipelines:
    def test_pages_are_decided_and_stored(self, pipelines: Pipelines, archive: Archive):
        items = pipelines(*(reading(article(number), at=number) for number in range(30)))

        assert {item.decision.outcome for item in items} == {"new"}
        assert archive.status().articles == 30
        assert pipelines.stats.get_value("archive/new") == 30
        assert pipelines.stats.get_value(LOST) is None

    def test_the_same_article_many_times_at_once(self, pipelines: Pipelines, archive: Archive):
        pipelines(*(reading(article(1), at=hour) for hour in range(30)))

        assert archive.status().articles == archive.status().revisions == 1
        assert pipelines.stats.get_value("archive/unchanged") == 29

    def test_other_items_pass(self, pipelines: Pipelines):
        assert pipelines({"not": "a reading"}) == [{"not": "a reading"}]

    def test_an_exception_in_deduplicate_is_stored(
        self, pipelines: Pipelines, archive: Archive, monkeypatch: pytest.MonkeyPatch
    ):
        def broken(article: Article) -> str:
            raise RuntimeError("on purpose")

        monkeypatch.setattr(decide_module, "text_hash", broken)
        (item,) = pipelines(reading(body=b"<p>bytes</p>"))

        assert item.result == Rejection("failed", "deduplicate: RuntimeError: on purpose", OUTLET, url(1))
        ask = Ask(archive)
        assert ask.one("SELECT reason FROM rejections") == "deduplicate: RuntimeError: on purpose"
        assert archive.bodies.get(ask.one("SELECT body_sha256 FROM fetches")) == b"<p>bytes</p>"
        assert pipelines.stats.get_value("archive/failed") == 1

    def test_an_article_that_does_not_fit_is_stored_as_failed(self, pipelines: Pipelines, archive: Archive):
        odd = article(1, images=[Image("https://baosongmay.test/a.jpg")])
        odd.language = b"vi"  # type: ignore[assignment]

        (item,) = pipelines(reading(odd, body=b"<p>bytes</p>"))

        ask = Ask(archive)
        assert item.decision.outcome == "failed"
        assert ask.one("SELECT reason FROM rejections").startswith("store: IntegrityError: ")
        assert ask.count("bodies") == 1
        assert ask.count("articles") == ask.count("images") == 0

    def test_what_cannot_be_written_is_named_and_stays_in_the_ledger(
        self,
        pipelines: Pipelines,
        writer: Writer,
        archive: Archive,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ):
        run = writer.run_id or ""
        archive.ledger.add(run, OUTLET, [Candidate(url(1)), Candidate(url(2))])
        archive.ledger.lease(run, [OUTLET], 10)
        pages = writer.submit(lambda archive: Ask(archive).one("PRAGMA page_count")).result(10)
        writer.submit(lambda a: a.connection.execute(f"PRAGMA max_page_count = {pages + 3}").fetchall()).result(10)
        huge = reading(article(1), body=bytes(random_bytes(300_000)))

        items = pipelines(huge, reading(article(2, RICE, title="Lúa"), body=b""))

        assert len(items) == 2
        assert pipelines.stats.get_value(LOST) == 1
        (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
        assert url(1) in record.getMessage()
        assert "no room left" in record.getMessage()
        ask = Ask(archive)
        assert ask.rows("SELECT url, state FROM urls ORDER BY url") == [
            {"url": url(1), "state": "pending"},
            {"url": url(2), "state": "done"},
        ]

    def test_a_crawl_without_a_run_loses_nothing_silently(
        self, pipelines: Pipelines, writer: Writer, caplog: pytest.LogCaptureFixture
    ):
        writer.run_id = None

        (item,) = pipelines(reading())

        assert isinstance(item, Reading)
        assert pipelines.stats.get_value(LOST) == 1
        assert "no run was started" in caplog.text


def random_bytes(size: int) -> bytes:
    import random

    return random.Random(1).randbytes(size)
