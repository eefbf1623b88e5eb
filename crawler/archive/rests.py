"""Rests: until when a newspaper is left alone, and why."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from crawler.archive.hashes import now_text, utc_text
from crawler.archive.runs import know_outlet


@dataclass(frozen=True, slots=True)
class Rest:
    """A rest of an outlet; times are UTC text. ``number`` counts those in a row, without an answer in between."""

    outlet: str
    since: str
    until: str
    reason: str
    number: int = 1
    ended_at: str | None = None

    @classmethod
    def begin(cls, outlet: str, since: datetime, until: datetime, reason: str, number: int) -> Rest:
        """A rest from one aware time until another."""
        return cls(outlet, utc_text(since), utc_text(until), reason, number)

    def lasts(self, now: datetime) -> bool:
        """Whether the outlet is to be left alone at an aware time."""
        return self.ended_at is None and utc_text(now) < self.until

    def words(self) -> str:
        """For people."""
        return f"rests until {self.until[:16]}Z: {self.reason}"


def begin(connection: sqlite3.Connection, rest: Rest) -> None:
    """Note that a rest begins."""
    know_outlet(connection, rest.outlet)
    connection.execute(
        "INSERT INTO rests (outlet, since, until, reason, number) VALUES (?, ?, ?, ?, ?)",
        (rest.outlet, rest.since, rest.until, rest.reason, rest.number),
    )


def end(connection: sqlite3.Connection, outlet: str) -> None:
    """Note that the outlet answers again."""
    connection.execute("UPDATE rests SET ended_at = ? WHERE outlet = ? AND ended_at IS NULL", (now_text(), outlet))


def last(connection: sqlite3.Connection, outlet: str) -> Rest | None:
    """The newest rest of an outlet, over or not."""
    row = connection.execute(
        "SELECT outlet, since, until, reason, number, ended_at FROM rests WHERE outlet = ? ORDER BY id DESC LIMIT 1",
        (outlet,),
    ).fetchone()
    return Rest(**dict(row)) if row else None
