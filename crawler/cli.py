"""What all sub-commands share: strict arguments, clear errors, exit codes.

Scrapy's parser hands unknown options on to the command, and its own commands ignore them; ours refuse.
Exit codes: 0 all went well, 1 something failed, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import difflib
import logging
import math
import os
import pkgutil
import sys
import traceback
from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any, ClassVar, NoReturn

import scrapy.commands
from scrapy.commands import ScrapyCommand, ScrapyHelpFormatter
from scrapy.utils.log import configure_logging

from crawler.archive import Archive, ArchiveError, archive_path
from crawler.output import drop_output
from crawler.registry import RegistryError, UnknownOutlet, use_folders

# Settings whose default is a whole number, but of which a part makes sense too.
_FRACTIONS = ("DOWNLOAD_DELAY", "DOWNLOAD_TIMEOUT", "DNS_TIMEOUT", "CLOSESPIDER_TIMEOUT")
# Least and most of a number; others must not be negative.
_RANGES = {
    "CONCURRENT_REQUESTS": (1, math.inf),
    "CONCURRENT_REQUESTS_PER_DOMAIN": (1, math.inf),
    "CONCURRENT_ITEMS": (1, math.inf),
    "DEPTH_PRIORITY": (-math.inf, math.inf),
    "REDIRECT_PRIORITY_ADJUST": (-math.inf, math.inf),
    "RETRY_PRIORITY_ADJUST": (-math.inf, math.inf),
}
_MOST_HOURS = 876_000  # a hundred years
# Global options of Scrapy that take a value; its own way of finding the sub-command trips over the value.
_VALUED = ("-s", "--set", "-L", "--loglevel", "--logfile", "--profile", "--pidfile")


class CommandError(Exception):
    """Something the user can understand and mend; told in one line, exit code 1."""


class WrongUsage(CommandError):
    """A wrong argument; told in one line with where to read on, exit code 2."""


@dataclass(frozen=True, slots=True)
class Positionals:
    """The arguments without a dash: how help names them, how many there must and may be (``None``: any)."""

    name: str = ""
    least: int = 0
    most: int | None = 0


class Strict(ScrapyCommand):
    """Refuses what it does not know: options, left-over arguments, misspelt settings."""

    positionals: ClassVar[Positionals] = Positionals()
    examples: ClassVar[tuple[str, ...]] = ()

    @property
    def name(self) -> str:
        """The sub-command as typed: the name of its module."""
        return type(self).__module__.rpartition(".")[2]

    def syntax(self) -> str:
        """The usage line after the sub-command's name."""
        return f"[options] {self.positionals.name}".rstrip()

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Make the parser strict, then add Scrapy's global options."""
        parser.prog = f"scrapy {self.name}"
        parser.allow_abbrev = False  # "--lim" is a misspelling, not an option
        parser.formatter_class = _Help
        if self.examples:
            parser.epilog = "Examples\n========\n" + "\n".join(f"  {example}" for example in self.examples)
        super().add_options(parser)
        self.options = sorted(option for action in parser._actions for option in action.option_strings)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check everything that was typed before any of it is used."""
        try:
            self._check_arguments(args)
            self._check_settings(opts.set)
            super().process_options(args, opts)
            self._check_log()
            self._use_outlets()
        except WrongUsage as error:
            self.refuse(str(error), 2)
        except OSError as error:  # --pidfile
            self.refuse(explain(error), 2)

    def complain(self, message: str) -> None:
        """One line on standard error."""
        print(f"scrapy {self.name}: {message}", file=sys.stderr)

    def refuse(self, message: str, code: int) -> NoReturn:
        """Complain, line by line, and end the process."""
        for line in message.splitlines():
            self.complain(line)
        sys.exit(code)

    def _check_arguments(self, args: list[str]) -> None:
        end = args.index("--") if "--" in args else len(args)
        for arg in args[:end]:
            if arg.startswith("-") and arg != "-":
                option = arg.partition("=")[0]
                raise WrongUsage(f"unknown option {option}{_nearest(option, self.options)}{self._more()}")
        args[end : end + 1] = []
        least, most = self.positionals.least, self.positionals.most
        if len(args) < least:
            raise WrongUsage(f"expected {self.positionals.name}{self._more()}")
        if most is not None and len(args) > most:
            raise WrongUsage(f"unexpected argument {args[most]!r}{self._more()}")

    def _check_settings(self, pairs: list[str]) -> None:
        assert self.settings is not None
        known = list(self.settings)
        for name in (pair.partition("=")[0] for pair in pairs):
            near = _nearest(name, known, cutoff=0.8)
            if name not in known and near:  # a name like none we know may be another extension's
                raise WrongUsage(f"unknown setting {name}{near}")
        for name, _, value in (pair.partition("=") for pair in pairs if "=" in pair):
            problem = wrong_value(name, value, self.settings.get(name))
            if problem:
                raise WrongUsage(f"setting {name}: {problem}, found {value!r}")

    def _check_log(self) -> None:
        assert self.settings is not None
        level, file = self.settings["LOG_LEVEL"], self.settings["LOG_FILE"]
        levels = logging.getLevelNamesMapping()
        if level not in levels and not isinstance(level, int):
            raise WrongUsage(f"log level: expected one of DEBUG, INFO, WARNING, ERROR, CRITICAL, found {level!r}")
        if file and (Path(file).is_dir() or not Path(file).absolute().parent.is_dir()):
            raise WrongUsage(f"log file: {file} cannot be written: it is a folder, or in none that exists")

    def _use_outlets(self) -> None:
        assert self.settings is not None
        folders = [folder for entry in self.settings.getlist("OUTLETS_FOLDERS") if (folder := str(entry).strip())]
        missing = next((folder for folder in folders if not Path(folder).expanduser().is_dir()), None)
        if missing or not folders:
            raise WrongUsage(f"setting OUTLETS_FOLDERS: expected folders, found {missing or 'nothing'!r}")
        use_folders(folders)

    def _more(self) -> str:
        return f"; see: scrapy {self.name} --help"


class ProjectCommand(Strict):
    """A sub-command that needs no crawler: ``execute`` does the work and returns the exit code.

    ``summary`` is its line in the list of commands, ``description`` what ``--help`` says.
    """

    summary: ClassVar[str]
    description: ClassVar[str]
    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        """The line in the list of commands."""
        return self.summary

    def long_desc(self) -> str:
        """What ``--help`` says."""
        return dedent(self.description).strip()

    @abstractmethod
    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Do the work; raises ``CommandError`` and what else ``explain`` knows."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run ``execute`` and turn whatever goes wrong into a line and an exit code."""
        assert self.settings is not None
        if self.settings.getbool("LOG_ENABLED"):
            configure_logging(self.settings)
        try:
            self.exitcode = self.execute(args, opts)
            sys.stdout.flush()
        except BrokenPipeError:
            drop_output()
            self.exitcode = 1
        except KeyboardInterrupt:
            self.exitcode = 130
        except Exception as error:
            if self.settings["LOG_LEVEL"] == "DEBUG":
                traceback.print_exc()
            for line in explain(error).splitlines():
                self.complain(line)
            self.exitcode = 2 if isinstance(error, (WrongUsage, UnknownOutlet)) else 1


class ArchiveCommand(ProjectCommand):
    """A sub-command that works on an archive there is, and never makes one."""

    def open_archive(self, *, read_only: bool = True) -> Archive:
        """The archive of the settings; raises ``CommandError`` or ``ArchiveError``."""
        return Archive.open(self.archive_there(), read_only=read_only)

    def archive_there(self) -> Path:
        """Where the archive of the settings is; raises ``CommandError`` when there is none."""
        path = archive_path(self.settings)
        if not path.exists():
            raise CommandError(
                f"there is no archive at {path} yet: `make demo` makes one in a minute, "
                "`scrapy crawl news -a outlets=NAME` a real one; -s ARCHIVE=FILE names another"
            )
        return path


def explain(error: Exception) -> str:
    """What went wrong, in words for the user; several lines only where there are several problems."""
    if isinstance(error, (CommandError, ArchiveError, RegistryError, UnknownOutlet)):
        return str(error)
    if isinstance(error, OSError) and error.filename:
        return f"{os.fsdecode(error.filename)}: {error.strerror}"
    text = " ".join(str(error).split())
    return f"internal error, {type(error).__name__}: {text} (-L DEBUG shows where)"


def wrong_value(name: str, text: str, default: object) -> str | None:
    """What is wrong with ``text`` as the value of a setting that has this default; ``None``: nothing known.

    Scrapy would find out in the middle of its start, with a traceback.
    """
    if name == "RETRY_HTTP_CODES":
        return None if all(part.strip().isdecimal() for part in text.split(",") if part) else "expected 500,503,…"
    if name == "RECHECK_HOURS" and not _are_hours(text):
        return f"expected 1,6,24,…, each from 0 to {_MOST_HOURS}"
    if name == "RESTS" and not _are_hours(text):
        return f"expected 1,6,24,…, each from 0 to {_MOST_HOURS}"
    if name == "LIST_HOURS" and not _are_hours(text, exactly=2, rising=True):
        return f"expected the least and the most, as 0.5,11, each from 0 to {_MOST_HOURS}"
    if isinstance(default, bool):
        return None if text in ("0", "1", "True", "true", "False", "false") else "expected True or False"
    if isinstance(default, (int, float)):
        return _wrong_number(name, text, fraction=isinstance(default, float) or name in _FRACTIONS)
    return None


def _are_hours(text: str, *, exactly: int | None = None, rising: bool = False) -> bool:
    """Whether ``text`` is numbers of hours parted by commas; "" is none."""
    try:
        hours = [float(part) for part in text.split(",")] if text.strip() else []
    except ValueError:
        return False
    in_order = not rising or hours == sorted(hours)
    return in_order and exactly in (None, len(hours)) and all(0 <= hour <= _MOST_HOURS for hour in hours)


def _wrong_number(name: str, text: str, *, fraction: bool) -> str | None:
    least, most = _RANGES.get(name, (0, math.inf))
    expected = "a number" if fraction else "a whole number"
    try:
        number = float(text) if fraction else int(text)
    except ValueError:
        return f"expected {expected}"
    if not math.isfinite(number) or not least <= number <= most:
        return f"expected {expected} " + (f"from {least} to {most}" if most < math.inf else f"of at least {least}")
    return None


def suggest_command(argv: list[str]) -> None:
    """Say on standard error which sub-command may be meant; that there is no such one Scrapy says itself."""
    word = next((arg for arg in argv[1:] if not arg.startswith("-")), None)
    folders = [str(Path(__file__).parent / "commands"), *scrapy.commands.__path__]
    known = [module.name for module in pkgutil.iter_modules(folders)]
    if word and word not in known and (near := _nearest(word, known)):
        print(f"scrapy: unknown command {word}{near}", file=sys.stderr)


def join_leading_options(argv: list[str]) -> None:
    """``scrapy -s NAME=VALUE command`` becomes ``scrapy -sNAME=VALUE command``, in place.

    Scrapy takes the first word without a dash for the sub-command, and so the value of a global option.
    """
    at = 1
    while at < len(argv) and argv[at].startswith("-"):
        if argv[at] in _VALUED and at + 1 < len(argv):
            joint = "=" if argv[at].startswith("--") else ""
            argv[at : at + 2] = [argv[at] + joint + argv[at + 1]]
        at += 1


def started_by_scrapy(argv: list[str]) -> bool:
    """Whether this process is the ``scrapy`` program (or ``python -m scrapy``), not one that imports it."""
    program = Path(argv[0]) if argv else Path()
    return program.stem == "scrapy" or program.parent.name == "scrapy"


def _nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return f", did you mean {near[0]}?" if near else ""


class _Help(ScrapyHelpFormatter, argparse.RawDescriptionHelpFormatter):
    """Scrapy's look of help, with our line breaks."""
