"""Extraction measured against saved pages: prints a table a set, fails below the floors.

``python -m tests.accuracy [FOLDER…] [--pin [--allow-lower]]``; ``make accuracy PAGES="FOLDER …"`` calls it. The
project's own pages are always measured. A FOLDER that is not there is named and left out.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from crawler.documents import DocumentError
from crawler.output import counted
from crawler.pages import SavedPage, saved_pages
from tests.accuracy import floors
from tests.accuracy.floors import Pinned
from tests.accuracy.rows import OWN, measured
from tests.accuracy.table import table

OWN_NAME = "own"


def main(arguments: list[str] | None = None, own: Path = OWN, file: Path = floors.FILE) -> int:
    """Print the tables; exit code 1 when a floor is not reached or a folder cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="saved pages beside the project's own")
    parser.add_argument("--pin", action="store_true", help="raise the floors to what is measured")
    parser.add_argument("--allow-lower", action="store_true", help="with --pin: lower floors too, and pin changed sets")
    options = parser.parse_args(arguments)
    if options.allow_lower and not options.pin:
        parser.error("--allow-lower lowers pinned floors: it goes with --pin")
    sets, problems, seen = floors.load(file), [], set()
    for name, folder in [(OWN_NAME, own), *((folder.resolve().name, folder) for folder in options.folders)]:
        if not folder.is_dir():
            print(f"{folder}: no such folder, not measured\n")
            continue
        try:
            pages = saved_pages(folder)
        except DocumentError as error:
            problems.append(str(error))
            continue
        now = _measure(folder, pages, without=name != OWN_NAME)
        name, known = _identify(name, now, sets)
        seen.add(name)
        if options.pin:
            problems += _pin(name, known, now, sets, lower=options.allow_lower)
        elif known:
            problems += [f"{name}: {line}" for line in floors.changes(known, now) or floors.falls(known, now)]
        else:
            print(f"{folder}: no floors are pinned for these pages\n")
    missing = sorted(sets.keys() - seen)
    if missing:
        print(f"not measured, since their folder was not given or is not there: {', '.join(missing)}")
    if options.pin and not problems:
        floors.dump(sets, file)
        print(f"written: {file}")
    for line in problems:
        print(f"accuracy: {line}", file=sys.stderr)
    if not problems and not options.pin:
        print("every floor is reached")
    return 1 if problems else 0


def _measure(folder: Path, pages: list[SavedPage], without: bool) -> Pinned:
    print(f"{counted(len(pages), 'page')} in {folder}", flush=True)
    rows = measured(pages, without)
    print(table(rows) + "\n", flush=True)
    return floors.pinned_set(pages, rows)


def _identify(name: str, now: Pinned, sets: dict[str, Pinned]) -> tuple[str, Pinned | None]:
    """The name of the set and what is pinned for it; another set of the same name is told apart."""
    known = name if name == OWN_NAME and name in sets else floors.name_of(name, now, sets)
    if known:
        return known, sets[known]
    return (f"{name}-{now.sha256[:8]}" if name in sets else name), None


def _pin(name: str, known: Pinned | None, now: Pinned, sets: dict[str, Pinned], lower: bool) -> list[str]:
    """Put ``now`` into ``sets``; what stands against it, where that needs ``--allow-lower``."""
    against = floors.falls(known, now) if known and not lower else []
    if not against:
        sets[name] = now
    return [f"{name}: {line} (lowering needs --allow-lower)" for line in against]


if __name__ == "__main__":
    sys.exit(main())
