"""Hours of the day in which a newspaper may be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


class HoursError(ValueError):
    """A text that names no hours."""


@dataclass(frozen=True, slots=True)
class Hours:
    """From ``begin`` until before ``end``, local time; over midnight where ``end`` is the earlier one."""

    begin: time
    end: time

    @classmethod
    def parse(cls, text: str) -> Hours:
        """Read ``22:00-06:00``. Raises ``HoursError``; the same time twice would be no hour, or all of them."""
        found = _HOURS.fullmatch(text)
        if found is None or text[:5] == text[6:]:
            raise HoursError(f"expected hours such as '22:00-06:00', found {text!r}")
        first, second, third, fourth = map(int, found.groups())
        return cls(time(first, second), time(third, fourth))

    def hold(self, moment: datetime) -> bool:
        """Whether a local time is in them."""
        now = moment.time()
        if self.begin < self.end:
            return self.begin <= now < self.end
        return now >= self.begin or now < self.end

    def __str__(self) -> str:
        return f"{self.begin:%H:%M}-{self.end:%H:%M}"


def may_read(hours: Sequence[Hours], moment: datetime) -> bool:
    """Whether a newspaper with these hours (none: at any time) may be read at a local time."""
    return not hours or any(one.hold(moment) for one in hours)
