"""CSS selection on one page, fast: an index of classes and ids finds where a selector can begin."""

from __future__ import annotations

from functools import cache, cached_property

from cssselect import HTMLTranslator, SelectorError
from cssselect import parse as parse_css
from cssselect.parser import Class, CombinedSelector, Hash
from cssselect.parser import Element as CssElement
from lxml.etree import XPath
from lxml.etree import _Element as Element

from crawler.extraction.text import tidy

_UNSEEN = frozenset(("script", "style", "noscript", "template", "select", "textarea", "head", "title"))
_PARTING = frozenset("br div p td th tr li ul ol table section h1 h2 h3 h4 h5 h6 blockquote figure figcaption".split())
_IDENTIFIED = XPath("descendant-or-self::*[@id]")


class Finder:
    """Selects elements of one tree by CSS. The tree must not change while it is in use."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._found: dict[str, list[Element]] = {}

    @cached_property
    def _classes(self) -> dict[str, list[Element]]:
        index: dict[str, list[Element]] = {}
        for element in self.root.iter():
            names = element.get("class")
            if names:
                for name in names.split():
                    index.setdefault(name, []).append(element)
        return index

    @cached_property
    def _ids(self) -> dict[str, list[Element]]:
        index: dict[str, list[Element]] = {}
        for element in _IDENTIFIED(self.root):
            index.setdefault(element.get("id"), []).append(element)
        return index

    def _named(self, start: str) -> list[Element]:
        index = self._ids if start[0] == "#" else self._classes
        return index.get(start[1:], [])

    def select(self, css: str) -> list[Element]:
        """Elements that match ``css``, in document order for each selector of a comma list.

        Raises :class:`ValueError` naming a selector that is wrong.
        """
        known = self._found.get(css)
        if known is None:
            known = self._found[css] = self._select(css)
        return list(known)

    def _select(self, css: str) -> list[Element]:
        found: dict[Element, None] = {}
        for start, is_alone, anchored, anywhere in compiled(css):
            if start is None:
                found.update(dict.fromkeys(anywhere(self.root)))
            elif is_alone:
                found.update(dict.fromkeys(self._named(start)))
            else:
                for element in self._named(start):
                    found.update(dict.fromkeys(anchored(element)))
        return list(found)

    def first(self, alternatives: tuple[str, ...]) -> Element | None:
        """The first element with text that any of the ``alternatives`` finds, tried in their order."""
        for css in alternatives:
            for found in self.select(css):
                if found.tag in ("meta", "img") or any(text.strip() for text in found.itertext()):
                    return found
        return None


def text_of(element: Element | None, line_break: str = " ") -> str | None:
    """The tidied text of ``element``, ``None`` where there is none.

    Blocks and ``<br>`` part words; with ``line_break`` a newline, lines stay apart.
    """
    if element is None:
        return None
    pieces: list[str] = []
    _gather(element, pieces)
    lines = [tidy(line) for line in "".join(pieces).split("\0")]
    return line_break.join(line for line in lines if line) or None


def visible_text(element: Element) -> str:
    """The tidied text a reader sees of ``element``, in one line; scripts and styles are left out."""
    return text_of(element) or ""


def _gather(element: Element, pieces: list[str]) -> None:
    """Texts below ``element`` in order; a NUL stands for each edge of a block."""
    if element.tag in _UNSEEN:
        return
    parts = element.tag in _PARTING
    pieces.append("\0" if parts else "")
    pieces.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            _gather(child, pieces)
        pieces.append(child.tail or "")
    pieces.append("\0" if parts else "")


@cache
def compiled(css: str) -> tuple[tuple[str | None, bool, XPath, XPath], ...]:
    """Each selector of ``css``: class or id it begins with, whether that is all, XPath from there and from anywhere."""
    translator = HTMLTranslator()
    try:
        return tuple(
            (
                _start(selector.parsed_tree),
                _is_alone(selector.parsed_tree),
                XPath(translator.selector_to_xpath(selector, prefix="self::")),
                XPath(translator.selector_to_xpath(selector, prefix="descendant-or-self::")),
            )
            for selector in parse_css(css)
        )
    except SelectorError as error:
        raise ValueError(f"not a CSS selector: {css!r} ({error})") from error


def _is_alone(tree: object) -> bool:
    """Whether a selector is one class or id and nothing else."""
    return isinstance(tree, Class | Hash) and isinstance(tree.selector, CssElement) and tree.selector.element is None


def _start(tree: object) -> str | None:
    """The class or id that the leftmost element of a selector must have."""
    while isinstance(tree, CombinedSelector):
        tree = tree.selector
    while tree is not None:
        if isinstance(tree, Hash):
            return "#" + tree.id
        if isinstance(tree, Class):
            return "." + tree.class_name
        tree = getattr(tree, "selector", None)
    return None
