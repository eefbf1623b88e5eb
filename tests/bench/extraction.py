"""Speed of extraction as ratios measured side by side in one run.

The same bytes go through bare lxml parsing, through our extraction and through trafilatura with metadata, in
turn, several rounds; the fastest round of each counts. The project's own page of 150 KB is one of its saved pages
with its menus and side bars repeated; real pages of a folder are measured as they are.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import lxml.html
import trafilatura

from crawler import urls
from crawler.extraction import read, text
from crawler.pages import SavedPage, saved_pages
from crawler.registry import default_registry
from tests.accuracy.rows import OWN

SIZE = 150_000
ROUNDS = 15
USUAL = 300  # characters of text; of a shorter one by rule another reading is asked
MOST_OF_BARE, LEAST_OF_OTHER = 5, 5  # ratios of the medians; beyond them the exit code is 1


def padded(saved: SavedPage) -> SavedPage:
    """The page with a menu of links and a list of teasers repeated before its end until it has 150 KB."""
    body = saved.page.body
    box = "".join(
        f'<div class="box"><ul class="menu"><li><a class="title" href="/muc-{n}/">Mục số {n}</a></li></ul>'
        f'<article class="story"><h2 class="story__heading"><a href="/bai-{n}.html" title="Bài {n}">Bài viết số {n}'
        f'</a></h2><p class="desc">Một câu tóm tắt ngắn cho bài viết số {n}.</p></article></div>\n'
        for n in range(2000)
    ).encode()
    end = body.rfind(b"</body>")
    end = end if end > 0 else len(body)
    filling = box[: max(0, SIZE - len(body))]
    filling = filling[: filling.rfind(b"\n") + 1]
    return replace(saved, page=replace(saved.page, body=body[:end] + filling + body[end:]))


def measure(saved: SavedPage, rounds: int) -> tuple[float, float, float]:
    """Seconds of this process for bare parsing, our extraction, and trafilatura with metadata: of each the fastest.

    They take turns, so that what else the machine does hits all of them; trafilatura has every third turn.
    """
    registry = default_registry()
    body = saved.page.body
    decoded = body.decode("utf-8", "replace")
    works: tuple[Callable[[], object], ...] = (
        lambda: lxml.html.fromstring(body),
        lambda: read(saved.page, registry),
        lambda: trafilatura.bare_extraction(decoded, with_metadata=True),
    )
    best = [float("inf")] * len(works)
    for turn in range(rounds):
        for number, work in enumerate(works if turn % 3 == 0 else works[:2]):
            for remembered in (text._tidied, text._letters, urls.url_key):
                remembered.cache_clear()  # in a crawl every page is a new one
            started = time.process_time()
            work()
            best[number] = min(best[number], time.process_time() - started)
    return best[0], best[1], best[2]


def _length(saved: SavedPage) -> int:
    return sum(map(len, saved.expected["paragraphs"]))


def main(folder: Path | None = None, rounds: int = ROUNDS) -> int:
    """Print the table, with the pages of ``folder`` too; exit code 1 when the medians are not within the limits."""
    own = [saved for saved in saved_pages(OWN) if saved.kind == "article" and saved.page.url]
    # The longest of each outlet.
    usual = [saved for saved in own if _length(saved) >= USUAL]
    per_outlet = {saved.name.split("__")[0]: saved for saved in sorted(usual, key=_length)}
    pages = [padded(saved) for saved in per_outlet.values()]
    if folder and folder.is_dir():
        pages += saved_pages(folder)
    print(
        f"{'page':<40} {'KB':>5} {'bare lxml':>10} {'ours':>9} {'trafilatura':>12} {'ours/bare':>10} {'traf./ours':>11}"
    )
    ratios: list[tuple[float, float]] = []
    for saved in pages:
        bare, ours, other = measure(saved, rounds)
        ratios.append((ours / bare, other / ours))
        print(
            f"{saved.name[:40]:<40} {len(saved.page.body) / 1000:>5.0f} {bare * 1e3:>7.2f} ms {ours * 1e3:>6.2f} ms "
            f"{other * 1e3:>9.1f} ms {ours / bare:>9.1f}x {other / ours:>10.1f}x"
        )
    bare_ratio, other_ratio = (sorted(values)[len(values) // 2] for values in zip(*ratios, strict=True))
    print(f"median: {bare_ratio:.1f} times bare parsing, {other_ratio:.1f} times as fast as trafilatura")
    if bare_ratio > MOST_OF_BARE or other_ratio < LEAST_OF_OTHER:
        print(f"bench: wanted at most {MOST_OF_BARE} times and at least {LEAST_OF_OTHER} times", file=sys.stderr)
        return 1
    return 0
