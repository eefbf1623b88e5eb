"""Takes values out of a table of an outlet file and says of each wrong one: file, key, what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cssselect import HTMLTranslator, SelectorError


class Check:
    """One table of a file; a value that is not as expected becomes a problem and an empty value.

    ``within`` is the path of the table in the file, such as ``urls[0].``. ``problems`` are one line each.
    """

    def __init__(self, file: str, data: Mapping[str, Any], within: str = "", problems: list[str] | None = None) -> None:
        self.file, self.data, self.within = file, data, within
        self.problems: list[str] = [] if problems is None else problems

    def expected(self, key: str, what: str) -> None:
        """Record that ``key`` does not hold what was expected."""
        found = f"found {self.data[key]!r}" if key in self.data else "found nothing"
        self.problems.append(f"{self.file}: {self.within}{key}: expected {what}, {found}")

    def keys(self, required: tuple[str, ...], optional: tuple[str, ...]) -> None:
        """Record every key that is none of these."""
        known = required + optional
        for key in self.data:
            if key not in known:
                self.problems.append(
                    f"{self.file}: {self.within}{key}: unknown key, expected one of {', '.join(known)}"
                )

    def text(self, key: str, what: str = "text", pattern: re.Pattern[str] | None = None) -> str:
        """A text that is not empty."""
        value = self.data.get(key)
        if isinstance(value, str) and value.strip() and (pattern is None or pattern.fullmatch(value)):
            return value
        self.expected(key, what)
        return ""

    def optional(self, key: str, what: str = "text", pattern: re.Pattern[str] | None = None) -> str | None:
        """A text, or ``None`` where the key is missing."""
        return self.text(key, what, pattern) or None if key in self.data else None

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        """One of the ``choices``."""
        value = self.data.get(key)
        if isinstance(value, str) and value in choices:
            return value
        self.expected(key, "one of " + ", ".join(repr(choice) for choice in choices))
        return ""

    def texts(self, key: str, what: str, pattern: re.Pattern[str] | None = None) -> tuple[str, ...]:
        """A list of texts, each once; empty where the key is missing."""
        value = self.data.get(key, [])
        right = isinstance(value, list) and all(
            isinstance(item, str) and item.strip() and (pattern is None or pattern.fullmatch(item)) for item in value
        )
        if right and len(set(value)) == len(value):
            return tuple(value)
        self.expected(key, f"a list of {what}" + (", each once" if right else ""))
        return ()

    def flag(self, key: str) -> bool:
        """True or false; false where the key is missing."""
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            self.expected(key, "true or false")
        return value is True

    def count(self, key: str) -> int:
        """A whole number, 0 where the key is missing."""
        value = self.data.get(key, 0)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        self.expected(key, "a whole number, 0 or more")
        return 0

    def css(self, key: str) -> str | None:
        """A CSS selector, or ``None``."""
        value = self.optional(key, "a CSS selector")
        try:
            return value if value and HTMLTranslator().css_to_xpath(value) else None
        except SelectorError as error:
            self.expected(key, f"a CSS selector ({error})")
            return None

    def alternatives(self, key: str) -> tuple[str, ...]:
        """CSS selectors to be tried in order: a text, or a list of them."""
        value = self.data[key]
        for css in value if isinstance(value, list) and value else [value]:
            try:
                if not isinstance(css, str) or not css.strip():
                    raise SelectorError("text is missing")
                HTMLTranslator().css_to_xpath(css)
            except SelectorError as error:
                self.expected(key, f"a CSS selector or a list of them ({error})")
                return ()
        return tuple(value) if isinstance(value, list) else (value,)

    def regex(self, key: str, groups: frozenset[str]) -> re.Pattern[str]:
        """A regular expression with a group ``id`` and no named groups but ``groups``."""
        text = self.text(key, "a regular expression")
        try:
            # A site that minds letter case answers 404; one that does not must not give a second article.
            pattern = re.compile(text, re.IGNORECASE | re.ASCII)
        except re.error as error:
            self.expected(key, f"a regular expression ({error})")
            return re.compile("")
        if text and "id" not in pattern.groupindex:
            self.expected(key, "a group (?P<id>…)")
        elif text and pattern.search("/"):
            self.expected(key, "a regular expression that the front page '/' does not match")
        elif set(pattern.groupindex) - groups:
            self.expected(key, f"no other named groups than {' and '.join(sorted(groups))}")
        return pattern

    def table(self, key: str, what: str) -> Check:
        """The table of that name, an empty one where it is missing."""
        value = self.data.get(key, {})
        if not isinstance(value, dict):
            self.expected(key, what)
            value = {}
        return Check(self.file, value, f"{self.within}{key}.", self.problems)

    def tables(self, key: str, what: str, least: int = 0) -> Iterator[Check]:
        """Each table of the list of that name."""
        value = self.data.get(key, [])
        if not isinstance(value, list) or len(value) < least or not all(isinstance(item, dict) for item in value):
            self.expected(key, what)
            return
        for number, item in enumerate(value):
            yield Check(self.file, item, f"{self.within}{key}[{number}].", self.problems)
