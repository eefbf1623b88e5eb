"""``scrapy search``: articles of the archive by their words."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict

from crawler.archive import Hit
from crawler.cli import ArchiveCommand, Positionals
from crawler.output import print_json, print_marked, print_text

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
        with self.open_archive() as archive:
            if opts.json:
                print_json([asdict(hit) for hit in archive.search(query, opts.limit)])
                return 0
            hits = archive.search(query, opts.limit, marks=_MARKS)
        _print(hits, query, opts.limit)
        return 0


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _print(hits: Sequence[Hit], query: str, limit: int) -> None:
    if not hits:
        print(f"No article has all words of: {query}")
        return
    for hit in hits:
        print_text(f"{hit.article_id}  {hit.title or '(no title)'}", "bold")
        where = (hit.outlet or "no outlet", hit.published_at or "no date", hit.url or hit.key)
        print_text("   " + " · ".join(where), "dim")
        print_marked(f"   {hit.snippet}", _MARKS)
    more = f" (the first {limit}; --limit shows more)" if len(hits) == limit else ""
    count = "1 article" if len(hits) == 1 else f"{len(hits)} articles"
    print(f"{count}{more}. Read one: scrapy show {hits[0].article_id}")
