from __future__ import annotations

import gzip

import pytest

from crawler.extraction.decoding import NotText, decode

TEXT = (
    "<html><head><title>Mưa lớn ở thượng nguồn</title></head>"
    "<body><p>Nước sông dâng nhanh, đường ngập.</p></body></html>"
)


@pytest.mark.parametrize(
    ("body", "charset", "encoding"),
    [
        (TEXT.encode(), None, "utf-8"),
        (TEXT.encode(), "iso-8859-1", "utf-8"),
        (TEXT.encode("utf-8-sig"), None, "utf-8-sig"),
        (TEXT.encode("utf-16"), None, "utf-16"),
        (TEXT.encode("utf-16-le"), None, "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-8", "utf-16-be"),
        (gzip.compress(TEXT.encode()), None, "utf-8"),
    ],
)
def test_reads_text_whatever_was_stated(body: bytes, charset: str | None, encoding: str) -> None:
    decoded = decode(body, charset)
    assert decoded.text == TEXT
    assert decoded.encoding == encoding
    assert decoded.utf8.decode() == TEXT


def test_windows_1258_is_told_by_its_marks() -> None:
    import unicodedata

    # The code page has base letters with combining marks; what Python cannot write precomposed is decomposed.
    decomposed = "".join(
        char if _fits(char) else unicodedata.normalize("NFD", char).replace("\u0302", "") for char in TEXT
    )
    body = "".join(char for char in decomposed if _fits(char)).encode("cp1258")
    decoded = decode(body, "windows-1258")
    assert decoded.encoding == "cp1258"
    assert "dâng" in decoded.text


def _fits(char: str) -> bool:
    try:
        char.encode("cp1258")
    except UnicodeEncodeError:
        return False
    return True


def test_mislabelled_and_damaged_bytes_give_a_warning() -> None:
    assert decode(TEXT.encode(), "iso-8859-1").warnings
    assert decode(TEXT.encode() + b"\xff\xfe", None).warnings
    assert "Nước" in decode(TEXT.encode() + b"\xff", None).text
    assert decode(TEXT.encode().replace(b"<p>", b"<p>\x00"), None).warnings == [
        "nul_bytes: NUL characters were removed"
    ]


def test_cut_gzip_gives_what_is_there() -> None:
    body = gzip.compress((TEXT * 50).encode())
    assert "Mưa lớn" in decode(body[: len(body) - 20]).text


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"  \n\x00 ", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (bytes(range(1, 32)) * 100, "binary"),
        (b"\x1f\x8b\x08\x00broken", "gzip"),
        (b"x" * (33 * 1024 * 1024), "larger"),
        (gzip.compress(b"0" * (40 * 1024 * 1024)), "larger"),
    ],
)
def test_what_is_no_text_is_named(body: bytes, reason: str) -> None:
    with pytest.raises(NotText, match=reason):
        decode(body)
