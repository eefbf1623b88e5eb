"""What the commands that crawl have in common: the spider of newspapers, and how its output looks."""

from __future__ import annotations

import argparse
from typing import Any, ClassVar

from scrapy.commands import BaseRunSpiderCommand
from scrapy.crawler import Crawler
from scrapy.spiderloader import get_spider_loader

from crawler.archive import Archive, ArchiveError, archive_path
from crawler.cli import Strict
from crawler.extensions.logs import quiet_parts
from crawler.handlers.addresses import Loopback
from crawler.registry import RegistryError
from crawler.spiders.arguments import INCOMPLETE, USAGE


class Crawling(Strict, BaseRunSpiderCommand):
    """A command that runs a spider of the project."""

    requires_project = True
    default_settings: ClassVar[dict[str, Any]] = {"LOG_VERSIONS": []}

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of the output, then Scrapy's."""
        parser.add_argument("--quiet", action="store_true", help="say nothing but errors: for cron, which mails them")
        parser.add_argument(
            "--log-json", action="store_true", help="the log as JSON Lines: time, level, logger, message"
        )
        super().add_options(parser)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check everything that can be known to be wrong before anything is started."""
        super().process_options(args, opts)
        assert self.settings is not None
        if not opts.loglevel:
            quiet_parts()
        if opts.quiet:
            self.settings.setdict({"PROGRESS": False, "SUMMARY": False}, priority="cmdline")
            if not opts.loglevel:
                self.settings.set("LOG_LEVEL", "ERROR", priority="cmdline")
        if opts.log_json:
            self.settings.set("LOG_JSON", True, priority="cmdline")
            self.settings.set("PROGRESS", False, priority="cmdline")  # a bar is no JSON
            self.settings.set("SUMMARY", False, priority="cmdline")

    def check(self, spider: str, arguments: dict[str, str]) -> None:
        """Refuse, with a message and an exit code, what the spider or the archive cannot do."""
        assert self.settings is not None
        try:
            kind = get_spider_loader(self.settings).load(spider)
            if hasattr(kind, "check_arguments"):
                kind.check_arguments(**arguments)
            Loopback.parse(self.settings.get("LOOPBACK") or "")
            Archive.open(archive_path(self.settings)).close()
        except (ArchiveError, RegistryError) as error:
            self.refuse(str(error), INCOMPLETE)
        except (ValueError, KeyError) as error:  # KeyError: no such spider
            self.refuse(str(error.args[0]), USAGE)

    def crawl(self, spider: str, arguments: dict[str, str]) -> tuple[Crawler, int]:
        """Run the spider to its end; return it and the exit code."""
        assert self.crawler_process is not None
        crawler = self._create_crawler(spider)
        self.crawler_process.crawl(crawler, **arguments)
        self.crawler_process.start()
        failed = INCOMPLETE if self.crawler_process.bootstrap_failed else 0
        return crawler, getattr(crawler.spider, "exit_code", 0) or failed
