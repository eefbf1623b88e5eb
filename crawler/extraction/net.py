"""The net under the rules: what else may be the body where a rule finds nothing or too little.

The outlet's rule comes first. Where its text is poor, or no rule fits, the page is read by its form; where that
finds less than half of the text that the page states for machines, the statement is the body.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from crawler.extraction.document import Document
from crawler.extraction.generic import match_generic
from crawler.extraction.generic.headline import titles
from crawler.extraction.match import Match
from crawler.extraction.matching import has_ruled_body, ruled_layout
from crawler.extraction.metadata import clean_text
from crawler.extraction.stated import match_stated
from crawler.extraction.text import letters, words

# Characters of a body by rule; below it another reading is asked. Notices of four lines have more.
_POOR = 300
# How many times longer another reading must be to win over a rule's.
_LONGER = 2
# Letters of a description that stands in the text; a shorter one is a slogan.
_SAID = 40
# Share of the pairs of words of a headline that its article takes up; other articles of a paper have next to none.
_TAKEN_UP = 1 / 3


def best_match(document: Document, ruled: Match | None) -> Match | None:
    """The reading of the body that wins, ``None`` where there is no article.

    A reading that wins over the outlet's rules is named in the document's warnings (``rules_failed``) and in
    ``Match.origin``; the other fields are still read by rule.
    """
    if ruled is not None and ruled.text.length >= _POOR and ruled.text.has_sentence:
        return ruled
    other = _unruled(document)
    if other is None or (ruled is None and not has_ruled_body(document)):
        return ruled or other
    found = ruled.text.length if ruled else 0
    if other.text.length < max(_POOR, _LONGER * found):
        return ruled
    if not _is_about(document, other, ruled):
        document.warnings.append(f"short: {found} characters of text, {other.text.length} elsewhere on the page")
        return ruled
    document.warnings.append(
        f"rules_failed: they find {found} characters of text, the {other.provenance} reading {other.text.length}"
    )
    family, layout = ruled_layout(document)
    return replace(other, family=family, layout=layout, origin=other.provenance)


def _unruled(document: Document) -> Match | None:
    """What the page's form and its statements give without rules."""
    generic, stated = match_generic(document), match_stated(document)
    if stated is None or (generic is not None and generic.text.length * _LONGER >= stated.text.length):
        return generic
    return stated


def _is_about(document: Document, other: Match, ruled: Match | None) -> bool:
    """Whether what ``other`` has more than ``ruled`` is the page's own article: headline or description say so."""
    headlines = [title for title, _ in titles(document)]
    known = {letters(text) for text in (*headlines, *(block.text for block in (ruled.text.blocks if ruled else ())))}
    more = [text for text in (other.lead, *(block.text for block in other.text.blocks)) if text]
    text = " ".join(part for part in more if letters(part) not in known)
    key = letters(text)
    if any(len(said) >= _SAID and said in key for said in map(letters, _descriptions(document))):
        return True
    pairs = _pairs(headlines[0] if headlines else "")
    return bool(pairs) and len(pairs & _pairs(text)) >= _TAKEN_UP * len(pairs)


def _descriptions(document: Document) -> list[str]:
    assert document.metadata is not None
    metas = document.metadata.metas
    stated = (document.metadata.text("description"), metas.get("description"), metas.get("og:description"))
    return [text for value in stated if value and (text := clean_text(value))]


def _pairs(text: str) -> set[tuple[str, str]]:
    found = [word.casefold() for word in words(text)]
    return set(pairwise(found))
