"""One spelling for each address: the key of an article without id, and of a row of the ledger."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, urljoin, urlsplit

from w3lib.url import safe_url_string

from crawler.folding import storable

_DEFAULT_PORTS = {"http": 80, "https": 443}
# Parameters that say who sent the reader or who the reader is, never what is read.
_TRACKER = re.compile(
    r"(?:utm_\w+|phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id|fbclid|gclid|dclid|msclkid|yclid|zarsrc|mc_[ce]id|_ga|zalo\w*|gidzl|ref_src)",
    re.IGNORECASE,
)
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[\w.!-]*", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@lru_cache(maxsize=1024)
def url_key(url: str) -> str:
    """Normalise ``url``: scheme and host in lower case, no default port, no fragment, no trackers and session ids.

    Escapes are written alike. Path, order of parameters and scheme stay: only the site knows what they mean.
    Never raises; what is no URL comes back stripped.
    """
    text = storable(url).strip()
    try:
        parts = urlsplit(safe_url_string(text))
        host = _host(parts)
    except ValueError:
        return text
    if not host:
        return text
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _is_tracker(pair))
    path = _alike(_SESSION.sub("", parts.path)) or "/"
    return f"{parts.scheme.lower()}://{host}{path}" + (f"?{_alike(query)}" if query else "")


def url_alike(key: str, kind: str) -> str:
    """What all spellings of an address have in common; ``key`` is one of them as ``url_key`` writes it.

    Scheme, ``www.`` and a final slash do not tell documents of a newspaper apart, nor does the letter case of the path
    of a list; that of an article may, so it stays.
    """
    bare = key.partition("://")[2].removeprefix("www.").rstrip("/") or key
    return bare if kind in ("article", "photo") else bare.lower()


def web_address(base: str | None, address: str | None) -> str | None:
    """``address`` made absolute against ``base``; ``None`` for what is no http(s) address with a host."""
    if not address:
        return None
    try:
        joined = urljoin(base or "", address.strip())
        parts = urlsplit(joined)
        return joined if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:  # an open bracket in the host, a host that no encoding has
        return None


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    port = parts.port
    return host if not host or port in (None, _DEFAULT_PORTS.get(parts.scheme.lower())) else f"{host}:{port}"


def _is_tracker(pair: str) -> bool:
    return bool(_TRACKER.fullmatch(pair.split("=", 1)[0]))


def _alike(text: str) -> str:
    """Decode escapes of characters that need none, write the others in capitals (RFC 3986, 6.2.2)."""

    def written(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if char in _UNRESERVED else match[0].upper()

    return _ESCAPE.sub(written, text)
