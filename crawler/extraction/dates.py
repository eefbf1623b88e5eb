"""Times as Vietnamese newspapers print them.

Day comes before month, always; ISO 8601 is tried first. Nothing is ever taken from a clock: a time that is
missing or impossible is ``None``, with the reason beside it. Forms and traps are those of the outlets read so far.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

# The first Vietnamese newspaper on the web opened in 1997: earlier dates are mistakes.
EARLIEST = datetime(1997, 1, 1, tzinfo=UTC)
# Clocks of servers differ a little from ours.
TOLERANCE = timedelta(hours=1)

_ISO = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
    r"(?:[T ]\s*(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:\.\d+)?)?\s*(?P<z>Z|[+-]\d{2}:?\d{2})?)?",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"(?<![\d/.-])(?P<d>\d{1,2})\s*(?P<sep>[/.-])\s*(?P<m>\d{1,2})\s*(?P=sep)\s*(?P<y>\d{4}|\d{2})(?![\d/])"
)
_WORDED = re.compile(
    r"(?:ngày\s*)?(?P<d>\d{1,2})\s*(?:tháng|thg)\s*(?P<m>\d{1,2})\s*[,/]?\s*(?:năm\s*)?(?P<y>\d{4})",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\d:/.-])(?P<H>[01]?\d|2[0-3])\s*(?::|h|giờ|g)\s*(?P<M>[0-5]\d)(?:\s*(?::|phút|')\s*(?P<S>[0-5]\d)?)?"
    r"(?:\s*(?P<half>SA|CH|AM|PM)\b)?(?![\d])",
    re.IGNORECASE,
)
#: A line that holds a date, perhaps with a weekday, a clock and a zone, and nothing else.
DATE_LINE = re.compile(
    r"^\W*(?:(?:cập nhật|ngày đăng|đăng (?:lúc|ngày)|xuất bản)\W*)?(?:(?:thứ\s+\w+|chủ\s+nhật)\W*)?"
    r"(?:(?:lúc\s+)?\d{1,2}\s*(?::|h|giờ|g)\s*\d{2}(?::\d{2})?\s*(?:SA|CH|AM|PM)?\W*)?"
    r"(?:(?:thứ\s+\w+|chủ\s+nhật)\W*)?(?:ngày\s+)?"
    r"\d{1,2}\s*(?:[/.-]|tháng)\s*\d{1,2}\s*(?:[/.-]|năm|,)\s*(?:năm\s*)?\d{2,4}"
    r"\W*(?:(?:lúc\s+)?\d{1,2}\s*(?::|h|giờ|g)\s*\d{2}(?::\d{2})?\s*(?:SA|CH|AM|PM)?)?\W*(?:\(?\[?(?:GMT|UTC)\s*[+-]\s*\d+(?::\d+)?\W*)?$",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:GMT|UTC)\s*(?P<sign>[+-])\s*(?P<h>\d{1,2})(?::?(?P<m>\d{2}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment as stated: aware ``when`` (or a day alone, ``exact`` false) and ``raw``, the printed words."""

    when: datetime
    raw: str
    exact: bool = True
    seconds: bool = False

    def iso(self) -> str:
        """ISO 8601 with seconds and offset, as ``2022-12-06T06:51:00+07:00``."""
        return self.when.isoformat(timespec="seconds")


def zone(offset: str) -> timezone:
    """``+07:00`` as a time zone. Raises :class:`ValueError` for anything else than ``±HH:MM``."""
    match = re.fullmatch(r"([+-])(\d{2}):?(\d{2})", offset)
    if not match:
        raise ValueError(f"not an offset of the form +07:00: {offset!r}")
    delta = timedelta(hours=int(match[2]), minutes=int(match[3]))
    if delta >= timedelta(hours=24):
        raise ValueError(f"an offset of a day or more: {offset!r}")
    return timezone(delta if match[1] == "+" else -delta)


def parse(text: str | None, local: timezone) -> Stamp | None:
    """Read a time from ``text``, ISO 8601 or as printed for readers; naive times are in ``local``.

    A day without a clock gives a stamp with ``exact`` false. ``None`` where there is no date, or an impossible one.
    """
    if not text:
        return None
    raw = " ".join(text.split())
    try:
        return _from_iso(raw, local) or _from_print(raw, local)
    except (ValueError, OverflowError):  # an offset or a moment that cannot be
        return None


def parse_us(text: str | None, local: timezone) -> Stamp | None:
    """Read ``1/8/2026 10:02:01 AM`` as month/day, the order of some templates' machine-readable fields."""
    match = re.match(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})(.*)", text or "")
    if not match:
        return None
    return parse(f"{match[2]}/{match[1]}/{match[3]}{match[4]}", local)


def refuse(stamp: Stamp, fetched_at: datetime) -> str | None:
    """Why ``stamp`` cannot be a time of publication (after the fetch, before 1997), or ``None``."""
    if stamp.when > fetched_at + TOLERANCE:
        return f"{stamp.iso()} is after the fetch"
    if stamp.when < EARLIEST:
        return f"{stamp.iso()} is before 1997"
    return None


def _from_iso(raw: str, local: timezone) -> Stamp | None:
    match = _ISO.match(raw)
    if not match:
        return None
    offset = match["z"]
    tz: timezone = local
    if offset:
        tz = UTC if offset in "Zz" else zone(offset if ":" in offset else f"{offset[:3]}:{offset[3:]}")
    when = _moment(match["y"], match["m"], match["d"], match["H"], match["M"], match["S"], tz)
    if when is None:
        return None
    # Times in UTC are told in the outlet's own time, so that their day is the local day.
    shown = when.astimezone(local) if offset in ("Z", "z", "+00:00", "+0000") else when
    return Stamp(shown, raw, bool(match["H"]), bool(match["S"]))


def _from_print(raw: str, local: timezone) -> Stamp | None:
    day = _DAY.search(raw) or _WORDED.search(raw)
    if not day:
        return None
    year = day["y"] if len(day["y"]) == 4 else str(_century(int(day["y"])))
    # The clock is looked for on both sides of the day, nearest first, so a digit of the day is never taken.
    after = _CLOCK.search(raw, day.end())
    before = next(reversed(list(_CLOCK.finditer(raw, 0, day.start()))), None)
    clock = after if after and (not before or after.start() - day.end() <= day.start() - before.end()) else before
    offset = _OFFSET.search(raw)
    tz = local
    if offset:
        tz = zone(f"{offset['sign']}{int(offset['h']):02d}:{offset['m'] or '00'}")
    if not clock:
        when = _moment(year, day["m"], day["d"], None, None, None, tz)
        return Stamp(when, raw, exact=False) if when else None
    hour = _hour(int(clock["H"]), clock["half"])
    when = _moment(year, day["m"], day["d"], str(hour), clock["M"], clock["S"], tz)
    return Stamp(when, raw, True, bool(clock["S"])) if when else None


def _century(short: int) -> int:
    return 1900 + short if short >= 90 else 2000 + short


def _hour(hour: int, half: str | None) -> int:
    if not half or hour > 12:
        return hour
    morning = half.upper() in ("SA", "AM")
    return hour % 12 if morning else hour % 12 + 12


def _moment(
    year: str, month: str, day: str, hour: str | None, minute: str | None, second: str | None, tz: timezone
) -> datetime | None:
    try:
        return datetime(int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=tz)
    except ValueError:
        return None
