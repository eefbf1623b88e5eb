"""The rules every article passes, whatever way it came in: live page, saved page or text dump."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.extraction.boilerplate import Boilerplate, take_out
from crawler.extraction.debris import debris
from crawler.extraction.text import letters, tidy, unique
from crawler.items import Article, Block, Dropped, Image, Result

#: Layout of articles read from a plain text dump.
TEXT_DUMP = "text-dump"
_LEADING_DASH = re.compile(r"^[-–—•](?:\s+|(?=[^\W\d_]))")


def clean(result: Result, boilerplate: Boilerplate | None = None) -> Result:
    """Apply the cleaning rules, and what was learnt of the outlet, to an article; other results pass as they are.

    White space and Unicode form are made one, debris lines are dropped with the rule's name, a bare leading
    dash of the lead goes, a lead repeated as the first paragraph is listed once. Letters are never changed.
    Cleaning twice gives the same as cleaning once.
    """
    if not isinstance(result, Article):
        return result
    result = take_out(result, boilerplate)
    lead = clean_lead(result.lead)
    blocks, dropped = _clean_blocks(result, lead)
    return replace(
        result,
        title=tidy(result.title or "") or None,
        lead=lead,
        authors=unique([tidy(name) for name in result.authors]),
        source=tidy(result.source or "") or None,
        section=[tidy(name) for name in result.section if tidy(name)],
        tags=unique([tidy(tag).lstrip("#").strip() for tag in result.tags]),
        blocks=blocks,
        images=[Image(image.url, tidy(image.caption or "") or None) for image in result.images],
        dropped=[*result.dropped, *dropped],
    )


def clean_lead(lead: str | None) -> str | None:
    """The lead without a bare leading dash; an outlet's mark before a dash stays."""
    return _LEADING_DASH.sub("", tidy(lead or "")) or None


def same_text(one: str, other: str) -> bool:
    """Whether two texts are the same but for case, punctuation and white space."""
    return letters(one) == letters(other) != ""


def _clean_blocks(article: Article, lead: str | None) -> tuple[list[Block], list[Dropped]]:
    in_dump = article.layout == TEXT_DUMP
    kept: list[Block] = []
    dropped: list[Dropped] = []
    for block in article.blocks:
        text = tidy(block.text)
        if not text:
            continue
        rule = debris(text) if block.kind != "table_row" else None
        if rule == "link_spam" and not in_dump:
            # On a page link spam is hidden or linked, and known by that; a visible line is text.
            rule = None
        if rule is None and block.kind != "caption" and not any(other.kind != "caption" for other in kept):
            rule = _repeats(text, lead, article.title)
        if rule:
            dropped.append(Dropped(text, rule))
        else:
            kept.append(Block(block.kind, text))
    return kept, dropped


def _repeats(text: str, lead: str | None, title: str | None) -> str | None:
    """Why a first block is a repetition of what stands above the body."""
    if title and same_text(text, title):
        return "title_repeated"
    if lead and same_text(_LEADING_DASH.sub("", text), lead):
        return "lead_repeated"
    return None
