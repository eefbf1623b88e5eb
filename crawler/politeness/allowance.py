"""What a newspaper's file allows: hours of its day, pages a day."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from crawler.politeness.hours import may_read

if TYPE_CHECKING:
    from crawler.outlet import Outlet

_ENOUGH = 1_000_000  # pages: no limit


class Allowance:
    """Counts what a run takes of one outlet; ``fetched`` pages were fetched on its local day before."""

    def __init__(self, outlet: Outlet, fetched: int) -> None:
        self._outlet = outlet
        self.taken = 0
        self._left = _ENOUGH if outlet.pages_per_day is None else max(0, outlet.pages_per_day - fetched)

    @property
    def left(self) -> int:
        """How many pages more."""
        return self._left

    def take(self, pages: int) -> None:
        """So many are being fetched."""
        self._left -= pages
        self.taken += pages

    def closed(self, now: datetime) -> str | None:
        """Why nothing may be fetched at an aware time, in words; ``None`` when something may be."""
        if not may_read(self._outlet.hours, self._outlet.local(now)):
            return f"may be read at {', '.join(map(str, self._outlet.hours))} only"
        if self._left <= 0:
            return f"has had its {self._outlet.pages_per_day} pages of the day"
        return None
