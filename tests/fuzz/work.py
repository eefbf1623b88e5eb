"""How much work a call is: the functions called in it, Python's and C's; the same on every machine."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

LONGEST = 10  # seconds of this process; what calls nothing (a regular expression) is stopped by the clock


class TooMuchWork(BaseException):
    """More calls or time than allowed; no ``except Exception`` on the way may swallow it."""


def calls(work: Callable[[], object], most: float = float("inf")) -> int:
    """Run ``work`` and return the number of calls in it; raises ``TooMuchWork`` beyond ``most``."""
    count = 0

    def told(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal count
        if event in ("call", "c_call"):
            count += 1
            if count > most:
                raise TooMuchWork(f"more than {most:.0f} calls")

    before = sys.getprofile()
    with _in_time():
        sys.setprofile(told)
        try:
            work()
        finally:
            sys.setprofile(before)
    return count


@contextmanager
def _in_time() -> Iterator[None]:
    def late(_signal: int, _frame: FrameType | None) -> None:
        raise TooMuchWork(f"more than {LONGEST} seconds")

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, LONGEST)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
