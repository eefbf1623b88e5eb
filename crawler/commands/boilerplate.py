"""``scrapy boilerplate``: debris learnt from the pages of an outlet."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from crawler.archive import Archive, NotFound
from crawler.archive.boilerplates import Kept
from crawler.cli import ArchiveCommand, CommandError, Positionals, WrongUsage
from crawler.extraction import extracted
from crawler.extraction.boilerplate import Boilerplate, BoilerplateError
from crawler.induction.boilerplate import COUNTED, learn
from crawler.items import Article
from crawler.output import agreed, counted, print_json, print_table, print_text, with_progress
from crawler.registry import Registry, default_registry

_PAGES, _MOST_PAGES = 1000, 1_000_000
_ACTIONS = ("learn", "show", "export", "use", "stop")


class Command(ArchiveCommand):
    """Learns, shows, hands out and chooses boilerplate."""

    positionals = Positionals("[learn|show|export|use|stop NAME…]", most=None)
    examples = (
        "scrapy boilerplate",
        "scrapy boilerplate learn baoangiang",
        "scrapy boilerplate show baoangiang",
        "scrapy boilerplate export baoangiang > baoangiang.json",
        "scrapy extract page.html --boilerplate baoangiang.json",
        "scrapy boilerplate use 3f0c91d2a87b6e54",
        "scrapy boilerplate stop baoangiang",
    )

    summary = "Learn, show and choose the debris that stands on many pages of an outlet"
    description = f"""
        Promotion, addresses, hidden links and tags that stand on many articles of one outlet are debris,
        even where no rule names them. They are learnt from the pages in the archive as an immutable
        version; crawl and replay leave out what the version in use holds, record it in "dropped" and
        name the version in the revision. What is stored already stays as it is.

        learn OUTLET…        read the newest {_PAGES} articles of each (--pages), show what would be left
                             out, and take it into use when you agree (--yes: without asking)
        show OUTLET|VERSION  everything a version holds, with on how many articles it stands
        export               a version as JSON, for: scrapy extract --boilerplate FILE
        use VERSION|FILE     take another version into use, an earlier one or one that was exported
        stop OUTLET…         use none any more; the versions stay

        Without an action: the versions of the archive. Only articles with text of their own count: copies,
        bulletins and agency stories teach nothing, nor does a text that another paper has too. It takes
        at least {COUNTED} such articles of one layout.
    """

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command, then the global ones."""
        parser.add_argument("--pages", type=_positive, metavar="N", help=f"learn: articles to read (default: {_PAGES})")
        parser.add_argument("--yes", action="store_true", help="learn: take into use without asking")
        parser.add_argument("--json", action="store_true", help="list, show: as JSON")
        super().add_options(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Do what the first word says; 1 when something was not taken into use."""
        action, rest = (args[0], args[1:]) if args else ("", [])
        if action and action not in _ACTIONS:
            raise WrongUsage(f"expected {', '.join(_ACTIONS)}, found {action!r}; see: scrapy boilerplate --help")
        if action != "learn" and (opts.pages or opts.yes):
            raise WrongUsage("--pages and --yes go with learn; see: scrapy boilerplate --help")
        if opts.json and action not in ("", "show"):
            raise WrongUsage(f"--json goes with the list and with show, not with {action}")
        if action and not rest:
            raise WrongUsage(f"{action}: expected a name; see: scrapy boilerplate --help")
        if action in ("export", "use") and len(rest) > 1:
            raise WrongUsage(f"{action}: expected one name, found {len(rest)}")
        if action == "learn":
            return self._learn(rest, opts)
        if action == "use":
            return self._use(rest[0])
        if action == "stop":
            return self._stop(rest)
        with self.open_archive() as archive:
            if action:
                _show([archive.boilerplate(ref) for ref in rest], as_json=opts.json or action == "export")
            else:
                _list(archive.boilerplates(), opts.json)
        return 0

    def _learn(self, names: list[str], opts: argparse.Namespace) -> int:
        registry, failures = default_registry(), 0
        for name in names:
            registry.get(name)
        for name in names:
            with self.open_archive() as archive:
                found, unreadable = _learnt(archive, name, opts.pages or _PAGES, registry)
                before = archive.boilerplates_in_use().get(name)
            for reason in unreadable:
                self.complain(f"{name}: left out: {reason}")
            failures += len(unreadable)
            if found is None:
                failures += 1
            elif before and found.version == before.version:
                print_text(f"{name}: as before, version {found.version}")
            elif not found.repeated and not before:
                print_text(f"{name}: nothing stands on many of its articles")
            else:
                _print(found)
                failures += not self._agreed(found, opts.yes)
        return 1 if failures else 0

    def _agreed(self, boilerplate: Boilerplate, sure: bool) -> bool:
        name, version = boilerplate.outlet, boilerplate.version
        if not sure and not agreed(f"\nLeave this out of the new pages of {name}?"):
            self.complain(f"{name}: not taken into use; --yes does so without asking")
            return False
        with self.open_archive(read_only=False) as archive:
            archive.use_boilerplate(name, boilerplate)
        print_text(f"{name}: version {version} is in use; to go back: scrapy boilerplate stop {name}")
        return True

    def _use(self, ref: str) -> int:
        boilerplate = read_file(Path(ref)) if Path(ref).is_file() else None
        with self.open_archive(read_only=False) as archive:
            boilerplate = boilerplate or archive.boilerplate(ref)
            default_registry().get(boilerplate.outlet)
            archive.use_boilerplate(boilerplate.outlet, boilerplate)
        print_text(f"{boilerplate.outlet}: version {boilerplate.version} is in use")
        return 0

    def _stop(self, names: list[str]) -> int:
        with self.open_archive(read_only=False) as archive:
            using = archive.boilerplates_in_use()
            unknown = [name for name in names if name not in using]
            if unknown:
                raise NotFound(f"no boilerplate is in use for {', '.join(unknown)}; see: scrapy boilerplate")
            for name in names:
                archive.use_boilerplate(name, None)
                print_text(f"{name}: version {using[name].version} is no longer in use")
        return 0


def read_file(path: Path) -> Boilerplate:
    """Read an exported version. Raises ``CommandError`` that names the file."""
    try:
        return Boilerplate.of_json(json.loads(path.read_text(encoding="utf-8")))
    except (BoilerplateError, ValueError, RecursionError) as error:
        raise CommandError(f"{path}: {error}") from error


def _positive(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() else 0
    if not 1 <= number <= _MOST_PAGES:
        raise argparse.ArgumentTypeError(f"expected a number from 1 to {_MOST_PAGES}, found {text!r}")
    return number


def _learnt(archive: Archive, name: str, limit: int, registry: Registry) -> tuple[Boilerplate | None, list[str]]:
    """What the newest articles teach, and why pages could not be read.

    ``None``, said on standard output, where they are too few to teach anything.
    """
    read: list[Article] = []
    unreadable: list[str] = []
    for page in with_progress(archive.pages_of_outlet(name, limit), f"Reading articles of {name}", limit):
        result = extracted(page, registry)
        if isinstance(result, Article):
            read.append(result)
        elif page.error or result.kind == "failed":
            unreadable.append(f"{page.url or 'a page'}: {page.error or getattr(result, 'reason', '')}")
    print_text(f"{name}: {counted(len(read), 'article')} read")
    if len(read) < COUNTED:
        print_text(f"{name}: too few to learn from; it takes {COUNTED} of one layout")
        return None, unreadable
    return learn(name, read, lambda text: archive.stands_elsewhere(name, text)), unreadable


def _list(versions: list[Kept], as_json: bool) -> None:
    if as_json:
        print_json([asdict(one) | {"boilerplate": one.boilerplate.as_json()} for one in versions])
    elif not versions:
        print_text("no boilerplate was learnt yet; to learn it: scrapy boilerplate learn OUTLET")
    else:
        rows = [
            (one.boilerplate.outlet, one.boilerplate.version, one.learnt_at, one.in_use_since or "",
             str(len(one.boilerplate.repeated)), str(one.revisions))
            for one in versions
        ]  # fmt: skip
        print_table(("outlet", "version", "learnt", "in use since", "entries", "revisions cleaned with it"), rows)


def _show(chosen: list[Boilerplate], *, as_json: bool) -> None:
    if as_json:
        values = [one.as_json() for one in chosen]
        print_json(values[0] if len(values) == 1 else values)
    else:
        for one in chosen:
            _print(one)


def _print(boilerplate: Boilerplate) -> None:
    print_text(f"{boilerplate.outlet}, version {boilerplate.version}: left out of new pages", "bold")
    rows = [
        (f"{one.pages} of {one.of}", one.part, one.layout, " ".join(one.example.split()))
        for one in boilerplate.repeated
    ]
    print_table(("articles", "part", "layout", "as it stands there"), rows or [("", "", "", "nothing")])
