"""``scrapy replay``: saved pages into the archive, through the pipelines of a crawl."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from scrapy import signals

from crawler.archive import Archive, ArchiveError, archive_path
from crawler.cli import Positionals, Strict
from crawler.documents import DocumentError, find
from crawler.extensions.runs import RunRecord
from crawler.extensions.words import summary_lines
from crawler.items import Page, Reading, Rejection
from crawler.output import drop_output, print_text
from crawler.registry import RegistryError, UnknownOutlet, default_registry
from crawler.spiders.arguments import INCOMPLETE, USAGE

SHOWN = 20  # rejected pages named one by one


class Command(Strict):
    """Runs the replay spider in this process."""

    requires_project = True
    positionals = Positionals("PATH…", least=1, most=None)
    examples = (
        "scrapy replay saved-pages/",
        "scrapy replay page.html -s ARCHIVE=/tmp/try.db",
        "scrapy replay dumps/ --outlet baoangiang",
    )

    def short_desc(self) -> str:
        """The line in the list of commands."""
        return "Put saved pages into the archive, as if they had just been fetched"

    def long_desc(self) -> str:
        """What ``--help`` says."""
        return (
            "Read saved pages (HTML files, folders of them, text dumps) into the archive through the same\n"
            "pipelines as a crawl, without network. Pages that are no article are recorded with the reason.\n\n"
            "The URL is the one in the side file NAME.json or in the page itself; the time of fetching is that\n"
            "of the side file, else now. The exit code is 1 when something could not be read or stored, or when\n"
            "it was stopped before the end; pages that are no article are no failure."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command, then the global ones."""
        parser.add_argument("--outlet", metavar="NAME", help="read by the rules of this outlet")
        super().add_options(parser)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check what can be known to be wrong before anything is started."""
        super().process_options(args, opts)
        assert self.settings is not None
        # The crawler's own log would bury the summary; -L INFO brings it back.
        self.settings.set("LOG_LEVEL", "WARNING", priority="spider")
        self.settings.set("SUMMARY", False, priority="spider")  # this command prints it itself
        try:
            if opts.outlet:
                default_registry().get(opts.outlet)
        except UnknownOutlet as error:
            self.refuse(str(error), USAGE)
        except RegistryError as error:
            self.refuse(str(error), INCOMPLETE)
        self._paths = [Path(arg) for arg in args if self._is_there(arg)]
        if not self._paths:
            self.refuse("nothing to replay", INCOMPLETE)
        try:
            Archive.open(archive_path(self.settings)).close()
        except ArchiveError as error:
            self.refuse(str(error), INCOMPLETE)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Replay, then say what came of it."""
        assert self.crawler_process is not None
        assert self.settings is not None
        crawler = self.crawler_process.create_crawler("replay")
        crawler.signals.connect(self._note, signal=signals.item_scraped)
        self._rejected: list[str] = []
        self._failed = 0
        self.crawler_process.crawl(crawler, paths=self._paths, outlet=opts.outlet)
        self.crawler_process.start()
        record = crawler.get_extension(RunRecord) if crawler.spider else None
        summary = record.summary if record else None
        if summary:
            try:
                self._print(summary_lines(summary))
                sys.stdout.flush()
            except BrokenPipeError:
                drop_output()
        failed = summary is None or self._failed > 0 or len(self._paths) < len(args)
        self.exitcode = getattr(crawler.spider, "exit_code", 0) or (INCOMPLETE if failed else 0)

    def _is_there(self, arg: str) -> bool:
        try:
            next(find(Path(arg)))
        except DocumentError as error:
            self.complain(str(error))
            return False
        return True

    def _note(self, item: Page | Reading) -> None:
        page = item.page if isinstance(item, Reading) else item
        result = item.result if isinstance(item, Reading) else None
        self._failed += page.error is not None or (isinstance(result, Rejection) and result.kind == "failed")
        if isinstance(result, Rejection):
            where = result.url or page.url
            self._rejected.append(f"{result.kind}: {result.reason}" + (f" ({where})" if where else ""))

    def _print(self, lines: list[str]) -> None:
        logging.shutdown()  # what the crawl had to say comes before its summary
        for line in lines:
            print_text(line)
        for line in self._rejected[:SHOWN]:
            print_text(f"  {line}", "dim")
        if len(self._rejected) > SHOWN:
            print_text(f"  … and {len(self._rejected) - SHOWN} more; see the table rejections")
        assert self.settings is not None
        print_text(f"Stored in {archive_path(self.settings)}; see: scrapy status")
