"""The net under the rules: what else may be the body where a rule finds nothing or too little.

The outlet's rule comes first. Where its text is poor, or no rule fits, the page is read by its form; where that
finds less than half of the text that the page states for machines, the statement is the body.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from crawler.extraction.document import Document
from crawler.extraction.finder import text_of, visible_text
from crawler.extraction.generic import match_generic
from crawler.extraction.generic.headline import titles
from crawler.extraction.match import Match
from crawler.extraction.matching import has_ruled_body, ruled_layout
from crawler.extraction.metadata import clean_text
from crawler.extraction.stated import match_stated
from crawler.extraction.text import ends_sentence, letters, words

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
    if (ruled and _stands_alone(document, ruled, other)) or not _is_about(document, other, ruled):
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


def _stands_alone(document: Document, ruled: Match, other: Match) -> bool:
    """Whether a short text by rule is a short article: headline, and lead or sentences, all where the rules look.

    A sentence is no teaser and no beginning of a longer paragraph that ``other`` found; one without a lead may itself
    be the lead of a text that stands elsewhere. A photo with its caption, or under a lead, needs no sentence.
    """
    if document.finder.first(ruled.layout.title) is None:
        return False
    leads = _leads(document, ruled)
    if ruled.text.images and (leads or any(block.kind == "caption" for block in ruled.text.blocks)):
        return True
    teasers = [letters(text) for text in (*leads, *_descriptions(document))]
    longer = [letters(block.text) for block in other.text.blocks]
    sentences = [letters(block.text) for block in ruled.text.blocks if ends_sentence(block.text)]
    own = [key for key in sentences if not any(key in text for text in teasers) and not _is_cut(key, longer)]
    return len(own) >= (1 if leads else 2)


def _is_cut(key: str, texts: list[str]) -> bool:
    return any(text != key and text.startswith(key) for text in texts)


def _holds_any(text: str, keys: list[str]) -> bool:
    return any(key in text for key in keys)


def _is_about(document: Document, other: Match, ruled: Match | None) -> bool:
    """Whether what ``other`` has more than the rules is the page's own article: headline or description say so."""
    headlines = [title for title, _ in titles(document)]
    known = [*headlines, *(block.text for block in (ruled.text.blocks if ruled else ())), *_leads(document, ruled)]
    # The header may come in one piece: date, headline and lead together.
    keys = [key for key in map(letters, known) if len(key) >= _SAID]
    aside = _aside(document, ruled)
    more = [text for text in (other.lead, *(block.text for block in other.text.blocks)) if text]
    unknown = [text for text in more if not (_holds_any(letters(text), keys) or letters(text) in aside)]
    key = letters(" ".join(unknown))
    if any(len(said) >= _SAID and said in key for said in map(letters, _descriptions(document))):
        return True
    pairs = _pairs(headlines[0] if headlines else "")
    # Headlines of other stories are no sentences.
    taken_up = _pairs(" ".join(text for text in unknown if ends_sentence(text)))
    return bool(pairs) and len(pairs & taken_up) >= _TAKEN_UP * len(pairs)


def _leads(document: Document, ruled: Match | None) -> list[str]:
    """The texts that stand where the rules look for the lead."""
    selectors = ruled.layout.lead if ruled else ()
    return [text for css in selectors for element in document.finder.select(css) if (text := text_of(element))]


def _aside(document: Document, ruled: Match | None) -> str:
    """The letters of what stands beside the article by the rules: menus, other stories, the foot of the page."""
    selectors = ruled.layout.aside if ruled else ()
    return letters(" ".join(visible_text(element) for css in selectors for element in document.finder.select(css)))


def _descriptions(document: Document) -> list[str]:
    assert document.metadata is not None
    metas = document.metadata.metas
    stated = (document.metadata.text("description"), metas.get("description"), metas.get("og:description"))
    return [text for value in stated if value and (text := clean_text(value))]


def _pairs(text: str) -> set[tuple[str, str]]:
    found = [word.casefold() for word in words(text)]
    return set(pairwise(found))
