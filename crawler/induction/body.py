"""Selectors for the running text: the element that holds it, and the boxes inside that are no part of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lxml.etree import _Element as Element

from crawler.extraction.finder import text_of
from crawler.extraction.text import letters
from crawler.induction.examples import Example
from crawler.induction.ranking import Candidate
from crawler.induction.selectors import cost, names_of, selectors_of

#: Share of the wanted letters that the body must hold.
_ENOUGH = 0.97
# From so much on, a child alone stands for its parent: the rest may be a lead or a box that reads like text.
_MOST = 0.9
# Ancestors of the smallest element that are tried too, and boxes that are named in the end.
_ANCESTORS = 5
_BOXES = 15
# Difference of agreement below which the shorter selector is the better one.
_STEP = 0.02
_BODIES = 3
# Of the letters; from here on a box is a list of links.
_LINKED = 0.5
_TELLING = re.compile(r"body|content|detail|entry|noi-?_?dung|article|post|text", re.IGNORECASE)
_NAMED = re.compile(r"[.#\[]")
_BOX = re.compile(r"relat|lien-?quan|share|social|comment|tag|advert|banner|box|more|author|source", re.IGNORECASE)


@dataclass(slots=True)
class _Text:
    """Where the wanted text of a page stands: letters by element, for every element that holds any."""

    example: Example
    weights: dict[Element, int]
    total: int
    kept: set[Element]

    @classmethod
    def of(cls, example: Example) -> _Text:
        wanted = Counter(letters(text) for text in example.wanted.paragraphs)
        kept = {letters(text) for text in (*example.wanted.paragraphs, *example.wanted.captions)}
        weights: dict[Element, int] = {}
        holding: set[Element] = set()
        total = 0
        for piece in example.pieces:
            key = letters(piece.text)
            if piece.element is None:
                continue
            above = [piece.element, *piece.element.iterancestors()]
            if key in kept:
                holding.update(above)
            if wanted[key] > 0:
                wanted[key] -= 1
                total += len(key)
                for element in above:
                    weights[element] = weights.get(element, 0) + len(key)
        for element, text in example.texts:  # captions are no pieces of running text
            if letters(text) in kept:
                holding.update((element, *element.iterancestors()))
        return cls(example, weights, total, holding)

    def smallest(self) -> Element | None:
        """The smallest element that holds most of the text."""
        column = self.example.document.root if self.total else None
        while column is not None:
            heaviest = max(
                (child for child in column if child in self.weights), key=self.weights.__getitem__, default=None
            )
            if heaviest is None or self.weights[heaviest] < _MOST * self.weights[column]:
                return column
            column = heaviest
        return None

    def share(self, element: Element | None) -> float:
        """How much of the wanted text an element holds."""
        return self.weights.get(element, 0) / self.total if element is not None and self.total else 0.0

    def size(self, element: Element) -> float:
        """How much text an element holds, as a multiple of what is wanted."""
        return max(1.0, len(letters(text_of(element) or "")) / max(1, self.total))


def rank_body(examples: Sequence[Example], avoid: Sequence[Example] = ()) -> list[Candidate]:
    """Selectors of the element with the running text, best first. One that finds anything in ``avoid`` comes last."""
    texts = [text for example in examples if (text := _Text.of(example)).total]
    pool: dict[str, None] = {}
    for text in texts:
        smallest = text.smallest()
        chain = [smallest, *list(smallest.iterancestors())[:_ANCESTORS]] if smallest is not None else []
        for element in chain:
            if element.tag not in ("p", "html", "body") and text.share(element) >= _ENOUGH:
                pool.update(dict.fromkeys(selectors_of(element)))
    judged = [one for css in pool if (one := _judged(css, texts))[0].support]
    judged.sort(
        key=lambda one: (
            any(example.document.finder.select(one[0].css) for example in avoid),
            -round(one[1] * one[0].confidence / _STEP),
            cost(one[0].css, _TELLING),
        ),
    )
    return [candidate for candidate, _ in judged]


def cover_body(ranked: Sequence[Candidate], examples: Sequence[Example]) -> list[Candidate]:
    """The best selector, and those that hold the text where it does not."""
    chosen: list[Candidate] = []
    left = [text for example in examples if (text := _Text.of(example)).total]
    for candidate in ranked:
        rest = [text for text in left if text.share(_first(text.example, [candidate.css])) < _ENOUGH]
        if len(rest) < len(left) and not (chosen and candidate.others):
            chosen.append(candidate)
            left = rest
    return chosen[:_BODIES]


def _judged(css: str, texts: list[_Text]) -> tuple[Candidate, float]:
    """The candidate, and how well what it finds agrees with the wanted text (mean F1 of letters)."""
    support = others = 0
    agreement = 0.0
    for text in texts:
        found = text.example.document.finder.select(css)
        others += sum(1 for element in found if element not in text.weights)
        if found:
            share = text.share(found[0])
            support += share >= _ENOUGH
            agreement += 2 * share / (1 + text.size(found[0]))
    return Candidate(css, support, len(texts), others), agreement / len(texts)


def rank_boxes(examples: Sequence[Example], bodies: Sequence[str], header: Sequence[str]) -> list[Candidate]:
    """Selectors of boxes inside the body that are not wanted, those on most pages first.

    ``header`` are selectors of fields that are read elsewhere; where they stand in the body they are boxes too. On
    pages that nobody read before, a box must repeat, be a list of links, hold the title, or be called one: the generic
    reading may have missed an odd paragraph.
    """
    texts = [_Text.of(example) for example in examples]
    bodies_found = [_first(text.example, bodies) for text in texts]
    boxes = [
        list(_unwanted(text, body)) if body is not None else [] for text, body in zip(texts, bodies_found, strict=True)
    ]
    repeated = Counter(key for found in boxes for key in {letters(text_of(box) or "") for box in found})
    pool: dict[str, None] = {}
    for text, found in zip(texts, boxes, strict=True):
        for box in found:
            if text.example.wanted.sure or _is_surely_box(box, text.example, repeated):
                pool.update(dict.fromkeys(names_of(box)[:2]))
    pool.update(dict.fromkeys(css for css in header if _NAMED.search(css)))
    kept = []
    for css in pool:
        support = 0
        for text, body in zip(texts, bodies_found, strict=True):
            found = text.example.document.finder.select(css)
            if any(element in text.kept or _inside(element, text) for element in found):
                break  # it would take wanted text away
            support += any(body is not None and body in element.iterancestors() for element in found)
        else:
            if support:
                kept.append(Candidate(css, support, len(texts), 0))
    return sorted(kept, key=lambda one: (-one.support, cost(one.css, _BOX)))[:_BOXES]


def _first(example: Example, bodies: Sequence[str]) -> Element | None:
    return next((found[0] for css in bodies if (found := example.document.finder.select(css))), None)


def _unwanted(text: _Text, element: Element) -> list[Element]:
    """The largest elements below one that hold text, and none of what is wanted."""
    found: list[Element] = []
    for child in element:
        if not isinstance(child.tag, str):
            continue
        if child in text.kept:
            found += _unwanted(text, child)
        elif text_of(child):
            found.append(child)
    return found


def _inside(element: Element, text: _Text) -> bool:
    """Whether an element stands inside a wanted block, as a part of its line."""
    wanted = {*map(letters, text.example.wanted.paragraphs)}
    parent = element.getparent()
    return parent is not None and parent in text.kept and letters(text_of(parent) or "") in wanted


def _is_surely_box(box: Element, example: Example, repeated: Counter[str]) -> bool:
    title, said = letters(example.wanted.title or ""), letters(text_of(box) or "")
    linked = sum(len(letters(text_of(link) or "")) for link in box.iter("a"))
    named = any(_BOX.search(name) for name in names_of(box))
    return repeated[said] > 1 or linked >= _LINKED * len(said) or named or bool(title and title in said)
