"""Whether a line is nothing but a date."""

from __future__ import annotations

import re

from crawler.extraction.dates.forms import clocks, days, rewritten
from crawler.extraction.text import alternatives, tidy

# Characters; a longer line is a sentence.
_LONGEST = 100
# What may stand around a date: labels, weekdays, zones and the small words between.
_AROUND = re.compile(
    r"\b"
    + alternatives(
        r"""
        cập nhật | ngày đăng | đăng | đăng tải | xuất bản | lúc | ngày | giờ | phút | năm | thứ \w+
        chủ nhật | cn | t[2-7] | (?:GMT|UTC) ?[+-]? ?\d*(?::\d\d)? | [A-Z]{3,4}T | published | publish date
        posted | updated | last | modified | date | time | on | at | by | first | uhr | um | am | stand
        veröffentlicht | aktualisiert | erstellt | vom | publié | mis à jour | modifié | le | à | publicado
        actualizado | actualizada | el | a | la | las | hs? | horas? | às | em | pubblicato | aggiornato | il
        alle | ore | del | gepubliceerd | geplaatst | op | om | bijgewerkt | publicerad | uppdaterad
        publisert | oppdatert | opdateret | publiceret | kl | klo | den | opublikowano | aktualizacja | godz
        dodano | yayınlanma | güncelleme | tarihi | saat | diterbitkan | diperbarui | pukul | wib | jam
        publikováno | aktualizováno | dne | mon | tue | wed | thu | fri | sat | sun
        (?:mon|tues|wednes|thurs|fri|satur|sun)day | (?:mon|diens|donners|frei|sams|sonn)tag | mittwoch | mo
        di | mi | do | fr | sa | so | lundi | mardi | mercredi | jeudi | vendredi | samedi | dimanche | lunes
        martes | miércoles | jueves | viernes | sábado | domingo
        (?:segunda|terça|quarta|quinta|sexta)(?:-feira)? | lunedì | martedì | mercoledì | giovedì | venerdì
        sabato | domenica | 입력 | 수정 | 승인 | 등록 | 公開 | 更新 | 発表 | 配信 | 发布 | 發布
        [月火水木金土日월화수목금토일](?:曜日?|요일)?
        """
    )
    + r"(?!\w)",
    re.IGNORECASE,
)
# What is left of ISO 8601 when day and clock are gone.
_ISO_REST = re.compile(r"(?<=\0)T(?=\0)|(?<=\0)Z\b|[+-]\d\d(?::?\d\d)?\b")
_LETTER = re.compile(r"[^\W_]")


def is_date_line(line: str) -> bool:
    """Whether ``line`` holds a date, perhaps with a weekday, a clock, a zone and a label, and nothing else."""
    text = tidy(line[: 2 * _LONGEST])
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return False
    text = rewritten(text)
    found = days(text, "dmy")
    if not found:
        return False
    for day in found:
        text = text[: day.start] + "\0" * (day.end - day.start) + text[day.end :]
    for clock in reversed(clocks(text)):
        text = text[: clock.start] + "\0" + text[clock.end :]
    text = _ISO_REST.sub("", text)
    return not _LETTER.search(_AROUND.sub("", text))
