"""The log as one JSON object a line, for programs that collect logs."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.log import get_scrapy_root_handler

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class JsonLines(logging.Formatter):
    """``{"time": …, "level": …, "logger": …, "message": …}``, with ``"exception"`` where there is one; time in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class JsonLog:
    """Scrapy extension: gives Scrapy's log handler this form, with ``LOG_JSON = True``."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Wait for the start: Scrapy makes its handler anew after it has made its extensions."""
        if not crawler.settings.getbool("LOG_JSON"):
            raise NotConfigured
        extension = cls()
        crawler.signals.connect(extension.engine_started, signal=signals.engine_started)
        crawler.signals.connect(extension.engine_started, signal=signals.spider_opened)
        return extension

    def engine_started(self) -> None:
        """Set the form."""
        if (handler := get_scrapy_root_handler()) is not None:
            handler.setFormatter(JsonLines())
