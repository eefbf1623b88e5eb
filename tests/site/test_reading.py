"""The project reads the press's pages, and every field comes out as the content files have it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from crawler.extraction import read
from crawler.items import Article, Page, Rejection, Result, SectionPage
from crawler.registry import default_registry
from tests.site.pages import respond
from tests.site.papers import papers
from tests.site.truth import expected, truth

FIELDS = (
    "key", "outlet", "url", "title", "published_at", "modified_at", "authors", "source", "section", "lead",
    "paragraphs", "captions", "images", "tags",
)  # fmt: skip


@cache
def reading(url: str, edition: int) -> Result:
    """The page at ``url`` as the project reads it."""
    host, _, path = url.removeprefix("http://").partition("/")
    answer = respond(host, f"/{path}", edition)
    page = Page(
        url=url, body=answer.body, status=answer.status, fetched_at=datetime(2026, 11, 2, tzinfo=UTC), charset="utf-8"
    )
    return read(page, default_registry())


@pytest.mark.parametrize("edition", [1, 2])
@pytest.mark.parametrize("field", FIELDS)
def test_every_article_is_read_exactly(field: str, edition: int) -> None:
    wrong = {}
    for key, record in truth(edition).items():
        article = reading(record["url"], edition)
        assert isinstance(article, Article), (key, article)
        got = [image.url for image in article.images] if field == "images" else getattr(article, field)
        if got != record[field]:  # type: ignore[literal-required]
            wrong[key] = (got, record[field])  # type: ignore[literal-required]
    assert wrong == {}


def test_pages_that_only_look_like_articles_are_told_apart() -> None:
    results = {url: reading(url, 1) for url in expected().rejected}
    assert {url: r.kind for url, r in results.items() if isinstance(r, Rejection)} == expected().rejected


@pytest.mark.parametrize("paper", papers().values(), ids=papers().keys())
def test_section_pages_lead_to_every_article_of_theirs(paper) -> None:
    outlet = default_registry().get(paper.name)
    found: set[str] = set()
    for path in outlet.sections:
        waiting = [f"http://{paper.host}{path}"]
        while waiting:
            page = reading(waiting.pop(0), 1)
            assert isinstance(page, SectionPage), (path, page)
            found.update(page.article_urls)
            waiting += page.next_pages[:1]
    outcome = expected()
    own = {record["url"]: key for key, record in truth(1).items() if record["outlet"] == paper.name}
    moved = {old: key for old, key in outcome.moved.items() if key.startswith(paper.name)}
    variants = {url for key, urls in outcome.variants.items() if key.startswith(paper.name) for url in urls}
    rejected = {url for url in outcome.rejected if f"//{paper.host}/" in url}
    linked = {url for url, key in own.items() if key not in moved.values()}
    assert found == linked | moved.keys() | variants | rejected
