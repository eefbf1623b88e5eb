"""What is a person's name on a Vietnamese page, and what is an agency, a paper, an office or a placeholder."""

from __future__ import annotations

import re

from crawler.extraction.text import alternatives, is_capitals, words

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
#: Agencies and papers that bylines credit, some by their marks.
_AGENCY = re.compile(
    "^"
    + alternatives(
        r"""
        ttxvn | thông tấn xã việt nam | vietnam\s?(?:\+|plus) | vov\d? | vtv\d? | vtc(?: news)? | vietnam\s?net
        vietnam\s?post | vnexpress | vna | vgp(?: news)? | xinhua | tân hoa xã | reuters | afp | ap | kyodo
        yonhap | bbc | cnn | tass | pv/ttxvn | sputnik | znews | zing(?:news)? | dân trí | tuổi trẻ(?: online)?
        tto | thanh niên(?: online)? | lao động | kênh\s?14 | nhân dân(?: điện tử)? | người lao động | nlđo?
        tiền phong | tpo | sggpo? | sggp online | cand | qđnd | skđs | đskv | sức khỏe (?:và|&) đời sống
        chính phủ | baochinhphu | chinhphu | livescience | daily ?mail | healthline | webmd
        """
    )
    + "$",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    "^"
    + alternatives(
        r"""
        bút danh | tác giả | admin(?:istrator)? | root | user\d* | editor | n/?a | null | none | undefined
        no author | pv | p\.v\.? | phóng viên | nhóm pv.{0,20} | nhóm p\.v | nhóm phóng viên | ctv | các ctv
        cộng tác viên | btv | bbt | ban biên tập | tòa soạn | toà soạn | tổng hợp | st | sưu tầm | internet
        tư liệu | ảnh minh họa | ảnh minh hoạ | đang cập nhật | email | bình luận | bạn đọc
        (?:ban|phòng) (?:bạn đọc|thời sự|kinh tế|văn hóa|phóng viên|chuyên đề)
        """
    )
    + "$",
    re.IGNORECASE,
)
_NEWSPAPER = re.compile(r"^(?:báo|tạp chí|thông tấn xã)\s+\w", re.IGNORECASE)
_PAPER = re.compile(r"^(?:báo|đài|tạp chí|cổng thông tin|trang tin|ban biên tập|thông tấn xã)\s+\w", re.IGNORECASE)
_ADDRESS = re.compile(r"@|https?:|www\.|\.(?:vn|com|net|org)\b", re.IGNORECASE)
_INITIALS = re.compile(r"^(?:[^\W\d_]{1,3}\.\s?)+[^\W\d_]{0,8}\.?$|^[A-ZĐ]{1,3}\.?[A-ZĐ]{0,3}\.?$")
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
        _AGENCY.match(part) or _NEWSPAPER.match(part) or (_ADDRESS.search(part) and "@" not in part) for part in parts
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


def is_initials(name: str) -> bool:
    """Whether ``name`` is printed as initials: ``P.Y``, ``T.H``, ``HV``."""
    return bool(_INITIALS.match(name.strip()))


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


def _capitals_end(syllables: list[str]) -> bool:
    """``Lương y ĐINH CÔNG BẢY``: the name is the part in capitals."""
    tail = [syllable for syllable in syllables if is_capitals(syllable)]
    return len(tail) >= 2 and syllables[-len(tail) :] == tail and len(tail) < len(syllables)
