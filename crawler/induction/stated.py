"""What should come out of pages when nobody says it: their own statements, and what the pages have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from crawler.extraction.article import read_article
from crawler.extraction.cleaning import clean
from crawler.extraction.document import Document
from crawler.extraction.generic import match_generic
from crawler.extraction.text import letters
from crawler.induction.examples import Example, Wanted
from crawler.induction.moments import published_of
from crawler.induction.statements import (
    authors_of,
    descriptions_of,
    lead_of,
    named_lead_of,
    section_of,
    tags_of,
    title_of,
)
from crawler.items import Article

# Letters of the text a page states of itself, from which it is the whole article and no summary.
_WHOLE = 600


def examples_of(documents: Sequence[Document]) -> list[Example]:
    """The pages with what should come out of each, by what they state and what repeats on them.

    A page without running text is left out.
    """
    read = [(document, article) for document in documents if (article := _generic(document)) is not None]
    examples = [Example(document, _wanted(article)) for document, article in read]
    common = _common_texts(examples)
    for example in examples:
        _correct(example, common)
    return examples


def _generic(document: Document) -> Article | None:
    match = match_generic(document)
    result = clean(read_article(document, match)) if match else None
    return result if isinstance(result, Article) else None


def _wanted(article: Article) -> Wanted:
    return replace(Wanted.of(article), tags=[], sure=False)


def _correct(example: Example, common: set[str]) -> None:
    """Put what the page states of itself in place of what the generic reading made of it."""
    wanted = example.wanted
    wanted.title = title_of(example) or wanted.title
    stamp = published_of(example)
    wanted.published = stamp.when if stamp else None
    wanted.lead = lead_of(example, common) or wanted.lead or named_lead_of(example)
    wanted.authors = authors_of(example) or wanted.authors
    wanted.section = wanted.section or section_of(example)
    wanted.tags = tags_of(example)
    wanted.paragraphs = _paragraphs(example, common)


def _common_texts(examples: Sequence[Example]) -> set[str]:
    """The letters of texts that stand on several of the pages: furniture of the site."""
    pages = {letters(example.wanted.title or "") or str(number): example for number, example in enumerate(examples)}
    counts = Counter(
        key
        for example in pages.values()
        for key in {letters(piece.text) for piece in example.pieces}
        | {letters(text) for text in descriptions_of(example)}
    )
    return {key for key, count in counts.items() if count > 1}


def _paragraphs(example: Example, common: set[str]) -> list[str]:
    """The text that the page states of itself, block by block; else the generic reading, without what repeats."""
    assert example.document.metadata is not None
    wanted = example.wanted
    whole = letters(example.document.metadata.text("articleBody") or "")
    if len(whole) >= _WHOLE:
        stated = [piece.text for piece in example.pieces if (key := letters(piece.text)) and key in whole]
        if sum(len(letters(text)) for text in stated) >= 0.9 * len(whole):
            wanted.sure = True
            return [text for text in stated if not _stands_above(text, wanted)]
    return [text for text in wanted.paragraphs if letters(text) not in common and not _stands_above(text, wanted)]


def _stands_above(text: str, wanted: Wanted) -> bool:
    """Whether a text repeats the title or the section, or the lead, whole or cut short."""
    said = letters(text)
    return said in map(letters, (wanted.title or "", *wanted.section)) or bool(
        wanted.lead and letters(wanted.lead).startswith(said)
    )
