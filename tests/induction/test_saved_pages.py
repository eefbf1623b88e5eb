"""The saved pages of known papers, as if nobody knew the papers: drafts must do what the registry does."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.extraction import read
from crawler.induction.draft import draft
from crawler.items import Article
from crawler.outlet import host_of
from crawler.pages import SavedPage, saved_pages
from crawler.registry import Registry, default_registry

FIELDS = ("title", "published_at", "authors", "lead", "paragraphs", "captions", "tags")


def _by_host() -> dict[str, list[SavedPage]]:
    """Article pages of one host that the registry reads exactly; papers with less than two are left out."""
    found: dict[str, list[SavedPage]] = defaultdict(list)
    for saved in saved_pages(Path(__file__).parents[1] / "pages"):
        if saved.kind == "article" and saved.page.url:
            found[host_of(saved.page.url) or ""].append(saved)
    return {host: pages for host, pages in found.items() if len(pages) > 1}


PAGES = _by_host()


def wrong(pages: list[SavedPage], registry: Registry) -> list[tuple[str, str]]:
    """Page and field of what does not come out as expected."""
    results = [(saved, read(replace(saved.page, outlet=None), registry)) for saved in pages]
    return [
        (saved.name, name)
        for saved, result in results
        for name in FIELDS
        if not isinstance(result, Article) or getattr(result, name) != saved.expected[name]
    ]


def test_there_are_papers_of_every_family_seen() -> None:
    assert len(PAGES) >= 7


@pytest.mark.parametrize("host", PAGES)
def test_the_family_is_recognised_and_reads_as_the_registry_does(host: str) -> None:
    pages = PAGES[host]
    made = draft([saved.page for saved in pages])
    known = default_registry().for_url(f"https://{host}/")
    assert known is not None
    assert made.outlet.family == known.family
    assert wrong(pages, Registry([made.outlet])) == wrong(pages, default_registry())
    for saved in pages:
        assert saved.page.url
        if (theirs := known.article_id(saved.page.url)) is not None:
            mine = made.outlet.article_id(saved.page.url)
            assert mine is not None
            assert mine[1] == theirs[1]


@pytest.mark.parametrize("host", PAGES)
def test_selectors_learnt_without_any_family_read_most_of_a_paper(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.induction.draft.recognise", lambda examples, outlet: None)
    pages = PAGES[host]
    registry = Registry([draft([saved.page for saved in pages]).outlet])
    missed = [page for page, name in wrong(pages, registry) if name != "tags"]
    assert len(set(missed)) <= len(pages) // 4, missed
