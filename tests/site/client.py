"""A plain HTTP client for the press's own tests: one request, nothing followed, nothing hidden."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import lxml.html

from tests.site.press import Press


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names in lower case."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def tree(self) -> lxml.html.HtmlElement:
        """The body as HTML."""
        return lxml.html.fromstring(self.body)

    def links(self, xpath: str = "//a/@href") -> list[str]:
        """Absolute addresses that the page names, each once, with ``<base href>`` heeded, without fragments."""
        tree = self.tree
        tree.make_links_absolute(self.url)
        found = (str(link).partition("#")[0] for link in tree.xpath(xpath))
        return [link for link in dict.fromkeys(found) if link.startswith("http")]


def ask(
    press: Press,
    url: str,
    timeout: float = 10,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Ask the press for ``url``; raises what :mod:`http.client` raises."""
    parts = urlsplit(url)
    target = quote(parts.path or "/", safe="/%:=&?~+!$,;'@()*[]-._") + (f"?{parts.query}" if parts.query else "")
    connection = http.client.HTTPConnection("127.0.0.1", press.port, timeout=timeout)
    try:
        connection.request(
            method, target, body=body, headers={"Host": parts.netloc, "User-Agent": "test/1", **(headers or {})}
        )
        response = connection.getresponse()
        got = {name.lower(): value for name, value in response.getheaders()}
        return Answer(url, response.status, got, response.read())
    finally:
        connection.close()
