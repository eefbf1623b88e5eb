"""Text to moments: what a newspaper prints for readers, and what it tells machines.

Nothing is ever taken from a clock: a time that is missing or impossible is ``None``. Vietnamese papers put the day
before the month; other orders are asked for by the caller.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from crawler.extraction.dates.forms import Clock, Day, Order, clocks, days, rewritten
from crawler.extraction.dates.stamp import Stamp
from crawler.extraction.dates.zones import stated_zone, zone
from crawler.extraction.text import tidy

# Characters; no longer text is looked through for a date.
_LONGEST = 2000
# Characters of the words that state a moment, with some around it.
_RAW = 160
# Between a day and the clock that belongs to it.
_GAP = re.compile(r"[^\d\0]{0,40}")
_WEEKDAY_NUMBER = re.compile(r"\b(thứ|thu|t) ?[2-7]\b", re.IGNORECASE)

_ISO = re.compile(
    r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"
    r"(?:[T ](?P<H>\d\d):(?P<M>\d\d)(?::(?P<S>\d\d)(?:[.,]\d+)?)? ?(?P<z>Z|[+-]\d\d(?::?\d\d)?)?)?",
    re.IGNORECASE,
)
_COMPACT = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)"
    r"(?:T?(?P<H>\d\d)(?P<M>\d\d)(?P<S>\d\d)?)? ?(?P<z>Z|[+-]\d\d:?\d\d)?"
)
_EPOCH = re.compile(r"(?P<seconds>[1-4]\d{9}|[89]\d{8})(?:\d{3}|\.\d+)?")
_US_HALF = re.compile(r"\d{1,2}/\d{1,2}/\d{4},? \d{1,2}:\d\d(?::\d\d)? [AP]M", re.IGNORECASE)


def parse(text: str | None, local: timezone | None, order: Order = "dmy") -> Stamp | None:
    """The first moment that ``text`` names; naive times are in ``local``, where that is known.

    A day without a clock gives a stamp with ``exact`` false. ``None`` where there is no date, or an impossible one.
    """
    return next(iter(moments(text, local, order)), None)


def moments(text: str | None, local: timezone | None, order: Order = "dmy") -> list[Stamp]:
    """Every moment that ``text`` names as newspapers print them (or in ISO 8601), in its order."""
    raw = tidy((text or "")[:_LONGEST])
    whole = _ISO.fullmatch(raw)
    if whole:
        stamp = _from_groups(whole, raw, local)
        return [stamp] if stamp else []
    plain = rewritten(raw)
    found = days(plain, order)
    if not found:
        return []
    # Days do not count as clocks, nor as words between another day and its clock.
    masked = plain
    for day in found:
        masked = masked[: day.start] + "\0" * (day.end - day.start) + masked[day.end :]
    stamps = (_stamp(raw, masked, day, clock, local) for day, clock in _paired(found, masked))
    return [stamp for stamp in stamps if stamp]


def parse_stated(
    text: str | None, local: timezone | None, order: Order | None = None, z_is_local: bool = False
) -> Stamp | None:
    """The moment of a field for machines: also RFC 2822, ``20240503T154742Z``, seconds or milliseconds since 1970.

    ``order`` of day and month between slashes is that of the site; without one it is month first before an AM or PM,
    as programs with American settings print it. ``z_is_local``: the site writes its own time with a ``Z``.
    """
    raw = tidy((text or "")[:_LONGEST])
    if z_is_local:
        raw = re.sub(r"(\d\d:\d\d(?:[.,]\d+)?)(?:Z|\+00:?00)$", r"\1", raw)
    compact = _COMPACT.fullmatch(raw)
    stamp = _from_groups(compact, raw, local) if compact else None
    if stamp or (epoch := _EPOCH.fullmatch(raw)) is None:
        return stamp or parse(raw, local, order or ("mdy" if _US_HALF.match(raw) else "dmy"))
    when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(epoch["seconds"]))
    return Stamp(when.astimezone(local or UTC), raw, seconds=True, zoned=True)


def parse_us(text: str | None, local: timezone | None) -> Stamp | None:
    """Read ``1/8/2026 10:02:01 AM`` as month/day, the order of some templates' machine-readable fields."""
    return parse_stated(text, local, "mdy") if re.match(r"\s*\d{1,2}/\d{1,2}/\d{4}", text or "") else None


def _paired(found: list[Day], masked: str) -> list[tuple[Day, Clock | None]]:
    """Each day with the clock nearest to it, the clock behind it before one as near in front of it."""
    pairs = []
    for clock in clocks(masked):
        for number, day in enumerate(found):
            behind = clock.start >= day.end
            words = masked[day.end : clock.start] if behind else masked[clock.end : day.start]
            if len(words) <= 60 and _GAP.fullmatch(_WEEKDAY_NUMBER.sub("", words)):
                pairs.append((len(words), not behind, clock.start, number, clock))
    taken: dict[int, Clock] = {}
    used: set[int] = set()
    for _, _, start, number, clock in sorted(pairs, key=lambda pair: pair[:4]):
        if number not in taken and start not in used:
            taken[number] = clock
            used.add(start)
    return [(day, taken.get(number)) for number, day in enumerate(found)]


def _stamp(raw: str, masked: str, day: Day, clock: Clock | None, local: timezone | None) -> Stamp | None:
    said = raw if len(raw) <= _RAW else raw[max(0, day.start - _RAW // 2) : day.end + _RAW // 2].strip()
    try:
        if clock is None:
            return Stamp(
                datetime(day.year, day.month, day.day, tzinfo=local), said, False, either_order=day.either_order
            )
        stated = stated_zone(masked, clock.end) or stated_zone(masked, max(clock.end, day.end))
        when = datetime(
            day.year, day.month, day.day, clock.hour, clock.minute, clock.second or 0, tzinfo=stated or local
        )
        seconds = clock.second is not None
        return Stamp(_shown(when, stated, local), said, True, seconds, stated is not None, day.either_order)
    except (ValueError, OverflowError):  # a day, an offset or a moment that cannot be
        return None


def _from_groups(match: re.Match[str], raw: str, local: timezone | None) -> Stamp | None:
    parts = [int(match[name]) for name in "ymdHMS" if match[name]]
    offset = match["z"]
    try:
        stated = None
        if offset:
            stated = UTC if offset in "Zz" else zone(offset if len(offset) > 3 else f"{offset}00")
        when = datetime(*parts, tzinfo=stated or local)  # type: ignore[misc,arg-type]
        return Stamp(_shown(when, stated, local), raw, bool(match["H"]), bool(match["S"]), stated is not None)
    except (ValueError, OverflowError):
        return None


def _shown(when: datetime, stated: timezone | None, local: timezone | None) -> datetime:
    """Times in UTC are told in the page's own time, so that their day is the local day."""
    return when.astimezone(local) if local and stated == UTC else when
