"""What should come out of pages when nobody says it: their own statements, and what the pages have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from crawler.extraction.article import read_article
from crawler.extraction.cleaning import clean, clean_lead, same_text
from crawler.extraction.dates import Stamp, parse, parse_us
from crawler.extraction.document import Document
from crawler.extraction.fields.placement import crumbs
from crawler.extraction.finder import text_of
from crawler.extraction.generic import match_generic
from crawler.extraction.generic.second_opinion import letters
from crawler.extraction.metadata import clean_text
from crawler.extraction.own_names import own_names
from crawler.extraction.people import read_byline
from crawler.induction.examples import Example, Wanted
from crawler.items import Article

#: Characters; a longer text is no line with a date or a name.
LINE = 160
# Letters; a shorter description or common text says nothing.
_SHORT = 30
# Letters of the text a page states of itself, from which it is the whole article and no summary.
_WHOLE = 600
_ZONE = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$")
_SITE_TAIL = re.compile(r"\s+[-–|•»]\s+")
_BYLINE_CLASS = re.compile(r"author|byline|tac-?_?gia|pseudonym|pen-?name|nguoi-?viet|but-?danh|writer", re.IGNORECASE)
_LEAD_CLASS = re.compile(r"sapo|(?:^|[\s_-])(?:lead|summary|intro|chapo|excerpt|tom-?tat)(?:$|[\s_-])", re.IGNORECASE)
_CRUMB_CLASS = re.compile(r"bread|crumb", re.IGNORECASE)
# Links of a path to the section, the home page among them.
_CRUMBS = range(2, 5)


def examples_of(documents: Sequence[Document]) -> list[Example]:
    """The pages with what should come out of each, by what they state and what repeats on them.

    A page without running text is left out.
    """
    read = [(document, article) for document in documents if (article := _generic(document)) is not None]
    examples = [Example(document, _wanted(article)) for document, article in read]
    common = _common_texts(examples)
    for example in examples:
        _correct(example, common)
    return examples


def _generic(document: Document) -> Article | None:
    match = match_generic(document)
    result = clean(read_article(document, match)) if match else None
    return result if isinstance(result, Article) else None


def _wanted(article: Article) -> Wanted:
    return replace(Wanted.of(article), published=None, tags=[], sure=False)


def _correct(example: Example, common: set[str]) -> None:
    """Put what the page states of itself in place of what the generic reading made of it."""
    wanted = example.wanted
    wanted.title = _title(example) or wanted.title
    stamp = _published(example)
    wanted.published = stamp.when if stamp else None
    wanted.lead = _lead(example, common) or wanted.lead or _named_lead(example)
    wanted.authors = _authors(example) or wanted.authors
    wanted.section = wanted.section or _crumbs(example)
    wanted.tags = _tags(example)
    wanted.paragraphs = _paragraphs(example, common)


def _common_texts(examples: Sequence[Example]) -> set[str]:
    """The letters of texts that stand on several of the pages: furniture of the site."""
    pages = {letters(example.wanted.title or "") or str(number): example for number, example in enumerate(examples)}
    counts = Counter(
        key
        for example in pages.values()
        for key in {letters(piece.text) for piece in example.pieces}
        | {letters(text) for text in _descriptions(example)}
    )
    return {key for key, count in counts.items() if count > 1}


def _title(example: Example) -> str | None:
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


def _published(example: Example) -> Stamp | None:
    """The moment that machines are told and readers are shown; else what is stated; else what stands by the title."""
    document = example.document
    assert document.metadata is not None
    metadata = document.metadata
    texts = [metadata.text("datePublished")]
    texts += [metadata.metas.get(name) for name in ("article:published_time", "datepublished", "pubdate", "date")]
    stated = [
        stamp
        for text in texts
        if text
        for stamp in (
            parse(text, document.local),
            parse(_ZONE.sub("", text), document.local),
            parse_us(text, document.local),
        )
        if stamp
    ]
    shown = list(_shown(example))
    for stamp in stated:
        if stamp.exact and any(other.exact and _minute(other) == _minute(stamp) for other in shown):
            return stamp
    by_day = [other for other in shown if any(other.when.date() == stamp.when.date() for stamp in stated)]
    if stated:
        return next((stamp for stamp in by_day if stamp.exact), stated[0])
    return next((stamp for stamp in shown if stamp.exact), shown[0] if shown else None)


def _shown(example: Example) -> Iterator[Stamp]:
    """The moments printed on the page: those behind the title first, then those before it."""
    before: list[Stamp] = []
    seen_title = False
    for element, text in example.texts:
        seen_title = seen_title or bool(example.wanted.title and same_text(text, example.wanted.title))
        if len(text) > LINE or element.tag == "a" or next(element.iterancestors("a"), None) is not None:
            continue
        stamp = parse(text, example.document.local) or parse(element.get("datetime"), example.document.local)
        if stamp and seen_title:
            yield stamp
        elif stamp:
            before.append(stamp)
    yield from reversed(before)


def _minute(stamp: Stamp) -> str:
    return stamp.when.strftime("%Y-%m-%dT%H:%M%z")


def _descriptions(example: Example) -> list[str]:
    assert example.document.metadata is not None
    metadata = example.document.metadata
    stated = (metadata.text("description"), metadata.metas.get("og:description"), metadata.metas.get("description"))
    return [text for value in stated if value and (text := clean_text(value))]


def _lead(example: Example, common: set[str]) -> str | None:
    """The element that says what the page's description says, which is often cut short."""
    for text in _descriptions(example):
        start = letters(text.rstrip(".… "))
        if len(start) < _SHORT or letters(text) in common or start == letters(example.wanted.title or ""):
            continue
        for _, shown in reversed(example.texts):
            said = letters(clean_lead(shown) or "")
            if said.startswith(start) and len(said) <= 3 * len(start):
                return clean_lead(shown)
    return None


def _named_lead(example: Example) -> str | None:
    """The first element behind the title that is called a lead."""
    seen_title = False
    for element, text in example.texts:
        seen_title = seen_title or same_text(text, example.wanted.title or "")
        linked = next(element.iter("a"), None) is not None or next(element.iterancestors("a"), None) is not None
        if seen_title and not linked and len(letters(text)) >= _SHORT and _LEAD_CLASS.search(element.get("class", "")):
            return clean_lead(text)
    return None


def _authors(example: Example) -> list[str]:
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


def _crumbs(example: Example) -> list[str]:
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


def _tags(example: Example) -> list[str]:
    assert example.document.metadata is not None
    metas = example.document.metadata.metas
    stated = metas.get("news_keywords") or metas.get("keywords") or ""
    named = {letters(part) for part in stated.split(",")} - {""}
    linked = [text.lstrip("#").strip() for element, text in example.texts if element.tag == "a"]
    return list(dict.fromkeys(text for text in linked if letters(text) in named))


def _paragraphs(example: Example, common: set[str]) -> list[str]:
    """The text that the page states of itself, block by block; else the generic reading, without what repeats."""
    assert example.document.metadata is not None
    wanted = example.wanted
    whole = letters(example.document.metadata.text("articleBody") or "")
    if len(whole) >= _WHOLE:
        stated = [piece.text for piece in example.pieces if (key := letters(piece.text)) and key in whole]
        if sum(len(letters(text)) for text in stated) >= 0.9 * len(whole):
            wanted.sure = True
            return [text for text in stated if not _stands_above(text, wanted)]
    return [text for text in wanted.paragraphs if letters(text) not in common and not _stands_above(text, wanted)]


def _stands_above(text: str, wanted: Wanted) -> bool:
    """Whether a text repeats the title, or the lead, whole or cut short."""
    said = letters(text)
    return said == letters(wanted.title or "") or bool(wanted.lead and letters(wanted.lead).startswith(said))
