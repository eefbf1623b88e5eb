"""Bylines: who wrote, who photographed, which agency is credited.

A byline such as ``Tin, ảnh: P.Y`` or ``T.H (Theo TTXVN)`` is read into names as printed (titles and capitals
kept, role words left out) and a source. The paper itself, placeholders and logins are nobody's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.extraction.people.names import is_name, looks_like_names
from crawler.extraction.people.parts import EDGES, in_brackets, is_initials, split_names, without_brackets
from crawler.extraction.people.refusals import (
    is_address,
    is_agency,
    is_login,
    is_office,
    is_own,
    is_paper,
    is_placeholder,
)
from crawler.extraction.people.roles import ROLES, has_role, without_role
from crawler.extraction.people.sources import SOURCE, SOURCE_TAIL, tidy_source
from crawler.extraction.text import tidy, unique, words

# "(từ Paris)" says where somebody is.
_FROM = re.compile(r"\W*từ\s", re.IGNORECASE)
_COMPILED = re.compile(r"(?<![^\W_])t/h(?![^\W_])", re.IGNORECASE)


@dataclass(slots=True)
class Byline:
    """Names and credited source of one byline; ``explicit`` when a role word or "Theo" marked it as one."""

    authors: list[str] = field(default_factory=list)
    source: str | None = None
    explicit: bool = False


def read_byline(text: str, own_names: tuple[str, ...] = ()) -> Byline:
    """Read a byline as printed; line breaks part names. ``own_names`` are the paper's own, never an author."""
    byline = Byline()
    lines = [tidy(_COMPILED.sub("", line)).strip("•*|").strip() for line in text.split("\n")]
    names = [name for line in lines if line for name in _read_line(line, byline)]
    credited = [name for name in names if is_agency(name) and not is_own(name, own_names)]
    if credited and byline.source is None:
        byline.source = credited[0]
    people = [name for name in names if name not in credited and _is_somebody(name, own_names)]
    persons = [name for name in people if not is_office(name)]
    byline.authors = unique(persons or people)
    return byline


# -- one line ---------------------------------------------------------------------------------------------------


def _read_line(text: str, byline: Byline) -> list[str]:
    """Take source and role words of one line into ``byline``; returns what is left as names."""
    text = _take_brackets(text, byline)
    if not has_role(text):
        whole = SOURCE.match(text)
        if whole:
            byline.explicit = True
            return _credited(whole["name"], byline)
        tail = SOURCE_TAIL.search(text)
        if tail and tail.start() > 0:
            byline.explicit = True
            byline.source = byline.source or tidy_source(tail["name"])
            text = text[: tail.start()]
    if ROLES.search(text):
        byline.explicit = True
        text = ROLES.sub(" ; ", text)
    else:
        text = without_role(text)
    agency = is_agency(text)
    return [text.strip(EDGES)] if agency else [_name(part) for part in split_names(text)]


def _take_brackets(text: str, byline: Byline) -> str:
    """Read each bracket whole: a source is credited, roles, places and functions go."""
    inner = text[1:-1] if text[:1] in "([" and text[-1:] in ")]" else ""
    if inner and (has_role(inner) or looks_like_names(inner, styled=True)) and not is_agency(text):
        return inner
    credits = bool(SOURCE.match(text))
    for inner in in_brackets(text):
        source = SOURCE.match(inner)
        name = source["name"] if source else inner
        if source and _FROM.match(inner) and not is_agency(name):
            continue
        # "Theo T.Lan (Dân Việt)": behind "Theo" the bracket holds the paper, known to us or not.
        if (source or is_agency(inner) or (credits and inner[:1].isupper())) and byline.source is None:
            byline.source, byline.explicit = tidy_source(name), True
    return without_brackets(text)


def _credited(name: str, byline: Byline) -> list[str]:
    """``Theo Hà An/VOV`` credits VOV and names Hà An; ``Theo TTXVN/Vietnam+`` credits what is printed."""
    if is_agency(name):
        byline.source = byline.source or tidy_source(name)
        return []
    parts = [part.strip() for part in re.split(r"\s*/\s*|\s+[-–]\s+", ROLES.split(name)[0]) if part.strip(EDGES)]
    person = bool(parts) and is_name(parts[0], True)
    if person and byline.source:
        return [] if is_placeholder(parts[0]) else parts[:1]
    if person and len(parts) > 1 and is_agency(parts[-1]):
        byline.source = byline.source or tidy_source(parts[-1])
        return [] if is_agency(parts[0]) else parts[:1]
    byline.source = byline.source or tidy_source(parts[0] if len(parts) == 1 else name)
    return []


def _name(part: str) -> str:
    part = tidy(part)
    # Initials keep their last full stop: "T.H." is printed so.
    return part.strip(EDGES.replace(".", "")) if is_initials(part) else part.strip(EDGES)


def _is_somebody(name: str, own_names: tuple[str, ...]) -> bool:
    if not name or is_placeholder(name) or is_address(name) or is_paper(name, own_names):
        return False
    return any(char.isalpha() for char in name) and len(words(name)) <= 8 and not is_login(name)
