"""The running text of an article, piece by piece in reading order.

The reader walks the body's element once. Text that stands between block elements without one of its own is
text too; ``<br>`` separates where the page uses it as a paragraph mark.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml.etree import _Element as Element

from crawler.extraction.body.images import image_address, photos
from crawler.extraction.body.lines import BREAK, Line, join_lines, split_lines
from crawler.extraction.body.pieces import HEADINGS, Left, Piece, Style
from crawler.extraction.text import tidy

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot th
    thead tr ul""".split()
)
_NEVER_TEXT = frozenset(
    """applet audio button canvas embed form head iframe input ins link map math meta nav noscript object script select
    style svg template textarea title video""".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:\w*caption\w*|chu-?thich\w*|(?:img|image|photo|pic|picture)[_-]?(?:note|desc\w*|title|text)"
    r"|note|desc_image)(?:$|[\s_-])",
    re.IGNORECASE,
)
# Boxes that editors and templates put into the column of the text, by words in their class or id.
_BOX_CLASS = re.compile(
    r"(?:^|\s)(?:[\w-]*(?:related|relate-|relates?\b|tin-?lien-?quan|lien-?quan|tinlq|share|social|sharing|comment"
    r"|binh-?luan|advert|adsby|adsbox|ads-|-ads|quang-?cao|banner|breadcrumb|newsletter|subscribe|rating"
    r"|google-?news|follow|toolbar|fontsize|font-size-|print_page|sendmail|reaction|copy-?link|readmore|read-more"
    r"|xem-?them|topics?\b|block-news-list|wrap-tag|list-tag|tags-box|article__tags|onecms__tags)[\w-]*"
    r"|ads?|rennab|oneads|tags)(?=$|\s)",
    re.IGNORECASE,
)
# Elements whose class may speak of a box without their being one.
_NO_BOXES = frozenset(("a", "b", "body", "em", "p", "span", "strong"))
#: Layout tables hold a photo and its caption; a caption is not longer than this, in characters.
CAPTION_LENGTH = 420


class BodyReader:
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
        self._parts: Line = []
        self._ended = False
        self.pieces: list[Piece] = []
        self.left: list[Left] = []

    def read(self, body: Element) -> list[Piece]:
        """The pieces of ``body`` in reading order; what was left out stands in :attr:`left`."""
        style = Style().inside(body)
        self._children(body, style)
        self._flush(style, body)
        return self.pieces

    def _children(self, element: Element, style: Style) -> None:
        self._text(element.text, style)
        for child in element:
            if self._ended:
                return
            if isinstance(child.tag, str):
                self._element(child, style, element)
            self._text(child.tail, style)

    def _element(self, element: Element, style: Style, parent: Element) -> None:
        if element in self._end:
            self._ended = True
            return
        tag = element.tag
        if tag == "br":
            self._parts.append(BREAK)
        elif tag == "img":
            self._image(element, style, parent)
        elif tag in _NEVER_TEXT:
            if tag == "video" or tag == "iframe":
                self._flush(style, parent)
        elif self._is_box(element):
            self._flush(style, parent)
        elif tag == "table":
            self._flush(style, parent)
            self._table(element, style.inside(element))
        elif tag in _BLOCKS:
            self._flush(style, parent)
            inner = self._block_style(element, style)
            self._children(element, inner)
            self._flush(inner, element)
        else:
            self._children(element, style.inside(element))

    def _block_style(self, element: Element, style: Style) -> Style:
        inner = style.inside(element)
        tag = element.tag
        if tag in HEADINGS:
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
            if name and _BOX_CLASS.search(name) and element.tag not in _NO_BOXES:
                rule = "box"
        if rule is None:
            return False
        text = tidy(" ".join(_visible(element)))
        if text:
            self.left.append(Left(text, rule))
        return True

    def _text(self, text: str | None, style: Style) -> None:
        if text and not self._ended:
            self._parts.append((text.replace("\n", " "), style.bold, style.italic, style.link))

    def _image(self, element: Element, style: Style, parent: Element) -> None:
        address = image_address(element)
        if address is None:
            return
        self._flush(style, parent)
        self.pieces.append(
            Piece(
                image=address,
                element=element,
                align=style.align,
                marked=style.marked,
                in_table=style.in_table,
            )
        )

    def _table(self, table: Element, style: Style) -> None:
        rows = [row for row in table.iter("tr") if _owner(row, "table") is table]
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        has_photo = any(image_address(image) for image in table.iter("img"))
        has_table = any(inner is not table for inner in table.iter("table"))
        columns = max((len(row) for row in cells), default=0)
        texts = [tidy(" ".join(_visible(cell))) for row in cells for cell in row]
        if has_photo and sum(map(len, texts)) <= CAPTION_LENGTH * max(1, photos(table)):
            self._photo_table(table, style)
        elif not rows or has_photo or has_table or columns < 2 or sum(1 for text in texts if text) < 2:
            inner = style.inside(table)
            self._children(table, inner)
            self._flush(inner, table)
        else:
            caption = table.find("caption")
            if caption is not None:
                self._children(caption, style)
                self._flush(style, caption)
            self._data_table(cells)

    def _photo_table(self, table: Element, style: Style) -> None:
        inner = style.inside(table)
        inner.kind, inner.marked, inner.in_table = "caption", "caption", True
        self._children(table, inner)
        self._flush(inner, table)

    def _data_table(self, rows: list[list[Element]]) -> None:
        for row in rows:
            text = tidy(" ".join(" ".join(_visible(cell)) for cell in row))
            if text:
                self.pieces.append(Piece("table_row", text, element=row[0].getparent(), in_table=True))

    def _flush(self, style: Style, element: Element) -> None:
        parts, self._parts = self._parts, []
        if not any(not part[0].isspace() for part in parts if part[0]):
            return
        lines = join_lines(split_lines(parts), keep=style.kind == "caption" or style.kind == "heading")
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
                )
            )


def _inside_figure(element: Element) -> bool:
    return _owner(element, "figure") is not None


def _owner(element: Element, tag: str) -> Element | None:
    return next(element.iterancestors(tag), None)


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
