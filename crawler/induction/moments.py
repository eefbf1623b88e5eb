"""When a page was published, by what it states and what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.extraction.cleaning import same_text
from crawler.extraction.dates import Stamp, parse, parse_us
from crawler.induction.examples import LINE, Example

_ZONE = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$")


def published_of(example: Example) -> Stamp | None:
    """The moment that machines are told and readers are shown; else what is stated.

    Where nothing is stated it is what the generic reading takes for it (``wanted.published``): not every date of a page
    is its own.
    """
    document = example.document
    assert document.metadata is not None
    metadata = document.metadata
    texts = [metadata.text("datePublished")]
    texts += [metadata.metas.get(name) for name in ("article:published_time", "datepublished", "pubdate", "date")]
    stated = [
        stamp
        for text in texts
        if text
        for stamp in (
            parse(text, document.local),
            parse(_ZONE.sub("", text), document.local),
            parse_us(text, document.local),
        )
        if stamp
    ]
    shown = list(_shown(example))
    for stamp in stated:
        if stamp.exact and any(other.exact and _minute(other) == _minute(stamp) for other in shown):
            return stamp
    by_day = [other for other in shown if any(other.when.date() == stamp.when.date() for stamp in stated)]
    if stated:
        return next((stamp for stamp in by_day if stamp.exact), stated[0])
    return next((stamp for stamp in shown if stamp.when == example.wanted.published), None)


def _shown(example: Example) -> Iterator[Stamp]:
    """The moments printed on the page: those behind the title first, then those before it."""
    before: list[Stamp] = []
    seen_title = False
    for element, text in example.texts:
        seen_title = seen_title or bool(example.wanted.title and same_text(text, example.wanted.title))
        if len(text) > LINE or element.tag == "a" or next(element.iterancestors("a"), None) is not None:
            continue
        stamp = parse(text, example.document.local) or parse(element.get("datetime"), example.document.local)
        if stamp and seen_title:
            yield stamp
        elif stamp:
            before.append(stamp)
    yield from reversed(before)


def _minute(stamp: Stamp) -> str:
    return stamp.when.strftime("%Y-%m-%dT%H:%M%z")
