"""The table of a set as text: a line a row, the baseline's values in the line below."""

from __future__ import annotations

from collections.abc import Sequence

from tests.accuracy.measures import LEAKS, ORDER, Scores
from tests.accuracy.rows import Row

_HEADS = {"article_urls": "articles", "other_article_urls": "others", "next_pages": "next", "feeds": "feeds"}
_BASELINE = "  trafilatura"


def table(rows: Sequence[Row]) -> str:
    """All rows under one head; shares of 1, leaks counted; a dot where a measure does not apply."""
    columns = [name for name in ORDER if any(name in row.scores for row in rows)]
    width = max(len(_BASELINE), *(len(row.name) for row in rows))
    lines = [f"{'':<{width}} pages " + _two_lines(columns)[0], f"{'':<{width}}       " + _two_lines(columns)[1]]
    for row in rows:
        lines.append(f"{row.name:<{width}} {row.pages:>5} " + _cells(columns, row.scores))
        if row.beside:
            lines.append(f"{_BASELINE:<{width}}       " + _cells(columns, row.beside))
    return "\n".join(line.rstrip() for line in lines)


def _cells(columns: Sequence[str], scores: Scores) -> str:
    return " ".join(f"{_cell(name, scores.get(name)):>{_width(name)}}" for name in columns)


def _cell(name: str, value: float | None) -> str:
    if value is None:
        return "·"
    return f"{value:.0f}" if name in LEAKS else f"{value:.3f}"


def _two_lines(columns: Sequence[str]) -> tuple[str, str]:
    words = [_head(name) for name in columns]
    above = " ".join(f"{first:>{_width(name)}}" for name, (first, _) in zip(columns, words, strict=True))
    below = " ".join(f"{second:>{_width(name)}}" for name, (_, second) in zip(columns, words, strict=True))
    return above, below


def _head(name: str) -> tuple[str, str]:
    first, _, second = _HEADS.get(name, name).partition(" ")
    return (first, second) if second else ("", first)


def _width(name: str) -> int:
    return max(5, *map(len, _head(name)))
