"""Conditional requests: the marks of a document (ETag, Last-Modified), and when 304 is the answer (RFC 9110, 13)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from itertools import count

from tests.site.faults import Fault
from tests.site.pages import Response

_FICKLE = count(1)


def marked(answer: Response, made_at: datetime) -> Response:
    """A document with the marks a cache of pages gives it; ``made_at``: when the edition was put together."""
    if answer.status != 200:
        return answer
    etag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
    modified = format_datetime(made_at.astimezone(UTC).replace(microsecond=0), usegmt=True)
    return replace(answer, headers=(*answer.headers, ("ETag", etag), ("Last-Modified", modified)))


def conditional(answer: Response, asked: Mapping[str, str]) -> Response:
    """The document, or 304 without it where the condition of the request says so."""
    if answer.status != 200 or not _has(answer, asked):
        return answer
    return Response(304, b"", "", answer.headers)


def lying(answer: Response, asked: Mapping[str, str], fault: Fault) -> Response:
    """The answer of a server that is wrong about its documents, in the way ``fault.how`` names."""
    condition = asked.get("If-None-Match") or asked.get("If-Modified-Since")
    if fault.how == "stale":
        return Response(304, b"", "", (("ETag", asked.get("If-None-Match", '""')),)) if condition else answer
    if fault.how == "other":
        return Response(304, b"", "", (("ETag", '"another"'),)) if condition else answer
    if fault.how == "fickle":
        return replace(answer, headers=(("ETag", f'"{next(_FICKLE)}"'),))
    return answer  # deaf


def _has(answer: Response, asked: Mapping[str, str]) -> bool:
    headers = dict(answer.headers)
    if (wanted := asked.get("If-None-Match")) is not None:  # then the other condition does not count
        return wanted.strip() == "*" or headers["ETag"] in [
            mark.strip().removeprefix("W/") for mark in wanted.split(",")
        ]
    since = asked.get("If-Modified-Since")
    try:
        return since is not None and parsedate_to_datetime(headers["Last-Modified"]) <= parsedate_to_datetime(since)
    except ValueError:
        return False
