"""``<br>``: a paragraph mark on some pages, a mere line break on others."""

from __future__ import annotations

import re

from crawler.extraction.body.pieces import Ink
from crawler.extraction.text import ends_sentence, tidy

Line = list[Ink]
#: What stands for a ``<br>`` among the runs of a block.
BREAK = Ink("\n")
_ITEM = re.compile(r"^(?:[-–•+*]\s|\d{1,2}[.)]\s)")
# Characters; a shorter line that ends in a colon or semicolon is part of an address or a verse.
_LIST_LINE = 50


def text_of_line(line: Line) -> str:
    """The tidied text of a line."""
    return tidy("".join(run.text for run in line))


def lines_of(runs: Line, keep: bool) -> list[Line]:
    """The runs of a block cut where ``<br>`` means a new paragraph.

    A double break always separates. A single one does after a finished sentence, before an item of a list, and
    where the setting changes (a bold line above plain text, an italic caption before it); verses and addresses
    stay one block. ``keep`` never separates.
    """
    joined: list[Line] = []
    gap, last, last_text = True, list[Ink](), ""
    for line in _cut(runs):
        text = text_of_line(line)
        if not text:
            gap = True
            continue
        if joined and (keep or not (gap or _parted(last, last_text, line, text))):
            joined[-1].append(Ink(" "))
            joined[-1].extend(line)
        else:
            joined.append(list(line))
        gap, last, last_text = False, line, text
    return joined


def _cut(runs: Line) -> list[Line]:
    lines: list[Line] = [[]]
    for run in runs:
        if run is BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    return lines


def _parted(line: Line, text: str, following: Line, following_text: str) -> bool:
    if _ITEM.match(following_text) or _ITEM.match(text):
        return True
    first = following_text.lstrip("“\"'(‘")[:1]
    if ends_sentence(text) and (first.isupper() or first.isdigit()):
        return True
    if len(text) >= _LIST_LINE and text[-1] in ":;":
        return True
    return _setting(line) != _setting(following)


def _setting(line: Line) -> tuple[bool, bool]:
    """Whether a whole line is bold, and whether it is italic."""
    inked = [run for run in line if any(char.isalnum() for char in run.text)]
    return bool(inked) and all(run.bold for run in inked), bool(inked) and all(run.italic for run in inked)
