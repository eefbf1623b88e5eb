"""Saved documents: a file, or every page of a folder, becomes a ``Page``.

What is not in the file itself (URL, time of fetching, charset, outlet) may stand beside it: ``name.json`` for
``name.html``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crawler.extraction.decoding import MAX_BYTES
from crawler.items import Page
from crawler.registry import host_of

SUFFIXES = (".html", ".htm", ".txt", ".html.gz", ".htm.gz", ".txt.gz")


class DocumentError(ValueError):
    """A document that cannot be read; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known of a document besides its bytes; ``None`` where nothing is."""

    url: str | None = None
    outlet: str | None = None
    encoding: str | None = None
    fetched_at: datetime | None = None

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Hints:
        """The hints among ``data``; other keys are ignored. Raises ``DocumentError`` on a wrong value."""
        values = {field.name: data[field.name] for field in fields(cls) if data.get(field.name) is not None}
        for key, value in values.items():
            if not isinstance(value, str):
                raise DocumentError(f"{key}: expected text, found {value!r}")
        if "url" in values and host_of(values["url"]) is None:
            raise DocumentError(f"url: expected an http(s) URL, found {values['url']!r}")
        if "fetched_at" in values:
            values["fetched_at"] = _time(values["fetched_at"])
        return cls(**values)

    def over(self, other: Hints) -> Hints:
        """These hints, and ``other`` where they are silent."""
        known = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(other, **{key: value for key, value in known.items() if value is not None})


def find(path: Path) -> Iterator[Path]:
    """The file itself, or the pages (``SUFFIXES``) of a folder and its sub-folders, sorted by path.

    Raises ``DocumentError`` for what does not exist and for a folder without any. A sub-folder that cannot be
    listed is among the results: ``load`` says so.
    """
    if not path.is_dir():
        if not path.exists():
            raise DocumentError(f"{path}: no such file or folder")
        yield path
        return
    closed: list[Path] = []
    found = [
        Path(folder) / name
        for folder, _, names in os.walk(path, onerror=lambda error: closed.append(Path(error.filename)))
        for name in names
        if name.lower().endswith(SUFFIXES) and not name.startswith(".")
    ]
    if not found and not closed:
        raise DocumentError(f"{path}: a folder without pages ({', '.join(SUFFIXES)})")
    yield from sorted(found + closed)


def load(path: Path, hints: Hints | None = None) -> Page:
    """The document at ``path`` as a page; ``hints`` win over the side file.

    Where nobody says when it was fetched, that is now. Raises ``DocumentError``.
    """
    body = _read(path, MAX_BYTES)
    known = (hints or Hints()).over(_side_file(path))
    return Page(
        url=known.url,
        body=body,
        fetched_at=known.fetched_at or datetime.now(UTC),
        url_requested=known.url,
        charset=known.encoding,
        outlet=known.outlet,
    )


def failed_page(error: DocumentError, hints: Hints | None = None) -> Page:
    """The page that stands for a document that could not be read."""
    known = hints or Hints()
    return Page(known.url, b"", datetime.now(UTC), known.url, outlet=known.outlet, error=str(error))


def _read(path: Path, limit: int) -> bytes:
    try:
        with path.open("rb") as file:
            body = file.read(limit + 1)
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:  # a NUL in the name
        raise DocumentError(f"{str(path)!r}: no file name") from error
    if len(body) > limit:
        raise DocumentError(
            f"{path}: larger than {limit // 1024 // 1024} MiB; a news page is far smaller: is this the right file?"
        )
    return body


def _side_file(path: Path) -> Hints:
    side = (path.with_suffix("") if path.suffix.lower() == ".gz" else path).with_suffix(".json")
    if side == path or not side.is_file():
        return Hints()
    try:
        data = json.loads(_read(side, MAX_BYTES))
        if not isinstance(data, dict):
            raise DocumentError("expected a JSON object")
        return Hints.of(data)
    except (ValueError, RecursionError) as error:
        reason = str(error).removeprefix(f"{side}: ")
        raise DocumentError(f"{side}: {reason}") from error


def _time(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise DocumentError(f"fetched_at: expected a time such as 2026-01-31T06:51:00Z, found {text!r}") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
