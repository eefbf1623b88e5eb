"""Extraction measured against saved pages: prints a table, fails below the floors.

``python -m tests.accuracy [--pages FOLDER] [--sample FOLDER]``; ``make accuracy PAGES=…`` calls it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.extraction import read
from crawler.items import Article, Page
from crawler.registry import default_registry
from tests.saved_pages import ARTICLE_FIELDS, SECTION_FIELDS, SavedPage, saved_pages

HERE = Path(__file__).parent
OWN_PAGES = HERE / "pages"
FLOORS = tomllib.loads((HERE / "accuracy.toml").read_text("utf-8"))


def paragraph_f1(wanted: list[str], got: list[str]) -> float:
    """F1 of exactly equal paragraphs (as multisets); 1 when there are none on either side."""
    same = sum((Counter(wanted) & Counter(got)).values())
    return 2 * same / (len(wanted) + len(got)) if wanted or got else 1.0


def score(saved: SavedPage) -> dict[str, float]:
    """Each known field's score between 0 and 1: exact or not, F1 for paragraphs; leaks count from 0 down."""
    if getattr(saved.result, "kind", None) != saved.kind:
        return {"kind": 0.0, **dict.fromkeys(saved.fields, 0.0)}
    scores: dict[str, float] = {"kind": 1.0}
    for name in saved.fields:
        wanted, got = saved.wanted(name), saved.got(name)
        scores[name] = paragraph_f1(wanted, got) if name == "paragraphs" else float(wanted == got)
    if saved.kind == "article":
        captions = set(saved.expected.get("captions", ()))
        scores["captions_kept_out"] = float(not captions & set(saved.got("paragraphs") or ()))
        scores["junk_kept_out"] = float(not saved.leaks())
    return scores


def table(pages: list[SavedPage], fields: tuple[str, ...], show: bool = True) -> dict[str, float]:
    """Print one row a page and a mean row; returns the mean of every field over the pages that state it."""
    rows = [(saved.name, score(saved)) for saved in pages]
    width = max((len(name) for name, _ in rows), default=4)
    means = {}
    for field in ("kind", *fields):
        known = [scores[field] for _, scores in rows if field in scores]
        if known:
            means[field] = sum(known) / len(known)
    if show:
        print(f"{'page':<{width}}  " + "  ".join(_head(field) for field in means))
        for name, scores in rows:
            print(f"{name:<{width}}  " + "  ".join(_cell(field, scores.get(field)) for field in means))
        print(f"{'mean of ' + str(len(rows)):<{width}}  " + "  ".join(_cell(field, means[field]) for field in means))
        print()
    return means


def below(means: dict[str, float], floors: dict[str, float]) -> list[str]:
    """Which means are under their floor, in words."""
    return [
        f"{field}: {means[field]:.4f}, the floor is {floor}"
        for field, floor in floors.items()
        if field in means and means[field] < floor - 1e-9
    ]


def check_sample(folder: Path) -> list[str]:
    """Replay a text dump with its expected record (``*.txt`` and ``expected.json``); the fields that differ."""
    dump = next(iter(sorted(folder.glob("*.txt"))))
    expected: dict[str, Any] = json.loads((folder / "expected.json").read_text("utf-8"))
    page = Page(url=None, body=dump.read_bytes(), fetched_at=datetime(2027, 1, 1, tzinfo=UTC))
    saved = SavedPage(dump.name, page, expected)
    assert isinstance(read(page, default_registry()), Article)
    wrong = [name for name in expected if saved.wanted(name) != saved.got(name)]
    print(f"text dump {dump.name}: {len(expected) - len(wrong)} of {len(expected)} fields as expected")
    return [f"{dump.name}: {name} differs" for name in wrong]


def main(arguments: list[str] | None = None) -> int:
    """Print the tables; exit code 1 when a floor is not reached."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description=__doc__.split("\n")[0])
    parser.add_argument("--pages", type=Path, help="a folder of saved pages beside the project's own")
    parser.add_argument("--sample", type=Path, help="a folder with a text dump and its expected.json")
    options = parser.parse_args(arguments)
    problems: list[str] = []
    sets = [("own", OWN_PAGES)]
    if options.pages and options.pages.is_dir():
        sets.append(("saved", options.pages))
    elif options.pages:
        print(f"(no folder {options.pages}: only the project's own pages are measured)\n")
    for name, folder in sets:
        pages = saved_pages(folder)
        print(f"{len(pages)} pages in {folder}")
        articles = [saved for saved in pages if saved.kind == "article"]
        lists = [saved for saved in pages if saved.kind == "section"]
        others = [saved for saved in pages if saved.kind not in ("article", "section")]
        floors = FLOORS[name]
        kept_out = ("captions_kept_out", "junk_kept_out")
        for chosen, fields in ((articles, ARTICLE_FIELDS + kept_out), (lists, SECTION_FIELDS), (others, ())):
            if chosen:
                problems += [f"{folder}: {line}" for line in below(table(chosen, fields), floors)]
    if options.sample:
        problems += check_sample(options.sample)
    for line in problems:
        print(f"below the floor: {line}", file=sys.stderr)
    if not problems:
        print("every floor is reached")
    return 1 if problems else 0


def _head(field: str) -> str:
    return f"{field[:11]:>11}"


def _cell(field: str, value: float | None) -> str:
    if value is None:
        return f"{'':>11}"
    return f"{value:>11.3f}" if field == "paragraphs" or 0 < value < 1 else f"{'yes' if value else 'NO':>11}"


if __name__ == "__main__":
    sys.exit(main())
