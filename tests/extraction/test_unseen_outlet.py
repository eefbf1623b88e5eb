"""An outlet of a known family that nobody has seen: its file says no more than where it is and what family it is of.

The pages are those of outlets the project knows, read with everything taken away that their own files say.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from crawler.answers import answer
from crawler.extraction import read
from crawler.items import Article
from crawler.outlet import Outlet
from crawler.outlet_tables import FAMILIES
from crawler.pages import SavedPage, saved_pages
from crawler.registry import Registry, default_registry
from tests.accuracy.measures import measure

#: Mean F1 of exactly equal paragraphs over the pages of a family.
FLOOR = 0.95
PAGES = saved_pages(Path(__file__).parents[1] / "pages")


def bare(outlet: Outlet) -> Outlet:
    """The outlet with nothing in its file but name, title, province, home, hosts, family and id spaces."""
    return Outlet(
        name=outlet.name,
        title=outlet.title,
        province=outlet.province,
        home=outlet.home,
        hosts=outlet.all_hosts,
        family=outlet.family,
        evidence="none",
        urls=outlet.urls,
    )


BARE = Registry([bare(outlet) for outlet in default_registry()])


def of_family(pages: list[SavedPage], family: str) -> list[SavedPage]:
    """The articles among ``pages`` whose CMS by their address is ``family``."""
    registry = default_registry()
    outlets = [registry.for_url(page.page.url or "") for page in pages]
    return [
        page
        for page, outlet in zip(pages, outlets, strict=True)
        if outlet and not outlet.layouts and outlet.families(page.page.url)[:1] == (family,) and page.kind == "article"
    ]


def unseen(saved: SavedPage) -> Article:
    """A saved page as read by the registry of bare outlets."""
    article = read(saved.page, BARE)
    assert isinstance(article, Article), f"{saved.name}: {getattr(article, 'reason', '')}"
    return article


@pytest.mark.parametrize("family", FAMILIES)
def test_paragraphs_title_and_minute_are_right_without_a_word_about_the_outlet(family: str) -> None:
    pages = of_family(PAGES, family)
    scores = {}
    for saved in pages:
        article = unseen(saved)
        scores[saved.name] = measure(saved.expected, answer(article))["para F1"]
        assert article.title == saved.wanted("title"), saved.name
        assert (article.published_at or "")[:16] == (saved.wanted("published_at") or "")[:16], saved.name
        assert (article.layout or "").startswith(family), f"{saved.name} was read without the family's rules"
    assert len(pages) >= 2
    assert sum(scores.values()) / len(scores) >= FLOOR, scores


def test_another_name_and_host_change_nothing() -> None:
    """The family's rules hang on no name: the same page as that of an invented paper."""
    for saved in of_family(PAGES, "onecms")[:5]:
        known = default_registry().for_url(saved.page.url or "")
        assert known is not None
        host = known.hosts[0]
        patterns = tuple(replace(pattern, hosts=("bao-la.test",)) for pattern in known.urls[:1])
        outlet = replace(bare(known), name="baola", home="https://bao-la.test/", hosts=("bao-la.test",), urls=patterns)
        page = replace(
            saved.page,
            url=(saved.page.url or "").replace(host, "bao-la.test"),
            body=saved.page.body.replace(host.encode(), b"bao-la.test"),
            outlet=None,
        )
        article = read(page, Registry([outlet]))
        assert isinstance(article, Article)
        assert (article.title, article.paragraphs) == (saved.wanted("title"), saved.wanted("paragraphs"))
        assert article.lead == saved.wanted("lead")
