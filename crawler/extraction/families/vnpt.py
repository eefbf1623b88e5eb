"""Family C, the VNPT portal: Đắk Lắk with Phú Yên, Đồng Nai, Thái Nguyên, Khánh Hòa and others."""

from __future__ import annotations

from crawler.extraction.families.base import Family
from crawler.layout import Layout

_LEAVE_OUT = (
    "h1.media-heading",
    "div.date",
    "ul.social",
    "div.bd02",
    ".tags-box",
    ".after-author",
    ".content-reply",
    ".detail-related-list",
)
_ASIDE = (
    "header",
    "footer",
    "nav",
    "aside",
    ".header",
    "#header",
    ".footer",
    ".section-post-detail-related",
    ".widget",
    ".sidebar",
)

# Real pages: the Phú Yên sub-site.
_POST_DETAIL = Layout(
    name="vnpt-post-detail",
    body=(
        ".wrapper-post-detail-main #content .td-post-content",
        ".wrapper-post-detail-main #content",
        ".wrapper-post-detail-main .content-detail",
        ".wrapper-post-detail-main .content-fully",
    ),
    title=(".wrapper-post-detail-main h1.title", ".detail-main-title h1", "h1.title"),
    date=(".group-time time", ".wrapper-post-detail-header time", ".detail-header-groups .time"),
    lead=(".wrapper-post-detail-main p.reply", ".content-reply .reply", ".content-reply"),
    byline=(".after-author .author",),
    section=(".group-category .breadcrumb li", ".breadcrumb li"),
    tags=(".tags-box .tags a",),
    photo=(".detail-main-title .group-image img",),
    photo_caption=(".detail-main-title .group-caption .caption",),
    leave_out=_LEAVE_OUT,
    main=("main", ".main"),
    aside=_ASIDE,
)
# Others' selectors for the main sites of the family.
_PORTAL = Layout(
    name="vnpt-portal",
    bold_lead=True,
    body=(
        "div.article_content div#content",
        "div#content .td-post-content",
        "div.content-detail",
        "div.article_content",
        "div#content",
    ),
    title=("h1.media-heading", "h1.head_title", "h1.title"),
    date=("div.date", ".post-date", "time.time", "span.date", ".time"),
    lead=(".sub_first_content strong", "div.desc", "p.desc", ".sapo"),
    byline=(".after-author .author", "p.author", "div.author"),
    section=(".breadcrumb li", ".breadcrumb a", ".breadcrumbs a"),
    tags=(".tags-box .tags a", ".tags a"),
    leave_out=_LEAVE_OUT,
    main=("main", ".main", "#main"),
    aside=_ASIDE,
)


class Vnpt(Family):
    """Leads stand apart on some sites and as the first bold paragraph on others."""

    name = "vnpt"
    layouts = (_POST_DETAIL, _PORTAL)
