"""A rule that finds nothing or too little does not lose the article; every text is invented."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from crawler.extraction import read
from crawler.items import Article, Page, Result
from crawler.registry import default_registry
from tests.extraction.generic.reading import LEAD, TITLE, A, B, C

EMPTY = "<div class='content-fck'></div>"
URL = "https://baocantho.com.vn/hoi-dua-ghe-a12345.html"
TEXT = [A, B, C, f"{TITLE}, người dân xã Bình Lộc nói vui khi ra về."]
OTHER = (
    "Giá lúa ở huyện bên tăng nhẹ trong tuần qua, thương lái đặt cọc sớm hơn mọi năm vì sợ mưa trái mùa làm lúa ngã, "
    "nhiều nhà đã gặt xong và cày ải để kịp vụ sau."
)
# The headline and the date stand where the rules of the paper look; the body does not.
FRAME = (
    "<html lang='vi'><head><title>{title}</title>{head}</head><body><h1 class='fw700'>{title}</h1>"
    "<span class='pubdate'>08/01/2026 - 18:21</span>{body}</body></html>"
)


def result(body: str, head: str = "", title: str = TITLE) -> Result:
    html = FRAME.format(title=title, head=head, body=body)
    return read(Page(URL, html.encode(), datetime(2027, 1, 1, tzinfo=UTC)), default_registry())


def article(body: str, head: str = "") -> Article:
    found = result(body, head)
    assert isinstance(found, Article), found
    return found


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize(
    "ruled", ["", "<div class='content-fck'></div>", f"<div class='content-fck'><p>{LEAD}</p></div>"]
)
def test_the_text_is_found_where_no_rule_finds_it(ruled: str) -> None:
    found = article(f"<div id='newscontents'>{ruled}</div><div class='new-template'>{paragraphs(TEXT)}</div>")
    assert found.paragraphs[-4:] == TEXT
    assert found.provenance["paragraphs"] == "generic"
    assert (found.title, found.provenance["title"]) == (TITLE, "rule")
    assert (found.published_at, found.provenance["published_at"]) == ("2026-01-08T18:21:00+07:00", "rule")


def test_what_won_over_a_rule_is_named() -> None:
    ruled = EMPTY.replace("></", f"><p>{A[:80]}.</p></")
    found = article(f"<div id='newscontents'>{ruled}</div><div class='more'>{paragraphs(TEXT)}</div>")
    assert found.provenance["paragraphs"] == "generic"
    assert [code for code in found.warnings if code.startswith("rules_failed: they find 81 characters")]


def test_another_text_of_the_page_does_not_stand_in_for_a_short_article() -> None:
    short = "Chiều nay, ghe của ấp Một về nhất."
    ruled = EMPTY.replace("></", f"><p>{short}</p></")
    found = article(f"<div id='newscontents'>{ruled}</div><div class='more'>{paragraphs([OTHER] * 3)}</div>")
    assert found.paragraphs == [short]
    assert found.provenance["paragraphs"] == "rule"
    assert [code for code in found.warnings if code.startswith("short: ")]


SHORT = "Chiều nay, ghe của ấp Một về nhất."
# Stories at the side take up the same words, and the lead stands in the header beside the date.
SIDE = f"<div class='more'><h1>{TITLE}</h1> 08/01/2026 {LEAD}{paragraphs([f'{TITLE}: {OTHER}'] * 3)}</div>"
TEASED = f"<meta name='description' content='{LEAD}'>"


@pytest.mark.parametrize(
    ("body", "texts", "captions"),
    [
        (f"<p>{SHORT}</p>", [SHORT], []),
        ("<p><img src='/a.jpg'></p>", [], []),
        ("<figure><img src='/a.jpg'><figcaption>Ghe ấp Một</figcaption></figure>", [], ["Ghe ấp Một"]),
    ],
)
def test_a_short_text_under_its_lead_is_the_article(body: str, texts: list[str], captions: list[str]) -> None:
    lead = f"<div class='detail-desc'><p>{LEAD}</p></div>"
    found = article(f"{lead}<div id='newscontents'>{EMPTY.replace('></', f'>{body}</')}</div>{SIDE}", TEASED)
    assert (found.paragraphs, found.captions, found.lead) == (texts, captions, LEAD)
    assert found.provenance["paragraphs"] == "rule"


def test_two_short_sentences_without_a_lead_are_the_article() -> None:
    sentences = [SHORT, "Ghe của ấp Ba về nhì."]
    ruled = EMPTY.replace("></", f">{paragraphs(sentences)}</")
    assert article(f"<div id='newscontents'>{ruled}</div>{SIDE}").paragraphs == sentences


def test_what_stands_at_the_side_by_the_rules_is_another_story() -> None:
    ruled = EMPTY.replace("></", f"><p>{SHORT}</p></")
    side = f"<div id='colcate2'>{paragraphs([f'{TITLE}: {OTHER}'] * 3)}</div>"
    assert article(f"<div id='newscontents'>{ruled}</div>{side}").paragraphs == [SHORT]


def test_a_rule_that_finds_enough_asks_nobody() -> None:
    found = article(
        f"<div id='newscontents'><div class='content-fck'>{paragraphs([A, B, C])}</div></div>"
        f"<div class='more'>{paragraphs(TEXT * 3)}</div>"
    )
    assert found.paragraphs == [A, B, C]
    assert found.warnings == []


@pytest.mark.parametrize("text", ["\n\n".join(TEXT), paragraphs(TEXT), paragraphs(TEXT).replace("<", "&lt;")])
def test_a_text_stated_for_machines_stands_in_where_the_page_shows_none(text: str) -> None:
    stated = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": text})
    found = article("<div id='app'></div>", f"<script type='application/ld+json'>{stated}</script>")
    assert found.paragraphs == TEXT
    assert found.provenance["paragraphs"] == "json-ld"
