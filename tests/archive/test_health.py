"""Outlets against their own four weeks: what alarms, what does not, and in which words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from crawler.archive import Archive
from crawler.archive.health import Health
from crawler.archive.rests import Rest
from crawler.items import Article, Block
from tests.archive.make import START, reading, rejection

NOW = START + timedelta(days=28)
PAPERS = ("baosongmay", "baonuibiec", "baobenlau")
Daily = Callable[[int], int]
LONG = "Một đoạn văn dài vừa phải kể chuyện bến sông, con đò và phiên chợ sớm. " * 8


def published(outlet: str, number: int, at: datetime, **fields: Any) -> Article:
    known: dict[str, Any] = {
        "key": f"{outlet}/a/{number}", "outlet": outlet, "url": f"https://{outlet}.test/bai-a{number}.html",
        "title": f"Chuyện số {number} ở {outlet}", "lead": f"Lời dẫn {number}.", "authors": ["Hoàng Lâm"],
        "section": ["Xã hội"], "published_at": at.isoformat(), "published_day": at.date().isoformat(),
        "blocks": [Block("paragraph", f"{number} {outlet} {LONG}")], "layout": "onecms",
        "provenance": {"paragraphs": "rule"},
    }  # fmt: skip
    return Article(**(known | fields))


class Weeks:
    """An archive that read papers once a day; the run of each day began at its end."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.numbers = 0

    def day(self, outlet: str, back: int, count: int, **fields: Any) -> None:
        """``count`` articles, read ``back`` days before now, an hour before."""
        at = NOW - timedelta(days=back, hours=1)
        run = self.archive.start_run("crawl news", {}, [outlet])
        self.archive.connection.execute(
            "UPDATE runs SET started_at = ? WHERE id = ?", ((at - timedelta(minutes=1)).isoformat(), run)
        )
        hours = (at - START).total_seconds() / 3600
        for _ in range(count):
            self.numbers += 1
            self.archive.store(
                reading(published(outlet, self.numbers, at - timedelta(hours=2), **fields), at=hours), run
            )

    def weeks(self, daily: Daily = lambda back: 6, papers: tuple[str, ...] = PAPERS, to: int = 1) -> None:
        for back in range(27, to - 1, -1):
            for outlet in papers:
                self.day(outlet, back, daily(back))

    def judged(self, now: datetime = NOW) -> dict[str, Health]:
        return {one.outlet: one for one in self.archive.health(now)}

    def alarms(self, now: datetime = NOW) -> dict[str, list[str]]:
        return {name: one.alarms for name, one in self.judged(now).items() if one.alarms}


@pytest.fixture
def weeks(archive: Archive) -> Weeks:
    return Weeks(archive)


def test_all_is_well(weeks: Weeks):
    weeks.weeks(to=0)
    assert weeks.alarms() == {}
    found = weeks.judged()["baosongmay"]
    assert (found.judged, found.new, found.usual) == (True, 6, 6)
    assert found.before.shares["title"] == found.now.shares["lead"] == 1
    assert found.now.shares["fallback"] == 0


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": None}, "title: 0 of 6 articles have one, 100% are usual"),
        ({"published_at": None, "published_day": None}, "date: 0 of 6 articles have one"),
        ({"lead": None}, "lead: 0 of 6 articles have one"),
        ({"authors": []}, "authors: 0 of 6 articles have one"),
        ({"section": []}, "section: 0 of 6 articles have one"),
        ({"provenance": {"paragraphs": "generic"}}, "6 of 6 pages read without the rules of its layout (0% are usual)"),
        ({"warnings": ["mojibake"]}, "6 of 6 pages in scrambled letters"),
        ({"blocks": [Block("paragraph", "Ngắn.")]}, "bodies of 5 characters"),
    ],
)
def test_what_is_missing_at_once_is_told(weeks: Weeks, fields: dict[str, Any], words: str):
    weeks.weeks()
    weeks.day("baosongmay", 0, 6, **fields)
    weeks.day("baonuibiec", 0, 6)
    weeks.day("baobenlau", 0, 6)
    alarms = weeks.alarms()
    assert set(alarms) == {"baosongmay"}
    assert any(words in alarm for alarm in alarms["baosongmay"]), alarms


def test_what_was_never_there_is_not_missed(weeks: Weeks):
    for back in range(27, -1, -1):
        weeks.day("baosongmay", back, 6, authors=[], lead=None)
    assert weeks.alarms() == {}


def test_pages_that_are_no_articles_and_refusals_are_told(weeks: Weeks):
    weeks.weeks(papers=("baosongmay", "baonuibiec"))
    hours = (NOW - timedelta(hours=1) - START).total_seconds() / 3600
    for outlet, kind, status in (("baosongmay", "not_article", 200), ("baonuibiec", "blocked", 403)):
        run = weeks.archive.start_run("crawl news", {}, [outlet])
        weeks.archive.connection.execute(
            "UPDATE runs SET started_at = ? WHERE id = ?", ((NOW - timedelta(hours=2)).isoformat(), run)
        )
        for number in range(8):
            page = reading(rejection(kind, "x", 9000 + number), at=hours, status=status)
            page.page.outlet = outlet
            weeks.archive.store(page, run)
    alarms = weeks.alarms()
    assert any("8 of 8 pages no article" in alarm for alarm in alarms["baosongmay"])
    assert any("8 of 8 pages refused by the site" in alarm for alarm in alarms["baonuibiec"])


def test_one_quiet_paper_is_told_and_a_quiet_day_is_not(weeks: Weeks):
    weeks.weeks()
    weeks.day("baonuibiec", 0, 6)
    weeks.day("baobenlau", 0, 6)
    weeks.day("baosongmay", 0, 1)
    assert weeks.alarms() == {"baosongmay": ["new articles in 24 hours: 1, never fewer than 6 before"]}


def test_a_holiday_alarms_nobody(weeks: Weeks):
    weeks.weeks()
    for outlet in PAPERS:
        weeks.day(outlet, 0, 1)
    assert weeks.alarms() == {}


def test_a_weekend_is_no_news(weeks: Weeks):
    """Eight a day, two on the last two days of the week; today is such a day."""
    weeks.weeks(lambda back: 2 if back % 7 in (0, 1) else 8, to=0)
    assert weeks.alarms() == {}


def test_a_paper_with_empty_days_is_judged_by_three(weeks: Weeks):
    weeks.weeks(lambda back: 6 if back % 3 == 0 else 0, papers=("baosongmay",), to=3)
    weeks.weeks(papers=("baonuibiec", "baobenlau"), to=0)
    assert set(weeks.alarms()) == {"baosongmay"}
    assert weeks.alarms()["baosongmay"][0] == "new articles in 3 days: 0, never fewer than 6 before"


def test_the_young_are_not_judged(weeks: Weeks):
    weeks.day("baosongmay", 3, 6)
    weeks.day("baosongmay", 0, 6, title=None, lead=None)
    assert weeks.alarms() == {}
    assert not weeks.judged()["baosongmay"].judged


def test_a_few_articles_prove_nothing(weeks: Weeks):
    weeks.weeks(lambda back: 2)
    weeks.day("baosongmay", 0, 2, lead=None)
    weeks.day("baonuibiec", 0, 2)
    weeks.day("baobenlau", 0, 2)
    assert weeks.alarms() == {}


def test_silence_is_told(weeks: Weeks):
    weeks.weeks(papers=("baosongmay",), to=4)
    weeks.weeks(papers=("baonuibiec", "baobenlau"), to=0)
    (first, *_) = [alarm for alarm in weeks.alarms()["baosongmay"] if "fetched" in alarm]
    assert first == "nothing was fetched for 4 days"


def test_an_old_newest_article_is_told(weeks: Weeks):
    """The lists are read, and nothing comes any more."""
    weeks.weeks(papers=("baosongmay",), to=5)
    hours = (NOW - timedelta(hours=1) - START).total_seconds() / 3600
    run = weeks.archive.start_run("crawl news", {}, ["baosongmay"])
    weeks.archive.store(reading(rejection("video"), at=hours), run)
    assert "the newest article is 5 days old" in weeks.alarms()["baosongmay"]


def test_a_rest_is_told(weeks: Weeks):
    weeks.weeks(to=0)
    weeks.archive.begin_rest(Rest.begin("baosongmay", NOW, NOW + timedelta(hours=6), "HTTP 503", 2))
    assert weeks.alarms() == {"baosongmay": [f"rests until {(NOW + timedelta(hours=6)):%Y-%m-%dT%H:%M}Z: HTTP 503"]}
    assert weeks.alarms(NOW + timedelta(hours=7)) == {}


def test_times_without_a_zone_do_no_harm(weeks: Weeks):
    weeks.weeks(papers=("baosongmay",))
    weeks.day("baosongmay", 0, 6, published_at="2026-11-28T08:00:00", published_day="2026-11-28")
    assert weeks.alarms() == {}
