"""CSS selectors by which an element can be found again on other pages made from the same template."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations

from lxml.etree import _Element as Element

# Elements whose tag alone says what they are for.
_TELLING_TAGS = frozenset("article h1 h2 main time".split())
# What an editor sets in a text; the template does not.
_SETTING = frozenset("b br em font i s small strong sub sup u".split())
# Ancestors looked at, and names taken of each: the nearest say most.
_ANCESTORS = 8
_NAMES = 3
_NAME = re.compile(r"[a-zA-Z][a-zA-Z_-]*")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_VOWEL = re.compile(r"[aeiouy]", re.IGNORECASE)
# Names of grids, spacing and state: any element may bear them, and lose them with the next style sheet.
_UTILITY = re.compile(
    r"(?:col|row|container|wrap|wrapper|inner|outer|clearfix|cf|left|right|center|middle|top|bottom|first|last|active|show"
    r"|hide|hidden|open|block|box|flex|grid|item|list|text|font|bold|bg|border|pull|float|align|justify|w|h|m|p|d|fs|fw"
    r"|[mp][tblrxy]|js|is|has|full|width|size|mobile|desktop|pc|sm|md|lg|xl|auto|black|white|red|gray|grey|new|main)"
)


def selectors_of(element: Element) -> list[str]:
    """Selectors that find ``element``, simple ones first; none uses a position, a number or a made-up name."""
    found = dict.fromkeys(_simple(element))
    tag = str(element.tag)
    within = [*([] if tag in _SETTING else [tag]), *names_of(element)[:_NAMES]]
    for ancestor in list(element.iterancestors())[:_ANCESTORS]:
        for name in names_of(ancestor)[:_NAMES]:
            found.update(dict.fromkeys(f"{name} {own}" for own in within))
    return list(found)


def names_of(element: Element) -> list[str]:
    """What the template calls an element: ``.class``, ``#id``, ``[itemprop=…]``; telling names first."""
    names = ["." + name for name in (element.get("class") or "").split() if is_stable(name)]
    identity = element.get("id") or ""
    names += ["#" + identity] if is_stable(identity) else []
    purpose = element.get("itemprop") or ""
    names += [f"[itemprop={purpose}]"] if _NAME.fullmatch(purpose) else []
    return sorted(dict.fromkeys(names), key=_is_utility)


def is_stable(name: str) -> bool:
    """Whether a class or id is a word of the template: no number, no hash, no page's own id."""
    if not _NAME.fullmatch(name):
        return False
    for part in re.split(r"[_-]+", name):
        words = _WORD.findall(part)
        # "bdVaJa" is made up, "newsDetail" is not; so is a long part that nobody can pronounce.
        if len(words) > 1 and sum(map(len, words)) / len(words) < 3:
            return False
        if len(part) > 5 and not _VOWEL.search(part):
            return False
    return True


def cost(css: str, telling: re.Pattern[str]) -> float:
    """How much speaks against a selector: length, vague names; ``telling`` are words that fit what it is for."""
    steps = css.split()
    vague = sum(not _named(step) or all(map(_is_utility, _named(step))) for step in steps)
    return len(css) / 10 + len(steps) + 2 * vague - (3 if telling.search(css) else 0)


def _simple(element: Element) -> Iterable[str]:
    tag, names = str(element.tag), names_of(element)
    for name in names:
        yield name
        yield tag + name
    for one, other in combinations(names[:_NAMES], 2):
        # A class may follow anything, an id or attribute is written behind it.
        yield one + other
    if tag in _TELLING_TAGS:
        yield tag


def _named(step: str) -> list[str]:
    return re.findall(r"[.#][\w-]+|\[[^\]]*\]", step)


def _is_utility(name: str) -> bool:
    return all(_UTILITY.fullmatch(part) for part in re.split(r"[_-]+", name.lstrip(".#")) if part)
