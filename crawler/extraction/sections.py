"""Section pages: which links lead to articles, which to further pages, which are feeds."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from lxml.etree import XPath
from lxml.etree import _Element as Element

from crawler.extraction.document import Document
from crawler.extraction.families import GENERIC, families_of
from crawler.items import SectionPage
from crawler.layout import Layout

_LINKS = XPath(".//a[@href]")
_FEEDS = XPath(
    "//link[@rel and @href and (contains(@type, 'rss') or contains(@type, 'atom'))] | //a[contains(@href, 'rss')]"
)
_PAGE_NAMES = frozenset(("p", "page", "paged", "trang", "pg"))
_PAGE_PATH = re.compile(r"^(?P<base>.*?)/?(?:trang|page|p)[-/](?P<n>\d+)/?(?:\.html?)?$", re.IGNORECASE)
_FEED_PATH = re.compile(r"/(?:rss|feed)s?/[^/]+|\.rss$|/(?:feed|atom)(?:\.xml)?/?$|/rss\.xml$", re.IGNORECASE)


class _Links:
    """The links of one page with the addresses they lead to, each worked out once."""

    def __init__(self, document: Document, root: Element) -> None:
        self.document = document
        self.targets: dict[Element, str] = {}
        self.articles: dict[Element, str] = {}
        known: dict[str, tuple[str | None, bool]] = {}
        for element in _LINKS(root):
            href = element.get("href", "")
            if href not in known:
                known[href] = self._follow(href)
            address, is_article = known[href]
            if address:
                self.targets[element] = address
                if is_article:
                    self.articles[element] = address

    def _follow(self, href: str) -> tuple[str | None, bool]:
        address = self.document.link(href)
        outlet = self.document.outlet
        if not address or outlet is None:
            return address, False
        address = address.partition("#")[0]
        return address, outlet.article_id(address) is not None


def read_section(document: Document) -> SectionPage | None:
    """Read the links of a page; ``None`` when fewer than three lead to articles."""
    if document.root is None or document.outlet is None:
        return None
    links = _Links(document, document.root)
    addresses = list(dict.fromkeys(links.articles.values()))
    if len(addresses) < 3:
        return None
    main = _main_links(document, links)
    listed = list(dict.fromkeys(address for element, address in links.articles.items() if element in main))
    return SectionPage(
        document.outlet.name,
        document.url,
        article_urls=listed,
        other_article_urls=[address for address in addresses if address not in set(listed)],
        next_pages=_next_pages(document, links),
        feeds=feeds_of(document),
    )


def _main_links(document: Document, links: _Links) -> set[Element]:
    """The links of the main column: the family's column without side bars, else the outlet's own selector."""
    assert document.outlet is not None
    families = families_of(document.outlet, document.url)
    shared = [layout for family in families for layout in family.layouts]
    own = document.outlet.list_links
    for column in (
        *(_column_links(document, layout) for layout in (*document.outlet.layouts, *shared)),
        set(document.finder.select(own)) if own else set(),
        *(_column_links(document, layout) for layout in GENERIC.layouts),
    ):
        if sum(1 for element in column if element in links.articles) >= 3:
            return column
    return set(links.articles)


def _column_links(document: Document, layout: Layout) -> set[Element]:
    aside = {element for css in layout.aside for element in document.finder.select(css)}
    for css in layout.main:
        found = {link for column in document.finder.select(css) for link in _LINKS(column)}
        outside = {link for link in found if not any(parent in aside for parent in link.iterancestors())}
        if outside:
            return outside
    return set()


def _next_pages(document: Document, links: _Links) -> list[str]:
    """Addresses of later pages of the same list, in page order as linked; page 1 and earlier pages are none."""
    assert document.outlet is not None
    here, current = _list_address(document.url or "")
    path = here.split("?")[0]
    found: dict[str, None] = {}
    for element, address in links.targets.items():
        if element in links.articles or path not in address.replace("//www.", "//"):
            continue
        base, number = _list_address(address)
        if base == here and number > max(1, current) and document.outlet.owns(address):
            found.setdefault(address)
    return list(found)


def _list_address(url: str) -> tuple[str, int]:
    """The list a URL belongs to (without page number) and its page number, 1 where none is given."""
    parts = urlsplit(url)
    number = 1
    query = []
    for name, value in parse_qsl(parts.query):
        if name.lower() in _PAGE_NAMES and re.fullmatch(r"-?\d{1,5}", value):
            number = int(value)
        else:
            query.append(f"{name}={value}")
    path = parts.path
    match = _PAGE_PATH.match(path)
    if match and number == 1:
        path, number = match["base"], int(match["n"])
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{path.rstrip('/').removesuffix('.html')}?{'&'.join(sorted(query))}", number


def feeds_of(document: Document) -> list[str]:
    """Addresses of the outlet's feeds that a page names."""
    assert document.root is not None
    found: dict[str, None] = {}
    for element in _FEEDS(document.root):
        address = document.link(element.get("href", ""))
        stated = "rss" in element.get("type", "") or "atom" in element.get("type", "")
        if address and (stated or _FEED_PATH.search(urlsplit(address).path)) and _on_site(address, document):
            found.setdefault(address)
    return list(found)


def _on_site(address: str, document: Document) -> bool:
    return document.outlet is not None and document.outlet.owns(address)
