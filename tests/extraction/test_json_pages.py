"""JSON documents of a paper's API become articles and lists where its outlet file says how."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.discovery import seeds
from crawler.extraction import read
from crawler.items import Article, Page, Rejection, Result, SectionPage
from crawler.json_source import at_path, made_of
from crawler.registry import default_registry

API = "https://api-dienbien.baodienbienphu.vn/api/web/"
ITEM = {
    "article_title": "Bản Phiêng mở lại chợ sớm &amp; lớp học đêm",
    "article_slug": "ban-phieng-mo-lai-cho-som",
    "category_slug": "xa-hoi",
    "article_type_slug": "tin-bai",
    "category_name": "Xã hội",
    "article_description": "Sau hai năm vắng, chợ sớm bản Phiêng họp lại vào sáng thứ bảy.",
    "article_content": "<p>Từ bốn giờ sáng, bà con đã gùi rau xuống chợ; ai đến trước ngồi gần gốc gạo.</p>"
    "<p>Trưởng bản Lò Văn Thử nói chợ họp đến tám giờ thì tan.</p>",
    "article_published_at": "2026-10-12 08:15:00",
    "article_author": "Quàng Thị Mẫu",
    "article_tags": [{"name": "chợ phiên"}, {"name": "Điện Biên"}],
}


def result(data: Any, url: str | None = API + "article", outlet: str | None = None) -> Result:
    body = data if isinstance(data, bytes) else json.dumps(data).encode()
    return read(
        Page(url=url, body=body, fetched_at=datetime(2026, 11, 1, tzinfo=UTC), outlet=outlet), default_registry()
    )


def test_an_article_of_the_api_is_read_like_a_page() -> None:
    article = result({"status": 1, "data": ITEM})
    assert isinstance(article, Article)
    assert article.title == "Bản Phiêng mở lại chợ sớm & lớp học đêm"
    assert article.lead == ITEM["article_description"]
    assert article.paragraphs == [
        "Từ bốn giờ sáng, bà con đã gùi rau xuống chợ; ai đến trước ngồi gần gốc gạo.",
        "Trưởng bản Lò Văn Thử nói chợ họp đến tám giờ thì tan.",
    ]
    assert article.published_at == "2026-10-12T08:15:00+07:00"
    assert (article.authors, article.section, article.tags) == (
        ["Quàng Thị Mẫu"],
        ["Xã hội"],
        ["chợ phiên", "Điện Biên"],
    )


def test_it_is_the_article_of_its_web_page() -> None:
    article = result({"status": 1, "data": ITEM})
    assert isinstance(article, Article)
    assert article.key == "baodienbienphu/slug/ban-phieng-mo-lai-cho-som"
    assert article.url == "https://baodienbienphu.vn/tin-bai/xa-hoi/ban-phieng-mo-lai-cho-som"


@pytest.mark.parametrize("stamp", [1791767700, 1791767700000])
def test_a_number_is_a_time_in_seconds_or_milliseconds(stamp: int) -> None:
    article = result({"data": ITEM | {"article_published_at": stamp}})
    assert isinstance(article, Article)
    assert article.published_at == "2026-10-12T08:15:00+07:00"


def test_lists_of_articles() -> None:
    items = [ITEM | {"article_slug": f"bai-{number}"} for number in (3, 1, 1)] + [{"article_slug": "x"}, 5]
    section = result({"status": 1, "data": {"list": items}})
    assert isinstance(section, SectionPage)
    assert section.article_urls == [f"https://baodienbienphu.vn/tin-bai/xa-hoi/bai-{number}" for number in (3, 1)]
    links = [{"link": "https://baocaobang.vn/mot-bai-3188701.html"}, {"link": "https://khac.test/x-1.html"}]
    section = result({"data": links}, "https://baocaobang.vn/list-post-by-category?page=2&category_id=57")
    assert isinstance(section, SectionPage)
    assert section.article_urls == ["https://baocaobang.vn/mot-bai-3188701.html"]
    assert section.next_pages == ["https://baocaobang.vn/list-post-by-category?page=3&category_id=57"]


@pytest.mark.parametrize(
    ("data", "url"),
    [
        ({"data": {"list": []}}, API),
        ({"data": None}, API),
        ({"data": ITEM | {"article_content": ""}}, API),
        ({"data": ITEM | {"article_content": {"a": 1}}}, API),
        ([1, 2], API),
        ({"data": ITEM}, "https://baocantho.com.vn/x.json"),
        ({"data": ITEM}, None),
    ],
)
def test_any_other_data_is_no_page(data: Any, url: str | None) -> None:
    rejection = result(data, url)
    assert isinstance(rejection, Rejection)
    assert rejection.kind == "not_article"


def test_a_crawl_begins_at_every_list_whose_sections_are_known() -> None:
    addresses = [candidate.url for candidate in seeds(default_registry().get("baocaobang"))]
    assert sum("list-post-by-category?page=1&" in address for address in addresses) == 11
    assert not [seed for seed in seeds(default_registry().get("baodienbienphu")) if "{" in seed.url]


def test_key_paths_and_addresses() -> None:
    assert at_path({"a": [{"b": 1}]}, "a.0.b") == 1
    assert at_path({"a": 1}, "a.b.c") is None
    assert made_of("/{a}/{b.c}", {"a": "x", "b": {"c": 5}}) == "/x/5"
    assert made_of("/{a}/{b}", {"a": "x", "b": ""}) is None
