"""The URLs a crawl has in hand, a few per outlet, so that memory stays flat however long the ledger is."""

from __future__ import annotations

import asyncio
from collections import defaultdict


class Flight:
    """Counts what was leased and is not yet stored. Not thread-safe: it lives in the event loop."""

    def __init__(self, per_outlet: int) -> None:
        self.per_outlet = per_outlet
        self._urls: dict[str, set[str]] = defaultdict(set)
        self._landed = asyncio.Event()

    def __len__(self) -> int:
        return sum(len(urls) for urls in self._urls.values())

    def urls(self, outlet: str) -> frozenset[str]:
        """What the outlet has in hand."""
        return frozenset(self._urls[outlet])

    def room(self, outlet: str) -> int:
        """How many more URLs of the outlet may be taken."""
        return self.per_outlet - len(self._urls[outlet])

    def take(self, outlet: str, url: str) -> None:
        """A URL was leased and is on its way."""
        self._urls[outlet].add(url)

    def land(self, outlet: str, url: str) -> bool:
        """A URL's page is stored, or its failure recorded; false when it was not in hand."""
        known = url in self._urls[outlet]
        self._urls[outlet].discard(url)
        self._landed.set()
        return known

    async def landing(self, seconds: float) -> bool:
        """Wait until something lands; false when nothing did for so many seconds."""
        try:
            await asyncio.wait_for(self._landed.wait(), seconds)
        except TimeoutError:
            return False
        self._landed.clear()
        return True
