"""The lead of a page without rules."""

from __future__ import annotations

import pytest

from tests.extraction.generic.reading import BODY, LEAD, TITLE, A, B, C, article, markup

DESCRIBED = f'<meta name="description" content="{LEAD}">'


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
