"""Lengths of time as people type them: ``90m``, ``26h``, ``2d``."""

from __future__ import annotations

import argparse
import re
from datetime import timedelta

_DURATION = re.compile(r"(\d{1,6}(?:\.\d+)?)([mhd])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def duration(text: str) -> timedelta:
    """Read a number of minutes, hours or days; an ``argparse`` type."""
    found = _DURATION.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"invalid, expected a time such as 90m, 26h or 2d, found {text!r}")
    return timedelta(**{_UNITS[found[2]]: float(found[1])})


def as_text(length: timedelta) -> str:
    """``45 minutes``, ``26 hours``, ``3 days``: rounded to what matters."""
    hours = length.total_seconds() / 3600
    if hours < 2:
        return f"{length.total_seconds() / 60:.0f} minutes"
    return f"{hours:.0f} hours" if hours < 72 else f"{hours / 24:.0f} days"
