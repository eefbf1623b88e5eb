"""Photos among the images of a page: their address, icons and placeholders told apart."""

from __future__ import annotations

import re

from lxml.etree import _Element as Element

# Where lazy-loading scripts keep the real address, before the attribute that holds a placeholder.
_ADDRESSES = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-img",
    "data-image",
    "data-srcset",
    "src",
    "srcset",
)
_PLACEHOLDER = re.compile(r"^data:|/(?:grey|gray|blank|pixel|spacer|transparent|loading|lazy|no-?image)\.\w+$")
_ICON = re.compile(r"icon|logo|emoji|smiley|/static/templates/.*/images/|sprite|\.svg(?:$|\?)", re.IGNORECASE)
# Pixels; counters, bullets and smileys are smaller.
_SMALLEST_PHOTO = 40


def image_address(image: Element) -> str | None:
    """Address of a photo as printed (lazy-loading attributes first); ``None`` for icons and placeholders."""
    for name in _ADDRESSES:
        value = (image.get(name) or "").strip()
        if name.endswith("srcset") and value:
            value = value.split(",")[0].split()[0] if value.split(",")[0].split() else ""
        if not value or _PLACEHOLDER.search(value):
            continue
        width = image.get("width", "").rstrip("px")
        if _ICON.search(value) or (width.isdigit() and int(width) <= _SMALLEST_PHOTO):
            return None
        return value
    return None


def photos(element: Element) -> int:
    """How many photos stand below ``element``."""
    return sum(1 for image in element.iter("img") if image_address(image))
