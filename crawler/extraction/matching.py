"""Which layout fits a page: the first whose body holds text."""

from __future__ import annotations

from lxml.etree import _Element as Element

from crawler.extraction.body.reader import BodyReader
from crawler.extraction.body.running_text import judge, leading_bold
from crawler.extraction.cleaning import same_text
from crawler.extraction.document import Document
from crawler.extraction.families import GENERIC, Family, families_of
from crawler.extraction.finder import text_of
from crawler.extraction.match import MIN_BODY, Match
from crawler.extraction.metadata import clean_text
from crawler.extraction.own_names import own_names
from crawler.layout import Layout


def match_rules(document: Document) -> Match | None:
    """The first of the outlet's layouts whose body holds text; ``None`` where no rule fits."""
    matches = (_try(document, family, layout) for family, layout in _rules(document))
    return next((match for match in matches if match), None)


def ruled_bodies(document: Document) -> list[Element]:
    """The elements of the page that are the body by a rule, be they empty: then nothing else on the page is."""
    found = (document.finder.select(css) for _, layout in _rules(document) for css in layout.body)
    return [body for bodies in found for body in bodies]


def has_ruled_body(document: Document) -> bool:
    """Whether an element of the page is the body by a rule, be it empty."""
    return bool(ruled_bodies(document))


def ruled_layout(document: Document) -> tuple[Family, Layout]:
    """The rules by which the other fields are read where none fits the body: the first whose headline is there."""
    rules = _rules(document) or [(GENERIC, GENERIC.layouts[0])]
    return next((rule for rule in rules if document.finder.first(rule[1].title) is not None), rules[0])


def _rules(document: Document) -> list[tuple[Family, Layout]]:
    """The page's own layouts, the outlet's, then those of its families."""
    outlet = document.outlet
    if outlet is None or document.root is None:
        return []
    families = families_of(outlet, document.url)
    own = [(families[0], layout) for layout in (*document.layouts, *outlet.layouts)]
    return own + [(family, layout.with_overrides(outlet.selectors)) for family in families for layout in family.layouts]


def _try(document: Document, family: Family, layout: Layout) -> Match | None:
    at_article = bool(document.url and _leads_to_article(document, document.url))
    for css in layout.body:
        for body in document.finder.select(css)[:3]:
            match = _read_body(document, family, layout, body)
            if match.text.length >= MIN_BODY or (match.text.blocks and _has_lead(document, layout)):
                return match
            if at_article and (match.text.blocks or match.text.images):
                return match
    return _lead_alone(document, family, layout) if at_article else None


def _lead_alone(document: Document, family: Family, layout: Layout) -> Match | None:
    """An article whose whole text stands in the lead, over an empty body."""
    bodies = [body for css in layout.body for body in document.finder.select(css)]
    if not bodies or not _has_lead(document, layout):
        return None
    return _read_body(document, family, layout, bodies[0])


def _read_body(document: Document, family: Family, layout: Layout, body: Element) -> Match:
    def everywhere(alternatives: tuple[str, ...]) -> set[Element]:
        return {element for css in alternatives for element in document.finder.select(css)}

    reader = BodyReader(
        leave_out=everywhere(layout.leave_out) - {body},
        captions=everywhere(layout.caption),
        bylines=everywhere(layout.byline),
        end=everywhere(layout.end),
    )
    pieces = reader.read(body)
    bold = leading_bold(pieces)
    if bold and not (layout.bold_lead or _describes(document, bold.text)):
        bold = None
    header = everywhere((*layout.title[:2], *layout.lead[:2], *layout.date[:1], *layout.byline[:2]))
    taken = {header_text for element in header if (header_text := text_of(element))}
    left = [box for box in reader.left if not _is_header(box.text, taken)]
    text = judge(pieces, left, document.leads_away, own_names(document))
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
    return rest != text and len(rest.strip(" •|-")) <= 40


def _leads_to_article(document: Document, url: str) -> bool:
    return document.outlet is not None and document.outlet.article_id(url) is not None


def _has_lead(document: Document, layout: Layout) -> bool:
    lead = document.finder.first(layout.lead)
    return len(text_of(lead) or "") >= MIN_BODY
