"""When the article was published and last changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from crawler.extraction.dates import Stamp, parse, parse_stated, refuse
from crawler.extraction.dates.choose import Candidate, choose, same_minute
from crawler.extraction.dates.printed import Printed, printed
from crawler.extraction.dates.statements import Statement, created, in_address, in_attributes, modified, published
from crawler.extraction.document import Document
from crawler.extraction.finder import text_of
from crawler.extraction.match import Match
from crawler.items import Article


def read_times(article: Article, document: Document, match: Match) -> None:
    """Set the times of publication and change; what cannot be, or contradicts them, is named in ``warnings``.

    The outlet's rule speaks first, then what the page tells machines, then what it prints near the headline, at last
    its address. ``no_zone``: the time is told as the page does, without a zone.
    """
    assert document.metadata is not None
    shown = _shown(document, match)
    stated = _stamps(document, match, published(document.metadata, article.title))
    changes = _stamps(document, match, modified(document.metadata, article.title))
    ruled = [*shown, *stated] if shown else stated
    near: list[Printed] = []
    if match.family.trusted != "rule" or not any(candidate.stamp.exact for candidate in ruled):
        near = printed(document, article.title, match.body)
    candidates = [*ruled, *_near(near)] or list(_last_resorts(document, match, article.title))
    choice = choose(candidates, document.page.fetched_at, [change.stamp for change in changes])
    article.warnings += choice.warnings
    if choice.chosen:
        _publish(article, choice.chosen, [*shown, *_near(near)])
    elif candidates:
        article.published_raw = candidates[0].stamp.raw
    else:
        article.warnings.append("no_date")
    changed = [Candidate(each.stamp, "generic") for each in near if each.change and len(near) > 1]
    _change(article, [*_changed_by_rule(document, match), *changes, *changed], document, choice.chosen)


def _publish(article: Article, chosen: Candidate, read: list[Candidate]) -> None:
    """Store the chosen moment; the raw text is what readers see of it, where they do."""
    stamp = chosen.stamp
    article.published_at, article.published_day = stamp.iso(), stamp.when.date().isoformat()
    article.provenance["published_at"] = chosen.origin
    by_rule = [candidate.stamp.raw for candidate in read if candidate.origin == "rule"]
    same = [candidate.stamp.raw for candidate in read if same_minute(candidate.stamp, stamp)]
    article.published_raw = next(iter(by_rule + same), stamp.raw)
    if not stamp.exact:
        article.warnings.append("day_only")
    elif stamp.when.tzinfo is None:
        article.warnings.append("no_zone")


def _change(article: Article, changes: list[Candidate], document: Document, chosen: Candidate | None) -> None:
    """Store the last change: the first exact one that lies between publication and fetch."""
    for candidate in changes:
        stamp = candidate.stamp
        if not stamp.exact:
            continue
        reason = refuse(stamp, document.page.fetched_at)
        if reason is None and chosen and _is_before(stamp, chosen.stamp):
            reason = f"{stamp.iso()} is before the publication"
        if reason:
            if (warning := f"modified_refused: {reason}") not in article.warnings:
                article.warnings.append(warning)
            continue
        article.modified_at, article.modified_raw = stamp.iso(), stamp.raw
        article.provenance["modified_at"] = candidate.origin
        return


def _is_before(stamp: Stamp, other: Stamp) -> bool:
    if (stamp.when.tzinfo is None) != (other.when.tzinfo is None):
        return False
    start = other.when.replace(second=0, microsecond=0)
    return stamp.when < start


def _shown(document: Document, match: Match) -> list[Candidate]:
    """The time printed for readers, from the first of the layout's elements that holds one.

    An element at the side or the head of the page counts only where there is no other: a clock stands there, or the
    time of another story.
    """
    elements = [element for css in match.layout.date for element in document.finder.select(css)]
    aside = (
        {element for css in match.layout.aside for element in document.finder.select(css)} if elements[1:] else set()
    )
    elements.sort(key=lambda element: any(place in aside for place in (element, *element.iterancestors())))
    for element in elements:
        stated = element.get("content") if element.tag == "meta" else None
        stamp = parse(stated or text_of(element), document.local, document.date_order)
        if stamp is None and element.get("datetime"):
            stamp = parse_stated(element.get("datetime"), document.local)
        if stamp:
            return [Candidate(stamp, match.family.trusted)]
    return []


def _changed_by_rule(document: Document, match: Match) -> Iterator[Candidate]:
    for element in (element for css in match.layout.modified for element in document.finder.select(css)):
        stamp = parse(text_of(element), document.local) or parse_stated(element.get("datetime"), document.local)
        if stamp:
            yield Candidate(stamp, match.family.trusted)


def _stamps(document: Document, match: Match, statements: Iterator[Statement]) -> list[Candidate]:
    outlet, family = document.outlet, match.family
    read = partial(
        parse_stated,
        local=document.local,
        order=(outlet.date_order if outlet else None) or family.date_order,
        z_is_local=outlet.z_is_local if outlet and outlet.z_is_local is not None else family.z_is_local,
    )
    return [Candidate(stamp, origin) for text, origin in statements if (stamp := read(text))]


def _near(near: list[Printed]) -> list[Candidate]:
    """Moments printed near the headline, those of a change last."""
    by_label = sorted(near, key=lambda each: each.change)
    return [Candidate(replace(each.stamp, either_order=False), "generic") for each in by_label]


def _last_resorts(document: Document, match: Match, title: str | None) -> Iterator[Candidate]:
    assert document.metadata is not None
    yield from _stamps(document, match, created(document.metadata, title))
    yield from _stamps(document, match, in_attributes(document.metadata))
    day = parse(in_address(document.url), document.local)
    if day:
        yield Candidate(day, "url")
