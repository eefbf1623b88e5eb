"""The running text of an article, piece by piece in reading order.

The reader walks the body's element once. Text that stands between block elements without one of its own is
text too; ``<br>`` separates where the page uses it as a paragraph mark. What is left out is recorded.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice

from lxml.etree import _Element as Element

from crawler.extraction.body.images import image_address, is_floated
from crawler.extraction.body.lines import BREAK, Line, lines_of, text_of_line
from crawler.extraction.body.pieces import HEADINGS, Left, Piece, Style
from crawler.extraction.body.tables import CAPTION_LENGTH, TableKind, caption_cells, kind_of
from crawler.extraction.finder import visible_text
from crawler.extraction.text import ends_sentence, tidy

BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre section summary table tbody td tfoot th
    thead tr ul""".split()
)
# Never text of an article; what a reader would see of the second group is recorded as left out.
_SILENT = frozenset("applet canvas head iframe input link meta noscript script style title".split())
_CONTROLS = frozenset("audio button math nav object select svg template textarea video".split())
_PLAYERS = frozenset(("audio", "iframe", "video"))
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|(?:left|top|text-indent)\s*:\s*-\d{3,}"
    r"|(?<![-\w])height\s*:\s*0(?![.\d]).*overflow\s*:\s*hidden|clip\s*:\s*rect\(|clip-path\s*:\s*inset\(\s*50%",
    re.IGNORECASE,
)
# What is said to blind readers alone: that a link opens a window, that a photo follows.
_UNSEEN = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|hidden-visually|a11y-hidden)(?=$|\s)",
    re.IGNORECASE,
)
# Elements inside a line; leaving one out does not part the line.
_INLINE = frozenset("a abbr b em font i small span strong sub sup u".split())
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|table)", re.IGNORECASE)
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
_TABLE_PARTS = frozenset(("thead", "tbody", "tfoot", "tr", "colgroup", "col"))
# Elements whose class may speak of a box without their being one.
_NO_BOXES = frozenset("a b body em h1 h2 h3 h4 h5 h6 i li p span strong".split())
# Characters of a paragraph; two of them without a link, or one in a box without any, are text of the article,
# whatever the class says.
_RUNNING = 120
# What may go on as the body where a stray end tag closed it too early.
_CONTINUES = frozenset(("p", "div", "ul", "ol", "blockquote", "figure", "table", "h2", "h3", "h4", "br"))


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
        self._runs: Line = []
        self._ended = False
        self._length = 0
        self.pieces: list[Piece] = []
        self.left: list[Left] = []

    def read(self, body: Element) -> list[Piece]:
        """The pieces of ``body`` in reading order; what was left out stands in :attr:`left`."""
        style = Style().inside(body)
        self._length = len(visible_text(body))
        self._children(body, style)
        self._flush(style, body)
        self._read_on(body)
        return self.pieces

    def _read_on(self, body: Element) -> None:
        """Go on with plain elements behind the body: a stray end tag inside closed it too early."""
        for level in (body, body.getparent()):
            for element in level.itersiblings() if level is not None else ():
                plain = element.tag in _CONTINUES and not element.get("class") and not element.get("id")
                if self._ended or not plain or self._is_box(element):
                    return
                self._element(element, Style(), body)
                self._flush(Style(), body)

    def _children(self, element: Element, style: Style) -> None:
        self._text(element.text, style)
        for child in element:
            if self._ended:
                return
            if isinstance(child.tag, str):
                self._element(child, style, element)
            self._text(child.tail, style)

    def _element(self, element: Element, style: Style, parent: Element) -> None:
        tag = element.tag
        if element in self._end:
            self._ended = True
        elif tag == "br" or _stands_for_break(element):
            self._runs.append(BREAK)
        elif tag == "img":
            self._image(element, style, parent)
        elif tag in _SILENT or self._is_control(element):
            if tag in _PLAYERS:
                self._flush(style, parent)
                self.pieces.append(Piece(image="", element=element, align=style.align))
        elif self._is_box(element):
            if tag not in _INLINE:
                self._flush(style, parent)
        elif tag == "table":
            self._flush(style, parent)
            self._table(element, style.inside(element))
        elif tag in BLOCKS or self._is_marked(element):
            self._flush(style, parent)
            inner = self._block_style(element, style)
            self._children(element, inner)
            self._flush(inner, element)
        else:
            self._children(element, style.inside(element))

    def _is_marked(self, element: Element) -> bool:
        """Whether an inline element stands for a block: the layout names it, or its style says so."""
        if element in self._bylines or element in self._captions:
            return True
        css = element.get("style")
        return bool(css and _BLOCK_STYLE.search(css))

    def _block_style(self, element: Element, style: Style) -> Style:
        inner = style.inside(element)
        tag = element.tag
        if tag in HEADINGS and style.marked != "caption":
            inner.kind = "heading"
        elif tag == "li":
            inner.kind = "list_item"
        elif tag == "blockquote" and style.kind == "paragraph":
            inner.kind = "quote"
        if tag == "figcaption" or element in self._captions:
            inner.kind, inner.marked = "caption", "caption"
        elif element in self._bylines:
            inner.marked = "byline"
        elif not inner.marked and (tag == "figure" or _CAPTION_CLASS.search(element.get("class", ""))):
            inner.marked = "" if _holds_blocks(element) else "caption?"
        return inner

    def _is_control(self, element: Element) -> bool:
        """Whether an element is for acting, not for reading; one with blocks inside was left open by mistake."""
        tag = element.tag
        is_form = tag == "form" and next(element.iter("input", "textarea", "select"), None) is not None
        if tag not in _CONTROLS and not is_form:
            return False
        if next(element.iter("p", "div"), None) is not None and (tag in _PLAYERS or _holds_running_text(element)):
            return False
        if is_form and 2 * len(visible_text(element)) > self._length:
            return False  # the whole page in one form, as ASP.NET sends it
        self._leave(element, "control")
        return True

    def _is_box(self, element: Element) -> bool:
        rule = None
        css = element.get("style")
        if element in self._leave_out:
            rule = "layout"
        elif (css and _HIDDEN.search(css)) or element.get("hidden") is not None or _is_unseen(element):
            rule = "hidden"
        elif element not in self._bylines and element not in self._captions and element.tag not in _NO_BOXES:
            name = f"{element.get('class', '')} {element.get('id', '')}".strip()
            rule = "box" if name and _BOX_CLASS.search(name) and not self._is_text(element) else None
        if rule:
            self._leave(element, rule)
        return rule is not None

    def _is_text(self, element: Element) -> bool:
        """Whether a box, whatever its class says, is text of the article: it runs on, or is most of the body."""
        if _holds_running_text(element):
            return True
        length = len(visible_text(element))
        linked = sum(len(visible_text(link)) for link in element.iter("a"))
        return length * 2 > self._length and linked < length * 0.3

    def _leave(self, element: Element, rule: str) -> None:
        text = visible_text(element)
        if text:
            self.left.append(Left(text, rule))

    def _text(self, text: str | None, style: Style) -> None:
        if text and not self._ended:
            self._runs.append(style.ink(text.replace("\n", " ")))

    def _image(self, element: Element, style: Style, parent: Element) -> None:
        address = image_address(element)
        if address is None:
            return
        self._flush(style, parent)
        links = (style.link,) if style.link else ()
        alt = tidy(element.get("alt") or element.get("title") or "")
        self.pieces.append(
            Piece(
                image=address,
                element=element,
                align=style.align,
                marked=style.marked,
                links=links,
                alt=alt,
                floated=is_floated(element),
            )
        )

    def _table(self, table: Element, style: Style) -> None:
        kind = kind_of(table)
        captions = caption_cells(table) if kind is TableKind.PHOTO else frozenset[Element]()
        self._table_part(table, style, captions, is_data=kind is TableKind.DATA)
        self._flush(style, table)

    def _table_part(self, part: Element, style: Style, captions: Collection[Element], is_data: bool) -> None:
        """Read a table or a part of it; what stands between its rows and cells by mistake is text as well."""
        self._text(part.text, style)
        for child in part:
            tag = child.tag
            if tag == "tr" and is_data:
                self._row(child)
            elif tag in _TABLE_PARTS:
                self._table_part(child, style, captions, is_data)
            elif tag in ("td", "th"):
                self._cell(child, style, captions)
            elif isinstance(tag, str):
                self._element(child, style, part)
            self._text(child.tail, style)

    def _cell(self, cell: Element, style: Style, captions: Collection[Element]) -> None:
        self._flush(style, cell)
        inner = style.inside(cell)
        if cell in captions:
            inner.kind, inner.marked = "caption", "caption"
        self._children(cell, inner)
        self._flush(inner, cell)

    def _row(self, row: Element) -> None:
        text = tidy(" ".join(visible_text(cell) for cell in row if cell.tag in ("td", "th")))
        if text:
            self.pieces.append(Piece("table_row", text, element=row))
        for stray in row:
            if isinstance(stray.tag, str) and stray.tag not in ("td", "th"):
                self._element(stray, Style(), row)
                self._flush(Style(), row)

    def _flush(self, style: Style, element: Element) -> None:
        runs, self._runs = self._runs, []
        if not any(run.text and not run.text.isspace() for run in runs):
            return
        for line in lines_of(runs, keep=style.kind == "heading"):
            self.pieces.append(_piece(line, style, element))


def _stands_for_break(element: Element) -> bool:
    """Whether an empty inline element is called a line break: ``<span class="br"></span>``."""
    return element.tag == "span" and len(element) == 0 and not element.text and "br" in element.get("class", "").split()


def _is_unseen(element: Element) -> bool:
    return element.tag in _INLINE and bool(_UNSEEN.search(element.get("class", "")))


def _holds_blocks(element: Element) -> bool:
    """Whether an element that is called a caption holds paragraphs."""
    if len(visible_text(element)) <= CAPTION_LENGTH:
        return False
    # Two are enough: of blocks in one another each would be read again with all it holds.
    blocks = (block for block in element.iter("p", "div", "li") if block is not element and visible_text(block))
    return next(islice(blocks, 1, None), None) is not None


def _holds_running_text(element: Element) -> bool:
    paragraphs = (p for p in element.iter("p") if next(p.iter("a"), None) is None)
    running = sum(1 for p in paragraphs if len(text := visible_text(p)) >= _RUNNING and ends_sentence(text))
    return running >= 2 or (running == 1 and next(element.iter("a", "input", "textarea"), None) is None)


def _piece(line: Line, style: Style, element: Element) -> Piece:
    inked = [run for run in line if any(char.isalnum() for char in run.text)]
    letters = sum(len(run.text.strip()) for run in line)
    linked = sum(len(run.text.strip()) for run in line if run.link)
    tints = {run.tint for run in inked}
    bold = bool(inked) and all(run.bold for run in inked)
    return Piece(
        kind=style.kind,
        text=text_of_line(line),
        align=style.align,
        tint=tints.pop() if len(tints) == 1 else "",
        bold=bold,
        italic=bool(inked) and all(run.italic for run in inked),
        linked=linked / max(1, letters),
        links=tuple(dict.fromkeys(run.link for run in line if run.link)),
        bold_tail="" if bold else _bold_tail(line),
        element=element,
        marked=style.marked,
    )


def _bold_tail(line: Line) -> str:
    """The bold runs at the end of a line that is not bold as a whole."""
    tail: Line = []
    for run in reversed(line):
        if not run.bold and any(char.isalnum() for char in run.text):
            break
        tail.append(run)
    return text_of_line(tail[::-1])
