"""``scrapy search``: articles of the archive by their words."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict

from crawler.archive import Hit
from crawler.archive.search import parse
from crawler.cli import ArchiveCommand, Positionals, WrongUsage
from crawler.output import counted, print_json, print_marked, print_text

MOST = 1_000_000  # articles of one search
_MARKS = ("\ue000", "\ue001")  # private use: in no newspaper's text


class Command(ArchiveCommand):
    """Searches the archive."""

    positionals = Positionals("QUERY…", least=1, most=None)
    summary = "Search the archive, with or without accents"
    description = """
        Find articles in which all words of the query stand, best first. Words without accents find
        every spelling (duong: đường, dương, …); words with accents find what is spelt so first.
        Words in double quotes must stand side by side; the quotes must reach this program.
    """
    examples = (
        "scrapy search giá lúa",
        "scrapy search gia lua --limit 5",
        "scrapy search '\"đồng bằng\" lúa' --json",
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command, then the global ones."""
        parser.add_argument(
            "--limit", type=_count, default=20, metavar="NUMBER", help="at most so many articles (default: 20)"
        )
        parser.add_argument("--json", action="store_true", help="a JSON array; matches in [brackets]")
        super().add_options(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Search and print; finding nothing is no failure."""
        query = " ".join(args)
        if parse(query) is None:
            raise WrongUsage(f"no word to search for in {query!r}; see: scrapy search --help")
        with self.open_archive() as archive:
            if opts.json:
                print_json([asdict(hit) for hit in archive.search(query, opts.limit)])
                return 0
            # One more than is shown tells whether there are more.
            hits = archive.search(query, opts.limit + 1, marks=_MARKS)
        _print(hits, query, opts.limit)
        return 0


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:9]) <= MOST or len(text) > 9:
        raise argparse.ArgumentTypeError(f"invalid, expected a number from 1 to {MOST}, found {text!r}")
    return int(text)


def _print(hits: Sequence[Hit], query: str, limit: int) -> None:
    if not hits:
        print(f"No article has all words of: {query}")
        return
    for hit in hits[:limit]:
        print_text(f"{hit.article_id}  {hit.title or '(no title)'}", "bold")
        where = (hit.outlet or "no outlet", hit.published_at or "no date", hit.url or hit.key)
        print_text("   " + " · ".join(where), "dim")
        print_marked(f"   {hit.snippet}", _MARKS)
    more = f" (the first {limit}; --limit shows more)" if len(hits) > limit else ""
    print(f"{counted(min(len(hits), limit), 'article')}{more}. Read one: scrapy show {hits[0].article_id}")
