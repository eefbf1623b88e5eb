"""Broken markup mended, then parsed once.

Newspaper templates carry whole documents inside documents, a ``</html>`` before ``<head>``, elements that are
never closed. libxml2 answers with a nearly empty or a cut tree; so the text is mended first.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.etree import _Element as Element

# Nesting deeper than this is flattened: real pages stay under 60, and the block reader recurses.
MAX_DEPTH = 200

_DOCUMENT_TAGS = re.compile(r"<!doctype\b[^>]*>|<\?xml\b[^>]*>|</?(?:html|body|head)\b[^>]*>", re.IGNORECASE)
_LANG = re.compile(r"<html\b[^>]*?\blang\s*=\s*[\"']?([A-Za-z-]{2,8})", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>")
_TAG_NAMES = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
# Content of these is not markup; a "<div>" in a script must not count as nesting.
_RAW_TEXT = re.compile(r"<(script|style|textarea|title)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()
    # Closed by the parser itself where a template forgets to.
    + "p li dt dd option thead tbody tr td th".split()
)
# XML 1.0 forbids these; libxml2 would stop or drop the text around them.
_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\ufffe\uffff]")


def parse(text: str) -> tuple[Element, str | None]:
    """Parse HTML text of any quality; returns the root element and the ``lang`` of the document, if stated.

    Raises :class:`ValueError` when there is no element at all.
    """
    lang = _LANG.search(text, 0, 4096)
    parser = etree.HTMLParser(
        huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True
    )
    root = etree.fromstring(mend(text).encode("utf-8", "replace"), parser)
    if root is None:
        raise ValueError("no markup in the document")
    return root, lang[1].lower() if lang else None


def mend(text: str) -> str:
    """Make one flat document of ``text``: no nested documents, no control characters, bounded nesting."""
    text = _CONTROLS.sub("", text)
    text = _DOCUMENT_TAGS.sub("", text)
    if _too_deep(text):
        text = _flatten(text)
    return text


def _too_deep(text: str) -> bool:
    depth = 0
    for slash, name in _TAG_NAMES.findall(text):
        if name in _VOID or name.lower() in _VOID:
            continue
        if slash:
            depth = depth - 1 if depth else 0
        else:
            depth += 1
            if depth > MAX_DEPTH:
                return True
    return False


def _flatten(text: str) -> str:
    """Leave out start tags below :data:`MAX_DEPTH` (their text stays) and the end tags that belong to them.

    An inline element still open where a block begins was never closed: it is closed there in our count.
    """
    open_names: list[str] = []
    skipped: dict[str, int] = {}
    pieces: list[str] = []
    position = 0
    raw_spans = [(m.start(), m.end()) for m in _RAW_TEXT.finditer(text)]
    raw_index = 0
    for match in _TAG.finditer(text):
        start = match.start()
        while raw_index < len(raw_spans) and raw_spans[raw_index][1] <= start:
            raw_index += 1
        if raw_index < len(raw_spans) and raw_spans[raw_index][0] <= start:
            continue
        name = match[2].lower()
        if name in _VOID or match[3].endswith("/"):
            continue
        keep = _count(name, bool(match[1]), open_names, skipped)
        if not keep:
            pieces.append(text[position:start])
            # Neighbouring blocks must not run together when their tags go.
            pieces.append("<br>" if name in ("div", "section", "article", "table") else "")
            position = match.end()
    pieces.append(text[position:])
    return "".join(pieces)


def _count(name: str, closing: bool, open_names: list[str], skipped: dict[str, int]) -> bool:
    """Follow one tag in the stack of open elements; tells whether the tag stays in the text."""
    if not closing:
        if len(open_names) >= MAX_DEPTH:
            skipped[name] = skipped.get(name, 0) + 1
            return False
        open_names.append(name)
        return True
    if skipped.get(name):
        skipped[name] -= 1
        return False
    # The nearest open element of that name, within reach: a stray end tag must not close half the page.
    for back in range(1, min(len(open_names), 12) + 1):
        if open_names[-back] == name:
            del open_names[-back:]
            return True
    return True
