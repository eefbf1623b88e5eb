"""Reading back: one article with everything, and the whole at a glance."""

from __future__ import annotations

import pytest

from crawler.archive import Archive, NotFound
from crawler.archive.runs import mirror_outlets
from crawler.registry import default_registry
from tests.archive.make import CANAL, OUTLET, RICE, article, reading, rejection, section, url


@pytest.fixture
def filled(archive: Archive, run: str) -> Archive:
    archive.store(reading(article(1)), run)
    archive.store(reading(article(1), at=1, address="https://baosongmay.test/khac-a1.html"), run)
    archive.store(reading(article(1, CANAL, "Thêm một đoạn."), at=2), run)
    archive.store(reading(article(2, outlet="baonuibiec"), at=3), run)
    archive.store(reading(article(3, RICE, url="https://baosongmay.test/goc-a3.html"), at=4, address=url(3)), run)
    return archive


@pytest.mark.parametrize(
    "ref",
    [1, "1", "baosongmay/a/1", url(1), url(1) + "?utm_source=x#anh", "https://baosongmay.test/khac-a1.html"],
)
def test_an_article_by_any_name(filled: Archive, ref: str | int):
    assert filled.article(ref).latest["key"] == "baosongmay/a/1"


def test_an_article_by_its_canonical_url(filled: Archive):
    assert filled.article("https://baosongmay.test/goc-a3.html").latest["key"] == "baosongmay/a/3"


@pytest.mark.parametrize("ref", ["", "99", 99, "baosongmay/a/9", "https://baosongmay.test/", "9" * 40, "²", "\ud800"])
def test_an_unknown_article(filled: Archive, ref: str | int):
    with pytest.raises(NotFound, match="no article"):
        filled.article(ref)


def test_everything_known_of_it(filled: Archive):
    record = filled.article(1)

    assert [revision["number"] for revision in record.revisions] == [1, 2]
    assert [fetch["outcome"] for fetch in record.fetches] == ["new", "same_article", "revised"]
    assert [row["url"] for row in record.urls] == [url(1), "https://baosongmay.test/khac-a1.html"]
    assert [copy["key"] for copy in record.copies] == ["baonuibiec/a/2"]
    assert record.copy_of is None
    copy_of = filled.article("baonuibiec/a/2").copy_of
    assert copy_of is not None
    assert copy_of["id"] == 1


def test_status(filled: Archive, run: str):
    filled.store(reading(rejection(number=7)), run)
    filled.store(reading(rejection("error", number=3), at=9, status=404, address=url(3)), run)
    filled.store(reading(section(8), at=10), run)
    filled.store(reading(rejection(number=5), body=b"", error="TimeoutError"), run)
    filled.store(reading(article(9, RICE, outlet=None, key="sha256/9", url=None), at=11), run)
    filled.finish_run(run, "finished")

    status = filled.status()

    assert (status.articles, status.revisions) == (4, 5)
    assert status.size >= filled.path.stat().st_size
    assert 0 < status.frames_size < status.bodies_size * 2
    lines = {line.outlet: line for line in status.outlets}
    assert set(lines) == {OUTLET, "baonuibiec", ""}
    ours = lines[OUTLET]
    assert (ours.articles, ours.revisions, ours.copies, ours.gone) == (2, 3, 0, 1)
    assert (ours.rejected, ours.pending, ours.failed) == (1, 1, 1)  # the failed one is to be tried again
    assert (ours.newest_day, ours.last_run) == ("2026-11-05", run)
    assert ours.last_fetch == "2026-11-01T10:00:00.000Z"
    assert lines["baonuibiec"].copies == 1
    assert status.runs[0]["id"] == run
    assert status.runs[0]["counts"][OUTLET]["gone"] == 1


def test_status_of_an_empty_archive(archive: Archive):
    status = archive.status()

    assert (status.articles, status.outlets, status.runs, status.bodies) == (0, [], [], 0)


def test_the_registry_is_mirrored(archive: Archive):
    outlets = list(default_registry())
    archive.mirror_outlets(outlets)
    with archive.transaction():
        mirror_outlets(archive.connection, outlets)

    rows = archive.connection.execute("SELECT name, title, province, home FROM outlets ORDER BY name").fetchall()
    assert [tuple(row) for row in rows] == [(one.name, one.title, one.province, one.home) for one in outlets]


def test_mirroring_fills_in_an_outlet_met_earlier(archive: Archive, run: str):
    first = next(iter(default_registry()))
    archive.start_run("crawl", {}, [first.name])
    archive.mirror_outlets([first])

    row = archive.connection.execute("SELECT title FROM outlets WHERE name = ?", (first.name,)).fetchone()
    assert row["title"] == first.title
