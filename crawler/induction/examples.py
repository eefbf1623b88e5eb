"""A page and what should come out of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import islice

from lxml.etree import _Element as Element

from crawler.extraction.body.pieces import Piece
from crawler.extraction.body.reader import BodyReader
from crawler.extraction.document import Document
from crawler.extraction.finder import text_of
from crawler.items import Article

#: Characters; a longer text is no line with a date or a name.
LINE = 160
# Elements below one; what holds more is no single field of an article.
_MOST_ELEMENTS = 60


@dataclass(slots=True)
class Wanted:
    """What should come out of a page; ``None`` and empty lists: not known, or not there.

    ``published`` is aware. ``sure`` says that somebody read the page before or that it states its text itself; else
    ``paragraphs`` are those of the generic reading.
    """

    title: str | None = None
    published: datetime | None = None
    lead: str | None = None
    authors: list[str] = field(default_factory=list)
    section: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    sure: bool = False

    @classmethod
    def of(cls, article: Article) -> Wanted:
        """What a known article says."""
        published = datetime.fromisoformat(article.published_at) if article.published_at else None
        return cls(
            title=article.title,
            published=published,
            lead=article.lead,
            authors=list(article.authors),
            section=list(article.section),
            tags=list(article.tags),
            paragraphs=article.paragraphs,
            captions=article.captions,
            sure=True,
        )


@dataclass
class Example:
    """A page with markup, and what should come out of it."""

    document: Document
    wanted: Wanted

    @cached_property
    def texts(self) -> list[tuple[Element, str]]:
        """The smaller elements of the page that hold text, in document order, with their text."""
        return texts_of(self.document)

    @cached_property
    def pieces(self) -> list[Piece]:
        """The page's texts, block by block, whatever they are."""
        assert self.document.root is not None
        return [piece for piece in BodyReader().read(self.document.root) if piece.is_text]


def texts_of(document: Document) -> list[tuple[Element, str]]:
    """The smaller elements of a page that hold text, in document order, with their text."""
    return list(_texts(document))


def _texts(document: Document) -> Iterator[tuple[Element, str]]:
    body = document.root.find("body") if document.root is not None else None
    for element in body.iter() if body is not None else ():
        is_small = next(islice(element.iter(), _MOST_ELEMENTS, None), None) is None
        if isinstance(element.tag, str) and is_small and (text := text_of(element)):
            yield element, text
