"""Conditional requests (RFC 9110, 13): "send it only if it is another than the one I have"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

    from crawler.archive import Lease

CONDITIONS = ("If-None-Match", "If-Modified-Since")
# Servers that compress add this to the mark of the page or not, as they please.
_COMPRESSED = re.compile(r"[-;](?:gzip|br|zstd|deflate)(?=\"?$)")


def conditions(lease: Lease) -> dict[str, str]:
    """The headers that ask for what was leased, unless it is still the document we have."""
    values = zip(CONDITIONS, (lease.etag, lease.last_modified), strict=True)
    return {name: value for name, value in values if value}


def is_conditional(request: Request | None) -> bool:
    """Whether an answer "not modified" makes sense."""
    return request is not None and any(name in request.headers for name in CONDITIONS)


def is_credible(response: Response, lease: Lease) -> bool:
    """Whether "not modified" is said of the document we have: marks, where it states any, must be ours."""
    stated = {name: _text(response, name) for name in ("ETag", "Last-Modified")}
    if lease.etag and stated["ETag"]:
        return _bare(stated["ETag"]) == _bare(lease.etag)
    return not (lease.last_modified and stated["Last-Modified"] and stated["Last-Modified"] != lease.last_modified)


def _text(response: Response, name: str) -> str:
    return (response.headers.get(name) or b"").decode("latin-1").strip()


def _bare(etag: str) -> str:
    """The mark without what does not tell documents apart: weakness, compression."""
    return _COMPRESSED.sub("", etag.removeprefix("W/"))
