"""The measure of the article-extraction-benchmark: precision and recall of runs of four words.

Its definition: words are runs of ``\\w``; a shorter text is one run; of a document, matches, surplus and misses are
counted as multisets. Over documents, precisions are averaged where anything was read, recalls where anything was to be
read, and F1 is that of both means.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"\w+")
_LENGTH = 4  # words

Shingles = Counter[tuple[str, ...]]


def shingles(text: str) -> Shingles:
    """Every run of four words with its count; a shorter text is one run, an empty one none."""
    words = _WORD.findall(text)
    runs = (tuple(words[at : at + _LENGTH]) for at in range(max(1, len(words) - _LENGTH + 1)))
    return Counter(run for run in runs if run)


def shingle_scores(right: Sequence[str], read: Sequence[str], neutral: Sequence[str] = ()) -> dict[str, float]:
    """``4-gram P`` and ``4-gram R`` of one document's texts; one is missing where there is nothing to divide by.

    Runs of a ``neutral`` text count neither as surplus nor as missed.
    """
    wanted, found = shingles("\n".join(right)), shingles("\n".join(read))
    spared: Shingles = Counter()
    for text in neutral:
        spared |= shingles(text)
    same = (wanted & found).total()
    surplus = found - wanted
    missed = wanted - found
    read_in_all = same + (surplus - (surplus & spared)).total()
    to_be_read = same + (missed - (missed & spared)).total()
    scores = {}
    if read_in_all:
        scores["4-gram P"] = same / read_in_all
    if to_be_read:
        scores["4-gram R"] = same / to_be_read
    return scores
