"""A moment as a page states it, and why one cannot be a time of publication."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

# The first Vietnamese newspaper on the web opened in 1997: earlier dates are mistakes.
EARLIEST = datetime(1997, 1, 1, tzinfo=UTC)
# Clocks of servers differ a little from ours.
TOLERANCE = timedelta(hours=1)
# What a time whose zone is not known may lie ahead of UTC.
_FARTHEST_EAST = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment as stated: ``when``, and ``raw``, the words that state it.

    ``when`` is aware where the words state a zone (``zoned``) or the page's is known, else naive. ``exact`` is false
    for a day alone (``when`` is its midnight), ``seconds`` tells whether they are stated. ``either_order`` says
    that day and month could be read the other way round.
    """

    when: datetime
    raw: str
    exact: bool = True
    seconds: bool = False
    zoned: bool = False
    either_order: bool = False

    def iso(self) -> str:
        """ISO 8601 with seconds, as ``2022-12-06T06:51:00+07:00``; without offset where no zone is known."""
        return self.when.isoformat(timespec="seconds")

    @property
    def is_midnight(self) -> bool:
        """Whether the clock shows midnight, which machines write for a day alone."""
        return (self.when.hour, self.when.minute, self.when.second) == (0, 0, 0)

    def turned(self) -> Stamp:
        """The moment with day and month the other way round; only where ``either_order``."""
        return replace(self, when=self.when.replace(day=self.when.month, month=self.when.day))


def refuse(stamp: Stamp, fetched_at: datetime) -> str | None:
    """Why ``stamp`` cannot be a time of publication (after the fetch, before 1997), or ``None``.

    A day alone begins with its midnight; a time without zone is after the fetch only if it is so everywhere.
    """
    when = stamp.when
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
        fetched_at += _FARTHEST_EAST
    if when > fetched_at + TOLERANCE:
        return f"{stamp.iso()} is after the fetch"
    if when < EARLIEST:
        return f"{stamp.iso()} is before 1997"
    return None
