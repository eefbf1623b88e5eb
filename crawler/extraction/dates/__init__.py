"""Dates: text to moments (:mod:`.parse`), where a page states them, which of its statements holds.

What is imported from here are pure functions of text. :mod:`.statements` and :mod:`.printed` find what a page says,
:mod:`.choose` decides.
"""

from __future__ import annotations

from crawler.extraction.dates.forms import Order
from crawler.extraction.dates.line import is_date_line
from crawler.extraction.dates.parse import moments, parse, parse_stated, parse_us
from crawler.extraction.dates.stamp import Stamp, refuse
from crawler.extraction.dates.zones import zone

__all__ = ["Order", "Stamp", "is_date_line", "moments", "parse", "parse_stated", "parse_us", "refuse", "zone"]
