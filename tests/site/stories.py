"""The articles, read from ``content/*/*.txt``.

An article file is a head of ``key: value`` lines, an empty line, and the body, block by block with an empty line
between: a paragraph, ``## heading``, ``- item`` lines, ``> quote``, ``| cell | cell |`` rows,
``! photo.jpg | caption`` and ``~ text`` (text that the page sets without an element of its own). ``**bold**`` and
``*italic*`` are the only inline marks. A head key with ``[2]`` and a block that begins with ``@1 `` or ``@2 `` hold
in that edition only; ``editions: 1`` or ``editions: 2`` is for a whole article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

from tests.site.papers import CONTENT, PHOTOS, VIETNAM, Paper, papers, slugify

EDITIONS = (1, 2)

PieceKind = Literal["paragraph", "loose", "heading", "list", "quote", "table", "photo"]
#: Layouts of each family, named by what marks them.
LAYOUTS = {"onecms": ("header", "spans", "figures"), "fck": ("desc", "firstpara")}
_KEYS = frozenset(
    """title published section layout style photos byline byline_at authors source origin tags lead lead_dash slug
    editions also also_moved also_query moved_from same_text_as edited_copy_of dirt""".split()
)
_HEAD_LINE = re.compile(r"(?P<key>[a-z_]+)(?:\[(?P<edition>[12])\])?: (?P<value>.+)")
_MARKS = re.compile(r"\*\*(.+?)\*\*|\*(.+?)\*")


class ContentError(ValueError):
    """A content file that is not as it should be; the message names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of an article's body. ``lines`` are its texts: one, or one an item or table row.

    A table row keeps its cells divided by ``|``; a photo's lines are the file name and, if any, the caption.
    """

    kind: PieceKind
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One article as one edition tells it. ``published`` is aware local time (+07:00)."""

    paper: Paper
    id: str
    slug: str
    title: str
    published: datetime
    section: tuple[str, ...]
    layout: str
    pieces: tuple[Piece, ...]
    lead: str | None = None
    style: str = "p"
    photos: str = ""
    byline: str = ""
    byline_at: str = ""
    authors: tuple[str, ...] = ()
    source: str | None = None
    origin: str | None = None
    tags: tuple[str, ...] = ()
    lead_dash: bool = False
    dirt: str = ""
    also: str | None = None
    also_moved: str | None = None
    also_query: str | None = None
    moved_from: str | None = None
    same_text_as: str | None = None
    edited_copy_of: str | None = None

    @property
    def number(self) -> int:
        """The id as a number, for small variations that must not change from run to run."""
        return int(self.id)


@cache
def stories(edition: int) -> tuple[Story, ...]:
    """Every article of an edition, newest first. Raises :class:`ContentError`."""
    if edition not in EDITIONS:
        raise ValueError(f"there is no edition {edition}, only {EDITIONS}")
    told = [
        story
        for paper in papers().values()
        for path in sorted((CONTENT / paper.name).glob("*.txt"))
        if (story := read_story(path, paper, edition)) is not None
    ]
    by_name = {f"{story.paper.name}/{story.id}": story for story in told}
    linked = [_with_text_of(story, by_name) for story in told]
    return tuple(sorted(linked, key=lambda story: (story.published, story.id), reverse=True))


@cache
def many(edition: int, times: int) -> tuple[Story, ...]:
    """The articles of an edition ``times`` over, under further ids and titles: a press as large as a real one."""
    return tuple(_again(story, number) for story in stories(edition) for number in range(times))


def _again(story: Story, number: int) -> Story:
    if number == 0:
        return story
    return replace(
        story,
        id=str(story.number + 100_000 * number),
        slug=f"{story.slug}-{number}",
        title=f"{story.title} ({number})",
        also=None,
        also_moved=None,
        also_query=None,
        moved_from=None,
    )


def read_story(path: Path, paper: Paper, edition: int) -> Story | None:
    """The article of a file as ``edition`` tells it; ``None`` when it is not in that edition."""
    head_text, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    head = _head(path, head_text, edition)
    if head.get("editions", str(edition)) != str(edition):
        return None
    missing = {"title", "published", "section", "layout", "tags"} - head.keys()
    if missing:
        raise ContentError(f"{path.name}: no {', '.join(sorted(missing))}")
    published = datetime.fromisoformat(head["published"]).replace(tzinfo=VIETNAM)
    if head["layout"] not in LAYOUTS[paper.family]:
        raise ContentError(f"{path.name}: layout: expected one of {LAYOUTS[paper.family]}")
    if head["layout"] == "firstpara" and published.second:
        raise ContentError(f"{path.name}: published: this layout shows no seconds")
    first_title = _head(path, head_text, 1)["title"]
    return Story(
        paper=paper,
        id=path.stem.partition("-")[0],
        slug=head.get("slug") or slugify(first_title),
        title=head["title"],
        published=published,
        section=tuple(head["section"].split("/")),
        layout=head["layout"],
        pieces=tuple(_pieces(path, body, edition)),
        lead=head.get("lead"),
        style=head.get("style", "p"),
        photos=head.get("photos", ""),
        byline=head.get("byline", ""),
        byline_at=head.get("byline_at", ""),
        authors=_listed(head.get("authors", "")),
        source=head.get("source"),
        origin=head.get("origin"),
        tags=_listed(head["tags"]),
        lead_dash="lead_dash" in head,
        dirt=head.get("dirt", ""),
        also=head.get("also"),
        also_moved=head.get("also_moved"),
        also_query=head.get("also_query"),
        moved_from=head.get("moved_from"),
        same_text_as=head.get("same_text_as"),
        edited_copy_of=head.get("edited_copy_of"),
    )


def plain(text: str) -> str:
    """``text`` without the marks of bold and italic."""
    return _MARKS.sub(lambda match: match[1] or match[2], text)


def _head(path: Path, text: str, edition: int) -> dict[str, str]:
    head: dict[str, str] = {}
    for line in text.splitlines():
        match = _HEAD_LINE.fullmatch(line)
        if match is None or match["key"] not in _KEYS:
            raise ContentError(f"{path.name}: not a line of the head: {line!r}")
        if match["edition"] in (None, str(edition)):
            head[match["key"]] = match["value"].strip()
    return head


def _pieces(path: Path, body: str, edition: int) -> list[Piece]:
    pieces: list[Piece] = []
    for block in filter(None, (block.strip() for block in re.split(r"\n(?:\s*\n|(?=@))", body))):
        if block[0] == "@":
            if block[1] != str(edition):
                continue
            block = block[3:]
        pieces.append(_piece(path, block))
    return pieces


def _piece(path: Path, block: str) -> Piece:
    lines = block.splitlines()
    mark, _, rest = block.partition(" ")
    if mark == "##":
        return Piece("heading", (rest,))
    if mark == ">":
        return Piece("quote", (rest,))
    if mark == "~":
        return Piece("loose", (rest,))
    if mark == "-":
        return Piece("list", tuple(line.removeprefix("- ") for line in lines))
    if mark == "|":
        return Piece("table", tuple(line.strip("| ") for line in lines))
    if mark == "!":
        name, _, caption = rest.partition(" | ")
        if not (PHOTOS / name).is_file():
            raise ContentError(f"{path.name}: there is no photo {name!r}")
        return Piece("photo", (name, caption) if caption else (name,))
    if len(lines) > 1:
        raise ContentError(f"{path.name}: a paragraph is one line: {lines[1][:40]!r}")
    return Piece("paragraph", (block,))


def _with_text_of(story: Story, by_name: dict[str, Story]) -> Story:
    """A syndicated story: the other's lead and text, its own head and photos."""
    if story.same_text_as is None:
        return story
    other = by_name[story.same_text_as]
    text = tuple(piece for piece in other.pieces if piece.kind != "photo")
    values = {name: getattr(story, name) for name in story.__dataclass_fields__}
    return Story(**{**values, "lead": other.lead, "pieces": (text[0], *story.pieces, *text[1:])})


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(";") if part.strip())
