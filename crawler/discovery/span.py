"""The days that a back-fill is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Span:
    """From ``since`` to ``until``, both included; ``until`` ``None``: to today. ``budget``: how much a run may do."""

    since: date
    until: date | None = None

    @classmethod
    def parse(cls, since: str, until: str = "") -> Span | None:
        """Read ``YYYY-MM-DD``; ``None`` where neither is given. Raises ``ValueError`` with a message for people."""
        if not since:
            if until:
                raise ValueError("until goes with since: -a since=2024-01-01 -a until=2024-06-30")
            return None
        span = cls(_day("since", since), _day("until", until) if until else None)
        if span.until is not None and span.until < span.since:
            raise ValueError(f"until={until} is before since={since}")
        return span

    def holds(self, moment: datetime) -> bool:
        """Whether an aware time may be of these days, somewhere on Earth."""
        day = moment.date()
        return self.since - timedelta(days=1) <= day and (self.until is None or day <= self.until + timedelta(days=1))


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{name}: expected a day such as 2024-01-31, found {text!r}") from None
