"""What reading a page costs grows with its size and no faster: calls are counted at each doubling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.extraction import clean, extract
from crawler.items import Article, Page
from crawler.pages import SavedPage, saved_pages
from crawler.registry import Registry, default_registry
from tests.fuzz.work import calls

PAGES = {saved.name: saved for saved in saved_pages(Path(__file__).parents[1] / "pages")}
# A page of each family, read by its rules.
FAMILIES = {
    "onecms": "baonghean__no_sapo_list",
    "fck": "baoangiang__theo_source_right",
    "vnpt": "baodaklak__main_site",
    "mediatech": "baotayninh__pseudonym_theo",
    "epi": "baolaocai__div_paragraphs",
}
LARGEST_GROWTH = 2.3  # at doubled size
SMALLEST = 40  # repetitions

_TEXT = "Sáng {n}, hơn hai trăm đoàn viên xã Bến Lau cùng bà con xuống đồng vớt bèo, nạo vét kênh {n}."
_PHOTO = '<figure><img src="/anh{n}.jpg"><figcaption>Dòng xe số {n} qua cầu</figcaption></figure>'
_TABLE = '<table><tr><td><img src="/a{n}.jpg"></td></tr><tr><td>Dòng xe số {n} qua cầu</td></tr></table>'


def repeated(piece: str) -> Callable[[int], str]:
    return lambda times: "".join(piece.replace("{n}", str(number)) for number in range(times))


# What stands in the running text, many times over.
IN_BODY = {
    "paragraphs": repeated(f"<p>{_TEXT}</p>\n"),
    "line breaks": lambda times: f"<p>{repeated(_TEXT + '<br>')(times)}</p>",
    "divs in divs": lambda times: "<div>" * times + f"<p>{_TEXT}</p>" + "</div>" * times,
    "many small divs": repeated(f"<div><div><div><p>{_TEXT}</p></div></div></div>"),
    "spans in spans": lambda times: "<p>" + "<span>chữ " * times + "</span>" * times + "</p>",
    "links": repeated('<p>Sáng nay <a href="/bai-{n}.html">bài số {n}</a> có hơn hai trăm đoàn viên đọc.</p>'),
    "lists of links": repeated('<ul><li><a href="/bai-{n}.html" title="Bài {n}">Bài viết số {n} về lũ</a></li></ul>'),
    "photos": repeated(f"<p>{_TEXT}</p>{_PHOTO}"),
    "tables with photos": repeated(f"<p>{_TEXT}</p>{_TABLE}"),
    "table rows": lambda times: f"<table>{repeated('<tr><td>{n}</td><td>lúa</td><td>12,5</td></tr>')(times)}</table>",
    "bylines": repeated('<p style="text-align:right"><b>HÀ AN {n}</b></p>'),
    "unclosed tags": repeated("<b><i>chữ {n}"),
}
IN_HEAD = {
    "JSON-LD blocks": repeated(
        '<script type="application/ld+json">{"@type": "NewsArticle", "author": "A {n}",}</script>'
    ),
    "metas": repeated('<meta property="article:tag" content="thẻ {n}">'),
}
WITHOUT_RULES = [("", shape) for shape in (*IN_BODY, *IN_HEAD)]
WITH_RULES = [
    (family, shape)
    for family in FAMILIES
    for shape in ("paragraphs", "lists of links", "photos", "bylines", "JSON-LD blocks")
]
LINE = 30_000  # characters
UNITS = (
    "{{ ",
    "<% ",
    "( ",
    "A- ",
    "Theo ",
    "HÀ AN - ",
    "Ảnh: ",
    "12/10/2026 ",
    "8h",
    "/*",
    "[",
    '\\"',
    "https://",
    "ab-",
)


def grown(saved: SavedPage, shape: str, times: int) -> Page:
    """The page with the shape that many times in its head, or before a paragraph of its text."""
    if shape in IN_HEAD:
        return with_piece(saved.page, saved.page.body.lower().find(b"</head>"), IN_HEAD[shape](times))
    return with_piece(saved.page, in_body(saved), IN_BODY[shape](times))


def in_body(saved: SavedPage) -> int:
    """Where the tag of a paragraph that is not the first begins."""
    body = saved.page.body
    texts = (body.find(text[:25].encode()) for text in saved.expected["paragraphs"][1:])
    return body.rfind(b"<", 0, next(place for place in texts if place > 0))


def with_piece(page: Page, at: int, piece: str) -> Page:
    assert at > 0
    return replace(page, body=page.body[:at] + piece.encode() + page.body[at:])


@pytest.mark.parametrize(("family", "shape"), WITH_RULES + WITHOUT_RULES)
def test_twice_the_page_costs_twice_the_calls(family: str, shape: str) -> None:
    saved = PAGES[FAMILIES[family or "onecms"]]
    registry = default_registry() if family else Registry([])
    costs = []
    for times in (SMALLEST, 2 * SMALLEST, 4 * SMALLEST):
        page = replace(grown(saved, shape, times), outlet=saved.page.outlet if family else None)
        costs.append(calls(partial(_read, page, registry)))
        result = clean(extract(page, registry))
        assert isinstance(result, Article)
        assert (result.layout == "generic") == (not family)
    assert all(after / before <= LARGEST_GROWTH for before, after in pairwise(costs)), costs


@pytest.mark.parametrize("unit", UNITS)
def test_no_pattern_runs_away_on_a_long_line(unit: str) -> None:
    """Regular expressions call nothing; ``calls`` stops at ten seconds what should take a tenth of one."""
    saved = PAGES[FAMILIES["onecms"]]
    line = f"Hà {unit * (LINE // len(unit))} An"
    heading = saved.page.body.find(b">", saved.page.body.find(b"<h1")) + 1
    for at, piece in ((heading, line), (in_body(saved), f'<p style="text-align:right"><b>{line}</b></p>')):
        page = replace(with_piece(saved.page, at, piece), outlet=None)
        for registry in (default_registry(), Registry([])):
            calls(partial(_read, page, registry))


def _read(page: Page, registry: Registry) -> None:
    clean(extract(page, registry))
