"""A record that was read against the one that is expected, field by field.

Both are JSON-ready objects as ``crawler.answers`` makes them. Only what the expected record states is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

Record = Mapping[str, Any]

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
_FIELDS = {"article": ARTICLE_FIELDS + EXTRA_FIELDS, "section": SECTION_FIELDS}
_JUNK = ("junk", "junk_in_article_column", "junk_elsewhere")
_SHORTEST_JUNK = 3  # characters; shorter texts stand in any article


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that came out otherwise; ``junk`` stands for texts that must be in no field."""

    field: str
    wanted: Any
    got: Any


def kind_of(expected: Record) -> str:
    """The kind a page should be read as; an article where nothing is said."""
    return str(expected.get("kind", "article"))


def stated_fields(expected: Record) -> list[str]:
    """The fields whose values are known."""
    return [name for name in _FIELDS.get(kind_of(expected), ()) if name in expected]


def differences(expected: Record, record: Record) -> list[Difference]:
    """Every field of ``record`` that is not as expected; of a page of another kind only the kind."""
    kind = kind_of(expected)
    if record.get("kind") != kind:
        said = record.get("reason") or record.get("error")
        return [Difference("kind", kind, f"{record.get('kind', 'failed')}" + (f" ({said})" if said else ""))]
    found = [
        Difference(name, wanted(expected, name), got(record, name))
        for name in stated_fields(expected)
        if not is_same(name, wanted(expected, name), got(record, name))
    ]
    leaked = leaks(expected, record)
    return [*found, Difference("junk", [], leaked)] if leaked else found


def wanted(expected: Record, name: str) -> Any:
    """The expected value of a field; of what was dropped only the texts."""
    return _texts(expected[name]) if name == "dropped" else expected[name]


def got(record: Record, name: str) -> Any:
    """The value that was read; ``None`` where the page was taken for something else."""
    value = record.get(name)
    return _texts(value) if name == "dropped" and value is not None else value


def is_same(name: str, wanted: Any, got: Any) -> bool:
    """Letter for letter, but for a time given in UTC, which says no local hour, and images given in several sizes."""
    if name == "images" and wanted and got:
        return len(wanted) == len(got) and all(map(_is_image, wanted, got))
    if name in ("published_at", "modified_at") and wanted and got and wanted != got:
        return _in_utc(wanted) and minute(wanted) == minute(got)
    return bool(wanted == got)


def minute(moment: Any) -> datetime | None:
    """The minute of an ISO 8601 time, in UTC where it has an offset; ``None`` for what is no time."""
    try:
        read = datetime.fromisoformat(moment)
    except (TypeError, ValueError):
        return None
    read = read.replace(second=0, microsecond=0)
    return read.astimezone(UTC) if read.tzinfo else read


def leaks(expected: Record, record: Record) -> list[str]:
    """Junk texts that stand in a field as a whole phrase, case folded, and nowhere in the expected record."""
    texts = list(_folded(record))
    right = list(_folded(expected))
    junk = [text for name in _JUNK for text in expected.get(name, ()) if len(text) >= _SHORTEST_JUNK]
    return [text for text in junk if stands_in(text.casefold(), texts) and not stands_in(text.casefold(), right)]


def stands_in(phrase: str, texts: Sequence[str]) -> bool:
    """Whether ``phrase`` is in one of ``texts`` with no letter or digit right before or behind it."""
    for text in texts:
        start = text.find(phrase)
        while start >= 0:
            before, after = text[start - 1 : start] if start else "", text[start + len(phrase) :][:1]
            if not before.isalnum() and not after.isalnum():
                return True
            start = text.find(phrase, start + 1)
    return False


def _texts(dropped: Sequence[Any]) -> list[Any]:
    return [entry["text"] if isinstance(entry, Mapping) else entry for entry in dropped]


def _is_image(wanted: Any, got: Any) -> bool:
    return got in wanted if isinstance(wanted, list) else got == wanted


def _in_utc(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).utcoffset() == timedelta(0)
    except ValueError:
        return False


def _folded(record: Record) -> Iterator[str]:
    for name in ARTICLE_FIELDS:
        if name != "images":
            yield from (text.casefold() for text in _flat(record.get(name)))


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for entry in value:
            yield from _flat(entry)
