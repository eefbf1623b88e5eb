from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.people import agencies_in, read_byline


@pytest.mark.parametrize(
    "printed",
    ["TTXVN", "Vietnam+", "VIETNAM+", "vietnamplus.vn", "https://www.vietnamplus.vn/", "Thông tấn xã Việt Nam", "VNA"],
)
def test_one_agency_has_one_name_however_it_is_printed(printed: str) -> None:
    assert agencies_in(printed) == ["TTXVN"]


@pytest.mark.parametrize(
    ("printed", "agencies"),
    [
        ("TTXVN/Vietnam+", ["TTXVN"]),
        ("VOV.VN", ["VOV"]),
        ("Theo báo Nhân Dân", ["Nhân Dân"]),
        ("Báo điện tử Chính phủ", ["Chinhphu.vn"]),
        ("VGP News", ["Chinhphu.vn"]),
        ("Tân Hoa Xã", ["Xinhua"]),
        ("dpa/AFP", ["dpa", "AFP"]),
        ("The Associated Press", ["AP"]),
        ("Reuters, Kyodo và CNN", ["Reuters", "Kyodo", "CNN"]),
        ("연합뉴스", ["Yonhap"]),
        ("Báo Sông Mây", []),
        ("", []),
        (None, []),
    ],
)
def test_every_agency_of_a_credit_is_named_once(printed: str | None, agencies: list[str]) -> None:
    assert agencies_in(printed) == agencies


def test_initials_are_no_agency() -> None:
    assert agencies_in("A.P") == []
    assert read_byline("A.P").authors == ["A.P"]


@given(st.text(max_size=200))
def test_any_credit_is_read(text: str) -> None:
    assert len(agencies_in(text)) == len(set(agencies_in(text)))
