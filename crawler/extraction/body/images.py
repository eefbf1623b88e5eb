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
_PLACEHOLDER = re.compile(
    r"^data:|/(?:grey|gray|blank|empty|leer|pixel|1x1|spacer|transparent|loading|lazy|placeholder|no-?image)\.\w+$|[/_-]transparent[\w-]*\.gif$"
)
# Furniture of the template: a folder of its own, a file named for what it is, a drawing.
_ICON = re.compile(
    r"/(?:icons?|emojis?|smileys?)/|/static/templates/.*/images/|/(?:icon|ico|logo|sprite|btn|button)[\w-]*\.(?:png|gif|svg)"
    r"|\.svg(?:$|\?)|/ckeditor/plugins/",
    re.IGNORECASE,
)
_SIZE = re.compile(r"(?:^|;|\s)(?:width|height)\s*:\s*(\d+)px", re.IGNORECASE)
# Pixels; counters, bullets and smileys are smaller.
_SMALLEST_PHOTO = 40


def image_address(image: Element) -> str | None:
    """Address of a photo as printed (lazy-loading attributes first); ``None`` for icons and placeholders."""
    for name in _ADDRESSES:
        value = (image.get(name) or "").strip()
        if name.endswith("srcset") and value:
            value = (value.split(",")[0].split() or [""])[0]
        if not value or _PLACEHOLDER.search(value):
            continue
        return None if _ICON.search(value) or _is_tiny(image) else value
    return None


def is_floated(image: Element) -> bool:
    """Whether the text flows around the photo: then the text of its own block is no caption."""
    style = image.get("style", "").replace(" ", "").lower()
    return image.get("align", "").lower() in ("left", "right") or "float:left" in style or "float:right" in style


def photos(element: Element) -> int:
    """How many photos stand below ``element``."""
    return sum(1 for image in element.iter("img") if image_address(image))


def _is_tiny(image: Element) -> bool:
    stated = [image.get(name, "").removesuffix("px") for name in ("width", "height")]
    stated += _SIZE.findall(image.get("style", ""))
    return any(size.isdigit() and int(size) <= _SMALLEST_PHOTO for size in stated)
