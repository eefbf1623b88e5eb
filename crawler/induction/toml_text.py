"""An outlet as the text of its TOML file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from crawler.layout import SELECTOR_FIELDS, Layout
from crawler.outlet import Outlet, UrlPattern

_WIDTH = 120  # characters of a line
_KEYS = ("name", "title", "province", "home", "hosts", "family", "marks", "evidence", "evidence_note")
_LISTS = ("sections", "feeds", "skip")


def outlet_text(outlet: Outlet) -> str:
    """The file of a new outlet."""
    lines = [f"{key} = {_value(value)}" for key in _KEYS if (value := getattr(outlet, key))]
    lines += _list("urls", [_url(pattern) for pattern in outlet.urls])
    lines += [f"site_tags = {outlet.site_tags}"] if outlet.site_tags else []
    for key in _LISTS:
        lines += _list(key, map(_text, getattr(outlet, key))) if getattr(outlet, key) else []
    return "\n".join(lines) + "\n" + "".join(layout_text(layout) for layout in outlet.layouts)


def layout_text(layout: Layout) -> str:
    """A ``[[layouts]]`` table, with an empty line before it."""
    lines = ["", "[[layouts]]", f"name = {_text(layout.name)}"]
    for field in SELECTOR_FIELDS:
        selectors: tuple[str, ...] = getattr(layout, field)
        if len(selectors) == 1:
            lines.append(f"{field} = {_text(selectors[0])}")
        elif selectors:
            lines += _list(field, map(_text, selectors))
    lines += ["bold_lead = true"] if layout.bold_lead else []
    return "\n".join(lines) + "\n"


def _value(value: str | Sequence[str]) -> str:
    return _text(value) if isinstance(value, str) else f"[{', '.join(map(_text, value))}]"


def _list(key: str, values: Iterable[str]) -> list[str]:
    """A list in one line where it fits, else filled into several."""
    items = list(values)
    line = f"{key} = [{', '.join(items)}]"
    if len(line) <= _WIDTH:
        return [line]
    lines = [""]
    for item in items:
        if len(lines[-1]) + len(item) + 4 > _WIDTH:
            lines.append("")
        lines[-1] += f" {item},"
    return [f"{key} = [", *(f" {line}" for line in lines if line), "]"]


def _url(pattern: UrlPattern) -> str:
    return f"{{ space = {_text(pattern.space)}, path = '{pattern.path.pattern}' }}"


def _text(value: str) -> str:
    """A basic string: JSON's escapes are TOML's too."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
