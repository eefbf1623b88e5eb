"""What is measured of a record against the expected one, and how pages are put together.

Of one page every measure is between 0 and 1, but for leaks, which are counted. Together they are means, leaks sums.
Texts that a reader cannot tell apart are the same: kinds of white space, line breaks, characters of no width. So are
addresses of one photo in several sizes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from crawler.extraction.text import tidy
from crawler.pages import SECTION_FIELDS, leaks
from crawler.pages.compare import EXTRA_FIELDS, Record, got, is_same, kind_of, minute, stands_in, wanted
from tests.accuracy.people import people
from tests.accuracy.shingles import shingle_scores

#: Measures of which less is better.
LEAKS = ("caption leaks", "junk leaks")
#: Every measure, in the order of the table.
ORDER = (
    *("kind", "title", "minute", "modified", "authors", "nobody", "source", "section", "lead"),
    *("para P", "para R", "para F1", "captions", "images", "tags", "other", "4-gram P", "4-gram R", "4-gram F1"),
    *SECTION_FIELDS,
    *LEAKS,
)
_EXACT = {"modified_at": "modified", **{name: name for name in ("source", "section", "images", "tags", "captions")}}
# The address of a picture's file up to what says in which size and form it is wanted.
_FILE = re.compile(r"[^?#]+\.(?:jpe?g|png|webp|gif|avif)(?=[?#])", re.IGNORECASE)

Scores = dict[str, float]


def measure(expected: Record, record: Record) -> Scores:
    """Every measure that the expected record allows; a page taken for something else scores 0 in all."""
    if kind_of(expected) == "section":
        right = {name: float(wanted(expected, name) == got(record, name)) for name in SECTION_FIELDS}
        return _kind(expected, record) | right
    if kind_of(expected) != "article":
        return _kind(expected, record)
    scores = _body(expected, record)
    if "title" not in expected:  # ground truth of the body alone
        return scores
    scores |= _kind(expected, record) | _fields(expected, record) | _paragraphs(expected, record)
    scores["caption leaks"] = len(_leaked_captions(expected, record))
    scores["junk leaks"] = len(leaks(expected, record))
    return scores


def together(pages: Sequence[Scores]) -> Scores:
    """Means over the pages that have a measure; sums of leaks. The 4-gram F1 is that of mean precision and recall."""
    values = {name: [scores[name] for scores in pages if name in scores] for name in ORDER}
    total = {name: sum(found) if name in LEAKS else sum(found) / len(found) for name, found in values.items() if found}
    if "4-gram P" in total or "4-gram R" in total:
        precision, recall = total.get("4-gram P", 0.0), total.get("4-gram R", 0.0)
        total["4-gram F1"] = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {name: total[name] for name in ORDER if name in total}


def _kind(expected: Record, record: Record) -> Scores:
    return {"kind": float(record.get("kind") == kind_of(expected))}


def _fields(expected: Record, record: Record) -> Scores:
    scores = {"title": _equal(expected, record, "title"), "lead": _equal(expected, record, "lead")}
    scores["minute"] = float(_same_minute(expected["published_at"], record.get("published_at")))
    scores |= {measure: _equal(expected, record, name) for name, measure in _EXACT.items() if name in expected}
    named = people(expected)
    scores["authors" if named else "nobody"] = float((record.get("authors") or []) == named)
    extra = [_equal(expected, record, name) for name in EXTRA_FIELDS if name in expected]
    return scores | ({"other": sum(extra) / len(extra)} if extra else {})


def _equal(expected: Record, record: Record, name: str) -> float:
    return float(is_same(name, _shown(wanted(expected, name), name), _shown(got(record, name), name)))


def _shown(value: Any, name: str) -> Any:
    """A text, or each of several, as it shows on the page; anything else as it is."""
    if isinstance(value, list):
        return [_shown(each, name) for each in value]
    if not isinstance(value, str):
        return value
    # The same photo is sent in many sizes, by the address of its file with the size behind it.
    file = _FILE.match(value) if name == "images" else None
    return file[0] if file else tidy(value) or None


def _same_minute(wanted: str | None, got: str | None) -> bool:
    """The same minute; where one of them has no zone (the baseline's never has) the same minute on the clock."""
    right, read = minute(wanted), minute(got)
    if right and read and (right.tzinfo is None) != (read.tzinfo is None):
        right, read = (datetime.fromisoformat(str(time)).replace(tzinfo=None) for time in (wanted, got))
        return right.replace(second=0, microsecond=0) == read.replace(second=0, microsecond=0)
    return right == read


def _paragraphs(expected: Record, record: Record) -> Scores:
    """Precision, recall and F1 of exactly equal paragraphs; neutral texts count neither way."""
    neutral = set(_texts(expected, "neutral"))
    right = Counter(text for text in _texts(expected, "paragraphs") if text not in neutral)
    found = Counter(text for text in _texts(record, "paragraphs") if text not in neutral)
    same = (right & found).total()
    precision = same / found.total() if found else float(not right)
    recall = same / right.total() if right else float(not found)
    f1 = 2 * same / (right.total() + found.total()) if right or found else 1.0
    return {"para P": precision, "para R": recall, "para F1": f1}


def _body(expected: Record, record: Record) -> Scores:
    """The 4-gram scores of the running text, where the ground truth states it (``flow``)."""
    if "flow" not in expected:
        return {}
    return shingle_scores(_texts(expected, "flow"), _texts(record, "paragraphs"), _texts(expected, "neutral"))


def _leaked_captions(expected: Record, record: Record) -> list[str]:
    read = [text.casefold() for text in _texts(record, "paragraphs")]
    right = [text.casefold() for name in ("paragraphs", "flow", "neutral") for text in _texts(expected, name)]
    return [
        text
        for text in _texts(expected, "captions")
        if stands_in(text.casefold(), read) and not stands_in(text.casefold(), right)
    ]


def _texts(record: Mapping[str, Any], name: str) -> list[str]:
    texts: Iterable[str] = record.get(name) or ()
    return [tidy(text) for text in texts]
