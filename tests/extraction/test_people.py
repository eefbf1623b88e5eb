from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.people import is_byline, looks_like_names, read_byline

OWN = ("Báo Sông Mây", "baosongmay")


@pytest.mark.parametrize(
    ("text", "authors", "source"),
    [
        ("Tin, ảnh: P.Y", ["P.Y"], None),
        ("Tin: Lò Văn Tình - Ảnh: Đỗ Thị Hiên", ["Lò Văn Tình", "Đỗ Thị Hiên"], None),
        ("Bài và ảnh: LÝ A SÙNG - MÙA THỊ DỢ", ["LÝ A SÙNG", "MÙA THỊ DỢ"], None),
        ("Bài, ảnh: Minh Thư, Hoài An", ["Minh Thư", "Hoài An"], None),
        ("T.H (Theo TTXVN)", ["T.H"], "TTXVN"),
        ("Theo Vietnamnet", [], "Vietnamnet"),
        ("Theo Vietnam+", [], "Vietnam+"),
        ("(Theo suckhoedoisong.vn)", [], "suckhoedoisong.vn"),
        ("Nguồn: TTXVN", [], "TTXVN"),
        ("Theo PV/VOV", [], "PV/VOV"),
        ("BS ĐINH VĂN HÒE", ["BS ĐINH VĂN HÒE"], None),
        ("HÒA AN-THU HÀ", ["HÒA AN", "THU HÀ"], None),
        ("Mai Lan (thực hiện)", ["Mai Lan"], None),
        ("Mai Lan (tổng hợp từ Vietnamnet)", ["Mai Lan"], "Vietnamnet"),
        ("Hoàng Hà (TTXVN)", ["Hoàng Hà"], "TTXVN"),
        ("TTXVN", [], "TTXVN"),
        ("Ghi chép của Diễm My", ["Diễm My"], None),
        ("Ghi chép: Thanh Hằng", ["Thanh Hằng"], None),
        ("Bài và ảnh VŨ NAM SƠN", ["VŨ NAM SƠN"], None),
        ("Chuyển ngữ: Hoài Thu", ["Hoài Thu"], None),
        ("Bút danh", [], None),
        ("Báo Sông Mây", [], None),
        ("admin", [], None),
        ("", [], None),
    ],
)
def test_reads_bylines(text: str, authors: list[str], source: str | None) -> None:
    byline = read_byline(text, OWN)
    assert byline.authors == authors
    assert byline.source == source


@pytest.mark.parametrize(
    "text",
    [
        "Theo đó, xã sẽ dựng thêm hai cầu treo trong năm nay.",
        "Nguyễn Văn Tịnh cho biết vườn của ông mất mùa ba năm liền.",
        "Người dân đi chợ sớm",
        "1. Trồng cây gì?",
        "Ảnh hưởng của mưa lớn: ba cầu bị cuốn trôi",
        "“Chúng tôi ở lại”",
        "Tin vui từ bản Lếch",
    ],
)
def test_sentences_and_headings_are_no_bylines(text: str) -> None:
    assert not is_byline(text)
    assert not is_byline(text, styled=True)


@pytest.mark.parametrize("text", ["MỸ LÂM", "Anh Dũng", "Tin, ảnh: P.Y", "Theo TTXVN", "T.H (Theo TTXVN)"])
def test_signatures_are_bylines(text: str) -> None:
    assert is_byline(text, styled=True)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    byline = read_byline(text)
    assert all(name.strip() == name and name for name in byline.authors)
    is_byline(text)
    looks_like_names(text)
