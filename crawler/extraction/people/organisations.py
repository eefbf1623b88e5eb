"""Names of newsrooms, companies and institutions in many languages, told by a word no person is called."""

from __future__ import annotations

import re

from crawler.extraction.text import alternatives

_WORDS = re.compile(
    r"(?<![^\W_])"
    + alternatives(
        r"""
        facebook | zalo | twitter | google | youtube | messenger | linkedin | telegram | tiktok | instagram | whatsapp
        getty | images | shutterstock | wikipedia | share | comments? | follow
        leader | observer | chronicle | examiner | dispatch | sentinel | courier | inquirer | enquirer | daily | weekly
        news | newsroom | newsdesk | newspapers? | staff | desk | team | editors | editorial | agency | agencies
        wires? | press | media | online | digital | network | services? | bureau | times | tribune | gazette
        herald | magazine | inc | ltd | llc | corp | corporation | company | group | university | institute
        foundation | association | society | council | ministry | department | committee | office | contributors
        contributor | correspondents | reporters | journalists | guest | admin | administrator | webmaster | unknown
        anonymous | various | community | partners? | sponsored | advertorial | content | studios? | tv | radio
        authors? | writers? | sources? | image | redaktion\w* | \w*redaktion | redaktør\w* | redaksjon\w*
        agentur(?:en)? | zeitung | \w*zeitung | verlag | gmbh | ag | e\.?v | presse | nachrichten(?:agentur)?
        mitarbeiter | rédaction | redaction | agences? | journal | redacción | redaccion | agencias? | redazione
        agenzi[ae] | redação | agências? | redactie | redakcja | toimitus | редакция | ajans[ıi] | haber | haberleri
        universität | hochschule | ministerium
        """
    )
    + r"(?![^\W_])",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:the|las|los|our)\s", re.IGNORECASE)
# Datelines of two words; those of one are told from names by that.
_PLACES = re.compile(
    alternatives(
        r"""
        new (?:york|delhi|zealand|orleans) | los angeles | san (?:francisco|diego|josé|juan) | washington,? d\.?c\.?
        hong kong | tel aviv | abu dhabi | kuala lumpur | buenos aires | rio de janeiro | são paulo | cape town
        den haag | the hague | addis ababa | addis abeba | phnom penh | mexico city | united kingdom | south africa
        bad \w+ | sankt \w+ | st\.? gallen | frankfurt am main | hà nội | ha noi | đà nẵng | cần thơ | hải phòng
        tp\.?\s?hcm | hồ chí minh
        """
    ),
    re.IGNORECASE,
)
_IDEOGRAMS = re.compile(
    "新聞|新闻|日報|日报|通信|編集|编辑|配信|取材|報道|报道|報導|デジタル|本紙|オンライン|ニュース|記事|筆者|株式会社|社説"
    "|신문|일보|뉴스|편집|온라인|방송|연합|기자단|취재"
)


def is_organisation(name: str) -> bool:
    """Whether ``name`` holds a word of newsrooms, companies or institutions, begins with an article, or is a place."""
    return bool(_PLACES.fullmatch(name) or _WORDS.search(name) or _ARTICLE.match(name) or _IDEOGRAMS.search(name))
