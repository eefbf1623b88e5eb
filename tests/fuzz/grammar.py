"""Inputs put together from pieces that newspapers print, and from such that none should."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

Maker = Callable[[Random], str]

_DAYS = ("Thứ Hai", "Thứ 4", "Thứ sáu", "thứ bảy", "Chủ nhật", "CN", "T2", "Thu 5", "Monday", "THỨ BA")
_SEPARATORS = (" ", ", ", " - ", " | ", ": ", "/", "-", ".", "\n", "\t", "\u00a0", " ngày ", " lúc ", "", "T", " – ")
_ZONES = ("", "Z", "+07:00", "+0700", " +07", " GMT+7", " [GMT +7]", " (GMT+7)", "-0330", "+99:99", " UTC", " ICT")
_LABELS = ("", "Cập nhật: ", "Cập nhật lúc ", "Đăng ngày ", "Ngày đăng: ", "Published: ", "Xuất bản ")
_HALVES = ("", " AM", " PM", " SA", " CH", " am", "sáng", " chiều")
_RUBBISH = (
    *("\x00", "\ufffd", "\ud800", "٣", "½", "१२", "０１", "²", "%", "{{date}}", "&#160;", "​", "\u202e", "İ", "ß", "ﬁ"),
    *("0", "00", "-1", "999999999999", "1e9", "null", "undefined", "🙂", "é", "//", "(", ")", "[", ";", "'", '"', "\\"),
)
_NAMES = (
    *("HÀ AN", "Hà An", "P.Y", "T.H", "Nguyễn Văn Bé", "BS Lê Thị Mơ", "H'Len Niê", "ÁI LAM", "Thu Hà - Minh Anh"),
    *("PV", "admin", "TTXVN", "VOV", "Vietnam+", "Báo Sông Mây", "John Smith", "a@b.vn", "http://x.vn", "K'Brêu"),
)
_ROLES = ("Tin, ảnh: ", "Bài và ảnh: ", "Ảnh: ", "Thực hiện: ", "Theo ", "(Theo ", "Nguồn: ", "Tác giả: ", "Clip: ", "")
_JOINTS = (" - ", ", ", "/", " và ", "; ", " | ", "–", "\n", "-", " (", ") ", " & ", " • ", "", ":", "...", " theo ")
_KEYS = (
    *("@graph", "@id", "author", "name", "headline", "datePublished", "dateModified", "itemListElement", "item", "url"),
    *("mainEntityOfPage", "articleSection", "keywords", "image", "description", "publisher"),
)
_TYPES = ("NewsArticle", "BreadcrumbList", "http://schema.org/NewsArticle", ["Article", 1], "Organization", None)


def pick(random: Random, pieces: Sequence[str]) -> str:
    """One of ``pieces``, now and then rubbish instead."""
    return random.choice(_RUBBISH) if random.random() < 0.04 else random.choice(pieces)


def _number(random: Random) -> str:
    most = random.choice((12, 31, 60, 99, 2100, 10**6))
    text = str(random.randrange(most))
    return text.zfill(2) if random.random() < 0.6 else text


def _year(random: Random) -> str:
    return pick(random, ("2024", "2026", "1997", "1900", "0000", "9999", "24", "99", "20245"))


def _time(random: Random) -> str:
    marks = random.choice(((":", ":"), ("h", ":"), (" giờ ", " phút "), (".", "."), ("g", ""), (":", "")))
    parts = [_number(random), marks[0], _number(random)]
    parts += [marks[1], _number(random)] if random.random() < 0.4 else []
    return "".join(parts) + pick(random, _HALVES)


def _day(random: Random) -> str:
    mark = random.choice(("/", "-", ".", " / ", " tháng ", "|"))
    parts = [_number(random), _number(random), _year(random)]
    if random.random() < 0.3:
        return f"ngày {parts[0]} tháng {parts[1]} năm {parts[2]}"
    return mark.join(reversed(parts) if random.random() < 0.3 else parts)


def date(random: Random) -> str:
    """A date as printed or as machines write it, or nearly one."""
    pieces = [_day(random), _time(random), pick(random, _DAYS), pick(random, _ZONES), pick(random, _LABELS)]
    random.shuffle(pieces)
    if random.random() < 0.5:
        pieces = [pick(random, _LABELS), pick(random, _DAYS), _day(random), _time(random), pick(random, _ZONES)]
    text = "".join(piece + pick(random, _SEPARATORS) for piece in pieces[random.randrange(3) :])
    return spoilt(random, text)


def byline(random: Random) -> str:
    """A byline, or nearly one."""
    parts = [pick(random, _ROLES)]
    for _ in range(random.choice((1, 1, 2, 3, 12))):
        parts += [pick(random, _NAMES), pick(random, _JOINTS)]
    return spoilt(random, "".join(parts))


def json_ld(random: Random) -> str:
    """A JSON-LD block with the dirt templates put into it, up to rubbish."""
    text = json.dumps(_value(random, 3), ensure_ascii=random.random() < 0.5, indent=random.choice((None, 1)))
    for wrong, instead in (
        ('"}', '",}'),
        ("]", ",]"),
        (": ", ": /* x */"),
        (', "', ',\n// x\n"'),
        ("Hà", "H\nà"),
        ('"', "&quot;"),
    ):
        if random.random() < 0.15:
            text = text.replace(wrong, instead)
    return spoilt(
        random, random.choice(("", "<!--", "/*<![CDATA[*/")) + text + random.choice(("", "-->", ";", "/*]]>*/"))
    )


def _value(random: Random, depth: int) -> Any:
    if depth == 0 or random.random() < 0.2:
        return random.choice((None, True, 0, -1.5, "", [], {}, byline(random), date(random), "https://a.test/b1.html"))
    if random.random() < 0.25:
        return [_value(random, depth - 1) for _ in range(random.randrange(4))]
    found = {key: _value(random, depth - 1) for key in random.sample(_KEYS, random.randrange(1, 7))}
    return found | {"@type": random.choice(_TYPES)}


def spoilt(random: Random, text: str) -> str:
    """``text``, in one of three cases with pieces cut, doubled, moved or replaced by rubbish."""
    if random.random() < 0.67:
        return text
    for _ in range(random.randrange(1, 4)):
        at, end = sorted((random.randrange(len(text) + 1), random.randrange(len(text) + 1)))
        part = text[at:end]
        text = text[:at] + random.choice(("", part * 2, random.choice(_RUBBISH), part[::-1], part.upper())) + text[end:]
    return text * (30 if random.random() < 0.03 else 1)
