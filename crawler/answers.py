"""What the commands say about a page: as a JSON object, and as text to read."""

from __future__ import annotations

import json
from typing import Any

from itemadapter import ItemAdapter

from crawler.items import Article, Rejection, Result, SectionPage

# The answer about an article, in this order.
_ARTICLE = (
    "kind url outlet title published_at published_raw published_day modified_at authors source agency section lead"
    " paragraphs captions images tags layout provenance dropped warnings"
).split()
# Every key that an answer may have.
KEYS = frozenset(
    [*_ARTICLE, *"error reason article_urls other_article_urls next_pages feeds boilerplate path".split()],
)


def answer(result: Result) -> dict[str, Any]:
    """A result as a JSON-ready object: an article, a section page, a page that is no article, or an error."""
    if isinstance(result, Article):
        return _article(result)
    if isinstance(result, Rejection) and result.kind == "failed":
        return {"error": result.reason}
    return {"kind": result.kind, **ItemAdapter(result).asdict()}


def _article(article: Article) -> dict[str, Any]:
    record = ItemAdapter(article).asdict()
    record["paragraphs"], record["captions"] = article.paragraphs, article.captions
    record["images"] = [image.url for image in article.images]
    used = {"boilerplate": article.boilerplate} if article.boilerplate else {}
    return {name: record[name] for name in _ARTICLE} | used


def json_line(value: Any) -> bytes:
    """One line of UTF-8 JSON; a text that is no Unicode (a lone surrogate) is escaped instead."""
    try:
        text = json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        text = json.dumps(value).encode()
    return text + b"\n"


def as_text(result: Result) -> str:
    """A result for reading: title, date and names, lead, body with captions in brackets."""
    if isinstance(result, Rejection):
        return f"[{result.kind}] {result.reason}"
    if isinstance(result, SectionPage):
        groups = {
            "articles": result.article_urls,
            "other articles": result.other_article_urls,
            "next pages": result.next_pages,
            "feeds": result.feeds,
        }
        lines = [f"[section] {result.url or ''}".rstrip()]
        for name, urls in groups.items():
            lines += [f"\n{name}: {len(urls)}", *(f"  {url}" for url in urls)]
        return "\n".join(lines)
    byline = ", ".join(article_names(result))
    head = " · ".join(filter(None, [result.published_at, byline, " > ".join(result.section)]))
    body = [f"[{block.text}]" if block.kind == "caption" else block.text for block in result.blocks]
    return "\n\n".join(filter(None, [result.title or "(no title)", head, result.lead, *body]))


def article_names(article: Article) -> list[str]:
    """Authors, then the credited source in parentheses."""
    return article.authors + ([f"({article.source})"] if article.source else [])
