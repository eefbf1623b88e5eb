"""White space, Unicode form and the small judgements about a line of Vietnamese text used all over extraction."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Zero-width characters, soft hyphens and byte-order marks that editors paste along; they carry no text.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
# A line that ends like this is a finished sentence; a closing quote or bracket may follow the mark.
_SENTENCE_END = re.compile(r"""[.!?…。！？](?:["'”’»)\]」』）]|\./)*$|\./\.?$""")
# Letters with two marks, and those with a hook, a horn or a dot below, and the barred d.
_VIETNAMESE = re.compile(r"[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđ]", re.IGNORECASE)
_REMEMBERED = 1000  # characters; longer texts are not kept
_LONGEST_END = 40  # characters; more brackets stand behind no sentence, and a paragraph is not searched from its start
_NO_LETTER = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?", re.UNICODE)


def tidy(text: str) -> str:
    """Collapse white space (non-breaking spaces and line breaks too), drop invisible characters, return NFC."""
    return _tidied(text) if len(text) <= _REMEMBERED else _tidied.__wrapped__(text)


# A text passes here several times on its way from the page to the article.
@lru_cache(maxsize=2048)
def _tidied(text: str) -> str:
    text = " ".join(text.split())
    if text.isascii():
        return text
    if _INVISIBLE.search(text):
        text = " ".join(_INVISIBLE.sub("", text).split())
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends with a full stop, question or exclamation mark or ellipsis."""
    return bool(_SENTENCE_END.search(text, max(0, len(text) - _LONGEST_END)))


def is_vietnamese(text: str) -> bool:
    """Whether a longer text is Vietnamese, told by letters that no other language has: one in forty or more."""
    text = text[:200_000]
    return len(_VIETNAMESE.findall(unicodedata.normalize("NFC", text))) * 40 > sum(map(str.isalpha, text))


def letters(text: str) -> str:
    """The letters and digits of ``text``, case folded: what it has in common with itself set otherwise."""
    return _letters(text) if len(text) <= _REMEMBERED else _letters.__wrapped__(text)


@lru_cache(maxsize=512)
def _letters(text: str) -> str:
    return _NO_LETTER.sub("", tidy(text).casefold())


def words(text: str) -> list[str]:
    """The words (Vietnamese syllables) of ``text`` as printed, without punctuation."""
    return _WORD.findall(text)


def is_capitals(text: str) -> bool:
    """Whether ``text`` has at least two letters and none of them is lower case."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 2 and not any(char.islower() for char in letters)


def alternatives(lines: str) -> str:
    """A regex group of the alternatives written one or several a line, parted by `` | ``; the longest go first."""
    parts = [part.strip() for part in re.split(r"\n| \| ", lines) if part.strip()]
    return f"(?:{'|'.join(sorted(parts, key=len, reverse=True))})"


def unique(values: list[str]) -> list[str]:
    """``values`` without empty strings and repetitions, in order; case is not told apart."""
    seen: set[str] = set()
    kept = []
    for value in values:
        if value and value.casefold() not in seen:
            seen.add(value.casefold())
            kept.append(value)
    return kept
