"""Credits in captions, which say whose a photo is, parted from what the photo shows."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml.etree import _Element as Element

from crawler.extraction.body.pieces import Left, Piece
from crawler.extraction.finder import visible_text
from crawler.extraction.generic.boxes import words_of

# Words of classes, and properties, of what says whose a photo is.
_CREDIT = frozenset("credit credits copyright copyrights source quelle rights photographer agency kreditering".split())
_CREDIT_PROPERTIES = frozenset(("copyrightHolder", "creditText", "copyrightNotice", "author", "creator"))
_CAPTION = frozenset("caption description text title".split())
_LONGEST_CREDIT = 120  # characters
# The same without an element of its own: behind its sign, in brackets, after the word for a photo.
_CREDIT_TAIL = re.compile(
    r"\s*(?:[|(]?\s*©[^©]{2,100}|[(\[](?:foto|photo|bild|quelle|image|picture|source|credit|crédit)s?\b[^()\[\]]{2,100}[)\]]"
    r"|(?<![\w-])(?:foto|photo|bild|image|picture)(?:\s+credit|\s+by\b(?=\s+(?-i:[A-Z]))|(?=\s*:))\s*:?[^:]{2,100})$",
    re.IGNORECASE,
)


def photo_credits(root: Element) -> list[Element]:
    """The elements in captions that say whose a photo is, where the template sets them apart from what it shows."""
    found = (
        element
        for figure in root.iter("figure", "figcaption")
        for element in figure.iterdescendants("span", "div", "p", "small", "cite", "footer", "em", "i", "figcaption")
        if (_CREDIT & words_of(element) or element.get("itemprop") in _CREDIT_PROPERTIES)
        and not _CAPTION & words_of(element)
        and len(visible_text(element)) <= _LONGEST_CREDIT
    )
    return list(dict.fromkeys(found))  # a figcaption stands in its figure


def without_credits(kept: list[Piece]) -> tuple[list[Piece], list[Left]]:
    """The pieces with captions that say what a photo shows alone, and the credits that were cut off."""
    pieces: list[Piece] = []
    left: list[Left] = []
    for piece in kept:
        credit = _CREDIT_TAIL.search(piece.text) if piece.kind == "caption" else None
        shown = piece.text[: credit.start()].rstrip(" |") if credit else piece.text
        if credit:
            left.append(Left(credit[0].strip(), "credit"))
        if shown or piece.is_photo:
            pieces.append(replace(piece, text=shown))
    return pieces, left
