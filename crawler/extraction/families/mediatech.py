"""Family D, MediaTech: Tây Ninh since the merger, Quảng Ninh, Hưng Yên, Cao Bằng, Lạng Sơn (``#content-detail``)."""

from __future__ import annotations

from crawler.extraction.families.base import Family
from crawler.layout import Layout

_ASIDE = ("header", "footer", "nav", "aside", ".sidebar", ".col-right", ".block-right")

_DETAIL = Layout(
    name="mediatech-detail",
    bold_lead=True,
    body=("#content-detail", "div.detail.auto-gallery"),
    title=("h1.name", "h1.font1"),
    date=("div.date.font5", "div.date", ".date.font5"),
    lead=("p.sapo", "#content-detail .sapo", "#content-detail > h2:first-child", "div.sapo"),
    byline=("div.pseudonym", ".pseudonym"),
    source=("div.source", ".news-source"),
    section=(".breadcrumbs ol.breadcrumb li", "ol.breadcrumb li", ".breadcrumb a"),
    tags=(".tags a", ".list-tags a", ".tag a"),
    leave_out=(
        ".sapo",
        ".pseudonym",
        ".relates",
        ".topics",
        ".social",
        ".print_page",
        ".block-news-list",
        ".ads-zone-group",
        ".title-time",
        "h1.name",
        "div.date",
        ".tags",
    ),
    main=("main", ".col-left", ".content-left", "#main"),
    aside=_ASIDE,
)


class MediaTech(Family):
    """JSON-LD: ``datePublished`` is naive local time, ``dateModified`` is UTC, the author is a login."""

    name = "mediatech"
    layouts = (_DETAIL,)
