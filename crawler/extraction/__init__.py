"""Page bytes to article: plain functions without I/O and without a clock.

``read(page, registry)`` is what pipelines and commands call: ``extract`` then ``clean``, with whatever goes wrong
turned into a recorded :class:`~crawler.items.Rejection`.
"""

from __future__ import annotations

from collections.abc import Mapping

from crawler.extraction.article import read_article
from crawler.extraction.boilerplate import Boilerplate
from crawler.extraction.cleaning import clean
from crawler.extraction.decoding import NotText
from crawler.extraction.document import Document, open_document
from crawler.extraction.families import GENERIC
from crawler.extraction.json_pages import JSON_LAYOUT, article_page, list_page
from crawler.extraction.judgement import judge_article
from crawler.extraction.kinds import blocked_or_error, is_home, is_list, no_article, says_error, video_only
from crawler.extraction.match import Match
from crawler.extraction.matching import match_rules, ruled_bodies
from crawler.extraction.metadata import read_json
from crawler.extraction.net import best_match
from crawler.extraction.script_text import draw
from crawler.extraction.sections import feeds_of, read_section
from crawler.extraction.text import ends_sentence
from crawler.extraction.textdump import read_dump
from crawler.items import Article, Page, Rejection, Result
from crawler.registry import Registry

__all__ = ["clean", "extract", "extracted", "failed", "feeds_named", "read"]


def extract(page: Page, registry: Registry) -> Result:
    """Read what ``page`` says; nothing is cleaned yet.

    Dates are judged against ``page.fetched_at``. Returns an article, a section page, or a rejection that says
    what the page is instead. Raises ``UnknownOutlet`` when ``page.outlet`` names none of the registry.
    """
    if page.error:
        return Rejection("error", page.error, page.outlet, page.url)
    try:
        document = open_document(page, registry)
    except NotText as error:
        kind = "error" if "empty" in str(error) else "binary"
        return Rejection(kind, str(error), page.outlet, page.url)
    if _is_data(document.text):
        return _read_data(document, registry)
    if document.root is None:
        return _read_text(document)
    return _read_markup(document)


def read(page: Page, registry: Registry, learnt: Mapping[str, Boilerplate] | None = None) -> Result:
    """``clean(extract(page))``; an exception of a rule becomes a rejection of kind ``failed``.

    ``learnt`` is the boilerplate of outlets by their names; without it nothing that was learnt is used.
    """
    try:
        result = extract(page, registry)
        return clean(result, learnt.get(result.outlet or "") if learnt else None)
    except Exception as error:  # a rule that raises must not lose the page
        return failed("extract", error, page)


def extracted(page: Page, registry: Registry) -> Result:
    """``extract(page)``; an exception of a rule becomes a rejection of kind ``failed``: the page must not be lost."""
    try:
        return extract(page, registry)
    except Exception as error:
        return failed("extract", error, page)


def feeds_named(page: Page, registry: Registry) -> list[str]:
    """Addresses of its outlet's feeds that a page of markup names, be it a list of articles or not; none of others."""
    try:
        document = open_document(page, registry)
    except NotText:
        return []
    return feeds_of(document) if document.root is not None else []


def failed(stage: str, error: BaseException, page: Page) -> Rejection:
    """The rejection that records an exception raised in ``stage``."""
    return Rejection("failed", f"{stage}: {type(error).__name__}: {error}", page.outlet, page.url)


def _is_data(text: str) -> bool:
    """Whether a document is JSON, or XML that is no HTML (a feed, a sitemap)."""
    head = text.lstrip()[:300].lower()
    if head.startswith(("<?xml", "<rss", "<feed", "<urlset", "<sitemapindex")):
        return "<html" not in head
    return head[:1] in ("{", "[") and isinstance(read_json(text), dict | list)


def _read_data(document: Document, registry: Registry) -> Result:
    """A document of the paper's API, where its outlet file says how it maps; any other data is no page."""
    page, outlet = document.page, document.outlet
    data = read_json(document.text) if outlet and (outlet.json or outlet.lists) else None
    if outlet and data is not None:
        written = article_page(page, outlet, data)
        if written:
            drawn = open_document(written, registry)
            drawn.page, drawn.layouts = page, (JSON_LAYOUT,)
            return _read_markup(drawn)
        section = list_page(page, outlet, data)
        if section:
            return section
    return Rejection("not_article", "data (JSON or XML), no page", outlet.name if outlet else page.outlet, page.url)


def _read_text(document: Document) -> Result:
    article = read_dump(document)
    if not article.lead and not any(block.kind != "caption" and ends_sentence(block.text) for block in article.blocks):
        return Rejection("not_article", "a text without a paragraph", article.outlet, article.url)
    return article


def _read_markup(document: Document) -> Result:
    outlet, url = document.outlet, document.url
    at_article_address = bool(outlet and url and outlet.article_id(url))
    status = document.page.status
    match = _match_rules(document) if status is None or status < 400 else None
    # A page that a rule can read is an article, be it one about block pages.
    if match is None or not match.text.has_sentence or says_error(match):
        refused = blocked_or_error(document, match)
        if refused:
            return refused
    if not at_article_address and (match is None or is_list(match, document)):
        # Off an article's address a list of articles is a section page, whatever text stands beside it.
        section = read_section(document)
        if section:
            section.kind = "home" if is_home(document) else "section"
            return section
    match = best_match(document, match)
    if match is None and not ruled_bodies(document) and draw(document, []):
        match = best_match(document, None)
    if match is None or (match.family is GENERIC and says_error(match)):
        return no_article(document)
    player = video_only(document, match)
    if player:
        return player
    article: Article = read_article(document, match)
    undated_elsewhere = outlet and url and not at_article_address and article.published_at is None
    if undated_elsewhere and match.family.trusted != "rule":
        return no_article(document)
    return judge_article(article, document)


def _match_rules(document: Document) -> Match | None:
    """What the rules find, on a page as it came or else with the text that its scripts would put into the body."""
    match = match_rules(document)
    bodies = ruled_bodies(document) if match is None or not match.text.has_sentence else []
    return (match_rules(document) or match) if bodies and draw(document, bodies) else match
