"""What a page tells machines of its times: JSON-LD, meta elements, data attributes, its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml.etree import XPath

from crawler.extraction.metadata import Metadata, clean_text
from crawler.urls import url_key

#: A statement as (text, provenance).
Statement = tuple[str, str]

_ARTICLE = re.compile(r"article|posting|report|story|liveblog", re.IGNORECASE)
# Their names without punctuation, most trusted first; what else a site calls so says less.
_PUBLISHED = """
    articlepublishedtime articlepublished ogarticlepublishedtime ogpublishedtime datepublished
    articlepublicationdate parselypubdate sailthrudate cxenseparserecspublishtime cxenseparsepublishtime
    cxenseparserecsarticlepublishtime publishedtime publishtime publisheddate published publishdate publishedat
    pubdate publicationdate ogpubdate btpubdate originalpublicationdate articledateoriginal rnewsdatepublished
    citationpublicationdate dctermsissued dcdateissued dcissued dateissued displaydate prismpublicationdate
    dateavailable dctermsdate dcdate date
""".split()
_CREATED = "datecreated dctermscreated dcdatecreated articlecreated created".split()
_MODIFIED = """
    articlemodifiedtime ogarticlemodifiedtime datemodified articlemodified ogupdatedtime articleupdatedtime
    dcdatemodified dctermsmodified lastmodified modified lastupdateddate lastupdated lastupdate dateupdated
    updated
""".split()
_JOINT = re.compile(r"[^a-z]")
_DATA = XPath(
    "//*[@data-deploy-dt or @data-published or @data-published-at or @data-publish-date or @data-published-date"
    " or @data-publish-time or @data-pubdate or @data-date-published or @data-publication-date]"
)
_DATA_NAME = re.compile(r"data-(?:deploy-dt|publish|pub-?date|date-published|publication)")
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")


def published(metadata: Metadata, title: str | None = None) -> Iterator[Statement]:
    """What the page states as its time of publication, most trusted first.

    Of several articles in JSON-LD the one with the page's address or ``title`` speaks, else the first.
    """
    yield from _json_ld(metadata, ("datePublished",), title)
    yield from _metas(metadata, _PUBLISHED)


def created(metadata: Metadata, title: str | None = None) -> Iterator[Statement]:
    """What the page states as the time it was made: of use where nothing tells of its publication."""
    yield from _json_ld(metadata, ("dateCreated",), title)
    yield from _metas(metadata, _CREATED)


def in_attributes(metadata: Metadata) -> Iterator[Statement]:
    """Times of publication in ``data-`` attributes, which scripts of the page read."""
    for element in _DATA(metadata.root)[:1]:
        yield from ((value, "generic") for name, value in element.items() if _DATA_NAME.match(name))


def modified(metadata: Metadata, title: str | None = None) -> Iterator[Statement]:
    """What the page states as the time of its last change, most trusted first."""
    yield from _json_ld(metadata, ("dateModified",), title)
    yield from _metas(metadata, _MODIFIED)


def in_address(url: str | None) -> str | None:
    """The day that an address names, as ``2026-01-08``."""
    found = _IN_ADDRESS.search(unquote(url or "").partition("?")[0])
    return f"{found[1]}-{found[3]}-{found[4]}" if found else None


def _json_ld(metadata: Metadata, keys: tuple[str, ...], title: str | None) -> Iterator[Statement]:
    """A property of the article that the page is about, else of the page itself."""
    described = [
        item for item in _unfolded(metadata.json_ld) if any(isinstance(item.get(key), str | int) for key in keys)
    ]
    articles = [item for item in described if _ARTICLE.search(_type(item))]
    if len(articles) > 1:
        articles = [item for item in articles if _is_of_page(item, metadata, title)] or articles
    pages = [item for item in described if "webpage" in _type(item).lower()]
    for item in (*articles[:1], *pages):
        yield from ((str(item[key]), "json-ld") for key in keys if item.get(key))


def _unfolded(items: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each object, and the one it is about; others inside it (comments, parts of a live blog) are not the page."""
    for item in items:
        yield item
        for key in ("mainEntity", "mainEntityOfPage"):
            inner = item.get(key)
            if isinstance(inner, dict):
                yield inner


def _type(item: dict[str, Any]) -> str:
    kinds = item.get("@type")
    return " ".join(kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str))


def _is_of_page(item: dict[str, Any], metadata: Metadata, title: str | None) -> bool:
    entity = item.get("mainEntityOfPage")
    addresses = [item.get("url"), item.get("@id"), entity.get("@id") if isinstance(entity, dict) else entity]
    own = {url_key(address) for address in (metadata.given_url, metadata.canonical) if address}
    if any(isinstance(address, str) and url_key(address.partition("#")[0]) in own for address in addresses):
        return True
    headline = item.get("headline")
    return isinstance(headline, str) and bool(title) and clean_text(headline) == title


def _metas(metadata: Metadata, names: list[str]) -> Iterator[Statement]:
    known: dict[str, str] = {}
    for name, content in metadata.metas.items():
        known.setdefault(_JOINT.sub("", name), content)
    yield from ((known[name], "meta") for name in names if name in known)
