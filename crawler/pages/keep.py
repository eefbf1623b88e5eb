"""Keeping a page with the record that is now read from it, as the expected one: to be reviewed by a person."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from itertools import chain, count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawler.answers import answer
from crawler.documents import DocumentError
from crawler.extraction import read
from crawler.extraction.decoding import NotText
from crawler.extraction.document import open_document
from crawler.files import write_whole
from crawler.folding import fold
from crawler.items import Page
from crawler.pages.compare import ARTICLE_FIELDS, SECTION_FIELDS
from crawler.pages.layouts import EXPECTED, read_object
from crawler.pages.saved import SavedPage
from crawler.registry import Registry, host_of

_LONGEST_NAME = 80  # characters
_KEPT = {"article": (*ARTICLE_FIELDS, "published_raw"), "section": SECTION_FIELDS}


def save(page: Page, folder: Path, registry: Registry, name: str | None = None) -> Path:
    """Keep ``page`` in a folder of its own inside ``folder``, named after outlet and URL or ``name``; that folder.

    It appears whole or not at all. Raises ``DocumentError`` when the page is saved there already, or when
    reading it fails, and ``OSError``.
    """
    record = answer(read(page, registry))
    if "error" in record:
        raise DocumentError(f"reading it failed, so there is no record to expect: {record['error']}")
    home = _free_home(folder, _name(page, registry, name), page.body)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".saving-") as scratch:
        new = Path(scratch) / "page"
        new.mkdir()
        (new / f"page.{_suffix(page, registry)}").write_bytes(page.body)
        _write(new / "page.json", _side(page, registry))
        _write(new / EXPECTED, expected_of(record) | ({"junk": []} if record["kind"] == "article" else {}))
        shutil.move(new, home)
    return home


def expected_of(record: dict[str, Any]) -> dict[str, Any]:
    """The part of a record that is worth expecting; an article needs no ``kind``."""
    fields = {name: record[name] for name in _KEPT.get(record["kind"], ())}
    return fields if record["kind"] == "article" else {"kind": record["kind"], **fields}


def write_expected(saved: SavedPage) -> None:
    """Rewrite the fields that differ in the expected record's file with what is now read.

    What was not compared (notes, junk texts) stays, unless the page is of another kind now. Raises ``OSError``.
    """
    stated = read_object(saved.file)
    if saved.kind != saved.record.get("kind"):
        gone = {"kind", *chain.from_iterable(_KEPT.values())}
        stated = expected_of(saved.record) | {key: value for key, value in stated.items() if key not in gone}
    for difference in saved.differences():
        if difference.field not in ("kind", "junk"):
            stated[difference.field] = difference.got
    _write(saved.file, stated)


def _name(page: Page, registry: Registry, name: str | None) -> str:
    outlet = page.outlet or (found.name if page.url and (found := registry.for_url(page.url)) else None)
    place = outlet or (host_of(page.url) if page.url else None)
    last = urlsplit(page.url).path.rstrip("/").rpartition("/")[2] if page.url else ""
    slug = re.sub(r"[^a-z0-9]+", "-", fold(name or last.rpartition(".")[0] or last or "home")).strip("-")
    return "__".join(filter(None, (place, slug or "page")))[:_LONGEST_NAME].rstrip("-")


def _free_home(folder: Path, name: str, body: bytes) -> Path:
    for home in _homes(folder / name):
        if not home.exists():
            return home
        if any(path.read_bytes() == body for path in home.glob("page.*")):
            raise DocumentError(f"the same page is saved already: {home}")
    raise AssertionError("count() has no end")


def _homes(first: Path) -> Iterator[Path]:
    yield first
    yield from (first.with_name(f"{first.name}-{number}") for number in count(2))


def _suffix(page: Page, registry: Registry) -> str:
    try:
        suffix = "txt" if open_document(page, registry).root is None else "html"
    except NotText:
        return "bin"
    return f"{suffix}.gz" if page.body.startswith(b"\x1f\x8b") else suffix


def _side(page: Page, registry: Registry) -> dict[str, Any]:
    outlet = page.outlet or (found.name if page.url and (found := registry.for_url(page.url)) else None)
    side = {"url": page.url, "outlet": outlet, "fetched_at": page.fetched_at.strftime("%Y-%m-%dT%H:%M:%SZ")}
    more = {"encoding": page.charset, "status": page.status}
    return side | {key: value for key, value in more.items() if value is not None}


def _write(file: Path, value: dict[str, Any]) -> None:
    """Write the file anew, whole or not at all."""
    write_whole(file, json.dumps(value, ensure_ascii=False, indent=1) + "\n")
