"""One spelling for each address."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from w3lib.url import canonicalize_url, url_query_cleaner

# Parameters that say how a reader came, not what is read.
_TRACKERS = re.compile(r"^(?:utm_\w+|fbclid|gclid|zarsrc|zalo\w*|_ga|mc_[ce]id|ref_src|share|gidzl)$", re.IGNORECASE)


def canonical_url(url: str) -> str:
    """``url`` with lower-case scheme and host, no default port, fragment or tracking parameters.

    Percent-encoding is made one and parameters are sorted; ``www.`` and letter case of the path stay.
    Raises :class:`ValueError` when the address cannot be split.
    """
    parts = urlsplit(url.strip())
    names = [pair.split("=", 1)[0] for pair in parts.query.split("&") if pair]
    trackers = [name for name in names if _TRACKERS.match(name)]
    cleaned = url_query_cleaner(url.strip(), trackers, remove=True) if trackers else url.strip()
    parts = urlsplit(canonicalize_url(cleaned))
    host = parts.hostname or ""
    port = parts.port
    netloc = host if port in (None, 80, 443) else f"{host}:{port}"
    return urlunsplit((parts.scheme.lower(), netloc, parts.path or "/", parts.query, ""))
