"""Any news page: where its headline and the rest usually stand, whatever the CMS."""

from __future__ import annotations

from crawler.extraction.families.base import Family
from crawler.layout import Layout

_DETAIL = Layout(
    name="generic",
    section=(".breadcrumb li", ".breadcrumbs a", ".breadcrumb a"),
    tags=("a[rel=tag]",),
    main=("main", "#main", "#content"),
    aside=("header", "footer", "nav", "aside", ".sidebar"),
)


class Generic(Family):
    """Structured data first; nothing is known of the markup."""

    name = "generic"
    layouts = (_DETAIL,)
    trusted = "generic"
