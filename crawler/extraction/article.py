"""An article page read field by field: the layout's rule first, then structured data."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml.etree import _Element as Element

from crawler.extraction import dates
from crawler.extraction.blocks import BlockReader, image_address
from crawler.extraction.cleaning import clean_lead, same_text
from crawler.extraction.document import Document
from crawler.extraction.families import FAMILIES, GENERIC, Family
from crawler.extraction.finder import selected
from crawler.extraction.layouts import Layout
from crawler.extraction.metadata import clean_text
from crawler.extraction.people import Byline, is_byline, is_paper, read_byline
from crawler.extraction.running_text import RunningText, judge, leading_bold
from crawler.extraction.text import tidy, unique
from crawler.items import Article, Block, Dropped, Image

_HOME = re.compile(r"^(?:trang\s*chủ|home|trang\s*nhất|báo .{2,30} (?:online|điện tử))$", re.IGNORECASE)
_CRUMB_EDGES = " >»/›|\u00bb\u203a"
_SOURCE_WORD = re.compile(r"^\W*(?:nguồn(?: tin)?|theo)\s*:?\s+", re.IGNORECASE)
#: A body shorter than this is no article's, unless photos or a lead stand with it.
MIN_BODY = 60


@dataclass(slots=True)
class Match:
    """The layout that fits a page, with its body element and the judged text."""

    family: Family
    layout: Layout
    body: Element
    text: RunningText
    bold_lead: str | None


def match_layout(document: Document) -> Match | None:
    """The first layout whose body holds text; the generic reading where no rule fits, ``None`` without a body."""
    root = document.root
    if root is None:
        return None
    outlet = document.outlet
    family = FAMILIES.get(outlet.family) if outlet else None
    if family and outlet:
        for layout in family.layouts_for(root):
            match = _try(document, family, layout.with_overrides(outlet.selectors))
            if match:
                return match
    return _generic(document)


def read_article(document: Document, match: Match) -> Article:
    """Read every field of an article page through ``match``."""
    article = Article(key=document.key(), outlet=document.outlet.name if document.outlet else None, url=document.url)
    article.layout = match.layout.name
    article.warnings = list(document.warnings)
    article.language = _language(document)
    _title(article, document, match)
    _times(article, document, match)
    _lead(article, document, match)
    _people(article, document, match)
    _section(article, document, match)
    article.tags = _tags(document, match)
    article.blocks = list(match.text.blocks)
    article.images = list(match.text.images)
    article.dropped = list(match.text.dropped)
    article.provenance["paragraphs"] = match.family.trusted
    _header_photos(article, document, match)
    _lead_out_of_body(article, match)
    article.images = _absolute(article.images, document)
    if document.url and not document.outlet:
        article.warnings.append("unknown_outlet")
    return article


# -- body -------------------------------------------------------------------------------------------------------


def _try(document: Document, family: Family, layout: Layout) -> Match | None:
    for css in layout.body:
        for body in document.finder.select(css)[:3]:
            match = _read_body(document, family, layout, body)
            if match.text.length >= MIN_BODY or (match.text.blocks and _has_lead(document, layout)):
                return match
            if match.text.images and document.url and _is_article(document, document.url):
                return match
    return None


def _generic(document: Document) -> Match | None:
    for layout in GENERIC.layouts:
        match = _try(document, GENERIC, layout)
        if match:
            return match
        body = GENERIC.densest(document.root)
        if body is not None:
            match = _read_body(document, GENERIC, layout, body)
            if match.text.length >= MIN_BODY:
                return match
    return None


def _read_body(document: Document, family: Family, layout: Layout, body: Element) -> Match:
    reader = BlockReader(
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
    text = judge(pieces, left, lambda link: _is_article(document, document.link(link)), _own_names(document))
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


# -- title, lead ------------------------------------------------------------------------------------------------


def _title(article: Article, document: Document, match: Match) -> None:
    assert document.metadata is not None
    metadata = document.metadata
    element = document.finder.first(match.layout.title)
    for value, origin in (
        (_text(element), match.family.trusted),
        (metadata.text("headline") or metadata.text("name"), "json-ld"),
        (clean_text(metadata.metas.get("og:title", "")), "meta"),
        (_without_site(metadata.page_title, document), "meta"),
    ):
        if value:
            article.title, article.provenance["title"] = value, origin
            return
    article.warnings.append("no_title")


def _without_site(title: str, document: Document) -> str:
    head, dash, tail = title.rpartition(" - ")
    names = _own_names(document)
    if dash and (is_paper(tail, names) or tail.lower().endswith(("online", "điện tử"))):
        return head
    return title


def _lead(article: Article, document: Document, match: Match) -> None:
    for css in match.layout.lead:
        elements = [element for element in document.finder.select(css) if _text(element)]
        # A lead may have several paragraphs, side by side; the same class elsewhere is another story's.
        together = [_text(element) or "" for element in elements if element.getparent() is elements[0].getparent()]
        lead = clean_lead(" ".join(unique(together)))
        if lead and not (article.title and same_text(lead, article.title)):
            article.lead, article.provenance["lead"] = lead, match.family.trusted
            return
    if match.bold_lead:
        article.lead, article.provenance["lead"] = clean_lead(match.bold_lead), match.family.trusted


def _lead_out_of_body(article: Article, match: Match) -> None:
    """List a lead that opens the body once, under ``lead``; a bold one is taken out of the body."""
    if match.bold_lead and article.lead == clean_lead(match.bold_lead):
        for index, block in enumerate(article.blocks):
            if block.text == match.bold_lead:
                del article.blocks[index]
                return


# -- times ------------------------------------------------------------------------------------------------------


def _times(article: Article, document: Document, match: Match) -> None:
    assert document.metadata is not None
    shown = _shown_time(document, match)
    stated = match.family.published(document.metadata, document.local)
    chosen = _choose(shown, stated, match.family.trusted)
    if chosen:
        stamp, origin = chosen
        reason = dates.refuse(stamp, document.page.fetched_at)
        article.published_raw = shown.raw if shown else stamp.raw
        if reason:
            article.warnings.append(f"date_refused: {reason}")
        else:
            article.published_at, article.published_day = stamp.iso(), stamp.when.date().isoformat()
            article.provenance["published_at"] = origin
            if not stamp.exact:
                article.warnings.append("day_only")
            if shown and origin == "json-ld" and shown.exact and _minute(shown) != _minute(stamp):
                article.warnings.append(f"dates_differ: {shown.raw} / {stamp.raw}")
    else:
        article.warnings.append("no_date")
    modified = match.family.modified(document.metadata, document.local)
    if modified and not dates.refuse(modified[0], document.page.fetched_at):
        article.modified_at, article.modified_raw = modified[0].iso(), modified[0].raw
        article.provenance["modified_at"] = modified[1]


def _shown_time(document: Document, match: Match) -> dates.Stamp | None:
    """The time printed for readers, from the first of the layout's elements that holds one."""
    for css in match.layout.date:
        for element in document.finder.select(css):
            stated = element.get("content") if element.tag == "meta" else None
            stamp = dates.parse(stated or _text(element), document.local)
            if stamp is None and element.get("datetime"):
                stamp = dates.parse(element.get("datetime"), document.local)
            if stamp:
                return stamp
    return None


def _choose(
    shown: dates.Stamp | None, stated: list[tuple[dates.Stamp, str]], trusted: str
) -> tuple[dates.Stamp, str] | None:
    """The shown time, made more exact by a machine-readable one of the same minute."""
    if shown and shown.exact:
        for stamp, origin in stated:
            if stamp.exact and _minute(stamp) == _minute(shown):
                return (stamp, origin) if not shown.seconds else (shown, trusted)
        return shown, trusted
    for stamp, origin in stated:
        if stamp.exact and (shown is None or stamp.when.date() == shown.when.date()):
            return stamp, origin
    if shown:
        return shown, trusted
    return stated[0] if stated else None


def _minute(stamp: dates.Stamp) -> str:
    return stamp.when.strftime("%Y-%m-%dT%H:%M%z")


# -- people, section, tags --------------------------------------------------------------------------------------


def _people(article: Article, document: Document, match: Match) -> None:
    assert document.metadata is not None
    own = _own_names(document)
    bylines: list[Byline] = []
    for css in match.layout.byline:
        for element in document.finder.select(css):
            text = _text(element)
            if text and len(text) <= 160:
                bylines.append(read_byline(text, own))
    bylines.append(match.text.byline)
    article.authors = unique([name for byline in bylines for name in byline.authors])
    if article.authors:
        article.provenance["authors"] = match.family.trusted
    elif match.family.json_ld_author:
        article.authors = _stated_authors(document, own)
        if article.authors:
            article.provenance["authors"] = "json-ld"
    article.source = next((byline.source for byline in bylines if byline.source), None) or _source(document, match)
    if article.source:
        article.provenance["source"] = match.family.trusted


def _stated_authors(document: Document, own: tuple[str, ...]) -> list[str]:
    assert document.metadata is not None
    names = document.metadata.author_names.people
    return unique([name for stated in names if is_byline(stated, True) for name in read_byline(stated, own).authors])


def _source(document: Document, match: Match) -> str | None:
    text = _text(document.finder.first(match.layout.source))
    return _SOURCE_WORD.sub("", text).strip(" .") or None if text else None


def _own_names(document: Document) -> tuple[str, ...]:
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


def _section(article: Article, document: Document, match: Match) -> None:
    assert document.metadata is not None
    for css in match.layout.section:
        names = _crumbs([_text(element) or "" for element in document.finder.select(css)], article.title)
        if names:
            article.section, article.provenance["section"] = names, match.family.trusted
            return
    for names, origin in (
        (_crumbs(document.metadata.breadcrumb, article.title), "json-ld"),
        (_crumbs([document.metadata.text("articleSection") or ""], article.title), "json-ld"),
        (_crumbs([clean_text(document.metadata.metas.get("article:section", "")) or ""], article.title), "meta"),
    ):
        if names:
            article.section, article.provenance["section"] = names, origin
            return


def _crumbs(names: list[str], title: str | None) -> list[str]:
    kept = [name.strip(_CRUMB_EDGES) for name in names]
    return unique([name for name in kept if name and not _HOME.match(name) and not (title and same_text(name, title))])


def _tags(document: Document, match: Match) -> list[str]:
    for css in match.layout.tags:
        elements = document.finder.select(css)
        if document.outlet and document.outlet.site_tags:
            elements = elements[: -document.outlet.site_tags]
        tags = unique([(_text(element) or "").lstrip("#").strip(" ,;") for element in elements])
        if tags:
            return tags
    return []


# -- photos -----------------------------------------------------------------------------------------------------


def _header_photos(article: Article, document: Document, match: Match) -> None:
    """Photos above the text that are part of the article, with their captions."""
    captions = [text for css in match.layout.photo_caption for e in document.finder.select(css) if (text := _text(e))]
    addresses = [
        address
        for css in match.layout.photo
        for element in document.finder.select(css)
        if (address := image_address(element))
    ]
    known = {image.url for image in article.images}
    photos = [Image(address, captions[0] if captions else None) for address in addresses[:1] if address not in known]
    if photos:
        article.images = photos + article.images
        article.blocks = [Block("caption", text) for text in captions[:1]] + article.blocks


def _absolute(images: list[Image], document: Document) -> list[Image]:
    seen: dict[str, Image] = {}
    for image in images:
        address = document.absolute(image.url)
        seen.setdefault(address, Image(address, image.caption))
    return list(seen.values())


def _language(document: Document) -> str | None:
    return document.language.split("-")[0] if document.language else None


def _text(element: Element | None) -> str | None:
    return tidy("".join(map(str, element.itertext()))) or None if element is not None else None


def drop(article: Article, text: str, rule: str) -> None:
    """Record that ``text`` was left out by ``rule``."""
    article.dropped.append(Dropped(text, rule))
