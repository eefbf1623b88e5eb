"""An article page read field by field."""

from __future__ import annotations

from crawler.extraction.document import Document
from crawler.extraction.fields.credits import read_credits, take_bylines_out_of_body
from crawler.extraction.fields.headline import read_lead, read_title, take_lead_out_of_body
from crawler.extraction.fields.photos import absolute, add_header_photos
from crawler.extraction.fields.placement import read_section_path, read_tags
from crawler.extraction.fields.times import read_times
from crawler.extraction.match import Match
from crawler.items import Article


def read_article(document: Document, match: Match) -> Article:
    """Read every field of an article page through ``match``."""
    article = Article(key=document.key(), outlet=document.outlet.name if document.outlet else None, url=document.url)
    article.layout = match.layout.name
    article.warnings = list(document.warnings)
    article.language = _language(document)
    read_title(article, document, match)
    read_times(article, document, match)
    read_lead(article, document, match)
    read_credits(article, document, match)
    read_section_path(article, document, match)
    article.tags = read_tags(document, match)
    article.blocks = list(match.text.blocks)
    article.images = list(match.text.images)
    article.dropped = list(match.text.dropped)
    article.provenance["paragraphs"] = match.provenance
    add_header_photos(article, document, match)
    take_lead_out_of_body(article, match)
    take_bylines_out_of_body(article, document, match)
    article.images = absolute(article.images, document)
    if document.url and not document.outlet:
        article.warnings.append("unknown_outlet")
    return article


def _language(document: Document) -> str | None:
    return document.language.split("-")[0] if document.language else None
