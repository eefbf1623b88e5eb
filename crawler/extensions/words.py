"""What came of a run, in words for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from crawler.archive import OutletCounts, RunSummary
from crawler.archive.health import Health
from crawler.archive.watches import Event

TOLD = 10  # articles of one saved query that a summary names

# Kinds of rejection, as a reader would call such a page.
REJECTED = {
    "home": "home page",
    "video": "video page",
    "error": "error page",
    "blocked": "block page",
    "binary": "no text",
    "other_language": "page in another language",
    "not_article": "no article",
    "failed": "a rule failed",
}

# Ledger states of what was never fetched, and whose doing it is.
SKIPPED = {
    "blocked": "blocked by the paper",
    "excluded": "excluded by robots.txt or rules",
    "refused": "refused: no public address",
}


def summary_lines(summary: RunSummary) -> list[str]:
    """One line for each outlet of a run."""
    if not summary.outlets:
        crawling = summary.command.startswith("crawl")
        return ["nothing to fetch" + (": no list and no article is due" if crawling else "")]
    return [f"{name or 'no outlet'}: {outlet_words(counts)}" for name, counts in sorted(summary.outlets.items())]


def watch_lines(events: Sequence[Event]) -> list[str]:
    """What saved queries have to tell of a run: a line a query, and below it the articles, at most so many."""
    lines: list[str] = []
    for name in sorted({event.watch for event in events}):
        told = [event for event in events if event.watch == name]
        numbers = Counter(event.what for event in told)
        lines.append(f"watch {name}: {_each(numbers)}")
        lines += [f"  {event.what}: {event.title or '(no title)'} · {event.url or event.key}" for event in told[:TOLD]]
        if len(told) > TOLD:
            lines.append(f"  … and {len(told) - TOLD} more: scrapy watch show {name}")
    return lines


def health_lines(judged: Sequence[Health]) -> list[str]:
    """A line for each thing that is wrong with an outlet; none when all are well."""
    return [f"ALARM {one.outlet}: {alarm}" for one in judged for alarm in one.alarms]


def outlet_words(counts: OutletCounts) -> str:
    """What came of one outlet: how many URLs were found, and what each turned out to be."""
    return f"{counts.found} found: " + (", ".join(_parts(counts)) or "nothing")


def _parts(counts: OutletCounts) -> Iterator[str]:
    if counts.new:
        yield f"{counts.new} new" + (f" ({counts.copies} of them copies of others)" if counts.copies else "")
    plain = (
        (counts.revised, "revised"),
        (counts.unchanged, "unchanged"),
        (counts.not_modified, "not modified"),
        (counts.same_article, "under another address of a known article"),
        (counts.gone, "withdrawn"),
        (counts.sections, "list of articles" if counts.sections == 1 else "lists of articles"),
        (counts.photos, "photo" if counts.photos == 1 else "photos"),
    )
    yield from (f"{number} {word}" for number, word in plain if number)
    if counts.rejected:
        yield f"{sum(counts.rejected.values())} rejected ({_each(counts.rejected, REJECTED)})"
    if counts.failed:
        yield f"{sum(counts.failed.values())} failed ({_each(counts.failed)})"
    if counts.skipped:
        yield _each(counts.skipped, SKIPPED)
    if counts.pending:
        yield f"{counts.pending} still to be fetched"


def _each(numbers: Mapping[str, int], names: Mapping[str, str] | None = None) -> str:
    names = names or {}
    return ", ".join(f"{number} {names.get(reason, reason)}" for reason, number in sorted(numbers.items()))
