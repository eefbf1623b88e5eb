"""The tags of a page without rules: the list of links that is named so, else what the page tells machines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from lxml.etree import XPath
from lxml.etree import _Element as Element

from crawler.extraction.document import Document
from crawler.extraction.finder import text_of
from crawler.extraction.generic.boxes import words_of
from crawler.extraction.metadata import clean_text
from crawler.extraction.text import is_capitals, letters, tidy, unique

_BELOW_HEADLINE = XPath("//h1[1]/following::*[@class or @id]")
_ANYWHERE = XPath("//body//*[@class or @id]")
_STATED = XPath("//meta[translate(@property | @name, 'AGRT', 'agrt') = 'article:tag']/@content")
# Words of classes by which templates name the list of tags.
_NAMES = frozenset("tag tags taglist tagbox tagcloud keyword keywords hashtag hashtags tukhoa".split())
# What carries such a name and is another thing: buttons to share, the tags of the whole site, another article.
_OTHERS = frozenset("share social sidebar trending popular".split())
_OUTSIDE = frozenset(("header", "nav", "footer", "aside"))
# Links of a list; one alone may be the section, and more are an index.
_FEWEST, _MOST = 2, 40
# Characters; a longer link is a headline.
_LONGEST = 40
# Of the letters of a list of tags; the rest is its label.
_LINKED = 0.6
_PARTING = re.compile(r"\s*[,;]\s*")
# What only a machine reads: a UUID or number, the path of a topic, a name with its kind before it.
_CODE = re.compile(r"[\da-fA-F]{8}-[\da-fA-F-]{20,}$|\d{4,}$|[a-z-]+/\S|[\w ]+:\s?\S")
# So many tags may all be in capitals; more are the codes of a wire.
_ACRONYMS = 5
# Of the keywords in the head of a page; where fewer stand in its text, they are those of the site.
_SAID = 0.5


def tags(document: Document, text: str) -> list[str]:
    """The tags of a page that has ``text``, as printed or else as stated; empty where there are none."""
    return next(filter(None, chain(_lists(document), _statements(document, text))), [])


def _lists(document: Document) -> Iterator[list[str]]:
    """The printed lists of tags below the headline, outer elements before those inside."""
    assert document.root is not None
    for element in _BELOW_HEADLINE(document.root) or _ANYWHERE(document.root):
        words = words_of(element)
        if not words & _NAMES or words & _OTHERS or element.tag in ("a", "article"):
            continue
        if any(around.tag in _OUTSIDE for around in element.iterancestors()):
            continue
        yield _linked(element)


def _linked(element: Element) -> list[str]:
    """The texts of the links of an element that holds next to nothing else, each once."""
    links = [_plain(text_of(link) or "") for link in element.iter("a")][: _MOST + 1]
    found = unique(links)
    if not _FEWEST <= len(found) <= _MOST or any(len(text) > _LONGEST for text in found):
        return []
    return found if len(letters("".join(links))) >= _LINKED * len(letters("".join(element.itertext()))) else []


def _statements(document: Document, text: str) -> Iterator[list[str]]:
    """What the page states as its tags, the most careful statement first."""
    assert document.metadata is not None
    assert document.root is not None
    metadata = document.metadata
    yield _parted(_STATED(document.root))
    yield _parted(metadata.metas.get("news_keywords"))
    listed = metadata.news.get("keywords")
    # Without a comma several may be strung together by spaces.
    yield [] if isinstance(listed, str) and " " in listed and not _PARTING.search(listed) else _parted(listed)
    said = letters(text)
    keywords = _parted(metadata.metas.get("keywords"))
    yield keywords if sum(letters(word) in said for word in keywords) >= _SAID * len(keywords) else []


def _parted(value: Any) -> list[str]:
    """The single tags of a statement: a list, or one text with commas; empty where it was written for machines."""
    texts = [value] if isinstance(value, str) else [each for each in value or () if isinstance(each, str)]
    if len(texts) == 1:
        texts = _PARTING.split(texts[0])
    found = unique([_plain(clean_text(text) or "") for text in texts])
    told = [tag for tag in found if not _CODE.match(tag) and len(tag) <= 2 * _LONGEST]
    shouted = len(told) > _ACRONYMS and all(map(is_capitals, told))
    return told if 2 * len(told) > len(found) and not shouted else []


def _plain(text: str) -> str:
    return tidy(text).lstrip("#").strip(" ,;")
