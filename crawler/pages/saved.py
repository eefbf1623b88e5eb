"""One saved page with its expected record."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from crawler.answers import answer
from crawler.extraction import read
from crawler.items import Page, Result
from crawler.pages import compare
from crawler.registry import default_registry


@dataclass(frozen=True)
class SavedPage:
    """A saved page: its name, the page itself, the expected record and the file that holds it."""

    name: str
    page: Page
    expected: dict[str, Any]
    file: Path

    @cached_property
    def result(self) -> Result:
        """What extraction and cleaning make of the page by the rules of the registry."""
        return read(self.page, default_registry())

    @cached_property
    def record(self) -> dict[str, Any]:
        """``result`` as a JSON-ready object."""
        return answer(self.result)

    @property
    def kind(self) -> str:
        """The kind the page should be read as."""
        return compare.kind_of(self.expected)

    @property
    def fields(self) -> list[str]:
        """The fields whose values are known."""
        return compare.stated_fields(self.expected)

    def wanted(self, name: str) -> Any:
        """The expected value of a field."""
        return compare.wanted(self.expected, name)

    def got(self, name: str) -> Any:
        """The value that was read; ``None`` where the page was taken for something else."""
        return compare.got(self.record, name)

    def leaks(self) -> list[str]:
        """Junk texts that stand in a field."""
        return compare.leaks(self.expected, self.record)

    def differences(self) -> list[compare.Difference]:
        """Every field that did not come out as expected."""
        return compare.differences(self.expected, self.record)
