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
        ("Theo PV/VOV", [], "VOV"),
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
        ("Theo Thanh Nhàn (Vietnamnet)", ["Thanh Nhàn"], "Vietnamnet"),
        ("Theo KHÁNH LINH (VOV.VN)", ["KHÁNH LINH"], "VOV.VN"),
        ("Theo Hạnh Nguyên/VTC News", ["Hạnh Nguyên"], "VTC News"),
        ("(TTXVN/Vietnam+)", [], "TTXVN/Vietnam+"),
        ("Theo TTXVN/Vietnam+", [], "TTXVN/Vietnam+"),
        ("Hoàng Vũ (Vietnam+)", ["Hoàng Vũ"], "Vietnam+"),
        ("HÀ AN (Báo Tin tức)", ["HÀ AN"], "Báo Tin tức"),
        ("Phương Linh/Báo Tin tức", ["Phương Linh"], "Báo Tin tức"),
        ("H.V (TH)", ["H.V"], None),
        ("Thu Hà (st)", ["Thu Hà"], None),
        ("Theo TTXVN - Ảnh: Internet", [], "TTXVN"),
        ("Đức Anh - Ảnh: Tư liệu", ["Đức Anh"], None),
        ("VÕ VĂN THẮNG (Ủy viên Trung ương Đảng)", ["VÕ VĂN THẮNG"], None),
        ("Hoàng Vũ - Trường THPT Bình Lộc", ["Hoàng Vũ"], None),
        ("Hoàng Vũ thực hiện", ["Hoàng Vũ"], None),
        ("Lương y ĐINH CÔNG BẢY", ["Lương y ĐINH CÔNG BẢY"], None),
        ("Truyện ngắn của Mai Hạ", ["Mai Hạ"], None),
        ("HOÀNG VŨ (xã Bình Lộc)", ["HOÀNG VŨ"], None),
        ("PHƯƠNG LAN\nLÊ MINH", ["PHƯƠNG LAN", "LÊ MINH"], None),
        ("Bài: HOÀNG VŨ\nẢnh: LÊ MINH", ["HOÀNG VŨ", "LÊ MINH"], None),
        ("Hà An; Mai Bình", ["Hà An", "Mai Bình"], None),
        ("Thực hiện: Hà An - Mai Bình", ["Hà An", "Mai Bình"], None),
        ("Tin: Hà An - Ảnh: CTV", ["Hà An"], None),
        ("PV Hà An", ["Hà An"], None),
        ("HA (T/h)", ["HA"], None),
        ("T/h", [], None),
        ("Hà Anh (lược dịch)", ["Hà Anh"], None),
        ("Hà Anh (từ Núi Biếc)", ["Hà Anh"], None),
        ("Hà Anh (Theo Reuters, CNN)", ["Hà Anh"], "Reuters, CNN"),
        ("Thu Hà - Đài PT-TH tỉnh", ["Thu Hà"], None),
        ("BS.CKII Trần Văn Kênh - ThS. Lò Mẩy", ["BS.CKII Trần Văn Kênh", "ThS. Lò Mẩy"], None),
        ("Lò Văn Mẩy/VOV-Tây Bắc", ["Lò Văn Mẩy"], "VOV"),
        ("thuhuyen", [], None),
        ("ThuHuyen", [], None),
        ("admin01", [], None),
        ("user_12", [], None),
        ("hien@songmay.test", [], None),
        ("12345", [], None),
        ("Nhóm phóng viên", [], None),
        ("Ban biên tập", [], None),
        ("BBT", [], None),
        ("Quản trị viên", [], None),
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
        "(Video: Lễ khánh thành cầu)",
        "Nguyễn Văn Ba. Ảnh: Hồ An",
        "1. Trồng cây gì?",
        "Ảnh hưởng của mưa lớn: ba cầu bị cuốn trôi",
        "“Chúng tôi ở lại”",
        "Tin vui từ bản Lếch",
        "Theo Nghị định 15",
        "Nguồn Vốn Chính Sách",
        "- Nguyễn Văn An",
        "Huyện Châu Lộc",
        "Ông Nguyễn Văn An",
        "Trường THCS Bình Lộc",
    ],
)
def test_sentences_and_headings_are_no_bylines(text: str) -> None:
    assert not is_byline(text)
    assert not is_byline(text, styled=True)


@pytest.mark.parametrize("text", ["MỸ LÂM", "Anh Dũng", "Tin, ảnh: P.Y", "Theo TTXVN", "T.H (Theo TTXVN)"])
def test_signatures_are_bylines(text: str) -> None:
    assert is_byline(text, styled=True)


@pytest.mark.parametrize(
    "text", ["Tam Thất Bắc", "Hoài Sơn, Thục Địa, Đương Quy", "Mùa Xuân", "BẠCH HOA XÀ THIỆT THẢO", "Bình Lộc mùa lũ"]
)
def test_a_plain_line_needs_more_than_capitals(text: str) -> None:
    assert not is_byline(text)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    byline = read_byline(text)
    assert all(name.strip() == name and name for name in byline.authors)
    is_byline(text)
    looks_like_names(text)
