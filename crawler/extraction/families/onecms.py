"""Family A, OneCMS: Hà Nội, Hải Phòng, Đà Nẵng, Nghệ An, Lâm Đồng (``sc-*``, ``c-news-detail``, ``onecms__*``)."""

from __future__ import annotations

from crawler.extraction.families.base import Family
from crawler.layout import Layout

_DETAIL = Layout(
    name="onecms-detail",
    body=(
        "div.c-news-detail .entry",
        "div.c-news-detail [itemprop=articleBody]",
        "div.b-maincontent .entry",
        ".entry.entry-no-padding",
        "div.c-news-detail div.b-maincontent",
        "div.c-news-detail",
    ),
    title=(
        "h1.block-sc-title",
        "h1.sc-longform-header-title",
        "div.c-news-detail h1",
        "h1.c-detail-head__title",
    ),
    date=(
        ".block-sc-publish-time",
        ".sc-longform-header-date",
        ".c-detail-head__time",
        ".c-news-detail .time",
    ),
    lead=("p.block-sc-sapo", ".sc-longform-header-sapo", ".c-news-detail .sapo", ".c-detail-head__sapo"),
    byline=(".block-sc-author", ".sc-longform-header-author", ".vtranslate-author-translate"),
    source=("div.c-author-page .btn", "div.c-author-page [title]"),
    section=("ol.breadcrumb li", "ul.breadcrumb li"),
    tags=(".onecms__tags a", ".c-widget-tags a"),
    photo=(".sc-longform-header-media img",),
    photo_caption=(".sc-longform-header-media figcaption", ".sc-longform-header-media .caption"),
    leave_out=(
        ".sc-longform-header",
        ".block-sc-longform-header",
        ".c-box",
        ".sc-related-articles",
        ".c-author-page",
        ".c-banner-inpage",
        ".c-article-reaction",
        ".c-share-detail",
        ".c-comments",
        ".c-detail-head",
        ".toast",
    ),
    end=(".sc-empty-layer",),
    main=("div.l-content",),
    aside=(".l-sidebar", ".l-nav", ".c-header", ".l-footer", ".c-footer", ".c-menu-outer", "nav", "footer"),
)


class OneCms(Family):
    """JSON-LD is right to the second; ``article:published_time`` and a program's ``datetimenow`` are month/day."""

    name = "onecms"
    layouts = (_DETAIL,)
    json_ld_author = True
    date_order = "mdy"
