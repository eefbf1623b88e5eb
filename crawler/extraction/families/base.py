"""What a family of CMS is: its layouts, and the few habits that selectors cannot say."""

from __future__ import annotations

from crawler.extraction.dates import Order
from crawler.layout import Layout


class Family:
    """One CMS. Subclasses state :attr:`name` and :attr:`layouts` and override a habit where theirs differs.

    Layouts are tried in order; the first whose body holds text is the page's. ``trusted`` is what the
    ``provenance`` of a field read by selector says.
    """

    name: str = ""
    layouts: tuple[Layout, ...] = ()
    trusted: str = "rule"
    #: Whether the JSON-LD author is the byline (elsewhere it is the paper or a login).
    json_ld_author: bool = False
    #: The order of day and month in fields for machines, ``None`` where they are in ISO 8601.
    date_order: Order | None = None
    #: Whether the CMS marks its own local time with a ``Z``.
    z_is_local: bool = False
