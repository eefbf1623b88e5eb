"""``scrapy outlets new``: an outlet's file drafted from saved pages, or from those that the archive has."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crawler.cli import ArchiveCommand, CommandError, WrongUsage
from crawler.documents import SUFFIXES, DocumentError, Hints, find, load
from crawler.files import write_whole
from crawler.induction.agreement import agreements
from crawler.induction.draft import Draft, DraftError, draft
from crawler.items import Article, Page, Result
from crawler.outlet_file import read_outlet
from crawler.output import counted, print_table, print_text
from crawler.registry import outlet_folders

OPTIONS: dict[str, dict[str, Any]] = {
    "--url": {"metavar": "URL", "help": "the URL of the page, for a single saved page"},
    "--name": {"metavar": "NAME", "help": "the outlet's name (default: from its host)"},
    "--title": {"metavar": "TITLE", "help": "what the paper is called (default: what its pages say)"},
    "--province": {"metavar": "PROVINCE", "help": "its province (default: from the title)"},
    "--out": {"metavar": "PATH", "help": "new: folder to write to (default: that of the outlets); mend: file to write"},
    "--force": {"action": "store_true", "help": "write over an existing file; mend: though the proof fails"},
}

_HOST = re.compile(r"(?:https?://)?(?:www\.)?(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)/?", re.IGNORECASE)
# Pages of a domain taken from the archive; more would say the same.
_FROM_ARCHIVE = 20
_QUOTED = 100  # characters of a lead


def run(command: ArchiveCommand, args: list[str], opts: argparse.Namespace) -> int:
    """Draft, show how sure it is and what it reads, and write the file."""
    if not args:
        raise WrongUsage("new: expected DOMAIN or PATH…; see: scrapy outlets --help")
    try:
        made = draft(_pages(command, args, opts), name=opts.name, title=opts.title, province=opts.province)
    except DraftError as error:
        raise CommandError(str(error)) from error
    folder = Path(opts.out).expanduser() if opts.out else outlet_folders()[0]
    file = folder / f"{made.outlet.name}.toml"
    _check_room(file, made, force=opts.force)
    _print(made)
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(file, made.text)
    print_text(f"\nWritten to {file}: a draft, to be looked at.")
    return 0


def saved_pages(args: Sequence[str], url: str | None) -> list[Page]:
    """The pages at the paths; raises ``CommandError`` for one that cannot be read."""
    if url and (len(args) > 1 or Path(args[0]).is_dir()):
        raise WrongUsage("--url is the URL of one page: give one PATH that is a file")
    try:
        hints = Hints.of({"url": url})
        return [load(path, hints) for arg in args for path in find(Path(arg))]
    except DocumentError as error:
        raise CommandError(str(error)) from error


def _pages(command: ArchiveCommand, args: list[str], opts: argparse.Namespace) -> list[Page]:
    domain = _HOST.fullmatch(args[0])
    if len(args) > 1 or not domain or Path(args[0]).exists() or args[0].lower().endswith(SUFFIXES):
        return saved_pages(args, opts.url)
    host = domain["host"].lower()
    help_ = f"save two or more articles of {host} as files and name those, or crawl or replay pages of it first"
    try:
        with command.open_archive() as archive:
            pages = archive.pages_of_host(host, _FROM_ARCHIVE)
    except CommandError as error:
        raise CommandError(f"{error}\nno file is called {args[0]}; without an archive: {help_}") from error
    if not pages:
        raise CommandError(f"the archive has no page of {host}: {help_}")
    return pages


def _check_room(file: Path, made: Draft, *, force: bool) -> None:
    """Raise ``CommandError`` where the file, or a host of the outlet in its folder, is there already."""
    if file.exists() and not force:
        raise CommandError(f"{file} is there already; --name gives another, --force writes over it")
    for other in sorted(file.parent.glob("*.toml")):
        outlet, _ = read_outlet(other)
        shared = set(outlet.hosts) & set(made.outlet.hosts) if outlet and other != file else set()
        if shared:
            raise CommandError(f"{min(shared)} is a host of {other} already; after a redesign: scrapy outlets mend")


def _print(made: Draft) -> None:
    outlet = made.outlet
    pages = counted(len(made.examples), "article")
    if made.fit:
        print_text(f"{outlet.name}: family {made.fit.family}, whose layouts read {made.fit.pages} of {pages}", "bold")
    else:
        print_text(f"{outlet.name}: no known family of CMS; selectors learnt from {pages}", "bold")
    for reason in made.left_out:
        print_text(f"  left out: {reason}", "dim")
    print()
    columns = ("field", "sure", "right on", "selectors")
    print_table(columns, [_row(one.field, one.sure, one.right, one.pages, made) for one in _agreed(made)])
    print()
    for key in ("title", "province", "hosts", "marks", "sections", "feeds", "skip"):
        value = getattr(outlet, key) or ()
        print_text(f"{key}: {value if isinstance(value, str) else ', '.join(value) or 'none found'}")
    print_text(f"urls: {', '.join(pattern.path.pattern for pattern in outlet.urls)}")
    for result in made.results:
        print_text("\n" + brief(result))


def _agreed(made: Draft) -> list[Any]:
    return [one for one in agreements(made.examples, made.results) if one.pages]


def _row(field: str, sure: float, right: int, pages: int, made: Draft) -> tuple[str, ...]:
    selectors = getattr(made.proposal.layout, field) if made.proposal else ()
    if made.proposal:
        sure = min(sure, made.proposal.sure(field)) if selectors else sure
        rule = ", ".join(selectors) or "none holds; as the page states it"
    else:
        rule = "of the family"
    return field, f"{sure:.0%}", f"{right} of {pages}", rule


def brief(result: Result) -> str:
    """What was read from a page, in a few lines."""
    if not isinstance(result, Article):
        return f"{result.url}\n  {result.kind}: {getattr(result, 'reason', '')}"
    credit = ", ".join(result.authors) + (f" ({result.source})" if result.source else "")
    lead = result.lead or "no lead"
    counts = f"{counted(len(result.paragraphs), 'paragraph')}, {counted(len(result.captions), 'caption')}"
    lines = [
        result.title or "no title",
        " · ".join(filter(None, [result.published_at or "no date", credit, " > ".join(result.section)])),
        lead if len(lead) <= _QUOTED else lead[:_QUOTED].rsplit(" ", 1)[0] + " …",
        f"{counts}, layout {result.layout}",
        *([f"warnings: {'; '.join(result.warnings)}"] if result.warnings else []),
    ]
    return "\n  ".join(lines)
