"""The one way in which Vietnamese text is folded: for queries, facets, names, hashes and shingles.

The same word reaches us in several spellings: composed or decomposed, with the Icelandic ``Ð`` for ``Đ``,
with the tone mark on either vowel (``hoà``, ``hòa``). ``unify`` writes them alike and keeps everything a
reader would see; ``normalise`` also ignores letter case, ``fold`` also accents. All three are idempotent and
give the same for NFC and NFD input.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Invisible: soft hyphen, zero-width spaces and joiners, direction marks, word joiner, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_STROKE = str.maketrans("Đđ", "Dd")

# What SQLite cannot hold in text, or takes for its end: lone surrogates and NUL.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_TONES = "\u0300\u0301\u0309\u0303\u0323"  # huyền, sắc, hỏi, ngã, nặng


def _moved_tones() -> dict[str, str]:
    """Map every open final with the tone on its second vowel to the one with the tone on its first."""
    moved = {}
    for pair in ("oa", "oe", "uy"):
        for first, second in ((a, b) for a in (pair[0], pair[0].upper()) for b in (pair[1], pair[1].upper())):
            for tone in _TONES:
                late = first + unicodedata.normalize("NFC", second + tone)
                moved[late] = unicodedata.normalize("NFC", first + tone) + second
    return moved


_TO_FIRST = _moved_tones()
_TO_SECOND = {early: late for late, early in _TO_FIRST.items()}


def _finals(table: dict[str, str]) -> re.Pattern[str]:
    """Return what finds the finals that are keys of ``table``.

    Only a final counts ("hoàn" has its tone where it belongs); "u" of "qu" and "i" of "gi" are no vowels.
    """
    kinds = []
    for vowel in "ou":
        some = [final for final in table if unicodedata.normalize("NFD", final[0].lower())[0] == vowel]
        first, second = (sorted({final[at] for final in some}) for at in (0, 1))
        kinds.append(f"[{''.join(first)}][{''.join(second)}]")
    return re.compile(rf"(?<![qQ])(?<![gG][iI])(?:{'|'.join(kinds)})(?!\w)")


_LATE_FINAL, _EARLY_FINAL = _finals(_TO_FIRST), _finals(_TO_SECOND)


def _move(text: str, finals: re.Pattern[str], table: dict[str, str]) -> str:
    def moved(match: re.Match[str]) -> str:
        # A stray mark behind the vowel would combine with it once its tone has moved away.
        after = text[match.end() : match.end() + 1]
        return match[0] if after and unicodedata.combining(after) else table[match[0]]

    return finals.sub(moved, text)


def nfc(text: str) -> str:
    """Compose ``text`` (Unicode NFC), without cost where it is composed already."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def storable(text: str) -> str:
    """Return ``text`` in NFC, with characters that SQLite cannot hold replaced."""
    return nfc(_UNSTORABLE.sub("\ufffd", text))


def unify(text: str) -> str:
    """Write variants alike: NFC, ``Ð ð`` as ``Đ đ``, the tone of open ``oa oe uy`` on the first vowel.

    Case, accents and white space stay. The result is as long as ``nfc(text)``, so offsets fit.
    """
    return _move(nfc(text).replace("Ð", "Đ").replace("ð", "đ"), _LATE_FINAL, _TO_FIRST)


def collapse(text: str) -> str:
    """Drop invisible characters, and make every run of white space one space, none at the ends."""
    return " ".join(_INVISIBLE.sub("", text).split())


def normalise(text: str) -> str:
    """Unify spelling, letter case and white space; accents stay."""
    return unify(unicodedata.normalize("NFC", nfc(collapse(text)).casefold()).casefold())


def fold(text: str) -> str:
    """Normalise and take the accents off, ``đ`` as ``d``: what a person types who types no accents."""
    bare = unicodedata.normalize("NFD", normalise(text).translate(_STROKE))
    kept = "".join(char for char in bare if unicodedata.category(char) != "Mn")
    return normalise(unicodedata.normalize("NFC", kept)).translate(_STROKE)


def has_accents(text: str) -> bool:
    """Whether ``text`` has anything that ``fold`` would take off: an accent, or ``đ``."""
    return fold(text) != normalise(text)


def spellings(word: str) -> tuple[str, ...]:
    """Return both tone placements of ``word``, the unified one first; one if there is but one."""
    unified = unify(word)
    other = _move(unified, _EARLY_FINAL, _TO_SECOND)
    return (unified,) if other == unified else (unified, other)


def tokens(text: str) -> Iterator[str]:
    """Yield the words of ``text`` as SQLite's ``unicode61`` does: letters, digits and the marks on them."""
    word = ""
    for char in nfc(text):
        kind = unicodedata.category(char)
        if kind[0] in "LN" or kind == "Co" or (word and kind[0] == "M"):
            word += char
        elif word:
            yield word
            word = ""
    if word:
        yield word


def syllables(text: str) -> list[str]:
    """Return the folded words of ``text``; in Vietnamese each is a syllable."""
    return list(tokens(fold(text)))


def shingles(text: str, length: int = 3) -> frozenset[str]:
    """Return every run of ``length`` syllables; a shorter text is one shingle, an empty one none."""
    words = syllables(text)
    if len(words) <= length:
        return frozenset([" ".join(words)] if words else [])
    return frozenset(" ".join(words[at : at + length]) for at in range(len(words) - length + 1))
