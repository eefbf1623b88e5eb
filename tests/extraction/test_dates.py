"""Text to moments: every form that newspapers print, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.dates import is_date_line, moments, parse, parse_stated, parse_us, refuse, zone

LOCAL = zone("+07:00")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("08/01/2026 - 18:21", "2026-01-08T18:21:00+07:00"),
        ("08/01/2026 10:02", "2026-01-08T10:02:00+07:00"),
        ("13:00, 31/03/2014", "2014-03-31T13:00:00+07:00"),
        ("Thứ 4, 01/12/2021 | 11:51:00 [GMT +7]", "2021-12-01T11:51:00+07:00"),
        ("Thứ sáu: 15:00 ngày 09/02/2024", "2024-02-09T15:00:00+07:00"),
        ("ngày 03 tháng 02 năm 2025", "2025-02-03T00:00:00+07:00"),
        ("ngày 3 tháng năm năm 2025", "2025-05-03T00:00:00+07:00"),
        ("Tháng Mười Một 12, 2023", "2023-11-12T00:00:00+07:00"),
        ("8h15 ngày 5-6-2023", "2023-06-05T08:15:00+07:00"),
        ("8 giờ 15, 5.6.2023", "2023-06-05T08:15:00+07:00"),
        ("8 giờ 15 phút ngày 5/6/2023", "2023-06-05T08:15:00+07:00"),
        ("05/06/2023 8:15 CH", "2023-06-05T20:15:00+07:00"),
        ("05/06/2023 12:05 SA", "2023-06-05T00:05:00+07:00"),
        ("05/06/2023 5:30 PM", "2023-06-05T17:30:00+07:00"),
        ("05/06/2023 5:30 chiều", "2023-06-05T17:30:00+07:00"),
        ("Cập nhật: 06/12/2022 - 06:51", "2022-12-06T06:51:00+07:00"),
        ("Cập nhật lúc 06:51 06/12/2022", "2022-12-06T06:51:00+07:00"),
        ("Đăng lúc: 06/12/2022 06:51 (GMT+7)", "2022-12-06T06:51:00+07:00"),
        ("Thứ tư, 18-3-26 05:28:38", "2026-03-18T05:28:38+07:00"),
        ("T5, 08/01/98 | 10:02", "1998-01-08T10:02:00+07:00"),
        ("01/25/2024 10:00", "2024-01-25T10:00:00+07:00"),
        ("2025-06-17T13:43:02+0700", "2025-06-17T13:43:02+07:00"),
        ("2023-06-30T14:50:06+07:00", "2023-06-30T14:50:06+07:00"),
        ("2021-12-01 11:51:00", "2021-12-01T11:51:00+07:00"),
        ("2021-12-01T04:51:00.000000Z", "2021-12-01T11:51:00+07:00"),
        ("2024-05-01T10:00:00+09:00", "2024-05-01T10:00:00+09:00"),
        ("Fri, 03 May 2024 15:47:42 +0200", "2024-05-03T15:47:42+02:00"),
        ("Fri May 03 2024 15:47:42 GMT+0200 (CEST)", "2024-05-03T15:47:42+02:00"),
        ("Fri Apr 28 19:20:36 CEST 2023", "2023-04-28T19:20:36+02:00"),
    ],
)
def test_reads_the_forms_newspapers_print(text: str, expected: str) -> None:
    stamp = parse(text, LOCAL)
    assert stamp is not None
    assert stamp.iso() == expected
    assert stamp.raw == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("August 30, 2023 at 4:45 p.m.", "2023-08-30T16:45:00"),
        ("30 August 2023 • 4:45pm", "2023-08-30T16:45:00"),
        ("Published Fri, Apr 28 20232:23 PM EDT", "2023-04-28T14:23:00-04:00"),
        ("3. März 2024, 17:47 Uhr", "2024-03-03T17:47:00"),
        ("28.04.2023-19:20", "2023-04-28T19:20:00"),
        ("Publié le 2 août 2023 à 10h32", "2023-08-02T10:32:00"),
        ("Mis à jour le 02/08/2023 à 17h", "2023-08-02T17:00:00"),
        ("2 de diciembre de 2024 - 02:24", "2024-12-02T02:24:00"),
        ("12 de março de 2024 às 10h32", "2024-03-12T10:32:00"),
        ("5 gennaio 2025 alle 15.44", "2025-01-05T15:44:00"),
        ("9 mei 2024 om 8:05", "2024-05-09T08:05:00"),
        ("3 września 2024, 8:05", "2024-09-03T08:05:00"),
        ("Publicerad 23 okt 2025 kl 10.23", "2025-10-23T10:23:00"),
        ("Publisert: 05.08.24 kl. 14:47", "2024-08-05T14:47:00"),
        ("30 Nisan 2024 16:48", "2024-04-30T16:48:00"),
        ("Senin, 20 Mei 2024 14:05 WIB", "2024-05-20T14:05:00+07:00"),
        ("3. května 2024, 8:05", "2024-05-03T08:05:00"),
        ("2025年1月14日 20:00", "2025-01-14T20:00:00"),
        ("2024年5月3日 午後3時05分", "2024-05-03T15:05:00"),
        ("2026. 1. 29. 오후 6:40", "2026-01-29T18:40:00"),
        ("2026년 7월 12일 22시 09분", "2026-07-12T22:09:00"),
        ("06/01/2026 - 14:16 UTC+1", "2026-01-06T14:16:00+01:00"),
    ],
)
def test_reads_other_languages_and_invents_no_zone(text: str, expected: str) -> None:
    stamp = parse(text, None)
    assert stamp is not None
    assert stamp.iso() == expected
    assert stamp.exact
    assert stamp.zoned == (stamp.when.tzinfo is not None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1/8/2026 10:02:01 AM", "2026-01-08T10:02:01+07:00"),
        ("13/8/2026 10:02:01 AM", "2026-08-13T10:02:01+07:00"),
        ("1714747662", "2024-05-03T21:47:42+07:00"),
        ("1714747662000", "2024-05-03T21:47:42+07:00"),
        ("20240503T154742Z", "2024-05-03T22:47:42+07:00"),
        ("20240503", "2024-05-03T00:00:00+07:00"),
    ],
)
def test_reads_what_only_machines_are_told(text: str, expected: str) -> None:
    stamp = parse_stated(text, LOCAL)
    assert stamp is not None
    assert stamp.iso() == expected


@pytest.mark.parametrize(
    "text",
    ["", None, "Thứ hai", "31/02/2024 10:00", "12:30", "13/13/2024", "1.234.567 đồng", "10.12.14.5", "0912345678",
     "10:00 01/02/2024 +99:99", "20251301", "Giá 12-05"],
)  # fmt: skip
def test_no_date_is_no_date(text: str | None) -> None:
    assert parse(text, LOCAL) is None
    assert parse_stated(text, LOCAL) is None


def test_the_order_of_day_and_month_is_the_callers() -> None:
    american, day_first = (parse("1/8/2026 10:02", LOCAL, order) for order in ("mdy", "dmy"))
    assert american
    assert day_first
    assert (american.iso()[:10], day_first.iso()[:10]) == ("2026-01-08", "2026-08-01")
    assert american.turned().when == day_first.when
    us = parse_us("1/8/2026 10:02:01", LOCAL)
    assert us
    assert us.iso() == "2026-01-08T10:02:01+07:00"


def test_a_z_may_mark_local_time_where_the_site_is_known_to_do_so() -> None:
    marked, meant = (parse_stated("2021-12-01T11:51:00.000Z", LOCAL, z_is_local=is_local) for is_local in (False, True))
    assert marked
    assert meant
    assert (marked.iso(), meant.iso()) == ("2021-12-01T18:51:00+07:00", "2021-12-01T11:51:00+07:00")


def test_each_day_has_the_clock_beside_it() -> None:
    found = moments("Đăng lúc 08:00 05/06/2023 | Cập nhật: 09:00 06/06/2023", LOCAL)
    assert [stamp.iso()[:16] for stamp in found] == ["2023-06-05T08:00", "2023-06-06T09:00"]
    found = moments("05/06/2023 | Cập nhật: 09:00 06/06/2023", LOCAL)
    assert [(stamp.exact, stamp.iso()[:10]) for stamp in found] == [(False, "2023-06-05"), (True, "2023-06-06")]


def test_a_day_alone_says_so_and_stated_seconds_are_known() -> None:
    day, minute, second = (parse(text, LOCAL) for text in ("2026-01-08", "08/01/2026 7:00", "08/01/2026 07:00:00"))
    assert day
    assert minute
    assert second
    assert [(stamp.exact, stamp.seconds) for stamp in (day, minute, second)] == [
        (False, False),
        (True, False),
        (True, True),
    ]


@pytest.mark.parametrize(
    "line",
    ["08/01/2026 - 18:21", "Thứ Năm, 05/06/2025 07:30 (GMT+7)", "Cập nhật lúc 10:02, ngày 8 tháng 1 năm 2026",
     "Stand: 28.04.2023, 05:00 Uhr", "Published 3 May 2024 at 10:00", "2021-12-01T04:51:00Z"],
)  # fmt: skip
def test_a_line_of_date_is_one(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    ["Ngày 08/01/2026, ông Tới về quê", "Minh An 08/01/2026", "10:02", "Hội đua ghe năm 2026", "Vụ 20/10/2025 ở xã"],
)
def test_a_line_with_other_words_is_no_line_of_date(line: str) -> None:
    assert not is_date_line(line)


def test_dates_after_the_fetch_and_before_the_web_are_refused() -> None:
    fetched = datetime(2026, 1, 8, 12, 0, tzinfo=UTC)
    late, old, good = (parse(text, LOCAL) for text in ("10/01/2026 08:00", "01/01/1990", "08/01/2026 18:21"))
    assert late
    assert "after" in (refuse(late, fetched) or "")
    assert old
    assert "1997" in (refuse(old, fetched) or "")
    assert good
    assert refuse(good, fetched) is None


def test_a_time_without_zone_is_refused_only_where_it_is_ahead_everywhere() -> None:
    fetched = datetime(2026, 1, 8, 12, 0, tzinfo=UTC)
    ahead_here, ahead_everywhere = (parse(text, None) for text in ("08/01/2026 20:00", "09/01/2026 20:00"))
    assert ahead_here
    assert refuse(ahead_here, fetched) is None
    assert ahead_everywhere
    assert refuse(ahead_everywhere, fetched)


_MOMENTS = st.datetimes(min_value=datetime.fromisoformat("1997-01-01"), max_value=datetime.fromisoformat("2089-12-31"))


@given(_MOMENTS)
def test_every_moment_survives_every_printed_form(moment: datetime) -> None:
    minute = moment.replace(second=0, microsecond=0, tzinfo=LOCAL)
    for form in (
        "%d/%m/%Y - %H:%M",
        "%H:%M, %d/%m/%Y",
        "%H:%M ngày %d-%m-%Y",
        "%d.%m.%Y %Hh%M",
        "%d %B %Y, %I:%M %p",
        "%Y-%m-%dT%H:%M:00+07:00",
    ):
        stamp = parse(minute.strftime(form), LOCAL)
        assert stamp is not None
        assert stamp.when == minute, form


@given(_MOMENTS)
def test_a_time_in_utc_is_told_on_its_local_day(moment: datetime) -> None:
    utc = moment.replace(microsecond=0, tzinfo=UTC)
    stamp = parse(utc.strftime("%Y-%m-%dT%H:%M:%SZ"), LOCAL)
    assert stamp is not None
    assert stamp.when == utc
    assert stamp.when.utcoffset() == timedelta(hours=7)


@given(st.text(max_size=200))
def test_no_text_raises_or_invents(text: str) -> None:
    for stamp in (parse(text, LOCAL), parse_stated(text, None)):
        assert stamp is None or any(char.isdigit() for char in text)
    is_date_line(text)


def test_no_noise_of_dates_raises() -> None:
    random = Random(1997)
    pieces = [*"0123456789/:-., |\u0663½²", "2024", "31", "giờ ", "h", "ngày ", "tháng ", "Mai ", "may ", "Z", "+07:00"]
    pieces += ["GMT+7", " SA", "PM", "年", "月", "日", "오후", "\0", "\ud800", "-99:99", "0000", "9999", "kl. ", "CEST"]
    for _ in range(5000):
        text = "".join(random.choices(pieces, k=random.randrange(1, 24)))
        for local in (LOCAL, None):
            for stamp in (*moments(text, local), parse_stated(text, local), parse_us(text, local)):
                if stamp:
                    datetime.fromisoformat(stamp.iso())
                    refuse(stamp, datetime(2027, 1, 1, tzinfo=UTC))
                    if stamp.either_order:
                        stamp.turned()
        is_date_line(text)


@pytest.mark.parametrize("piece", ["1/2/2024 ", "1:00 ", "ngày tháng ", "3 may ", "12 34 ", "a" * 9 + " "])
def test_a_text_twice_as_long_takes_no_more_than_in_proportion(piece: str) -> None:
    def cost(length: int) -> float:
        text = (piece * length)[:length]
        times = []
        for _ in range(5):
            start = perf_counter()
            parse(text, LOCAL)
            is_date_line(text)
            times.append(perf_counter() - start)
        return min(times)

    assert cost(200_000) < 5 * cost(20_000) + 0.05
