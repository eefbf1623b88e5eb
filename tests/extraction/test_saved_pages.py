"""Every saved page, field by field: the project's own and those a user keeps in ``local-pages/``."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.items import Article, Rejection
from crawler.pages import SavedPage, saved_pages

ROOT = Path(__file__).parents[2]
LOCAL = ROOT / "local-pages"
PAGES = saved_pages(ROOT / "tests" / "pages") + (saved_pages(LOCAL) if LOCAL.is_dir() else [])
FIELDS = [pytest.param(saved, name, id=f"{saved.name}-{name}") for saved in PAGES for name in saved.fields]
ARTICLES = [pytest.param(saved, id=saved.name) for saved in PAGES if saved.kind == "article"]


@pytest.mark.parametrize("saved", [pytest.param(saved, id=saved.name) for saved in PAGES])
def test_kind(saved: SavedPage) -> None:
    assert saved.result.kind == saved.kind, getattr(saved.result, "reason", "")


@pytest.mark.parametrize(("saved", "name"), FIELDS)
def test_field(saved: SavedPage, name: str) -> None:
    assert saved.got(name) == saved.wanted(name)


@pytest.mark.parametrize("saved", ARTICLES)
def test_no_junk_in_any_field(saved: SavedPage) -> None:
    assert saved.leaks() == []


@pytest.mark.parametrize("saved", ARTICLES)
def test_every_field_says_where_it_came_from(saved: SavedPage) -> None:
    article = saved.result
    assert isinstance(article, Article)
    for name in ("title", "published_at", "lead", "authors", "source", "section"):
        if getattr(article, name):
            assert article.provenance[name] in ("rule", "json-ld", "meta", "generic")
    assert article.layout


@pytest.mark.parametrize(
    "saved", [pytest.param(s, id=s.name) for s in PAGES if s.kind not in ("article", "section", "home")]
)
def test_a_rejection_says_why(saved: SavedPage) -> None:
    assert isinstance(saved.result, Rejection)
    assert len(saved.result.reason) > 5


@pytest.mark.parametrize("saved", [pytest.param(s, id=s.name) for s in PAGES if "warnings" in s.expected])
def test_warnings_that_must_occur(saved: SavedPage) -> None:
    article = saved.result
    assert isinstance(article, Article)
    codes = {warning.split(":")[0] for warning in article.warnings}
    assert {warning.split(":")[0] for warning in saved.expected["warnings"]} <= codes
