"""The body as a page states it for machines: ``articleBody`` of its JSON-LD."""

from __future__ import annotations

import html
import re

from crawler.extraction.body.reader import BodyReader
from crawler.extraction.body.running_text import judge
from crawler.extraction.decoding import NotText
from crawler.extraction.document import Document
from crawler.extraction.families import GENERIC
from crawler.extraction.markup import parse
from crawler.extraction.match import Match
from crawler.extraction.own_names import own_names

# Characters; shorter statements are summaries.
_SHORTEST = 300
_MARKUP = re.compile(r"<(?:p|br|div)\b", re.IGNORECASE)


def match_stated(document: Document) -> Match | None:
    """The article whose text the page states, ``None`` where it states none that is long enough."""
    assert document.metadata is not None
    stated = document.metadata.news.get("articleBody")
    if not isinstance(stated, str) or len(stated) < _SHORTEST:
        return None
    text = stated if _MARKUP.search(stated) else html.unescape(stated)
    if not _MARKUP.search(text):
        text = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
    try:
        root, _ = parse(f"<html><body>{text}</body></html>".encode("utf-8", "replace"))
    except NotText:
        return None
    running = judge(BodyReader().read(root), [], document.leads_away, own_names(document))
    if running.length < _SHORTEST:
        return None
    return Match(GENERIC, GENERIC.layouts[0], root, running, origin="json-ld")
