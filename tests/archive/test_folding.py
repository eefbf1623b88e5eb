"""One folding for queries, facets, names, hashes and shingles."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.folding import collapse, fold, has_accents, nfc, normalise, shingles, spellings, tokens, unify

# Letters that the rules are about, loose marks and spaces: random text would seldom meet a rule.
VIETNAMESE = st.text(alphabet="aàáảãạăâoòóỏõọôơueèéẻẽẹêyỳýỷỹỵuùúquigđĐÐðHhNnT \u00a0\u200b\u0300\u0301\u0323\u031b")
ANY = st.one_of(st.text(), VIETNAMESE)
STEPS = [unify, collapse, normalise, fold]


@pytest.mark.parametrize("step", STEPS)
@given(text=ANY)
def test_twice_is_once(step: Callable[[str], str], text: str):
    assert step(step(text)) == step(text)


@pytest.mark.parametrize("step", [unify, normalise, fold])
@given(text=ANY)
def test_decomposed_text_gives_the_same(step: Callable[[str], str], text: str):
    assert step(unicodedata.normalize("NFD", text)) == step(unicodedata.normalize("NFC", text))


@given(text=ANY)
def test_unifying_keeps_the_length(text: str):
    assert len(unify(text)) == len(nfc(text))


@given(text=ANY)
def test_folded_text_has_no_accents(text: str):
    assert not has_accents(fold(text))


@given(word=VIETNAMESE)
def test_every_spelling_is_the_same_word(word: str):
    assert {unify(spelling) for spelling in spellings(word)} == {unify(word)}


@pytest.mark.parametrize(
    ("written", "unified"),
    [
        ("hoà", "hòa"),
        ("Hoà Bình", "Hòa Bình"),
        ("HOÀ BÌNH", "HÒA BÌNH"),
        ("khoẻ", "khỏe"),
        ("thuỷ", "thủy"),
        ("Uỷ ban", "Ủy ban"),
        ("hoàn toàn", "hoàn toàn"),  # no final
        ("ngoài", "ngoài"),
        ("khoẻn", "khoẻn"),
        ("quý", "quý"),  # the u belongs to q
        ("QUỲ", "QUỲ"),
        ("quà", "quà"),
        ("già", "già"),
        ("Ðắk", "Đắk"),
        ("Ðồng ðội", "Đồng đội"),
        ("hòa, hoà!", "hòa, hòa!"),
    ],
)
def test_spelling_variants(written: str, unified: str):
    assert unify(written) == unified


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đắk Nông", "dak nong"),
        ("ÐẮK  NÔNG\n", "dak nong"),
        ("Hoà\u00a0Bình", "hoa binh"),
        ("phở\u200b bò", "pho bo"),
        ("Nguyễn Thị Mỹ Lệ", "nguyen thi my le"),
    ],
)
def test_folding(written: str, folded: str):
    assert fold(written) == folded


def test_normalising_keeps_accents():
    assert normalise(" BÁN\tĐẤT ") == "bán đất"
    assert normalise("bán") != normalise("ban")


def test_spellings_of_a_word():
    assert spellings("hoà") == ("hòa", "hoà")
    assert spellings("bình") == ("bình",)


def test_tokens_are_those_of_the_index():
    assert list(tokens("Ngày 6/12, “giá” lúa_mới: 7.500đ")) == ["Ngày", "6", "12", "giá", "lúa", "mới", "7", "500đ"]


def test_shingles():
    assert shingles("Dọn kênh, trồng dừa.") == {"don kenh trong", "kenh trong dua"}
    assert shingles("Dọn kênh") == {"don kenh"}
    assert shingles("…") == frozenset()
