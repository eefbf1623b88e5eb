"""The forms of days and of clocks in print: where they stand in a text, and what they say.

Every form is bounded, so that a text is read in time that grows with its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from crawler.extraction.dates.months import month

#: Of day, month and year in numbers.
Order = Literal["dmy", "mdy"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day in a text: where it stands, what it says. ``either_order`` as in :class:`Stamp`."""

    start: int
    end: int
    year: int
    month: int
    day: int
    either_order: bool = False


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day in a text; ``second`` is ``None`` where none is stated."""

    start: int
    end: int
    hour: int
    minute: int
    second: int | None


_YEAR_FIRST = re.compile(
    r"(?<![\d/.-])(?P<y>\d{4}) ?(?P<s>[-/.]) ?(?P<m>\d{1,2}) ?(?P=s) ?(?P<d>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<y2>\d{4}) ?[年년] ?(?P<m2>\d{1,2}) ?[月월] ?(?P<d2>\d{1,2}) ?[日일]?"
)
_NUMBERS = re.compile(
    r"(?<![\d/.-])(?P<a>\d{1,2}) ?(?P<s>[/.-]) ?(?P<b>\d{1,2}) ?(?P=s) ?(?P<y>\d{4}|\d{2})(?![\d/]|\.\d)"
)
_VIETNAMESE = re.compile(
    r"(?<!\d)(?P<d>\d{1,2}) ?(?:tháng|thg\.?) ?(?P<m>\d{1,2}) ?[,/]? ?(?:năm ?)?(?P<y>\d{4})(?!\d)"
    r"|\btháng (?P<m2>\d{1,2}) (?P<d2>\d{1,2}), ?(?:năm )?(?P<y2>\d{4})(?!\d)",
    re.IGNORECASE,
)
_VIETNAMESE_MONTHS = {
    name: number
    for number, names in enumerate(
        "một|giêng hai ba tư|bốn năm sáu bảy tám chín mười mười_một mười_hai|chạp".split(), 1
    )
    for name in names.replace("_", " ").split("|")
}
_VIETNAMESE_NAME = re.compile(
    r"\btháng ("
    + "|".join(sorted(_VIETNAMESE_MONTHS, key=len, reverse=True))
    + r")\b(?= ?,? ?(?:năm )?\d{4}| \d{1,2},)",
    re.IGNORECASE,
)
_DAY_NAME_YEAR = re.compile(
    r"(?<![\d/.,:-])(?P<d>\d{1,2})(?:\.|st|nd|rd|th|er|º|ª|:e)?[ /-]?(?:de |of |d')?(?P<n>[^\W\d_]{2,12})\.?,?[ /-]?"
    r"(?:de |del )?(?P<y>(?:19|20)\d\d|'?\d\d(?![\d:.h]))",
    re.IGNORECASE,
)
_NAME_DAY_YEAR = re.compile(
    r"\b(?P<n>[^\W\d_]{3,12})\.?[ -](?P<d>\d{1,2})(?:st|nd|rd|th)?,? ?(?P<y>(?:19|20)\d\d)", re.IGNORECASE
)
_YEAR_NAME_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:\.| m\.)? ?-?(?P<n>[^\W\d_]{3,12})\.?[ -](?P<d>\d{1,2})(?!\d|:)"
)
# ``Fri Apr 28 19:20:36 CEST 2023``, as a program prints a moment.
_PROGRAM = re.compile(r"\b([A-Z][a-z]{2} \d{1,2}) (\d\d:\d\d:\d\d)((?: [A-Z]{3,4})?) ((?:19|20)\d\d)\b")

_HALVES = r"SA|CH|AM|PM|[ap]\.m\.|sáng|trưa|chiều|tối|đêm|khuya"
_CLOCK = re.compile(
    r"(?:(?P<before>오전|오후|午前|午後|上午|下午) ?)?(?<![\d:.+])(?P<H>[01]?\d|2[0-3])"
    r"(?: ?(?::|h|giờ|g|時|时|點|点|시|：) ?(?P<M>[0-5]\d)"
    r"(?: ?(?::|phút|'|分|분) ?(?:(?P<S>[0-5]\d)(?!\d))?)?(?:[.,]\d+)?"
    r"|(?: ?(?:h|giờ|Uhr|時|时|點|点|시)(?!\w)|(?= ?(?:AM|PM|[ap]\.m\.)(?!\w))))"
    rf"(?: ?(?P<half>{_HALVES})(?!\w))?(?!\d)",
    re.IGNORECASE,
)
# A full stop between hour and minute is one only beside a word that says so.
_DOTTED = re.compile(
    r"\b(?:kl\.?|klo|pukul|jam|um|ore|alle|saat|at|à) ?(?P<H>[01]?\d|2[0-3])\.(?P<M>[0-5]\d)(?![\d.])"
    r"|(?<![\d:.+])(?P<H2>[01]?\d|2[0-3])\.(?P<M2>[0-5]\d)(?= ?(?:Uhr|WIB|WITA|WIT|hrs)\b)",
    re.IGNORECASE,
)
_MORNING = ("sa", "am", "a.m.", "sáng", "오전", "午前", "上午")


def days(text: str, order: Order) -> list[Day]:
    """The days that ``text`` (tidied) names, in its order, none twice; impossible ones are left out."""
    found = [*_numeric(text, order)]
    if not text.isascii() or any(map(str.isalpha, text)):
        found += _named(text)
    found.sort(key=lambda day: (day.start, -day.end))
    kept: list[Day] = []
    for day in found:
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return kept


def clocks(text: str) -> list[Clock]:
    """The times of day in ``text``, in its order."""
    found = [clock for match in _CLOCK.finditer(text) if (clock := _clock(match))]
    if "." in text:
        for match in _DOTTED.finditer(text):
            hour, minute = match["H"] or match["H2"], match["M"] or match["M2"]
            found.append(Clock(match.start(), match.end(), int(hour), int(minute), None))
    return sorted(found, key=lambda clock: clock.start)


def rewritten(text: str) -> str:
    """``text`` with what programs print and the Vietnamese names of months brought into the usual forms."""
    text = _PROGRAM.sub(r"\1 \4 \2\3", text)
    if "tháng" in text.casefold():
        return _VIETNAMESE_NAME.sub(lambda name: f"tháng {_VIETNAMESE_MONTHS[name[1].casefold()]}", text)
    return text


def _numeric(text: str, order: Order) -> Iterator[Day]:
    for match in _YEAR_FIRST.finditer(text):
        year, month_, day = (match[name] or match[f"{name}2"] for name in "ymd")
        yield from _day(match, int(year), int(month_), int(day))
    for match in _NUMBERS.finditer(text):
        day, month_ = int(match["a"]), int(match["b"])
        if order == "mdy":
            day, month_ = month_, day
        if month_ > 12 >= day:  # only one order is possible
            day, month_ = month_, day
        yield from _day(match, _year(match["y"]), month_, day, day <= 12 and day != month_)
    for match in _VIETNAMESE.finditer(text):
        year, month_, day = (match[name] or match[f"{name}2"] for name in "ymd")
        yield from _day(match, int(year), int(month_), int(day))


def _named(text: str) -> Iterator[Day]:
    for form in (_DAY_NAME_YEAR, _NAME_DAY_YEAR, _YEAR_NAME_DAY):
        for match in form.finditer(text):
            number = month(match["n"])
            if number:
                yield from _day(match, _year(match["y"].lstrip("'")), number, int(match["d"]))


def _day(match: re.Match[str], year: int, month_: int, day: int, either_order: bool = False) -> Iterator[Day]:
    if 1 <= month_ <= 12 and 1 <= day <= 31:
        yield Day(match.start(), match.end(), year, month_, day, either_order)


def _year(text: str) -> int:
    """Two digits are of this century, or of the last from 90 on."""
    year = int(text)
    if len(text) > 2:
        return year
    return 1900 + year if year >= 90 else 2000 + year


def _clock(match: re.Match[str]) -> Clock | None:
    hour = int(match["H"])
    half = (match["half"] or match["before"] or "").casefold()
    if half and hour <= 12:
        if half in _MORNING or (half in ("đêm", "khuya") and (hour < 5 or hour == 12)):
            hour %= 12
        elif half != "trưa" or hour < 10:
            hour = hour % 12 + 12
    second = int(match["S"]) if match["S"] else None
    return Clock(match.start(), match.end(), hour, int(match["M"] or 0), second)
