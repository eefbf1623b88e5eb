"""The rows of a set's table: each outlet and all together, as we read them, without rules, and as the baseline does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from crawler.pages import SavedPage
from crawler.registry import default_registry
from tests.accuracy.measures import Scores, measure, together
from tests.accuracy.readers import BASELINE, baseline, by_rules, without_rules

OWN = Path(__file__).parents[1] / "pages"
ALL = "all"
#: What is measured of pages of a known outlet read without its rules.
_WITHOUT_RULES = ("title", "minute", "lead", "para F1")

Reader = Callable[[SavedPage], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its name, how many pages, and their scores; ``beside`` are the baseline's."""

    name: str
    pages: int
    scores: Scores
    beside: Scores = field(default_factory=dict)


def measured(pages: list[SavedPage], without: bool) -> list[Row]:
    """The rows of a set; ``without`` adds those of its known outlets read without their rules."""
    ours = _scores(pages, by_rules)
    theirs = _only(BASELINE, _scores([saved for saved in pages if saved.kind == "article"], baseline))
    rows = _rows(pages, ours, theirs)
    known = [saved for saved in pages if saved.kind == "article" and group(saved) in _outlet_names()] if without else []
    if known:
        bare = _only(_WITHOUT_RULES, _scores(known, without_rules))
        rows += [Row(f"{row.name}, without rules", row.pages, row.scores) for row in _rows(known, bare, {})]
    return rows


def group(saved: SavedPage) -> str:
    """The row a page belongs to: its outlet, or what stands before ``__`` in its name."""
    outlet = default_registry().for_url(saved.page.url) if saved.page.url else None
    return outlet.name if outlet else saved.page.outlet or saved.name.partition("__")[0]


def _outlet_names() -> set[str]:
    return {outlet.name for outlet in default_registry()}


def _rows(pages: list[SavedPage], ours: dict[str, Scores], theirs: dict[str, Scores]) -> list[Row]:
    groups: dict[str, list[str]] = {}
    for saved in pages:
        groups.setdefault(group(saved), []).append(saved.name)
    named = sorted(groups.items())
    if len(named) > 1:
        named.append((ALL, [saved.name for saved in pages]))
    return [Row(name, len(names), _together(names, ours), _together(names, theirs)) for name, names in named]


def _together(names: Iterable[str], scores: dict[str, Scores]) -> Scores:
    return together([scores[name] for name in names if name in scores])


def _scores(pages: list[SavedPage], reader: Reader) -> dict[str, Scores]:
    console = Console(stderr=True)
    words = reader.__name__.replace("_", " ")
    told = track(pages, words, console=console, transient=True, disable=not console.is_terminal)
    return {saved.name: measure(saved.expected, reader(saved)) for saved in told}


def _only(names: Collection[str], scores: dict[str, Scores]) -> dict[str, Scores]:
    return {page: {key: value for key, value in each.items() if key in names} for page, each in scores.items()}
