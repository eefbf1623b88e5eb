"""What the archive takes and gives besides the items of the crawl."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, Literal

from crawler.items import Found

UrlKind = Literal["article", "section", "feed", "photo"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A URL to be fetched. ``priority``: higher is fetched first.

    A known list is read again when it is due; ``at_once``: whether it is or not. ``known_at`` is for a further page
    of a list: which links are new to it (the column of ``urls``).
    """

    url: str
    kind: UrlKind = "article"
    found: Found = field(default_factory=Found)
    priority: int = 0
    at_once: bool = False
    known_at: str | None = None


@dataclass(frozen=True, slots=True)
class Lease:
    """A URL handed to a run; it comes back by ``Archive.store`` or ``Ledger.finish``.

    ``etag`` and ``last_modified`` are those of the document we have; ``None`` for both when it is to be asked for
    without condition.
    """

    url: str
    kind: UrlKind
    outlet: str | None
    found: Found
    attempts: int = 0
    etag: str | None = None
    last_modified: str | None = None


@dataclass(slots=True)
class OutletCounts:
    """What came of an outlet's URLs in one run, each counted once.

    ``found`` = new + revised + unchanged + not_modified + same_article + sections + photos + rejected + failed +
    skipped + gone + pending. ``not_modified`` are articles and lists of which the server said so (HTTP 304). ``copies``
    are among the new ones, ``bytes`` (of documents, unpacked) and ``seconds`` (from the first answer to the last) are
    counted beside. ``rejected`` is by kind, ``failed`` by reason, ``skipped`` (never fetched: refused,
    excluded, blocked) by ledger state.
    """

    new: int = 0
    revised: int = 0
    unchanged: int = 0
    not_modified: int = 0
    same_article: int = 0
    copies: int = 0
    sections: int = 0
    photos: int = 0
    gone: int = 0
    pending: int = 0
    bytes: int = 0
    seconds: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)

    @property
    def found(self) -> int:
        """How many URLs (or replayed documents) the run dealt with."""
        known = self.unchanged + self.not_modified + self.same_article
        whole = self.new + self.revised + known + self.sections + self.photos + self.gone
        parts = (*self.rejected.values(), *self.failed.values(), *self.skipped.values())
        return whole + self.pending + sum(parts)


@dataclass(slots=True)
class RunSummary:
    """What came of a run, by outlet name ("" where the outlet is unknown). Times are UTC text."""

    run_id: str
    command: str
    started_at: str
    finished_at: str | None
    finish_reason: str | None
    outlets: dict[str, OutletCounts]

    @property
    def total(self) -> OutletCounts:
        """All outlets together."""
        total = OutletCounts()
        for counts in self.outlets.values():
            add_counts(total, counts)
        return total


def add_counts(to: OutletCounts, counts: OutletCounts) -> None:
    """Add ``counts`` to ``to``."""
    for name in (one.name for one in fields(OutletCounts)):
        sums, more = getattr(to, name), getattr(counts, name)
        if isinstance(more, int):
            setattr(to, name, sums + more)
        else:
            for reason, count in more.items():
                sums[reason] = sums.get(reason, 0) + count


@dataclass(frozen=True, slots=True)
class Hit:
    """A found article; ``snippet`` is its own text with the matches between marks."""

    article_id: int
    key: str
    outlet: str | None
    title: str | None
    url: str | None
    published_at: str | None
    snippet: str


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """Everything the archive knows of an article.

    ``latest`` is its row of ``articles_latest``; ``revisions`` are all states, oldest first, with lists and
    objects decoded; ``fetches`` are oldest first; ``copy_of`` and ``copies`` are rows of ``articles_latest``.
    """

    latest: dict[str, Any]
    revisions: list[dict[str, Any]]
    images: list[dict[str, Any]]
    urls: list[dict[str, Any]]
    fetches: list[dict[str, Any]]
    copy_of: dict[str, Any] | None
    copies: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class OutletStatus:
    """What the archive holds of an outlet; ``newest_day`` is the latest local day of publication.

    ``rests``: until when it is left alone (UTC) and why, ``None`` when it is not.
    ``failed``: URLs and documents whose last fetch brought nothing usable, tried again (then ``pending`` too) or
    not. ``blocked``, ``refused`` and ``excluded`` are URLs in these ledger states.
    """

    outlet: str
    title: str | None
    articles: int
    revisions: int
    copies: int
    gone: int
    rejected: int
    pending: int
    failed: int
    blocked: int
    refused: int
    excluded: int
    newest_day: str | None
    rests: str | None
    last_fetch: str | None
    last_run: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """What the archive holds; ``size`` in bytes, with the journal; ``runs`` newest first.

    ``bodies`` are the documents kept, ``photos`` among them, with their bytes unpacked (``…_size``) and packed
    (``frames_size``, of all of them).

    A run is its row of ``runs`` with ``state``: ended, running, or killed; where it did not end, its counts are
    made from what it stored.
    """

    path: str
    size: int
    articles: int
    revisions: int
    bodies: int
    bodies_size: int
    frames_size: int
    photos: int
    photos_size: int
    outlets: list[OutletStatus]
    runs: list[dict[str, Any]]
