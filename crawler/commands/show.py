"""``scrapy show``: one article of the archive, with what became of it."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterator
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from crawler.archive import ArticleRecord
from crawler.cli import ArchiveCommand, Positionals
from crawler.output import print_json, print_text


class Command(ArchiveCommand):
    """Shows an article."""

    positionals = Positionals("ARTICLE", least=1, most=1)
    summary = "Show an article of the archive; --revisions: what was changed in it"
    description = """
        Show an article by its id (scrapy search prints it), its key or any URL it was read under:
        the text, where it was found, how often it was changed, and which articles have the same text.
    """
    examples = (
        "scrapy show 17",
        "scrapy show baocantho/a/196670 --revisions",
        "scrapy show https://baocantho.com.vn/slug-a196670.html --json",
    )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command, then the global ones."""
        parser.add_argument("--json", action="store_true", help="everything the archive knows of it, as JSON")
        parser.add_argument("--revisions", action="store_true", help="every state, and the changes in between")
        super().add_options(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Read and print."""
        with self.open_archive() as archive:
            record = archive.article(args[0])
        if opts.json:
            print_json(asdict(record))
        elif opts.revisions:
            _print_revisions(record)
        else:
            _print_article(record)
        return 0


def _print_article(record: ArticleRecord) -> None:
    latest, state = record.latest, record.revisions[-1]
    print_text(state["title"] or "(no title)", "bold")
    credit = ", ".join(state["authors"]) + (f" ({state['source']})" if state["source"] else "")
    head = (latest["outlet"], state["published_at"], credit.strip(), " > ".join(state["section"]))
    print_text(" · ".join(filter(None, head)), "dim")
    if state["lead"]:
        print_text("\n" + state["lead"], "italic")
    for block in state["blocks"]:
        print_text("\n" + (f"[{block['text']}]" if block["kind"] == "caption" else block["text"]))
    print()
    for name, value in _facts(record):
        print_text(f"{name + ':':<12}{value}", "dim")


def _facts(record: ArticleRecord) -> Iterator[tuple[str, str]]:
    latest, state = record.latest, record.revisions[-1]
    yield "id", f"{latest['id']}, key {latest['key']}"
    if latest["url"]:
        yield "URL", latest["url"]
    yield "seen", f"first {latest['first_seen_at']}, last {latest['last_seen_at']}"
    if latest["gone_at"]:
        yield "withdrawn", f"its page was gone on {latest['gone_at']}"
    if latest["revisions"] > 1:
        yield "revisions", f"{latest['revisions']}; the changes: scrapy show {latest['id']} --revisions"
    if record.copy_of:
        yield "copy of", _named(record.copy_of)
    for copy in record.copies:
        yield "copied by", _named(copy)
    if state["agency"]:
        yield "agency", ", ".join(state["agency"])
    if state["tags"]:
        yield "tags", ", ".join(state["tags"])
    for image in record.images:
        yield "photo", image["url"] + (f"; kept: scrapy photos {latest['id']}" if image["sha256"] else "")
    if state["layout"]:
        yield "read by", f"layout {state['layout']}"
    if state["boilerplate"]:
        yield "cleaned", f"of what the outlet's pages repeat: scrapy boilerplate show {state['boilerplate']}"
    if state["dropped"]:
        yield "left out", f"{len(state['dropped'])} texts; which and why: --json"
    if state["warnings"]:
        yield "warnings", ", ".join(state["warnings"])


def _named(row: dict[str, Any]) -> str:
    return f"{row['id']}  {row['outlet'] or 'no outlet'} · {row['published_at'] or 'no date'} · {row['title']}"


def _print_revisions(record: ArticleRecord) -> None:
    first = record.revisions[0]
    print_text(_heading(first), "bold")
    for line in _lines(first):
        print_text(line)
    for before, after in pairwise(record.revisions):
        print_text("\n" + _heading(after), "bold")
        for line in list(difflib.unified_diff(_lines(before), _lines(after), lineterm="", n=0))[2:]:
            if not line.startswith("@@"):
                print_text(line, {"+": "green", "-": "red"}.get(line[0], ""))


def _heading(state: dict[str, Any]) -> str:
    modified = f", changed by its own account {state['modified_at']}" if state["modified_at"] else ""
    published = state["published_at"] or "no date"
    return f"Revision {state['number']} ({state['cause']}), fetched {state['fetched_at']}, {published}{modified}"


def _lines(state: dict[str, Any]) -> list[str]:
    """A state as lines to compare: each field and each block is one."""
    lists = {name: ", ".join(state[name]) for name in ("authors", "section", "tags")}
    fields = {"title": state["title"], "lead": state["lead"], **lists, "source": state["source"]}
    lines = [f"{name}: {value}" for name, value in fields.items() if value]
    return lines + [f"[{block['kind']}] {block['text']}" for block in state["blocks"]]
