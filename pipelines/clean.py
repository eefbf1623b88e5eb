"""Second stage: the cleaning rules, the same for every source."""

from __future__ import annotations

from typing import Any

from crawler.extraction import clean, failed
from crawler.items import Reading


class Clean:
    """Cleans the result of each :class:`~crawler.items.Reading`."""

    def process_item(self, item: Any) -> Any:
        """Clean in place; an exception of a rule becomes the result, and the item travels on."""
        if isinstance(item, Reading) and item.result is not None:
            try:
                item.result = clean(item.result)
            except Exception as error:  # the page must reach the archive whatever a rule does
                item.result = failed("clean", error, item.page)
        return item
