"""Which of a page's statements of its publication holds, and whether the others contradict it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from crawler.extraction.dates.stamp import Stamp, refuse

# A difference that no reader would call a contradiction: saved, queued, published.
_NEAR = timedelta(hours=1)
# Two clocks of the same moment differ by no more, and by whole quarters of an hour.
_ZONES_APART = timedelta(hours=14)
_QUARTER = 15 * 60
_PRINTED = ("rule", "generic")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A moment that may be the time of publication, and where it stands (its provenance)."""

    stamp: Stamp
    origin: str


@dataclass(slots=True)
class Choice:
    """The moment that holds, ``None`` where there is none; ``warnings`` name what was refused or contradicts it."""

    chosen: Candidate | None = None
    warnings: list[str] = field(default_factory=list)


def choose(candidates: Iterable[Candidate], fetched_at: datetime, changed: Iterable[Stamp] = ()) -> Choice:
    """The first possible candidate, made more exact by others that state the same moment.

    Impossible ones are refused with the reason. ``changed`` are statements of the last change: a candidate that repeats
    one of them contradicts nothing.
    """
    choice = Choice()
    possible: list[Candidate] = []
    for candidate in candidates:
        reason = refuse(candidate.stamp, fetched_at)
        if reason is None:
            possible.append(candidate)
        elif (warning := f"date_refused: {reason}") not in choice.warnings:
            choice.warnings.append(warning)
    if not possible:
        return choice
    first, *others = possible
    for refine in (_in_other_order, _in_local_time, _with_clock, _with_zone, _with_seconds):
        first = refine(first, others)
    choice.chosen = first
    differing = _contradiction(first, others, list(changed))
    if differing:
        choice.warnings.append(f"dates_differ: {_named(first)} / {_named(differing)}")
    return choice


def same_minute(one: Stamp, other: Stamp) -> bool:
    """Whether both state the same minute; one without zone is only that of another without zone."""
    if not (one.exact and other.exact) or (one.when.tzinfo is None) != (other.when.tzinfo is None):
        return False
    return _minute(one.when) == _minute(other.when)


def _contradiction(first: Candidate, others: list[Candidate], changes: list[Stamp]) -> Candidate | None:
    """The first of the others that is of another moment; of lines printed near the headline only the first counts."""
    near = [other for other in others if other.origin == "generic"]
    for other in others:
        if other in near[1:] or _agree(first.stamp, other.stamp):
            continue
        if not any(_agree(change, other.stamp) for change in changes):
            return other
    return None


def _in_other_order(first: Candidate, others: list[Candidate]) -> Candidate:
    """Day and month of a field for machines the other way round, where only that is what the page states elsewhere."""
    stamp = first.stamp
    if first.origin == "rule" or not stamp.either_order:
        return first
    sure = [other.stamp for other in others if not other.stamp.either_order]
    turned = stamp.turned()
    if any(_agree(turned, other) for other in sure) and not any(_agree(stamp, other) for other in sure):
        return replace(first, stamp=turned)
    return first


def _in_local_time(first: Candidate, others: list[Candidate]) -> Candidate:
    """A moment marked as UTC whose clock is the one printed for local readers: the site writes its own time so."""
    when = first.stamp.when
    if not first.stamp.zoned or not first.stamp.exact:
        return first
    written = when.astimezone(UTC).replace(tzinfo=when.tzinfo)
    printed = [other.stamp for other in others if other.origin in _PRINTED and not other.stamp.zoned]
    meant = replace(first.stamp, when=written)
    if any(same_minute(other, meant) for other in printed) and not any(
        same_minute(other, first.stamp) for other in printed
    ):
        return replace(first, stamp=meant)
    return first


def _with_clock(first: Candidate, others: list[Candidate]) -> Candidate:
    """For a day alone (or the midnight that stands for one) the time of that day that is stated elsewhere."""
    if first.stamp.exact and (first.origin == "rule" or not first.stamp.is_midnight):
        return first
    day = first.stamp.when.date()
    exact = (other for other in others if other.stamp.exact and not other.stamp.is_midnight)
    return next((other for other in exact if other.stamp.when.date() == day), first)


def _with_zone(first: Candidate, others: list[Candidate]) -> Candidate:
    """For a time without zone the same one with a zone."""
    if first.stamp.when.tzinfo is not None or not first.stamp.exact:
        return first
    zoned = (other for other in others if other.stamp.exact and other.stamp.when.tzinfo is not None)
    return next((other for other in zoned if _agree(first.stamp, other.stamp)), first)


def _with_seconds(first: Candidate, others: list[Candidate]) -> Candidate:
    if not first.stamp.exact or first.stamp.seconds:
        return first
    return next((other for other in others if other.stamp.seconds and same_minute(first.stamp, other.stamp)), first)


def _agree(one: Stamp, other: Stamp) -> bool:
    """Whether two statements may be of one moment: minutes apart, in another zone, or with no clock to compare."""
    first, second = one.when, other.when
    apart = abs(first.replace(tzinfo=None) - second.replace(tzinfo=None))
    known = first.tzinfo is not None and second.tzinfo is not None
    if not (one.exact and other.exact) or one.is_midnight or other.is_midnight:
        days = abs((first.date() - second.date()).days)
        return days <= (0 if known and first.utcoffset() == second.utcoffset() else 1)
    if apart < _NEAR or (known and abs(first - second) < _NEAR):
        return True
    if (one.zoned and _marked_as_utc(one, other)) or (other.zoned and _marked_as_utc(other, one)):
        return True
    if known or apart > _ZONES_APART:
        return False
    left = apart.total_seconds() % _QUARTER
    return min(left, _QUARTER - left) <= 60


def _marked_as_utc(zoned: Stamp, other: Stamp) -> bool:
    """Whether the clock of ``other`` is the one that ``zoned`` states as that of UTC: local time marked so."""
    return abs(zoned.when.astimezone(UTC).replace(tzinfo=None) - other.when.replace(tzinfo=None)) < _NEAR


def _minute(when: datetime) -> datetime:
    return when.replace(second=0, microsecond=0)


def _named(candidate: Candidate) -> str:
    return f"{candidate.stamp.iso()} ({candidate.origin})"
