"""Tables and texts for people: pretty on a terminal, plain lines for pipes and files."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from rich.cells import cell_len
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

T = TypeVar("T")


def on_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout.isatty()


def agreed(question: str) -> bool:
    """Whether the person at the terminal says yes; without a terminal nobody does."""
    return sys.stdin.isatty() and input(f"{question} [y/N] ").strip().lower() in ("y", "yes")


def with_progress(items: Iterable[T], what: str, total: int | None = None) -> Iterable[T]:
    """The items, with a line on standard error that tells how far it is; only where that is a terminal.

    ``total`` is their number where it cannot be told from ``items``.
    """
    console = Console(stderr=True)
    return track(items, what, total=total, console=console, transient=True, disable=not console.is_terminal)


def drop_output() -> None:
    """Write to nowhere from now on: whoever read standard output has enough (``| head``)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def counted(number: int, noun: str) -> str:
    """``1 article``, ``2 articles``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table that fits the terminal; elsewhere aligned columns with everything in one line a row."""
    if on_terminal():
        # Names stay whole, to be copied; on a narrow terminal the last column gives way.
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
        for number, name in enumerate(columns):
            table.add_column(name, no_wrap=number == 0, overflow="fold")
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        Console().print(table)
        return
    widths = [max(map(cell_len, column)) for column in zip(columns, *rows, strict=True)]
    for row in (columns, *rows):
        cells = [cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
        print("  ".join(cells).rstrip())


def print_text(text: str, style: str = "") -> None:
    """A line of text; styled, and wrapped between words, on a terminal."""
    if on_terminal():
        Console(highlight=False).print(Text(text, style=style))
    else:
        print(text)


def print_marked(text: str, marks: tuple[str, str]) -> None:
    """A text whose ``marks`` enclose what was found: in bold on a terminal, in square brackets elsewhere."""
    start, end = marks
    if not on_terminal():
        print(text.replace(start, "[").replace(end, "]"))
        return
    styled = Text("   ")
    for number, part in enumerate(text.replace(end, start).split(start)):
        styled.append(part, style="bold" if number % 2 else "")
    Console(highlight=False).print(styled)


def print_json(value: Any) -> None:
    """One JSON document for other programs."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    try:
        text.encode()
    except UnicodeEncodeError:  # a lone surrogate
        text = json.dumps(value, indent=2)
    sys.stdout.buffer.write(text.encode() + b"\n")
