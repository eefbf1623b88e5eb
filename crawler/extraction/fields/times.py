"""When the article was published and last changed."""

from __future__ import annotations

from crawler.extraction import dates
from crawler.extraction.document import Document
from crawler.extraction.finder import text_of
from crawler.extraction.match import Match
from crawler.items import Article


def read_times(article: Article, document: Document, match: Match) -> None:
    """Set the times of publication and change; an impossible one is refused with the reason in ``warnings``."""
    assert document.metadata is not None
    shown = _shown_time(document, match)
    stated = match.family.published(document.metadata, document.local)
    chosen = _choose(shown, stated, match.family.trusted)
    if chosen:
        stamp, origin = chosen
        reason = dates.refuse(stamp, document.page.fetched_at)
        article.published_raw = shown.raw if shown else stamp.raw
        if reason:
            article.warnings.append(f"date_refused: {reason}")
        else:
            article.published_at, article.published_day = stamp.iso(), stamp.when.date().isoformat()
            article.provenance["published_at"] = origin
            if not stamp.exact:
                article.warnings.append("day_only")
            if shown and origin == "json-ld" and shown.exact and _minute(shown) != _minute(stamp):
                article.warnings.append(f"dates_differ: {shown.raw} / {stamp.raw}")
    else:
        article.warnings.append("no_date")
    modified = match.family.modified(document.metadata, document.local)
    if modified and not dates.refuse(modified[0], document.page.fetched_at):
        article.modified_at, article.modified_raw = modified[0].iso(), modified[0].raw
        article.provenance["modified_at"] = modified[1]


def _shown_time(document: Document, match: Match) -> dates.Stamp | None:
    """The time printed for readers, from the first of the layout's elements that holds one.

    By a rule, an element in the head or at the side of the page counts only where there is no other: a clock stands
    there, or the time of another story.
    """
    elements = [element for css in match.layout.date for element in document.finder.select(css)]
    if match.family.trusted == "rule":
        aside = {element for css in match.layout.aside for element in document.finder.select(css)}
        elements.sort(key=lambda element: any(parent in aside for parent in (element, *element.iterancestors())))
    for element in elements:
        stated = element.get("content") if element.tag == "meta" else None
        stamp = dates.parse(stated or text_of(element), document.local)
        if stamp is None and element.get("datetime"):
            stamp = dates.parse(element.get("datetime"), document.local)
        if stamp:
            return stamp
    return None


def _choose(
    shown: dates.Stamp | None, stated: list[tuple[dates.Stamp, str]], trusted: str
) -> tuple[dates.Stamp, str] | None:
    """The shown time, made more exact by a machine-readable one of the same minute."""
    if shown and shown.exact:
        for stamp, origin in stated:
            if stamp.exact and _minute(stamp) == _minute(shown):
                return (stamp, origin) if not shown.seconds else (shown, trusted)
        return shown, trusted
    for stamp, origin in stated:
        if stamp.exact and (shown is None or stamp.when.date() == shown.when.date()):
            return stamp, origin
    if shown:
        return shown, trusted
    return stated[0] if stated else None


def _minute(stamp: dates.Stamp) -> str:
    return stamp.when.strftime("%Y-%m-%dT%H:%M%z")
