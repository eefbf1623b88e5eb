"""Elements that the markup calls a byline, or that begin as one, near the headline or at the end of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice

from lxml.etree import _Element as Element

from crawler.extraction.text import tidy

_CALLED = re.compile(
    r"(?:^|[\s_-])(?:\w*by-?lines?|\w*authors?|autor(?:en?|e|es|in)?|auteurs?|tac-?gia|nguoi-viet|writers?|redakt\w*"
    r"|redact\w*|journalists?|reporters?|contributors?|pseudonym|verfasser|skribent|signature)(?-i:(?![a-z]))",
    re.IGNORECASE,
)
# Boxes of other stories, of photos, of readers' words.
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:comments?|related|teasers?|recommend\w*|sidebar|promo|popular|newsletter|\w*quote|media|photo|image"
    r"|figure|caption|bio|footer|menu|trending|most"
    r"|tags?|keywords?|breadcrumbs?)(?-i:(?![a-z]))",
    re.IGNORECASE,
)
_UNSEEN = frozenset(("script", "style", "noscript", "template", "svg", "button", "select", "option", "time", "sup"))
_OTHER_TAGS = frozenset(("nav", "aside", "footer", "form", "blockquote", "figure", "figcaption"))
_PARTING = frozenset("a br div p td th tr li ul ol table section h1 h2 h3 h4 h5 h6 address".split())
_LINES = frozenset("p div span li h3 h4 h5 h6 address em strong".split())
# How many elements before and behind the headline, and on both sides of the end of the text, may hold a byline.
_BEFORE, _BEHIND, _AT_END = 12, 100, 30
# Characters; a larger box is more than a byline.
_LONGEST_BOX, _LONGEST_LINE = 200, 120
# Candidates looked at on one page, and levels above one of them.
_MOST, _LEVELS = 16, 30


def bylines_near(
    root: Element, headline: Element | None, body: Element, begins: Callable[[str], bool]
) -> Iterator[str]:
    """Texts of the elements called bylines, nearest to the headline first, then of lines that begin as one.

    ``body`` may stand in another tree than the page's ``root``; then the end of the text is not known. ``begins``
    says of the beginning of a line whether it can be that of a byline. Names that stand in links or elements of
    their own are parted by line breaks.
    """
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    place = {element: index for index, element in enumerate(elements)}
    start = place.get(body, 0)
    top = start if headline is None else place.get(headline, start)
    end = start + sum(1 for element in body.iter() if isinstance(element.tag, str)) if body in place else len(elements)
    near = body if headline is None else headline
    around = {near, *near.iterancestors()}
    zones = (
        elements[top + 1 : top + _BEHIND],
        elements[max(0, top - _BEFORE) : top],
        elements[max(0, end - _AT_END) : end + _AT_END],
    )
    for zone in zones:
        yield from islice(_called(zone, around), _MOST)
    for zone in zones:
        yield from islice(_lines(zone, around, begins), _MOST)


def _called(zone: list[Element], around: set[Element]) -> Iterator[str]:
    """Elements called bylines; those side by side are one."""
    boxes = _outermost(element for element in zone if _CALLED.search(_names(element)))
    for _, together in groupby(boxes, key=lambda element: element.getparent()):
        first, *others = together
        text = "\n".join(filter(None, map(_text, (first, *others))))
        if 0 < len(text) <= _LONGEST_BOX and not _is_elsewhere(first, around):
            yield text


def _lines(zone: list[Element], around: set[Element], begins: Callable[[str], bool]) -> Iterator[str]:
    for element in _outermost(one for one in zone if one.tag in _LINES and begins(_beginning(one))):
        text = _text(element)
        if 0 < len(text) <= _LONGEST_LINE and not _is_elsewhere(element, around):
            yield text


def _beginning(element: Element) -> str:
    """The first words of an element, which may stand in one inside it."""
    return next((text.strip() for text in islice(element.itertext(), 8) if text.strip()), "")[:80]


def _outermost(elements: Iterable[Element]) -> Iterator[Element]:
    """Elements short enough to be a byline that stand in none before them."""
    inside: set[Element] = set()
    for element in elements:
        if element in inside or len(tidy("".join(islice(element.itertext(), 60)))) > _LONGEST_BOX:
            continue
        inside.update(element.iter())
        yield element


def _names(element: Element) -> str:
    marks = (element.get(name) for name in ("class", "id", "itemprop", "rel", "data-testid"))
    return " ".join(mark for mark in marks if mark)[:_LONGEST_BOX]


def _is_elsewhere(element: Element, around: set[Element]) -> bool:
    """Whether an element stands in a box of something else than the article with this headline."""
    for outer in islice((element, *element.iterancestors()), _LEVELS):
        if outer in around:
            return False
        if outer.tag in _OTHER_TAGS or _ELSEWHERE.search(_names(outer)):
            return True
    return False


def _text(element: Element) -> str:
    pieces: list[str] = []
    _gather(element, pieces)
    lines = (tidy(line) for line in "".join(pieces).split("\0"))
    return "\n".join(line for line in lines if line)


def _gather(element: Element, pieces: list[str]) -> None:
    """Texts below ``element``; a NUL stands for each edge of a link, of a block and of an element called byline."""
    if element.tag in _UNSEEN:
        return
    if element.tag == "meta":
        # Microdata may say a name without showing it.
        pieces.append(f"\0{element.get('content', '')}\0" if element.get("itemprop") == "name" else "")
        return
    edge = "\0" if element.tag in _PARTING or _CALLED.search(_names(element)) else ""
    pieces += [edge, element.text or ""]
    for child in element:
        if isinstance(child.tag, str):
            _gather(child, pieces)
        pieces.append(child.tail or "")
    pieces.append(edge)
