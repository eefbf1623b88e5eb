"""``scrapy update``: the one command that a schedule calls."""

from __future__ import annotations

import argparse
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from scrapy.crawler import Crawler

from crawler.archive import Archive, ArchiveError, archive_path
from crawler.archive.health import Health
from crawler.cli import Positionals
from crawler.extensions.runs import RunRecord
from crawler.extensions.words import health_lines, summary_lines, watch_lines
from crawler.registry import default_registry
from crawler.running import Crawling
from crawler.spiders.arguments import ALARM, INCOMPLETE, USAGE

logger = logging.getLogger(__name__)

_PATIENCE = 300  # seconds for the command of --notify


class Command(Crawling):
    """Crawls what is due, judges what came, tells."""

    positionals = Positionals("[OUTLET…]", most=None)
    examples = (
        "scrapy update",
        "scrapy update baoangiang baocantho --notify 'mail -s \"Báo Tỉnh\" me@example.org'",
        "scrapy update --quiet --notify 'curl -fsS -X POST --data-binary @- https://example.org/hook'",
    )

    def short_desc(self) -> str:
        """The line in the list of commands."""
        return "Crawl what is due, judge the newspapers' health, tell: the one command of a schedule"

    def long_desc(self) -> str:
        """What ``--help`` says."""
        return (
            "Crawl the named newspapers, or all of the registry but the invented ones: what is new and what\n"
            "is due (scrapy crawl news). Then judge what came of each against its own last four weeks (scrapy\n"
            "status --health), and say what came, what saved queries found (scrapy watch) and what is wrong.\n\n"
            "--notify COMMAND is run by the shell with this summary on its standard input, and with\n"
            "BAOTINH_EXIT_CODE and BAOTINH_ALARMS (their number) in its environment.\n\n"
            "Exit codes: 0 all went well, 1 something could not be read, stored or told, or the run was\n"
            "stopped before its end, 2 wrong usage, 3 another run is crawling one of the newspapers, 4 all was\n"
            "done and a newspaper's health needs a look."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command, then those of a crawl."""
        parser.add_argument("--notify", metavar="COMMAND", help="hand the summary to this command")
        parser.add_argument("--no-health", action="store_true", help="do not judge the newspapers' health")
        super().add_options(parser)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check everything that can be known to be wrong before anything is started."""
        super().process_options(args, opts)
        if opts.spargs:
            self.refuse("newspapers are named without -a: scrapy update OUTLET…", USAGE)
        names = args or [one.name for one in default_registry() if one.evidence != "bundled press"]
        self._arguments = {"outlets": ",".join(names)}
        self.check("news", self._arguments)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, judge, tell; the exit code is the worst of it."""
        crawler, code = self.crawl("news", self._arguments)
        judged = [] if opts.no_health else self._judge(crawler)
        if judged is None:
            code, judged = code or INCOMPLETE, []
        alarms = sum(len(one.alarms) for one in judged)
        code = code or (ALARM if alarms else 0)
        told, health = _told(crawler), health_lines(judged)
        if opts.log_json:
            for level, lines in ((logging.INFO, told), (logging.WARNING, health)):
                for line in lines:
                    logger.log(level, "%s", line)
        elif health:
            print(*health, sep="\n", file=sys.stderr)
        if opts.notify and not self._notify(opts.notify, [*told, *health], code, alarms):
            code = code if code not in (0, ALARM) else INCOMPLETE
        self.exitcode = code

    def _judge(self, crawler: Crawler) -> list[Health] | None:
        """The health of the newspapers of this run; ``None`` where the archive could not be read."""
        record = crawler.get_extension(RunRecord)
        names = self._arguments["outlets"].split(",")
        if record is None or record.summary is None:
            return []
        try:
            with Archive.open(archive_path(crawler.settings), read_only=True) as archive:
                return archive.health(datetime.now(UTC), names)
        except ArchiveError as error:
            self.complain(str(error))
            return None

    def _notify(self, command: str, lines: Sequence[str], code: int, alarms: int) -> bool:
        """Whether the command took the summary."""
        environment = os.environ | {"BAOTINH_EXIT_CODE": str(code), "BAOTINH_ALARMS": str(alarms)}
        text = "\n".join(lines) + "\n"
        try:
            done = subprocess.run(
                command, shell=True, input=text.encode(), env=environment, timeout=_PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            self.complain(f"--notify: the command took more than {_PATIENCE} s and was ended")
            return False
        if done.returncode:
            self.complain(f"--notify: the command ended with exit code {done.returncode}")
        return done.returncode == 0


def _told(crawler: Crawler) -> list[str]:
    """What came of the run, in words."""
    record = crawler.get_extension(RunRecord)
    if record is None or record.summary is None:
        return ["nothing was crawled: see the log"]
    return [*summary_lines(record.summary), *watch_lines(record.events)]
