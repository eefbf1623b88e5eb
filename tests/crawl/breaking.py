"""``python -m tests.crawl.breaking STAGE crawl news …``: the command line with one rule that raises on one page."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

from scrapy.cmdline import execute

import crawler.extraction
import pipelines.clean

ARTICLE = "-410205.html"
SECTION = "/van-hoa"


def main() -> None:
    """Break the rule of the stage named first, then run ``scrapy`` with the rest."""
    stage = sys.argv.pop(1)
    if stage == "extract":
        _break(crawler.extraction, "read_article", lambda document, *_: ARTICLE in (document.url or ""))
    elif stage == "clean":
        _break(pipelines.clean, "clean", lambda result: ARTICLE in (result.url or ""))
    elif stage == "section":
        _break(crawler.extraction, "read_section", lambda document: (document.url or "").endswith(SECTION))
    else:
        sys.exit(f"no stage {stage!r}")
    execute(["scrapy", *sys.argv[1:]])


def _break(module: Any, name: str, when: Any) -> None:
    whole = getattr(module, name)

    def broken(*arguments: Any) -> Any:
        if when(*arguments):
            _fail()
        return whole(*arguments)

    setattr(module, name, broken)


def _fail() -> NoReturn:
    raise LookupError("a rule broken on purpose")


if __name__ == "__main__":
    main()
