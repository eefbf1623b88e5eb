"""Pieces of running text with the way they are set, which tells captions and bylines from paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from lxml.etree import _Element as Element

from crawler.items import BlockKind

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center|justify)", re.IGNORECASE)
_TINT = re.compile(r"(?<![\w-])(color|font-size)\s*:\s*([^;\"']+)", re.IGNORECASE)
_SIDES = ("left", "right", "center", "justify")


@dataclass(slots=True)
class Piece:
    """One piece of the body before it is judged: a block of text, or a photo or player.

    ``image`` is a photo's address, empty for a player. ``tint`` is colour and size where the markup states them.
    ``linked`` is the share of its letters that are links, ``links`` where they lead. ``bold_tail`` is the bold end
    of a text that is not bold. ``marked`` is what the markup calls it: ``caption``, ``caption?`` (a caption
    beside a photo only), ``figure`` (one wherever its photo is), ``byline``.
    """

    kind: BlockKind = "paragraph"
    text: str = ""
    image: str | None = None
    align: str = ""
    tint: str = ""
    bold: bool = False
    italic: bool = False
    linked: float = 0.0
    links: tuple[str, ...] = ()
    bold_tail: str = ""
    element: Element | None = None
    marked: str = ""
    alt: str = ""
    floated: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is text of the body: no photo, no caption."""
        return self.image is None and self.kind != "caption"

    @property
    def is_photo(self) -> bool:
        """Whether it is a photo or a player."""
        return self.image is not None


@dataclass(slots=True)
class Left:
    """A box that was left out of the body: its text and the rule."""

    text: str
    rule: str


class Ink(NamedTuple):
    """A run of inline text with its setting; ``link`` is the address it leads to."""

    text: str
    bold: bool = False
    italic: bool = False
    tint: str = ""
    link: str | None = None


@dataclass(slots=True)
class Style:
    """How text is set at one place of the tree, as far as the markup itself says."""

    align: str = ""
    bold: bool = False
    italic: bool = False
    tint: str = ""
    link: str | None = None
    kind: BlockKind = "paragraph"
    marked: str = ""

    def inside(self, element: Element) -> Style:
        """The style of text inside ``element``, which stands in text of this style."""
        css = element.get("style", "")
        inner = Style(self.align, self.bold, self.italic, self.tint, self.link, self.kind, self.marked)
        tag = element.tag
        if tag in ("b", "strong", "th") or tag in HEADINGS or (css and _BOLD.search(css)):
            inner.bold = True
        elif css and _NOT_BOLD.search(css):
            inner.bold = False
        if tag in ("i", "em", "cite") or (css and _ITALIC.search(css)):
            inner.italic = True
        if tag == "a" and element.get("href"):
            inner.link = element.get("href")
        inner.align = _alignment(element, css) or self.align
        inner.tint = _tint(element, css) or self.tint
        return inner

    def ink(self, text: str) -> Ink:
        """``text`` set in this style."""
        return Ink(text, self.bold, self.italic, self.tint, self.link)


def _alignment(element: Element, css: str) -> str:
    found = _ALIGN.search(css) if css else None
    if found:
        return found[1].lower()
    stated = element.get("align", "").lower()
    if stated in _SIDES:
        return stated
    if element.tag == "center":
        return "center"
    tokens = element.get("class", "").lower().split()
    for side in ("right", "center"):
        if f"text-{side}" in tokens or f"align-{side}" in tokens or f"{side}-text" in tokens:
            return side
    return ""


def _tint(element: Element, css: str) -> str:
    if element.tag == "font":
        return f"{element.get('color', '')}/{element.get('size', '')}".lower().strip("/")
    if element.tag in ("small", "h5", "h6"):
        return "small"
    return ";".join(f"{name}={value.strip()}".lower() for name, value in _TINT.findall(css)) if css else ""
