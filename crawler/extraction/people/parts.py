"""A line of names taken apart: brackets, separators, the characters around a name."""

from __future__ import annotations

import re

from crawler.extraction.people.agencies import agency_of
from crawler.extraction.people.refusals import is_office, is_paper
from crawler.extraction.text import words

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_SEPARATOR = re.compile(r"\s+[-–—+]\s+|\s*[,;|&]\s*|\s*/\s*|\s+và\s+|\s*[-–—]\s+|\s+[-–—]\s*|\s{3,}|\n")
_HYPHEN_PAIR = re.compile(r"(?<=[^\W\d_])\s*[-–—]\s*(?=[^\W\d_])")
EDGES = " .,:;-–—•*|\"'“”…"
# Initials, whose hyphen parts two people as well.
_INITIALS = re.compile(r"^(?:[^\W\d_]{1,3}\.\s?)+[^\W\d_]{0,8}\.?$|^[A-ZĐ]{1,3}\.?[A-ZĐ]{0,3}\.?$")


def is_initials(name: str) -> bool:
    """Whether ``name`` is printed as initials: ``P.Y``, ``T.H``, ``HV``."""
    return bool(_INITIALS.match(name.strip()))


def in_brackets(text: str) -> list[str]:
    """What stands in the brackets of a line."""
    return [(match[1] or match[2] or "").strip() for match in _BRACKETS.finditer(text)]


def without_brackets(text: str) -> str:
    """A line without its brackets and what stands in them."""
    return _BRACKETS.sub(" ", text)


def split_names(text: str) -> list[str]:
    """The names of a line that separators part, each as printed."""
    found: list[str] = []
    for part in _SEPARATOR.split(text):
        # "MINH ANH-THU HÀ": a bare hyphen separates names when both sides are names of two words or more.
        halves = _HYPHEN_PAIR.split(part)
        two_people = all(len(words(half)) >= 2 or is_initials(half) for half in halves)
        if len(halves) > 1 and agency_of(halves[0]):
            # "VOV-Tây Bắc" is an agency's office.
            found.append(halves[0])
        elif two_people and not (is_paper(part) or is_office(part)):
            found.extend(halves)
        else:
            found.append(part)
    return [part.strip() for part in found if part.strip(EDGES)]
