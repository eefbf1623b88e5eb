"""From bytes to text: compression, binary formats and character sets, as browsers judge them."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass

from w3lib.encoding import html_body_declared_encoding, resolve_encoding

# A page larger than this after decompression is refused: no newspaper page comes near, and it bounds memory.
MAX_BYTES = 32 * 1024 * 1024

_MAGIC = (
    (b"%PDF-", "PDF document"),
    (b"\x89PNG", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"PK\x03\x04", "ZIP archive or Office document"),
    (b"\xd0\xcf\x11\xe0", "old Office document"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3\x00", "SQLite database"),
    (b"(\xb5/\xfd", "zstd-compressed data"),
    (b"BZh", "bzip2-compressed data"),
    (b"\xfd7zXZ", "xz-compressed data"),
    (b"Rar!", "RAR archive"),
)
# Control characters no text document holds (white space and NUL aside: UTF-16 has the latter).
_CONTROLS = bytes([*range(1, 9), *range(14, 27), *range(28, 32)])
_VIETNAMESE = re.compile(r"[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]", re.IGNORECASE)
# What UTF-8 Vietnamese looks like when it was once read as windows-1252.
_MOJIBAKE = re.compile(r"(?:Ã[\u0080-\u00bf¡-¿]|áº|á»|Ä[‘\u0090\u0091])")


class NotText(ValueError):
    """The bytes are no text; the message says what they are."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A document as ``text`` and as ``utf8`` bytes, the ``encoding`` it came in, and ``warnings`` about it."""

    text: str
    utf8: bytes
    encoding: str
    warnings: list[str]


def decode(body: bytes, charset: str | None = None) -> Decoded:
    """Decode a document.

    ``charset`` is what the HTTP header (or a side file) stated, if anything. Warnings are ``charset: …`` where
    what was stated did not fit. Gzip data is unpacked first. Raises :class:`NotText` for binary formats, for
    empty input and for documents larger than :data:`MAX_BYTES`.
    """
    warnings: list[str] = []
    if body[:2] == b"\x1f\x8b":
        body, whole = _gunzip(body)
        warnings.append("compressed: gzip bytes were saved as they came")
        if not whole:
            warnings.append("truncated: the gzip data ends too early")
    if len(body) > MAX_BYTES:
        raise NotText(f"larger than {MAX_BYTES // 1024 // 1024} MiB")
    _refuse_binary(body)
    text, encoding = _to_text(body, charset, warnings)
    if not text.strip("\x00 \t\r\n\f\ufeff"):
        raise NotText("empty document")
    if "\x00" in text:
        text, encoding = text.replace("\x00", ""), f"{encoding} with NUL"
        warnings.append("nul_bytes: NUL characters were removed")
    strict = encoding == "utf-8" and not warnings
    return Decoded(text, body if strict else text.encode("utf-8", "replace"), encoding, warnings)


def _gunzip(body: bytes) -> tuple[bytes, bool]:
    """The unpacked bytes, as many as there are, and whether they are all."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as stream:
            return stream.read(MAX_BYTES + 1), True
    except (OSError, EOFError, zlib.error):
        pass
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise NotText(f"damaged gzip data ({error})") from error
    if not data:
        raise NotText("damaged gzip data")
    return data, False


def _refuse_binary(body: bytes) -> None:
    head = body[:1024].lstrip()
    if not head:
        raise NotText("empty document")
    for magic, name in _MAGIC:
        if head.startswith(magic):
            raise NotText(name)
    if body[:4] in (b"\x00\x00\x01\x00",) or (body[:4] == b"RIFF" and body[8:12] in (b"WEBP", b"WAVE", b"AVI ")):
        raise NotText("image, sound or video")
    if body[:2] in (BOM_UTF16_LE, BOM_UTF16_BE) or _utf16_without_mark(body):
        return
    sample = body[:65536]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > len(sample) // 50 and b"<html" not in sample.lower():
        raise NotText("binary data")


def _to_text(body: bytes, charset: str | None, warnings: list[str]) -> tuple[str, str]:
    if body.startswith(BOM_UTF8):
        return body[3:].decode("utf-8", "replace"), "utf-8-sig"
    if body[:2] in (BOM_UTF16_LE, BOM_UTF16_BE):
        return body.decode("utf-16", "replace"), "utf-16"
    guessed = _utf16_without_mark(body)
    if guessed:
        warnings.append(f"charset: {guessed} without a byte-order mark")
        return body.decode(guessed, "replace"), guessed
    stated = (resolve_encoding(charset) if charset else None) or html_body_declared_encoding(body[:4096])
    try:
        # UTF-8 that decodes strictly is UTF-8, whatever the page or the server says.
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(body, stated, error, warnings)
    if stated and stated not in ("utf-8", "ascii") and _VIETNAMESE.search(text):
        warnings.append(f"charset: stated {stated}, is utf-8")
    return text, "utf-8"


def _utf16_without_mark(body: bytes) -> str | None:
    sample = body[:2000]
    if len(sample) < 40:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 4 and even < len(sample) // 20:
        return "utf-16-le"
    if even > len(sample) // 4 and odd < len(sample) // 20:
        return "utf-16-be"
    return None


def _not_utf8(body: bytes, stated: str | None, error: UnicodeDecodeError, warnings: list[str]) -> tuple[str, str]:
    tolerant = body.decode("utf-8", "replace")
    broken = tolerant.count("\ufffd")
    # A page cut in the middle of a character, or with a few bad bytes, is still UTF-8.
    if error.start >= len(body) - 4 or len(_VIETNAMESE.findall(tolerant)) > 4 * broken:
        warnings.append(f"charset: {broken} bytes are no utf-8")
        return tolerant, "utf-8"
    for name in dict.fromkeys(filter(None, (stated if stated != "utf-8" else None, "cp1258", "cp1252"))):
        try:
            text = body.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if name in ("cp1252", "iso8859-1", "latin-1") and stated and _vietnamese_in_1258(body):
            text, name = body.decode("cp1258", "replace"), "cp1258"
        if name != stated:
            warnings.append(f"charset: stated {stated or 'nothing'}, read as {name}")
        return text, name
    warnings.append(f"charset: stated {stated or 'nothing'}, read as windows-1258 with losses")
    return body.decode("cp1258", "replace"), "cp1258"


def _vietnamese_in_1258(body: bytes) -> bool:
    """Whether the combining marks of windows-1258 (0xCC, 0xD2, 0xDE, 0xEC, 0xF2) follow letters often."""
    marks = re.findall(rb"[A-Za-z\xc0-\xff][\xcc\xd2\xde\xec\xf2]", body)
    return len(marks) > len(body) // 400


def looks_mojibake(text: str) -> bool:
    """Whether ``text`` reads like UTF-8 Vietnamese that was once decoded as windows-1252."""
    return len(_MOJIBAKE.findall(text)) > max(3, len(text) // 100)
