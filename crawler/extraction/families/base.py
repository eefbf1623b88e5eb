"""What a family of CMS is: its layouts, and the few habits that selectors cannot say."""

from __future__ import annotations

from datetime import timezone

from crawler.extraction.dates import Stamp, parse
from crawler.extraction.metadata import Metadata
from crawler.layout import Layout


class Family:
    """One CMS. Subclasses state :attr:`name` and :attr:`layouts` and override a habit where theirs differs.

    Layouts are tried in order; the first whose body holds text is the page's. ``trusted`` is what the
    ``provenance`` of a field read by selector says.
    """

    name: str = ""
    layouts: tuple[Layout, ...] = ()
    trusted: str = "rule"
    #: Whether the JSON-LD author is the byline (elsewhere it is the paper or a login).
    json_ld_author: bool = False

    def published(self, metadata: Metadata, local: timezone) -> list[tuple[Stamp, str]]:
        """Machine-readable times of publication, most trusted first, each with its provenance."""
        candidates = (
            (parse(metadata.text("datePublished"), local), "json-ld"),
            (parse(metadata.metas.get("article:published_time"), local), "meta"),
            (parse(metadata.metas.get("datepublished"), local), "meta"),
        )
        return [(stamp, origin) for stamp, origin in candidates if stamp]

    def modified(self, metadata: Metadata, local: timezone) -> tuple[Stamp, str] | None:
        """The machine-readable time of the last change, with its provenance."""
        for value, origin in (
            (metadata.text("dateModified"), "json-ld"),
            (metadata.metas.get("article:modified_time"), "meta"),
        ):
            stamp = parse(value, local)
            if stamp and stamp.exact:
                return stamp, origin
        return None
