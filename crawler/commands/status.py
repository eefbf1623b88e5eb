"""``scrapy status``: what the archive holds and how the last runs ended."""

from __future__ import annotations

import argparse
import shlex
import sys
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from crawler.archive import Archive, OutletCounts, Status
from crawler.archive.health import FIELDS, Health
from crawler.archive.model import OutletStatus, add_counts
from crawler.cli import ArchiveCommand
from crawler.durations import as_text, duration
from crawler.extensions.words import health_lines, outlet_words
from crawler.output import counted, print_json, print_table, print_text
from crawler.spiders.arguments import ALARM

# Shown when any outlet has one: most archives have none.
_RARE = ("blocked", "refused", "excluded")


class Command(ArchiveCommand):
    """Shows the archive at a glance."""

    summary = "What the archive holds, by newspaper, and how the last runs ended"
    description = """
        Show how many articles the archive holds of each newspaper, how many of them were changed,
        withdrawn or copied from another, how many pages were no article (rejected) or could not be
        fetched (failed: those to be tried again too), what is still to be fetched (to do), the newest
        day of publication, the last fetch, and the last runs. Where there are any: pages that the paper
        keeps from us (blocked), addresses that are not public (refused), and what robots.txt or our
        rules forbid (excluded).

        A run is "running" while its process is there, "killed" when that ended without a word; what
        came of it is counted from what it stored.

        --health judges every newspaper by what came in its last run (or the last 24 hours, where that was
        little) against its own last four weeks: new articles a day, the share of articles with title,
        date, lead, authors, section, the median length of the body, how many were read without the rules
        of a layout, were scrambled, were no article, were refused by the site, and the age of the newest
        article. Days on which most newspapers are quiet alarm nobody; one with fewer than 20 articles in
        those weeks is too young to be judged.
    """
    examples = (
        "scrapy status --health",
        "scrapy status --max-age 26h",
        "scrapy status --json",
        "scrapy status -s ARCHIVE=demo.db",
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command, then the global ones."""
        parser.add_argument("--json", action="store_true", help="the same and more, as JSON")
        parser.add_argument("--health", action="store_true", help="judge what came lately; exit code 4 when alarmed")
        parser.add_argument(
            "--max-age", type=duration, metavar="TIME", help="exit code 4 when the last crawl ended longer ago: 26h, 2d"
        )
        super().add_options(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Count and print."""
        if opts.health or opts.max_age is not None:
            with self.open_archive() as archive:
                return self._judge(archive, opts)
        with self.open_archive() as archive:
            status = archive.status()
        if opts.json:
            print_json(asdict(status))
        else:
            _print(status)
        return 0

    def _judge(self, archive: Archive, opts: argparse.Namespace) -> int:
        """Say what is wrong; 4 when anything is."""
        now = datetime.now(UTC)
        alarms = (
            [alarm] if opts.max_age is not None and (alarm := _too_old(archive.last_crawl(), opts.max_age, now)) else []
        )
        judged = archive.health(now) if opts.health else []
        if opts.json:
            print_json({"alarms": alarms, "outlets": [asdict(one) for one in judged]})
        else:
            if opts.health:
                _print_health(judged)
            for alarm in [*alarms, *health_lines(judged)]:
                print_text(alarm)
        return ALARM if alarms or any(one.alarms for one in judged) else 0


def _too_old(last_crawl: str | None, most: timedelta, now: datetime) -> str | None:
    """What is to be said when the last crawl ended too long ago: the timer may be dead."""
    if last_crawl is None:
        return "ALARM no crawl has ever ended"
    age = now - datetime.fromisoformat(last_crawl)
    if age <= most:
        return None
    ended = f"ALARM the last crawl ended {as_text(age)} ago ({last_crawl[:16]}Z)"
    return f"{ended}, more than {as_text(most)}: does the schedule run?"


def _print_health(judged: list[Health]) -> None:
    if not judged:
        print_text("nothing was fetched in the last four weeks")
        return
    columns = ("outlet", "new", "usual", *FIELDS, "body", "fallback", "blocked", "newest", "judgement")
    print_table(columns, [_health_row(one) for one in judged])
    print()


def _health_row(one: Health) -> tuple[str, ...]:
    shares = [f"{one.now.shares[name]:.0%}" if one.now.articles else "-" for name in FIELDS]
    verdict = counted(len(one.alarms), "alarm") if one.alarms else "well" if one.judged else "too young to be judged"
    return (
        one.outlet,
        str(one.new),
        f"{one.usual:g}",
        *shares,
        f"{one.now.length:.0f}" if one.now.articles else "-",
        f"{one.now.shares['fallback']:.0%}" if one.now.articles else "-",
        f"{one.now.shares['blocked']:.0%}" if one.now.pages else "-",
        (one.newest or "-")[:16],
        verdict,
    )


def _print(status: Status) -> None:
    held = f"{counted(status.articles, 'article')}, {counted(status.revisions, 'revision')}"
    print_text(f"{status.path}: {held}, {_size(status.size)}")
    kept = f"{counted(status.bodies - status.photos, 'page')} and {counted(status.photos, 'photo')} kept unchanged"
    print_text(f"{kept}: {_size(status.bodies_size)} in {_size(status.frames_size)}\n")
    if status.outlets:
        rare = [name for name in _RARE if any(getattr(outlet, name) for outlet in status.outlets)]
        columns = ("outlet", "articles", "changed", "copies", "withdrawn", "rejected", "failed")
        rows = [_row(outlet, rare) for outlet in status.outlets]
        print_table((*columns, *rare, "to do", "newest", "fetched"), rows)
    for outlet in status.outlets:
        if outlet.rests:
            print_text(f"\n{outlet.outlet} rests until {outlet.rests}")
    if status.runs:
        print()
        print_table(("started", "command", "outlets", "ended", "came of it"), [_run(run) for run in status.runs])
    print_text(f"\nIn a browser: {_datasette()} {shlex.quote(status.path)}")


def _row(outlet: OutletStatus, rare: list[str]) -> tuple[str, ...]:
    numbers = (
        *(outlet.articles, outlet.revisions - outlet.articles, outlet.copies, outlet.gone),
        *(outlet.rejected, outlet.failed, *(getattr(outlet, name) for name in rare), outlet.pending),
    )
    return (
        outlet.outlet or "(none)",
        *map(str, numbers),
        outlet.newest_day or "-",
        (outlet.last_fetch or "-")[:16],
    )


def _run(run: dict[str, Any]) -> tuple[str, ...]:
    total = OutletCounts()
    for counts in (run["counts"] or {}).values():
        add_counts(total, OutletCounts(**counts))
    outlets = ", ".join(run["outlets"]) or "-"
    ended = run["finish_reason"] if run["state"] == "ended" else run["state"]
    return run["started_at"][:16], run["command"], outlets, ended or "-", outlet_words(total)


def _datasette() -> str:
    """Datasette of this environment as the user can type it."""
    program = Path(sys.executable).parent / "datasette"
    return shlex.quote(str(program)) if program.exists() else "datasette"


def _size(number: int) -> str:
    size, unit = float(number), "bytes"
    for unit in ("bytes", "KiB", "MiB", "GiB"):
        if size < 1024 or unit == "GiB":
            break
        size /= 1024
    return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
