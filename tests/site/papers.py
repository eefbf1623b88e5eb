"""The two invented papers' furniture: what ``content/*/paper.toml`` says of them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import timedelta, timezone
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).parent / "content"
PHOTOS = CONTENT / "photos"
VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a paper; ``path`` are the slugs from the top section down."""

    path: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper's furniture, as ``paper.toml`` states it."""

    name: str
    title: str
    official: str
    province: str
    family: str
    host: str
    photo_host: str
    email: str
    licence: str
    site_tags: tuple[str, ...]
    sections: tuple[Section, ...]
    pages: tuple[tuple[str, str], ...]
    spam: tuple[tuple[str, str], ...]
    junk: tuple[str, ...]
    closed: dict[str, str]
    video: dict[str, str] | None
    missing: dict[str, str] | None

    @property
    def menu(self) -> tuple[Section, ...]:
        """The top sections."""
        return tuple(section for section in self.sections if len(section.path) == 1)

    def below(self, section: Section) -> tuple[Section, ...]:
        """The sub-sections of a top section."""
        return tuple(s for s in self.sections if len(s.path) == 2 and s.path[0] == section.path[-1])

    def names(self, path: tuple[str, ...]) -> list[str]:
        """The names of a section path, from the top section down."""
        by_path = {section.path: section.name for section in self.sections}
        return [by_path[path[: depth + 1]] for depth in range(len(path))]


@cache
def papers() -> dict[str, Paper]:
    """Both papers by name."""
    found = (read_paper(path) for path in sorted(CONTENT.glob("*/paper.toml")))
    return {paper.name: paper for paper in found}


def read_paper(path: Path) -> Paper:
    """The paper that a ``paper.toml`` describes."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    sections: list[Section] = []
    for top in data["sections"]:
        sections.append(Section((top["slug"],), top["name"]))
        sections.extend(Section((top["slug"], sub["slug"]), sub["name"]) for sub in top.get("sub", []))
    plain = ("name", "title", "official", "province", "family", "host", "photo_host", "email", "licence")
    return Paper(
        **{key: data[key] for key in plain},
        site_tags=tuple(data["site_tags"]),
        sections=tuple(sections),
        pages=tuple((page["path"], page["title"]) for page in data["pages"]),
        spam=tuple((text, target) for text, target in data["spam"]),
        junk=tuple(data["junk"]),
        closed=data["closed"],
        video=data.get("video"),
        missing=data.get("missing"),
    )


def slugify(text: str) -> str:
    """``text`` in the form these papers' addresses have: no accents, lower case, hyphens."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in bare if not unicodedata.combining(c))).strip("-")
