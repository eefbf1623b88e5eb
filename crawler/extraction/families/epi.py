"""Family E, ePi (``cms-body``, ``zce-content-body``, ``-post{id}.html``): Lào Cai, Hà Tĩnh, Gia Lai, SGGP."""

from __future__ import annotations

from crawler.extraction.families.base import Family
from crawler.layout import Layout

_DETAIL = Layout(
    name="epi-detail",
    body=(".article__body.cms-body", ".article__body", ".zce-content-body", ".cms-body"),
    title=("h1.article__title", "h1.cms-title"),
    date=(".article__meta time[datetime]", ".article__meta time", "meta.cms-date", ".article__meta .date"),
    lead=(".article__sapo", ".cms-desc"),
    byline=(".article__author", ".article__body .t1", ".cms-author"),
    source=(".article__source", ".cms-source"),
    section=(".breadcrumbs a", ".breadcrumb a"),
    tags=(".article__tags a",),
    photo=(".article__avatar img", ".article__header figure img"),
    photo_caption=(".article__avatar figcaption", ".article__header figcaption"),
    leave_out=(
        ".sda_middle",
        "[id^=sdaWeb_]",
        "[id^=adsWeb_]",
        ".ads_middle",
        ".related-news",
        ".rennab",
        ".article__tags",
        ".article__meta",
        ".article__author",
        "article.story",
        ".cms-related",
    ),
    main=(".site-body", ".main-col"),
    aside=(".sub-col", ".sidebar-right", "header", "footer", "nav", ".site-header", ".site-footer"),
)


class Epi(Family):
    """Times carry an offset without colon; ``dateModified`` repeats the publication."""

    name = "epi"
    layouts = (_DETAIL,)
