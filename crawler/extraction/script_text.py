"""An article that a script draws: its markup stands on the page as a string, in a variable or in embedded JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import SubElement, XPath
from lxml.etree import _Element as Element

from crawler.extraction.decoding import NotText
from crawler.extraction.document import Document
from crawler.extraction.finder import visible_text
from crawler.extraction.markup import parse

# Characters; shorter strings hold no article.
_SHORTEST = 200
_SCRIPTS = XPath("//script[not(@src) and not(contains(@type, 'ld+json'))]")
# Each alternative ends with its quote, its line (only a template spans lines) or the text: no character is read twice.
_STRING = re.compile(
    r""""[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|`[^`\\]*(?:\\.[^`\\]*)*`""", re.DOTALL
)
_PARAGRAPH = re.compile(r"(?:<|\\u003c|\\x3c|&lt;)(?:p|div|br|h2|figure)\b", re.IGNORECASE)
# A key of JSON, perhaps with its quotes escaped once more; with a few of them a string is data.
_KEY = re.compile(r"""["']\w+\\*["']\s*:""")
_FEW_KEYS = 4
# Where the script would put an advertisement or a value: $$AD$$, {{ item.title }}.
_SLOT = re.compile(r"\$\$\w+\$\$|\{\{[^{}]*\}\}")
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "v": "", "0": "", "\n": "", "\r\n": ""}


def draw(document: Document, bodies: list[Element]) -> bool:
    """Put the text that a script would draw into the page; tells whether there was any.

    ``bodies`` are the elements that hold the text by a rule: the first that is next to empty gets it, or the end of
    a page without any.
    """
    root = document.root
    place = next((body for body in bodies if len(visible_text(body)) < _SHORTEST), None)
    drawn = _longest_markup(root) if root is not None and (place is not None or not bodies) else None
    if root is None or drawn is None:
        return False
    if place is None:
        body = root.find("body")
        place = SubElement(root if body is None else body, "article")
    place.extend(list(drawn))
    document.changed()
    document.warnings.append("drawn_by_script: the text stood in a script")
    return True


def _longest_markup(root: Element) -> Element | None:
    """The body of the longest piece of HTML that stands in a script as a string, ``None`` where there is none."""
    longest, length = None, _SHORTEST
    for text in _markup_strings(root):
        if len(text) <= length:
            continue
        try:
            page, _ = parse(f"<body><div>{text}</div></body>".encode("utf-8", "replace"))
        except NotText:
            continue
        if len(seen := visible_text(page)) > length:
            longest, length = page.find("body"), len(seen)
    return longest


def _markup_strings(root: Element) -> Iterator[str]:
    for script in _SCRIPTS(root):
        code = script.text or ""
        if _PARAGRAPH.search(code):
            yield from _strings(code, nested=2)


def _strings(code: str, nested: int) -> Iterator[str]:
    """The strings of ``code`` that hold markup, unescaped; JSON inside a string is looked into ``nested`` times."""
    for match in _STRING.finditer(code):
        if len(match[0]) > _SHORTEST and _PARAGRAPH.search(match[0]):
            text = _unescaped(match[0][1:-1])
            if not _is_data(text):
                yield _SLOT.sub("", text)
            elif nested:
                yield from _strings(text, nested - 1)


def _is_data(text: str) -> bool:
    return text.lstrip()[:1] in ("{", "[") or len(_KEY.findall(text)) >= _FEW_KEYS


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_character, text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code:
        return chr(int(code, 16)) if int(code, 16) < 0x110000 else ""
    return _LETTERS.get(match[4], match[4])
