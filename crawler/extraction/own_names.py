"""What a paper calls itself: never an author, never a source."""

from __future__ import annotations

from crawler.extraction.document import Document
from crawler.outlet import host_of


def own_names(document: Document) -> tuple[str, ...]:
    """Names of the paper itself, by the registry and by the page."""
    outlet = document.outlet
    names = [outlet.title, outlet.name, *outlet.all_hosts, *outlet.marks] if outlet else []
    names += [outlet.official] if outlet and outlet.official else []
    host = host_of(document.url) if document.url else None
    if host:
        # vnexpress.net signs as VnExpress or VnExpress.net
        names += [host, host.split(".")[0]]
    if document.metadata:
        publisher = document.metadata.news.get("publisher")
        site = document.metadata.metas.get("og:site_name")
        names += [publisher["name"]] if isinstance(publisher, dict) and isinstance(publisher.get("name"), str) else []
        names += [site] if site else []
    return tuple(names)
