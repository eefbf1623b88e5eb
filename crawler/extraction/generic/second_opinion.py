"""What trafilatura takes for the text of a page: a second opinion about each piece."""

from __future__ import annotations

import logging
from functools import cached_property
from itertools import islice

import trafilatura
from lxml import etree
from lxml.etree import _Element as Element

from crawler.extraction.text import letters

# Letters; a shorter text may stand inside another by chance, so it must be a block of its own.
_SHORT = 25
#: Elements; trafilatura takes time with their square: a minute for two hundred thousand. News pages have thousands.
MOST_ELEMENTS = 30_000
#: Between blocks of letters, which hold none.
_GAP = " "


class SecondOpinion:
    """The blocks of text that trafilatura finds on a page.

    There are none on a page of more than ``MOST_ELEMENTS``. ``root`` is the mended tree: trafilatura alone loses pages
    with a second document inside or a stray ``</html>``.
    """

    def __init__(self, root: Element) -> None:
        self._root = root

    def agrees(self, text: str) -> bool:
        """Whether ``text`` is among the blocks, as one of them or as a part of a longer one."""
        key = letters(text)
        return key in self._blocks or (len(key) >= _SHORT and key in self._joined)

    @cached_property
    def _blocks(self) -> frozenset[str]:
        return frozenset(letters(line) for line in _lines(self._root))

    @cached_property
    def _joined(self) -> str:
        return _GAP.join(self._blocks)


def _lines(root: Element) -> list[str]:
    if next(islice(root.iter(), MOST_ELEMENTS, None), None) is not None:
        return []
    markup = etree.tostring(root, encoding="unicode", method="html")
    # It logs an error for every page without text; for us that is an answer.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        text = trafilatura.extract(markup, include_comments=False, fast=True) or ""
    except Exception:  # a page that one reader cannot stand is read by the other
        return []
    return [line for line in text.split("\n") if line.strip()]
