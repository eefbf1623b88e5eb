"""Any news page: the element that holds the most running text, where no family's layout fits."""

from __future__ import annotations

from lxml.etree import XPath
from lxml.etree import _Element as Element

from crawler.extraction.families.base import Family
from crawler.layout import Layout

# Around the article, by element or by class.
_AROUND = "".join(
    f" or ancestor::*[contains(@class, '{word}') or contains(@id, '{word}')]"
    for word in ("footer", "header", "sidebar", "menu", "comment", "related", "copyright", "contact")
)
_PARAGRAPHS = XPath(
    f"//p[not(ancestor::nav or ancestor::footer or ancestor::header or ancestor::aside or ancestor::form{_AROUND})]"
)
_DETAIL = Layout(
    name="generic",
    body=(
        "[itemprop=articleBody]",
        "article .content-detail",
        ".detail-content",
        ".article-content",
        ".post-content",
    ),
    title=("h1[itemprop=headline]", "article h1", "main h1", "h1"),
    date=("article time[datetime]", "time[datetime][pubdate]", "time[itemprop=datePublished]"),
    lead=("[itemprop=description]:not(meta)", "h2.sapo", "p.sapo", ".sapo", ".article-sapo"),
    byline=("[itemprop=author]", "[rel=author]", "p.author", ".article-author"),
    section=(".breadcrumb li", ".breadcrumbs a", ".breadcrumb a"),
    tags=("a[rel=tag]",),
    main=("main", "#main", "#content"),
    aside=("header", "footer", "nav", "aside", ".sidebar"),
)


class Generic(Family):
    """Structured data first; the body is a marked element or the one with the most paragraph text."""

    name = "generic"
    layouts = (_DETAIL,)
    trusted = "generic"
    json_ld_author = True

    def densest(self, root: Element) -> Element | None:
        """The element whose own paragraphs hold the most text, at least 200 characters; else ``None``."""
        weights: dict[Element, int] = {}
        for paragraph in _PARAGRAPHS(root):
            parent = paragraph.getparent()
            length = sum(len(text.strip()) for text in paragraph.itertext())
            linked = sum(len(text) for link in paragraph.iter("a") for text in link.itertext())
            if parent is not None and length > 30 and linked * 2 < length:
                weights[parent] = weights.get(parent, 0) + length
        if not weights:
            return None
        best = max(weights, key=lambda element: weights[element])
        return best if weights[best] >= 200 else None
