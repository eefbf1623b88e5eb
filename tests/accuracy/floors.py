"""Floors of the accuracy: pinned values below which no measure may fall, with a hash of the pages they are for.

``floors.toml`` holds a table a set: ``sha256`` of its names, bytes and expected records, the same of each page (cut),
and the floors of each row. Leaks have ceilings instead.
"""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crawler.pages import SavedPage
from tests.accuracy.measures import LEAKS, ORDER, Scores
from tests.accuracy.rows import Row

FILE = Path(__file__).with_name("floors.toml")
_DIGITS = 4
_HEADER = """\
# Floors of `make accuracy`, a table a set of pages: a measure below its floor fails, and so does a set that is no
# longer the one they were measured on. Of leaks no more may occur. Written by `make accuracy-floors`.
"""


@dataclass
class Pinned:
    """The floors of one set: row name → measure → value; ``pages``: page name → the beginning of its hash."""

    sha256: str
    pages: dict[str, str]
    rows: dict[str, Scores] = field(default_factory=dict)


def pinned_set(pages: Sequence[SavedPage], rows: Sequence[Row]) -> Pinned:
    """What is measured now, as floors."""
    digests = {saved.name: _digest(saved) for saved in pages}
    whole = hashlib.sha256("".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()).hexdigest()
    floors = {row.name: {key: _cut(key, value) for key, value in row.scores.items()} for row in rows}
    return Pinned(whole, {name: digest[:12] for name, digest in sorted(digests.items())}, floors)


def load(file: Path = FILE) -> dict[str, Pinned]:
    """The pinned sets by name; none where there is no file."""
    read = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    return {name: Pinned(table["sha256"], table["pages"], table["floors"]) for name, table in read.items()}


def dump(sets: dict[str, Pinned], file: Path = FILE) -> None:
    """Write the file anew."""
    parts = [_HEADER]
    for name, pinned in sets.items():
        parts.append(f'\n[{_key(name)}]\nsha256 = "{pinned.sha256}"\n\n[{_key(name)}.floors]\n')
        for row, scores in pinned.rows.items():
            known = sorted(scores.items(), key=lambda pair: ORDER.index(pair[0]))
            cells = ", ".join(f"{_key(key)} = {value:g}" for key, value in known)
            parts.append(f"{_key(row)} = {{ {cells} }}\n")
        parts.append(f"\n[{_key(name)}.pages]\n")
        parts += [f'{_key(page)} = "{digest}"\n' for page, digest in pinned.pages.items()]
    file.write_text("".join(parts), "utf-8")


def name_of(folder_name: str, now: Pinned, sets: dict[str, Pinned]) -> str | None:
    """The pinned set that a folder is, or was before it changed: the one it shares the most page names with."""
    shared = {name: len(now.pages.keys() & pinned.pages.keys()) for name, pinned in sets.items()}
    best = max(shared, key=lambda name: (shared[name], name == folder_name), default=None)
    return best if best and shared[best] else None


def changes(old: Pinned, now: Pinned) -> list[str]:
    """How a set differs from the one its floors are for; empty when it does not."""
    if old.sha256 == now.sha256:
        return []
    lost, new = old.pages.keys() - now.pages.keys(), now.pages.keys() - old.pages.keys()
    other = {name for name in old.pages.keys() & now.pages.keys() if old.pages[name] != now.pages[name]}
    parts = [f"{what}: {_some(names)}" for what, names in (("new", new), ("missing", lost), ("other", other)) if names]
    return ["the pages or their expected records are not those the floors are for; " + "; ".join(parts)]


def falls(old: Pinned, now: Pinned) -> list[str]:
    """Every measure that is worse than its floor, or is measured no more."""
    found = []
    for row, floors in old.rows.items():
        for name, floor in floors.items():
            value = now.rows.get(row, {}).get(name)
            if value is None:
                found.append(f"{row}: {name} is measured no more, its floor is {floor:g}")
            elif value > floor if name in LEAKS else value < floor:
                found.append(f"{row}: {name} is {value:g}, its {'ceiling' if name in LEAKS else 'floor'} is {floor:g}")
    return found


def _cut(name: str, value: float) -> float:
    """Without the digits that rounding could lift above what was measured."""
    return value if name in LEAKS else math.floor(value * 10**_DIGITS + 1e-6) / 10**_DIGITS


def _digest(saved: SavedPage) -> str:
    record = json.dumps(saved.expected, sort_keys=True, ensure_ascii=False)
    page = f"{saved.page.url}\n{saved.page.fetched_at.isoformat()}\n{hashlib.sha256(saved.page.body).hexdigest()}"
    return hashlib.sha256(f"{page}\n{record}".encode()).hexdigest()


def _key(text: str) -> str:
    return text if text.replace("_", "").replace("-", "").isalnum() and text.isascii() else json.dumps(text)


def _some(names: set[str]) -> str:
    shown = sorted(names)[:5]
    return ", ".join(shown) + (f" and {len(names) - len(shown)} more" if len(names) > len(shown) else "")
