from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.dates import DATE_LINE, parse, parse_us, refuse, zone

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
        ("8h15 ngày 5-6-2023", "2023-06-05T08:15:00+07:00"),
        ("8 giờ 15, 5.6.2023", "2023-06-05T08:15:00+07:00"),
        ("05/06/2023 8:15 CH", "2023-06-05T20:15:00+07:00"),
        ("05/06/2023 12:05 SA", "2023-06-05T00:05:00+07:00"),
        ("Cập nhật: 06/12/2022 - 06:51", "2022-12-06T06:51:00+07:00"),
        ("Thứ tư, 18-3-26 05:28:38", "2026-03-18T05:28:38+07:00"),
        ("2025-06-17T13:43:02+0700", "2025-06-17T13:43:02+07:00"),
        ("2023-06-30T14:50:06+07:00", "2023-06-30T14:50:06+07:00"),
        ("2021-12-01 11:51:00", "2021-12-01T11:51:00+07:00"),
        ("2021-12-01T04:51:00.000000Z", "2021-12-01T11:51:00+07:00"),
        ("2024-05-01T10:00:00+09:00", "2024-05-01T10:00:00+09:00"),
    ],
)
def test_reads_the_forms_newspapers_print(text: str, expected: str) -> None:
    stamp = parse(text, LOCAL)
    assert stamp is not None
    assert stamp.iso() == expected
    assert stamp.raw == text


@pytest.mark.parametrize("text", ["", None, "Thứ hai", "31/02/2024 10:00", "12:30", "13/13/2024", "1.234.567 đồng"])
def test_no_date_is_no_date(text: str | None) -> None:
    assert parse(text, LOCAL) is None


def test_us_order_is_only_for_templates_known_to_use_it() -> None:
    stamp = parse_us("1/8/2026 10:02:01 AM", LOCAL)
    assert stamp is not None
    assert stamp.iso() == "2026-01-08T10:02:01+07:00"
    day_first = parse("1/8/2026 10:02:01", LOCAL)
    assert day_first is not None
    assert day_first.iso() == "2026-08-01T10:02:01+07:00"


def test_a_day_alone_says_so() -> None:
    stamp = parse("2026-01-08", LOCAL)
    assert stamp is not None
    assert not stamp.exact


def test_dates_after_the_fetch_and_before_the_web_are_refused() -> None:
    fetched = datetime(2026, 1, 8, 12, 0, tzinfo=UTC)
    late, old, good = (parse(text, LOCAL) for text in ("10/01/2026 08:00", "01/01/1990", "08/01/2026 18:21"))
    assert late
    assert "after" in (refuse(late, fetched) or "")
    assert old
    assert "1997" in (refuse(old, fetched) or "")
    assert good
    assert refuse(good, fetched) is None


_MOMENTS = st.datetimes(min_value=datetime.fromisoformat("1997-01-01"), max_value=datetime.fromisoformat("2089-12-31"))


@given(_MOMENTS)
def test_every_moment_survives_every_printed_form(moment: datetime) -> None:
    minute = moment.replace(second=0, microsecond=0, tzinfo=LOCAL)
    for form in (
        "%d/%m/%Y - %H:%M",
        "%H:%M, %d/%m/%Y",
        "%H:%M ngày %d-%m-%Y",
        "%d.%m.%Y %Hh%M",
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
    stamp = parse(text, LOCAL)
    assert stamp is None or any(char.isdigit() for char in text)
    DATE_LINE.match(text[:80])


@given(st.text(alphabet="0123456789/:-., hgiờngàytáămSACH|", max_size=60))
def test_date_like_noise_never_raises(text: str) -> None:
    parse(text, LOCAL)
    parse_us(text, LOCAL)
    DATE_LINE.match(text)
