"""Cleaning is the same for every source, never changes a letter and is done when it is done."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction import clean
from crawler.items import Article, Block

_LINES = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        [
            "A A",
            "van-hoa-xa-hoi",
            "Chia sẻ",
            "- Nước rút, bà con dựng lại nhà.",
            "Bà con xã Lũng Pù dựng lại nhà cửa sau lũ.",
            "Nước\u00a0rút   nhanh.",
            "trang xem phim mới tải phim mới miễn phí xem phim bộ tải phim bộ xem phim mới",
        ]
    ),
)


def _article(lines: list[str], lead: str | None = None) -> Article:
    return Article(
        key="k", outlet=None, url=None, title="Nước rút", lead=lead, blocks=[Block("paragraph", line) for line in lines]
    )


@given(st.lists(_LINES, max_size=12), st.none() | _LINES)
def test_cleaning_twice_is_cleaning_once(lines: list[str], lead: str | None) -> None:
    once = clean(_article(lines, lead))
    assert isinstance(once, Article)
    assert clean(once) == once


@given(st.lists(_LINES, max_size=12))
def test_every_text_is_kept_or_dropped_by_a_named_rule(lines: list[str]) -> None:
    cleaned = clean(_article(lines))
    assert isinstance(cleaned, Article)
    kept = [block.text for block in cleaned.blocks] + [dropped.text for dropped in cleaned.dropped]
    wanted = [line for line in lines if any(char.isalnum() for char in line)]
    for line in wanted:
        letters = [char for char in unicodedata.normalize("NFC", line) if char.isalnum()]
        assert any([char for char in text if char.isalnum()] == letters for text in kept), line
    assert all(dropped.rule for dropped in cleaned.dropped)


def test_a_bare_leading_dash_goes_and_an_outlets_mark_stays() -> None:
    for lead, expected in (
        (" - Nước rút nhanh.", "Nước rút nhanh."),
        ("– Nước rút nhanh.", "Nước rút nhanh."),
        ("–Nước rút nhanh.", "Nước rút nhanh."),
        ("-5 độ C ở đỉnh núi.", "-5 độ C ở đỉnh núi."),
        ("SMO - Nước rút nhanh.", "SMO - Nước rút nhanh."),
        ("(SMO)- Nước rút nhanh.", "(SMO)- Nước rút nhanh."),
    ):
        cleaned = clean(_article([], lead))
        assert isinstance(cleaned, Article)
        assert cleaned.lead == expected


def test_a_lead_that_opens_the_body_is_listed_once() -> None:
    cleaned = clean(_article(["Nước rút nhanh .", "Bà con về nhà."], "Nước rút nhanh."))
    assert isinstance(cleaned, Article)
    assert cleaned.paragraphs == ["Bà con về nhà."]
    assert [(dropped.text, dropped.rule) for dropped in cleaned.dropped] == [("Nước rút nhanh .", "lead_repeated")]
