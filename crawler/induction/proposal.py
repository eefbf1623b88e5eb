"""Selectors for a whole page: a layout, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crawler.extraction.body.reader import BodyReader
from crawler.extraction.body.running_text import leading_bold
from crawler.extraction.cleaning import clean_lead, same_text
from crawler.induction.body import cover_body, rank_body, rank_boxes
from crawler.induction.examples import Example
from crawler.induction.fields import FIELDS
from crawler.induction.ranking import Candidate, cover, rank
from crawler.layout import Layout

# Alternatives kept for a person to look at.
_SHOWN = 8
# Fields whose element, where it stands in the body, is no part of the text. Bylines are told from text by the reader.
_HEADER = ("title", "date", "lead", "section", "tags")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A layout for pages of one template, with the selectors it was chosen from, by field, best first.

    A field that no page is known to have is in neither; one that no selector reads has an empty list.
    """

    layout: Layout
    candidates: dict[str, list[Candidate]]

    def sure(self, field: str) -> float:
        """How sure the field's selectors are, from 0 to 1."""
        chosen: tuple[str, ...] = getattr(self.layout, field)
        found = [one.confidence for one in self.candidates.get(field, ()) if one.css in chosen]
        return max(found, default=0.0)


def propose(examples: Sequence[Example], name: str, avoid: Sequence[Example] = ()) -> Proposal | None:
    """Propose selectors, given pages and what should come out of them; ``None`` where none finds the body.

    ``avoid`` are pages of another template, which the body's selector should not fit.
    """
    bodies = rank_body(examples, avoid)
    if not bodies:
        return None
    covering = cover_body(bodies, examples)
    chosen: dict[str, Any] = {"body": tuple(one.css for one in covering)}
    candidates = {"body": list(dict.fromkeys([*covering, *bodies]))[:_SHOWN]}
    for rule in FIELDS:
        if any(map(rule.known, examples)):
            ranked = rank(rule, examples)
            covering = cover(ranked, rule, examples)
            chosen[rule.name] = tuple(one.css for one in covering)
            candidates[rule.name] = list(dict.fromkeys([*covering, *ranked]))[:_SHOWN]
    header = [css for field in _HEADER for css in chosen.get(field, ())]
    boxes = rank_boxes(examples, chosen["body"], header)
    chosen["leave_out"] = tuple(one.css for one in boxes)
    candidates["leave_out"] = boxes
    bold_lead = any(
        _is_bold_lead(example, chosen["body"])
        for example in examples
        if not any(example.document.finder.first((css,)) is not None for css in chosen.get("lead", ()))
    )
    return Proposal(Layout(name, bold_lead=bold_lead, **chosen), candidates)


def _is_bold_lead(example: Example, bodies: Sequence[str]) -> bool:
    found = next((found[0] for css in bodies if (found := example.document.finder.select(css))), None)
    first = leading_bold(BodyReader().read(found)) if found is not None else None
    return bool(first and example.wanted.lead and same_text(clean_lead(first.text) or "", example.wanted.lead))
