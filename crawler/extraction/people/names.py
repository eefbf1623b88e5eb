"""What can be a person's name on a Vietnamese page."""

from __future__ import annotations

import re

from crawler.extraction.people.parts import is_initials, split_names, without_brackets
from crawler.extraction.people.refusals import is_address, is_agency, is_office, is_placeholder
from crawler.extraction.text import alternatives, is_capitals, tidy, words

# The family names of nearly all Vietnamese, and of the larger minorities; a plain line must begin with one.
_SURNAMES = frozenset(
    """
    an âu bạch bàn bành bế bồ bùi ca cà cao cấn cầm châu chu chung cổ cù cung cư danh diệp doãn du dư dương đàm đào đặng
    điêu điểu đinh đoàn đỗ đổng đồng đường giàng giáp hà hạ hạng hàn hầu hoa hoàng hồ hờ hứa huỳnh kha khổng khuất khúc
    kiên kiều kim la lã lại lâm lê liêu liễu lò lỗ lộc lộ lục lường lương lưu lừu lý ly ma mã mạc mai mạnh mẫn mông mùa
    ngân nghiêm ngô ngọ nguyễn nhâm nhan ninh nông ông phạm phan phí phó phù phùng phương quách quan quàng quảng sầm sơn
    sùng sử tạ tẩn tăng tần thạch thái thào thân thẩm thi thiều thôi tiêu tô tôn tống trà trang trần triệu trịnh trình
    trương tụ từ tướng ty ứng ung uông vàng văn vạn vì vi viên vương vũ vừ võ vưu xa yên y
    """.split()
)
# Titles that stand before a name; they stay as printed and do not count as part of it.
_TITLE = re.compile(
    "^(?:"
    + alternatives(
        r"""
        BS | BSCKI{1,2} | BSCK\d? | ThS | TS | PGS | GS | KS | LS | NSƯT | NSND | CN | DS | ĐD | CKI{1,2} | TTƯT
        TTND | PGS\.?TS | GS\.?TS | Đại tá | Thượng tá | Trung tá | Thiếu tá | Đại úy | Thượng úy | Bác sĩ
        Thạc sĩ | Tiến sĩ | Luật sư | Nhà báo | Nhà văn | Nhà thơ | Lương y | Dược sĩ | Kỹ sư | Nhà giáo
        Nghệ nhân
        """
    )
    + r"[.,:]?(?:\s+|(?<=[.])))+"
)


def without_title(name: str) -> str:
    """``name`` without the title before it (``BS``, ``Lương y``)."""
    return _TITLE.sub("", name.strip())


def is_name(part: str, styled: bool) -> bool:
    """Whether ``part`` can be one person's name.

    ``styled`` says that the page sets the line apart (bold, to the right, an author class): then every word
    only has to begin with a capital. A plain line must be two to four words, in capitals or beginning with a
    family name, or initials.
    """
    part = without_title(part.strip(" ."))
    if not part or any(char.isdigit() for char in part) or any(char in part for char in '“”"!?%;:'):
        return False
    if is_placeholder(part) or is_initials(part) or is_agency(part):
        return True
    if is_address(part) or is_office(part):
        return False
    syllables = words(part)
    if not syllables or len(syllables) > (6 if styled else 4):
        return False
    if not all(syllable[:1].isupper() for syllable in syllables):
        return styled and _capitals_end(syllables)
    if styled:
        return True
    if is_capitals(part):
        return len(syllables) >= 2 or len(part) in range(2, 8)
    first = syllables[0].casefold()
    return len(syllables) >= 2 and (first in _SURNAMES or first[:2] in ("h'", "h’", "k'", "k’"))


def looks_like_names(text: str, styled: bool = False) -> bool:
    """Whether a short line can only be a signature: names or initials, and nothing else."""
    text = tidy(without_brackets(text))
    if not text or len(text) > (100 if styled else 60) or text[-1] in "!?…:;":
        return False
    names = split_names(text)
    return 0 < len(names) <= 6 and all(is_name(name, styled) for name in names)


def _capitals_end(syllables: list[str]) -> bool:
    """``Lương y ĐINH CÔNG BẢY``: the name is the part in capitals."""
    tail = [syllable for syllable in syllables if is_capitals(syllable)]
    return len(tail) >= 2 and syllables[-len(tail) :] == tail and len(tail) < len(syllables)
