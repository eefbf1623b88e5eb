"""A page that ends too early is read, and says so; it takes nothing away from what was known."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.archive import Archive
from crawler.extraction import read
from crawler.items import Article, Page
from crawler.pages import saved_pages
from crawler.registry import default_registry

PAGES = Path(__file__).parents[1] / "pages"
SAVED = next(saved for saved in saved_pages(PAGES) if saved.name == "baonghean__related_inside_video")
AT = datetime(2027, 1, 1, tzinfo=UTC)


def _page(body: bytes, hours: int = 0) -> Page:
    return Page(url=SAVED.page.url, body=body, fetched_at=AT.replace(hour=hours))


@pytest.mark.parametrize("cut", [0.6, 0.8])
def test_a_cut_page_gives_a_warning(cut: float) -> None:
    body = SAVED.page.body
    result = read(_page(body[: int(len(body) * cut)]), default_registry())
    assert isinstance(result, Article)
    assert any(warning.startswith("truncated") for warning in result.warnings)
    whole = read(_page(body), default_registry())
    assert isinstance(whole, Article)
    assert not any(warning.startswith("truncated") for warning in whole.warnings)


def test_cut_gzip_data_gives_a_warning() -> None:
    packed = gzip.compress(SAVED.page.body)
    result = read(_page(packed[: len(packed) - 12]), default_registry())
    assert isinstance(result, Article)
    assert any("gzip" in warning for warning in result.warnings if warning.startswith("truncated"))


def test_a_cut_page_of_a_known_article_is_no_edit(tmp_path: Path, run_scrapy) -> None:
    whole, cut = tmp_path / "whole" / "page.html", tmp_path / "cut" / "page.html"
    body = SAVED.page.body
    for path, content in ((whole, body), (cut, body[: body.rindex(b"</p>", 0, len(body) // 2)])):
        path.parent.mkdir()
        path.write_bytes(content)
        path.with_suffix(".json").write_text(f'{{"url": "{SAVED.page.url}"}}', "utf-8")
    assert run_scrapy("replay", whole).returncode == 0
    again = run_scrapy("replay", cut)
    assert "cut off" in again.stdout
    with Archive.open(tmp_path / "archive.db", read_only=True) as archive:
        latest = archive.connection.execute("SELECT body, revisions FROM articles_latest").fetchall()
        kept = archive.connection.execute("SELECT reason FROM rejections").fetchall()
    assert [row["revisions"] for row in latest] == [1]
    assert "\n\n".join(SAVED.expected["paragraphs"]) == latest[0]["body"]
    assert len(kept) == 1
