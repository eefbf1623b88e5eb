"""Tables: data, a photo with its caption, or mere layout."""

from __future__ import annotations

from enum import Enum

from lxml.etree import _Element as Element

from crawler.extraction.body.images import photos
from crawler.extraction.finder import visible_text

#: A caption is not longer than this, in characters.
CAPTION_LENGTH = 420
# Characters; a cell with more holds running text.
_LONG_CELL = 300


class TableKind(Enum):
    """What a table is for."""

    DATA = "data"
    PHOTO = "photo"
    LAYOUT = "layout"


def cells_of(table: Element) -> list[list[Element]]:
    """The cells of each row of ``table``, without those of tables inside it; empty rows are left out."""
    rows = (row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table)
    return [cells for row in rows if (cells := [cell for cell in row if cell.tag in ("td", "th")])]


def kind_of(table: Element) -> TableKind:
    """Tell a table of data from one that holds photos with captions and one that only arranges text."""
    rows = cells_of(table)
    cells = [cell for row in rows for cell in row]
    filled = [cell for cell in cells if visible_text(cell)]
    images = photos(table)
    columns = max((len(row) for row in rows), default=0)
    nested = any(inner is not table for inner in table.iter("table"))
    few_images = not images or (len(filled) >= 4 and images * 2 <= len(filled) and len(rows) >= 2)
    if columns >= 2 and len(filled) >= 2 and few_images and not nested and not any(map(_is_running_text, cells)):
        return TableKind.DATA
    return TableKind.PHOTO if images else TableKind.LAYOUT


def caption_cells(table: Element) -> frozenset[Element]:
    """The cells of a photo table that hold captions: beside the photo or right below it, and short."""
    captions: set[Element] = set()
    below: list[Element] = []
    for row in cells_of(table):
        with_photo = [cell for cell in row if photos(cell)]
        without = [cell for cell in row if not photos(cell)]
        if with_photo:
            captions.update(cell for cell in with_photo if _is_short(cell) and not _is_running_text(cell))
            captions.update(cell for cell in without if _is_short(cell) and not _is_running_text(cell))
            below = [cell for cell in with_photo if not visible_text(cell)]
        elif any(visible_text(cell) for cell in row):
            if below and not any(map(_is_running_text, row)):
                captions.update(row)
            below = []
    return frozenset(captions)


def _is_short(cell: Element) -> bool:
    return len(visible_text(cell)) <= CAPTION_LENGTH * max(1, photos(cell))


def _is_running_text(cell: Element) -> bool:
    """Whether a cell holds paragraphs, not a value."""
    blocks = [block for block in cell.iter("p", "div", "li", "h2", "h3") if visible_text(block)]
    text = visible_text(cell)
    return len(text) > CAPTION_LENGTH or (len(blocks) >= 2 and len(text) > _LONG_CELL // 2) or len(text) > _LONG_CELL
