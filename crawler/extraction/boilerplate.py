"""Debris that an outlet's own pages give away: what stands on many of them, as an immutable value.

A value is learnt from pages (``crawler.induction.boilerplate``), kept in the archive under its version, and handed
to ``clean``. Texts are compared by the hash of their normalised form: letter case, white space and spelling variants
do not count, accents and digits do.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any, Literal, get_args

from crawler.extraction.text import unique
from crawler.folding import normalise
from crawler.items import Article, Block, Dropped

Part = Literal["text", "tag", "image"]

#: The rule that :class:`~crawler.items.Dropped` names.
RULE = "boilerplate"
#: Kinds of block that can be boilerplate. A caption ("Ảnh minh họa") or a table row says the same in many articles
#: and is theirs all the same.
KINDS = ("paragraph", "heading", "list_item", "quote")


class BoilerplateError(ValueError):
    """A file or record that is no boilerplate; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """Something that stands on ``pages`` of the ``of`` articles of a layout that were counted.

    ``part``: a text of the body or a lead, a tag, the URL of an image. ``sha256`` identifies it, 32 hex digits;
    ``example`` is how the newest of these pages has it.
    """

    layout: str
    part: Part
    sha256: str
    pages: int
    of: int
    example: str


@dataclass(frozen=True)
class Boilerplate:
    """What is debris in the articles of one outlet."""

    outlet: str
    repeated: tuple[Repeated, ...]

    @cached_property
    def version(self) -> str:
        """16 hex digits, made of the content: the same content has the same version everywhere."""
        content = [self.outlet, sorted((one.layout, one.part, one.sha256, one.pages, one.of) for one in self.repeated)]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]

    @cached_property
    def _known(self) -> frozenset[tuple[str, str, str]]:
        return frozenset((one.layout, one.part, one.sha256) for one in self.repeated)

    def holds(self, layout: str | None, part: Part, text: str) -> bool:
        """Whether ``text`` is debris on pages of ``layout``."""
        return (layout, part, identity(text)) in self._known

    def as_json(self) -> dict[str, Any]:
        """The value for a file; ``of_json`` reads it back."""
        return {"outlet": self.outlet, "version": self.version, "repeated": [asdict(one) for one in self.repeated]}

    @classmethod
    def of_json(cls, value: Any) -> Boilerplate:
        """Read what ``as_json`` wrote. Raises :class:`BoilerplateError`."""
        try:
            made = cls(str(value["outlet"]), tuple(Repeated(**one) for one in value["repeated"]))
            if any(one.part not in get_args(Part) for one in made.repeated):
                raise BoilerplateError(f"expected parts of {', '.join(get_args(Part))}")
            version = value["version"]
            stated = made.version
        except (TypeError, KeyError, AttributeError) as error:
            raise BoilerplateError(f"expected outlet, version and repeated as exported ({error})") from error
        if version != stated:
            raise BoilerplateError(f"its content has the version {stated}, not {version!r}: it was changed by hand")
        return made


def identity(text: str) -> str:
    """32 hex digits that texts share which differ in case, white space or spelling variant only."""
    return hashlib.sha256(normalise(text).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def parts_of(article: Article) -> Iterable[tuple[Part, str]]:
    """Everything in an article that can be boilerplate."""
    if article.lead:
        yield "text", article.lead
    yield from (("text", block.text) for block in article.blocks if block.kind in KINDS)
    yield from (("tag", tag) for tag in article.tags)
    yield from (("image", image.url) for image in article.images)


def take_out(article: Article, boilerplate: Boilerplate | None) -> Article:
    """The article without what ``boilerplate`` holds, which is recorded in ``dropped``.

    The article then names the version. A value of another outlet changes nothing. Where no running text would be
    left everything stays, with the warning ``boilerplate_only``: a wrong value must not empty an article.
    """
    if boilerplate is None or boilerplate.outlet != article.outlet:
        return article

    debris = [each for each in parts_of(article) if boilerplate.holds(article.layout, *each)]
    known = frozenset(debris)

    def is_debris(block: Block) -> bool:
        return block.kind in KINDS and ("text", block.text) in known

    article = replace(article, boilerplate=boilerplate.version)
    text = [block for block in article.blocks if block.kind != "caption"]
    if text and all(map(is_debris, text)):
        return replace(article, warnings=unique([*article.warnings, "boilerplate_only"]))
    return replace(
        article,
        lead=None if ("text", article.lead) in known else article.lead,
        blocks=[block for block in article.blocks if not is_debris(block)],
        tags=[tag for tag in article.tags if ("tag", tag) not in known],
        images=[image for image in article.images if ("image", image.url) not in known],
        dropped=[*article.dropped, *(Dropped(content, RULE) for _, content in debris)],
    )
