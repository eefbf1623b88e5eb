"""Where the article stands in the paper: section path and tags."""

from __future__ import annotations

import re

from crawler.extraction.cleaning import same_text
from crawler.extraction.document import Document
from crawler.extraction.families import GENERIC
from crawler.extraction.finder import text_of
from crawler.extraction.generic.tags import tags as generic_tags
from crawler.extraction.match import Match
from crawler.extraction.metadata import clean_text
from crawler.extraction.text import unique
from crawler.items import Article

_HOME = re.compile(r"^(?:trang\s*chủ|home|trang\s*nhất|báo .{2,30} (?:online|điện tử))$", re.IGNORECASE)
_EDGES = " >»/›|\u00bb\u203a"


def read_section_path(article: Article, document: Document, match: Match) -> None:
    """Set the section path, outermost first, without the home page."""
    assert document.metadata is not None
    for css in match.layout.section:
        names = crumbs([text_of(element) or "" for element in document.finder.select(css)], article.title)
        if names:
            article.section, article.provenance["section"] = names, match.family.trusted
            return
    for names, origin in (
        (crumbs(document.metadata.breadcrumb, article.title), "json-ld"),
        (crumbs([document.metadata.text("articleSection") or ""], article.title), "json-ld"),
        (
            crumbs([clean_text(document.metadata.metas.get("article:section", "")) or ""], article.title),
            "meta",
        ),
    ):
        if names:
            article.section, article.provenance["section"] = names, origin
            return


def crumbs(names: list[str], title: str | None) -> list[str]:
    """The names of a section path without the home page and the article itself, each once."""
    kept = [name.strip(_EDGES) for name in names]
    return unique([name for name in kept if name and not _HOME.match(name) and not (title and same_text(name, title))])


def read_tags(document: Document, match: Match) -> list[str]:
    """The tags as printed, without those that stand on every page of the site; without rules also as stated."""
    for css in match.layout.tags:
        elements = document.finder.select(css)
        if document.outlet and document.outlet.site_tags:
            elements = elements[: -document.outlet.site_tags]
        tags = unique([(text_of(element) or "").lstrip("#").strip(" ,;") for element in elements])
        if tags:
            return tags
    return generic_tags(document, _whole_text(match)) if match.family is GENERIC else []


def _whole_text(match: Match) -> str:
    return "\n".join([match.lead or "", *(block.text for block in match.text.blocks)])
