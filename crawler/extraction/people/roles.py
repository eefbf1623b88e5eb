"""What somebody did for an article (``Bài và ảnh: …``), told apart from the names."""

from __future__ import annotations

import re

from crawler.extraction.people.names import looks_like_names
from crawler.extraction.text import alternatives

_ROLE_WORD = alternatives(
    """
    tin | bài | ảnh | hình | hình ảnh | clip | video | phim | đồ họa | đồ hoạ | trình bày | thiết kế | kỹ thuật
    thực hiện | nội dung | tác giả | biên tập | tổng hợp | lược dịch | biên dịch | biên soạn | dịch | ghi | lược ghi
    bài viết | phóng sự | tranh | minh họa | minh hoạ | infographics? | text | photos? | âm thanh | dựng | quay phim
    nhóm pv | nhóm phóng viên | phóng viên | pv | ctv | người viết | ghi chép | bút ký | tùy bút | tản văn | truyện ngắn
    """
)
ROLES = re.compile(rf"(?<![^\W_]){_ROLE_WORD}(?:\s*(?:,|;|/|\+|-|–|&|và)\s*{_ROLE_WORD})*\s*:\s*", re.IGNORECASE)
# Another role word before a colon, told by the names behind it; and a role without a colon ("Ghi chép của …").
_OTHER_ROLE = re.compile(
    r"^(?!liên hệ|điện thoại|địa chỉ|hotline|email|giải|đội|người|học sinh|em\b|số|họ tên|nguồn)"
    r"[^\W\d_][^:;.!?\d“”\"]{1,30}:\s+(?=\S)",
    re.IGNORECASE,
)
_ROLE_BEFORE = re.compile(
    rf"^{_ROLE_WORD}(?:\s*(?:,|-|–|&|và)\s*{_ROLE_WORD})*\s+(?:của\s+|bởi\s+)?(?=[^\W\d_])", re.IGNORECASE
)
ROLE_ALONE = re.compile(rf"{_ROLE_WORD}(?:\s*(?:,|và|-)\s*{_ROLE_WORD})*", re.IGNORECASE)
_ROLE_BEHIND = re.compile(
    r"\s+(?:thực hiện|tổng hợp|lược dịch|biên dịch|biên soạn|dịch|lược ghi|ghi|sưu tầm)\s*$", re.IGNORECASE
)


def has_role(text: str) -> bool:
    """Whether a line begins with role words and a colon: ``Bài và ảnh: …``."""
    return bool(ROLES.match(text))


def without_role(text: str, unknown: bool = True) -> str:
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
