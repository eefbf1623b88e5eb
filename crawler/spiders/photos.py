"""How photos are asked for, and what the bytes that come say."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from PIL import Image, UnidentifiedImageError

from crawler.archive.decide import GONE
from crawler.items import Page, Photo, Reading
from crawler.middlewares.outlets import PHOTO

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings


@dataclass(frozen=True, slots=True)
class Manner:
    """What a request says more than its address."""

    headers: dict[str, str] = field(default_factory=dict)
    meta: dict[str, Any] = field(default_factory=dict)


PLAIN = Manner()


def photo_request(settings: BaseSettings) -> Manner:
    """How to ask for a photo: as an image, with a size limit, from any host."""
    limit = int(settings.getfloat("PHOTO_MAX_MB") * (1 << 20))
    return Manner({"Accept": "image/*"}, {PHOTO: True, "download_maxsize": limit, "download_warnsize": 0})


def photo_reading(page: Page) -> Reading:
    """The answer to a request for a photo, with what it is; one that is no photo bears an ``error``."""
    if page.status in GONE:
        return Reading(page, Photo(page.outlet))
    if page.status != 200:
        return Reading(replace(page, error=f"HTTP {page.status}"))
    photo = read_photo(page)
    return Reading(page, photo) if photo else Reading(replace(page, error=f"no photo, but {_said(page)}"))


def read_photo(page: Page) -> Photo | None:
    """Type and size as the first bytes of a page state them, nothing is unpacked; ``None``: no photo."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(page.body)) as image:
            kind = image.format or "unknown"
            return Photo(page.outlet, Image.MIME.get(kind, f"image/{kind.lower()}"), *image.size)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _said(page: Page) -> str:
    stated = next((value for name, value in page.headers if name.lower() == "content-type"), "")
    return stated.partition(";")[0].strip()[:100] or f"{len(page.body)} bytes of something else"
