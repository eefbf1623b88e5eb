"""Zones of time as offsets from UTC: ``+07:00``, ``+0700``, ``Z``, ``GMT+7``, ``CEST``."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone

# No place is farther from UTC.
_FARTHEST = timedelta(hours=14)
# Hours from UTC. Left out are abbreviations that mean several zones: BST, CST, IST.
_NAMED = {
    name: hours
    for hours, names in {
        0: "UTC GMT WET",
        1: "CET MEZ WEST WAT",
        2: "CEST MESZ EET SAST CAT",
        3: "EEST MSK TRT EAT",
        5: "PKT",
        7: "ICT WIB",
        8: "SGT HKT MYT PHT WITA",
        9: "JST KST WIT",
        10: "AEST",
        11: "AEDT",
        12: "NZST",
        13: "NZDT",
        -3: "BRT ART",
        -4: "EDT",
        -5: "EST CDT",
        -6: "MDT",
        -7: "MST PDT",
        -8: "PST",
    }.items()
    for name in names.split()
}
# Right behind a clock.
_OFFSET = re.compile(r" ?(?:(?P<z>[Zz])(?!\w)|(?P<sign>[+-])(?P<h>\d\d)(?::?(?P<m>\d\d))?(?![\d/.:-]))")
# In the words behind it, with nothing of another date between.
_WORDED = re.compile(
    r"[^\d\0]{0,24}?(?:\b(?:GMT|UTC) ?(?P<sign>[+-]) ?(?P<h>\d\d?)(?::?(?P<m>\d\d))?(?!\d)|\b(?P<name>"
    + "|".join(_NAMED)
    + r")\b)"
)


def zone(offset: str) -> timezone:
    """``+07:00`` as a time zone. Raises :class:`ValueError` for anything else than ``±HH:MM``, 14 hours at most."""
    match = re.fullmatch(r"([+-])(\d{2}):?(\d{2})", offset)
    if not match:
        raise ValueError(f"not an offset of the form +07:00: {offset!r}")
    return _zone(match[1], match[2], match[3])


def stated_zone(text: str, end: int) -> timezone | None:
    """The zone that ``text`` states behind a clock that ends at ``end``, if any.

    Raises :class:`ValueError` for an offset that no place has.
    """
    found = _OFFSET.match(text, end) or _WORDED.match(text, end)
    if found is None:
        return None
    groups = found.groupdict()
    if groups.get("z"):
        return UTC
    if groups.get("name"):
        hours = _NAMED[groups["name"]]
        return timezone(timedelta(hours=hours)) if hours else UTC
    return _zone(groups["sign"], groups["h"], groups["m"])


def _zone(sign: str, hours: str, minutes: str | None) -> timezone:
    delta = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if delta > _FARTHEST:
        raise ValueError(f"an offset that no place has: {sign}{hours}:{minutes or '00'}")
    return timezone(delta if sign == "+" else -delta) if delta else UTC
