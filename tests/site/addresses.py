"""Addresses of the press: what each paper calls its articles, sections, photos, tags and feeds.

All are ``http`` and without port: the test's client connects every ``.test`` host to the press's own port.
"""

from __future__ import annotations

from tests.site.papers import Paper, Section, slugify
from tests.site.stories import Story

#: The fck CMS cuts its slugs at so many characters, also inside a word.
FCK_SLUG = 100


def home(paper: Paper) -> str:
    """The front page."""
    return f"http://{paper.host}/"


def article(story: Story, slug: str | None = None) -> str:
    """The address of a story; ``slug`` is another slug with the same id."""
    return article_by_id(story.paper, slug or story.slug, story.id)


def article_by_id(paper: Paper, slug: str, article_id: str) -> str:
    """The address of an article or of a page that looks like one."""
    if paper.family == "onecms":
        return f"http://{paper.host}/{slug}-{article_id}.html"
    return f"http://{paper.host}/{slug[:FCK_SLUG]}-a{article_id}.html"


def key(story: Story) -> str:
    """The archive's key of a story: outlet, id space, id."""
    space = "html" if story.paper.family == "onecms" else "a"
    return f"{story.paper.name}/{space}/{story.id}"


def variants(story: Story) -> list[str]:
    """Other addresses under which the same story can be reached, as section pages link them."""
    found = []
    if story.also:
        found.append(article(story, story.also))
    if story.also_query:
        found.append(f"{article(story)}?{story.also_query}")
    if story.also_moved:
        found.append(f"http://{story.paper.host}{story.also_moved}")
    return found


def old(story: Story) -> str | None:
    """The former address that redirects to the story's own, where it has one."""
    return article(story, story.moved_from) if story.moved_from else None


def section(paper: Paper, path: tuple[str, ...], page: int = 1) -> str:
    """A page of a section; the fck CMS leaves the slash out before the page number, as on the real pages."""
    base = f"http://{paper.host}/{'/'.join(path)}"
    if paper.family == "onecms":
        return base if page == 1 else f"{base}?page={page}"
    return f"{base}/" if page == 1 else f"{base}?p={page}"


def feed(paper: Paper, where: Section) -> str:
    """The RSS feed of a section."""
    if paper.family == "onecms":
        return f"http://{paper.host}/rss/{'/'.join(where.path)}"
    kind = "cate" if len(where.path) == 1 else "subcate"
    return f"http://{paper.host}/rss/{kind}/{where.path[-1]}/"


def tag(paper: Paper, name: str) -> str:
    """The page of a tag; the fck CMS prints the words raw, blanks and accents included."""
    if paper.family == "onecms":
        return f"http://{paper.host}/{slugify(name)}-ptag.html"
    return f"http://{paper.host}/tim-kiem/{name}.html"


def printed(story: Story) -> str:
    """The print version."""
    if story.paper.family == "onecms":
        return f"http://{story.paper.host}/print/{story.id}.html"
    return f"http://{story.paper.host}/print/{story.slug[:FCK_SLUG]}-a{story.id}.html"


def photo(story: Story, name: str) -> str:
    """A photo in the text, ``name`` being its file in ``content/photos``."""
    day = story.published
    if story.paper.family == "onecms":
        return f"http://{story.paper.photo_host}/{day:%Y/%m/%d}/{story.id}_{name}"
    return f"http://{story.paper.photo_host}/image/fckeditor/upload/{day:%Y}/{day:%Y%m%d}/images/{story.id}_{name}"


def thumbnail(story: Story, size: str) -> str:
    """The small copy of a story's first photo, or the paper's default picture."""
    paper, day = story.paper, story.published
    name = next((piece.lines[0] for piece in story.pieces if piece.kind == "photo"), None)
    if paper.family == "onecms":
        file = f"{day:%Y/%m/%d}/{story.id}_{name}" if name else "2026/01/01/default_image.png"
        return f"http://{paper.photo_host}/thumbs/{size}/{file}"
    file = f"{story.id}_{name}" if name else "default_image.png"
    return f"http://{paper.photo_host}/image/news/{day:%Y}/{day:%Y%m%d}/thumbnail/{size}/{file}"
