"""Bylines: who wrote, who photographed, which agency is credited.

A byline such as ``Tin, ảnh: P.Y`` or ``T.H (Theo TTXVN)`` is read into names as printed (titles and capitals
kept, role words left out) and a source. The paper itself, placeholders and logins are nobody's name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawler.extraction.text import alternatives, is_capitals, tidy, unique, words

_ROLE_WORD = alternatives(
    """
    tin | bài | ảnh | hình | hình ảnh | clip | video | phim | đồ họa | đồ hoạ | trình bày | thiết kế | kỹ thuật
    thực hiện | nội dung | tác giả | biên tập | tổng hợp | lược dịch | biên dịch | biên soạn | dịch | ghi | lược ghi
    bài viết | phóng sự | tranh | minh họa | minh hoạ | infographics? | text | photos? | âm thanh | dựng | quay phim
    nhóm pv | nhóm phóng viên | phóng viên | pv | ctv | người viết | ghi chép | bút ký | tùy bút | tản văn
    """
)
_ROLES = re.compile(
    rf"(?<![^\W_])(?:{_ROLE_WORD})(?:\s*(?:,|;|/|\+|-|–|&|và)\s*(?:{_ROLE_WORD}))*\s*:\s*", re.IGNORECASE
)
# Another role word before a colon, told by the names behind it; and a role without a colon ("Ghi chép của …").
_OTHER_ROLE = re.compile(r"^[^\W\d_][^:;.!?\d“”\"]{1,30}:\s+(?=\S)")
_ROLE_BEFORE = re.compile(
    rf"^{_ROLE_WORD}(?:\s*(?:,|-|–|&|và)\s*{_ROLE_WORD})*\s+(?:của\s+|bởi\s+)?(?=[^\W\d_])", re.IGNORECASE
)
# Roles written without a colon ("Thực hiện Minh Anh" never occurs; "(thực hiện)" and "(ghi)" after a name do).
_ROLE_AFTER = re.compile(rf"\(\s*(?:{_ROLE_WORD})(?:\s*(?:,|và|-)\s*(?:{_ROLE_WORD}))*\s*\)", re.IGNORECASE)
_COMPILED = r"(?:(?:tổng hợp|lược dịch|dịch|biên dịch|sưu tầm|ghi)\s+)?(?:theo|từ|nguồn(?:\s+tin)?)"
_SOURCE_IN_BRACKETS = re.compile(rf"\(\s*{_COMPILED}\s*:?\s+([^()]+?)\s*\)", re.IGNORECASE)
_SOURCE = re.compile(rf"^\W*{_COMPILED}\s*:?\s+(?P<name>.+?)[\s.,;:)\]]*$", re.IGNORECASE)
_SOURCE_TAIL = re.compile(
    r"\s*[-–,]?\s+(?:\(|(?:tổng hợp|lược dịch|dịch)\s+)?theo\s*:?\s+(?P<name>[^()]+?)\)?\s*$", re.IGNORECASE
)
# Agencies and papers that bylines credit in the place of a person.
_AGENCY = re.compile(
    "^"
    + alternatives(
        r"""
        ttxvn | thông tấn xã việt nam | vietnam\s?\+ | vietnamplus | vov\d? | vtv\d? | vtc(?: news)? | vietnam\s?net
        vnexpress | vna | vgp(?: news)? | xinhua | tân hoa xã | reuters | afp | ap | kyodo | yonhap | bbc | cnn | tass
        sputnik | znews | zing(?:news)? | dân trí | tuổi trẻ(?: online)? | tto | thanh niên(?: online)? | lao động
        nhân dân(?: điện tử)? | người lao động | nlđo? | tiền phong | tpo | sggpo? | cand | qđnd | skđs
        sức khỏe (?:và|&) đời sống | chính phủ | baochinhphu | chinhphu
        """
    )
    + "$",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_SEPARATOR = re.compile(r"\s+[-–—]\s+|\s*[,;|&+]\s*|\s*/\s*|\s+và\s+|\s*[-–—]\s+|\s+[-–—]\s*|\s{3,}")
_HYPHEN_PAIR = re.compile(r"(?<=[^\W\d_])\s*[-–—]\s*(?=[^\W\d_])")
_EDGES = " .,;:-–—•*|()[]\"'“”…"
_PLACEHOLDER = re.compile(
    "^"
    + alternatives(
        r"""
        bút danh | tác giả | admin(?:istrator)? | root | user\d* | editor | n/?a | null | none | undefined | no author
        pv | p\.v\.? | phóng viên | nhóm pv | nhóm p\.v | nhóm phóng viên | ctv | btv | bbt | ban biên tập | tòa soạn
        toà soạn | tổng hợp | st | sưu tầm | internet | đang cập nhật | email | bình luận | ảnh minh họa | ảnh minh hoạ
        """
    )
    + "$",
    re.IGNORECASE,
)
_PAPER = re.compile(r"^(?:báo|đài|tạp chí|cổng thông tin|trang tin|ban biên tập)\s+\w", re.IGNORECASE)
_ADDRESS = re.compile(r"@|https?:|www\.|\.(?:vn|com|net|org)\b", re.IGNORECASE)
_INITIALS = re.compile(r"^(?:[^\W\d_]{1,3}\.\s?)+[^\W\d_]{0,4}\.?$|^[A-ZĐ]{1,3}\.?[A-ZĐ]{0,3}\.?$")
# Titles that stand before a name; they stay as printed and do not count as part of it.
_TITLE = re.compile(
    "^"
    + alternatives(
        r"""
        BS | BSCKI{1,2} | BSCK\d? | ThS | TS | PGS | GS | KS | LS | NSƯT | NSND | CN | DS | ĐD | CKI{1,2} | TTƯT | TTND
        PGS\.?TS | GS\.?TS | Đại tá | Thượng tá | Trung tá | Thiếu tá | Bác sĩ | Thạc sĩ | Tiến sĩ | Luật sư | Nhà báo
        Nhà văn | Nhà thơ
        """
    )
    + r"[.,:]?(?:\s+|(?<=[.]))"
)


@dataclass(slots=True)
class Byline:
    """Names and credited source of one byline; ``explicit`` when a role word or "Theo" marked it as one."""

    authors: list[str] = field(default_factory=list)
    source: str | None = None
    explicit: bool = False


def read_byline(text: str, own_names: tuple[str, ...] = ()) -> Byline:
    """Read a byline as printed. ``own_names`` are names of the paper itself, never an author."""
    text = tidy(text).strip("•*|").strip()
    byline = Byline()
    if not text:
        return byline
    text = _take_source(text, byline)
    text = _ROLE_AFTER.sub(" ", text)
    if _ROLES.search(text):
        byline.explicit = True
        text = _ROLES.sub(" ; ", text)
    else:
        text = _without_role(text)
    names = list(map(_name, _split(_IN_BRACKETS.sub(_agency_outside, text))))
    credited = [name for name in names if _AGENCY.match(name) or (_ADDRESS.search(name) and "@" not in name)]
    if credited and byline.source is None:
        byline.source = credited[0]
    byline.authors = unique([name for name in names if name not in credited and _is_somebody(name, own_names)])
    return byline


def looks_like_names(text: str, styled: bool = False) -> bool:
    """Whether a short line can only be a signature: names or initials, and nothing else.

    ``styled`` says that the page sets the line apart (bold, right-aligned, an author class), which lets
    longer or odder names pass.
    """
    text = tidy(text)
    if not text or len(text) > (100 if styled else 60) or text[-1] in "!?…:;" or any(c in text for c in '“”"!?%'):
        return False
    text = _ROLE_AFTER.sub(" ", _SOURCE_IN_BRACKETS.sub(" ", text))
    parts = [part for part in _split(_IN_BRACKETS.sub(_agency_outside, text)) if part]
    return bool(parts) and len(parts) <= 6 and all(_is_name(_TITLE.sub("", part), styled) for part in parts)


def is_byline(text: str, styled: bool = False) -> bool:
    """Whether a line is a byline: role words with names, a credited source, or a signature."""
    text = tidy(text)
    if not text or len(text) > 160:
        return False
    match = _ROLES.match(text)
    if match:
        rest = [part for part in _split(_ROLES.sub(" ; ", _SOURCE_IN_BRACKETS.sub(" ", text))) if part]
        return bool(rest) and len(rest) <= 8 and all(_is_name(_TITLE.sub("", part), True) for part in rest)
    bracketed = _SOURCE_IN_BRACKETS.search(text)
    if bracketed:
        rest_text = (text[: bracketed.start()] + text[bracketed.end() :]).strip(_EDGES)
        return len(words(bracketed[1])) <= 8 and (not rest_text or looks_like_names(rest_text, styled=True))
    source = _SOURCE.match(text)
    if source:
        return _is_source(source["name"], text)
    tail = _SOURCE_TAIL.search(text)
    if tail and tail.start() > 0:
        return _is_source(tail["name"], tail["name"]) and looks_like_names(text[: tail.start()], styled=True)
    if styled and _without_role(text) != text:
        return True
    return looks_like_names(text, styled)


def is_paper(name: str, own_names: tuple[str, ...] = ()) -> bool:
    """Whether ``name`` is a newspaper or broadcaster, not a person."""
    folded = name.casefold()
    return bool(_PAPER.match(name)) or any(folded == own.casefold() for own in own_names)


def _without_role(text: str) -> str:
    """``text`` without a role in front that is told by the names behind it."""
    for role in (_ROLE_BEFORE, _OTHER_ROLE):
        match = role.match(text)
        rest = text[match.end() :] if match else ""
        if rest[:1].isupper() and looks_like_names(rest, styled=True):
            return rest
    return text


def _take_source(text: str, byline: Byline) -> str:
    match = _SOURCE_IN_BRACKETS.search(text)
    if not match:
        whole = _SOURCE.match(text)
        if whole and not _ROLES.match(text):
            byline.source, byline.explicit = _source_name(whole["name"]), True
            return ""
        match = _SOURCE_TAIL.search(text)
        if match and not match.start():
            match = None
    if not match:
        return text
    byline.source, byline.explicit = _source_name(match[1]), True
    return text[: match.start()] + " " + text[match.end() :]


def _agency_outside(match: re.Match[str]) -> str:
    """``Hoàng Hà (TTXVN)`` as two names; other brackets stay with the name."""
    return f" ; {match[1]}" if _AGENCY.match(match[1].strip()) else match[0]


def _source_name(text: str) -> str | None:
    return tidy(text).strip(" .,;:-–—•*|()[]") or None


def _is_source(name: str, line: str) -> bool:
    """A credited source is short and a name; "Theo kế hoạch, năm nay …" begins a sentence."""
    count = len(words(name))
    if count > 7 or len(name) > 60 or re.search(r"[,;:!?…]\s", name):
        return False
    first = name.lstrip("“\"'(")[:1]
    return first.isupper() or first.isdigit() or bool(_ADDRESS.search(name)) or (count <= 3 and not line.endswith("."))


def _split(text: str) -> list[str]:
    parts: list[str] = []
    for part in _SEPARATOR.split(text):
        # "MINH ANH-THU HÀ": a bare hyphen separates names when both sides are names of two words or more.
        halves = _HYPHEN_PAIR.split(part)
        if len(halves) > 1 and all(len(words(half)) >= 2 or _INITIALS.match(half.strip()) for half in halves):
            parts.extend(halves)
        else:
            parts.append(part)
    return [part.strip() for part in parts if part.strip(_EDGES)]


def _name(part: str) -> str:
    part = tidy(part)
    bare = part.strip(_EDGES)
    # Initials keep their last full stop: "T.H." is printed so.
    return part.strip(_EDGES.replace(".", "")) if _INITIALS.match(part) else bare


def _is_name(part: str, styled: bool) -> bool:
    part = part.strip(" .")
    if _AGENCY.match(part):
        return True
    if not part or _ADDRESS.search(part) or any(char.isdigit() for char in part):
        return False
    if _PLACEHOLDER.match(part) or _INITIALS.match(part):
        return True
    syllables = words(part)
    if not syllables or len(syllables) > (6 if styled else 5):
        return False
    if is_capitals(part):
        return len(syllables) >= 2 or styled
    if len(syllables) < 2 and not styled:
        return False
    return all(syllable[:1].isupper() for syllable in syllables)


def _is_somebody(name: str, own_names: tuple[str, ...]) -> bool:
    if not name or _PLACEHOLDER.match(name) or _ADDRESS.search(name) or is_paper(name, own_names):
        return False
    return any(char.isalpha() for char in name) and len(words(name)) <= 8
