"""Feeds, sitemaps and robots.txt of the press."""

from __future__ import annotations

from collections.abc import Sequence

from tests.site import addresses
from tests.site.papers import Paper, Section
from tests.site.rendering import render
from tests.site.stories import Story


def rss(paper: Paper, section: Section, stories: Sequence[Story]) -> str:
    """The RSS feed of a section."""
    here = addresses.section(paper, section.path)
    return render(
        "rss.xml", paper=paper, heading=section.name, here=here, feed=addresses.feed(paper, section), items=stories
    )


def sitemap(paper: Paper, path: str, stories: Sequence[Story]) -> str | None:
    """A sitemap: one file (onecms), or an index with one file a month (fck); ``None`` for other paths."""
    if paper.family == "onecms":
        return _urls(paper, stories) if path == "/sitemap.xml" else None
    months = {f"/sitemaps/news-{story.published:%Y-%m}.xml" for story in stories}
    if path == "/sitemap.xml":
        return render("sitemapindex.xml", entries=[f"http://{paper.host}{month}" for month in sorted(months)])
    if path not in months:
        return None
    return _urls(paper, [story for story in stories if path.endswith(f"news-{story.published:%Y-%m}.xml")])


def robots(paper: Paper) -> str:
    """robots.txt: one folder closed, the sitemap named."""
    folder = paper.closed["path"].rpartition("/")[0]
    return f"User-agent: *\nDisallow: {folder}/\n\nSitemap: http://{paper.host}/sitemap.xml\n"


def _urls(paper: Paper, stories: Sequence[Story]) -> str:
    sections = [(addresses.section(paper, section.path), None) for section in paper.menu]
    articles = [(addresses.article(story), f"{story.published:%Y-%m-%d}") for story in stories]
    return render("sitemap.xml", entries=[(addresses.home(paper), None), *sections, *articles])
