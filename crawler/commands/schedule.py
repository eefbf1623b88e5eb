"""``scrapy schedule``: units and lines that call ``scrapy update``, ready to be used."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from crawler.archive import archive_path
from crawler.archive.archive import PROJECT
from crawler.cli import Positionals, ProjectCommand, WrongUsage
from crawler.files import write_whole
from crawler.registry import default_registry
from crawler.scheduling import EVERY, Plan, cron, logrotate, systemd


class Command(ProjectCommand):
    """Prints or writes a schedule."""

    positionals = Positionals("systemd|cron [OUTLET…]", least=1, most=None)
    summary = "Print ready units for systemd, or lines for cron, that call scrapy update"
    description = """
        Print what a machine needs to crawl by itself: for systemd a service and a timer, and a second pair
        that looks every morning whether crawls still run; for cron the lines for both and a logrotate
        file. Paths are those of this installation and of the archive of the settings; the minute is
        another for every archive, so that not everybody calls on the hour.

        systemd --out FOLDER writes the units as files, for example into ~/.config/systemd/user, then:
            systemctl --user daemon-reload
            systemctl --user enable --now baotinh-update.timer baotinh-check.timer
            loginctl enable-linger        so that they run while nobody is logged in
        cron: scrapy schedule cron | crontab -      (replaces the user's crontab; else crontab -e)
    """
    examples = (
        "scrapy schedule systemd --notify 'mail -s \"Báo Tỉnh\" me@example.org'",
        "scrapy schedule systemd baoangiang baocantho --every 6 --out ~/.config/systemd/user",
        "scrapy schedule cron",
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command, then the global ones."""
        parser.add_argument(
            "--every", type=int, choices=EVERY, default=4, metavar="HOURS", help=f"one of {EVERY} (default: 4)"
        )
        parser.add_argument("--notify", metavar="COMMAND", help="hand the summary of every run to this command")
        parser.add_argument("--out", metavar="FOLDER", type=Path, help="systemd: write the units into this folder")
        super().add_options(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Print or write."""
        kind, outlets = args[0], args[1:]
        if kind not in ("systemd", "cron"):
            raise WrongUsage(f"expected systemd or cron, found {kind!r}; see: scrapy schedule --help")
        if opts.out and kind != "systemd":
            raise WrongUsage("--out goes with systemd; see: scrapy schedule --help")
        plan = Plan(
            program=_program(),
            folder=PROJECT,
            archive=archive_path(self.settings),
            outlets=tuple(default_registry().get(name).name for name in outlets),
            every=opts.every,
            notify=opts.notify,
            contact=os.environ.get("BAOTINH_CONTACT"),
        )
        if kind == "cron":
            print(cron(plan), "# /etc/logrotate.d/baotinh:\n", sep="", end="")
            print("".join(f"# {line}\n" for line in logrotate(plan).splitlines()), end="")
        elif opts.out:
            opts.out.mkdir(parents=True, exist_ok=True)
            for name, text in systemd(plan).items():
                write_whole(opts.out / name, text)
                print(opts.out / name)
        else:
            for name, text in systemd(plan).items():
                print(f"# --- {name}\n{text}")
        return 0


def _program() -> Path:
    """The ``scrapy`` of this installation."""
    return Path(sys.executable).parent / "scrapy"
