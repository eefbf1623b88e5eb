"""Family F (``#dcontent``, ``-{id}.htm``): Thanh Hóa, Phú Thọ. By others' selectors only."""

from __future__ import annotations

from crawler.extraction.families.base import Family
from crawler.layout import Layout

_DETAIL = Layout(
    name="dcontent-detail",
    bold_lead=True,
    body=("#dcontent",),
    title=("h1.pTitle", "h1.article__title", "#dcontent h1"),
    date=(".pdate", ".stime", ".article__meta time", ".article__meta .date"),
    lead=("p.pHead", ".pHead", "div.article__sapo", ".article__sapo"),
    byline=(".pAuthor", "#dcontent .author", ".article__author"),
    source=(".pSource", ".article__source"),
    section=(".breadcrumb li", ".breadcrumb a", ".breadcrumbs a"),
    tags=(".tags a", ".article__tags a"),
    leave_out=("h1.pTitle", ".pHead", ".pdate", ".stime", ".article__sapo", ".related", ".tags", ".social", ".ads"),
    main=("main", "#main", ".col-left"),
    aside=("header", "footer", "nav", "aside", ".sidebar", ".col-right"),
)


class DContent(Family):
    """A part of the text is drawn by script from letters set in disorder; what cannot be read is no text."""

    name = "dcontent"
    layouts = (_DETAIL,)
