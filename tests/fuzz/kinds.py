"""The kinds of inputs: how one is made, what reads it, how much work that may be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from random import Random
from typing import Any

import lxml.etree
import lxml.html

from crawler.answers import answer, json_line
from crawler.extraction import clean, dates, extract
from crawler.extraction.metadata import Metadata, read_json
from crawler.extraction.people import is_byline, read_byline
from crawler.items import Page
from crawler.registry import default_registry
from tests.fuzz import grammar, pages

_NOW = datetime(2027, 1, 1, tzinfo=UTC)
_LOCAL = timezone(timedelta(hours=7))


@dataclass(frozen=True)
class Kind:
    """``share`` of all inputs; ``make`` from a random source; ``read`` must not raise; ``raw`` is its bytes."""

    share: float
    make: Callable[[Random], Any]
    read: Callable[[Any], object]
    raw: Callable[[Any], bytes]
    calls_allowed: Callable[[int], float]


def _read_date(text: str) -> None:
    for parse in (dates.parse, dates.parse_us):
        stamp = parse(text, _LOCAL)
        if stamp:
            datetime.fromisoformat(stamp.iso())
            dates.refuse(stamp, _NOW)


def _read_byline(text: str) -> None:
    is_byline(text)
    is_byline(text, styled=True)
    byline = read_byline(text, ("Báo Sông Mây",))
    assert all(name.strip() == name and name for name in byline.authors), byline.authors


def _read_json_ld(text: str) -> None:
    read_json(text)
    root = lxml.html.fromstring("<html><head></head><body><p>x</p></body></html>")
    script = lxml.etree.SubElement(root[0], "script", type="application/ld+json")
    script.text = "".join(char for char in text if char >= " " or char in "\t\n").encode("utf-8", "replace").decode()
    metadata = Metadata(root, "https://baovidu.test/a1.html")
    assert isinstance(metadata.text("headline"), str | None)
    assert all(isinstance(name, str) for name in (*metadata.author_names.people, *metadata.breadcrumb))
    metadata.canonical  # noqa: B018


def _read_page(page: Page) -> None:
    json_line(answer(clean(extract(page, default_registry()))))


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _linear(fixed: float, per_byte: float) -> Callable[[int], float]:
    return lambda size: fixed + per_byte * size


KINDS = {
    "dates": Kind(0.50, grammar.date, _read_date, _utf8, _linear(2_000, 50)),
    "bylines": Kind(0.35, grammar.byline, _read_byline, _utf8, _linear(5_000, 200)),
    "json-ld": Kind(0.14, grammar.json_ld, _read_json_ld, _utf8, _linear(5_000, 100)),
    "pages": Kind(0.01, pages.page, _read_page, lambda page: page.body, _linear(100_000, 100)),
}
