"""``scrapy status``: what the archive holds and how the last runs ended."""

from __future__ import annotations

import argparse
import shlex
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from crawler.archive import OutletCounts, Status
from crawler.archive.model import OutletStatus, add_counts
from crawler.cli import ArchiveCommand
from crawler.extensions.words import outlet_words
from crawler.output import counted, print_json, print_table, print_text

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
    """
    examples = ("scrapy status", "scrapy status --json", "scrapy status -s ARCHIVE=demo.db")

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command, then the global ones."""
        parser.add_argument("--json", action="store_true", help="the same and more, as JSON")
        super().add_options(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Count and print."""
        with self.open_archive() as archive:
            status = archive.status()
        if opts.json:
            print_json(asdict(status))
        else:
            _print(status)
        return 0


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
