"""The lead of a page without rules."""

from __future__ import annotations

import pytest

from tests.extraction.generic.reading import BODY, LEAD, TITLE, A, B, C, article, markup

DESCRIBED = f'<meta name="description" content="{LEAD}">'

SAVE = "Đăng nhập tài khoản bạn đọc để lưu bài viết này vào danh sách đọc sau của mình trên mọi thiết bị."


@pytest.mark.parametrize(
    ("head", "html"),
    [
        ("", f"<p class='sapo'>{LEAD}</p><div class='text'>{BODY}</div>"),
        ("", f"<h2 class='article-lead'>{LEAD}</h2><div class='text'>{BODY}</div>"),
        ("", f"<div class='intro'><strong><p>{LEAD}</p></strong></div><div class='text'>{BODY}</div>"),
        ("", f"<header><p>{LEAD}</p>Thứ Sáu, 12:30 01/01/2027</header><div class='text'>{BODY}</div>"),
        ("", f"<div class='text'><p class='lead-text'>{LEAD}</p>{BODY}</div>"),
        ("", f"<div class='text'><p class='font-bold'>{LEAD}</p>{BODY}</div>"),
        (DESCRIBED, f"<div class='text'><p><b>{LEAD}</b></p>{BODY}</div>"),
        (DESCRIBED, f"<div class='text'><p><b>Bình Lộc. {LEAD}</b></p>{BODY}</div>"),
        (DESCRIBED, f"<h3>{LEAD}</h3><div class='text'>{BODY}</div>"),
        ("", f"<p class='sapo'>{LEAD}</p><div class='audio'><h3>{TITLE}</h3>00:00</div><div class='text'>{BODY}</div>"),
        ("", f"<h2 class='deck'>Đông nhất kể từ ngày hội được lập lại</h2><p class='sapo'>{LEAD}</p><div>{BODY}</div>"),
        ("", f"<div class='sapo'><p>{LEAD}</p><hr><hr><hr><hr></div><div class='text'>{BODY}</div>"),
    ],
)
def test_a_lead_is_found_once(head: str, html: str) -> None:
    read = article(markup(html, head))
    assert read.lead in (LEAD, f"Bình Lộc. {LEAD}")
    assert read.paragraphs == [A, B, C]


@pytest.mark.parametrize(
    "html",
    [
        f"<div class='text'>{BODY}</div>",
        f"<div class='text'><p class='drop-cap'>{A}</p><p>{B}</p><p>{C}</p></div>",
        f"<p class='caption sapo'>{LEAD}</p><div class='text'>{BODY}</div>",
        f"<p class='sapo'>{TITLE}</p><div class='text'>{BODY}</div>",
        f"<p>Cập nhật lúc 12:30 ngày 01/01/2027 - đọc trong 4 phút</p><div class='text'>{BODY}</div>",
        f"<div class='related'><p>{LEAD}</p></div><div class='text'>{BODY}</div>",
        f"<div class='save-tooltip'><div><p>{SAVE}</p></div></div><div class='text'>{BODY}</div>",
        f"<x-popover><p>{SAVE}</p></x-popover><div class='text'>{BODY}</div>",
    ],
)
def test_what_is_no_lead_is_not_taken_for_one(html: str) -> None:
    read = article(markup(html))
    assert read.lead is None
    assert read.paragraphs == [A, B, C]


def test_a_lead_of_several_points_is_one_text() -> None:
    points = ["Mười hai đội từ tám ấp cùng tranh tài trên kênh.", "Nhiều tay chèo lần đầu dự một cuộc đua lớn."]
    lines = "".join(f"<p class='lead'>{point}</p>" for point in points)
    head = f'<meta property="og:description" content="{" ".join(points)}">'
    read = article(markup(f"<header>{lines}</header><div class='text'>{BODY}</div>", head))
    assert read.lead == " ".join(points)


def test_a_short_lead_is_one_where_the_page_describes_itself_by_it() -> None:
    short, head = "Mười hai đội nghiêng mái chèo trên kênh", '<meta name="description" content="{}">'
    html = f"<p>{short}</p><div class='text'>{BODY}</div>"
    assert article(markup(html, head.format(short))).lead == short
    assert article(markup(html, head.format(LEAD))).lead is None


def test_an_entry_of_a_list_of_points_is_no_lead() -> None:
    points = "".join(f"<li>{text}</li>" for text in (LEAD, "Nhiều tay chèo trẻ lần đầu dự một cuộc đua lớn như vậy."))
    head = f'<meta name="description" content="{LEAD}">'
    assert article(markup(f"<ul>{points}</ul><div class='text'>{BODY}</div>", head)).lead is None
