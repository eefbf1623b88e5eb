"""A layout: where one markup generation of a site keeps each part of an article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Layout:
    """CSS selectors of one markup generation; each field holds alternatives, the first that says something wins.

    ``body`` holds the running text, ``leave_out`` are boxes inside it that are no article text, ``end`` is an
    element after which the text is over. ``photo`` are photos of the article that stand outside the body,
    ``photo_caption`` their captions. ``byline`` are elements that hold names or a source, in the body or out
    of it. ``main`` is the main column of a section page, ``aside`` what is never part of it. ``bold_lead`` says
    that a first paragraph set wholly in bold is the lead where the lead element is empty or missing; without it,
    only one that the page's own description repeats.
    """

    name: str
    body: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    photo: tuple[str, ...] = ()
    photo_caption: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    caption: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    main: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    bold_lead: bool = False

    def with_overrides(self, selectors: Mapping[str, str] | None) -> Layout:
        """This layout with an outlet's own selectors put before the family's; an empty one turns a field off."""
        if not selectors:
            return self
        changes: dict[str, Any] = {
            name: ((css, *getattr(self, name)) if css else ())
            for name, css in selectors.items()
            if name in SELECTOR_FIELDS
        }
        return replace(self, **changes)


SELECTOR_FIELDS = tuple(field.name for field in fields(Layout) if field.name not in ("name", "bold_lead"))
