"""What a page says of itself for machines: meta elements, JSON-LD, its own address."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from lxml.etree import _Element as Element

from crawler.extraction.text import tidy
from crawler.urls import web_address

_ARTICLE_TYPES = frozenset(("newsarticle", "article", "reportagenewsarticle", "blogposting", "analysisnewsarticle"))
# Both end with the text where their end is missing, so that each character is looked at once.
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\Z)', re.DOTALL)
_JSON_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|(?<![:\"'])//[^\n]*", re.DOTALL)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")


@dataclass(slots=True, frozen=True)
class Names:
    """Names of one JSON-LD ``author``: people apart from organisations."""

    people: list[str] = field(default_factory=list)
    organisations: list[str] = field(default_factory=list)


class Metadata:
    """Machine-readable statements of one parsed page. Everything is read on first use, never raised about."""

    def __init__(self, root: Element, url: str | None) -> None:
        self.root = root
        self.given_url = url

    @cached_property
    def metas(self) -> dict[str, str]:
        """Content of every meta element by its lower-case name or property; the first of a name wins."""
        found: dict[str, str] = {}
        for element in self.root.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            content = tidy(element.get("content", ""))
            if name and content:
                found.setdefault(name.strip().lower(), content)
        return found

    @cached_property
    def page_title(self) -> str:
        """Text of ``<title>``."""
        return next((tidy("".join(element.itertext())) for element in self.root.iter("title")), "")

    @cached_property
    def canonical(self) -> str | None:
        """The page's own address: canonical link or meta, ``og:url``, JSON-LD; absolute http(s) or ``None``."""
        candidates: list[str | None] = [
            link.get("href") for link in self.root.iter("link") if "canonical" in link.get("rel", "").lower()
        ]
        candidates += [self.metas.get("canonical"), self.metas.get("og:url"), self._main_entity()]
        base = self.given_url or self.base_href
        return next((address for candidate in candidates if (address := web_address(base, candidate))), None)

    @cached_property
    def base_href(self) -> str | None:
        """``<base href>`` as an absolute address, if the page has one."""
        addresses = (web_address(self.given_url, element.get("href")) for element in self.root.iter("base"))
        return next((address for address in addresses if address), None)

    @cached_property
    def json_ld(self) -> list[dict[str, Any]]:
        """Every JSON-LD object, ``@graph`` and lists unfolded; blocks that cannot be read are left out."""
        found: list[dict[str, Any]] = []
        for element in self.root.iter("script"):
            if "ld+json" in element.get("type", ""):
                found.extend(_objects(read_json("".join(element.itertext()))))
        return found

    @cached_property
    def news(self) -> dict[str, Any]:
        """The JSON-LD objects of article type merged, the first statement of a property winning."""
        merged: dict[str, Any] = {}
        for item in self.json_ld:
            if _types(item) & _ARTICLE_TYPES:
                for key, value in item.items():
                    if value not in (None, "", [], {}):
                        merged.setdefault(key, value)
        return merged

    def text(self, key: str) -> str | None:
        """A JSON-LD article property as text, entities resolved; ``None`` when absent or no text."""
        value = self.news.get(key)
        if isinstance(value, list):
            value = next((item for item in value if isinstance(item, str)), None)
        return clean_text(value) if isinstance(value, str) else None

    @cached_property
    def author_names(self) -> Names:
        """Names of the JSON-LD author, people and organisations apart."""
        names = Names()
        for author in _as_list(self.news.get("author")):
            if isinstance(author, str):
                names.people.append(clean_text(author) or "")
            elif isinstance(author, dict) and isinstance(author.get("name"), str):
                target = names.organisations if "organization" in _types(author) else names.people
                target.append(clean_text(author["name"]) or "")
        return Names([name for name in names.people if name], [name for name in names.organisations if name])

    @cached_property
    def breadcrumb(self) -> list[str]:
        """Names of the JSON-LD ``BreadcrumbList``, outermost first."""
        for item in self.json_ld:
            if "breadcrumblist" in _types(item):
                return [name for entry in _as_list(item.get("itemListElement")) if (name := _crumb(entry))]
        return []

    def _main_entity(self) -> str | None:
        entity = self.news.get("mainEntityOfPage")
        if isinstance(entity, dict):
            entity = entity.get("@id") or entity.get("url")
        return entity if isinstance(entity, str) else None


def read_json(text: str) -> Any:
    """Read JSON as templates write it: raw line breaks, comments and trailing commas are forgiven.

    ``None`` for what cannot be read.
    """
    text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    for attempt in (_as_is, _repaired):
        try:
            return json.loads(attempt(text), strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def clean_text(value: str) -> str | None:
    """Entities resolved (templates escape inside JSON too), tidied; ``None`` when nothing is left."""
    return tidy(html.unescape(html.unescape(value))) or None


def _as_is(text: str) -> str:
    return text


def _repaired(text: str) -> str:
    pieces, position = [], 0
    for match in _JSON_STRING.finditer(text):
        pieces += [_outside(text[position : match.start()]), match[0]]
        position = match.end()
    return "".join(pieces) + _outside(text[position:])


def _outside(text: str) -> str:
    return _TRAILING_COMMA.sub(r"\1", _JSON_COMMENT.sub("", text))


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    for item in _as_list(value):
        if isinstance(item, dict):
            yield item
            if "@graph" in item:
                yield from _objects(item["@graph"])


def _as_list(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _types(item: dict[str, Any]) -> set[str]:
    return {kind.lower().rsplit("/", 1)[-1] for kind in _as_list(item.get("@type")) if isinstance(kind, str)}


def _crumb(entry: Any) -> str | None:
    if not isinstance(entry, dict):
        return None
    inner = entry.get("item")
    name = entry.get("name") or (inner.get("name") if isinstance(inner, dict) else None)
    return clean_text(name) if isinstance(name, str) else None
