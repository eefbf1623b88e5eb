"""Pages and what was read from them, as short as a test can say it. The provinces and people are invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.items import Article, Block, Page, Reading, Rejection, Result, SectionPage

START = datetime(2026, 11, 1, tzinfo=UTC)
OUTLET = "baosongmay"

CANAL = (
    "Sáng chủ nhật, hơn hai trăm đoàn viên xã Bến Lau cùng bà con xuống đồng vớt bèo, nạo vét bốn cây số kênh "
    "nội đồng và trồng lại hàng dừa nước dọc hai bờ."
)
RICE = (
    "Giá lúa hè thu ở Đồng Sậy nhích lên từng ngày khiến nông dân phấn khởi; thương lái đặt cọc từ rất sớm, "
    "máy gặt chạy suốt đêm trên những thửa ruộng phía tây."
)
SCHOOL = (
    "Trường tiểu học Núi Biếc vừa khánh thành thư viện xanh với ba nghìn đầu sách do phụ huynh quyên góp, "
    "mở cửa cả buổi tối cho học trò vùng cao đến đọc."
)


def article(number: int = 1, *paragraphs: str, outlet: str | None = OUTLET, **fields: Any) -> Article:
    """Return an article of ``outlet`` with the number as its id."""
    known: dict[str, Any] = {
        "key": f"{outlet}/a/{number}",
        "outlet": outlet,
        "url": url(number, outlet),
        "title": "Đoàn viên Bến Lau dọn kênh",
        "published_at": "2026-11-05T06:51:00+07:00",
        "blocks": [Block("paragraph", text) for text in paragraphs or (CANAL,)],
        "layout": "onecms",
    }
    return Article(**(known | fields))


def url(number: int, outlet: str | None = OUTLET) -> str:
    """Return the address of an article."""
    return f"https://{outlet}.test/bai-a{number}.html"


def reading(
    result: Result | None = None,
    *,
    at: float = 0,
    address: str | None = None,
    body: bytes | None = None,
    status: int = 200,
    **page: Any,
) -> Reading:
    """Return ``result`` as read from a page fetched ``at`` hours after the start."""
    result = result if result is not None else article()
    text = repr(result) if body is None else ""
    known: dict[str, Any] = {
        "url": address or result.url,
        "body": body if body is not None else f"<html><body>{text}</body></html>".encode(),
        "fetched_at": START + timedelta(hours=at),
        "status": status,
        "outlet": result.outlet,
        "headers": [("Content-Type", "text/html"), ("Set-Cookie", "a"), ("Set-Cookie", "b")],
    }
    return Reading(Page(**(known | page)), result)


def rejection(kind: str = "video", reason: str = "chỉ có video", number: int = 1) -> Rejection:
    """Return the rejection of the page with this number."""
    return Rejection(kind, reason, OUTLET, url(number))


def section(*numbers: int) -> SectionPage:
    """Return a section page that links to the articles with these numbers."""
    return SectionPage(OUTLET, f"https://{OUTLET}.test/thoi-su/", article_urls=[url(number) for number in numbers])
