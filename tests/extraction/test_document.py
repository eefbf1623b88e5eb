"""Addresses, outlets and keys of pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction import read
from crawler.extraction.document import open_document
from crawler.items import Article, Page, Rejection
from crawler.registry import default_registry

REGISTRY = default_registry()
AT = datetime(2026, 11, 1, tzinfo=UTC)
PARAGRAPH = "<p>Sáng nay, nước trên sông Mây rút dần, bà con xã Lũng Pù bắt đầu dọn bùn và dựng lại nhà cửa.</p>"


def page(url: str | None, head: str = "", body: str = PARAGRAPH * 3, outlet: str | None = None) -> Page:
    html = f"<html><head>{head}</head><body><h1>Nước rút</h1><div itemprop='articleBody'>{body}</div></body></html>"
    return Page(url=url, body=html.encode(), fetched_at=AT, outlet=outlet)


@pytest.mark.parametrize(
    ("url", "head", "key"),
    [
        ("https://baocantho.com.vn/nuoc-rut--a196670.html", "", "baocantho/a/196670"),
        ("https://baocantho.com.vn/ten-khac-a196670.html?utm_source=x", "", "baocantho/a/196670"),
        ("http://www.baocantho.com.vn/nuoc-rut-a196670.html#tin", "", "baocantho/a/196670"),
        ("https://baolaocai.vn/nuoc-rut-post404649.html", "", "baolaocai/post/404649"),
        (None, '<meta property="og:url" content="https://baoangiang.com.vn/x-a367201.html">', "baoangiang/a/367201"),
        (None, '<link rel="canonical" href="https://baoangiang.com.vn/x-a367201.html">', "baoangiang/a/367201"),
        (None, '<meta name="canonical" content="https://baoangiang.com.vn/x-a367201.html">', "baoangiang/a/367201"),
        ("https://tin.example/a/b?b=1&utm_medium=x", "", "url/https://tin.example/a/b?b=1"),
    ],
)
def test_key_is_outlet_id_space_and_id_or_the_address(url: str | None, head: str, key: str) -> None:
    result = read(page(url, head), REGISTRY)
    assert isinstance(result, Article)
    assert result.key == key


def test_a_document_without_address_is_known_by_its_bytes() -> None:
    first, same, other = (
        read(Page(None, f"Tiêu đề\n\n{text}".encode(), AT), REGISTRY)
        for text in (
            "Một câu đủ dài để là một đoạn văn.",
            "Một câu đủ dài để là một đoạn văn.",
            "Câu khác hẳn, cũng đủ dài.",
        )
    )
    assert isinstance(first, Article)
    assert isinstance(same, Article)
    assert isinstance(other, Article)
    assert first.key.startswith("sha256/")
    assert first.key == same.key != other.key


def test_a_canonical_address_on_a_dead_domain_is_not_followed() -> None:
    head = '<meta property="og:url" content="https://baophuyen.vn/95/112869/nuoc-rut/">'
    document = open_document(page("https://phuyen.baodaklak.vn/suc-khoe/202503/nuoc-rut-3f71fbf/", head), REGISTRY)
    assert document.url == "https://phuyen.baodaklak.vn/suc-khoe/202503/nuoc-rut-3f71fbf/"
    assert document.outlet is not None
    assert document.outlet.name == "baodaklak"


def test_an_unknown_host_is_stored_with_a_warning() -> None:
    result = read(page("https://tin.example/nuoc-rut.html"), REGISTRY)
    assert isinstance(result, Article)
    assert result.outlet is None
    assert "unknown_outlet" in result.warnings


def test_a_name_the_registry_does_not_have_is_a_recorded_failure() -> None:
    result = read(page("https://tin.example/x.html", outlet="baosongma"), REGISTRY)
    assert isinstance(result, Rejection)
    assert result.kind == "failed"
    assert "baosongmay" in result.reason


def test_links_are_not_resolved_against_a_template_folder() -> None:
    head = '<base href="https://images.baoangiang.com.vn/static/templates/version1/homepage/">'
    document = open_document(page("https://baoangiang.com.vn/thoi-su/", head), REGISTRY)
    assert document.link("/x-a1.html") == "https://baoangiang.com.vn/x-a1.html"
    assert document.absolute("/image/a b.jpg") == "https://images.baoangiang.com.vn/image/a%20b.jpg"
    assert document.link("javascript:void(0)") is None


@given(st.text(alphabet="abc/:?#[]@!$&'()*+,;=%.-_~ áđ", max_size=60))
def test_any_address_gives_a_key(tail: str) -> None:
    result = read(page("https://baocantho.com.vn/" + tail), REGISTRY)
    assert getattr(result, "key", "").startswith("baocantho/") or isinstance(result, Rejection)
    assert not (isinstance(result, Rejection) and result.kind == "failed"), result
