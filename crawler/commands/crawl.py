"""``scrapy crawl news``: Scrapy's own command, with strict arguments, clear errors and exit codes."""

from __future__ import annotations

import argparse
from typing import Any, ClassVar

from scrapy.commands import BaseRunSpiderCommand
from scrapy.spiderloader import get_spider_loader

from crawler.archive import Archive, ArchiveError, archive_path
from crawler.cli import Positionals, Strict
from crawler.extensions.logs import quiet_parts
from crawler.handlers.addresses import Loopback
from crawler.registry import RegistryError
from crawler.spiders.arguments import INCOMPLETE, USAGE


class Command(Strict, BaseRunSpiderCommand):
    """Runs a spider of the project."""

    requires_project = True
    default_settings: ClassVar[dict[str, Any]] = {"LOG_VERSIONS": []}
    positionals = Positionals("SPIDER", least=1, most=1)
    examples = (
        "scrapy crawl news -a outlets=baoangiang",
        "scrapy crawl news -a outlets=baoangiang,baocantho -s ARCHIVE=mekong.db",
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
            "page in hand; started again it goes on where it was.\n\n"
            "Exit codes: 0 all went well, 1 something could not be read or stored, or the crawl was stopped\n"
            "before its end, 2 wrong usage, 3 another run is crawling one of the newspapers."
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check everything that can be known to be wrong before anything is started."""
        super().process_options(args, opts)
        if args[0] == "replay":
            self.refuse("saved pages are not crawled; use: scrapy replay PATH…", USAGE)
        try:
            self._check(args[0], opts)
        except ArchiveError as error:
            self.refuse(str(error), INCOMPLETE)
        except RegistryError as error:
            self.refuse(str(error), INCOMPLETE)
        except (ValueError, KeyError) as error:  # KeyError: no such spider
            self.refuse(str(error.args[0]), USAGE)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, and end with the spider's exit code."""
        assert self.crawler_process is not None
        if not opts.loglevel:
            quiet_parts()
        crawler = self._create_crawler(args[0])
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        failed = INCOMPLETE if self.crawler_process.bootstrap_failed else 0
        self.exitcode = getattr(crawler.spider, "exit_code", 0) or failed

    def _check(self, name: str, opts: argparse.Namespace) -> None:
        """Raise ``ValueError`` or ``KeyError`` for a wrong command line, ``ArchiveError`` as it says."""
        assert self.settings is not None
        spider = get_spider_loader(self.settings).load(name)
        if hasattr(spider, "check_arguments"):
            spider.check_arguments(**opts.spargs)
        Loopback.parse(self.settings.get("LOOPBACK") or "")
        Archive.open(archive_path(self.settings)).close()
