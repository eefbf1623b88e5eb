"""Who reads a saved page: this project, this project without the outlet's rules, or trafilatura as the baseline."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import trafilatura
from trafilatura.settings import Document

from crawler.answers import answer
from crawler.extraction import read
from crawler.pages import SavedPage
from crawler.registry import Registry

_NO_OUTLETS = Registry([])
_DATES = {"original_date": True, "extensive_search": True, "outputformat": "%Y-%m-%dT%H:%M"}


def by_rules(saved: SavedPage) -> dict[str, Any]:
    """The record as the project reads it."""
    return saved.record


def without_rules(saved: SavedPage) -> dict[str, Any]:
    """The record as it is read when no outlet is known."""
    return answer(read(replace(saved.page, outlet=None), _NO_OUTLETS))


#: The measures of fields that the baseline has.
BASELINE = frozenset(
    {"kind", "title", "minute", "authors", "nobody", "section", "lead", "para P", "para R", "para F1", "tags"}
    | {"4-gram P", "4-gram R", "4-gram F1", "caption leaks", "junk leaks"}
)


def baseline(saved: SavedPage) -> dict[str, Any]:
    """trafilatura's record, with the fields it knows; its dates have no zone, its description stands for the lead."""
    document = trafilatura.bare_extraction(
        saved.page.body, url=saved.page.url, with_metadata=True, date_extraction_params=_DATES
    )
    if not isinstance(document, Document):
        return {"kind": "not_article"}
    names = (document.author or "").split(";")
    return {
        "kind": "article",
        "title": document.title,
        "published_at": document.date,
        "authors": [name.strip() for name in names if name.strip()],
        "section": list(document.categories or ()),
        "lead": document.description,
        "paragraphs": [line.removeprefix("- ") for line in (document.text or "").splitlines() if line.strip()],
        "tags": list(document.tags or ()),
    }
