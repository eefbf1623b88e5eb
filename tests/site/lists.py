"""Lists of stories: what a section page holds, which stories are most read, which bear a tag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.site import addresses
from tests.site.papers import Paper, Section, slugify
from tests.site.stories import Story


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a section page: a story under one of its addresses, or a page that only looks like one."""

    id: str
    title: str
    href: str
    story: Story | None = None

    @classmethod
    def of(cls, story: Story, href: str | None = None) -> Item:
        """A story; a list links a story that has moved under its old address."""
        return cls(story.id, story.title, href or addresses.old(story) or addresses.article(story), story)


def within(stories: Sequence[Story], path: tuple[str, ...]) -> list[Story]:
    """The stories of a section and its sub-sections, newest first."""
    return [story for story in stories if story.section[: len(path)] == path]


def column(paper: Paper, section: Section, stories: Sequence[Story]) -> list[Item]:
    """All entries of a section's main column, over all its pages."""
    found = within(stories, section.path)
    items = [Item.of(story) for story in found]
    items += [Item.of(story, href) for story in found for href in addresses.variants(story)]
    for page in (paper.video, paper.missing):
        if page and (page["section"],) == section.path:
            href = addresses.article_by_id(paper, slugify(page["title"]), page["id"])
            items.append(Item(page["id"], page["title"], href))
    return items


def page_of(items: list[Item], number: int, size: int) -> tuple[list[Item], int]:
    """The entries of page ``number`` (from 1) and how many pages there are."""
    last = max(1, -(-len(items) // size))
    return items[(number - 1) * size : number * size], last


def most_read(stories: Sequence[Story]) -> list[Story]:
    """Five stories that the side bar calls most read, in an order of their own."""
    return sorted(stories, key=lambda story: (story.number * 7919) % 101)[:5]


def tagged(stories: Sequence[Story], tag: str) -> list[Story]:
    """The stories with a tag, given as printed or as a slug; all of them for a tag that stands on every page."""
    slug = slugify(tag)
    return [story for story in stories if slug in {slugify(t) for t in (*story.tags, *story.paper.site_tags)}]
