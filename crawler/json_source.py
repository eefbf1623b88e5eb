"""How a paper's JSON documents map to addresses and articles: data of its outlet file."""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_NUMBERED = re.compile(r"[?&](\w+)=\{n\}")
#: The parts of an article that a JSON document may hold.
JSON_FIELDS = ("title", "lead", "body", "date", "modified", "byline", "source", "section", "tags", "photo")


@dataclass(frozen=True, slots=True)
class JsonList:
    """An endpoint that lists articles.

    ``url`` may hold ``{n}`` for the page number and ``{value}`` for each of ``values`` (ids or names of sections).
    ``items`` is the key path of the list in the answer, ``link`` an address made of an item's keys, such as
    ``/{kind}/{slug}``.
    """

    url: str
    items: str
    link: str
    values: tuple[str, ...] = ()

    def addresses(self) -> list[str]:
        """Addresses of the first page of each list; none where the values are not known."""
        if "{value}" in self.url and not self.values:
            return []
        return [self.url.replace("{value}", value).replace("{n}", "1") for value in self.values or ("",)]

    def page_after(self, address: str) -> str | None:
        """The address one page further than ``address``, ``None`` where pages have no numbers."""
        name = _NUMBERED.search(self.url)
        number = re.search(rf"(?<=[?&]{name[1]}=)\d{{1,6}}(?!\d)", address) if name else None
        return f"{address[: number.start()]}{int(number[0]) + 1}{address[number.end() :]}" if number else None


@dataclass(frozen=True, slots=True)
class JsonArticle:
    """Key paths of an article's parts, alternatives in order; ``link`` makes its address, as in a list."""

    fields: Mapping[str, tuple[str, ...]]
    within: str = ""
    link: str | None = None


def at_path(value: Any, path: str) -> Any:
    """What stands at a key path such as ``data.list``; ``None`` where there is nothing."""
    for key in path.split(".") if path else ():
        if isinstance(value, list) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        elif isinstance(value, dict):
            value = value.get(key)
        else:
            return None
    return value


def made_of(template: str, item: Any) -> str | None:
    """``template`` filled from the keys of ``item``; ``None`` where one of them is missing or empty."""
    filled = template
    for _, path, _, _ in string.Formatter().parse(template):
        if path is not None:
            value = at_path(item, path)
            if not isinstance(value, str | int) or value == "":
                return None
            filled = filled.replace("{" + path + "}", str(value))
    return filled
