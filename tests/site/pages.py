"""What the press answers: an address and an edition go in, a :class:`Response` comes out."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs, unquote, urlsplit

from tests.site import addresses, feeds, markup
from tests.site.lists import Item, column, most_read, page_of, tagged, within
from tests.site.papers import PHOTOS, VIETNAM, Paper, papers, slugify
from tests.site.rendering import render, summary
from tests.site.stories import Story, many, stories

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
_ARTICLE = {
    "onecms": re.compile(r"(?P<slug>[^/]*)-(?P<id>\d+)\.html$"),
    "fck": re.compile(r"(?P<slug>[^/]*)-a(?P<id>\d+)\.html$"),
}
_TAG = {"onecms": re.compile(r"^/(?P<tag>[a-z0-9-]+)-ptag\.html$"), "fck": re.compile(r"^/tim-kiem/(?P<tag>.+)\.html$")}
_PHOTO = re.compile(r"/(?:[0-9]+_)?(?P<name>[a-z_-]+\.(?:jpg|png|webp|gif))$")
# Entries of a section page; small, so that paging happens.
_PAGE_SIZE = {"onecms": 4, "fck": 3}
_STYLE = (
    "body{font-family:sans-serif;max-width:60rem;margin:auto}img{max-width:100%}"
    ".an,.is-hidden-link,.h-show-mobile{display:none}"
)


@dataclass(frozen=True, slots=True)
class Response:
    """An answer as meant, before a fault spoils it."""

    status: int
    body: bytes
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()


def respond(host: str, target: str, edition: int, now: datetime | None = None, times: int = 1) -> Response:
    """The answer of the paper that ``host`` names to the request target (path and query) in ``edition``.

    ``now`` is the time that pages print as the present, ``times`` how often over the papers have each article.
    """
    name = host.partition(":")[0].removeprefix("www.").lower()
    for paper in papers().values():
        if name in (paper.host, paper.photo_host):
            return _Desk(paper, target, edition, now, times).answer()
    return Response(
        421, f"No paper here is called {host!r}; ask for {_hosts()}.\n".encode(), "text/plain; charset=utf-8"
    )


def article_page(story: Story, edition: int) -> bytes:
    """The page of a story, be it one of the edition's or not."""
    path = urlsplit(addresses.article(story)).path
    return _Desk(story.paper, path, edition)._story(story).body


def _hosts() -> str:
    return " or ".join(paper.host for paper in papers().values())


class _Desk:
    """One request to one paper."""

    def __init__(self, paper: Paper, target: str, edition: int, now: datetime | None = None, times: int = 1) -> None:
        parts = urlsplit(target)
        self.paper, self.edition = paper, edition
        self.path = unquote(parts.path)
        self.query = parse_qs(parts.query)
        self.here = f"http://{paper.host}{parts.path}"
        self.stories = [story for story in many(edition, times) if story.paper is paper]
        self.times = times
        self.family = paper.family
        self.now = now or datetime.now(VIETNAM)

    def answer(self) -> Response:
        steps: tuple[Callable[[], Response | None], ...] = (
            self._fixed,
            self._photo,
            self._feed,
            self._print,
            self._small_page,
            self._tag,
            self._section,
            self._article,
        )
        for step in steps:
            response = step()
            if response is not None:
                return response
        return self._not_found(404)

    # -- small things -----------------------------------------------------------------------------------------

    def _fixed(self) -> Response | None:
        if self.path in ("/", "/index.html"):
            return self._home()
        if self.path == "/robots.txt":
            return Response(200, feeds.robots(self.paper).encode(), "text/plain; charset=utf-8")
        if self.path.startswith("/sitemap"):
            text = feeds.sitemap(self.paper, self.path, self.stories)
            return Response(200, text.encode(), XML) if text else None
        if self.path.endswith(".css"):
            return Response(200, _STYLE.encode(), "text/css; charset=utf-8")
        if self.path == self.paper.closed["path"]:
            return self._simple(self.paper.closed["title"], self.paper.closed["text"])
        return None

    def _photo(self) -> Response | None:
        match = _PHOTO.search(self.path)
        if match is None or not (PHOTOS / match["name"]).is_file():
            return None
        kind = mimetypes.guess_type(match["name"])[0] or "image/webp"
        return Response(200, (PHOTOS / match["name"]).read_bytes(), kind)

    def _feed(self) -> Response | None:
        for section in self.paper.sections:
            if addresses.feed(self.paper, section) == self.here:
                found = within(self.stories, section.path)[:10]
                text = feeds.rss(self.paper, section, found)
                return Response(200, text.encode(), "application/rss+xml; charset=utf-8")
        return None

    def _small_page(self) -> Response | None:
        for path, title in self.paper.pages:
            if self.path == path:
                return self._simple(title, f"{title} - {self.paper.title}.")
        return None

    def _print(self) -> Response | None:
        if not self.path.startswith("/print/"):
            return None
        match = re.search(r"(\d+)\.html$", self.path)
        story = next((story for story in self.stories if match and story.id == match[1]), None)
        if story is None:
            return self._not_found(404)
        return Response(200, render("print.html", story=story, body=markup.body(story)).encode())

    # -- lists ------------------------------------------------------------------------------------------------

    def _home(self) -> Response:
        by_section = [(section, within(self.stories, section.path)[:4]) for section in self.paper.menu]
        return self._page("home", self.paper.official, top=self.stories[:3], by_section=by_section)

    def _tag(self) -> Response | None:
        match = _TAG[self.family].match(self.path)
        if match is None:
            return None
        found = [Item.of(story) for story in tagged(self.stories, match["tag"])]
        return self._list(f"Từ khóa: {match['tag']}", found, self.here, 1, 1, None)

    def _section(self) -> Response | None:
        path = tuple(part for part in self.path.split("/") if part)
        number = next(iter(self.query.get("page") or self.query.get("p") or ["1"]))
        if not number.isdigit() or int(number) < 1:
            return None
        if self.family == "onecms" and path == ("tin-moi-nhat",):
            items, last = page_of([Item.of(story) for story in self.stories], int(number), 8 * self.times)
            return self._list("Tin mới nhất", items, self._page_url(path, 1), int(number), last, None, path)
        section = next((section for section in self.paper.sections if section.path == path), None)
        if section is None:
            return None
        size = _PAGE_SIZE[self.family] * self.times
        items, last = page_of(column(self.paper, section, self.stories), int(number), size)
        feed = addresses.feed(self.paper, section)
        return self._list(section.name, items, self._page_url(path, 1), int(number), last, feed, path)

    def _list(
        self,
        heading: str,
        items: list[Item],
        here: str,
        page: int,
        last: int,
        feed: str | None,
        path: tuple[str, ...] = (),
    ) -> Response:
        if page > max(1, last):
            return self._not_found(404)
        return self._page(
            "section", f"{heading} - tin tức {heading}", heading=heading, items=items, here=here, page=page, last=last,
            feed=feed, path=path, page_url=lambda number: self._page_url(path, number),
        )  # fmt: skip

    def _page_url(self, path: tuple[str, ...], number: int) -> str:
        return addresses.section(self.paper, path, number)

    # -- articles ---------------------------------------------------------------------------------------------

    def _article(self) -> Response | None:
        match = _ARTICLE[self.family].search(self.path)
        if match is None:
            return None
        for page, answer in ((self.paper.video, self._video), (self.paper.missing, self._soft_404)):
            if page and page["id"] == match["id"]:
                return answer(page)
        story = next((story for story in self.stories if story.id == match["id"]), None)
        if story is None:
            return self._withdrawn(match["id"])
        if self.path in (story.also_moved, _path_of(addresses.old(story))):
            return Response(301, b"", headers=(("Location", addresses.article(story)),))
        return self._story(story)

    def _story(self, story: Story) -> Response:
        others = [other for other in self.stories if other is not story]
        near = within(others, story.section[:1])
        related = (near + [other for other in others if other not in near])[:3]
        more = [other for other in others if other not in related][:3]
        boxed = related[:2] if story.layout in ("header", "figures") and story.number % 2 else []
        template = "article_firstpara" if story.layout == "firstpara" else "article"
        return self._page(
            template, story.title, story=story, names=self.paper.names(story.section), body=markup.body(story, boxed),
            related=related, more=more, description=summary(story), keywords=", ".join(story.tags),
        )  # fmt: skip

    def _withdrawn(self, story_id: str) -> Response | None:
        earlier = range(1, self.edition)
        known = any(story.id == story_id and story.paper is self.paper for e in earlier for story in stories(e))
        return self._not_found(410) if known else None

    def _video(self, page: dict[str, str]) -> Response:
        here = addresses.article_by_id(self.paper, slugify(page["title"]), page["id"])
        return self._page("video", page["title"], here=here, published=page["published"])

    def _soft_404(self, page: dict[str, str]) -> Response:
        return self._not_found(200)

    def _not_found(self, status: int) -> Response:
        response = self._simple("Không tìm thấy trang", "Trang bạn tìm không tồn tại hoặc đã bị gỡ.")
        return Response(status, response.body)

    # -- rendering --------------------------------------------------------------------------------------------

    def _simple(self, heading: str, text: str) -> Response:
        return self._page("simple", heading, heading=heading, text=text)

    def _page(self, template: str, title: str, **values: object) -> Response:
        html = render(
            f"{self.family}/{template}.html",
            **{
                "paper": self.paper,
                "page_title": title,
                "now": self.now,
                "most_read": most_read(self.stories),
                "latest": self.stories[:4],
                "mega": lambda section: within(self.stories, section.path)[:2],
                **values,
            },
        )
        return Response(200, html.encode())


def _path_of(url: str | None) -> str | None:
    return urlsplit(url).path if url else None
