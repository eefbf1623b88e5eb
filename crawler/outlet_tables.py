"""The tables of an outlet file: id spaces, layouts, selectors, JSON lists and articles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from crawler.checks import Check
from crawler.json_source import JSON_FIELDS, JsonArticle, JsonList
from crawler.layout import SELECTOR_FIELDS, Layout
from crawler.outlet import UrlPattern

FAMILIES = ("onecms", "fck", "vnpt", "mediatech", "epi", "dcontent")

_LOWER = re.compile(r"[a-z][a-z0-9-]*")
_PATH_OR_URL = re.compile(r"(https?:/)?/\S+")
_KEY_PATH = re.compile(r"\w+(\.\w+)*")
_LINK = re.compile(r"(?=\S*\{\w+)((https?:/)?/)?([^\s{}]|\{\w+(\.\w+)*\})+")


def read_urls(check: Check, hosts: tuple[str, ...], former: tuple[str, ...]) -> tuple[UrlPattern, ...]:
    """The id spaces. Without ``host`` one is of all ``hosts`` of today; ``former`` ones are named where meant."""
    patterns: list[UrlPattern] = []
    for table in check.tables("urls", "a list of at least one table { space, path }", least=1):
        table.keys(("space", "path"), ("host", "family"))
        pattern = UrlPattern(
            table.text("space", "lower-case letters, digits and hyphens", _LOWER),
            table.regex("path", frozenset(("id", "month"))),
            _hosts_of(table, hosts, former),
            table.choice("family", FAMILIES) if "family" in table.data else None,
        )
        for other in patterns:
            if other.space == pattern.space:
                table.expected("space", "a space of its own, since the same id in two places is two articles")
            elif other.path.pattern == pattern.path.pattern and set(other.hosts) & set(pattern.hosts):
                table.expected("path", f"another path than that of the space {other.space!r} on the same host")
        patterns.append(pattern)
    return tuple(patterns)


def _hosts_of(table: Check, hosts: tuple[str, ...], former: tuple[str, ...]) -> tuple[str, ...]:
    if "host" not in table.data:
        return hosts
    stated = table.data["host"]
    named = stated if isinstance(stated, list) and stated else [stated]
    if hosts and not all(isinstance(host, str) and host in hosts + former for host in named):
        table.expected("host", f"one of the hosts {', '.join(hosts + former)}, or a list of them")
        return ()
    return tuple(named)


def read_selectors(check: Check) -> Mapping[str, str]:
    """The outlet's own selectors; an empty one turns a field off."""
    table = check.table("selectors", "a table of CSS selectors")
    table.keys((), SELECTOR_FIELDS)
    return MappingProxyType({key: "" if css == "" else table.css(key) or "" for key, css in table.data.items()})


def read_layouts(check: Check) -> tuple[Layout, ...]:
    """The outlet's own layouts."""
    layouts = tuple(_layout(table) for table in check.tables("layouts", "a list of tables [[layouts]]"))
    names = [layout.name for layout in layouts if layout.name]
    if len(set(names)) < len(names):
        check.expected("layouts", "names of their own")
    return layouts


def _layout(table: Check) -> Layout:
    table.keys(("name", "body"), (*(key for key in SELECTOR_FIELDS if key != "body"), "bold_lead"))
    name = table.text("name", "lower-case letters, digits and hyphens", _LOWER)
    bold_lead = table.flag("bold_lead")
    if "body" not in table.data:
        table.expected("body", "a CSS selector")
    selectors = {key: table.alternatives(key) for key in SELECTOR_FIELDS if key in table.data}
    return Layout(name, bold_lead=bold_lead, **selectors)


def read_lists(check: Check) -> tuple[JsonList, ...]:
    """The JSON endpoints that list articles."""
    return tuple(_list(table) for table in check.tables("lists", "a list of tables { url, items, link }"))


def _list(table: Check) -> JsonList:
    table.keys(("url", "items", "link"), ("values",))
    return JsonList(
        table.text("url", "an absolute URL or a path that begins with '/'", _PATH_OR_URL),
        table.text("items", "a key path such as 'data.list'", _KEY_PATH),
        table.text("link", "an address with keys such as '/{kind}/{slug}'", _LINK),
        table.texts("values", "texts"),
    )


def read_json_map(check: Check) -> JsonArticle | None:
    """How a JSON document of the paper maps to an article."""
    if "json" not in check.data:
        return None
    table = check.table("json", "a table of key paths")
    if not isinstance(check.data["json"], dict):
        return None
    table.keys(("body",), ("within", "link", *(field for field in JSON_FIELDS if field != "body")))
    within = table.optional("within", "a key path such as 'data'", _KEY_PATH) or ""
    link = table.optional("link", "an address with keys such as '/{kind}/{slug}'", _LINK)
    fields = {field: _key_paths(table, field) for field in JSON_FIELDS if field in table.data or field == "body"}
    return JsonArticle(MappingProxyType(fields), within, link)


def _key_paths(table: Check, key: str) -> tuple[str, ...]:
    stated = table.data.get(key)
    paths = stated if isinstance(stated, list) and stated else [stated]
    if all(isinstance(path, str) and _KEY_PATH.fullmatch(path) for path in paths):
        return tuple(paths)
    table.expected(key, "a key path such as 'data.title', or a list of them")
    return ()
