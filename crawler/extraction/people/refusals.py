"""What stands in the place of a name and is nobody: agencies, papers, offices, logins, placeholders, addresses."""

from __future__ import annotations

import re

from crawler.extraction.people.agencies import agency_of
from crawler.extraction.text import alternatives, words

_PLACEHOLDER = re.compile(
    "^"
    + alternatives(
        r"""
        bút danh | tác giả | admin(?:istrator)?\d* | root | user\d* | editors? | n/?a | null | none | undefined
        no author | pv | p\.v\.? | phóng viên | nhóm pv.{0,20} | nhóm p\.v | nhóm phóng viên | ctv | các ctv
        cộng tác viên | btv | bbt | ban biên tập | tòa soạn | toà soạn | tổng hợp | st | sưu tầm | internet
        quản trị(?: viên| mạng)? | webmaster | moderator | t/h | tư liệu | ảnh minh họa | ảnh minh hoạ
        đang cập nhật | email | bình luận | bạn đọc
        (?:ban|phòng) (?:bạn đọc|thời sự|kinh tế|văn hóa|phóng viên|chuyên đề)
        """
    )
    + "$",
    re.IGNORECASE,
)
_NEWSPAPER = re.compile(r"^(?:báo|tạp chí|thông tấn xã)\s+\w", re.IGNORECASE)
_PAPER = re.compile(r"^(?:báo|đài|tạp chí|cổng thông tin|trang tin|ban biên tập|thông tấn xã)\s+\w", re.IGNORECASE)
_ADDRESS = re.compile(r"@|https?:|www\.|\.(?:vn|com|net|org)\b", re.IGNORECASE)
# An account of the CMS: one word without a capital, or with digits or underscores, or two words run into one.
_LOGIN = re.compile(r"^(?:[a-z][a-z._-]{2,}|\w*[\d_]\w*|(?:[A-Z][a-z]+){2,}|@\w+)$", re.ASCII)
# Offices, places and forms of address that begin like a name.
_NO_PERSON = re.compile(
    "^"
    + alternatives(
        r"""
        ông | bà | đồng chí | huyện | xã | phường | thị trấn | thị xã | thành phố | tp | tỉnh | quận | đài
        thôn | ấp | bản | khóm | khu | trường | sở | ban | phòng | trung tâm | bệnh viện | ubnd | hđnd | công an
        hội | đoàn thanh niên | đảng | chi cục | cục | viện | công ty | tập đoàn | ngân hàng | hợp tác xã | htx
        câu lạc bộ | clb | giải | đội | mùa (?:xuân|hạ|hè|thu|đông|mưa|lũ|gặt) | tết | ngày | tháng | năm
        quốc lộ | cầu | chợ | sông | việt nam | đất nước | mẹ | hết | the end | phim
        """
    )
    + r"(?![^\W\d_])",
    re.IGNORECASE,
)
# Signatures of documents.
_HEAD_OF_OFFICE = re.compile(
    r"^(?:tm|kt|tl|tuq)\.|\b(?:ủy ban|uỷ ban|chủ tịch|giám đốc|hiệu trưởng|bí thư|tổng biên tập)\b", re.IGNORECASE
)
_NEVER_A_NAME = re.compile(
    r"(?:ông|bà|đồng chí|huyện|xã|phường|quận|tỉnh|tp|thị trấn|thị xã|ubnd|mùa|giải|tết|ngày|tháng|năm)\b",
    re.IGNORECASE,
)


def is_agency(name: str) -> bool:
    """Whether ``name`` is a credited agency, paper or web site."""
    bare = name.strip(" .()")
    parts = [bare] if "//" in bare else [part.strip() for part in bare.split("/") if part.strip()]
    return bool(parts) and all(
        agency_of(part) or _NEWSPAPER.match(part) or (_ADDRESS.search(part) and "@" not in part) for part in parts
    )


def is_own(name: str, own_names: tuple[str, ...]) -> bool:
    """Whether ``name`` is one of the paper's own names or marks."""
    return any(name.casefold() == own.casefold() for own in own_names)


def is_paper(name: str, own_names: tuple[str, ...] = ()) -> bool:
    """Whether ``name`` is a newspaper or broadcaster (``own_names`` among them), not a person."""
    return bool(_PAPER.match(name)) or is_own(name, own_names)


def is_placeholder(name: str) -> bool:
    """Whether ``name`` stands for nobody: a role, a login, an unfilled field."""
    return bool(_PLACEHOLDER.match(name.strip(" .")))


def is_login(name: str) -> bool:
    """Whether ``name`` is an account of the CMS (``thuhuyen``, ``user_12``); initials with full stops are none."""
    return bool(_LOGIN.match(name)) and not re.fullmatch(r"(?:[a-z]\.)+[a-z]?", name)


def is_address(name: str) -> bool:
    """Whether ``name`` is a web or mail address."""
    return bool(_ADDRESS.search(name))


def is_office(name: str) -> bool:
    """Whether ``name`` is an office, a place, or begins with a form of address.

    Two words are a pen name ("Trường Giang", "Ban Mai") unless the first can be nothing else.
    """
    name = name.strip()
    if _HEAD_OF_OFFICE.search(name):
        return True
    return bool(_NO_PERSON.match(name)) and (len(words(name)) > 2 or bool(_NEVER_A_NAME.match(name)))
