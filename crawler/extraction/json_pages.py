"""JSON documents of a paper's API, as its outlet file says they map: an article, or a list of articles.

An article is written down as a small HTML page, so that its text is read like that of any other page.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin

from crawler.items import Page, SectionPage
from crawler.json_source import JSON_FIELDS, JsonArticle, at_path, made_of
from crawler.layout import Layout
from crawler.outlet import Outlet

#: Where each part stands in the page made of a JSON document.
JSON_LAYOUT = Layout("json", bold_lead=True, **{name: (f".json-{name}",) for name in JSON_FIELDS})

# Seconds since 1970; a larger number counts milliseconds.
_FAR_FUTURE = 10**11
_HTML_FIELDS = ("body", "lead")


def article_page(page: Page, outlet: Outlet, data: Any) -> Page | None:
    """The page as HTML, at the article's own address if it can be told; ``None`` where there is no article."""
    mapping = outlet.json
    if mapping is None:
        return None
    item = at_path(data, mapping.within)
    if not isinstance(item, dict):
        return None
    parts = {name: list(_texts(_value(item, mapping, name))) for name in mapping.fields}
    if not any(parts["body"]):
        return None
    markup = "".join(_element(name, text) for name in JSON_FIELDS for text in parts.get(name, ()))
    link = made_of(mapping.link, item) if mapping.link else None
    return Page(
        url=urljoin(outlet.home, link) if link else page.url,
        body=f"<html><body><article>{markup}</article></body></html>".encode("utf-8", "replace"),
        fetched_at=page.fetched_at,
        outlet=outlet.name,
    )


def list_page(page: Page, outlet: Outlet, data: Any) -> SectionPage | None:
    """The articles a JSON document lists; ``None`` when it is no list of the outlet's."""
    for endpoint in outlet.lists:
        items = at_path(data, endpoint.items)
        links = [made_of(endpoint.link, item) for item in items] if isinstance(items, list) else []
        addresses = (urljoin(outlet.home, link) for link in links if link)
        found = list(dict.fromkeys(address for address in addresses if outlet.article_id(address)))
        if found:
            further = endpoint.page_after(page.url) if page.url else None
            return SectionPage(outlet.name, page.url, article_urls=found, next_pages=[further] if further else [])
    return None


def _value(item: Any, mapping: JsonArticle, name: str) -> Any:
    values = (at_path(item, path) for path in mapping.fields[name])
    return next((value for value in values if value not in (None, "", [], {})), None)


def _texts(value: Any) -> Iterator[str]:
    """The texts of a value: its own, those of a list, or the names of objects; a number is a time."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield _moment(value)
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)
    elif isinstance(value, dict):
        yield from _texts(next((value[key] for key in ("name", "title") if value.get(key)), None))


def _moment(seconds: float) -> str:
    try:
        return datetime.fromtimestamp(seconds / 1000 if seconds > _FAR_FUTURE else seconds, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return str(seconds)


def _element(name: str, text: str) -> str:
    if name == "photo":
        return f'<img class="json-{name}" src="{escape(text)}">'
    inner = text if name in _HTML_FIELDS else escape(unescape(text))
    return f'<div class="json-{name}">{inner}</div>'
