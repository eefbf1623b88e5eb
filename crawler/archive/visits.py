"""When what is known is fetched again: articles by a schedule, lists by how often they change. No I/O, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

HOURS = (1.0, 6.0, 24.0, 72.0, 168.0, 720.0)
LIST_HOURS = (0.5, 11.0)
# Answers "not modified" in a row after which a document is asked for without condition: a server that says so
# whatever has changed would hide every edit for ever. One more than the visits of an article but the last.
BELIEVED = 5


@dataclass(frozen=True, slots=True)
class Visits:
    """``hours`` after publication an article is fetched again; a list after ``list_hours`` at least and at most."""

    hours: tuple[float, ...] = HOURS
    list_hours: tuple[float, float] = LIST_HOURS

    @classmethod
    def of(cls, settings: Any) -> Visits:
        """As the settings ``RECHECK_HOURS`` and ``LIST_HOURS`` say, which the command line has checked."""
        least, most = settings.getlist("LIST_HOURS", LIST_HOURS)
        hours = sorted({float(hour) for hour in settings.getlist("RECHECK_HOURS", HOURS) if hour != ""})
        return cls(tuple(hours), (float(least), float(most)))

    def next(self, begin: datetime, now: datetime) -> tuple[int, datetime] | None:
        """Number (from 1) and time of the first visit after ``now``; visits that were missed are not made up for.

        ``begin`` is what hours are counted from. ``None`` after the last.
        """
        for number, hour in enumerate(self.hours, 1):
            due = begin + timedelta(hours=hour)
            if due > now:
                return number, due
        return None

    def wait(self, before: float | None, changed: bool) -> float:
        """Seconds until a list is read again, which it was ``before`` seconds after the time before (``None``: first).

        Half as many when it has changed, twice as many when not, within the bounds.
        """
        least, most = (hours * 3600 for hours in self.list_hours)
        if before is None:
            return least
        return min(max(before / 2 if changed else before * 2, least), most)


def begin_of(first_seen_at: str, published_at: str | None, published_day: str | None) -> datetime:
    """What an article's hours are counted from: its publication, or its first fetch when that was earlier.

    Of a publication without time the day's end counts, in Vietnam, the latest it can have been.
    """
    first = datetime.fromisoformat(first_seen_at)
    return min((moment for moment in _stated(published_at, published_day) if moment < first), default=first)


def _stated(published_at: str | None, published_day: str | None) -> Sequence[datetime]:
    try:
        if published_at and "T" in published_at:
            moment = datetime.fromisoformat(published_at)
            return [moment if moment.tzinfo else moment.replace(tzinfo=UTC)]
        if published_day:
            return [datetime.fromisoformat(f"{published_day}T00:00:00+07:00") + timedelta(days=1)]
    except (ValueError, OverflowError):  # no date of this calendar
        pass
    return []
