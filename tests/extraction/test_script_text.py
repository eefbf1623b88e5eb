"""The text of an article that stands on the page as a string of a script."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest

from crawler.extraction import read
from crawler.items import Article, Page, Result
from crawler.registry import default_registry

PARAGRAPHS = [
    "Mưa lớn suốt đêm làm con đường vào thôn Bãi Giữa ngập sâu, học sinh phải nghỉ học đến hết tuần này.",
    "“Nước lên nhanh quá”, ông Đỗ Văn Thử nói, “cả nhà chỉ kịp kê lúa lên cao, còn đàn gà thì gửi hàng xóm.”",
]
MARKUP = "".join(f'<p class="x">{text}</p>' for text in PARAGRAPHS)
JS = json.dumps(MARKUP).replace("</", "<\\/")
PAGE = """<!DOCTYPE html><html><head><title>Ngập đường - Báo Quảng Ngãi</title>
<meta property="article:published_time" content="2026-10-12T08:15:00+07:00"></head><body>
<h1 class="title">Ngập đường vào Bãi Giữa</h1>{}<script>{}</script></body></html>"""
EMPTY = '<div id="content"></div>'


def result(page: str, url: str = "https://baoquangngai.vn/ngap-duong-58701.htm") -> Result:
    return read(Page(url=url, body=page.encode(), fetched_at=datetime(2026, 11, 1, tzinfo=UTC)), default_registry())


@pytest.mark.parametrize(
    "script",
    [
        f"var outputData = {JS}; $('#content').html(outputData)",
        f"// it's a comment\n$('#content').html(`{MARKUP}`);",
        f"var contentHTML = '{MARKUP}'",
        f"var other = '<p>short</p>', outputData = {json.dumps(MARKUP).replace('<', chr(92) + 'u003c')};",
        json.dumps({"props": {"post": {"content": MARKUP}}}).replace("<", "\\u003c"),
        f"self.__next_f.push([1,{json.dumps(json.dumps({'body': MARKUP}))}])",
    ],
)
def test_a_text_in_a_script_is_read_into_the_empty_body(script: str) -> None:
    article = result(PAGE.format(EMPTY, script))
    assert isinstance(article, Article)
    assert [text for text in PARAGRAPHS if text in article.paragraphs] == PARAGRAPHS
    assert article.layout == "quangngai"
    assert any(warning.startswith("drawn_by_script") for warning in article.warnings)


def test_a_page_without_rules_and_without_text_of_its_own() -> None:
    article = result(PAGE.format('<div id="__next"></div>', f"window.state = {JS}"), "https://la.example/bai")
    assert isinstance(article, Article)
    assert article.paragraphs == PARAGRAPHS


def test_data_beside_the_text_and_slots_inside_it_are_no_text() -> None:
    data = '5:[1,{"a":1,"b":2,"title":"Một bài khác<br>hai dòng","note":"' + "dữ liệu, không phải bài báo " * 40 + '"}]'
    script = f"push([1,{json.dumps(data)}]);push([1,{json.dumps('$$AD$$' + MARKUP + '<p>{{ more }}</p>')}])"
    article = result(PAGE.format('<div id="__next"></div>', script), "https://la.example/bai")
    assert isinstance(article, Article)
    assert article.paragraphs == PARAGRAPHS


def test_a_text_that_stands_on_the_page_wins_over_scripts() -> None:
    other = "<p>Đây là nội dung của một bài khác, dài hơn nhiều so với bài đang đọc trên trang này.</p>" * 9
    for url in ("https://baoquangngai.vn/ngap-duong-58701.htm", "https://la.example/bai"):
        article = result(PAGE.format(f'<div id="content">{MARKUP}</div>', f"var next = {json.dumps(other)}"), url)
        assert isinstance(article, Article)
        assert article.paragraphs == PARAGRAPHS


@pytest.mark.parametrize("piece", ["'<p>", '"<p>', "`<p>", "\\", "'\\u{110000}<p>'", '"\\ud800<p>"', "\n'"])
def test_broken_scripts_cost_little_and_never_raise(piece: str) -> None:
    start = time.perf_counter()
    result(PAGE.format(EMPTY, piece * 50_000))
    assert time.perf_counter() - start < 10
