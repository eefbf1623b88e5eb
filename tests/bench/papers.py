"""Invented papers of any size for timings: their pages are filled in as they are asked for, 100 KB each.

``python -m tests.bench.papers PAPERS ARTICLES`` serves that many papers with so many articles each on a free port,
which it prints. The server knows every host by its ``Host`` header, and as a proxy does, by the request line.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from tests.site.pages import article_page
from tests.site.stories import Piece, stories

SIZE = 100_000  # bytes of an article's page
PER_LIST, LISTS = 50, 10  # articles of a section page, and pages of a section: as many as a crawl turns
WORDS, PARAGRAPHS = 45, 12  # syllables of a paragraph, paragraphs of an article: a usual one
_ID, _TITLE, _TEXT = "990000000", "TITLEHERE", "TEXTHERE"
_MARK = re.compile(rf"{_ID}|{_TITLE}|{_TEXT}|@HOST@".encode())

OUTLET = """
name = "{name}"
title = "Báo {name}"
province = "Sông Mây"
home = "http://{name}.test/"
hosts = ["{name}.test"]
family = "onecms"
evidence = "bundled press"
urls = [{{ space = "html", path = '-(?P<id>\\d+)\\.html$' }}]
sections = [{sections}]
paging = "?page={{n}}"
feeds = []
sitemaps = []
list_links = "h3.b-grid__title a"
"""


def names(papers: int) -> list[str]:
    """The papers' names in the registry."""
    return [f"baodo{'abcdefghijklmnopqrstuvwxyz'[number]}" for number in range(papers)]


def sections(articles: int) -> int:
    """How many sections a paper with so many articles has."""
    return -(-articles // (PER_LIST * LISTS))


def write_outlets(folder: Path, papers: int, articles: int) -> None:
    """Write the papers' files for the registry."""
    for name in names(papers):
        paths = ", ".join(f'"/muc-{number}"' for number in range(1, sections(articles) + 1))
        (folder / f"{name}.toml").write_text(OUTLET.format(name=name, sections=paths), encoding="utf-8")


class Papers:
    """What the papers answer."""

    def __init__(self, articles: int) -> None:
        self.articles = articles
        sample = next(story for story in stories(1) if story.paper.name == "baosongmay" and story.style == "p")
        pieces = tuple(Piece("paragraph", (_TEXT,)) for _ in range(PARAGRAPHS))
        plain = replace(
            sample, id=_ID, slug="bai-viet", title=_TITLE, lead=_TEXT, pieces=pieces, tags=("Sông Mây",), dirt=""
        )
        page = article_page(plain, 1).replace(b"baosongmay.test", b"@HOST@")
        self._parts = _MARK.split(_padded(page))
        self._marks = _MARK.findall(_padded(page))
        text = " ".join(line for story in stories(1) for piece in story.pieces for line in piece.lines)
        self._syllables = sorted({word.strip('.,:;!?"“”()').lower() for word in text.split()} - {""})

    def answer(self, host: str, target: str) -> tuple[int, bytes]:
        """Status and body for the target (path and query) on a host."""
        path, _, query = target.partition("?")
        if path == "/":
            links = [f"/muc-{number}" for number in range(1, sections(self.articles) + 1)]
            return 200, _list(links, None)
        if found := re.fullmatch(r"/muc-(\d+)", path):
            page = int(query.removeprefix("page=") or 1)
            return 200, self._section(int(found[1]), page)
        if (found := re.fullmatch(r"/bai-viet-(\d+)\.html", path)) and 0 < int(found[1]) <= self.articles:
            return 200, self.article(host, int(found[1]))
        return 404, b"<html><body><h1>404</h1></body></html>"

    def article(self, host: str, number: int) -> bytes:
        """The page of one article; its text is its own, in every paper."""
        chance = random.Random(f"{host}/{number}")
        pieces = [self._parts[0]]
        title = self._sentence(chance, 12)
        for mark, part in zip(self._marks, self._parts[1:], strict=True):
            if mark == _TITLE.encode():
                pieces.append(title)
            elif mark == _TEXT.encode():
                pieces.append(self._sentence(chance, WORDS) + b".")
            else:
                pieces.append(host.encode() if mark == b"@HOST@" else str(number).encode())
            pieces.append(part)
        return b"".join(pieces)

    def _sentence(self, chance: random.Random, syllables: int) -> bytes:
        return " ".join(chance.choices(self._syllables, k=syllables)).capitalize().encode()

    def _section(self, section: int, page: int) -> bytes:
        first = ((section - 1) * LISTS + page - 1) * PER_LIST
        numbers = range(first + 1, min(first + PER_LIST, self.articles) + 1)
        more = page < LISTS and first + PER_LIST < self.articles
        links = [f"/bai-viet-{number}.html" for number in numbers]
        return _list(links, f"/muc-{section}?page={page + 1}" if more else None)


def _padded(page: bytes) -> bytes:
    """The page with menus and teasers, all of them of known pages, until it is as long as they are in life."""
    box = "".join(
        f'<div class="box"><ul class="menu"><li><a class="title" href="/muc-1">Mục số {n}</a></li></ul>'
        f'<article class="story"><h2 class="story__heading"><a href="/muc-1" title="Bài {n}">Bài viết số {n}'
        f'</a></h2><p class="desc">Một câu tóm tắt ngắn cho bài viết số {n}.</p></article></div>\n'
        for n in range(1000)
    ).encode()
    texts = WORDS * 4 * PARAGRAPHS
    filling = box[: max(0, SIZE - len(page) - texts)]
    return page.replace(b"</body>", filling[: filling.rfind(b"\n") + 1] + b"</body>", 1)


def _list(links: list[str], further: str | None) -> bytes:
    items = "".join(
        f'<h3 class="b-grid__title"><a href="{link}">Một bài viết của báo {link}</a></h3>\n' for link in links
    )
    pager = f'<ul class="pagination"><li><a href="{further}">Trang sau</a></li></ul>' if further else ""
    return f"<!DOCTYPE html><html><head><title>Chuyên mục</title></head><body>{items}{pager}</body></html>".encode()


async def _serve(papers: Papers) -> None:
    server = await asyncio.start_server(lambda reader, writer: _talk(papers, reader, writer), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


async def _talk(papers: Papers, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the requests of one connection, one after the other."""
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            lines = head.decode("latin-1").split("\r\n")
            target = lines[0].split(" ")[1]
            asked = urlsplit(target)
            headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
            host = (asked.hostname or headers.get("host", "")).partition(":")[0]
            status, body = papers.answer(host, f"{asked.path}?{asked.query}" if asked.query else asked.path)
            writer.write(
                f"HTTP/1.1 {status} OK\r\nContent-Type: text/html; charset=utf-8\r\n"
                f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


if __name__ == "__main__":
    asyncio.run(_serve(Papers(int(sys.argv[1]))))
