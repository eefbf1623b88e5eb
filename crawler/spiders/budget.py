"""How much a run may do at most: pages, or hours."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from crawler.durations import as_text, duration


@dataclass(slots=True)
class Budget:
    """``pages`` or ``time``, or neither: no limit. Counts from the moment it is made."""

    pages: int | None = None
    time: timedelta | None = None
    taken: int = 0
    began: float = 0.0

    @classmethod
    def parse(cls, text: str) -> Budget:
        """Read ``500`` (pages) or ``90m``, ``2h``, ``1d``; ``""`` is no limit. Raises ``ValueError`` for people."""
        if not text:
            return cls(began=monotonic())
        if text.isascii() and text.isdigit() and int(text[:9]) > 0:
            return cls(pages=int(text[:9]), began=monotonic())
        try:
            return cls(time=duration(text), began=monotonic())
        except argparse.ArgumentTypeError:
            raise ValueError(f"budget: expected pages (500) or a time (90m, 2h, 1d), found {text!r}") from None

    @property
    def left(self) -> int:
        """Pages that may still be taken."""
        return 1_000_000 if self.pages is None else max(0, self.pages - self.taken)

    def spent(self) -> str | None:
        """Why nothing more may be done, in words."""
        if self.pages is not None and self.left == 0:
            return f"has had the {self.pages} pages of this run's budget"
        if self.time is not None and monotonic() - self.began >= self.time.total_seconds():
            return f"has had the {as_text(self.time)} of this run's budget"
        return None
