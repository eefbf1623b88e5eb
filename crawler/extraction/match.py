"""What was found to be the article of a page: the layout that fits, its body, the judged text."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.etree import _Element as Element

from crawler.extraction.body.running_text import RunningText
from crawler.extraction.families.base import Family
from crawler.layout import Layout

#: A body with fewer characters is no article's, unless photos or a lead stand with it.
MIN_BODY = 60


@dataclass(slots=True)
class Match:
    """The layout that fits a page, with its body element and the judged text.

    ``lead`` is one that no selector names: told by how the page sets it, in the text or above it. ``origin`` is how
    the text was found, where that was not by the layout.
    """

    family: Family
    layout: Layout
    body: Element
    text: RunningText
    lead: str | None = None
    origin: str | None = None

    @property
    def provenance(self) -> str:
        """How the text was found: ``rule``, ``generic`` or ``json-ld``."""
        return self.origin or self.family.trusted
