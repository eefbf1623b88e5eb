"""Whole pages: the project's saved pages, broken as servers, templates and editors break them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from random import Random

from crawler.items import Page
from crawler.pages import saved_pages
from tests.accuracy.rows import OWN
from tests.fuzz import grammar

_TAG = re.compile(rb"<[^<>]{1,200}>")
_TEXT = re.compile(rb">([^<>]{3,})<")
_DEEPEST = 400  # elements in one another; a parser stops at some depth, ours must not mind
_ENCODINGS = ("utf-16", "utf-8-sig", "cp1258", "latin-1", "cp1252", "utf-16-le", "shift_jis")
_ENTITIES = (b"&nbsp;", b"&#0;", b"&#xD800;", b"&#1114112;", b"&amp;amp;", b"&ocirc;", b"&", b"&#", b"&lt;p&gt;")
_SCRIPTS = (
    b"<script>document.write(\"<div class='article'><p>\")</script>",
    b"<script>var a = '</p></div></body></html>'; while(1){}",
    b"<style>.x{content:'<p>'}</style><noscript><div></noscript>",
    b"<!-- <p>chua xong --",
    b"<![CDATA[ <p> ]]>",
    b"<template><p>mau</template><svg><title>x</title><p></svg>",
    b"</html><html><head><title></title><body></body>",
    b"<base href='http://['><link rel=canonical href='http://[::1'><meta property='og:url' content='//:0'>",
)


@cache
def _saved() -> list[Page]:
    return [saved.page for saved in saved_pages(OWN)]


def page(random: Random) -> Page:
    """A saved page after one to four breakages."""
    origin = random.choice(_saved())
    body = origin.body
    for _ in range(random.randrange(1, 5)):
        body = random.choice(_BREAKAGES)(random, body)
    charset = random.choice((None, None, "utf-8", "x-unknown", "utf-16", "windows-1258"))
    url = origin.url if random.random() < 0.8 else random.choice((None, "http://khac.test/a1.html"))
    return Page(
        url=url, body=body, fetched_at=origin.fetched_at, charset=charset, outlet=origin.outlet if url else None
    )


def _cut(random: Random, body: bytes) -> bytes:
    """The end is missing, or a part from the middle."""
    at, end = _span(random, body)
    return body[:at] if random.random() < 0.5 else body[:at] + body[end:]


def _without_tags(random: Random, body: bytes) -> bytes:
    """Some tags are missing, opening or closing."""
    share = random.choice((0.02, 0.2, 0.9))
    return _TAG.sub(lambda tag: b"" if random.random() < share else tag[0], body)


def _doubled(random: Random, body: bytes) -> bytes:
    at, end = _span(random, body)
    return body[:end] + body[at : at + min(end - at, 20_000)] * random.choice((1, 2, 5)) + body[end:]


def _moved(random: Random, body: bytes) -> bytes:
    at, end = _span(random, body)
    rest = body[:at] + body[end:]
    to = random.randrange(len(rest) + 1)
    return rest[:to] + body[at:end] + rest[to:]


def _with_entities(random: Random, body: bytes) -> bytes:
    return _sprinkled(random, body, _ENTITIES, 12)


def _with_scripts(random: Random, body: bytes) -> bytes:
    return _sprinkled(random, body, _SCRIPTS, 3)


def _deep(random: Random, body: bytes) -> bytes:
    """A stretch of the page stands far down in elements of one kind."""
    at, end = _span(random, body)
    tag = random.choice((b"div", b"span", b"b", b"table", b"p", b"blockquote", b"ul", b"font"))
    depth = random.randrange(2, _DEEPEST)
    closing = (b"</" + tag + b">") * random.choice((depth, 0, depth // 2))
    return body[:at] + (b"<" + tag + b">") * depth + body[at:end] + closing + body[end:]


def _wrong_bytes(random: Random, body: bytes) -> bytes:
    """Another encoding than stated, mojibake, or single bytes changed."""
    if random.random() < 0.5:
        text = body.decode("utf-8", "replace")
        return text.encode(random.choice(_ENCODINGS), random.choice(("replace", "xmlcharrefreplace")))
    changed = bytearray(body)
    for _ in range(random.randrange(1, 40)):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _other_texts(random: Random, body: bytes) -> bytes:
    """Texts are replaced by dates, bylines and JSON-LD from the grammar."""
    makers: tuple[grammar.Maker, ...] = (grammar.date, grammar.byline, grammar.json_ld)

    def instead(match: re.Match[bytes]) -> bytes:
        if random.random() < 0.9:
            return match[0]
        return b">" + random.choice(makers)(random).encode("utf-8", "surrogatepass") + b"<"

    return _TEXT.sub(instead, body)


_BREAKAGES: tuple[Callable[[Random, bytes], bytes], ...] = (
    *(_cut, _without_tags, _doubled, _moved, _with_entities, _with_scripts, _deep, _wrong_bytes, _other_texts),
)


def _span(random: Random, body: bytes) -> tuple[int, int]:
    """Two places in the body, mostly at tags."""
    places = [match.start() for match in _TAG.finditer(body)] if random.random() < 0.7 else []
    places = places if len(places) > 1 else list(range(0, len(body) + 1, max(1, len(body) // 50)))
    at, end = sorted((random.choice(places), random.choice(places)))
    return at, end


def _sprinkled(random: Random, body: bytes, pieces: tuple[bytes, ...], most: int) -> bytes:
    for _ in range(random.randrange(1, most)):
        at = random.randrange(len(body) + 1)
        body = body[:at] + random.choice(pieces) + body[at:]
    return body
