"""Search as Vietnamese readers type."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.archive import Archive
from crawler.items import Block
from tests.archive.make import CANAL, RICE, SCHOOL, article, reading

TEXTS: dict[int, tuple[str, str, dict[str, Any]]] = {
    1: ("Chợ nổi Bến Lau bán trái cây", "Ghe thuyền bán dưa, bán khóm từ nửa đêm.", {}),
    2: ("Họp ban chỉ đạo", "Ban chỉ đạo họp về con đường ven sông.", {}),
    3: ("Đắk Sậy đón mưa", "Ðắk Sậy có mưa đầu mùa, nông dân xuống giống.", {"authors": ["Trần Văn Đương"]}),
    4: ("Hoà Lạc khánh thành cầu", "Xã Hoà Lạc có cầu mới; thuỷ điện Núi Biếc xả lũ.", {"lead": "Cầu dài trăm mét."}),
    5: ("Hòa Lạc được mùa", "Nông dân Hòa Lạc khoẻ vì lúa tốt.", {}),
    6: ("Ảnh đẹp", CANAL, {"blocks": [Block("paragraph", CANAL), Block("caption", "Hoàng hôn trên đầm Sen")]}),
}


@pytest.fixture
def searchable(archive: Archive, run: str) -> Archive:
    for number, (title, text, fields) in TEXTS.items():
        archive.store(reading(article(number, text, title=title, **fields)), run)
    return archive


def found(archive: Archive, query: str) -> list[int]:
    return [hit.article_id for hit in archive.search(query)]


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("dak say", {3}),
        ("Đắk Sậy", {3}),
        ("ĐẮK SẬY", {3}),
        ("đak sậy", {3}),
        ("hoa lac", {4, 5}),
        ("Hoà Lạc", {4, 5}),
        ("Hòa Lạc", {4, 5}),
        ('"hoà lạc"', {4, 5}),
        ("thủy điện", {4}),
        ("khỏe", {5}),
        ("tran van duong", {3}),  # author
        ("hoang hon", {6}),  # caption
        ("cau dai", {4}),  # lead
        ("hoàng hôn sen", {6}),
        ("nong dan", {3, 5}),
        ('"nong dan xuong"', {3}),
        ('"dan nong"', set()),
        ("dan nong", {3, 5}),
        ("không có chữ này", set()),
        ("nửa-đêm", {1}),
        ("bán trái cây ", {1}),
    ],
)
def test_any_spelling(searchable: Archive, query: str, hits: set[int]):
    assert set(found(searchable, query)) == hits
    assert found(searchable, unicodedata.normalize("NFD", query)) == found(searchable, query)


def test_typed_accents_come_first(searchable: Archive):
    assert found(searchable, "bán")[0] == 1
    assert set(found(searchable, "bán")) == {1, 2}
    assert set(found(searchable, "ban")) == {1, 2}
    assert found(searchable, "họp bán") == [2]  # nothing fits exactly, so what fits without accents


def test_both_tone_placements_are_exact(searchable: Archive):
    assert set(found(searchable, "hoà")[:2]) == set(found(searchable, "hòa")[:2]) == {4, 5}


def test_the_title_weighs_most(archive: Archive, run: str):
    filler = " ".join([SCHOOL] * 4)
    archive.store(reading(article(1, filler + " Lúa được giá. " + filler, title="Tin ngắn")), run)
    archive.store(reading(article(2, filler, title="Lúa được giá")), run)

    assert found(archive, "lua duoc gia") == found(archive, "lúa được giá") == [2, 1]


def test_pages_of_hits_neither_overlap_nor_leave_out(archive: Archive, run: str):
    for number in range(25):
        word = "bán" if number % 2 else "ban"
        archive.store(reading(article(number, f"Câu chuyện {word} số {number}.", title=f"Chuyện {number}")), run)
    pages = [[hit.article_id for hit in archive.search("bán", limit=10, offset=at)] for at in (0, 10, 20, 30)]

    assert [len(page) for page in pages] == [10, 10, 5, 0]
    every = [one for page in pages for one in page]
    assert len(set(every)) == 25
    assert {one % 2 for one in every[:12]} == {0}  # the twelve with "bán" have the even ids
    assert archive.search("bán", limit=0) == archive.search("bán", limit=-1) == []


@pytest.mark.parametrize(
    ("query", "snippet"),
    [
        ("dak", "[Ðắk] Sậy có mưa đầu mùa, nông dân xuống giống."),
        ("Đắk", "[Ðắk] Sậy có mưa đầu mùa, nông dân xuống giống."),
        ('"dau mua"', "Ðắk Sậy có mưa [đầu mùa], nông dân xuống giống."),
        ("mưa đầu", "Ðắk Sậy có [mưa] [đầu] mùa, nông dân xuống giống."),
        ("duong tran", "[Trần] Văn [Đương]"),
    ],
)
def test_the_snippet_is_the_papers_own_text(searchable: Archive, query: str, snippet: str):
    assert searchable.search(query)[0].snippet == snippet


def test_a_long_text_is_cut_around_the_match(archive: Archive, run: str):
    archive.store(reading(article(1, *[RICE] * 5, CANAL, *[SCHOOL] * 5)), run)

    (hit,) = archive.search("nao vet", marks=("<b>", "</b>"))

    assert "<b>nạo</b> <b>vét</b> bốn cây số kênh" in hit.snippet
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert len(hit.snippet) < 200
    plain = hit.snippet.strip("… ").replace("<b>", "").replace("</b>", "")
    assert plain in "\n\n".join([*[RICE] * 5, CANAL, *[SCHOOL] * 5]).replace("\n\n", " ")


def test_a_hit_names_its_article(searchable: Archive):
    (hit,) = searchable.search("chợ nổi")

    assert (hit.article_id, hit.key, hit.outlet) == (1, "baosongmay/a/1", "baosongmay")
    assert (hit.title, hit.url) == ("Chợ nổi Bến Lau bán trái cây", "https://baosongmay.test/bai-a1.html")
    assert hit.published_at == "2026-11-05T06:51:00+07:00"


SYNTAX = st.text(alphabet="\"'*^:(){}[]+-.,\\/ \x00\ud800\u0301ANDORTNEađĐÐoàhiquỳ%_~<>=!?@#$&|;`₫１²ⅷß")


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.one_of(st.text(), SYNTAX, st.sampled_from(list(TEXTS.values())).map(lambda text: text[1][3:30])))
def test_no_query_is_an_error(searchable: Archive, query: str):
    for hit in searchable.search(query):
        assert hit.snippet


@pytest.mark.parametrize("query", ["", " ", '"', '""', "*", "-", "…", "NEAR(a b)", "title:x", "a AND", "hoà " * 3000])
def test_odd_queries(searchable: Archive, query: str):
    assert isinstance(searchable.search(query), list)


def test_operators_are_words(searchable: Archive):
    assert found(searchable, "chợ OR họp") == []
    assert found(searchable, "chợ NOT nổi") == []


def test_a_read_only_archive_answers(searchable: Archive):
    with Archive.open(searchable.path, read_only=True) as reader:
        assert found(reader, "chợ nổi") == [1]
