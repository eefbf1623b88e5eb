"""Family B, the "version1/homepage" CMS (``content-fck``, ``-a{id}.html``): An Giang, Cần Thơ and relatives."""

from __future__ import annotations

from crawler.extraction.families.base import Family
from crawler.layout import Layout

_LEAVE_OUT = (
    ".pub-fontsize",
    ".pubshare",
    ".sharelike",
    ".detail-sharelike",
    "#linkshare",
    ".detail-tag",
    ".block_tag",
    ".detail-related",
    "#comment",
    "#fcbcomment",
    ".boxpayk",
    ".dcmobi",
    "#viewest_more",
)
_ASIDE = (
    "#colcate2",
    "#col3b",
    ".col-right",
    "#col-right",
    "header",
    "footer",
    "nav",
    "#menu",
    "#footer",
    "#header",
)
_TAGS = ("a.tag_item",)

_DETAIL = Layout(
    name="fck-detail",
    body=(
        "#newscontents .content-fck-font-size",
        "#newscontents .content-fck",
        "#newscontents",
    ),
    title=(".detail-title h1", "h1.margintopbot10", "h1.fw700", "h1.title"),
    date=("div.pubdate", "span.pubdate", ".pubdate"),
    lead=(".detail-desc p", ".detail-desc .content-fck", ".detail-desc"),
    byline=("#newscontents p.author", "#newscontents .author"),
    section=("ul.breadcrumb li", "h2.catename-h1 a", "div.titlecate h1 a", "div.titlecate a"),
    tags=_TAGS,
    leave_out=_LEAVE_OUT,
    caption=("#newscontents p.note", "#newscontents td.note", "#newscontents .caption"),
    main=("#colcate1", "div.col-left", "#content"),
    aside=_ASIDE,
)
# Đồng Tháp, Bình Dương, Tây Ninh before 2025, Cà Mau: others' selectors only.
_VARIANT = Layout(
    name="fck-variant",
    body=("#contentNews .singular-content", "#contentNews", "div.singular-content", "div.post-content"),
    title=("h1.title", "h1.post-title"),
    date=(".pubdate", ".post-date", ".date", "time"),
    lead=("h4.sapo", "p.sapo", ".sapo"),
    byline=(".author", "p.author"),
    section=("div.breadcrumb-news-detail a", ".category-title-box a", "ul.breadcrumb li"),
    tags=_TAGS,
    leave_out=_LEAVE_OUT,
    caption=("p.note", "td.note"),
    main=("#colcate1", "div.col-left", "#content"),
    aside=_ASIDE,
)


class Fck(Family):
    """The shown minute leads, JSON-LD adds the seconds where it knows the time of day."""

    name = "fck"
    layouts = (_DETAIL, _VARIANT)
