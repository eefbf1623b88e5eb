"""``python -m tests.bench [extraction|crawl]``: what ``make bench`` prints; without a word, everything."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.bench import crawling, extraction


def main() -> int:
    """Run the benches named; the exit code is 1 when one is beyond its limits."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("what", nargs="*", default=["extraction", "crawl"], metavar="extraction|crawl")
    parser.add_argument("--pages", type=Path, help="extraction: a folder of saved pages to measure as they are")
    parser.add_argument("--rounds", type=int, default=extraction.ROUNDS, help="extraction: rounds")
    parser.add_argument("--crawl-pages", type=int, default=crawling.PAGES, help="crawl: pages of the long run")
    options = parser.parse_args()
    benches = {
        "extraction": lambda: extraction.main(options.pages, options.rounds),
        "crawl": lambda: crawling.main(options.crawl_pages),
    }
    unknown = [name for name in options.what if name not in benches]
    if unknown:
        parser.error(f"no bench {unknown[0]!r}: expected {' or '.join(benches)}")
    return max(benches[name]() for name in options.what)


if __name__ == "__main__":
    sys.exit(main())
