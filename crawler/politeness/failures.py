"""What a failed request says in words, and whether it says that a whole site is unwell or does not want us."""

from __future__ import annotations

import re

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

TOO_LARGE = "too large"
REFUSING = (403, 429)
_TLS = re.compile(r"certificate|SSL|TLS|VerificationError|DNSMismatch", re.IGNORECASE)
_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "DNS: no such name"),
    (DownloadTimeoutError, "timeout"),
    (DownloadConnectionRefusedError, "connection refused by the server"),
    (ResponseDataLossError, "truncated: the body ended too early"),
    (DownloadCancelledError, TOO_LARGE),
    (UnsupportedURLSchemeError, "no http(s) address"),
    (NotSupported, "no http(s) address"),
)
# What says nothing of the site: our own refusal, our own limit, an address that is none.
_OURS = (IgnoreRequest, DownloadCancelledError, UnsupportedURLSchemeError, NotSupported)


def in_words(error: BaseException) -> str:
    """Why a request brought no document, at most 300 characters."""
    if isinstance(error, DownloadFailedError):
        return _broken(error)
    known = next((words for kind, words in _WORDS if isinstance(error, kind)), None)
    return known or f"{type(error).__name__}: {error}"[:300]


def failed_answer(status: int) -> str | None:
    """What is wrong with the site, in words; ``None`` for an answer of a site that is well, be it 404."""
    return f"HTTP {status}" if status in REFUSING or status >= 500 else None


def failed_request(error: BaseException) -> str | None:
    """Likewise of a request that brought no answer; ``None`` where that says nothing of the site."""
    return None if isinstance(error, _OURS) else in_words(error)


def _broken(error: DownloadFailedError) -> str:
    """TLS told from a broken connection; Twisted nests the cause in a list of failures."""
    cause = error.__cause__
    reasons = [str(getattr(item, "value", item)) for item in getattr(cause, "reasons", None) or []]
    detail = "; ".join(dict.fromkeys(reason for reason in reasons if reason)) or str(error)
    return f"{'TLS' if _TLS.search(detail) else 'connection broken'}: {detail}"[:300]
