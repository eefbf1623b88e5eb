"""What a page says of its single fields, where that stands on it too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from crawler.extraction.cleaning import clean_lead, same_text
from crawler.extraction.fields.placement import crumbs
from crawler.extraction.finder import text_of
from crawler.extraction.metadata import clean_text
from crawler.extraction.own_names import own_names
from crawler.extraction.people import read_byline
from crawler.extraction.text import letters
from crawler.induction.examples import LINE, Example

# Letters; a shorter description or common text says nothing.
_SHORT = 30
_SITE_TAIL = re.compile(r"\s+[-–|•»]\s+")
_BYLINE_CLASS = re.compile(r"author|byline|tac-?_?gia|pseudonym|pen-?name|nguoi-?viet|but-?danh|writer", re.IGNORECASE)
_LEAD_CLASS = re.compile(r"sapo|(?:^|[\s_-])(?:lead|summary|intro|chapo|excerpt|tom-?tat)(?:$|[\s_-])", re.IGNORECASE)
_CRUMB_CLASS = re.compile(r"bread|crumb", re.IGNORECASE)
# Links of a path to the section, the home page among them.
_CRUMBS = range(2, 5)


def title_of(example: Example) -> str | None:
    """The stated title that stands on the page as an element; a site's name behind it is taken off."""
    assert example.document.metadata is not None
    metadata = example.document.metadata
    stated = (metadata.text("headline"), metadata.metas.get("og:title"), metadata.metas.get("twitter:title"),
              metadata.page_title)  # fmt: skip
    forms = [form for text in stated if text for form in _without_tails(clean_text(text) or "")]
    shown = {letters(text): text for _, text in reversed(example.texts) if len(text) < 300}
    return next((shown[letters(form)] for form in forms if letters(form) in shown), None)


def _without_tails(text: str) -> Iterator[str]:
    parts = _SITE_TAIL.split(text)
    yield text
    for length in range(len(parts) - 1, 0, -1):
        yield text[: text.index(parts[length - 1]) + len(parts[length - 1])] if length > 1 else parts[0]


def descriptions_of(example: Example) -> list[str]:
    """What the page says it is about, in its several places."""
    assert example.document.metadata is not None
    metadata = example.document.metadata
    stated = (metadata.text("description"), metadata.metas.get("og:description"), metadata.metas.get("description"))
    return [text for value in stated if value and (text := clean_text(value))]


def lead_of(example: Example, common: set[str]) -> str | None:
    """The element that says what the page's description says, which is often cut short."""
    for text in descriptions_of(example):
        start = letters(text.rstrip(".… "))
        if len(start) < _SHORT or letters(text) in common or start == letters(example.wanted.title or ""):
            continue
        for _, shown in reversed(example.texts):
            said = letters(clean_lead(shown) or "")
            if said.startswith(start) and len(said) <= 3 * len(start):
                return clean_lead(shown)
    return None


def named_lead_of(example: Example) -> str | None:
    """The first element behind the title that is called a lead."""
    seen_title = False
    for element, text in example.texts:
        seen_title = seen_title or same_text(text, example.wanted.title or "")
        linked = next(element.iter("a"), None) is not None or next(element.iterancestors("a"), None) is not None
        if seen_title and not linked and len(letters(text)) >= _SHORT and _LEAD_CLASS.search(element.get("class", "")):
            return clean_lead(text)
    return None


def authors_of(example: Example) -> list[str]:
    """The names that a page states and prints; where it states none, those of an element named for them."""
    assert example.document.metadata is not None
    metadata, own = example.document.metadata, own_names(example.document)
    stated = [", ".join(metadata.author_names.people), metadata.metas.get("author") or ""]
    lines = [(element, names) for element, text in example.texts if (names := _names(element, text, own))]
    for text in stated:
        wanted = read_byline(text, own).authors if text else []
        if wanted and any(set(names) <= set(wanted) for _, names in lines):
            return wanted
    named = [names for element, names in lines if _BYLINE_CLASS.search(f"{element.get('class')} {element.get('id')}")]
    return named[0] if named and not example.wanted.authors else []


def _names(element: Element, text: str, own: tuple[str, ...]) -> list[str]:
    return read_byline(text_of(element, line_break="\n") or "", own).authors if len(text) <= LINE else []


def section_of(example: Example) -> list[str]:
    """The names of the path to the section: links in an element that is called so, or a few that begin at home."""
    for element, text in example.texts:
        links = list(element.iter("a"))
        called = _CRUMB_CLASS.search(f"{element.get('class')} {element.get('id')}")
        if called or (len(text) <= LINE and len(links) in _CRUMBS and _leads_home(example, links[0])):
            names = crumbs([text_of(link) or "" for link in links], example.wanted.title)
            if names:
                return names
    return []


def _leads_home(example: Example, link: Element) -> bool:
    url = example.document.link(link.get("href", ""))
    return url is not None and urlsplit(url).path in ("", "/")


def tags_of(example: Example) -> list[str]:
    """The keywords of the page that are links on it."""
    assert example.document.metadata is not None
    metas = example.document.metadata.metas
    stated = metas.get("news_keywords") or metas.get("keywords") or ""
    named = {letters(part) for part in stated.split(",")} - {""}
    linked = [text.lstrip("#").strip() for element, text in example.texts if element.tag == "a"]
    return list(dict.fromkeys(text for text in linked if letters(text) in named))
