"""A page made readable: decoded, mended, parsed once, with its address and outlet worked out."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import timezone
from functools import cached_property
from itertools import islice
from urllib.parse import quote, urljoin, urlsplit

from lxml.etree import _Element as Element

from crawler.extraction.dates import Order, zone
from crawler.extraction.decoding import decode
from crawler.extraction.finder import Finder
from crawler.extraction.markup import is_cut, parse
from crawler.extraction.metadata import Metadata
from crawler.extraction.text import is_vietnamese
from crawler.items import Page
from crawler.layout import Layout
from crawler.outlet import host_of
from crawler.registry import Outlet, Registry
from crawler.urls import url_key, web_address

_DOCUMENT = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:title|meta|div|p|table|td|article|section|span|a|br|b|i|strong|em|img|font|h[1-6])\b[^<>]*>", re.IGNORECASE
)
# Tags from which a text without a document around it is a piece of HTML; a text may mention one or two.
_FEW_TAGS = 3
_VIETNAM = zone("+07:00")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png|gif|webp|mp[34])$", re.IGNORECASE)


@dataclass
class Document:
    """One page ready to be read. ``root`` is ``None`` for plain text."""

    page: Page
    text: str
    root: Element | None
    metadata: Metadata | None
    outlet: Outlet | None
    url: str | None
    language: str | None = None
    warnings: list[str] = field(default_factory=list)
    #: Layouts of this page alone, tried before the outlet's.
    layouts: tuple[Layout, ...] = ()

    _finder: Finder | None = None

    @property
    def finder(self) -> Finder:
        """Selection by CSS on the page; only for a page with markup."""
        if self._finder is None:
            assert self.root is not None, "plain text has no elements"
            self._finder = Finder(self.root)
        return self._finder

    def changed(self) -> None:
        """Forget the index of a tree that was changed."""
        self._finder = None

    @cached_property
    def local(self) -> timezone | None:
        """The time zone in which the page's naive times are meant, ``None`` where it is not known."""
        if self.outlet is not None:
            return zone(self.outlet.utc_offset)
        host = host_of(self.url) if self.url else None
        return _VIETNAM if (host and host.endswith(".vn")) or self.is_vietnamese else None

    @property
    def date_order(self) -> Order:
        """The order of day and month in numbers printed for readers: day first, but for American pages."""
        return "mdy" if self.local is None and (self.language or "").lower() == "en-us" else "dmy"

    @property
    def is_vietnamese(self) -> bool:
        """Whether the page is of a Vietnamese paper: by its outlet, its stated language, its host or its letters."""
        if self.outlet is not None:
            return self.outlet.utc_offset == "+07:00"
        if self.language:
            return self.language.startswith("vi")
        host = host_of(self.url) if self.url else None
        return bool(host and host.endswith(".vn")) or is_vietnamese(self.text)

    def absolute(self, address: str) -> str:
        """An address on the page made absolute, as a browser would for a photo; spaces are escaped."""
        base = self.url or ""
        if self.metadata and self.metadata.base_href:
            base = self.metadata.base_href
        try:
            joined = urljoin(base, address.strip())
        except ValueError:
            return address
        return quote(joined, safe="%/:=&?~#+!$,;'@()*[]", encoding="utf-8") if " " in joined else joined

    def link(self, address: str) -> str | None:
        """An address of a link made absolute against the page itself, ``None`` for what is no http(s) address.

        ``<base href>`` of these sites points into a template folder, where no article stands; it is not followed.
        """
        return web_address(self.url or (self.metadata.base_href if self.metadata else None), address)

    def leads_away(self, link: str) -> bool:
        """Whether a link leads to another page of the paper, not to a place on this page or to a file."""
        if link.startswith("#"):
            return False
        url = self.link(link)
        if not url or not self._is_own(url) or _FILE.search(urlsplit(url).path):
            return False
        return url.partition("#")[0] != (self.url or "").partition("#")[0]

    def _is_own(self, url: str) -> bool:
        if self.outlet is not None:
            return self.outlet.owns(url)
        return self.url is not None and host_of(url) == host_of(self.url)

    def key(self) -> str:
        """The article's key: outlet, id space and id; canonical URL; SHA-256 of the bytes without URL."""
        prefix = f"{self.outlet.name}/" if self.outlet else ""
        if not self.url:
            return f"{prefix}sha256/{hashlib.sha256(self.page.body).hexdigest()}"
        found = self.outlet.article_id(self.url) if self.outlet else None
        return f"{prefix}{found[0]}/{found[1]}" if found else f"{prefix}url/{url_key(self.url)}"


def open_document(page: Page, registry: Registry) -> Document:
    """Decode and parse ``page``; find its address and its outlet.

    The outlet is the one named on the page item, else the one that owns the address. Raises
    :class:`~crawler.extraction.decoding.NotText` for what is no text, and ``UnknownOutlet`` for a name the
    registry does not have.
    """
    decoded = decode(page.body, page.charset)
    text, warnings = decoded.text, decoded.warnings
    if page.url and web_address(None, page.url) is None:
        warnings.append("bad_url: the address given is no http(s) address")
        page = replace(page, url=None)
    named = registry.get(page.outlet) if page.outlet else None
    if not _is_markup(text):
        outlet = named or (registry.for_url(page.url) if page.url else None)
        return Document(page, text, None, None, outlet, page.url, warnings=warnings)
    root, language = parse(decoded.utf8)
    if is_cut(decoded.utf8):
        warnings.append("truncated: the page has a beginning and no end")
    metadata = Metadata(root, page.url)
    url = _own_address(page, metadata, named, registry)
    outlet = named or (registry.for_url(url) if url else None) or _by_canonical(metadata, registry)
    return Document(page, text, root, metadata, outlet, url, language, warnings)


def _is_markup(text: str) -> bool:
    """Whether a text is HTML, whole or a piece of it, and not text that mentions a tag."""
    if _DOCUMENT.search(text) or text.lstrip()[:1] == "<":
        return True
    return sum(1 for _ in islice(_TAG.finditer(text), _FEW_TAGS)) >= _FEW_TAGS


def _own_address(page: Page, metadata: Metadata, named: Outlet | None, registry: Registry) -> str | None:
    """The address asked for; the page's canonical one when that names the same article, or none is known."""
    canonical = metadata.canonical
    if not page.url:
        return canonical or metadata.base_href
    outlet = named or registry.for_url(page.url)
    if canonical and outlet and outlet.owns(canonical):
        own, other = outlet.article_id(page.url), outlet.article_id(canonical)
        if other and (own == other or own is None) and _same_id(page.url, other[1]):
            return canonical
    return page.url


def _same_id(url: str, article_id: str) -> bool:
    """Whether the article's id stands in ``url``: a print page keeps it, a section page does not."""
    return article_id.rsplit("/", 1)[-1] in url


def _by_canonical(metadata: Metadata, registry: Registry) -> Outlet | None:
    return registry.for_url(metadata.canonical) if metadata.canonical else None
