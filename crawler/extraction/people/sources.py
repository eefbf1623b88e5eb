"""A credited source: ``Theo TTXVN``, ``Nguồn: …``."""

from __future__ import annotations

import re

from crawler.extraction.people.refusals import is_address, is_agency
from crawler.extraction.text import is_capitals, tidy, words

_COMPILED = r"(?:(?:tổng hợp|lược dịch|dịch|biên dịch|sưu tầm|ghi)\s+)?(?:theo|từ|nguồn(?:\s+tin)?)"
SOURCE = re.compile(rf"^\W*{_COMPILED}\s*:?\s+(?P<name>.+?)[\s.,;:]*$", re.IGNORECASE)
SOURCE_TAIL = re.compile(
    r"\s*[-–,]?\s+(?:(?:tổng hợp|lược dịch|dịch)\s+)?theo\s*:?\s+(?P<name>[^()]+?)\s*$", re.IGNORECASE
)
# What a sentence or a law begins with, not a source.
_NO_SOURCE = re.compile(
    r"^(?:nghị định|nghị quyết|quyết định|thông tư|luật|bộ luật|kế hoạch|chỉ thị|công văn|điều|khoản)\b"
    r"|^(?:đó|ông|bà|anh|chị)\b",
    re.IGNORECASE,
)
# Characters and words; longer lines are sentences.
_LONGEST_SOURCE = 60
_MOST_SOURCE_WORDS = 8


def tidy_source(text: str) -> str | None:
    """A source as printed, without punctuation around it."""
    return tidy(text).strip(" .,;:-–—•*|()[]") or None


def is_source(name: str, line: str = "") -> bool:
    """A credited source is short and a name; "Theo kế hoạch, năm nay …" begins a sentence."""
    count = len(words(name))
    if is_agency(name):
        return True
    if count > _MOST_SOURCE_WORDS or len(name) > _LONGEST_SOURCE or re.search(r"[;:?…]\s|,\s+[a-zà-ỹđ]", name):
        return False
    if _NO_SOURCE.match(name) or (line.lower().startswith("nguồn") and ":" not in line and not is_capitals(name)):
        return False
    first = name.lstrip("“\"'(")[:1]
    return first.isupper() or first.isdigit() or is_address(name)
