"""What travels through the project: pages as fetched, and what was read from them.

Every class is a plain dataclass, handled by Scrapy through ``itemadapter``. Times of fetching are
timezone-aware UTC datetimes; times stated by a newspaper are ISO 8601 text with their own offset, because
SQLite and Datasette would move a converted time to another day.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

BlockKind = Literal["paragraph", "heading", "list_item", "quote", "table_row", "caption"]


@dataclass(frozen=True, slots=True)
class Found:
    """How a URL was found: the page or feed that linked to it and what stood there.

    ``on`` is the URL of that page or feed; ``title``, ``date`` (raw) and ``section`` are what it said of the link.
    """

    on: str | None = None
    title: str | None = None
    date: str | None = None
    section: str | None = None


@dataclass(slots=True)
class Page:
    """One document as it came: bytes with headers, nothing interpreted.

    ``url_requested`` was asked for, ``url`` is where redirects ended; both are ``None`` for a document that
    came without an address. ``headers`` are (name, value) pairs in their order. ``charset`` is what the HTTP
    header (or a side file) stated, ``None`` when it was silent. ``fetched_at`` is aware UTC. ``outlet`` is the
    registry name, ``None`` when unknown. ``error`` names a fetch that brought no document.
    ``tls`` is ``verified`` or ``unverified``, ``None`` without TLS.
    """

    url: str | None
    body: bytes
    fetched_at: datetime
    url_requested: str | None = None
    status: int | None = None
    headers: list[tuple[str, str]] = field(default_factory=list)
    charset: str | None = None
    outlet: str | None = None
    found: Found | None = None
    error: str | None = None
    tls: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of an article's body, in reading order; ``text`` is NFC with collapsed white space."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """A photo standing in the article: absolute URL, and its caption where the page ties one to it."""

    url: str
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A text that stood in the page and was left out, with the name of the rule that left it out."""

    text: str
    rule: str


@dataclass(slots=True)
class Article:
    """What a page says (schema.org NewsArticle).

    ``key`` identifies the article for ever: outlet, id space and id; the canonical URL where there is no id;
    the SHA-256 of the bytes for a document without URL. ``published_at`` and ``modified_at`` are ISO 8601 with
    offset (``+07:00`` for Vietnamese outlets), ``published_day`` is the local day (``YYYY-MM-DD``); each raw
    string is what the page printed. ``source`` is the credit as printed, ``agency`` the agencies it names, each
    under one name whatever way it is printed. ``provenance`` maps a field to where its value came from (``rule``,
    ``json-ld``, ``meta``, ``generic``). ``warnings`` are codes, with a detail after a colon where useful.
    ``boilerplate`` is the version of the learnt debris the article was cleaned with, ``None`` for none.
    """

    key: str
    outlet: str | None
    url: str | None
    kind: str = "article"
    title: str | None = None
    lead: str | None = None
    published_at: str | None = None
    published_raw: str | None = None
    published_day: str | None = None
    modified_at: str | None = None
    modified_raw: str | None = None
    authors: list[str] = field(default_factory=list)
    source: str | None = None
    agency: list[str] = field(default_factory=list)
    section: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    language: str | None = None
    blocks: list[Block] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    layout: str | None = None
    provenance: dict[str, str] = field(default_factory=dict)
    dropped: list[Dropped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    boilerplate: str | None = None

    @property
    def paragraphs(self) -> list[str]:
        """Texts of every body block but captions, in order."""
        return [block.text for block in self.blocks if block.kind != "caption"]

    @property
    def captions(self) -> list[str]:
        """Texts of the captions, in order."""
        return [block.text for block in self.blocks if block.kind == "caption"]


@dataclass(slots=True)
class SectionPage:
    """A list of articles: absolute URLs, each once, in page order.

    ``article_urls`` stand in the main column, ``other_article_urls`` only in menus and side bars. ``kind`` is
    ``home`` for a site's front page, ``feed`` for a feed or sitemap, ``index`` for a list of further sitemaps.
    """

    outlet: str | None
    url: str | None
    kind: str = "section"
    article_urls: list[str] = field(default_factory=list)
    other_article_urls: list[str] = field(default_factory=list)
    next_pages: list[str] = field(default_factory=list)
    feeds: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Rejection:
    """A page that is no article: ``kind`` says what it is instead, ``reason`` says why in words.

    Kinds: ``home``, ``video``, ``error`` (error or empty page), ``blocked`` (block or challenge page),
    ``binary`` (no HTML or text), ``other_language`` (a Vietnamese paper's page in another), ``not_article``,
    ``failed`` (a rule raised; ``reason`` holds the exception).
    """

    kind: str
    reason: str
    outlet: str | None = None
    url: str | None = None


Result = Article | SectionPage | Rejection


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of an article, as its bytes say: ``media_type`` (``image/jpeg``), ``width`` and ``height`` in pixels.

    All of them are ``None`` for one that is not there (any more).
    """

    outlet: str | None
    media_type: str | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What *deduplicate* found out about a result, carried out by *store*.

    ``outcome`` is one of ``new``, ``revised``, ``unchanged``, ``not_modified`` (the server said so and sent
    nothing), ``same_article`` (known under another URL, text unchanged), ``section``, ``photo``, ``rejected``,
    ``failed``, ``gone``. ``article_id`` is the known article.
    ``copy_of`` is the key of the first article with the same text under another key.
    """

    outcome: str
    article_id: int | None = None
    copy_of: str | None = None
    key: str | None = None
    as_of: int = 0


@dataclass(slots=True)
class Reading:
    """A page on its way through the pipelines, with what has been found out about it so far."""

    page: Page
    result: Result | Photo | None = None
    decision: Decision | None = None
