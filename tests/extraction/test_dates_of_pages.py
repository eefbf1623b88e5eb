"""Which of a page's dates is the publication, on pages with rules and without; every text is invented."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.extraction import read
from crawler.items import Article, Page
from crawler.registry import Registry, default_registry
from tests.extraction.generic.reading import BODY, TITLE

NOBODYS = Registry([])
FETCHED = datetime(2027, 1, 1, tzinfo=UTC)
STATED = {"@type": "NewsArticle", "datePublished": "2026-01-08T18:21:09+0700"}
SHOWN = "<p class='date'>08/01/2026 - 18:21</p>"
ENGLISH = "".join(
    f"<p>Number {n} of the villagers told us at some length why the boats were painted in such haste this year, and "
    "how the race along the canal was nearly put off because of the rain that fell all night.</p>"
    for n in ("one", "two", "three", "four")
)


def ld(**properties: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle'} | properties)}</script>"


def meta(name: str, content: str) -> str:
    return f"<meta name='{name}' content='{content}'>"


def page(head: str = "", shown: str = "", before: str = "", after: str = "", text: str = BODY, lang: str = "vi") -> str:
    return (
        f"<html lang='{lang}'><head><title>{TITLE}</title>{head}</head><body>{before}<main><article><h1>{TITLE}</h1>"
        f"{shown}{text}</article>{after}</main></body></html>"
    )


def article(html: str, url: str = "https://bao.example/xa-hoi/hoi.html", registry: Registry = NOBODYS) -> Article:
    found = read(Page(url, html.encode(), FETCHED), registry)
    assert isinstance(found, Article), found
    return found


def ruled(shown: str = "<span class='pubdate'>08/01/2026 - 18:21</span>", head: str = "") -> Article:
    html = (
        f"<html lang='vi'><head><title>{TITLE}</title>{head}</head><body><h1 class='fw700'>{TITLE}</h1>{shown}"
        f"<div id='newscontents'><div class='content-fck'>{BODY}</div></div></body></html>"
    )
    return article(html, "https://baocantho.com.vn/hoi-dua-ghe-a12345.html", default_registry())


def named(warnings: list[str], name: str) -> list[str]:
    return [warning for warning in warnings if warning.split(":")[0] == name]


@pytest.mark.parametrize(
    ("head", "origin"),
    [
        (ld(datePublished="2026-01-08T18:21:09+07:00"), "json-ld"),
        (ld(**{"@type": ["Article", "NewsArticle"], "datePublished": "2026-01-08T11:21:09Z"}), "json-ld"),
        (ld(**{"@type": None, "@graph": [STATED]}), "json-ld"),
        (ld(**{"@type": "WebPage", "mainEntity": STATED}), "json-ld"),
        (meta("article:published_time", "2026-01-08T18:21:09+07:00"), "meta"),
        (meta("pubdate", "2026-01-08 18:21:09"), "meta"),
        (meta("DC.date.issued", "2026-01-08T18:21:09+07:00"), "meta"),
        (meta("parsely-pub-date", "2026-01-08T11:21:09Z"), "meta"),
        (meta("sailthru.date", "Thu, 08 Jan 2026 11:21:09 +0000"), "meta"),
        (meta("cXenseParse:recs:publishtime", "2026-01-08T18:21:09+0700"), "meta"),
        (meta("publish-date", "1767871269"), "meta"),
    ],
)  # fmt: skip
def test_statements_for_machines_are_found_under_their_many_names(head: str, origin: str) -> None:
    found = article(page(head))
    assert (found.published_at, found.provenance["published_at"]) == ("2026-01-08T18:21:09+07:00", origin)
    assert found.published_day == "2026-01-08"


@pytest.mark.parametrize(
    "shown",
    [
        SHOWN,
        "<div><span>Minh An</span> • <span>08/01/2026 18:21</span></div>",
        "<div class='meta'>Cập nhật lúc 18:21, Thứ Năm, 08/01/2026 (GMT+7)</div>",
        "<time datetime='2026-01-08T18:21:00+07:00'>hôm qua</time>",
        "<span itemprop='datePublished' content='2026-01-08T18:21+07:00'>8 tháng 1</span>",
    ],
)
def test_a_line_near_the_headline_is_read_where_nothing_is_stated(shown: str) -> None:
    found = article(page(shown=shown))
    assert (found.published_at, found.provenance["published_at"]) == ("2026-01-08T18:21:00+07:00", "generic")


def test_a_date_above_the_headline_is_read() -> None:
    found = article(page(before="<nav><a href='/'>Trang chủ</a></nav><div><time>18:21, 08/01/2026</time></div>"))
    assert found.published_at == "2026-01-08T18:21:00+07:00"


@pytest.mark.parametrize(
    "decoy",
    [
        {"before": "<header><div class='date'>Thứ Sáu, 01/01/2027 06:00</div></header>"},
        {"before": "<div class='clock'>Thứ Sáu, 01/01/2027 06:00</div>"},
        {"before": "<div class='time'>Thứ Sáu, 01/01/2027 06:00</div><ul><li><a href='/'>Trang chủ</a></li></ul>"},
        {"after": "<div class='related'><a href='/b.html'>Tin khác</a> <time>07:00 09/02/2026</time></div>"},
        {"after": "<div class='comments'><p>Bạn đọc</p><span class='date'>07:00 09/02/2026</span></div>"},
        {"after": "<footer>Bản quyền 01/01/2024 08:00</footer>"},
        {"head": meta("datetimenow", "12/31/2026 10:56:42 PM") + meta("render_timestamp", "2026-12-31T22:00:00Z")},
        {"shown": "<aside><a href='/b.html'>Tin khác</a><time datetime='2026-02-09T07:00+07:00'>9/2</time></aside>"},
    ],
)
def test_decoys_are_no_date(decoy: dict[str, str]) -> None:
    assert article(page(**decoy)).published_at is None
    assert (
        article(page(**(decoy | {"shown": SHOWN + decoy.get("shown", "")}))).published_at == "2026-01-08T18:21:00+07:00"
    )


def test_of_several_articles_in_json_ld_the_one_of_the_page_speaks() -> None:
    other = ld(headline="Tin khác", url="https://bao.example/b.html", datePublished="2025-05-05T05:05:00+07:00")
    own = ld(headline="Hội", url="https://bao.example/xa-hoi/hoi.html", datePublished="2026-01-08T18:21:00+07:00")
    by_title = ld(headline=TITLE, datePublished="2026-01-08T18:21:00+07:00")
    assert article(page(other + own)).published_at == "2026-01-08T18:21:00+07:00"
    assert article(page(other + by_title)).published_at == "2026-01-08T18:21:00+07:00"


def test_a_comment_inside_json_ld_is_not_the_article() -> None:
    head = ld(comment=[{"@type": "Comment", "datePublished": "2026-02-02T02:02:00+07:00"}])
    assert article(page(head)).published_at is None


def test_the_rule_speaks_first_and_json_ld_adds_the_seconds() -> None:
    found = ruled(head=ld(datePublished="2026-01-08T18:21:09+07:00"))
    assert found.published_at == "2026-01-08T18:21:09+07:00"
    assert found.published_raw == "08/01/2026 - 18:21"
    assert not named(found.warnings, "dates_differ")


def test_a_day_alone_takes_its_clock_from_elsewhere() -> None:
    found = ruled(head=ld(datePublished="2026-01-08"))
    assert found.published_at == "2026-01-08T18:21:00+07:00"
    found = article(page(ld(datePublished="2026-01-08T00:00:00+07:00"), shown=SHOWN))
    assert found.published_at == "2026-01-08T18:21:00+07:00"


def test_an_impossible_date_is_refused_with_its_reason_and_the_next_is_tried() -> None:
    for impossible in ("2027-06-01T10:00:00+07:00", "1970-01-01T00:00:00Z"):
        found = article(page(ld(datePublished=impossible), shown=SHOWN))
        assert found.published_at == "2026-01-08T18:21:00+07:00"
        assert named(found.warnings, "date_refused")
    found = ruled(
        shown="<span class='pubdate'>08/01/2029 - 18:21</span>", head=ld(datePublished="2026-01-08T18:21:09+07:00")
    )
    assert (found.published_at, found.provenance["published_at"]) == ("2026-01-08T18:21:09+07:00", "json-ld")


def test_all_dates_refused_leave_none_and_keep_the_raw_text() -> None:
    found = article(page(ld(datePublished="2029-06-01T10:00:00+07:00")))
    assert (found.published_at, found.published_raw) == (None, "2029-06-01T10:00:00+07:00")
    assert named(found.warnings, "date_refused")


def test_contradicting_dates_are_both_named() -> None:
    found = ruled(head=ld(datePublished="2026-03-05T06:00:00+07:00"))
    assert named(found.warnings, "dates_differ") == [
        "dates_differ: 2026-01-08T18:21:00+07:00 (rule) / 2026-03-05T06:00:00+07:00 (json-ld)"
    ]


@pytest.mark.parametrize(
    "head",
    [
        ld(datePublished="2026-01-08T18:24:00+07:00"),
        ld(datePublished="2026-01-08T11:21:00Z"),
        ld(datePublished="2026-01-08T18:21:00Z"),
        ld(datePublished="2026-01-08"),
        meta("pubdate", "2026-01-08 18:21") + meta("date", "2026-02-01") + meta("last-modified", "2026-02-01T08:00Z"),
    ],
)  # fmt: skip
def test_minutes_zones_and_changes_contradict_nothing(head: str) -> None:
    found = ruled(head=head)
    assert found.published_at
    assert found.published_at.startswith("2026-01-08T18:21")
    assert not named(found.warnings, "dates_differ")


def test_local_time_marked_as_utc_is_told_by_the_printed_one() -> None:
    found = article(page(ld(datePublished="2026-01-08T18:21:09Z"), shown=SHOWN))
    assert found.published_at == "2026-01-08T18:21:09+07:00"


def test_american_order_in_meta_elements_is_told_by_am_and_pm_or_by_the_printed_day() -> None:
    for value in ("1/8/2026 6:21:09 PM", "1/8/2026 18:21:09"):
        found = article(
            page(meta("article:published_time", value), shown="<p class='date'>Thứ Năm, ngày 8 tháng 1 năm 2026</p>")
        )
        assert found.published_at == "2026-01-08T18:21:09+07:00"
        assert not named(found.warnings, "dates_differ")


def test_a_time_of_a_foreign_page_stays_without_zone_unless_the_page_states_one() -> None:
    shown = "<p class='date'>May 3, 2024, 4:45 p.m.</p>"
    found = article(page(shown=shown, text=ENGLISH, lang="en"))
    assert (found.published_at, named(found.warnings, "no_zone")) == ("2024-05-03T16:45:00", ["no_zone"])
    found = article(page(ld(datePublished="2024-05-03T20:45:00Z"), shown=shown, text=ENGLISH, lang="en"))
    assert found.published_at == "2024-05-03T20:45:00+00:00"
    assert not named(found.warnings, "dates_differ")


def test_numbers_of_an_american_page_are_month_first() -> None:
    shown = "<p class='date'>05/03/2024 4:45 PM</p>"
    assert article(page(shown=shown, text=ENGLISH, lang="en-US")).published_at == "2024-05-03T16:45:00"


def test_a_day_in_the_address_is_the_last_resort_and_says_so() -> None:
    found = article(page(), url="https://bao.example/2026/01/08/hoi.html")
    assert (found.published_day, found.provenance["published_at"]) == ("2026-01-08", "url")
    assert "day_only" in found.warnings
    assert (
        article(page(shown=SHOWN), url="https://bao.example/2025/01/08/hoi.html").provenance["published_at"]
        == "generic"
    )


def test_a_change_lies_between_publication_and_fetch() -> None:
    published = "2026-01-08T18:21:00+07:00"
    found = article(page(ld(datePublished=published, dateModified="2026-01-09T08:00:00+07:00")))
    assert found.modified_at == "2026-01-09T08:00:00+07:00"
    for wrong in ("2026-01-07T08:00:00+07:00", "2028-01-07T08:00:00+07:00"):
        found = article(page(ld(datePublished=published, dateModified=wrong)))
        assert found.modified_at is None
        assert named(found.warnings, "modified_refused")


def test_a_printed_change_is_not_the_publication() -> None:
    found = article(page(shown="<div class='date'>Đăng lúc 18:21 08/01/2026 | Cập nhật: 09:00 09/01/2026</div>"))
    assert (found.published_at, found.modified_at) == ("2026-01-08T18:21:00+07:00", "2026-01-09T09:00:00+07:00")


def test_onecms_writes_month_first_for_machines_and_day_first_for_readers() -> None:
    html = (
        f"<html><head><title>{TITLE}</title>{meta('article:published_time', '1/8/2026 10:02:01 AM')}</head><body>"
        f"<div class='c-news-detail'><div class='entry'><h1 class='block-sc-title'>{TITLE}</h1>{{}}{BODY}</div></div>"
        "</body></html>"
    )
    for shown in ("", "<span class='block-sc-publish-time'>08/01/2026 10:02</span>"):
        found = article(html.format(shown), "https://baodanang.vn/hoi-dua-ghe-3301234.html", default_registry())
        assert found.published_at == "2026-01-08T10:02:01+07:00"


def test_an_outlet_may_say_how_its_machines_write_times() -> None:
    outlet = default_registry().get("baocantho")
    head = meta("article:published_time", "1/8/2026 18:21:09") + ld(dateModified="2026-01-08T19:00:00Z")
    html = (
        f"<html><head><title>{TITLE}</title>{head}</head><body><h1 class='fw700'>{TITLE}</h1><div id='newscontents'>"
        f"<div class='content-fck'>{BODY}</div></div></body></html>"
    )
    own = Registry([replace(outlet, date_order="mdy", z_is_local=True)])
    found = article(html, "https://baocantho.com.vn/hoi-dua-ghe-a12345.html", own)
    assert (found.published_at, found.modified_at) == ("2026-01-08T18:21:09+07:00", "2026-01-08T19:00:00+07:00")
    found = article(html, "https://baocantho.com.vn/hoi-dua-ghe-a12345.html", default_registry())
    assert (found.published_at, found.modified_at) == ("2026-08-01T18:21:09+07:00", None)
