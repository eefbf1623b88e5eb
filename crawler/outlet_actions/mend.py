"""``scrapy outlets mend``: a layout for a changed page, learnt from what the archive knows, and proven."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from crawler.archive import Archive, NotFound
from crawler.cli import ArchiveCommand, CommandError, WrongUsage
from crawler.extraction.document import Document
from crawler.files import write_whole
from crawler.induction.mending import MendError, Mending, mend, pairs_of, read_by_rules
from crawler.induction.stated import examples_of
from crawler.items import Page
from crawler.outlet import Outlet
from crawler.outlet_actions import new
from crawler.outlet_file import read_text
from crawler.output import agreed, print_table, print_text
from crawler.registry import default_registry, outlet_folders

OPTIONS: dict[str, dict[str, Any]] = {
    **{option: new.OPTIONS[option] for option in ("--url", "--out", "--force")},
    "--yes": {"action": "store_true", "help": "mend: write without asking"},
}

# Other old pages of the outlet that must come out as before, and articles looked at to find them.
_OTHERS = 20
_LOOKED_AT = 100


def run(command: ArchiveCommand, args: list[str], opts: argparse.Namespace) -> int:
    """Learn, prove, show the change and write it; 1 when the proof fails or nobody agrees."""
    if len(args) < 2:
        raise WrongUsage("mend: expected NAME PATH…; see: scrapy outlets --help")
    registry = default_registry()
    outlet = registry.get(args[0])
    file = _file(outlet)
    target = Path(opts.out).expanduser() if opts.out else file
    if opts.out and target.exists() and not opts.force:
        raise CommandError(f"{target} is there already; --force writes over it")
    pages = new.saved_pages(args[1:], opts.url)
    text = read_text(file)
    try:
        with command.open_archive() as archive:
            pairs, unknown = pairs_of(pages, outlet, registry, lambda page: _kept(archive, outlet, page))
            for reason in unknown:
                print_text(f"left out: {reason}", "dim")
            known = {pair.old.body for pair in pairs} | {page.body for page in pages}
            kept = [page for page in archive.pages_of_outlet(outlet.name, _LOOKED_AT) if page.body not in known]
        others = list(islice(read_by_rules(kept, registry), _OTHERS))
        made = mend(pairs, others, outlet, text, registry)
    except MendError as error:
        raise CommandError(str(error)) from error
    _print(made, text, file, target)
    if not made.holds and not opts.force:
        command.complain("the proof fails: nothing written; --force writes all the same")
        return 1
    if not opts.yes and not agreed(f"\nWrite {target}?"):
        command.complain("nothing written; --yes writes without asking")
        return 1
    write_whole(target, made.text)
    print_text(f"\nWritten to {target}.")
    return 0


def _file(outlet: Outlet) -> Path:
    files = [folder / f"{outlet.name}.toml" for folder in outlet_folders()]
    return next(file for file in files if file.exists())


def _kept(archive: Archive, outlet: Outlet, page: Document) -> Sequence[Page]:
    """The pages of the article that the archive has: by its key, its address, or its title."""
    titles = [example.wanted.title for example in examples_of([page])]
    by_title = archive.article_titled(outlet.name, titles[0]) if titles and titles[0] else None
    for ref in (page.key(), page.url, by_title):
        try:
            return archive.pages_of_article(ref) if ref is not None else []
        except NotFound:
            continue
    return []


def _print(made: Mending, text: str, file: Path, target: Path) -> None:
    columns = ("page", "field", "old", "new")
    mark = {True: "same", False: "DIFFERS"}
    rows = [
        (proof.url, proof.field, mark[proof.old], mark[proof.new] if proof.required or proof.new else "differs, may")
        for proof in made.proofs
    ]
    print_table(columns, rows)
    sure = ", ".join(f"{name} {made.proposal.sure(name):.0%}" for name in made.proposal.candidates)
    print_text(f"\nHow sure: {sure}")
    print_text(f"Other old pages read as before: {made.others - len(made.changed)} of {made.others}")
    for url in made.changed:
        print_text(f"  changed: {url}")
    print()
    before, after = text.splitlines(keepends=True), made.text.splitlines(keepends=True)
    for line in difflib.unified_diff(before, after, str(file), str(target)):
        print_text(line.rstrip("\n"), {"+": "green", "-": "red"}.get(line[0], ""))
