"""What reading the press must give, told from the content files alone, never from the templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

from tests.site import addresses
from tests.site.papers import papers, slugify
from tests.site.stories import EDITIONS, Piece, Story, plain, stories


class Record(TypedDict):
    """One article's expected values, with the conventions of the saved pages' ``expected.json``.

    ``junk`` are texts that stand on the page and must stand in none of the fields.
    """

    key: str
    id: str
    outlet: str
    url: str
    title: str
    published_at: str
    modified_at: str | None
    authors: list[str]
    source: str | None
    section: list[str]
    lead: str | None
    paragraphs: list[str]
    captions: list[str]
    images: list[str]
    tags: list[str]
    junk: list[str]


@dataclass(frozen=True, slots=True)
class Expected:
    """What crawling both editions one after the other must find. Articles are named by key, pages by URL.

    ``articles`` counts by edition and outlet. ``new``, ``withdrawn``, ``edited`` and ``unchanged`` compare edition 2
    with edition 1. ``copies`` are pairs of articles with the same or nearly the same text, whichever comes first.
    ``variants`` are further addresses of one article, ``moved`` addresses that redirect to an article's own.
    ``rejected`` are pages that look like articles and are none, with the kind of rejection. ``closed`` are pages
    that ``robots.txt`` forbids: no well-behaved client asks for them.
    """

    articles: dict[int, dict[str, int]]
    new: tuple[str, ...]
    withdrawn: tuple[str, ...]
    edited: tuple[str, ...]
    unchanged: tuple[str, ...]
    copies: tuple[tuple[str, str], ...]
    variants: dict[str, tuple[str, ...]]
    moved: dict[str, str]
    rejected: dict[str, str]
    closed: tuple[str, ...]


def truth(edition: int) -> dict[str, Record]:
    """The expected record of every article of an edition, by key."""
    return {addresses.key(story): record(story) for story in stories(edition)}


def record(story: Story) -> Record:
    """The expected record of one article."""
    onecms = story.paper.family == "onecms"
    published = story.published.isoformat()
    return Record(
        key=addresses.key(story),
        id=story.id,
        outlet=story.paper.name,
        url=addresses.article(story),
        title=story.title,
        published_at=published,
        # This CMS repeats the time of publication here, also after an edit.
        modified_at=published if onecms else None,
        authors=list(story.authors),
        source=story.source,
        section=_section(story),
        lead=story.lead,
        paragraphs=[text for piece in story.pieces for text in _texts(piece)],
        captions=[plain(photo.lines[1]) for photo in _photos(story) if len(photo.lines) > 1],
        images=[addresses.photo(story, photo.lines[0]) for photo in _photos(story)],
        tags=list(story.tags),
        junk=list(story.paper.junk),
    )


def expected() -> Expected:
    """What crawling edition 1 and then edition 2 must find."""
    first, second = (truth(edition) for edition in EDITIONS)
    both = [key for key in second if key in first]
    told = {addresses.key(story): story for edition in EDITIONS for story in stories(edition)}
    return Expected(
        articles={edition: _count(truth(edition)) for edition in EDITIONS},
        new=tuple(sorted(second.keys() - first.keys())),
        withdrawn=tuple(sorted(first.keys() - second.keys())),
        edited=tuple(sorted(key for key in both if first[key] != second[key])),
        unchanged=tuple(sorted(key for key in both if first[key] == second[key])),
        copies=tuple(_copies(told)),
        variants={key: tuple(found) for key, story in told.items() if (found := addresses.variants(story))},
        moved={old: key for key, story in told.items() if (old := addresses.old(story))},
        rejected=dict(_rejected()),
        closed=tuple(f"http://{paper.host}{paper.closed['path']}" for paper in papers().values()),
    )


def _section(story: Story) -> list[str]:
    names = story.paper.names(story.section)
    # The layout without a lead prints the top section in capitals.
    return [names[0].upper(), *names[1:]] if story.layout == "firstpara" else names


def _texts(piece: Piece) -> list[str]:
    if piece.kind == "photo":
        return []
    if piece.kind == "table":
        return [" ".join(cell.strip() for cell in row.split("|")) for row in piece.lines]
    return [plain(line) for line in piece.lines]


def _photos(story: Story) -> list[Piece]:
    return [piece for piece in story.pieces if piece.kind == "photo"]


def _count(records: dict[str, Record]) -> dict[str, int]:
    outlets = [known["outlet"] for known in records.values()]
    return {name: outlets.count(name) for name in papers()}


def _copies(told: dict[str, Story]) -> Iterator[tuple[str, str]]:
    by_name = {f"{story.paper.name}/{story.id}": key for key, story in told.items()}
    for key, story in told.items():
        other = story.same_text_as or story.edited_copy_of
        if other:
            yield by_name[other], key


def _rejected() -> Iterator[tuple[str, str]]:
    for paper in papers().values():
        for page, kind in ((paper.video, "video"), (paper.missing, "error")):
            if page:
                yield page_address(paper.name, page), kind


def page_address(outlet: str, page: dict[str, str]) -> str:
    """The address of a page that looks like an article and is none."""
    return addresses.article_by_id(papers()[outlet], slugify(page["title"]), page["id"])
