"""What is wrong with an article that was read: said in ``warnings``, and rubbish taken out of its text."""

from __future__ import annotations

from crawler.extraction.decoding import looks_mojibake
from crawler.extraction.document import Document
from crawler.extraction.generic.headline import titles
from crawler.extraction.legibility import is_scrambled, is_unfilled, template_marks
from crawler.extraction.text import is_vietnamese, words
from crawler.items import Article, Block, Dropped, Rejection

# Letters of a text whose language can be told.
_TELLING = 300
# Characters that tell nearly always.
_BEGINNING = 1000
# Words of a headline that can be compared, and the share that two headlines of one article have in common.
_HEADLINE_WORDS = 4
_COMMON = 0.4


def judge_article(article: Article, document: Document) -> Article | Rejection:
    """The article with what is wrong with it in ``warnings``; a rejection when it is in another language.

    ``incomplete`` where scrambled paragraphs were left out, ``template_marks``, ``mojibake``, ``titles_differ`` with
    both titles.
    """
    _leave_out_scrambled(article)
    _leave_out_unfilled(article)
    text = " ".join([article.title or "", article.lead or "", *article.paragraphs])
    if looks_mojibake(text):
        article.warnings.append("mojibake")
    differing = _other_title(article, document)
    if differing:
        article.warnings.append(f"titles_differ: {article.title} / {differing}")
    return _other_language(article, document, text) or article


def _leave_out_scrambled(article: Article) -> None:
    kept: list[Block] = []
    for block in article.blocks:
        if is_scrambled(block.text):
            article.dropped.append(Dropped(block.text, "scrambled"))
        else:
            kept.append(block)
    scrambled = len(article.blocks) - len(kept)
    total = len(article.blocks)
    article.blocks = kept
    if article.lead and is_scrambled(article.lead):
        article.dropped.append(Dropped(article.lead, "scrambled"))
        article.lead = None
        scrambled, total = scrambled + 1, total + 1
    if scrambled:
        article.warnings.append(f"incomplete: {scrambled} of {total} blocks are scrambled by the site")


def _leave_out_unfilled(article: Article) -> None:
    marks = [mark for text in (article.title, article.lead) if text for mark in template_marks(text)]
    kept: list[Block] = []
    for block in article.blocks:
        marks += template_marks(block.text)
        if is_unfilled(block.text):
            article.dropped.append(Dropped(block.text, "template"))
        else:
            kept.append(block)
    article.blocks = kept
    if article.lead and is_unfilled(article.lead):
        article.dropped.append(Dropped(article.lead, "template"))
        article.lead = None
    if marks:
        article.warnings.append(f"template_marks: {marks[0]}")


def _other_title(article: Article, document: Document) -> str | None:
    """A headline the page states elsewhere that has next to nothing in common with the one taken."""
    own = _words(article.title or "")
    if len(own) < _HEADLINE_WORDS:
        return None
    for title, origin in titles(document):
        other = _words(title)
        comparable = origin != "generic" and len(other) >= _HEADLINE_WORDS
        if comparable and len(own & other) < _COMMON * min(len(own), len(other)):
            return title
    return None


def _words(text: str) -> set[str]:
    return {word.casefold() for word in words(text)}


def _other_language(article: Article, document: Document, text: str) -> Rejection | None:
    """A page of a Vietnamese paper that is in another language; one in two is Vietnamese enough."""
    outlet = document.outlet
    if outlet is None or not document.is_vietnamese or is_vietnamese(text[:_BEGINNING]):
        return None
    if sum(map(str.isalpha, text)) < _TELLING or is_vietnamese(text):
        return None
    if any(is_vietnamese(part) for part in (article.title, article.lead) if part):
        return None
    stated = f", the page says {document.language}" if document.language else ""
    return Rejection("other_language", f"the text is not Vietnamese{stated}", outlet.name, document.url)
