"""Title and lead."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

from crawler.extraction.cleaning import clean_lead, same_text
from crawler.extraction.document import Document
from crawler.extraction.finder import text_of
from crawler.extraction.generic.headline import titles
from crawler.extraction.legibility import is_scrambled, is_unfilled
from crawler.extraction.match import Match
from crawler.extraction.text import unique
from crawler.items import Article

_NO_LEAD = re.compile(r"(?:^|[\s_-])(?:note|caption|author)(?:$|[\s_-])", re.IGNORECASE)


def read_title(article: Article, document: Document, match: Match) -> None:
    """Set the title: the headline element of the layout, then what any page says of itself."""
    element = document.finder.first(match.layout.title)
    text = text_of(element)
    ruled = [(text, match.family.trusted)] if text and not is_unfilled(text) and not is_scrambled(text) else []
    for value, origin in ruled or titles(document):
        article.title, article.provenance["title"] = value, origin
        return
    article.warnings.append("no_title")


def read_lead(article: Article, document: Document, match: Match) -> None:
    """Set the lead, from its element or from a first paragraph in bold."""
    for css in match.layout.lead:
        elements = [element for element in document.finder.select(css) if _is_lead(element)]
        # A lead may have several paragraphs, side by side; the same class elsewhere is another story's.
        together = [text_of(element) or "" for element in elements if element.getparent() is elements[0].getparent()]
        lead = clean_lead(" ".join(unique(together)))
        if lead and not (article.title and same_text(lead, article.title)):
            article.lead, article.provenance["lead"] = lead, match.family.trusted
            return
    if match.lead:
        article.lead, article.provenance["lead"] = clean_lead(match.lead), match.provenance


def _is_lead(element: Element) -> bool:
    """Whether an element inside the lead is of it: no caption, no link to another article."""
    text = text_of(element)
    if not text or text.startswith((">>", "»", "=>")) or _NO_LEAD.search(element.get("class", "")):
        return False
    linked = sum(len(text_of(link) or "") for link in element.iter("a"))
    return linked < len(text) * 0.9


def take_lead_out_of_body(article: Article, match: Match) -> None:
    """List a lead that opens the body once, under ``lead``; a bold one is taken out of the body."""
    if match.lead and article.lead == clean_lead(match.lead):
        for index, block in enumerate(article.blocks):
            if block.text == match.lead:
                del article.blocks[index]
                return
