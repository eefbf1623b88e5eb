from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.debris import debris


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("A A", "font_control"),
        ("A- A+", "font_control"),
        ("A+", "font_control"),
        ("Cỡ chữ", "page_control"),
        ("Mặc định", "page_control"),
        ("In bài viết", "page_control"),
        ("Chia sẻ", "page_control"),
        ("Chia sẻ bài viết:", "page_control"),
        ("Bình luận (0)", "page_control"),
        ("(0) Bình luận", "page_control"),
        ("Theo dõi Báo Sông Mây trên Google News", "follow_us"),
        ("van-hoa-xa-hoi", "slug"),
        ("{{ item.title }}", "template_mark"),
        ("Trang xem phim mới tải phim mới miễn phí xem phim bộ tải phim bộ tại nhà xem phim mới", "link_spam"),
        ("nhà cái uy tín nhà cái tặng tiền link vào nhà cái kèo bóng đá hôm nay soi cầu", "link_spam"),
    ],
)
def test_debris_is_told_by_its_form(text: str, rule: str) -> None:
    assert debris(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "Chia sẻ yêu thương với bà con vùng lũ",
        "Theo dõi mực nước trên sông Mây suốt đêm",
        "Người dân xã Lũng Pù, huyện Khau Vai, tỉnh Sông Mây và các xã lân cận dựng lại cầu sau lũ",
        "Covid-19",
        "In lại sách cổ",
        "Nhà cái gì cũng thiếu, chỉ có tiếng cười là đủ.",
        "Trồng lúa, trồng ngô, trồng sắn, trồng chè, trồng quế, trồng hồi",
        "1.200 hộ được cấp nước sạch",
        "Bình luận của chuyên gia",
        "Hội Nông dân, Hội Phụ nữ, Đoàn Thanh niên, Hội Cựu chiến binh",
    ],
)
def test_text_of_articles_is_kept(text: str) -> None:
    assert debris(text) is None


@given(st.text(max_size=300))
def test_any_line_is_judged(text: str) -> None:
    assert debris(text) is None or isinstance(debris(text, after_end=True), str)


def test_behind_the_byline_less_proof_is_needed() -> None:
    assert debris("the-thao") is None
    assert debris("the-thao", after_end=True) == "slug"
    assert debris("Chinh-tri_xa-hoi", after_end=True) == "slug"
