"""``scrapy outlets``: the newspapers the project knows, and a check of their files."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from crawler.cli import Positionals, ProjectCommand, WrongUsage
from crawler.outlet_table import COLUMNS, markdown, row
from crawler.output import counted, print_json, print_table
from crawler.registry import OUTLETS_FOLDER, Outlet, Registry, RegistryError, default_registry


class Command(ProjectCommand):
    """Lists the registry, or checks it."""

    positionals = Positionals("[NAME…]", most=None)
    examples = (
        "scrapy outlets",
        "scrapy outlets baocantho --json",
        "scrapy outlets --markdown",
        "scrapy outlets --check",
        "scrapy outlets --check drafts/baomoi.toml    a new file together with the others",
    )

    summary = "List the newspapers and what their rules rest on; --check validates their files"
    description = """
        List the newspapers of the registry with the evidence their rules rest on: real pages, others'
        selectors (of other public crawlers), none (an address at most), or the bundled press.

        --check validates every file of crawler/outlets, and any .toml file named besides, and prints
        each problem with file, key and what was expected; the exit code is 1 when there is one.
    """

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command, then the global ones."""
        parser.add_argument("--check", action="store_true", help="validate every file, print each problem")
        parser.add_argument("--json", action="store_true", help="everything the files say, as JSON")
        parser.add_argument("--markdown", action="store_true", help="the table of the README")
        super().add_options(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """List or check; 1 when the check found a problem."""
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


def _outlet_file(arg: str) -> Path:
    path = Path(arg)
    if path.suffix != ".toml":
        raise WrongUsage(f"--check takes .toml files, found {arg!r}; without any it checks all outlets")
    return path


def _check(extra: list[Path], as_json: bool) -> int:
    files = sorted(OUTLETS_FOLDER.glob("*.toml"))
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
