"""``scrapy upgrade``: give an older archive the schema of this version, after saving a copy."""

from __future__ import annotations

import argparse

from rich.console import Console
from rich.progress import Progress

from crawler.archive import Archive
from crawler.archive.connection import Upgrade
from crawler.cli import ArchiveCommand
from crawler.output import print_text


class Command(ArchiveCommand):
    """Changes the schema now, instead of at the next crawl."""

    summary = "Give an archive of an older version the schema of this one"
    description = """
        Change the schema of the archive to that of this version, as the next crawl or replay would.
        Before that a copy of the archive is saved beside it and verified: archive.db.before-CHANGE. A change
        that fails leaves the archive as it was. To go back, put the copy in the archive's place and use the
        older version; to be done with it, delete the copy.

        An archive of this version is left alone.
    """
    examples = ("scrapy upgrade", "scrapy upgrade -s ARCHIVE=/srv/news/archive.db")

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command, then the global ones."""
        parser.add_argument("--no-copy", action="store_true", help="save no copy: there is one elsewhere")
        super().add_options(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Open the archive for writing; that is all it takes."""
        path = self.archive_there()
        console = Console(stderr=True)
        with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task("saving a copy", total=None)
            upgrade = Upgrade(
                copy=not opts.no_copy, progress=lambda done, total: bar.update(task, completed=done, total=total)
            )
            Archive.open(path, upgrade=upgrade).close()
        print_text(f"{path} has the schema of this version")
        return 0
