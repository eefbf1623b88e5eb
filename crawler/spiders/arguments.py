"""The arguments of ``scrapy crawl news``, and the exit codes it ends with."""

from __future__ import annotations

from crawler.registry import Outlet, Registry, UnknownOutlet

OK = 0
INCOMPLETE = 1  # something could not be fetched or stored at all: see the summary
USAGE = 2  # the command line cannot be used; nothing was done
BUSY = 3  # another run is crawling an outlet; the others were crawled
ALARM = 4  # all was done, and something came of it that a person should look at: see status --health


EXPECTED = "-a outlets=NAME[,NAME…], for a back-fill with -a since=DAY [-a until=DAY] [-a budget=500 or 2h]"


def parse_outlets(text: str, registry: Registry) -> list[Outlet]:
    """The outlets named in ``text``, separated by commas, each once.

    Raises ``ValueError`` with a message for people: none named, or one that does not exist (with what may
    be meant).
    """
    names = list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names:
        raise ValueError("which newspapers? Name them: -a outlets=NAME[,NAME…]; `scrapy outlets` lists them")
    outlets, problems = [], []
    for name in names:
        try:
            outlets.append(registry.get(name))
        except UnknownOutlet as error:
            problems.append(str(error))
    if problems:
        raise ValueError("; ".join(problems))
    return outlets
