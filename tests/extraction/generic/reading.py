"""A page of a paper that nobody wrote rules for; every text is invented."""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.extraction import read
from crawler.items import Article, Page, Result
from crawler.registry import Registry

NOBODYS = Registry([])
TITLE = "Hội đua ghe ở Bình Lộc đón thêm bốn đội mới"
LEAD = "Mười hai đội từ tám ấp tranh tài trên kênh Bình Lộc, đông nhất kể từ ngày hội được lập lại cách đây sáu năm."
A = (
    "Sáng qua, hàng trăm người dân xã Bình Lộc có mặt từ sớm bên bờ kênh để xem hội đua ghe đầu năm của các ấp; "
    "người ngồi kín hai bên cầu, trẻ con trèo cả lên ghe chở lúa đang neo."
)
B = (
    "Theo ban tổ chức, năm nay có mười hai đội đua, tăng bốn đội so với lần trước, nhiều tay chèo còn rất trẻ và lần "
    "đầu được cầm mái chèo ở một cuộc đua lớn."
)
C = (
    "Ông Lâm Văn Tới, người làng lâu năm, cho biết bà con chuẩn bị suốt hai tháng, tập luyện cả những đêm mưa, chiếc "
    "ghe nào cũng được trám lại và sơn mới trước ngày thi."
)
BODY = "".join(f"<p>{text}</p>" for text in (A, B, C))


def markup(article: str, head: str = "", after: str = "") -> str:
    return (
        f"<html lang='vi'><head><title>{TITLE} - Báo Thử</title>{head}</head><body><nav><a href='/'>Trang chủ</a></nav>"
        f"<main><article><h1>{TITLE}</h1>{article}</article>{after}</main></body></html>"
    )


def result(html: str) -> Result:
    return read(
        Page("https://bao.example/xa-hoi/hoi-dua-ghe.html", html.encode(), datetime(2027, 1, 1, tzinfo=UTC)), NOBODYS
    )


def article(html: str) -> Article:
    found = result(html)
    assert isinstance(found, Article), found
    return found
