"""Boxes inside the column of an article that are no text of it, told by the words of their class and id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from lxml.etree import _Element as Element

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# Words of boxes that hold nothing else.
_SURE = frozenset(
    """
    advert adverts advertisement advertising adslot adunit adsense dfp gpt banner sponsor sponsored promo promos
    promotion promoted newsletter newsletters subscribe subscription signup signin login register registration share
    shares sharing sharebar social socials follow related relateds recommended recommendation recommendations recirc
    recirculation readmore teaser teasers trending popular mostread comment comments commenting disqus coral breadcrumb
    breadcrumbs nav navbar navigation navi menu toolbar sidebar footer copyright disclaimer rating ratings poll survey
    voting slideshow carousel swiper player tooltip popup modal overlay lightbox cookie consent outbrain taboola piano
    feedback donate donation donations linkcard toc tagbox taglist tags bio byline bylines timestamp pagination pager
    skip reactions reaction upsell infobox factbox pullquote placeholder author authors
    popover toolbox
    """.split()
)
# Words that also name what the text stands in.
_LIKELY = frozenset(
    """
    ad ads video videos audio gallery galleries widget embed embedded card cards meta metadata tag topics
    topic credit credits premium more hidden aside tools actions button btn link links image img picture photo media
    offer callout cta kiosk extra pull
    """.split()
)
_ELEMENTS = frozenset(("aside", "nav", "footer", "header", "dialog", "button"))
_NEVER = frozenset(("table", "tbody", "thead", "tr", "td", "th"))
_UNSEEN = frozenset(("visually-hidden", "sr-only", "screen-reader-text", "screenreader-only", "visuallyhidden"))


def words_of(element: Element) -> frozenset[str]:
    """The words of an element's class and id, in lower case: of ``articleLead`` they are ``article`` and ``lead``.

    An element of the site's own, such as ``<article-lead>``, says as much by its name.
    """
    tag = str(element.tag)
    name = f"{element.get('class', '')} {element.get('id', '')} {tag if '-' in tag else ''}"
    return frozenset(word.lower() for word in _WORD.findall(name)) if len(name) > 2 else frozenset()


def around(element: Element | None, levels: int) -> Iterator[Element]:
    """The element and those it stands in, so many in all, from inside out."""
    return islice(chain((element,), element.iterancestors()), levels) if element is not None else iter(())


class Boxes:
    """The boxes of one column.

    ``running`` says how many characters of running text an element holds, ``total`` how many of any text. What holds
    a third of the column is no box, alone or with others of its name; nor is a likely one with little else in it.
    """

    def __init__(self, column: Element, running: dict[Element, int], total: dict[Element, int]) -> None:
        self._column = column
        self._running, self._total = running, total
        self._most = running.get(column, 0) / 3
        self._named: dict[str, int] = {}
        for element, length in running.items():
            name = element.get("class")
            if name:
                self._named[name] = self._named.get(name, 0) + length
        self._known: dict[Element, bool] = {}

    def hold(self, element: Element | None) -> bool:
        """Whether a place is inside a box."""
        while element is not None and element is not self._column:
            if element not in self._known:
                self._known[element] = self._judge(element)
            if self._known[element]:
                return True
            element = element.getparent()
        return False

    def _judge(self, element: Element) -> bool:
        running = self._running.get(element, 0)
        if max(running, self._named.get(element.get("class", ""), 0)) > self._most:
            return False
        if element.tag in _ELEMENTS:
            return True
        words = words_of(element)
        if not words or element.tag in _NEVER:
            return False
        if words & _SURE or _UNSEEN & set(element.get("class", "").split()):
            return True
        return bool(words & _LIKELY) and running < 0.7 * self._total.get(element, 0)
