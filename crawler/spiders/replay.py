"""The replay spider: saved pages, folders and text dumps through the same pipelines; no network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from crawler.documents import DocumentError, Hints, failed_page, find, load
from crawler.extraction import extracted
from crawler.items import Page, Reading, Rejection
from crawler.registry import default_registry
from crawler.spiders.base import ArchiveSpider

IN_HAND = 8  # pages on their way through the pipelines at once; each may be some megabytes


class ReplaySpider(ArchiveSpider):
    """Yields the documents found under ``paths``; ``outlet`` is used where a document's URL does not tell."""

    name = "replay"
    custom_settings = ArchiveSpider.settings_of_all

    def __init__(self, paths: Sequence[Path | str] = (), outlet: str | None = None, **arguments: Any) -> None:
        self.paths = [Path(path).absolute() for path in paths]
        self.outlet = outlet
        named = {"paths": [str(path) for path in self.paths], "outlet": outlet}
        super().__init__("replay", named, [outlet] if outlet else [], **arguments)
        self._room = asyncio.Semaphore(IN_HAND)

    async def start(self) -> AsyncIterator[Page | Reading]:
        """The pages, a few at a time."""
        for page in self._pages():
            await self._room.acquire()
            yield page
        # Wait for the last ones here: the engine looks only every five seconds whether a spider is idle.
        for _ in range(IN_HAND):
            await self._room.acquire()
        await asyncio.sleep(0)

    def _pages(self) -> Iterator[Page | Reading]:
        """Every document, also those that cannot be read: they are recorded with the reason."""
        hints = Hints(outlet=self.outlet)
        for path in self.paths:
            try:
                for file in find(path):
                    yield _page(file, hints)
            except DocumentError as error:
                yield failed_page(error, hints)

    def dealt_with(self, page: Page) -> None:
        """Make room for another."""
        self._room.release()


def _page(file: Path, hints: Hints) -> Page | Reading:
    try:
        page = load(file, hints)
    except DocumentError as error:
        return failed_page(error, hints)
    return page if page.url else _named(page, file)


def _named(page: Page, file: Path) -> Reading:
    """Read a page without address here: why it is rejected must tell the file, which nothing else does."""
    result = extracted(page, default_registry())
    if isinstance(result, Rejection) and result.url is None:
        # A name that is no UTF-8 must be printable too.
        name = str(file).encode("utf-8", "backslashreplace").decode()
        result = replace(result, reason=f"{result.reason} ({name})")
    return Reading(page, result)
