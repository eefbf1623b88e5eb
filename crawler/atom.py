"""What saved queries told, as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime

from feedgen.feed import FeedGenerator

from crawler.archive.watches import Event

ENTRIES = 100  # entries of a feed; readers ask more often than so much happens
_NAMESPACE = uuid.UUID("6f1f4c8e-2f0b-4c57-9d0e-3a1b5ce7b2d4")  # of the ids of feeds and entries
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, production 2


def atom(events: Sequence[Event], names: Sequence[str] = ()) -> bytes:
    """A feed of ``events``, which come newest first, and of the watches ``names`` (none: all).

    Ids depend on watch, article, time and what happened only, so that a reader knows an entry again, whatever archive
    it comes from.
    """
    feed = FeedGenerator()
    title = ", ".join(names) or "saved queries"
    feed.id(_id("feed", *sorted(names)))
    feed.title(_clean(f"Báo Tỉnh: {title}"))
    feed.author({"name": "Báo Tỉnh"})
    feed.updated(max((event.at for event in events), default=datetime(1970, 1, 1, tzinfo=UTC).isoformat()))
    for event in events:
        entry = feed.add_entry(order="append")
        entry.id(_id(event.watch, event.key, event.at, event.what))
        entry.title(_clean(f"{event.what}: {event.title or '(no title)'}"))
        entry.updated(event.at)
        entry.category([{"term": _clean(event.watch)}, {"term": event.what}])
        if event.outlet:
            entry.author({"name": _clean(event.outlet)})
        if event.lead:
            entry.summary(_clean(event.lead))
        if event.url:
            entry.link({"href": _clean(event.url), "rel": "alternate"})
        else:
            entry.content(_clean(event.lead or event.title or event.key))  # an entry must have one or the other
    document: bytes = feed.atom_str(pretty=True)
    return document


def _id(*parts: str) -> str:
    return uuid.uuid5(_NAMESPACE, "\n".join(parts)).urn


def _clean(text: str) -> str:
    return _NO_XML.sub("", text)
