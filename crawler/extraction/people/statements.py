"""Authors as a page states them for machines: JSON-LD and meta elements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml.etree import _Element as Element

from crawler.extraction.metadata import Metadata, clean_text
from crawler.extraction.people.agencies import agencies_in
from crawler.extraction.people.anywhere import names_in_order
from crawler.extraction.text import tidy

# Names or properties of meta elements, most trusted first.
_METAS = (
    *(
        "parsely-author",
        "sailthru.author",
        "article:author",
        "og:article:author",
        "cxenseparse:author",
        "byl",
        "author",
    ),
    *("article:author_name", "dc.creator", "dc.creator.personalname", "dcterms.creator", "citation_author", "creator"),
)
# Types of JSON-LD objects whose author is the article's; other authors are those of comments, photos, videos.
_ARTICLES = ("article", "posting", "report", "webpage", "creativework", "review", "recipe")
# Lists in lists that a list of authors may be.
_DEPTH = 3
_ORGANISATIONS = ("organization", "corporation", "newsmediaorganization")


class Statement(NamedTuple):
    """What a page states of one author: the text, whether as one person's name, and its provenance."""

    text: str
    person: bool
    origin: str


def stated_authors(metadata: Metadata) -> Iterator[list[Statement]]:
    """The statements about authors, most trusted first, each with all it names."""
    known = _by_id(metadata.json_ld)
    for key in ("author", "creator"):
        for item in _articles(metadata.json_ld):
            if item.get(key):
                yield [Statement(*name, "json-ld") for name in _names(item[key], known)]
    metas = _metas(metadata.root)
    for name in _METAS:
        if name in metas:
            yield [Statement(names_in_order(text), True, "meta") for text in metas[name]]


def _articles(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The objects that describe an article, and the ones that a page object says it is about."""
    for item in items:
        if _is_one(item, _ARTICLES):
            yield item
            entity = item.get("mainEntity")
            if isinstance(entity, dict):
                yield entity


def _by_id(items: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {item["@id"]: item for item in items if isinstance(item.get("@id"), str) and "name" in item}


def _names(value: Any, known: dict[str, dict[str, Any]], depth: int = 0) -> list[tuple[str, bool]]:
    """Each author's text of a JSON-LD value, and whether it is one person's name by its type.

    An organisation is an author only as an agency, which is credited.
    """
    if isinstance(value, list):
        return [name for entry in value for name in _names(entry, known, depth + 1)] if depth < _DEPTH else []
    if isinstance(value, str):
        text = clean_text(value)
        return [(text, False)] if text else []
    if not isinstance(value, dict):
        return []
    name = value.get("name") or _full_name(value)
    if not name and isinstance(value.get("@id"), str):
        name = known.get(value["@id"], {}).get("name")
    organisation = _is_one(value, _ORGANISATIONS)
    names = name if isinstance(name, list) else [name]
    texts = [text for one in names if isinstance(one, str) and (text := clean_text(one))]
    return [(text, not organisation) for text in texts if not organisation or agencies_in(text)]


def _full_name(person: dict[str, Any]) -> str | None:
    parts = [person.get("givenName"), person.get("additionalName"), person.get("familyName")]
    return " ".join(part for part in parts if isinstance(part, str)) or None


def _is_one(item: dict[str, Any], kinds: tuple[str, ...]) -> bool:
    stated = item.get("@type")
    types = stated if isinstance(stated, list) else [stated]
    return any(isinstance(kind, str) and kind.lower().endswith(kinds) for kind in types)


def _metas(root: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or "").strip().lower()
        content = tidy(element.get("content", ""))
        if content and name in _METAS:
            found.setdefault(name, []).append(content)
    return found
