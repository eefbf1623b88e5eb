"""``scrapy crawl news``: Scrapy's own command, with strict arguments, clear errors and exit codes."""

from __future__ import annotations

import argparse

from crawler.cli import Positionals
from crawler.running import Crawling
from crawler.spiders.arguments import USAGE


class Command(Crawling):
    """Runs a spider of the project."""

    positionals = Positionals("SPIDER", least=1, most=1)
    examples = (
        "scrapy crawl news -a outlets=baoangiang",
        "scrapy crawl news -a outlets=baoangiang,baocantho -s ARCHIVE=mekong.db",
        "scrapy crawl news -a outlets=baoangiang -a since=2024-01-01 -a budget=2h",
    )

    def short_desc(self) -> str:
        """The line in the list of commands."""
        return "Crawl newspapers into the archive"

    def long_desc(self) -> str:
        """What ``--help`` says."""
        return (
            "Crawl the newspapers named by -a outlets=NAME[,NAME…] into the archive: section pages, feeds\n"
            "and the articles they lead to. Known articles are fetched again for edits and removals at certain\n"
            "hours after publication (-s RECHECK_HOURS), lists the more rarely the longer they stay the same\n"
            "(-s LIST_HOURS); -s REVISIT_ALL=True fetches all of them, due or not. Ctrl-C ends it after the\n"
            "page in hand; started again it goes on where it was. For a schedule: scrapy update.\n\n"
            "Back-fill: -a since=DAY [-a until=DAY] goes on behind what a daily crawl reads, through sitemaps\n"
            "and the further pages of the sections, the newest first, until it is past the first day. -a budget\n"
            "ends the run after so many pages (500) or so long (90m; 2h if none is stated, since the schedule's\n"
            "runs wait for it); the next one with the same days goes on. What is new and due is fetched first,\n"
            "and runs without since leave the rest alone. Section pages state no dates: what lies between today\n"
            "and until is fetched as well.\n\n"
            "Exit codes: 0 all went well, 1 something could not be read or stored, or the crawl was stopped\n"
            "before its end, 2 wrong usage, 3 another run is crawling one of the newspapers."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check everything that can be known to be wrong before anything is started."""
        super().process_options(args, opts)
        if args[0] == "replay":
            self.refuse("saved pages are not crawled; use: scrapy replay PATH…", USAGE)
        self.check(args[0], opts.spargs)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, and end with the spider's exit code."""
        _, self.exitcode = self.crawl(args[0], opts.spargs)
