"""New rules for an outlet whose markup has changed, learnt from articles that the archive has under the old one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from crawler.extraction import read
from crawler.extraction.decoding import NotText
from crawler.extraction.document import Document, open_document
from crawler.induction.agreement import FREE, KEPT, same
from crawler.induction.examples import Example, Wanted
from crawler.induction.proposal import Proposal, propose
from crawler.induction.toml_text import layout_text
from crawler.items import Article, Page, Result
from crawler.outlet import Outlet
from crawler.outlet_file import check_text
from crawler.registry import Registry

_FIRST_LAYOUT = re.compile(r"^(?:#[^\n]*\n)*\[\[layouts\]\]", re.MULTILINE)


class MendError(ValueError):
    """Pages from which no rules can be learnt; the message says why and what would help."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One article twice: the page that the archive has, what it says, and the page under the new markup."""

    old: Page
    known: Article
    new: Document


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether a field of an article still comes out of its old page, and comes out of its new one.

    ``required`` is false for fields that a redesign may order anew.
    """

    url: str
    field: str
    old: bool
    new: bool
    required: bool


@dataclass(slots=True)
class Mending:
    """The mended file's ``text`` with what was proven; ``others`` are old pages besides, ``changed`` those hurt."""

    text: str
    proposal: Proposal
    proofs: list[Proof]
    others: int = 0
    changed: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether every required field of every page comes out as before."""
        return not self.changed and all(proof.old and proof.new for proof in self.proofs if proof.required)


def pairs_of(
    pages: Sequence[Page], outlet: Outlet, registry: Registry, kept: Callable[[Document], Sequence[Page]]
) -> tuple[list[Pair], list[str]]:
    """Each page with an old one of the same article, and why others have none. ``kept`` looks into the archive.

    Raises ``MendError`` for a page of another outlet.
    """
    pairs, unknown = [], []
    for page in pages:
        try:
            document = open_document(replace(page, outlet=None), registry)
        except NotText as error:
            unknown.append(f"{page.url or 'a page'}: {error}")
            continue
        if document.root is None or document.outlet is None or document.outlet.name != outlet.name:
            raise MendError(f"{document.url or 'a page without address'}: no page of {outlet.name}")
        old = next(_known(kept(document), document, registry), None)
        if old is None:
            unknown.append(f"{document.url}: the archive has no older page of it that the rules of {outlet.name} read")
        else:
            pairs.append(Pair(*old, document))
    return pairs, unknown


def _known(pages: Sequence[Page], new: Document, registry: Registry) -> Iterator[tuple[Page, Article]]:
    for page in pages:
        result = read(page, registry) if page.body != new.page.body else None
        if isinstance(result, Article) and _layout_of(result):
            yield page, result


def mend(pairs: Sequence[Pair], others: Sequence[Page], outlet: Outlet, text: str, registry: Registry) -> Mending:
    """Learn a layout from the new pages, write it beside the old ones, and prove that all pages come out the same.

    ``text`` is the outlet's file, ``others`` are more of its old pages. Raises ``MendError``.
    """
    if len(pairs) < 2:
        raise MendError(
            f"{len(pairs)} of the pages stand in the archive under the old markup; two are needed to tell the template "
            "from the article"
        )
    examples = [Example(pair.new, Wanted.of(pair.known)) for pair in pairs]
    avoid = [Example(open_document(pair.old, registry), Wanted.of(pair.known)) for pair in pairs]
    proposal = propose(examples, _free_name(outlet, pairs), avoid)
    if proposal is None:
        raise MendError("no stable class or id stands around the text on the new pages")
    mendings = [
        _proven(mended, proposal, pairs, others, outlet, registry) for mended in _written(text, proposal, outlet, pairs)
    ]
    return next((mending for mending in mendings if mending.holds), mendings[0])


def _free_name(outlet: Outlet, pairs: Sequence[Pair]) -> str:
    """A name for the layout: the year it was seen in, with a number where that is taken."""
    year = max(pair.new.page.fetched_at for pair in pairs).year
    taken = {layout.name for layout in outlet.layouts}
    names = (f"{outlet.name}-{year}" + (f"-{number}" if number > 1 else "") for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def _written(text: str, proposal: Proposal, outlet: Outlet, pairs: Sequence[Pair]) -> Iterator[str]:
    """The file with the new layout: behind all others, or before the paper's own where one of them fits too much."""
    note = f"\n# Learnt from {len(pairs)} articles that were known under the older markup."
    table = note + layout_text(proposal.layout)
    yield text.rstrip("\n") + "\n" + table
    first = _FIRST_LAYOUT.search(text)
    if outlet.layouts and first:
        yield text[: first.start()].rstrip("\n") + "\n" + table + "\n" + text[first.start() :]


def _proven(
    text: str, proposal: Proposal, pairs: Sequence[Pair], others: Sequence[Page], outlet: Outlet, registry: Registry
) -> Mending:
    mended, problems = check_text(text, outlet.name)
    if mended is None:
        raise MendError("\n".join(problems))
    after = Registry([*(one for one in registry if one.name != outlet.name), mended])
    proofs = [proof for pair in pairs for proof in _proofs(pair, after, proposal.layout.name)]
    changed = [page.url or "a page" for page in others if not _unchanged(page, registry, after)]
    return Mending(text, proposal, proofs, len(others), changed)


def read_by_rules(pages: Iterable[Page], registry: Registry) -> Iterator[Page]:
    """Those of the pages whose text the rules read: others may be under the new markup already."""
    return (page for page in pages if _layout_of(read(page, registry)))


def _proofs(pair: Pair, registry: Registry, layout: str) -> Iterator[Proof]:
    """Both pages field by field; first, that each is read by its own layout and not without rules."""
    old, new = read(pair.old, registry), read(replace(pair.new.page, outlet=None), registry)
    layouts = [_layout_of(result) for result in (old, pair.known, new)]
    yield Proof(pair.new.url or "", "layout", layouts[0] == layouts[1], layouts[2] == layout, required=True)
    for name in (*KEPT, *FREE):
        yield Proof(
            url=pair.new.url or "",
            field=name,
            old=isinstance(old, Article) and same(name, old, pair.known),
            new=isinstance(new, Article) and same(name, new, pair.known),
            required=name in KEPT,
        )


def _layout_of(result: Result) -> str | None:
    """The layout by whose rules the text was read."""
    by_rule = isinstance(result, Article) and result.provenance.get("paragraphs") == "rule"
    return result.layout if isinstance(result, Article) and by_rule else None


def _unchanged(page: Page, before: Registry, after: Registry) -> bool:
    first, second = read(page, before), read(page, after)
    if not isinstance(first, Article) or not isinstance(second, Article):
        return type(first) is type(second)
    return all(same(name, first, second) for name in (*KEPT, *FREE))
