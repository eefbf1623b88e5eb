"""Reads many invented inputs: ``python -m tests.fuzz N [--seed SEED]``; ``make fuzz N=…`` calls it.

``--again SEED:KIND:NUMBER`` reads one of them alone.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from tests.fuzz.run import Failure, counts, fuzz, one

FAILURES = Path("fuzz-failures")
_ENOUGH = 20  # failures after which a run ends


def main() -> int:
    """Fuzz and print seed and counts; exit code 1 when an input failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__.split("\n")[0])
    parser.add_argument("number", nargs="?", type=int, default=20_000, help="how many inputs (default: 20000)")
    parser.add_argument("--seed", type=int, default=1, help="where to begin (default: 1)")
    parser.add_argument("--again", metavar="SEED:KIND:NUMBER", help="only the input that was told to fail")
    options = parser.parse_args()
    if options.again:
        failure = one(options.again)
        print(_told(failure) if failure else f"{options.again}: no failure")
        return int(failure is not None)
    started, failures = time.monotonic(), 0
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        tasks = {name: progress.add_task(name, total=many) for name, many in counts(options.number).items()}
        for failure in fuzz(options.number, options.seed, lambda name, done: progress.advance(tasks[name], done)):
            failures += 1
            print(_told(failure), flush=True)
            if failures >= _ENOUGH:
                print(f"ended after {failures} failures")
                return 1
    parts = ", ".join(f"{many:,} {name}" for name, many in counts(options.number).items())
    print(f"seed {options.seed}: {parts}; {failures} failed; {time.monotonic() - started:.0f} s")
    return int(failures > 0)


def _told(failure: Failure) -> str:
    FAILURES.mkdir(exist_ok=True)
    file = FAILURES / failure.seed.replace(":", "-")
    file.write_bytes(failure.raw)
    return (
        f"{failure.seed} failed; its input: {file}; again: python -m tests.fuzz --again {failure.seed}\n{failure.trace}"
    )


if __name__ == "__main__":
    sys.exit(main())
