"""Saved pages with what should come out of them, from folders in either of two layouts.

A folder a page: ``NAME/page.html`` (or ``page.txt``), ``NAME/page.json`` with its address, ``NAME/expected.json``.
Or side by side: ``NAME.html`` and ``NAME.gold.json``, whose ``url`` is the address.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from crawler.extraction import read
from crawler.items import Article, Page, Result, SectionPage
from crawler.registry import default_registry

ARTICLE_FIELDS = (
    "title",
    "published_at",
    "modified_at",
    "authors",
    "source",
    "section",
    "lead",
    "paragraphs",
    "captions",
    "images",
    "tags",
)
SECTION_FIELDS = ("article_urls", "other_article_urls", "next_pages", "feeds")
#: Keys of expected records that hold other outcomes worth comparing where they are given.
EXTRA_FIELDS = ("published_raw", "published_day", "dropped", "layout")
# A saved page of unknown age is read as of this moment: after every date in the sets.
_UNDATED = datetime(2027, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class SavedPage:
    """One saved page: its name, the page itself and the expected record."""

    name: str
    page: Page
    expected: dict[str, Any]

    @cached_property
    def result(self) -> Result:
        """What extraction and cleaning make of the page."""
        return read(self.page, default_registry())

    @property
    def kind(self) -> str:
        """The kind the page should be read as."""
        return str(self.expected.get("kind", "article"))

    @property
    def fields(self) -> list[str]:
        """The fields whose values are known."""
        names = {"article": ARTICLE_FIELDS + EXTRA_FIELDS, "section": SECTION_FIELDS}.get(self.kind, ())
        return [name for name in names if name in self.expected]

    def wanted(self, name: str) -> Any:
        """The expected value of a field."""
        value = self.expected[name]
        if name == "dropped":
            return [entry["text"] if isinstance(entry, dict) else entry for entry in value]
        return value

    def got(self, name: str) -> Any:
        """The value that was read; ``None`` where the page was taken for something else."""
        result = self.result
        if isinstance(result, Article):
            if name == "images":
                return [image.url for image in result.images]
            if name == "dropped":
                return [dropped.text for dropped in result.dropped]
        return getattr(result, name, None) if isinstance(result, Article | SectionPage) else None

    def junk(self) -> list[str]:
        """The texts that must stand in no field."""
        names = ("junk", "junk_in_article_column", "junk_elsewhere")
        return [text for name in names for text in self.expected.get(name, ()) if len(text) >= 3]

    def leaks(self) -> list[str]:
        """Junk texts that stand in a field as a whole phrase, case folded, and nowhere in the expected record."""
        if not isinstance(self.result, Article):
            return []
        values = [self.got(name) for name in ARTICLE_FIELDS if name != "images"]
        texts = [text.casefold() for text in _flat(values)]
        wanted = [text.casefold() for text in _flat([self.expected.get(name) for name in ARTICLE_FIELDS])]
        return [
            junk
            for junk in self.junk()
            if _stands_in(junk.casefold(), texts) and not _stands_in(junk.casefold(), wanted)
        ]


def saved_pages(folder: Path) -> list[SavedPage]:
    """All saved pages of ``folder`` in name order; raises :class:`FileNotFoundError` when there are none."""
    found = sorted([*_folders(folder), *_side_by_side(folder)], key=lambda saved: saved.name)
    if not found:
        raise FileNotFoundError(f"no saved pages with expected output in {folder}")
    return found


def _folders(folder: Path) -> Iterator[SavedPage]:
    for expected in folder.glob("*/expected.json"):
        home = expected.parent
        stated = json.loads((home / "page.json").read_text("utf-8"))
        body = next(path for path in (home / "page.html", home / "page.txt", home / "page.bin") if path.exists())
        page = Page(
            url=stated.get("url"),
            body=body.read_bytes(),
            fetched_at=_time(stated.get("fetched_at")),
            charset=stated.get("encoding"),
            status=stated.get("status"),
            outlet=stated.get("outlet"),
        )
        yield SavedPage(home.name, page, json.loads(expected.read_text("utf-8")))


def _side_by_side(folder: Path) -> Iterator[SavedPage]:
    for expected in folder.glob("*.gold.json"):
        record = json.loads(expected.read_text("utf-8"))
        body = expected.with_name(expected.name.replace(".gold.json", ".html"))
        if body.exists():
            page = Page(url=record["url"], body=body.read_bytes(), fetched_at=_UNDATED)
            yield SavedPage(body.stem, page, record)


def _time(text: str | None) -> datetime:
    return datetime.fromisoformat(text) if text else _UNDATED


def _flat(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for entry in value for text in _flat(entry)] if isinstance(value, list | tuple) else []


def _stands_in(phrase: str, texts: list[str]) -> bool:
    for text in texts:
        start = text.find(phrase)
        while start >= 0:
            before, after = text[start - 1 : start] if start else "", text[start + len(phrase) :][:1]
            if not before.isalnum() and not after.isalnum():
                return True
            start = text.find(phrase, start + 1)
    return False
