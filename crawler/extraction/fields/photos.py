"""Photos above the text, and every photo's absolute address."""

from __future__ import annotations

from crawler.extraction.body.images import image_address
from crawler.extraction.document import Document
from crawler.extraction.finder import text_of
from crawler.extraction.match import Match
from crawler.items import Article, Block, Image


def add_header_photos(article: Article, document: Document, match: Match) -> None:
    """Photos above the text that are part of the article, with their captions."""
    captions = [text for css in match.layout.photo_caption for e in document.finder.select(css) if (text := text_of(e))]
    addresses = [
        address
        for css in match.layout.photo
        for element in document.finder.select(css)
        if (address := image_address(element))
    ]
    known = {image.url for image in article.images}
    photos = [Image(address, captions[0] if captions else None) for address in addresses[:1] if address not in known]
    if photos:
        article.images = photos + article.images
        article.blocks = [Block("caption", text) for text in captions[:1]] + article.blocks


def absolute(images: list[Image], document: Document) -> list[Image]:
    """The photos with absolute addresses, each once."""
    seen: dict[str, Image] = {}
    for image in images:
        address = document.absolute(image.url)
        seen.setdefault(address, Image(address, image.caption))
    return list(seen.values())
