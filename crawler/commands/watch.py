"""``scrapy watch``: saved queries, and what they brought to light."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from crawler.archive import Archive
from crawler.archive.search import parse
from crawler.archive.watches import Event, Watch
from crawler.atom import ENTRIES, atom
from crawler.cli import ArchiveCommand, Positionals, WrongUsage
from crawler.files import write_whole
from crawler.output import print_json, print_table, print_text
from crawler.registry import default_registry

_ACTIONS = ("add", "remove", "show")
_NAME = re.compile(r"[\w.-]{1,60}")


class Command(ArchiveCommand):
    """Keeps saved queries."""

    positionals = Positionals("[add NAME QUERY… | remove NAME… | show [NAME…]]", most=None)
    summary = "Saved queries: after every run, what is new, edited or gone"
    description = f"""
        A saved query is looked at after every run. Articles it fits that are new, edited (also when the
        edit took the words out) or gone are told once, in the summary of the run; with -s WATCH_ATOM=FILE
        the run writes them as an Atom feed too.

        add NAME QUERY…   save a query, as for scrapy search; accents that are typed must stand in the
                          article. --outlet: articles of this newspaper only
        remove NAME…      forget queries, and what they told
        show [NAME…]      what was told, the newest first; --atom FILE writes the last {ENTRIES} as a feed

        Without an action: the saved queries.
    """
    examples = (
        "scrapy watch add nuoc-sach '\"nước sạch\"'",
        "scrapy watch add sat-lo sạt lở --outlet baolaocai",
        "scrapy watch show sat-lo --atom sat-lo.xml",
        "scrapy watch remove sat-lo",
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command, then the global ones."""
        parser.add_argument("--outlet", metavar="NAME", help="add: articles of this newspaper only")
        parser.add_argument("--atom", metavar="FILE", type=Path, help="show: write an Atom feed")
        parser.add_argument("--limit", metavar="N", type=int, default=ENTRIES, help="show: at most so many")
        parser.add_argument("--json", action="store_true", help="list, show: as JSON")
        super().add_options(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Do what the first word says."""
        action, rest = (args[0], args[1:]) if args else ("", [])
        if action and action not in _ACTIONS:
            raise WrongUsage(f"expected {', '.join(_ACTIONS)}, found {action!r}; see: scrapy watch --help")
        if opts.outlet and action != "add":
            raise WrongUsage("--outlet goes with add; see: scrapy watch --help")
        if opts.atom and action != "show":
            raise WrongUsage("--atom goes with show; see: scrapy watch --help")
        if action == "remove" and not rest:
            raise WrongUsage("remove: expected a name; see: scrapy watch --help")
        if action == "add":
            watch = _watch(rest, opts.outlet)
        with self.open_archive(read_only=action not in ("add", "remove")) as archive:
            if action == "add":
                archive.add_watch(watch)
                print_text(f"{watch.name}: looked at after every run from now on")
            elif action == "remove":
                for name in rest:
                    archive.remove_watch(name)
            elif action == "show":
                _show(archive.watch_events(rest, opts.limit), rest, opts)
            else:
                _list(archive, opts.json)
        return 0


def _watch(words: Sequence[str], outlet: str | None) -> Watch:
    if len(words) < 2:
        raise WrongUsage("add: expected a name and a query; see: scrapy watch --help")
    name, query = words[0], " ".join(words[1:])
    if not _NAME.fullmatch(name):
        raise WrongUsage(f"add: expected letters, digits, '-', '_' and '.' as name, found {name!r}")
    if parse(query) is None:
        raise WrongUsage(f"add: no word to look for in {query!r}")
    return Watch(name, query, default_registry().get(outlet).name if outlet else None)


def _list(archive: Archive, as_json: bool) -> None:
    watches = archive.watches()
    if as_json:
        print_json([asdict(watch) for watch in watches])
    elif watches:
        rows = [(one.name, one.query, one.outlet or "all", one.made_at[:16]) for one in watches]
        print_table(("name", "query", "outlet", "since"), rows)
    else:
        print_text("no query is saved; save one: scrapy watch add NAME QUERY")


def _show(events: list[Event], names: Sequence[str], opts: argparse.Namespace) -> None:
    if opts.atom:
        write_whole(opts.atom, atom(events, names))
    elif opts.json:
        print_json([asdict(event) for event in events])
    elif events:
        rows = [(event.at[:16], event.watch, event.what, str(event.article), event.title or "-") for event in events]
        print_table(("found", "watch", "what", "article", "title"), rows)
    else:
        print_text("nothing was told yet")
