"""Learnt boilerplate in the archive: immutable, one version in use, and no false edits because of it."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

import pytest

from crawler.archive import Archive, ArchiveError
from crawler.extraction import clean
from crawler.extraction.boilerplate import Boilerplate, Repeated, identity
from crawler.items import Article
from tests.archive.conftest import Ask
from tests.archive.make import CANAL, OUTLET, RICE, SCHOOL, article, reading

PROMOTION = "Mời bạn đọc theo dõi Sông Mây trên mọi nền tảng để không bỏ lỡ tin nào."


def learnt(*texts: str, outlet: str = OUTLET) -> Boilerplate:
    return Boilerplate(outlet, tuple(Repeated("onecms", "text", identity(text), 40, 50, text) for text in texts))


def cleaned(boilerplate: Boilerplate | None, *texts: str, **fields: Any) -> Article:
    result = clean(article(1, *texts, **fields), boilerplate)
    assert isinstance(result, Article)
    return result


def test_versions_are_kept_and_one_is_in_use(archive: Archive):
    first, second = learnt(PROMOTION), learnt(PROMOTION, "Chia sẻ")
    assert archive.boilerplates_in_use() == {}

    for one in (first, second, second):
        archive.use_boilerplate(OUTLET, one)
    archive.use_boilerplate("baonuibiec", learnt("Núi", outlet="baonuibiec"))

    assert archive.boilerplates_in_use() == {OUTLET: second, "baonuibiec": learnt("Núi", outlet="baonuibiec")}
    kept = archive.boilerplates(OUTLET)
    assert [(one.boilerplate, bool(one.in_use_since)) for one in kept] == [(second, True), (first, False)]
    assert archive.boilerplate(OUTLET) == archive.boilerplate(second.version[:8]) == second

    archive.use_boilerplate(OUTLET, first)
    assert archive.boilerplate(OUTLET) == first
    archive.use_boilerplate(OUTLET, None)
    assert OUTLET not in archive.boilerplates_in_use()
    assert len(archive.boilerplates(OUTLET)) == 2
    with pytest.raises(ArchiveError, match="scrapy boilerplate"):
        archive.boilerplate(OUTLET)


def test_nobody_changes_a_version(archive: Archive, run: str):
    boilerplate = learnt(PROMOTION)
    archive.use_boilerplate(OUTLET, boilerplate)
    archive.store(reading(cleaned(boilerplate, CANAL, PROMOTION)), run)

    with pytest.raises(sqlite3.IntegrityError, match="immutable"):
        archive.connection.execute("UPDATE boilerplates SET content = '{}'")
    archive.connection.execute("DELETE FROM boilerplates_in_use")
    with pytest.raises(sqlite3.IntegrityError, match="cleaned with"):
        archive.connection.execute("DELETE FROM boilerplates")


def test_the_revision_names_the_version_and_records_what_was_left_out(archive: Archive, run: str):
    boilerplate = learnt(PROMOTION)
    archive.use_boilerplate(OUTLET, boilerplate)
    archive.store(reading(cleaned(boilerplate, CANAL, PROMOTION)), run)

    (revision,) = archive.article(1).revisions
    assert (revision["boilerplate"], revision["body"]) == (boilerplate.version, CANAL)
    assert revision["dropped"] == [{"text": PROMOTION, "rule": "boilerplate"}]
    assert archive.boilerplates(OUTLET)[0].revisions == 1


@pytest.mark.parametrize("first", [True, False])
def test_debris_left_out_at_one_time_and_not_at_another_is_no_edit(archive: Archive, run: str, first: bool):
    boilerplate = learnt(PROMOTION, "Tóm tắt chung của trang.")
    archive.use_boilerplate(OUTLET, boilerplate)
    before, after = (None, boilerplate) if first else (boilerplate, None)
    texts, lead = (PROMOTION, CANAL), "Tóm tắt chung của trang."

    archive.store(reading(cleaned(before, *texts, lead=lead)), run)
    again = archive.store(reading(cleaned(after, *texts, lead=lead), at=1), run)
    edited = archive.store(reading(cleaned(after, *texts, SCHOOL, lead=lead), at=2), run)

    assert (again.outcome, edited.outcome) == ("unchanged", "revised")


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("repeated", ["lead", "title"])
def test_a_repetition_that_debris_stood_before_is_no_edit(archive: Archive, run: str, repeated: str, first: bool):
    boilerplate = learnt(PROMOTION)
    archive.use_boilerplate(OUTLET, boilerplate)
    before, after = (None, boilerplate) if first else (boilerplate, None)
    fields = {"lead": SCHOOL, "title": "Đoàn viên dọn kênh"}

    texts = (PROMOTION, fields[repeated], CANAL)
    assert cleaned(boilerplate, *texts, **fields).paragraphs == [CANAL]
    archive.store(reading(cleaned(before, *texts, **fields)), run)
    again = archive.store(reading(cleaned(after, *texts, **fields), at=1), run)

    assert again.outcome == "unchanged"


def test_an_edit_is_an_edit_whatever_was_left_out(archive: Archive, run: str):
    boilerplate = learnt(PROMOTION)
    archive.use_boilerplate(OUTLET, boilerplate)
    archive.store(reading(cleaned(None, CANAL, PROMOTION)), run)

    longer = cleaned(boilerplate, RICE, CANAL, PROMOTION)
    renamed = replace(cleaned(boilerplate, CANAL, PROMOTION), title="Đoàn viên dọn kênh")
    for at, other in enumerate((longer, renamed)):
        assert archive.store(reading(other, at=at + 1), run).outcome == "revised"


def test_a_text_of_another_paper_is_found_in_any_spelling(archive: Archive, run: str):
    text = "Theo hoà giải viên, hai hộ đã bắt tay nhau trước ủy ban xã vào chiều nay."
    archive.store(reading(article(1, CANAL, text, outlet="baonuibiec")), run)
    archive.store(reading(article(2, RICE, lead="Một câu dẫn có ở báo bạn.", outlet="baonuibiec", title="Lúa")), run)
    archive.store(reading(article(3, SCHOOL)), run)

    assert archive.stands_elsewhere(OUTLET, text.replace("hoà", "hòa").upper())
    assert archive.stands_elsewhere(OUTLET, "Một câu dẫn có ở báo bạn.")
    assert not archive.stands_elsewhere(OUTLET, text.replace("chiều nay", "sáng nay"))
    assert not archive.stands_elsewhere(OUTLET, text.partition(",")[0])
    assert not archive.stands_elsewhere("baonuibiec", text)
    assert not archive.stands_elsewhere(OUTLET, "***")


def test_the_indexes_agree_with_what_was_cleaned(archive: Archive, run: str, ask: Ask):
    archive.use_boilerplate(OUTLET, learnt(PROMOTION))
    archive.store(reading(cleaned(learnt(PROMOTION), CANAL, PROMOTION)), run)

    assert archive.search("nền tảng") == []
    ask.indexes_agree()
