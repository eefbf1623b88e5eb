"""Saved queries: what is new, edited or gone is told once, by accents as typed."""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest

from crawler.archive import Archive, ArchiveError, NotFound
from crawler.archive.watches import Event, Watch
from crawler.atom import atom
from tests.archive.conftest import Ask
from tests.archive.make import CANAL, OUTLET, RICE, article, reading, rejection, url


def told(events: list[Event]) -> list[tuple[str, str, int]]:
    return sorted((event.watch, event.what, event.article) for event in events)


def new_run(archive: Archive) -> str:
    return archive.start_run("crawl news", {}, [OUTLET])


@pytest.fixture
def watching(archive: Archive) -> Archive:
    archive.add_watch(Watch("lua", "lúa"))
    archive.add_watch(Watch("ca", '"cá tra"'))
    archive.add_watch(Watch("noi-khac", "lúa", "baonuibiec"))
    return archive


def test_new_edited_and_gone_are_told_once_each(watching: Archive):
    run = new_run(watching)
    watching.store(reading(article(1, RICE), at=0), run)
    watching.store(reading(article(2, "Người nuôi cá tra ở Bến Lau được mùa."), at=0), run)
    watching.store(reading(article(3, CANAL), at=0), run)
    assert told(watching.look_after(run)) == [("ca", "new", 2), ("lua", "new", 1)]
    assert told(watching.look_after(run)) == [("ca", "new", 2), ("lua", "new", 1)]  # the same, not twice
    assert len(watching.watch_events()) == 2

    run = new_run(watching)
    watching.store(reading(article(1, RICE + " Ai cũng vui."), at=1), run)
    watching.store(reading(article(3, CANAL), at=1), run)
    assert told(watching.look_after(run)) == [("lua", "edited", 1)]

    run = new_run(watching)
    watching.store(reading(rejection("error", "HTTP 404"), at=2, status=404, address=url(1)), run)
    assert told(watching.look_after(run)) == [("lua", "gone", 1)]
    run = new_run(watching)
    watching.store(reading(rejection("error", "HTTP 404"), at=3, status=404, address=url(1)), run)
    assert watching.look_after(run) == []


def test_an_edit_that_takes_the_words_out_is_told(watching: Archive):
    run = new_run(watching)
    watching.store(reading(article(1, RICE), at=0), run)
    watching.look_after(run)
    run = new_run(watching)
    watching.store(reading(article(1, RICE.replace("lúa", "nếp")), at=1), run)
    assert told(watching.look_after(run)) == [("lua", "edited", 1)]
    run = new_run(watching)
    watching.store(reading(article(1, RICE.replace("lúa", "nếp") + " Ai cũng vui."), at=2), run)
    assert watching.look_after(run) == []  # neither before nor now


def test_accents_that_are_typed_must_be_there(archive: Archive):
    archive.add_watch(Watch("ban", "bán"))
    archive.add_watch(Watch("any", "ban"))
    run = new_run(archive)
    archive.store(reading(article(1, "Dân bản Khau Đấu họp."), at=0), run)
    archive.store(reading(article(2, "Người dân bán lúa sớm."), at=0), run)
    assert told(archive.look_after(run)) == [("any", "new", 1), ("any", "new", 2), ("ban", "new", 2)]


def test_names_and_queries_are_checked(watching: Archive):
    with pytest.raises(ArchiveError, match="there is a watch 'lua'"):
        watching.add_watch(Watch("lua", "gạo"))
    with pytest.raises(ArchiveError, match="no word"):
        watching.add_watch(Watch("khong", '"" …'))
    with pytest.raises(NotFound, match="no watch 'khong'"):
        watching.remove_watch("khong")
    with pytest.raises(NotFound, match="no watch 'khong'"):
        watching.watch_events(["khong"])
    watching.remove_watch("lua")
    assert [watch.name for watch in watching.watches()] == ["ca", "noi-khac"]


def test_what_is_deleted_is_told_no_more(watching: Archive, ask: Ask):
    run = new_run(watching)
    watching.store(reading(article(1, RICE), at=0), run)
    watching.look_after(run)
    watching.connection.execute("DELETE FROM articles")
    assert watching.watch_events() == []
    assert ask.count("watch_events") == 0


def test_the_feed_is_read_by_others_and_keeps_its_ids(watching: Archive, tmp_path: Path):
    run = new_run(watching)
    odd = 'Lúa & <b>gạo</b> "mới" \x01\x0b\ufffe'
    watching.store(reading(article(1, RICE, title=odd), at=0), run)
    events = watching.look_after(run)
    feed = feedparser.parse(atom(events, ["lua"]))
    assert not feed.bozo
    (entry,) = feed.entries
    assert (entry.title, entry.link) == ('new: Lúa & <b>gạo</b> "mới"', events[0].url)
    assert {tag.term for tag in entry.tags} == {"lua", "new"}
    assert entry.updated.startswith(events[0].at[:19])
    assert [one.id for one in feedparser.parse(atom(events, ["lua"])).entries] == [entry.id]
    empty = feedparser.parse(atom([]))
    assert not empty.bozo
    assert empty.entries == []


def test_a_run_of_nothing_leaves_no_trace(watching: Archive, ask: Ask):
    run = new_run(watching)
    watching.store(reading(article(1, RICE), at=0), run)
    watching.look_after(run)
    tables = ask.rows("SELECT name FROM sqlite_master")
    watching.look_after(new_run(watching))
    assert ask.rows("SELECT name FROM sqlite_master") == tables
    assert ask.rows("SELECT name FROM sqlite_temp_master") == []
