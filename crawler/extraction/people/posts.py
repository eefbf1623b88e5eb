"""Posts and places printed behind a name: ``Thabo Mokone Parliamentary editor``, ``松岡大地記者``."""

from __future__ import annotations

import re

from crawler.extraction.text import alternatives

_FIELD = alternatives(
    r"""
    political | politics | parliamentary | senior | junior | chief | deputy | associate | assistant | managing | foreign
    national | international | staff | business | economics? | financial | sports? | crime | courts? | health | science
    education | environment | climate | technology | tech | culture | arts | travel | food | lifestyle | fashion | royal
    investigative | special | general | freelance | contributing | executive | digital | data | world | europe | asia
    africa | local | city | news | features? | defen[cs]e | security | diplomatic | religion | consumer | money | video
    social | media | affairs | and | leitender? | stellvertretender?
    """
)
_POST = alternatives(
    r"""
    editor | reporter | correspondent | journalist | writer | columnist | contributor | producer | photographer
    analyst | commentator | critic | director | intern | fellow | anchor | presenter | meteorologist
    editor-in-chief | redakteur(?:in)? | reporterin | korrespondent(?:in)? | journalistin | kolumnist(?:in)?
    volontär(?:in)? | autor(?:in)? | chefredakteur(?:in)? | journaliste | correspondante? | envoyée? | rédacteur
    rédactrice | redactora? | periodista | corresponsal | enviad[oa] | giornalista | inviat[oa] | jornalista
    repórter | redaktør | redaktör | dziennikarz | professor(?:in)? | muhabiri? | toimittaja
    """
)
_BEHIND = re.compile(rf"(?:\s+{_FIELD})*\s+{_POST}(?:\s+(?:in|at|für|bei|à|en)\s.*)?$", re.IGNORECASE)
_FOR = re.compile(r"\s+(?:for|für|pour|in|aus|i|à|reporting from|auf|at)\s+(?:the\s+)?[A-ZÀ-Ý].*$|\s+For\s+\S.*$")
_IDEOGRAMS = re.compile(r"\s*(?:기자|특파원|논설위원|인턴기자|記者|记者|特派員|編集委員|論説委員|通讯员)(?:\s*외.*)?$")
_ALONE = re.compile(rf"(?:{_FIELD}\s+)*{_POST}", re.IGNORECASE)
# "Professorin der Hafenkunde", "Reporterin Ada Holm".
_IN_FRONT = re.compile(rf"{_POST}\s+(?=\S)", re.IGNORECASE)


def without_post(name: str) -> str:
    """``name`` without post, paper or place behind it; empty where there is nothing but a post."""
    if _ALONE.fullmatch(name):
        return ""
    if post := _IN_FRONT.match(name):
        name = name[post.end() :]
        if name[0].islower():
            return ""
    name = _IDEOGRAMS.sub("", name)
    name = _FOR.sub("", name)
    bare = _BEHIND.sub("", name)
    return bare if " " in bare else name
