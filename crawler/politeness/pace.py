"""The pace at which one newspaper is asked, and how it answered lately."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

LONGEST = 60.0  # seconds a request waits for its turn because of failures or Retry-After; what takes longer is a rest


@dataclass(slots=True)
class Pace:
    """The state of one download slot; times are those of a monotonic clock, in seconds.

    ``least`` is the least time between the beginnings of two requests, ``delay`` the one from which the waiting after
    failures grows. ``failing`` are the addresses that failed since the site last answered well.
    """

    delay: float = 0.0
    least: float = 0.0
    begun_at: float = float("-inf")
    not_before: float = float("-inf")
    failures: int = 0
    failing: set[str] = field(default_factory=set)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def wait(self, now: float) -> float:
        """Seconds until the next request may begin."""
        return max(0.0, self.begun_at + self.least - now, self.not_before - now)

    def begin(self, now: float) -> None:
        """A request begins."""
        self.begun_at = now

    def well(self) -> bool:
        """The site answered; return whether it had failed before."""
        failed = self.failures > 0
        self.failures = 0
        self.failing.clear()
        return failed

    def failed(self, url: str, now: float) -> None:
        """A request failed: the next one waits twice as long as the one before."""
        self.failures += 1
        self.failing.add(url)
        self.pause(min(max(self.delay, self.least) * 2**self.failures, LONGEST), now)

    def pause(self, seconds: float, now: float) -> None:
        """Let no request begin for so many seconds."""
        self.not_before = max(self.not_before, now + seconds)
