"""``<br>``: a paragraph mark on some pages, a mere line break on others."""

from __future__ import annotations

from crawler.extraction.text import ends_sentence, tidy

#: Inline text as (text, bold, italic, address of the link it stands in).
Part = tuple[str, bool, bool, str | None]
Line = list[Part]
#: The part that stands for a ``<br>``.
BREAK: Part = ("\n", False, False, None)


def split_lines(parts: Line) -> list[Line]:
    """Inline text cut at ``<br>``; an empty line between two says that the break was a double one."""
    lines: list[Line] = [[]]
    for part in parts:
        if part == BREAK:
            lines.append([])
        else:
            lines[-1].append(part)
    return lines


def join_lines(lines: list[Line], keep: bool) -> list[Line]:
    """Put lines together that one ``<br>`` only wraps.

    A double break always separates. A single one does where the line before it is a finished sentence of some
    length, or sets a list in motion; verses and addresses stay one block. ``keep`` never separates (captions).
    """
    joined: list[Line] = []
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


def _breaks_after(line: Line, following: str) -> bool:
    text = tidy("".join(part[0] for part in line))
    if following[:1] in "-–•+*" or text[:1] in "-–•+*":
        return True
    if len(text) >= 50 and (ends_sentence(text) or text[-1] in ":;"):
        return True
    inked = [part for part in line if part[0].strip()]
    # A bold line of its own above plain text is a heading.
    return all(part[1] for part in inked) and not ends_sentence(text) and len(text) >= 8
