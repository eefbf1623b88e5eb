"""Which answers say that a whole site is unwell or does not want us, and not that one page is missing."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

REFUSING = (403, 429)
_ERRORS: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "DNS failure"),
    (DownloadTimeoutError, "timeout"),
    (DownloadConnectionRefusedError, "connection refused"),
    (ResponseDataLossError, "truncated answer"),
    (DownloadFailedError, "connection or TLS failure"),
)


def failed_answer(status: int) -> str | None:
    """What is wrong with the site, in words; ``None`` for an answer of a site that is well, be it 404."""
    return f"HTTP {status}" if status in REFUSING or status >= 500 else None


def failed_request(error: BaseException) -> str | None:
    """Likewise of a request that brought no answer; ``None`` where that says nothing of the site."""
    if isinstance(error, IgnoreRequest):
        return None
    return next((words for kind, words in _ERRORS if isinstance(error, kind)), None)
