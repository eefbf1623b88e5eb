"""Broken markup mended, then parsed once.

Newspaper templates carry whole documents inside documents, a ``</html>`` before ``<head>``, elements that are
never closed. libxml2 answers with a nearly empty or a cut tree; so the text is mended first.
"""

from __future__ import annotations

import re

from lxml import etree
from lxml.etree import _Element as Element

from crawler.extraction.decoding import NotText

# Nesting deeper than this is flattened: real pages stay under 60, and the block reader recurses.
MAX_DEPTH = 150

_DOCUMENT_TAGS = re.compile(rb"<(?:!doctype|\?xml|/?(?:html|body|head))\b[^>]*>", re.IGNORECASE)
_LANG = re.compile(rb"<html\b[^>]*?\blang\s*=\s*[\"']?([A-Za-z-]{2,8})", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>")
# Content of these is not markup; a "<div>" in a script must not count as nesting.
_RAW_TEXT = re.compile(r"<(script|style|textarea|title)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
# Without end tag, or closed by the parser itself where a template forgets to.
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr p li dt dd option".split())
# Parts of a table end each other where end tags are missing: a row a row, a cell a cell.
_RANK_IN_TABLE = {"thead": 1, "tbody": 1, "tfoot": 1, "tr": 2, "td": 3, "th": 3}
# Levels; an end tag closes no element further out.
_END_TAG_REACH = 12
# XML 1.0 forbids these; libxml2 would stop or drop the text around them.
_CONTROLS = bytes([*range(9), 11, *range(14, 32)])
# What a tree can hold, where an entity wrote it (``&#1;``), and refuses to be given.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BEGIN = re.compile(rb"<(?:html|body)\b", re.IGNORECASE)
_END = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
# Attributes on a page, and on one element, beyond which they cannot be meant.
_MANY_ATTRIBUTES = 20_000
_MANY_ON_ONE = 500
_LONG_TAG = re.compile(rb"<([a-zA-Z][a-zA-Z0-9:-]*)[^<>]{2000,}>")
_TOO_DEEP = etree.XPath(f"boolean({'/*' * (MAX_DEPTH + 2)})")
_DEEPEST = etree.XPath("/*" * (MAX_DEPTH + 4))


def parse(utf8: bytes) -> tuple[Element, str | None]:
    """Parse UTF-8 HTML of any quality; returns the root element and the ``lang`` of the document, if stated.

    Raises :class:`NotText` when there is no element at all.
    """
    lang = _LANG.search(utf8, 0, 4096)
    markup = mend(utf8)
    root = _tree(markup)
    if _TOO_DEEP(root):
        root = _tree(_flatten(markup.decode("utf-8", "replace")).encode())
        _strip_below(root)
    return root, lang[1].decode().lower() if lang else None


def mend(utf8: bytes) -> bytes:
    """Make one document of the bytes: no documents inside it, no stray ends of it, no control characters."""
    markup = _DOCUMENT_TAGS.sub(b"", utf8.translate(None, _CONTROLS))
    if markup.count(b"=") > _MANY_ATTRIBUTES:
        # libxml2 compares each attribute with all before it: tens of thousands on one element take minutes.
        markup = _LONG_TAG.sub(_without_attributes, markup)
    return markup


def is_cut(utf8: bytes) -> bool:
    """Whether a document that begins as one never ends: the rest of it is missing."""
    if _END.search(utf8, max(0, len(utf8) - 4096)):  # where it stands nearly always
        return False
    return bool(_BEGIN.search(utf8, 0, 4096)) and not _END.search(utf8)


def _without_attributes(match: re.Match[bytes]) -> bytes:
    return b"<" + match[1] + b">" if match[0].count(b"=") > _MANY_ON_ONE else match[0]


def _tree(markup: bytes) -> Element:
    parser = etree.HTMLParser(huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(markup, parser)
    if root is None:
        raise NotText("empty document")
    _open_body(root)
    return root


def _open_body(root: Element) -> None:
    """Make a head that holds the page's text a body: libxml2 does not know elements that came after HTML 4.

    ``<main>`` or ``<app-root>`` behind the head's last element is one of the head to it, with all it holds.
    """
    head = root.find("head")
    if head is not None and any(head.find(f".//{tag}") is not None for tag in ("p", "div", "a")):
        head.tag = "body"


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


def _strip_below(root: Element) -> None:
    """Leave only text where the tree is still too deep: a broken tag or comment can hide others from our count."""
    for element in _DEEPEST(root):
        etree.strip_elements(element, "script", "style", with_tail=False)
        for block in element.iter("p", "div", "table", "tr", "td", "li", "section"):
            block.text, block.tail = _parted(block.text), _parted(block.tail)
        etree.strip_tags(element, "*")


def _parted(text: str | None) -> str:
    return " " + _NO_XML.sub("", text or "")


def _count(name: str, closing: bool, open_names: list[str], skipped: dict[str, int]) -> bool:
    """Follow one tag in the stack of open elements; tells whether the tag stays in the text."""
    if closing and skipped.get(name):
        skipped[name] -= 1
        return False
    if name in _RANK_IN_TABLE:
        _end_row_parts(name, open_names)
    elif closing:
        # The nearest open element of that name, within reach: a stray end tag must not close half the page.
        reach = len(open_names) if name == "table" else _END_TAG_REACH
        back = next((i for i, other in enumerate(reversed(open_names[-reach:]), 1) if other == name), 0)
        del open_names[len(open_names) - back :]
    if closing:
        return True
    if len(open_names) >= MAX_DEPTH:
        skipped[name] = skipped.get(name, 0) + 1
        return False
    open_names.append(name)
    return True


def _end_row_parts(name: str, open_names: list[str]) -> None:
    """A new row ends the row before it, a new cell the cell before it, within the innermost table."""
    table = len(open_names) - 1 - open_names[::-1].index("table") if "table" in open_names else -1
    for index in range(table + 1, len(open_names)):
        if _RANK_IN_TABLE.get(open_names[index], 0) >= _RANK_IN_TABLE[name]:
            del open_names[index:]
            return
