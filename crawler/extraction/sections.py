"""Section pages: which links lead to articles, which to further pages, which are feeds."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from lxml.etree import XPath
from lxml.etree import _Element as Element

from crawler.extraction.document import Document
from crawler.extraction.families import FAMILIES, GENERIC
from crawler.extraction.finder import selected
from crawler.extraction.layouts import Layout
from crawler.items import SectionPage

_LINKS = XPath(".//a[@href]")
_FEEDS = XPath("//link[@rel and @href and (contains(@type, 'rss') or contains(@type, 'atom'))] | //a[contains(@href, 'rss')]")
_PAGE_NAMES = frozenset(("p", "page", "paged", "trang", "pg"))
_PAGE_PATH = re.compile(r"^(?P<base>.*?)/?(?:trang|page|p)[-/](?P<n>\d+)/?(?:\.html?)?$", re.IGNORECASE)
_FEED_PATH = re.compile(r"/(?:rss|feed)s?/[^/]+|\.rss$|/(?:feed|atom)(?:\.xml)?/?$|/rss\.xml$", re.IGNORECASE)


def read_section(document: Document) -> SectionPage | None:
    """Read the links of a page; ``None`` when fewer than three lead to articles."""
    if document.root is None or document.outlet is None:
        return None
    page = SectionPage(document.outlet.name, document.url)
    main = _main_links(document)
    seen: set[str] = set()
    for element in _LINKS(document.root):
        address = _article_address(element, document)
        if address and element in main and address not in seen:
            seen.add(address)
            page.article_urls.append(address)
    for element in _LINKS(document.root):
        address = _article_address(element, document)
        if address and address not in seen:
            seen.add(address)
            page.other_article_urls.append(address)
    page.next_pages = _next_pages(document)
    page.feeds = _feeds(document)
    return page if len(seen) >= 3 else None


def _article_address(element: Element, document: Document) -> str | None:
    address = document.link(element.get("href", ""))
    if not address or not document.outlet or not document.outlet.article_id(address):
        return None
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, ""))


def _main_links(document: Document) -> set[Element]:
    """The links of the main column: the family's column without side bars, else the outlet's own selector."""
    assert document.root is not None and document.outlet is not None
    family = FAMILIES.get(document.outlet.family)
    for layout in family.layouts if family else ():
        links = _column_links(document, layout)
        if _leads_on(links, document):
            return links
    if document.outlet.list_links:
        links = set(document.finder.select(document.outlet.list_links))
        if _leads_on(links, document):
            return links
    for layout in GENERIC.layouts:
        links = _column_links(document, layout)
        if _leads_on(links, document):
            return links
    return set(_LINKS(document.root))


def _leads_on(links: set[Element], document: Document) -> bool:
    return sum(1 for link in links if _article_address(link, document)) >= 3


def _column_links(document: Document, layout: Layout) -> set[Element]:
    assert document.root is not None
    aside = selected(document.root, layout.aside)
    for css in layout.main:
        columns = document.finder.select(css)
        links = {link for column in columns for link in _LINKS(column)}
        outside = {link for link in links if not any(parent in aside for parent in link.iterancestors())}
        if outside:
            return outside
    return set()


def _next_pages(document: Document) -> list[str]:
    """Addresses of later pages of the same list, in page order as linked; page 1 and earlier pages are none."""
    assert document.root is not None
    here, current = _list_address(document.url or "")
    found: dict[str, None] = {}
    for element in _LINKS(document.root):
        address = document.link(element.get("href", ""))
        if not address or not document.outlet or not document.outlet.owns(address):
            continue
        base, number = _list_address(address)
        if base == here and number > max(1, current):
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


def _feeds(document: Document) -> list[str]:
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
