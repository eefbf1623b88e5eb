"""What makes two texts the same, a changed one, or another one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from crawler.folding import collapse, normalise, shingles, syllables, unify
from crawler.items import Article
from crawler.urls import url_key

COPY_SYLLABLES = 20  # a shorter text ("Ảnh: …", a notice) may stand under many articles
SHORT_SYLLABLES = 30  # a text so short says little by its shingles alone
COMMON_SHARE = 0.1  # unrelated provincial news share below 0.03 of the shorter one's 3-syllable shingles
COMMON_TITLE = 0.5  # share of the syllables of both titles
COMMON_SHORT_TITLE = 0.3


def digest(*parts: str) -> str:
    """Return 32 hex digits that identify ``parts`` in their order."""
    data = json.dumps(parts, ensure_ascii=True).encode("ascii")
    return hashlib.sha256(data).hexdigest()[:32]


def utc_text(moment: datetime) -> str:
    """Write ``moment`` (naive counts as UTC) as ``2026-11-23T06:30:00.000Z``, so that text sorts as time."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{aware.microsecond // 1000:03d}Z"


def now_text() -> str:
    """Return the present as ``utc_text`` writes it."""
    return utc_text(datetime.now(UTC))


def links_hash(urls: Iterable[str]) -> str:
    """Hash which articles a list has; their order, and any number or time that the page bears, do not count."""
    return digest(*sorted({url_key(url) for url in urls}))


def content_hash(article: Article) -> str:
    """Hash what readers see of an article; spelling variants, white space and dropped debris do not count."""

    def seen(text: str | None) -> str:
        return unify(collapse(text or ""))

    parts = [
        seen(article.title),
        seen(article.lead),
        [seen(text) for text in article.paragraphs],
        [seen(text) for text in article.captions],
        [seen(name) for name in article.authors],
        seen(article.source),
        article.published_at or "",
        [seen(name) for name in article.section],
    ]
    return digest(json.dumps(parts))


def text_hash(article: Article) -> str | None:
    """Hash lead and paragraphs without case; ``None`` when they are too short to tell a copy."""
    texts = [normalise(text) for text in (article.lead or "", *article.paragraphs)]
    words = " ".join(text for text in texts if text)
    return digest(words) if len(words.split()) >= COPY_SYLLABLES else None


def related(title: str | None, text: str, other_title: str | None, other_text: str) -> bool:
    """Return whether two texts under one key can be two states of one article.

    They are when they share a little of their text or much of their titles, or when there is too little
    to tell.
    """
    ours, theirs = shingles(text), shingles(other_text)
    titles = _jaccard(title, other_title)
    if titles >= COMMON_TITLE:
        return True
    if not ours or not theirs:
        return not (title and other_title)
    if len(ours & theirs) / min(len(ours), len(theirs)) >= COMMON_SHARE:
        return True
    return min(len(ours), len(theirs)) < SHORT_SYLLABLES and titles >= COMMON_SHORT_TITLE


def _jaccard(title: str | None, other: str | None) -> float:
    ours, theirs = set(syllables(title or "")), set(syllables(other or ""))
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0
