"""A failed request made again within the run, unless the server asked for more patience than a run has."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.retry import RetryMiddleware

from crawler.politeness.pace import LONGEST
from crawler.politeness.retry_after import retry_after

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response


class Retries(RetryMiddleware):
    """Scrapy's retries; the gate makes them wait, the ledger tries again in later runs."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The answer, or the request to be made again."""
        value = response.headers.get("Retry-After")
        asked = retry_after(value.decode("latin-1") if value else None, datetime.now(UTC))
        if asked is None and response.status == 429:
            return response
        if asked is not None and asked.total_seconds() > LONGEST:
            return response
        return super().process_response(request, response)
