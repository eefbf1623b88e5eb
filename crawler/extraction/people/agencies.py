"""News agencies and the papers and stations that bylines credit, each under one name.

A credit is printed in many ways: ``TTXVN``, ``Vietnam+``, ``vietnamplus.vn``; here they are one agency.
"""

from __future__ import annotations

import re

from crawler.extraction.text import tidy, unique

# Canonical name: other ways it is printed. Case, spaces, a domain's end and a word such as "Báo" in front do not count.
_KNOWN = r"""
TTXVN: Thông tấn xã Việt Nam | VNA | Vietnam News Agency | Vietnam+ | Vietnam Plus | BNews | VNA/Vietnam+
VOV: VOV1 | VOV2 | VOV3 | VOV4 | VOV5 | VOV Giao thông | Đài Tiếng nói Việt Nam | Voice of Vietnam
VTV: VTV1 | VTV3 | VTV4 | VTV24 | VTV Online | Đài Truyền hình Việt Nam
VTC News: VTC | VTC.vn
Chinhphu.vn: Chính phủ | VGP | VGP News | Báo Chính phủ | Báo điện tử Chính phủ | Cổng TTĐT Chính phủ | baochinhphu
    Cổng Thông tin điện tử Chính phủ
Nhân Dân: Nhân Dân điện tử | Nhân Dân Online | NDO
QĐND: Quân đội nhân dân | Quân đội nhân dân điện tử | QĐND Online | QDND
CAND: Công an nhân dân | CAND Online
ĐCSVN: Đảng Cộng sản Việt Nam | dangcongsan | Báo điện tử Đảng Cộng sản Việt Nam
VnExpress
VietNamNet: Vietnam Net | vietnamnet
Dân trí: Dantri
Tuổi Trẻ: Tuổi Trẻ Online | TTO | tuoitre
Thanh Niên: Thanh Niên Online | thanhnien
Tiền Phong: Tiền Phong Online | TPO | tienphong
Lao Động: LĐO | Lao Động Online | laodong
Người Lao Động: NLĐ | NLĐO | NLD | Người Lao Động Online
SGGP: Sài Gòn Giải Phóng | SGGP Online | SGGPO
Znews: Zing | ZingNews | zing.vn
Kênh 14
Sức khỏe & Đời sống: Sức khỏe và Đời sống | SKĐS | ĐSKV | Suckhoedoisong
Báo Tin tức: baotintuc
Vietnam Post: Vietnampost
Reuters: Thomson Reuters
AFP: Agence France-Presse | Agence France Presse
AP: Associated Press | AP News
dpa: Deutsche Presse-Agentur | dpa-infocom | dpa-AFX | dpa infocom GmbH
Xinhua: Tân Hoa Xã | Xinhua News Agency | Xinhuanet | THX | 新华社 | 新華社
Kyodo: Kyodo News | 共同通信 | 共同
Jiji: Jiji Press | 時事通信 | 時事
Yonhap: Yonhap News | Yonhap News Agency | 연합뉴스
Newsis: 뉴시스
News1: 뉴스1
TASS: ITAR-TASS | ТАСС
Interfax: Интерфакс
RIA Novosti: RIA | РИА Новости
Sputnik: Sputnik News | Sputnik International
Ukrinform: Укринформ
BBC: BBC News
CNN: CNN International
Bloomberg: Bloomberg News
UPI: United Press International
PA Media: Press Association
AAP: Australian Associated Press
The Canadian Press: La Presse Canadienne
PTI: Press Trust of India
ANI: Asian News International
IANS
Bernama
Antara: Antaranews
Anadolu Ajansı: Anadolu | Anadolu Agency | Anadolu News Agency
DHA: Demirören Haber Ajansı
İHA: İhlas Haber Ajansı
ANSA
Adnkronos
AGI: Agenzia Italia
EFE: Agencia EFE
Europa Press
Lusa: Agência Lusa
APA: Austria Presse Agentur
Keystone-SDA: SDA | ATS | Keystone-ATS
epd: Evangelischer Pressedienst
KNA: Katholische Nachrichten-Agentur
SID: Sport-Informations-Dienst
Belga: Agence Belga
ANP
NTB: Norsk Telegrambyrå
Ritzau
STT: Suomen Tietotoimisto
PAP: Polska Agencja Prasowa
ČTK: Česká tisková kancelář
BNS: Baltic News Service
ELTA
MTI
CNA: 中央社 | Focus Taiwan
Al Jazeera
Live Science: livescience
Daily Mail
Healthline
WebMD
"""
_DOMAIN_END = re.compile(r"(?:\.(?:com|net|org|gov|edu|co))?\.(?:[a-z]{2}|com|net|org|gov|news|info)$")
_IN_FRONT = re.compile(
    r"^(?:theo\s+)?(?:(?:hãng(?:\s+tin|\s+thông\s+tấn)?|báo(?:\s+điện\s+tử)?|đài|kênh(?=\s+\D)|trang|the)\s+)+"
)
_SEPARATOR = re.compile(r"\s*[,;/|&]\s*|\s+[-–—+]\s+|\s+(?:và|and|und|et|y|e|en|og|och|ja|i|ve|dan)\s+|[()\[\]]|\n")
_OUTER = " .,:;-–—•*|\"'“”…©()[]"
# Characters; a longer text is no name.
_LONGEST = 80


def agency_of(name: str) -> str | None:
    """The agency, paper or station that ``name`` alone stands for, under its one name; ``None`` for others."""
    if len(name) > _LONGEST:
        return None
    spelling = _spelling(name)
    return _BY_SPELLING.get(_squeezed(spelling)) or _BY_SPELLING.get(_squeezed(_IN_FRONT.sub("", spelling)))


def agencies_in(credit: str | None) -> list[str]:
    """The known agencies that a printed credit names, in order, each once: ``(dpa/AFP)`` is two."""
    if not credit:
        return []
    whole = agency_of(credit)
    parts = [whole] if whole else [agency_of(part) for part in _SEPARATOR.split(tidy(credit))]
    return unique([name for name in parts if name])


def _spelling(name: str) -> str:
    """``name`` case folded, without quotes, brackets and copyright mark around it and without a domain's end."""
    bare = tidy(name).strip(_OUTER).casefold()
    return _DOMAIN_END.sub("", bare.split("://")[-1].rstrip("/").removeprefix("www."))


def _squeezed(spelling: str) -> str:
    """What two ways to print a name have in common. A full stop counts: ``A.P`` are somebody's initials."""
    return "".join(char for char in spelling if char.isalnum() or char in "+.")


def _read_table(table: str) -> dict[str, str]:
    spellings: dict[str, str] = {}
    for line in table.replace("\n    ", " | ").split("\n"):
        name, _, others = line.partition(":")
        for printed in (name, *others.split("|")):
            if printed.strip():
                spellings[_squeezed(_spelling(printed))] = name.strip()
    return spellings


_BY_SPELLING = _read_table(_KNOWN)
