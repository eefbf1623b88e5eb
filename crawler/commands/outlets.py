"""``scrapy outlets``: the newspapers the project knows, a check of their files, new ones and mended ones."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from crawler.cli import ArchiveCommand, Positionals, WrongUsage
from crawler.outlet_actions import mend, new
from crawler.outlet_table import COLUMNS, markdown, row
from crawler.output import counted, print_json, print_table
from crawler.registry import Outlet, Registry, RegistryError, default_registry, outlet_folders


class _Action(Protocol):
    """A module of ``crawler.outlet_actions``."""

    OPTIONS: dict[str, dict[str, Any]]

    def run(self, command: ArchiveCommand, args: list[str], opts: argparse.Namespace) -> int:
        """Do the work and return the exit code."""


_ACTIONS: dict[str, _Action] = {"new": new, "mend": mend}


class Command(ArchiveCommand):
    """Lists the registry, or checks it; its actions make and mend outlet files."""

    positionals = Positionals("[NAME… | new DOMAIN|PATH… | mend NAME PATH…]", most=None)
    examples = (
        "scrapy outlets",
        "scrapy outlets baocantho --json",
        "scrapy outlets --markdown",
        "scrapy outlets --check",
        "scrapy outlets --check drafts/baomoi.toml    a new file together with the others",
        "scrapy outlets new saved/one.html saved/two.html --out drafts",
        "scrapy outlets mend baocantho saved/",
    )

    summary = "List the newspapers and what their rules rest on; --check validates their files; new, mend"
    description = """
        List the newspapers of the registry with the evidence their rules rest on: real pages, others'
        selectors (of other public crawlers), none (an address at most), or the bundled press.

        --check validates every file of crawler/outlets, and any .toml file named besides, and prints
        each problem with file, key and what was expected; the exit code is 1 when there is one.

        new drafts the file of an outlet from saved pages of its articles, or from those that the archive has
        of a DOMAIN: it recognises the family of CMS, or learns selectors from two or more pages, says how sure
        it is, and prints what the draft reads. The URL of a page is the one in the side file NAME.json, in
        the page itself, or --url.

        mend writes new rules beside the old ones after a redesign: PATHs are pages under the new markup of
        articles that the archive has under the old one. Both must come out the same, or nothing is written
        and the exit code is 1.
    """

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command, then the global ones."""
        parser.add_argument("--check", action="store_true", help="validate every file, print each problem")
        parser.add_argument("--json", action="store_true", help="everything the files say, as JSON")
        parser.add_argument("--markdown", action="store_true", help="the table of the README")
        for option, keywords in (new.OPTIONS | mend.OPTIONS).items():
            parser.add_argument(option, **keywords)
        super().add_options(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """List, check, or do what the first word says; 1 when something is not as it should be."""
        action = _ACTIONS.get(args[0]) if args else None
        _check_options(args[0] if action else None, opts)
        if action:
            return action.run(self, args[1:], opts)
        if opts.check:
            return _check([_outlet_file(arg) for arg in args], opts.json)
        registry = default_registry()
        outlets = [registry.get(name) for name in args] or list(registry)
        if opts.markdown:
            print(markdown(outlets))
        elif opts.json:
            print_json([_as_json(outlet) for outlet in outlets])
        else:
            _print(outlets)
        return 0


def _check_options(action: str | None, opts: argparse.Namespace) -> None:
    """Raise ``WrongUsage`` for an option that belongs to another action."""
    allowed = set(_ACTIONS[action].OPTIONS) if action else {"--check", "--json"}
    for option in ("--check", "--json", *new.OPTIONS, *mend.OPTIONS):
        if getattr(opts, option.lstrip("-")) and option not in allowed:
            owners = [name for name, module in _ACTIONS.items() if option in module.OPTIONS]
            where = f"goes with {' or '.join(owners)}" if owners else "goes with no action"
            raise WrongUsage(f"{option} {where}; see: scrapy outlets --help")


def _outlet_file(arg: str) -> Path:
    path = Path(arg)
    if path.suffix != ".toml":
        raise WrongUsage(f"--check takes .toml files, found {arg!r}; without any it checks all outlets")
    return path


def _check(extra: list[Path], as_json: bool) -> int:
    files = [file for folder in outlet_folders() for file in sorted(folder.glob("*.toml"))]
    files += [path for path in extra if path.resolve() not in files]
    problems = []
    try:
        Registry.load_files(files)
    except RegistryError as error:
        problems = error.problems
    found = counted(len(problems), "problem") if problems else "no problems"
    if as_json:
        print_json({"files": len(files), "problems": problems})
    else:
        print("\n".join([*problems, f"{counted(len(files), 'outlet file')}, {found}"]))
    return 1 if problems else 0


def _print(outlets: list[Outlet]) -> None:
    print_table(COLUMNS, [row(outlet) for outlet in outlets])
    for outlet in outlets:
        if outlet.evidence_note:
            print(f"* {outlet.name}: {outlet.evidence_note}")


def _as_json(outlet: Outlet) -> dict[str, Any]:
    plain = {name: getattr(outlet, name) for name in Outlet.__slots__}
    tables = {
        "urls": [
            {"space": url.space, "path": url.path.pattern, "hosts": url.hosts, "family": url.family}
            for url in outlet.urls
        ],
        "sites": dict(outlet.sites or {}),
        "selectors": dict(outlet.selectors or {}),
        "lists": [asdict(endpoint) for endpoint in outlet.lists],
        "layouts": [{key: value for key, value in asdict(layout).items() if value} for layout in outlet.layouts],
        "json": {"within": outlet.json.within, "link": outlet.json.link, **outlet.json.fields} if outlet.json else None,
    }
    return plain | tables
