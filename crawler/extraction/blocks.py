"""The running text of an article, block by block in reading order.

The reader walks the body's element once. Text that stands between block elements without one of its own is
text too; ``<br>`` separates where the page uses it as a paragraph mark. Each piece keeps how it was set
(aligned, bold, italic, linked, beside which photo), since captions and bylines are told by that.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from crawler.extraction.text import ends_sentence, tidy
from crawler.items import BlockKind

_BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul
    caption""".split()
)
_NEVER_TEXT = frozenset(
    """script style noscript iframe object embed applet svg math template select textarea button input form nav ins map
    audio video canvas link meta title head""".split()
)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(left|right|center|justify)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:\w*caption\w*|chu-?thich\w*|(?:img|image|photo|pic|picture)[_-]?(?:note|desc\w*|title|text)|note|desc_image)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
# Boxes that editors and templates put into the column of the text.
_BOX_CLASS = re.compile(
    r"(?:^|\s)(?:[\w-]*(?:related|relate-|relates?\b|tin-?lien-?quan|lien-?quan|tinlq|share|social|sharing|comment|binh-?luan|"
    r"advert|adsby|adsbox|ads-|-ads|quang-?cao|banner|breadcrumb|newsletter|subscribe|rating|google-?news|follow|toolbar|"
    r"fontsize|font-size-|print_page|sendmail|reaction|copy-?link|readmore|read-more|xem-?them|topics?\b|block-news-list|"
    r"wrap-tag|list-tag|tags-box|article__tags|onecms__tags)[\w-]*|ads?|rennab|oneads|tags)(?=$|\s)",
    re.IGNORECASE,
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-img", "data-image", "data-srcset", "src", "srcset")
_PLACEHOLDER_IMAGE = re.compile(r"^data:|/(?:grey|gray|blank|pixel|spacer|transparent|loading|lazy|no-?image)\.\w+$")
_ICON = re.compile(r"(?:icon|logo|emoji|smiley|/static/templates/.*/images/|sprite|\.svg(?:$|\?))", re.IGNORECASE)
# Layout tables hold one photo and its caption; a caption is not longer than this.
CAPTION_LENGTH = 420


@dataclass(slots=True)
class Piece:
    """One piece of the body before it is judged: a block of text, or a photo (``image`` is its address)."""

    kind: BlockKind = "paragraph"
    text: str = ""
    image: str | None = None
    align: str = ""
    bold: bool = False
    italic: bool = False
    linked: float = 0.0
    links: tuple[str, ...] = ()
    element: Element | None = None
    marked: str = ""
    in_table: bool = False
    line_of: int = 0


@dataclass(slots=True)
class Left:
    """A box that was left out of the body: its text and the rule."""

    text: str
    rule: str


@dataclass(slots=True)
class _Style:
    align: str = ""
    bold: bool = False
    italic: bool = False
    link: str | None = None
    kind: BlockKind = "paragraph"
    marked: str = ""
    in_table: bool = False


@dataclass(slots=True)
class _Run:
    """Inline text being gathered until a block ends it."""

    parts: list[tuple[str, bool, bool, str | None]] = field(default_factory=list)


class BlockReader:
    """Reads one body element into pieces.

    ``leave_out`` are elements that are no article text, ``captions`` and ``bylines`` elements the layout knows
    as such, ``end`` elements after which the text is over.
    """

    def __init__(
        self,
        leave_out: Collection[Element] = (),
        captions: Collection[Element] = (),
        bylines: Collection[Element] = (),
        end: Collection[Element] = (),
    ) -> None:
        self._leave_out = leave_out
        self._captions = captions
        self._bylines = bylines
        self._end = end
        self._run = _Run()
        self._ended = False
        self._lines = 0
        self.pieces: list[Piece] = []
        self.left: list[Left] = []

    def read(self, body: Element) -> list[Piece]:
        """The pieces of ``body`` in reading order; what was left out stands in :attr:`left`."""
        style = _styled(body, _Style())
        self._children(body, style)
        self._flush(style, body)
        return self.pieces

    # -- walking ----------------------------------------------------------------------------------------------

    def _children(self, element: Element, style: _Style) -> None:
        self._text(element.text, style)
        for child in element:
            if self._ended:
                return
            if isinstance(child.tag, str):
                self._element(child, style, element)
            self._text(child.tail, style)

    def _element(self, element: Element, style: _Style, parent: Element) -> None:
        if element in self._end:
            self._ended = True
            return
        tag = element.tag
        if tag == "br":
            self._run.parts.append(("\n", False, False, None))
        elif tag == "img":
            self._image(element, style, parent)
        elif tag in _NEVER_TEXT:
            if tag == "video" or tag == "iframe":
                self._flush(style, parent)
        elif self._is_box(element):
            self._flush(style, parent)
        elif tag == "table":
            self._flush(style, parent)
            self._table(element, _styled(element, style))
        elif tag in _BLOCKS:
            self._flush(style, parent)
            inner = self._block_style(element, style)
            self._children(element, inner)
            self._flush(inner, element)
        else:
            self._children(element, _styled(element, style))

    def _block_style(self, element: Element, style: _Style) -> _Style:
        inner = _styled(element, style)
        tag = element.tag
        if tag in _HEADINGS:
            inner.kind = "heading"
        elif tag == "li":
            inner.kind = "list_item"
        elif tag == "blockquote" and style.kind == "paragraph":
            inner.kind = "quote"
        if tag == "figcaption" or (tag != "figure" and _inside_figure(element)) or element in self._captions:
            inner.kind, inner.marked = "caption", "caption"
        elif element in self._bylines:
            inner.marked = "byline"
        elif not inner.marked and _CAPTION_CLASS.search(element.get("class", "")):
            inner.marked = "caption?"
        return inner

    def _is_box(self, element: Element) -> bool:
        rule = None
        if element in self._leave_out:
            rule = "layout"
        elif _HIDDEN.search(element.get("style", "")) or element.get("hidden") is not None:
            rule = "hidden"
        elif element not in self._bylines and element not in self._captions:
            name = f"{element.get('class', '')} {element.get('id', '')}".strip()
            if name and _BOX_CLASS.search(name) and element.tag not in ("p", "body", "a", "span", "strong", "b", "em"):
                rule = "box"
        if rule is None:
            return False
        text = tidy(" ".join(_visible(element)))
        if text:
            self.left.append(Left(text, rule))
        return True

    def _text(self, text: str | None, style: _Style) -> None:
        if text and not self._ended:
            self._run.parts.append((text.replace("\n", " "), style.bold, style.italic, style.link))

    def _image(self, element: Element, style: _Style, parent: Element) -> None:
        address = image_address(element)
        if address is None:
            return
        self._flush(style, parent)
        self.pieces.append(
            Piece(image=address, element=element, align=style.align, marked=style.marked, in_table=style.in_table)
        )

    # -- tables -----------------------------------------------------------------------------------------------

    def _table(self, table: Element, style: _Style) -> None:
        rows = [row for row in table.iter("tr") if _owner(row, "table") is table]
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        has_photo = any(image_address(image) for image in table.iter("img"))
        has_table = any(inner is not table for inner in table.iter("table"))
        columns = max((len(row) for row in cells), default=0)
        texts = [tidy(" ".join(_visible(cell))) for row in cells for cell in row]
        if has_photo and sum(map(len, texts)) <= CAPTION_LENGTH * max(1, _photos(table)):
            self._photo_table(table, style)
        elif not rows or has_photo or has_table or columns < 2 or sum(1 for text in texts if text) < 2:
            inner = _styled(table, style)
            self._children(table, inner)
            self._flush(inner, table)
        else:
            caption = table.find("caption")
            if caption is not None:
                self._children(caption, style)
                self._flush(style, caption)
            self._data_table(cells)

    def _photo_table(self, table: Element, style: _Style) -> None:
        inner = _styled(table, style)
        inner.kind, inner.marked, inner.in_table = "caption", "caption", True
        self._children(table, inner)
        self._flush(inner, table)

    def _data_table(self, rows: list[list[Element]]) -> None:
        for row in rows:
            text = tidy(" ".join(" ".join(_visible(cell)) for cell in row))
            if text:
                self.pieces.append(Piece("table_row", text, element=row[0].getparent(), in_table=True))

    # -- gathering --------------------------------------------------------------------------------------------

    def _flush(self, style: _Style, element: Element) -> None:
        parts, self._run = self._run.parts, _Run()
        if not any(not part[0].isspace() for part in parts if part[0]):
            return
        lines = _join_lines(_split_lines(parts), keep=style.kind == "caption" or style.kind == "heading")
        self._lines += 1
        for line in lines:
            text = tidy("".join(part[0] for part in line))
            if not text:
                continue
            inked = [part for part in line if part[0].strip()]
            linked = sum(len(part[0].strip()) for part in inked if part[3])
            self.pieces.append(
                Piece(
                    kind=style.kind,
                    text=text,
                    align=style.align,
                    bold=all(part[1] for part in inked if any(char.isalnum() for char in part[0])),
                    italic=all(part[2] for part in inked if any(char.isalnum() for char in part[0])),
                    linked=linked / max(1, sum(len(part[0].strip()) for part in inked)),
                    links=tuple(dict.fromkeys(part[3] for part in inked if part[3])),
                    element=element,
                    marked=style.marked,
                    in_table=style.in_table,
                    line_of=self._lines if len(lines) > 1 else 0,
                )
            )


_Line = list[tuple[str, bool, bool, str | None]]


def _split_lines(parts: _Line) -> list[_Line]:
    """Inline text cut at ``<br>``; an empty line between two says that the break was a double one."""
    lines: list[_Line] = [[]]
    for part in parts:
        if part[0] == "\n" and part[3] is None and not part[1] and not part[2]:
            lines.append([])
        else:
            lines[-1].append(part)
    return lines


def _join_lines(lines: list[_Line], keep: bool) -> list[_Line]:
    """Put lines together that one ``<br>`` only wraps.

    A double break always separates. A single one does where the line before it is a finished sentence of some
    length, or sets a list in motion; verses and addresses stay one block. ``keep`` never separates (captions).
    """
    joined: list[_Line] = []
    gap = True
    for line in lines:
        text = tidy("".join(part[0] for part in line))
        if not text:
            gap = True
            continue
        if joined and (keep or not (gap or _breaks_after(joined[-1], text))):
            joined[-1] = [*joined[-1], (" ", False, False, None), *line]
        else:
            joined.append(line)
        gap = False
    return joined


def _breaks_after(line: _Line, following: str) -> bool:
    text = tidy("".join(part[0] for part in line))
    if following[:1] in "-–•+*" or text[:1] in "-–•+*":
        return True
    if len(text) >= 50 and (ends_sentence(text) or text[-1] in ":;"):
        return True
    inked = [part for part in line if part[0].strip()]
    # A bold line of its own above plain text is a heading.
    return all(part[1] for part in inked) and not ends_sentence(text) and len(text) >= 8


def _styled(element: Element, style: _Style) -> _Style:
    tag = element.tag
    css = element.get("style", "")
    bold, italic, link, align = style.bold, style.italic, style.link, style.align
    if tag in ("b", "strong", "th") or tag in _HEADINGS or (css and _BOLD.search(css)):
        bold = True
    elif css and _NOT_BOLD.search(css):
        bold = False
    if tag in ("i", "em", "cite") or (css and _ITALIC.search(css)):
        italic = True
    if tag == "a" and element.get("href"):
        link = element.get("href")
    stated = element.get("align") or ""
    found = _ALIGN.search(css) if css else None
    if found:
        align = found[1].lower()
    elif stated.lower() in ("left", "right", "center", "justify"):
        align = stated.lower()
    elif tag == "center":
        align = "center"
    else:
        tokens = element.get("class", "").lower().split()
        for side in ("right", "center"):
            if f"text-{side}" in tokens or f"align-{side}" in tokens or f"{side}-text" in tokens:
                align = side
    return _Style(align, bold, italic, link, style.kind, style.marked, style.in_table)


def _inside_figure(element: Element) -> bool:
    return _owner(element, "figure") is not None


def _owner(element: Element, tag: str) -> Element | None:
    return next(element.iterancestors(tag), None)


def _photos(element: Element) -> int:
    return sum(1 for image in element.iter("img") if image_address(image))


def _visible(element: Element) -> list[str]:
    """Texts below ``element`` without scripts, styles and form controls."""
    if element.tag in _NEVER_TEXT:
        return []
    texts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            texts.extend(_visible(child))
        texts.append(child.tail or "")
    return texts


def image_address(image: Element) -> str | None:
    """Address of a photo as printed (lazy-loading attributes first); ``None`` for icons and placeholders."""
    for name in _LAZY:
        value = (image.get(name) or "").strip()
        if name.endswith("srcset") and value:
            value = value.split(",")[0].split()[0] if value.split(",")[0].split() else ""
        if not value or _PLACEHOLDER_IMAGE.search(value):
            continue
        width = image.get("width", "").rstrip("px")
        if _ICON.search(value) or (width.isdigit() and int(width) <= 40):
            return None
        return value
    return None
