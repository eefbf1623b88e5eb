"""The templates: one environment, with the filters and functions that both papers' pages use."""

from __future__ import annotations

import json
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tests.site import addresses, markup
from tests.site.stories import Story, plain

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


@cache
def environment() -> Environment:
    """The template environment; a name that a template uses and nobody gave is an error."""
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    env = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=False)
    env.filters.update(entities=markup.entities, us_time=us_time, clock=clock, rfc_time=format_datetime)
    env.globals.update(
        url=addresses.article,
        section_url=addresses.section,
        tag_url=addresses.tag,
        print_url=addresses.printed,
        thumbnail=addresses.thumbnail,
        summary=summary,
        json=_json,
        ld=_json_with_entities,
        feed=None,
        keywords=None,
        description=None,
    )
    return env


def render(template: str, **values: Any) -> str:
    """A template filled with ``values``."""
    return environment().get_template(template).render(**values)


def us_time(when: datetime) -> str:
    """A time in the US order that this CMS writes into its meta elements: ``1/8/2026 10:02:01 AM``."""
    hour = when.hour % 12 or 12
    return f"{when.month}/{when.day}/{when.year} {hour}:{when:%M:%S} {'AM' if when.hour < 12 else 'PM'}"


def clock(when: datetime) -> str:
    """The clock in the page's header."""
    return f"{_WEEKDAYS[when.weekday()]}, {when:%d/%m/%Y %H:%M:%S}"


def summary(story: Story) -> str:
    """What lists say of a story: its lead, or the beginning of its text where the layout has none."""
    if story.lead:
        return story.lead
    return plain(next(piece.lines[0] for piece in story.pieces if piece.kind == "paragraph"))


def _json(text: str) -> Markup:
    return Markup(json.dumps(text, ensure_ascii=False).replace("</", "<\\/"))


def _json_with_entities(text: str) -> Markup:
    """JSON whose strings carry HTML entities, as this CMS writes them; to be unescaped after parsing."""
    return Markup(json.dumps(str(markup.entities(text)), ensure_ascii=False))
