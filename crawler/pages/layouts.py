"""Folders of saved pages, in each of the layouts in use.

* a folder a page: ``NAME/page.html`` (or ``.txt``, ``.bin``), ``NAME/page.json`` with its URL, ``NAME/expected.json``;
* side by side: ``NAME.html`` (or ``.html.gz``) and ``NAME.gold.json``, whose ``url`` is the page's;
* one page alone: ``expected.json`` and a single page file, such as a text dump, beside it.

One folder may hold several of them.
"""

from __future__ import annotations

import gzip
import json
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.documents import SUFFIXES, DocumentError, Hints
from crawler.items import Page
from crawler.pages.saved import SavedPage

EXPECTED = "expected.json"
_GOLD = ".gold.json"
# A saved page of unknown age is read as of this moment.
_UNDATED = datetime(2027, 1, 1, tzinfo=UTC)


def saved_pages(folder: Path) -> list[SavedPage]:
    """All saved pages of ``folder`` in name order; raises ``DocumentError``, also when there are none."""
    if not folder.is_dir():
        raise DocumentError(f"{folder}: no such folder")
    found = [_beside(file) for file in folder.glob(f"*{_GOLD}")]
    found += [_in_folder(file) for file in (*folder.glob(f"*/{EXPECTED}"), *folder.glob(EXPECTED))]
    if not found:
        raise DocumentError(f"{folder}: no saved pages with their expected record (NAME/{EXPECTED} or NAME{_GOLD})")
    return sorted(found, key=lambda saved: saved.name)


def _in_folder(expected: Path) -> SavedPage:
    home = expected.parent
    bodies = _page_files(home)
    if len(bodies) != 1:
        raise DocumentError(f"{expected}: expected one page beside it (page.html, page.txt), found {len(bodies)}")
    stem = bodies[0].name.partition(".")[0]
    side = home / f"{stem}.json"
    stated = read_object(side) if side.exists() else {}
    name = home.name if stem == "page" else bodies[0].name
    return SavedPage(name, _page(bodies[0], stated, side), read_object(expected), expected)


def _page_files(home: Path) -> list[Path]:
    """The files named ``page``, else every file that can be a page."""
    named = sorted(path for path in home.glob("page.*") if path.suffix != ".json")
    return named or sorted(path for path in home.iterdir() if path.name.lower().endswith(SUFFIXES))


def _beside(gold: Path) -> SavedPage:
    name = gold.name.removesuffix(_GOLD)
    body = next((path for ending in (".html", ".html.gz") if (path := gold.with_name(name + ending)).exists()), None)
    if body is None:
        raise DocumentError(f"{gold}: no page beside it ({name}.html or {name}.html.gz)")
    record = read_object(gold)
    stated = {key: record.get(key) for key in ("url", "fetched_at")}
    return SavedPage(name, _page(body, stated, gold), _in_our_terms(record), gold)


def read_object(file: Path) -> dict[str, Any]:
    """The JSON object a file holds; raises ``DocumentError``."""
    try:
        value = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise DocumentError(f"{file}: cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"{file}: expected a JSON object: {error}") from error
    if not isinstance(value, dict):
        raise DocumentError(f"{file}: expected a JSON object")
    return value


def _page(file: Path, stated: dict[str, Any], said_in: Path) -> Page:
    try:
        hints = Hints.of(stated)
        body = file.read_bytes()
        body = gzip.decompress(body) if file.suffix == ".gz" else body
    except DocumentError as error:
        raise DocumentError(f"{said_in}: {error}") from error
    except (OSError, EOFError, zlib.error) as error:
        raise DocumentError(f"{file}: cannot be read: {error}") from error
    return Page(
        url=hints.url,
        body=body,
        fetched_at=hints.fetched_at or _UNDATED,
        charset=hints.encoding,
        status=stated.get("status"),
        outlet=hints.outlet,
    )


def _in_our_terms(record: dict[str, Any]) -> dict[str, Any]:
    """Ground truth made elsewhere: times as ISO 8601 to the second; no author is an empty list, no tags are unknown."""
    times = {key: _iso(record[key]) for key in ("published_at", "modified_at") if record.get(key)}
    authors = {"authors": record["authors"] or []} if "authors" in record else {}
    return {key: value for key, value in record.items() if key != "tags" or value is not None} | times | authors


def _iso(text: str) -> str:
    try:
        return datetime.fromisoformat(text).isoformat(timespec="seconds") if "." in text or " " in text else text
    except ValueError:
        return text
