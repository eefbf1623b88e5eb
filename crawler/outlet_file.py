"""Reads an outlet's TOML file and names every problem in it: file, key, what was expected."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cssselect import HTMLTranslator, SelectorError

from crawler.outlet import Outlet, UrlPattern, host_of

FAMILIES = ("onecms", "fck", "vnpt", "mediatech", "epi")
EVIDENCE = ("real pages", "others' selectors", "facts only", "bundled press")
REQUIRED = ("name", "title", "province", "home", "hosts", "family", "evidence", "urls")
OPTIONAL = (
    "former_provinces",
    "evidence_note",
    "utc_offset",
    "sections",
    "paging",
    "feeds",
    "skip",
    "marks",
    "site_tags",
    "list_links",
    "selectors",
)
URL_KEYS = ("space", "path", "host")

_WORD = re.compile(r"[a-z][a-z0-9]*")
_SPACE = re.compile(r"[a-z][a-z0-9-]*")
_HOST = re.compile(r"(?!www\.)[a-z0-9-]+(\.[a-z0-9-]+)+")
_OFFSET = re.compile(r"[+-](0\d|1[0-4]):[0-5]\d")
_PATH = re.compile(r"/\S*")
_PATH_OR_URL = re.compile(r"(https?:/)?/\S+")


def read_outlet(path: Path) -> tuple[Outlet | None, list[str]]:
    """The outlet a file describes, or ``None`` with all the file's problems, one line each."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        return None, [f"{path.name}: cannot be read: {error.strerror or error}"]
    except UnicodeDecodeError as error:
        return None, [f"{path.name}: expected UTF-8 text, found byte {error.object[error.start]:#04x}"]
    except tomllib.TOMLDecodeError as error:
        return None, [f"{path.name}: expected TOML: {error}"]
    check = _Check(path.name, data)
    outlet = _outlet(check, path.stem)
    return (None if check.problems else outlet), check.problems


class _Check:
    """Takes values out of a table; a value that is not as expected becomes a problem and an empty value."""

    def __init__(self, file: str, data: Mapping[str, Any], within: str = "") -> None:
        self.file, self.data, self.within = file, data, within
        self.problems: list[str] = []

    def expected(self, key: str, what: str) -> None:
        found = f"found {self.data[key]!r}" if key in self.data else "found nothing"
        self.problems.append(f"{self.file}: {self.within}{key}: expected {what}, {found}")

    def keys(self, required: tuple[str, ...], optional: tuple[str, ...]) -> None:
        known = required + optional
        for key in self.data:
            if key not in known:
                self.problems.append(
                    f"{self.file}: {self.within}{key}: unknown key, expected one of {', '.join(known)}"
                )

    def text(self, key: str, what: str = "text", pattern: re.Pattern[str] | None = None) -> str:
        value = self.data.get(key)
        if isinstance(value, str) and value.strip() and (pattern is None or pattern.fullmatch(value)):
            return value
        self.expected(key, what)
        return ""

    def optional(self, key: str, what: str = "text", pattern: re.Pattern[str] | None = None) -> str | None:
        return self.text(key, what, pattern) or None if key in self.data else None

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        value = self.data.get(key)
        if isinstance(value, str) and value in choices:
            return value
        self.expected(key, "one of " + ", ".join(repr(choice) for choice in choices))
        return ""

    def texts(self, key: str, what: str, pattern: re.Pattern[str] | None = None) -> tuple[str, ...]:
        value = self.data.get(key, [])
        right = isinstance(value, list) and all(
            isinstance(item, str) and item.strip() and (pattern is None or pattern.fullmatch(item)) for item in value
        )
        if right and len(set(value)) == len(value):
            return tuple(value)
        self.expected(key, f"a list of {what}" + (", each once" if right else ""))
        return ()

    def css(self, key: str) -> str | None:
        value = self.optional(key, "a CSS selector")
        try:
            return value if value and HTMLTranslator().css_to_xpath(value) else None
        except SelectorError as error:
            self.expected(key, f"a CSS selector ({error})")
            return None


def _outlet(check: _Check, stem: str) -> Outlet:
    check.keys(REQUIRED, OPTIONAL)
    hosts = _hosts(check)
    return Outlet(
        name=_name(check, stem),
        title=check.text("title"),
        province=check.text("province"),
        former_provinces=check.texts("former_provinces", "names"),
        home=_home(check, hosts),
        hosts=hosts,
        family=check.choice("family", FAMILIES),
        evidence=check.choice("evidence", EVIDENCE),
        evidence_note=check.optional("evidence_note"),
        utc_offset=check.optional("utc_offset", "an offset such as '+07:00'", _OFFSET) or "+07:00",
        urls=_urls(check, hosts),
        sections=check.texts("sections", "paths that begin with '/'", _PATH),
        paging=check.optional("paging", "text with '{n}' such as '?p={n}'", re.compile(r"\S*\{n\}\S*")),
        feeds=check.texts("feeds", "absolute URLs or paths that begin with '/'", _PATH_OR_URL),
        skip=check.texts("skip", "paths that begin with '/'", _PATH),
        marks=check.texts("marks", "short names of the paper"),
        site_tags=_site_tags(check),
        list_links=check.css("list_links"),
        selectors=_selectors(check),
    )


def _name(check: _Check, stem: str) -> str:
    name = check.text("name", "lower-case letters and digits", _WORD)
    if name and name != stem:
        check.expected("name", f"the file's name {stem!r}")
    return name


def _hosts(check: _Check) -> tuple[str, ...]:
    hosts = check.texts("hosts", "lower-case host names without 'www.', scheme and port", _HOST)
    if not hosts and check.data.get("hosts", []) == []:
        check.expected("hosts", "at least one host name")
    return hosts


def _home(check: _Check, hosts: tuple[str, ...]) -> str:
    home = check.text("home", "an absolute http(s) URL", re.compile(r"https?://\S+"))
    if home and hosts and host_of(home) not in hosts:
        check.expected("home", f"a URL on one of the hosts {', '.join(hosts)}")
    return home


def _site_tags(check: _Check) -> int:
    value = check.data.get("site_tags", 0)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    check.expected("site_tags", "a whole number, 0 or more")
    return 0


def _selectors(check: _Check) -> Mapping[str, str]:
    table = check.data.get("selectors", {})
    if not isinstance(table, dict):
        check.expected("selectors", "a table of CSS selectors")
        return MappingProxyType({})
    if table:
        from crawler.extraction.layouts import SELECTOR_FIELDS  # here: extraction itself reads the registry

        inner = _Check(check.file, table, "selectors.")
        inner.keys((), SELECTOR_FIELDS)
        table = {key: "" if css == "" else inner.css(key) or "" for key, css in table.items()}  # "": field off
        check.problems += inner.problems
    return MappingProxyType(table)


def _urls(check: _Check, hosts: tuple[str, ...]) -> tuple[UrlPattern, ...]:
    tables = check.data.get("urls")
    if not isinstance(tables, list) or not tables or not all(isinstance(item, dict) for item in tables):
        check.expected("urls", "a list of at least one table { space, path }")
        return ()
    return tuple(_url(check, f"urls[{number}].", table, hosts) for number, table in enumerate(tables))


def _url(check: _Check, within: str, table: dict[str, Any], hosts: tuple[str, ...]) -> UrlPattern:
    inner = _Check(check.file, table, within)
    inner.keys(URL_KEYS[:2], URL_KEYS[2:])
    space = inner.text("space", "lower-case letters, digits and hyphens", _SPACE)
    path = inner.text("path", "a regular expression")
    host = inner.optional("host")
    if host and hosts and host not in hosts:
        inner.expected("host", f"one of the hosts {', '.join(hosts)}")
    pattern = _pattern(inner, path)
    check.problems += inner.problems
    return UrlPattern(space, pattern, host)


def _pattern(inner: _Check, path: str) -> re.Pattern[str]:
    try:
        # A site that minds letter case answers 404; one that does not must not give a second article.
        pattern = re.compile(path, re.IGNORECASE | re.ASCII)
    except re.error as error:
        inner.expected("path", f"a regular expression ({error})")
        return re.compile("")
    if path and "id" not in pattern.groupindex:
        inner.expected("path", "a group (?P<id>…)")
    elif set(pattern.groupindex) - {"id", "month"}:
        inner.expected("path", "no other named groups than id and month")
    return pattern
