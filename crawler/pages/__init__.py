"""Saved pages with the record that should come out of them: reading a folder, comparing, keeping new ones.

``saved_pages(folder)`` reads any of the layouts in use, ``differences`` compares a record field by field,
``save`` and ``rewrite`` keep what is now read as the expected record, for a person to review.
"""

from __future__ import annotations

from crawler.pages.compare import ARTICLE_FIELDS, SECTION_FIELDS, Difference, differences, leaks
from crawler.pages.keep import save, write_expected
from crawler.pages.layouts import saved_pages
from crawler.pages.saved import SavedPage

__all__ = [
    "ARTICLE_FIELDS",
    "SECTION_FIELDS",
    "Difference",
    "SavedPage",
    "differences",
    "leaks",
    "save",
    "saved_pages",
    "write_expected",
]
