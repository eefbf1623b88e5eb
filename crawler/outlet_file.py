"""Reads an outlet's TOML file and names every problem in it: file, key, what was expected."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from crawler.checks import Check
from crawler.outlet import Outlet, host_of
from crawler.outlet_tables import FAMILIES, read_json_map, read_layouts, read_lists, read_selectors, read_urls
from crawler.politeness.hours import Hours, HoursError

EVIDENCE = ("real pages", "others' selectors", "none", "bundled press")
REQUIRED = ("name", "title", "province", "home", "hosts", "evidence", "urls")
OPTIONAL = (
    "family",
    "official",
    "former_provinces",
    "former_hosts",
    "unverified_hosts",
    "sites",
    "evidence_note",
    "utc_offset",
    "sections",
    "paging",
    "feeds",
    "sitemaps",
    "lists",
    "skip",
    "marks",
    "site_tags",
    "date_order",
    "z_is_local",
    "list_links",
    "selectors",
    "layouts",
    "json",
    "photos",
    "delay",
    "hours",
    "pages_per_day",
    "tls_unverified",
)

_WORD = re.compile(r"[a-z][a-z0-9]*")
_HOST = re.compile(r"(?!www\.)[a-z0-9-]+(\.[a-z0-9-]+)+")
_OFFSET = re.compile(r"[+-](0\d|1[0-4]):[0-5]\d")
_PATH = re.compile(r"/\S*")
_PATH_OR_URL = re.compile(r"(https?:/)?/\S+")
_HOSTS = "lower-case host names without 'www.', scheme and port"
_ADDRESSES = "absolute URLs or paths that begin with '/'"


def read_outlet(path: Path) -> tuple[Outlet | None, list[str]]:
    """The outlet a file describes, or ``None`` with all the file's problems, one line each."""
    try:
        text = read_text(path)
    except OSError as error:
        return None, [f"{path.name}: cannot be read: {error.strerror or error}"]
    except UnicodeDecodeError as error:
        return None, [f"{path.name}: expected UTF-8 text, found byte {error.object[error.start]:#04x}"]
    return check_text(text, path.stem)


def read_text(path: Path) -> str:
    """The text of a file, without the byte order mark that some editors write; raises what ``Path.read_text`` does."""
    return path.read_text(encoding="utf-8-sig")


def check_text(text: str, name: str) -> tuple[Outlet | None, list[str]]:
    """The outlet that the text of the file ``NAME.toml`` describes, or ``None`` with all its problems."""
    file = f"{name}.toml"
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [f"{file}: expected TOML: {error}"]
    except RecursionError:
        return None, [f"{file}: expected TOML: lists or tables stand too deep in each other"]
    check = Check(file, data)
    outlet = _outlet(check, name)
    return (None if check.problems else outlet), check.problems


def _outlet(check: Check, stem: str) -> Outlet:
    check.keys(REQUIRED, OPTIONAL)
    hosts, former, unverified = _hosts(check)
    provinces = check.texts("former_provinces", "names")
    return Outlet(
        name=_name(check, stem),
        title=check.text("title"),
        official=check.optional("official"),
        province=check.text("province"),
        former_provinces=provinces,
        home=_home(check, hosts),
        hosts=hosts,
        former_hosts=former,
        unverified_hosts=unverified,
        sites=_sites(check, hosts + former + unverified, provinces),
        family=_family(check),
        evidence=check.choice("evidence", EVIDENCE),
        evidence_note=check.optional("evidence_note"),
        utc_offset=check.optional("utc_offset", "an offset such as '+07:00'", _OFFSET) or "+07:00",
        urls=read_urls(check, hosts, former + unverified),
        sections=_addresses(check, "sections", hosts),
        paging=check.optional("paging", "text with '{n}' such as '?p={n}'", re.compile(r"\S*\{n\}\S*")),
        feeds=_addresses(check, "feeds", hosts) if "feeds" in check.data else None,
        sitemaps=_addresses(check, "sitemaps", hosts) if "sitemaps" in check.data else None,
        lists=read_lists(check),
        skip=check.texts("skip", "paths that begin with '/'", _PATH),
        marks=check.texts("marks", "short names of the paper"),
        site_tags=check.count("site_tags"),
        date_order=_date_order(check),
        z_is_local=check.flag("z_is_local") if "z_is_local" in check.data else None,
        list_links=check.css("list_links"),
        selectors=read_selectors(check),
        layouts=read_layouts(check),
        json=read_json_map(check),
        photos=check.flag("photos") if "photos" in check.data else None,
        delay=_delay(check),
        hours=_times(check),
        pages_per_day=check.count("pages_per_day") if "pages_per_day" in check.data else None,
        tls_unverified=_unverified_tls(check, hosts + former + unverified),
    )


def _name(check: Check, stem: str) -> str:
    name = check.text("name", "lower-case letters and digits", _WORD)
    if name and name != stem:
        check.expected("name", f"the file's name {stem!r}")
    return name


def _hosts(check: Check) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Hosts of today, of earlier days, and unverified ones; none stands in two lists."""
    hosts = check.texts("hosts", _HOSTS, _HOST)
    if not hosts and check.data.get("hosts", []) == []:
        check.expected("hosts", "at least one host name")
    former = check.texts("former_hosts", _HOSTS, _HOST)
    unverified = check.texts("unverified_hosts", _HOSTS, _HOST)
    for key, others, own in (("former_hosts", hosts, former), ("unverified_hosts", hosts + former, unverified)):
        if set(own) & set(others):
            check.expected(key, "hosts that stand in no other list of the file")
    return hosts, former, unverified


def _home(check: Check, hosts: tuple[str, ...]) -> str:
    home = check.text("home", "an absolute http(s) URL", re.compile(r"https?://\S+"))
    if home and hosts and host_of(home) not in hosts:
        check.expected("home", f"a URL on one of the hosts {', '.join(hosts)}")
    return home


def _addresses(check: Check, key: str, hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Absolute URLs on the hosts of today, and paths."""
    addresses = check.texts(key, _ADDRESSES, _PATH_OR_URL)
    if hosts and any(not address.startswith("/") and host_of(address) not in hosts for address in addresses):
        check.expected(key, f"absolute URLs on one of the hosts {', '.join(hosts)}, or paths")
    return addresses


def _sites(check: Check, hosts: tuple[str, ...], provinces: tuple[str, ...]) -> Mapping[str, str]:
    """Which former province each of some hosts belongs to."""
    sites = check.table("sites", "a table of hosts with the former province of each")
    for host in sites.data:
        if host not in hosts:
            sites.expected(host, f"one of the hosts {', '.join(hosts)} as key")
        elif sites.data[host] not in provinces:
            sites.expected(host, f"one of the former provinces {', '.join(provinces)}")
    return MappingProxyType(dict(sites.data))


def _date_order(check: Check) -> Literal["dmy", "mdy"] | None:
    if "date_order" not in check.data:
        return None
    return "mdy" if check.choice("date_order", ("dmy", "mdy")) == "mdy" else "dmy"


def _delay(check: Check) -> float | None:
    """Seconds; a number that is not below 0."""
    delay = check.data.get("delay")
    if delay is None or (isinstance(delay, int | float) and not isinstance(delay, bool) and 0 <= delay <= 3600):
        return delay
    check.expected("delay", "seconds, from 0 to 3600")
    return None


def _times(check: Check) -> tuple[Hours, ...]:
    """Hours of the day in which the paper may be read."""
    try:
        return tuple(Hours.parse(text) for text in check.texts("hours", "hours such as '22:00-06:00'"))
    except HoursError:
        check.expected("hours", "hours such as '22:00-06:00'")
        return ()


def _unverified_tls(check: Check, hosts: tuple[str, ...]) -> tuple[str, ...]:
    """Hosts whose certificates need not vouch for them."""
    named = check.texts("tls_unverified", _HOSTS, _HOST)
    if set(named) - set(hosts):
        check.expected("tls_unverified", f"some of the hosts {', '.join(hosts)}")
    return named


def _family(check: Check) -> str | None:
    """The family of CMS; a paper with layouts of its own may be without one, and one nobody has seen."""
    if "family" not in check.data and ("layouts" in check.data or check.data.get("evidence") == "none"):
        return None
    return check.choice("family", FAMILIES) or None
