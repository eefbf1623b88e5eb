"""Facts of a site that its pages tell beside the article: name, marks, sections, feeds, what to skip."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from lxml.etree import XPath
from lxml.etree import _Element as Element

from crawler.extraction.document import Document
from crawler.extraction.finder import text_of
from crawler.extraction.metadata import clean_text
from crawler.extraction.people.refusals import is_agency
from crawler.extraction.sections import feeds_of
from crawler.induction.examples import Example
from crawler.outlet import Outlet, host_of

_LINKS = XPath("//a[@href]")
_SUFFIX = re.compile(r"(?:\.(?:com|org|net|gov|edu|info))?\.[a-z]+$")
_PAPER = re.compile(r"\b(?:báo|đài|tạp chí|news|times|online)\b", re.IGNORECASE)
_PREFIX = re.compile(
    r"^(?:báo|đài)(?:\s*(?:điện tử|online|và|,)*\s*(?:(?:đài\s+)?(?:phát thanh|truyền hình)[\s,&-]*(?:và)?)*)*\s+"
    r"|\s+(?:online|điện tử)$",
    re.IGNORECASE,
)
_TITLE_TAIL = re.compile(r"\s[-–|]\s")
_MARK = re.compile(r"^\(?(?P<mark>[A-ZĐ]{2,6})\)?\s*[-–—]\s")
# A path of words is a section, unless it is one of these.
_SECTION = re.compile(r"/[a-z][a-z-]*(?:/|\.html?)?")
_SUBSECTION = re.compile(r"(?:/[a-z][a-z-]*){1,2}(?:/|\.html?)?")
_CRUMBS = re.compile(r"bread|crumb", re.IGNORECASE)
_NO_NEWS = re.compile(
    r"^/(?:videos?|short-videos?|print|in-bai|photos?|anh|podcasts?|audio|truyen-hinh|phat-thanh|multimedia|infographics?"
    r"|e?magazine|longform|tim-kiem|search|(?:thong-tin-)?quang-cao|en|english|news|fr|ru|cn|khmer|e-?paper|bao-in|doc-bao-in|xem-bao|thoi-tiet"
    r"|tags?|tac-gia|author)(?:/|\.html?$|$)"
)
_SERVICE = re.compile(
    r"rss|feed|lien-he|gioi-thieu|toa-soan|dang-nhap|dang-ky|login|contact|about|sitemap|dieu-khoan|policy|home|trang-chu"
)
_LONGEST_NAME = 30  # characters of the name of a section in a menu
_MOST = 40  # sections; a menu that has more lists something else


def name_of(host: str) -> str:
    """The outlet's name from its host: ``baocantho`` for ``www.baocantho.com.vn``."""
    label = _SUFFIX.sub("", host).rpartition(".")[2]
    name = re.sub(r"[^a-z0-9]", "", label.lower())
    return name if name[:1].isalpha() else f"bao{name}"


def title_of(documents: Sequence[Document]) -> str | None:
    """What most of the pages call their paper."""
    titles = Counter(title for document in documents for title in dict.fromkeys(_titles(document)))
    named = [title for title in titles if _PAPER.search(title)]
    return max(named or titles, key=titles.__getitem__, default=None)


def _titles(document: Document) -> Iterator[str]:
    assert document.metadata is not None
    publisher = document.metadata.news.get("publisher")
    stated = publisher.get("name") if isinstance(publisher, dict) else None
    tail = _TITLE_TAIL.split(document.metadata.page_title)[1:][-1:]
    for text in (document.metadata.metas.get("og:site_name"), stated, *tail):
        if isinstance(text, str) and (title := clean_text(text)) and len(title) < 80 and "." not in title:
            yield title


def province_of(title: str) -> str:
    """The province a paper is named after: "Cần Thơ" for "Báo Cần Thơ online"."""
    return _PREFIX.sub("", _PREFIX.sub("", title)).strip() or title


def marks_of(examples: Sequence[Example]) -> list[str]:
    """The short names before the first words of articles, ``ĐNO - ``: the paper's own, agencies are none."""
    firsts = (text for example in examples for text in (example.wanted.lead, *example.wanted.paragraphs[:1]) if text)
    marks = Counter(found["mark"] for text in firsts if (found := _MARK.match(text)))
    return [mark for mark in marks if not is_agency(mark)]


def sections_of(documents: Sequence[Document], outlet: Outlet) -> tuple[list[str], list[str]]:
    """Paths of sections, and of what is no news text: linked with a short name on every page, or in breadcrumbs.

    No path is skipped under which one of the pages stands.
    """
    paths = Counter(path for document in documents for path in dict.fromkeys(_menu(document, outlet)))
    found = [path for path, count in paths.items() if count == len(documents)]
    found += [path for document in documents for path in _breadcrumb(document, outlet)]
    articles = [urlsplit(document.url or "").path for document in documents]
    skip = {path: f"{path.rstrip('/')}/" for path in found if _NO_NEWS.search(path)}
    folders = [folder for path, folder in skip.items() if "." not in path and not _holds(folder, articles)]
    sections = [path for path in dict.fromkeys(found) if path not in skip and not _SERVICE.search(path)]
    return sections[:_MOST], list(dict.fromkeys(folders))


def _holds(folder: str, articles: list[str]) -> bool:
    return any(article.startswith(folder) for article in articles)


def _menu(document: Document, outlet: Outlet) -> Iterator[str]:
    return (path for path, _ in _paths(document, outlet) if _SECTION.fullmatch(path))


def _breadcrumb(document: Document, outlet: Outlet) -> Iterator[str]:
    for path, link in _paths(document, outlet):
        names = " ".join(str(element.get("class")) for element in link.iterancestors())
        if _SUBSECTION.fullmatch(path) and _CRUMBS.search(names):
            yield path


def _paths(document: Document, outlet: Outlet) -> Iterator[tuple[str, Element]]:
    """Paths with a short name that lead to the outlet's main host and to no article, with their links."""
    assert document.root is not None
    for link in _LINKS(document.root):
        url = document.link(link.get("href", ""))
        text = text_of(link)
        if url and text and len(text) <= _LONGEST_NAME and host_of(url) == outlet.hosts[0]:
            parts = urlsplit(url)
            if not parts.query and not outlet.article_id(url):
                yield parts.path, link


def feeds_among(documents: Sequence[Document]) -> list[str]:
    """The addresses of feeds that the pages name, as paths."""
    urls = dict.fromkeys(url for document in documents for url in feeds_of(document))
    return list(dict.fromkeys(urlsplit(url).path for url in urls if len(urlsplit(url).path) > 1))


def site_tags(examples: Sequence[Example], selectors: Sequence[str]) -> int:
    """How many of the last tag links stand on every page; on two pages, one in common may be chance.

    Where no page has any besides, they are the tags of articles on one subject.
    """
    for css in dict.fromkeys(selectors):
        lists = [tags[::-1] for one in examples if (tags := [text_of(e) for e in one.document.finder.select(css)])]
        if len(lists) > 1:
            alike = [len({*tags}) == 1 for tags in zip(*lists, strict=False)]
            count = alike.index(False) if False in alike else len(alike)
            if all(len(tags) == count for tags in lists):
                return 0
            return count if len(lists) > 2 or count > 1 else 0
    return 0
