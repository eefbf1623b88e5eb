"""Ways in which a server misbehaves. A :class:`Fault` is data; the server acts on it.

Made by the functions below, or from JSON by :func:`from_json` (``{"kind": "status", "status": 503}``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

KINDS = "status delay drip truncate length reset redirect loop charset empty lie bomb headers".split()
# stale: 304 whatever has changed; other: 304 with a mark nobody asked about; fickle: another mark with each answer;
# deaf: always the whole document.
LIES = ("stale", "other", "fickle", "deaf")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_META_CHARSET = re.compile(r"charset=[\w-]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fault:
    """One misbehaviour. Only the fields of its ``kind`` count; ``seconds`` are seconds, ``share`` is 0 to 1."""

    kind: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0
    size: int = 64
    share: float = 0.5
    honest: bool = False
    by: int = 0
    to: str = ""
    label: str | None = None
    encoding: str = "utf-8"
    meta: str | None = None
    how: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no fault of kind {self.kind!r}, only {', '.join(KINDS)}")
        if self.kind == "lie" and self.how not in LIES:
            raise ValueError(f"no lie {self.how!r}, only {', '.join(LIES)}")


def status(code: int, retry_after: int | str | None = None) -> Fault:
    """Answer with ``code`` and a short page; ``retry_after`` in seconds or as an HTTP date."""
    headers = () if retry_after is None else (("Retry-After", str(retry_after)),)
    return Fault("status", status=code, headers=headers)


def delay(seconds: float) -> Fault:
    """Answer rightly, ``seconds`` late."""
    return Fault("delay", seconds=seconds)


def drip(seconds: float, size: int = 64) -> Fault:
    """Send the body ``size`` bytes at a time with ``seconds`` between."""
    return Fault("drip", seconds=seconds, size=size)


def truncate(share: float = 0.5, honest: bool = False) -> Fault:
    """Send only ``share`` of the body; ``honest`` states the short length, else the connection just ends."""
    return Fault("truncate", share=share, honest=honest)


def wrong_length(by: int) -> Fault:
    """State a Content-Length that is ``by`` bytes off: below zero cuts the document, above zero it never ends."""
    return Fault("length", by=by)


def reset() -> Fault:
    """Reset the connection instead of answering."""
    return Fault("reset")


def redirect(to: str, code: int = 302) -> Fault:
    """Redirect to any address at all: another loopback port, ``file:///etc/passwd``, another host."""
    return Fault("redirect", to=to, status=code)


def redirect_loop() -> Fault:
    """Redirect from the address to itself with a changing query, for ever."""
    return Fault("loop", status=302)


def charset(label: str | None, encoding: str = "utf-8", meta: str | None = None) -> Fault:
    """Send ``encoding``; state ``label`` in Content-Type and ``meta`` in the page (``None``: no label, page as is)."""
    return Fault("charset", label=label, encoding=encoding, meta=meta)


def empty() -> Fault:
    """Answer 200 with no body."""
    return Fault("empty")


def bomb(size: int = 100_000_000) -> Fault:
    """Send a small packed body that unpacks to ``size`` bytes."""
    return Fault("bomb", size=size)


def endless_headers(size: int = 20_000) -> Fault:
    """Send ``size`` headers before the document."""
    return Fault("headers", size=size)


def lie(how: str) -> Fault:
    """Answer conditional requests wrongly, in one of the ways of :data:`LIES`."""
    return Fault("lie", how=how)


def from_json(data: Mapping[str, Any]) -> Fault:
    """A fault from its fields. Raises :class:`ValueError` for unknown fields or kinds."""
    unknown = data.keys() - {field.name for field in fields(Fault)}
    if unknown or "kind" not in data:
        raise ValueError(f"a fault has a kind and known fields, not {', '.join(sorted(unknown)) or 'nothing'}")
    values = dict(data)
    values["headers"] = tuple((str(name), str(value)) for name, value in data.get("headers", ()))
    return Fault(**values)


def recoded(body: bytes, fault: Fault) -> bytes:
    """An UTF-8 page in the fault's encoding; what that cannot hold becomes a numeric entity."""
    text = body.decode()
    if fault.meta is not None:
        text = _META_CHARSET.sub(f"charset={fault.meta}", text, count=1)
    if fault.encoding.lower() in ("cp1258", "windows-1258"):
        text = "".join(map(_with_loose_tone, text))
    return text.encode(fault.encoding, errors="xmlcharrefreplace")


def _with_loose_tone(char: str) -> str:
    """windows-1258 writes a tone as a character of its own behind its vowel; some vowels with tone exist whole."""
    try:
        char.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", char)
        tone = "".join(part for part in parts if part in _TONES)
        return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES)) + tone
    return char
