"""``Retry-After`` (RFC 9110, 10.2.3): when a server wants to be asked again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

MOST = timedelta(days=1)  # longer pauses are a mistake or a trap; a day later it can say so again


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """How long to wait, from 0 to ``MOST``; ``value`` is seconds or an HTTP date, ``now`` aware.

    ``None`` where the header is missing or means nothing.
    """
    text = (value or "").strip()
    try:
        if text.isascii() and text.isdigit():
            return min(timedelta(seconds=int(text[:9])), MOST)
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(aware - now, timedelta(0)), MOST)
