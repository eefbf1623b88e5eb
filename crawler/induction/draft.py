"""A draft of an outlet from saved pages of it: the family of its CMS or selectors, and what the site tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from crawler.extraction import extract, read
from crawler.extraction.decoding import NotText
from crawler.extraction.document import Document, open_document
from crawler.extraction.families import FAMILIES
from crawler.induction.addresses import AddressError, hosts_of, url_patterns
from crawler.induction.examples import Example
from crawler.induction.proposal import Proposal, propose
from crawler.induction.recognition import Fit, recognise
from crawler.induction.site import feeds_among, marks_of, name_of, province_of, sections_of, site_tags, title_of
from crawler.induction.stated import examples_of
from crawler.induction.toml_text import outlet_text
from crawler.items import Article, Page, Result
from crawler.outlet import Outlet
from crawler.outlet_file import check_text
from crawler.registry import Registry

_NOTHING_KNOWN = Registry([])
# What a layout of the paper's own is called.
_LAYOUT = "detail"


class DraftError(ValueError):
    """Pages from which no outlet can be drafted; the message says why and what would help."""


@dataclass(slots=True)
class Draft:
    """A drafted outlet with its file's text, and what speaks for it.

    ``fit`` or ``proposal`` is where its layouts come from. ``results`` are the pages read by the draft, ``left_out``
    says of the other pages why they were not used.
    """

    outlet: Outlet
    text: str
    examples: list[Example]
    results: list[Result]
    fit: Fit | None = None
    proposal: Proposal | None = None
    left_out: list[str] = field(default_factory=list)


def draft(
    pages: Sequence[Page], *, name: str | None = None, title: str | None = None, province: str | None = None
) -> Draft:
    """Draft an outlet from saved pages of its articles; raises ``DraftError``."""
    left_out: list[str] = []
    documents = _articles(_open(pages, left_out), left_out)
    outlet = _site(documents, name)
    examples = examples_of(documents)
    if not examples:
        raise DraftError(f"no article among {_count(pages)}: {'; '.join(left_out) or 'no running text'}")
    fit = recognise(examples, outlet)
    proposal = None if fit else _induced(examples, outlet, left_out)
    called = title or title_of(documents) or outlet.hosts[0]
    outlet = replace(
        outlet,
        title=called,
        province=province or province_of(called),
        family=fit.family if fit else None,
        layouts=(proposal.layout,) if proposal else (),
        marks=tuple(marks_of(examples)),
        evidence_note=f"draft made from {_count(examples)}, not yet looked at",
    )
    sections, skip = sections_of(documents, outlet)
    own = [replace(document, outlet=outlet) for document in documents]
    outlet = replace(outlet, sections=tuple(sections), skip=tuple(skip), feeds=tuple(feeds_among(own)))
    layouts = (*outlet.layouts, *(FAMILIES[fit.family].layouts if fit else ()))
    outlet = replace(outlet, site_tags=site_tags(examples, [css for layout in layouts for css in layout.tags]))
    text = outlet_text(outlet)
    outlet = _checked(text, outlet.name)
    results = _read(examples, outlet)
    if not any(isinstance(result, Article) and result.title and result.blocks for result in results):
        raise DraftError("the drafted rules read none of the pages as an article; other pages may do better")
    return Draft(outlet, text, examples, results, fit, proposal, left_out)


def _read(examples: Sequence[Example], outlet: Outlet) -> list[Result]:
    return [read(replace(example.document.page, outlet=None), Registry([outlet])) for example in examples]


def _open(pages: Sequence[Page], left_out: list[str]) -> list[Document]:
    documents = []
    for page in pages:
        if page.error:
            left_out.append(f"{page.url or 'a page'}: {page.error}")
            continue
        try:
            document = open_document(replace(page, outlet=None), _NOTHING_KNOWN)
        except NotText as error:
            left_out.append(f"{page.url or 'a page'}: {error}")
            continue
        if document.root is None:
            left_out.append(f"{page.url or 'a page'}: plain text, no page with markup")
        elif document.url is None:
            raise DraftError(
                "a page without an address: give --url, a side file NAME.json, or a page that states its own"
            )
        else:
            documents.append(document)
    if not documents:
        raise DraftError(f"no page with markup among {_count(pages)}: {'; '.join(left_out)}")
    return documents


def _articles(documents: list[Document], left_out: list[str]) -> list[Document]:
    """The documents that are articles, each address and each text once."""
    site = _site(documents, None)
    registry = Registry([site])
    kept: dict[str, Document] = {}
    texts: dict[str, str] = {}
    for document in documents:
        assert document.url is not None
        result = extract(replace(document.page, url=document.url), registry)
        if isinstance(result, Article):
            same = next((url for url in (document.url, texts.get(_text(result))) if url in kept), None)
            if same:
                left_out.append(f"{document.url}: the same article as {same}")
            else:
                kept[document.url] = document
                texts.setdefault(_text(result), document.url)
        else:
            reason = getattr(result, "reason", "a list of articles")
            left_out.append(f"{document.url}: {result.kind}: {reason}")
    if not kept:
        raise DraftError(f"no article among {_count(documents)}: {'; '.join(left_out)}")
    return list(kept.values())


def _text(article: Article) -> str:
    return "\n".join([article.title or "", *article.paragraphs])


def _site(documents: Sequence[Document], name: str | None) -> Outlet:
    """The outlet as far as addresses tell."""
    urls = [document.url for document in documents if document.url]
    try:
        hosts = hosts_of(urls)
        patterns = url_patterns(urls, hosts)
    except AddressError as error:
        raise DraftError(str(error)) from error
    scheme = "https" if any(url.startswith("https:") for url in urls) else "http"
    return Outlet(
        name=name or name_of(hosts[0]),
        title=hosts[0],
        province="",
        home=f"{scheme}://{hosts[0]}/",
        hosts=hosts,
        family=None,
        evidence="real pages",
        urls=patterns,
    )


def _induced(examples: list[Example], outlet: Outlet, left_out: list[str]) -> Proposal:
    if len(examples) < 2:
        problem = "one article only, and no known family of CMS fits it: for an unknown CMS give two or more articles"
        raise DraftError("\n".join([problem, *(f"left out: {reason}" for reason in left_out)]))
    proposal = propose(examples, _LAYOUT)
    if proposal is None:
        raise DraftError(
            f"no known family of CMS fits, and {_count(examples)} have no stable class or id around the text in common"
        )
    return proposal


def _checked(text: str, name: str) -> Outlet:
    """The outlet as its file will be read; raises ``DraftError`` for a name or a value that no file may have."""
    outlet, problems = check_text(text, name)
    if outlet is None:
        raise DraftError("\n".join(problems))
    return outlet


def _count(items: Sequence[object]) -> str:
    return f"{len(items)} page" + ("" if len(items) == 1 else "s")
