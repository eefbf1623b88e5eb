"""Tables and texts for people: pretty on a terminal, plain lines for pipes and files."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text


def on_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table that fits the terminal; elsewhere aligned columns with everything in one line a row."""
    if on_terminal():
        *first, last = columns
        narrow = (Column(first[0], no_wrap=True), *first[1:])  # names stay whole, to be copied
        wide = Column(last, overflow="fold")
        table = Table(*narrow, wide, box=None, padding=(0, 2, 0, 0), pad_edge=False)
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        Console().print(table)
        return
    widths = [max(map(cell_len, column)) for column in zip(columns, *rows, strict=True)]
    for row in (columns, *rows):
        cells = [cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
        print("  ".join(cells).rstrip())


def print_text(text: str, style: str = "") -> None:
    """A line of text, styled and wrapped on a terminal."""
    if on_terminal():
        Console().print(Text(text, style=style))
    else:
        print(text)
