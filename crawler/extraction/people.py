"""Bylines: who wrote, who photographed, which agency is credited.

A byline such as ``Tin, ảnh: P.Y`` or ``T.H (Theo TTXVN)`` is read into names as printed (titles and capitals
kept, role words left out) and a source. The paper itself, placeholders and logins are nobody's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.extraction.names import (
    is_address,
    is_agency,
    is_initials,
    is_name,
    is_office,
    is_own,
    is_paper,
    is_placeholder,
)
from crawler.extraction.text import alternatives, is_capitals, tidy, unique, words

_ROLE_WORD = alternatives(
    """
    tin | bài | ảnh | hình | hình ảnh | clip | video | phim | đồ họa | đồ hoạ | trình bày | thiết kế | kỹ thuật
    thực hiện | nội dung | tác giả | biên tập | tổng hợp | lược dịch | biên dịch | biên soạn | dịch | ghi | lược ghi
    bài viết | phóng sự | tranh | minh họa | minh hoạ | infographics? | text | photos? | âm thanh | dựng | quay phim
    nhóm pv | nhóm phóng viên | phóng viên | pv | ctv | người viết | ghi chép | bút ký | tùy bút | tản văn | truyện ngắn
    """
)
_ROLES = re.compile(rf"(?<![^\W_]){_ROLE_WORD}(?:\s*(?:,|;|/|\+|-|–|&|và)\s*{_ROLE_WORD})*\s*:\s*", re.IGNORECASE)
# Another role word before a colon, told by the names behind it; and a role without a colon ("Ghi chép của …").
_OTHER_ROLE = re.compile(
    r"^(?!liên hệ|điện thoại|địa chỉ|hotline|email|giải|đội|người|học sinh|em\b|số|họ tên|nguồn)"
    r"[^\W\d_][^:;.!?\d“”\"]{1,30}:\s+(?=\S)",
    re.IGNORECASE,
)
_ROLE_BEFORE = re.compile(
    rf"^{_ROLE_WORD}(?:\s*(?:,|-|–|&|và)\s*{_ROLE_WORD})*\s+(?:của\s+|bởi\s+)?(?=[^\W\d_])", re.IGNORECASE
)
_ROLE_ALONE = re.compile(rf"{_ROLE_WORD}(?:\s*(?:,|và|-)\s*{_ROLE_WORD})*", re.IGNORECASE)
_ROLE_BEHIND = re.compile(
    r"\s+(?:thực hiện|tổng hợp|lược dịch|biên dịch|biên soạn|dịch|lược ghi|ghi|sưu tầm)\s*$", re.IGNORECASE
)
_COMPILED = r"(?:(?:tổng hợp|lược dịch|dịch|biên dịch|sưu tầm|ghi)\s+)?(?:theo|từ|nguồn(?:\s+tin)?)"
_SOURCE = re.compile(rf"^\W*{_COMPILED}\s*:?\s+(?P<name>.+?)[\s.,;:]*$", re.IGNORECASE)
_SOURCE_TAIL = re.compile(
    r"\s*[-–,]?\s+(?:(?:tổng hợp|lược dịch|dịch)\s+)?theo\s*:?\s+(?P<name>[^()]+?)\s*$", re.IGNORECASE
)
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
# What a sentence or a law begins with, not a source.
_NO_SOURCE = re.compile(
    r"^(?:nghị định|nghị quyết|quyết định|thông tư|luật|bộ luật|kế hoạch|chỉ thị|công văn|điều|khoản)\b"
    r"|^(?:đó|ông|bà|anh|chị)\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s+[-–—+]\s+|\s*[,;|&]\s*|\s*/\s*|\s+và\s+|\s*[-–—]\s+|\s+[-–—]\s*|\s{3,}|\n")
_HYPHEN_PAIR = re.compile(r"(?<=[^\W\d_])\s*[-–—]\s*(?=[^\W\d_])")
_EDGES = " .,:;-–—•*|\"'“”…"
# Characters and words; longer lines are sentences.
_LONGEST_LINE = 160
_LONGEST_SOURCE = 60
_MOST_SOURCE_WORDS = 8


@dataclass(slots=True)
class Byline:
    """Names and credited source of one byline; ``explicit`` when a role word or "Theo" marked it as one."""

    authors: list[str] = field(default_factory=list)
    source: str | None = None
    explicit: bool = False


def read_byline(text: str, own_names: tuple[str, ...] = ()) -> Byline:
    """Read a byline as printed; line breaks part names. ``own_names`` are the paper's own, never an author."""
    byline = Byline()
    lines = [tidy(line).strip("•*|").strip() for line in text.split("\n")]
    names = [name for line in lines if line for name in _read_line(line, byline)]
    credited = [name for name in names if is_agency(name) and not is_own(name, own_names)]
    if credited and byline.source is None:
        byline.source = credited[0]
    people = [name for name in names if name not in credited and _is_somebody(name, own_names)]
    persons = [name for name in people if not is_office(name)]
    byline.authors = unique(persons or people)
    return byline


def is_byline(text: str, styled: bool = False) -> bool:
    """Whether a line is a byline: role words with names, a credited source, or a signature.

    ``styled`` says that the page sets the line apart (bold, to the right, an author class), which lets longer
    or odder names pass.
    """
    text = tidy(text)
    if styled and (text[0:1] in "*•|" or (text[0:1] in "-–—" and text[-1:] in "-–—")):
        text = text.strip("-–—*•| ")
    if not text or len(text) > _LONGEST_LINE or re.match(r"^[-–•+*]\s", text):
        return False
    if text[0] in "([" and text[-1] in ")]" and _stands_for_names(text[1:-1], styled):
        return True
    if has_role(text):
        rest = _parts(_ROLES.sub(" ; ", _without_brackets(text)))
        return 0 < len(rest) <= 8 and all(is_name(part, True) or _is_source(part) for part in rest)
    source = _SOURCE.match(_ROLES.split(_without_brackets(text))[0].rstrip(" -–;,")) or _SOURCE.match(
        text.strip("()[] ")
    )
    if source:
        return _is_source(source["name"], text)
    bare = _without_brackets(text)
    bracketed = any(_SOURCE.match(inner) or is_agency(inner) for inner in _inner(text))
    if bracketed and not bare.strip(_EDGES):
        return True
    tail = _SOURCE_TAIL.search(bare)
    if tail and tail.start() > 0:
        return _is_source(tail["name"]) and looks_like_names(bare[: tail.start()], styled=True)
    # An unknown word before a colon is a role only where the line is set apart.
    by_role = _without_role(bare, unknown=styled)
    return looks_like_names(by_role, styled or bracketed or by_role != bare)


def _stands_for_names(inner: str, styled: bool) -> bool:
    """Whether a line that is one bracket holds a role word alone or, set apart, names."""
    return bool(_ROLE_ALONE.fullmatch(inner.strip())) or (styled and looks_like_names(inner, styled))


def has_role(text: str) -> bool:
    """Whether a line begins with role words and a colon: ``Bài và ảnh: …``."""
    return bool(_ROLES.match(text))


def looks_like_names(text: str, styled: bool = False) -> bool:
    """Whether a short line can only be a signature: names or initials, and nothing else."""
    text = tidy(_without_brackets(text))
    if not text or len(text) > (100 if styled else 60) or text[-1] in "!?…:;":
        return False
    parts = _parts(text)
    return 0 < len(parts) <= 6 and all(is_name(part, styled) for part in parts)


# -- one line ---------------------------------------------------------------------------------------------------


def _read_line(text: str, byline: Byline) -> list[str]:
    """Take source and role words of one line into ``byline``; returns what is left as names."""
    text = _take_brackets(text, byline)
    if not has_role(text):
        whole = _SOURCE.match(text)
        if whole:
            byline.explicit = True
            return _credited(whole["name"], byline)
        tail = _SOURCE_TAIL.search(text)
        if tail and tail.start() > 0:
            byline.explicit = True
            byline.source = byline.source or _tidy_source(tail["name"])
            text = text[: tail.start()]
    if _ROLES.search(text):
        byline.explicit = True
        text = _ROLES.sub(" ; ", text)
    else:
        text = _without_role(text)
    agency = is_agency(text)
    return [text.strip(_EDGES)] if agency else [_name(part) for part in _parts(text)]


def _take_brackets(text: str, byline: Byline) -> str:
    """Read each bracket whole: a source is credited, roles, places and functions go."""
    if text[:1] in "([" and text[-1:] in ")]" and looks_like_names(text[1:-1], styled=True) and not is_agency(text):
        return text[1:-1]
    credits = bool(_SOURCE.match(text))
    for inner in _inner(text):
        source = _SOURCE.match(inner)
        name = source["name"] if source else inner
        # "Theo T.Lan (Dân Việt)": behind "Theo" the bracket holds the paper, known to us or not.
        if (source or is_agency(inner) or (credits and inner[:1].isupper())) and byline.source is None:
            byline.source, byline.explicit = _tidy_source(name), True
    return _without_brackets(text)


def _credited(name: str, byline: Byline) -> list[str]:
    """``Theo Hà An/VOV`` credits VOV and names Hà An; ``Theo TTXVN/Vietnam+`` credits what is printed."""
    if is_agency(name):
        byline.source = byline.source or _tidy_source(name)
        return []
    parts = [part.strip() for part in re.split(r"\s*/\s*|\s+[-–]\s+", _ROLES.split(name)[0]) if part.strip(_EDGES)]
    person = bool(parts) and is_name(parts[0], True)
    if person and byline.source:
        return [] if is_placeholder(parts[0]) else parts[:1]
    if person and len(parts) > 1 and is_agency(parts[-1]):
        byline.source = byline.source or _tidy_source(parts[-1])
        return [] if is_agency(parts[0]) else parts[:1]
    byline.source = byline.source or _tidy_source(parts[0] if len(parts) == 1 else name)
    return []


def _without_role(text: str, unknown: bool = True) -> str:
    """``text`` without a role in front of or behind the names that tell it; ``unknown`` admits any word as role."""
    bare = _ROLE_BEHIND.sub("", text)
    if bare != text and looks_like_names(bare, styled=True):
        return bare
    for role in (_ROLE_BEFORE, _OTHER_ROLE) if unknown else (_ROLE_BEFORE,):
        match = role.match(text)
        rest = text[match.end() :] if match else ""
        if rest[:1].isupper() and looks_like_names(rest, styled=True):
            return rest
    return text


def _inner(text: str) -> list[str]:
    return [(match[1] or match[2] or "").strip() for match in _BRACKETS.finditer(text)]


def _without_brackets(text: str) -> str:
    return _BRACKETS.sub(" ", text)


def _tidy_source(text: str) -> str | None:
    return tidy(text).strip(" .,;:-–—•*|()[]") or None


def _is_source(name: str, line: str = "") -> bool:
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


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    for part in _SEPARATOR.split(text):
        # "MINH ANH-THU HÀ": a bare hyphen separates names when both sides are names of two words or more.
        halves = _HYPHEN_PAIR.split(part)
        if len(halves) > 1 and all(len(words(half)) >= 2 or is_initials(half) for half in halves):
            parts.extend(halves)
        else:
            parts.append(part)
    return [part.strip() for part in parts if part.strip(_EDGES)]


def _name(part: str) -> str:
    part = tidy(part)
    # Initials keep their last full stop: "T.H." is printed so.
    return part.strip(_EDGES.replace(".", "")) if is_initials(part) else part.strip(_EDGES)


def _is_somebody(name: str, own_names: tuple[str, ...]) -> bool:
    if not name or is_placeholder(name) or is_address(name) or is_paper(name, own_names):
        return False
    return any(char.isalpha() for char in name) and len(words(name)) <= 8
