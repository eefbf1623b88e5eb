"""Which layout fits a page: the first whose body holds text."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.etree import _Element as Element

from crawler.extraction.body.reader import BodyReader
from crawler.extraction.body.running_text import RunningText, judge, leading_bold
from crawler.extraction.cleaning import same_text
from crawler.extraction.document import Document
from crawler.extraction.families import FAMILIES, GENERIC, Family
from crawler.extraction.finder import selected
from crawler.extraction.layouts import Layout
from crawler.extraction.metadata import clean_text
from crawler.extraction.text import tidy

#: A body with fewer characters is no article's, unless photos or a lead stand with it.
MIN_BODY = 60


@dataclass(slots=True)
class Match:
    """The layout that fits a page, with its body element and the judged text."""

    family: Family
    layout: Layout
    body: Element
    text: RunningText
    bold_lead: str | None


def match_rules(document: Document) -> Match | None:
    """The first of the outlet's layouts whose body holds text; ``None`` where no rule fits."""
    outlet = document.outlet
    family = FAMILIES.get(outlet.family) if outlet else None
    if family is None or outlet is None or document.root is None:
        return None
    matches = (_try(document, family, layout.with_overrides(outlet.selectors)) for layout in family.layouts)
    return next((match for match in matches if match), None)


def match_generic(document: Document) -> Match | None:
    """The generic reading: an element marked as the body, else the one with the most paragraph text."""
    if document.root is None:
        return None
    layout = GENERIC.layouts[0]
    marked = _try(document, GENERIC, layout)
    if marked:
        return marked
    body = GENERIC.densest(document.root)
    match = _read_body(document, GENERIC, layout, body) if body is not None else None
    return match if match and match.text.length >= MIN_BODY else None


def _try(document: Document, family: Family, layout: Layout) -> Match | None:
    for css in layout.body:
        for body in document.finder.select(css)[:3]:
            match = _read_body(document, family, layout, body)
            if match.text.length >= MIN_BODY or (match.text.blocks and _has_lead(document, layout)):
                return match
            if match.text.images and document.url and _is_article(document, document.url):
                return match
    return None


def _read_body(document: Document, family: Family, layout: Layout, body: Element) -> Match:
    reader = BodyReader(
        leave_out=selected(body, layout.leave_out) - {body},
        captions=selected(body, layout.caption),
        bylines=selected(body, layout.byline),
        end=selected(body, layout.end),
    )
    pieces = reader.read(body)
    bold = leading_bold(pieces)
    if bold and not (layout.bold_lead or _describes(document, bold.text)):
        bold = None
    header = selected(body, (*layout.title[:2], *layout.lead[:2], *layout.date[:1], *layout.byline[:2]))
    taken = {tidy(" ".join(map(str, element.itertext()))) for element in header}
    left = [box for box in reader.left if not _is_header(box.text, taken)]
    text = judge(pieces, left, lambda link: _is_article(document, document.link(link)), own_names(document))
    return Match(family, layout, body, text, bold.text if bold else None)


def _describes(document: Document, paragraph: str) -> bool:
    """Whether the page's own description is this paragraph: then the newsroom means it as the lead."""
    assert document.metadata is not None
    metas = document.metadata.metas
    stated = document.metadata.text("description") or metas.get("og:description") or metas.get("description") or ""
    stated = clean_text(stated) or ""
    return len(stated) >= MIN_BODY and same_text(stated[:200], paragraph[: len(stated[:200])])


def _is_header(text: str, taken: set[str]) -> bool:
    """Whether a left-out box only holds what is read elsewhere: title, date, lead and byline of the header."""
    rest = text
    for known in sorted(taken, key=len, reverse=True):
        rest = rest.replace(known, "")
    return len(rest.strip(" •|-")) <= 40


def _is_article(document: Document, url: str | None) -> bool:
    return bool(url and document.outlet and document.outlet.article_id(url))


def _has_lead(document: Document, layout: Layout) -> bool:
    lead = document.finder.first(layout.lead)
    return lead is not None and len(tidy(" ".join(map(str, lead.itertext())))) >= MIN_BODY


def own_names(document: Document) -> tuple[str, ...]:
    """Names of the paper itself, by the registry and by the page: never an author."""
    outlet = document.outlet
    if outlet is None:
        return ()
    names = [outlet.title, outlet.name, *outlet.hosts]
    if document.metadata:
        publisher = document.metadata.news.get("publisher")
        site = document.metadata.metas.get("og:site_name")
        names += [publisher["name"]] if isinstance(publisher, dict) and isinstance(publisher.get("name"), str) else []
        names += [site] if site else []
    return tuple(names)
