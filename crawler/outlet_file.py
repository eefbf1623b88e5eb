"""Reads an outlet's TOML file and names every problem in it: file, key, what was expected."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cssselect import HTMLTranslator, SelectorError

from crawler.layout import SELECTOR_FIELDS, Layout
from crawler.outlet import Outlet, UrlPattern, host_of

FAMILIES = ("onecms", "fck", "vnpt", "mediatech", "epi")
EVIDENCE = ("real pages", "others' selectors", "facts only", "bundled press")
REQUIRED = ("name", "title", "province", "home", "hosts", "evidence", "urls")
OPTIONAL = (
    "family",
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
    "layouts",
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
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        return None, [f"{path.name}: cannot be read: {error.strerror or error}"]
    except UnicodeDecodeError as error:
        return None, [f"{path.name}: expected UTF-8 text, found byte {error.object[error.start]:#04x}"]
    return check_text(text, path.stem)


def check_text(text: str, name: str) -> tuple[Outlet | None, list[str]]:
    """The outlet that the text of the file ``NAME.toml`` describes, or ``None`` with all its problems."""
    file = f"{name}.toml"
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [f"{file}: expected TOML: {error}"]
    check = _Check(file, data)
    outlet = _outlet(check, name)
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

    def alternatives(self, key: str) -> tuple[str, ...]:
        """CSS selectors to be tried in order: a text, or a list of them."""
        value = self.data[key]
        for css in value if isinstance(value, list) and value else [value]:
            try:
                if not isinstance(css, str) or not css.strip():
                    raise SelectorError("text is missing")
                HTMLTranslator().css_to_xpath(css)
            except SelectorError as error:
                self.expected(key, f"a CSS selector or a list of them ({error})")
                return ()
        return tuple(value) if isinstance(value, list) else (value,)


def _outlet(check: _Check, stem: str) -> Outlet:
    check.keys(REQUIRED, OPTIONAL)
    hosts = _hosts(check)
    layouts = _layouts(check)
    return Outlet(
        name=_name(check, stem),
        title=check.text("title"),
        province=check.text("province"),
        former_provinces=check.texts("former_provinces", "names"),
        home=_home(check, hosts),
        hosts=hosts,
        family=_family(check, layouts),
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
        layouts=layouts,
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


def _family(check: _Check, layouts: tuple[Layout, ...]) -> str | None:
    """The family of CMS; a paper with layouts of its own may be without one."""
    if "family" not in check.data and (layouts or "layouts" in check.data):
        return None
    return check.choice("family", FAMILIES) or None


def _selectors(check: _Check) -> Mapping[str, str]:
    table = check.data.get("selectors", {})
    if not isinstance(table, dict):
        check.expected("selectors", "a table of CSS selectors")
        return MappingProxyType({})
    inner = _Check(check.file, table, "selectors.")
    inner.keys((), SELECTOR_FIELDS)
    table = {key: "" if css == "" else inner.css(key) or "" for key, css in table.items()}  # "": field off
    check.problems += inner.problems
    return MappingProxyType(table)


def _layouts(check: _Check) -> tuple[Layout, ...]:
    tables = check.data.get("layouts", [])
    if not isinstance(tables, list) or not all(isinstance(item, dict) for item in tables):
        check.expected("layouts", "a list of tables [[layouts]]")
        return ()
    layouts = [_layout(check, f"layouts[{number}].", table) for number, table in enumerate(tables)]
    names = [layout.name for layout in layouts if layout.name]
    if len(set(names)) < len(names):
        check.expected("layouts", "names of their own")
    return tuple(layouts)


def _layout(check: _Check, within: str, table: dict[str, Any]) -> Layout:
    inner = _Check(check.file, table, within)
    inner.keys(("name", "body"), (*(key for key in SELECTOR_FIELDS if key != "body"), "bold_lead"))
    name = inner.text("name", "lower-case letters, digits and hyphens", _SPACE)
    bold_lead = table.get("bold_lead", False)
    if not isinstance(bold_lead, bool):
        inner.expected("bold_lead", "true or false")
    if "body" not in table:
        inner.expected("body", "a CSS selector")
    selectors = {key: inner.alternatives(key) for key in SELECTOR_FIELDS if key in table}
    check.problems += inner.problems
    return Layout(name, bold_lead=bold_lead is True, **selectors)


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
