"""Whether the outlets are well: what came lately of each, against its own last four weeks.

Pure functions of a connection and a time. Nothing is learnt or stored: the archive itself is the memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from crawler.archive.hashes import utc_text
from crawler.archive.odds import at_least, at_most

BASELINE = timedelta(days=28)  # four of each weekday
LATELY = timedelta(hours=24)
FEWEST_BEFORE, FEWEST_NOW = 20, 5  # readings below which nothing is judged
UNLIKELY = 0.001  # of being chance: with 34 outlets and ten measures a false alarm every third day at most
DROP = 0.2  # by so much a share must have changed as well: a small change of a large sample is no alarm
SHORT, LONG = 0.5, 3.0  # of the usual median length of a body
LOW = 0.5  # of the least number of new articles in any day (or three) of the four weeks
HOLIDAY = 0.5  # share of the outlets that are quiet at once, from which on it is the day and not the outlet
FIELDS = ("title", "date", "lead", "authors", "section")


@dataclass(frozen=True, slots=True)
class Sample:
    """Readings of an outlet in a time.

    ``articles`` are those read (new or changed), ``pages`` all that were to be articles; ``shares`` are of these, from
    0 to 1, ``length`` is the median body in characters.
    """

    articles: int
    pages: int
    shares: Mapping[str, float]
    length: float


@dataclass(slots=True)
class Health:
    """An outlet lately and before; ``alarms`` are sentences, none when it is well or too young to be judged.

    ``new`` is the number of new articles in the last 24 hours, ``usual`` the median of the days before. ``newest`` is
    the publication of the newest article as the paper states it, ``last_fetch`` UTC text.
    """

    outlet: str
    now: Sample
    before: Sample
    new: int
    usual: float
    newest: str | None
    last_fetch: str | None
    judged: bool
    alarms: list[str] = field(default_factory=list)


def health(connection: sqlite3.Connection, now: datetime, outlets: Iterable[str] | None = None) -> list[Health]:
    """Judge every outlet of which anything came in the four weeks before ``now`` (aware), or those named."""
    since = utc_text(now - BASELINE)
    rows = connection.execute(
        "SELECT outlet, max(fetched_at) AS last_fetch FROM fetches WHERE outlet IS NOT NULL AND fetched_at >= ?"
        " GROUP BY outlet ORDER BY outlet",
        (since,),
    ).fetchall()
    wanted = None if outlets is None else set(outlets)
    whole = [_of_outlet(connection, row["outlet"], row["last_fetch"], now) for row in rows]
    quiet = [(one, why) for one in whole if one.judged and (why := _quiet(connection, one.outlet, now))]
    judged = sum(one.judged for one in whole)
    # One outlet alone has nobody to compare with.
    if quiet and (judged == 1 or len(quiet) <= HOLIDAY * judged):
        for one, why in quiet:
            one.alarms.insert(0, why)
    return [one for one in whole if wanted is None or one.outlet in wanted]


def _of_outlet(connection: sqlite3.Connection, outlet: str, last_fetch: str, now: datetime) -> Health:
    border = _last_run_began(connection, outlet, now)
    before = _sample(connection, outlet, utc_text(now - BASELINE), border)
    lately = _sample(connection, outlet, border, utc_text(now))
    if lately.pages < FEWEST_NOW:  # a quiet run: with those of the day
        border = min(border, utc_text(now - LATELY))
        before = _sample(connection, outlet, utc_text(now - BASELINE), border)
        lately = _sample(connection, outlet, border, utc_text(now))
    counts = _new_by_day(connection, outlet, now)
    past = [counts.get(day, 0) for day in range(1, _days_known(connection, outlet, now) + 1)]
    found = Health(
        outlet, lately, before, counts.get(0, 0), median(past) if past else 0.0,
        _newest(connection, outlet), last_fetch, before.articles >= FEWEST_BEFORE,
    )  # fmt: skip
    if found.judged:
        found.alarms = [*_silent(last_fetch, now), *_fields(found), *_odd(found), *_stale(connection, found, now)]
    found.alarms += _resting(connection, outlet, now)
    return found


# What is seen --------------------------------------------------------------------------------------------------


def _last_run_began(connection: sqlite3.Connection, outlet: str, now: datetime) -> str:
    row = connection.execute(
        "SELECT started_at FROM runs WHERE id = (SELECT run FROM fetches WHERE outlet = ? AND fetched_at <= ?"
        " ORDER BY fetched_at DESC LIMIT 1)",
        (outlet, utc_text(now)),
    ).fetchone()
    return str(row[0]) if row else utc_text(now)


def _sample(connection: sqlite3.Connection, outlet: str, since: str, until: str) -> Sample:
    row = connection.execute(_READ, (outlet, since, until)).fetchone()
    pages = connection.execute(_PAGES, (outlet, since, until)).fetchone()
    number = row["articles"]
    shares = {name: row[name] / number if number else 0.0 for name in (*FIELDS, "fallback", "mojibake")}
    for name in ("rejected", "blocked"):
        shares[name] = pages[name] / pages["pages"] if pages["pages"] else 0.0
    lengths = connection.execute(_LENGTHS, (outlet, since, until)).fetchall()
    return Sample(number, pages["pages"], shares, median(one[0] for one in lengths) if lengths else 0.0)


def _new_by_day(connection: sqlite3.Connection, outlet: str, now: datetime) -> dict[int, int]:
    """New articles by days back: 0 are the last 24 hours."""
    rows = connection.execute(
        "SELECT CAST(julianday(?1) - julianday(first_seen_at) AS INTEGER) AS back, count(*) FROM articles"
        " WHERE outlet = ?2 AND first_seen_at > ?3 AND first_seen_at <= ?1 GROUP BY 1",
        (utc_text(now), outlet, utc_text(now - BASELINE)),
    )
    return {row[0]: row[1] for row in rows}


def _days_known(connection: sqlite3.Connection, outlet: str, now: datetime) -> int:
    """Whole days for which the outlet was read before the last 24 hours, at most 27."""
    first = connection.execute("SELECT min(first_seen_at) FROM articles WHERE outlet = ?", (outlet,)).fetchone()[0]
    if first is None:
        return 0
    return max(0, min((now - datetime.fromisoformat(first)).days, BASELINE.days) - 1)


def _newest(connection: sqlite3.Connection, outlet: str) -> str | None:
    row = connection.execute(
        "SELECT published_at FROM articles JOIN revisions ON revisions.id = last_revision"
        " WHERE outlet = ? AND published_at IS NOT NULL ORDER BY julianday(published_at) DESC LIMIT 1",
        (outlet,),
    ).fetchone()
    return str(row[0]) if row else None


# What is judged ------------------------------------------------------------------------------------------------


def _quiet(connection: sqlite3.Connection, outlet: str, now: datetime) -> str | None:
    """Far fewer new articles than in any day of the four weeks, or, of a paper with empty days, in any three."""
    counts = _new_by_day(connection, outlet, now)
    days = _days_known(connection, outlet, now)
    for width in (1, 3):
        spans = [sum(counts.get(day + at, 0) for at in range(width)) for day in range(width, days - width + 2)]
        least = min(spans, default=0)
        if least:
            new = sum(counts.get(day, 0) for day in range(width))
            in_time = "24 hours" if width == 1 else f"{width} days"
            return f"new articles in {in_time}: {new}, never fewer than {least} before" if new < LOW * least else None
    return None


def _silent(last_fetch: str, now: datetime) -> list[str]:
    silent = now - datetime.fromisoformat(last_fetch)
    return [f"nothing was fetched for {silent.days} days"] if silent > timedelta(days=2) else []


def _fields(found: Health) -> list[str]:
    """Fields that fewer articles have than before."""
    number = found.now.articles
    if number < FEWEST_NOW:
        return []
    alarms = []
    for name in FIELDS:
        share, usual = found.now.shares[name], found.before.shares[name]
        hits = round(share * number)
        if usual - share >= DROP and at_most(hits, number, _smoothed(usual, found.before.articles)) < UNLIKELY:
            alarms.append(f"{name}: {hits} of {number} articles have one, {usual:.0%} are usual")
    return alarms


def _odd(found: Health) -> list[str]:
    """Readings of a kind that is more frequent than before, and bodies of another length."""
    words = {
        "fallback": (found.now.articles, found.before.articles, "read without the rules of its layout"),
        "mojibake": (found.now.articles, found.before.articles, "in scrambled letters"),
        "rejected": (found.now.pages, found.before.pages, "no article: has the layout changed?"),
        "blocked": (found.now.pages, found.before.pages, "refused by the site"),
    }
    alarms = []
    for name, (number, past, what) in words.items():
        share, usual = found.now.shares[name], found.before.shares[name]
        hits = round(share * number)
        if number >= FEWEST_NOW and share - usual >= DROP and at_least(hits, number, _smoothed(usual, past)) < UNLIKELY:
            alarms.append(f"{hits} of {number} pages {what} ({usual:.0%} are usual)")
    length, usual_length = found.now.length, found.before.length
    if found.now.articles >= FEWEST_NOW and usual_length and not SHORT <= length / usual_length <= LONG:
        alarms.append(f"bodies of {length:.0f} characters, {usual_length:.0f} are usual")
    return alarms


def _stale(connection: sqlite3.Connection, found: Health, now: datetime) -> list[str]:
    """The newest article is older than any pause between two days with articles in the four weeks, and two days."""
    if found.newest is None:
        return []
    days = [
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT CAST(julianday(published_day) AS INTEGER) FROM articles JOIN revisions"
            " ON revisions.id = last_revision WHERE outlet = ? AND first_seen_at >= ? AND published_day IS NOT NULL"
            " ORDER BY 1",
            (found.outlet, utc_text(now - BASELINE)),
        )
    ]
    longest = max((late - early for early, late in pairwise(days)), default=0)
    published = datetime.fromisoformat(found.newest)
    age = now - (published if published.tzinfo else published.replace(tzinfo=now.tzinfo))
    first_seen = connection.execute(
        "SELECT max(first_seen_at) FROM articles WHERE outlet = ?", (found.outlet,)
    ).fetchone()[0]
    late = now - datetime.fromisoformat(first_seen) > LATELY  # what came today is new to us, however old it says it is
    return [f"the newest article is {age.days} days old"] if late and age > timedelta(days=max(2, longest + 1)) else []


def _resting(connection: sqlite3.Connection, outlet: str, now: datetime) -> list[str]:
    row = connection.execute(
        "SELECT until, reason FROM rests WHERE outlet = ? AND ended_at IS NULL AND until > ? ORDER BY id DESC LIMIT 1",
        (outlet, utc_text(now)),
    ).fetchone()
    return [f"rests until {row['until'][:16]}Z: {row['reason']}"] if row else []


def _smoothed(share: float, number: int) -> float:
    """A share as it may really be: one more hit and one more miss than were seen (Laplace)."""
    return (share * number + 1) / (number + 2)


_READ = """
SELECT count(*) AS articles,
  count(nullif(title, '')) AS title, count(published_at) AS date, count(nullif(lead, '')) AS lead,
  coalesce(sum(byline <> ''), 0) AS authors, coalesce(sum(section <> '[]'), 0) AS section,
  coalesce(sum(json_extract(provenance, '$.paragraphs') IS 'generic'), 0) AS fallback,
  coalesce(sum(warnings LIKE '%"mojibake%'), 0) AS mojibake
FROM fetches JOIN revisions ON revisions.fetch = fetches.id
WHERE outlet = ? AND fetches.fetched_at >= ? AND fetches.fetched_at < ? AND outcome IN ('new', 'revised')
"""
_LENGTHS = """
SELECT length(body) FROM fetches JOIN revisions ON revisions.fetch = fetches.id
WHERE outlet = ? AND fetches.fetched_at >= ? AND fetches.fetched_at < ? AND outcome IN ('new', 'revised')
"""
# Pages that were to be articles, and had an answer.
_PAGES = """
SELECT count(*) AS pages,
  coalesce(sum(outcome = 'rejected' AND coalesce(rejections.kind, '') IN ('not_article', 'error')), 0) AS rejected,
  coalesce(sum(status IN (403, 429) OR coalesce(rejections.kind, '') = 'blocked'), 0) AS blocked
FROM fetches LEFT JOIN rejections ON rejections.fetch = fetches.id
WHERE fetches.outlet = ? AND fetched_at >= ? AND fetched_at < ? AND status IS NOT NULL
  AND outcome NOT IN ('section', 'photo', 'not_modified', 'gone')
"""
