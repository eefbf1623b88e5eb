"""``scrapy extract``: what saved pages say, as JSON or text; no network, no archive."""

from __future__ import annotations

import argparse
import codecs
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.answers import KEYS, answer, as_text, json_line
from crawler.cli import Positionals, ProjectCommand, WrongUsage
from crawler.commands.boilerplate import read_file
from crawler.documents import DocumentError, Hints, find, load
from crawler.extraction import read
from crawler.extraction.boilerplate import Boilerplate
from crawler.items import Rejection, Result
from crawler.registry import Registry, UnknownOutlet, default_registry

# What a request says about its page, and what only an answer may say.
_NOT_ECHOED = {"path", "url", "outlet", "encoding", "fetched_at"} | KEYS


class Command(ProjectCommand):
    """Reads saved pages and prints one answer a page."""

    positionals = Positionals("PATH…", least=1, most=None)
    examples = (
        "scrapy extract page.html --url https://baocantho.com.vn/slug-a123.html",
        "scrapy extract page.html --format text",
        "scrapy extract saved-pages/              every .html, .htm and .txt inside (.gz too)",
        "scrapy extract page.html --boilerplate baocantho.json",
        'echo \'{"id": 7, "path": "page.html", "url": "https://…"}\' | scrapy extract -',
    )

    summary = "Read saved pages: one JSON object a page"
    description = """
        Read saved pages (HTML or a text dump) and print what each says: an article with its fields,
        a section page with its links, or what it is instead and why. A PATH is a file or a folder.

        "-" reads JSON Lines from standard input, {"path": …, "url": …} with optional "encoding",
        "fetched_at" and "outlet", and writes one answer line for each at once. Other keys are echoed,
        but for names that answers use themselves ("title", "error" …).

        Without --url the URL is the one in the side file NAME.json or in the page itself; without
        --outlet the outlet is the one the URL belongs to. A page that cannot be read answers
        {"error": …}, and the exit code is 1.

        Debris learnt from an outlet's pages is left out only with --boilerplate, a file made by scrapy
        boilerplate export; the answer then names its version.
    """

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command, then the global ones."""
        parser.add_argument("--outlet", metavar="NAME", help="the outlet whose rules to read by (see: scrapy outlets)")
        parser.add_argument("--url", metavar="URL", help="the URL of the page; for a single PATH that is a file")
        parser.add_argument(
            "--format", choices=("json", "text"), default="json", help="JSON Lines (default) or text to read"
        )
        parser.add_argument(
            "--boilerplate", metavar="FILE", action="append", default=[], type=Path,
            help="learnt debris of an outlet to leave out (see: scrapy boilerplate); once for each outlet",
        )  # fmt: skip
        super().add_options(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Answer page by page; 1 when any failed."""
        registry = default_registry()
        if opts.outlet:
            registry.get(opts.outlet)
        reader = _Reader(registry, _learnt(opts.boilerplate))
        if "-" in args:
            if len(args) > 1 or opts.url or opts.format != "json":
                raise WrongUsage('"-" reads standard input only: no other PATH, no --url, JSON only')
            return _serve(reader, opts.outlet)
        if opts.url and (len(args) > 1 or Path(args[0]).is_dir()):
            raise WrongUsage("--url is the URL of one page: give one PATH that is a file")
        hints = _option_hints(opts)
        failures = 0
        for path, result in _results(args, hints, reader):
            failed = isinstance(result, DocumentError) or result.kind == "failed"
            failures += failed
            if opts.format == "text":
                _print_text(path, result)
            else:
                _write({**_answer(result), "path": path})
        return 1 if failures else 0


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the page in a file by the outlets' rules and what was learnt of them."""

    registry: Registry
    learnt: Mapping[str, Boilerplate]

    def result(self, path: Path, hints: Hints) -> Result | DocumentError:
        try:
            page = load(path, hints)
            if page.outlet:
                self.registry.get(page.outlet)
        except DocumentError as error:
            return error
        except UnknownOutlet as error:
            return DocumentError(f"{path}: {error}")
        return read(page, self.registry, self.learnt)


def _learnt(files: list[Path]) -> dict[str, Boilerplate]:
    learnt: dict[str, Boilerplate] = {}
    for boilerplate in map(read_file, files):
        if learnt.setdefault(boilerplate.outlet, boilerplate) is not boilerplate:
            raise WrongUsage(f"--boilerplate: two files for {boilerplate.outlet}")
    return learnt


def _option_hints(opts: argparse.Namespace) -> Hints:
    try:
        return Hints.of({"url": opts.url, "outlet": opts.outlet})
    except DocumentError as error:
        raise WrongUsage(f"--{error}") from error


def _results(args: list[str], hints: Hints, reader: _Reader) -> Iterator[tuple[str, Result | DocumentError]]:
    for arg in args:
        try:
            for path in find(Path(arg)):
                yield str(path), reader.result(path, hints)
        except DocumentError as error:
            yield arg, error


def _answer(result: Result | DocumentError) -> dict[str, Any]:
    return {"error": str(result)} if isinstance(result, DocumentError) else answer(result)


def _print_text(path: str, result: Result | DocumentError) -> None:
    if isinstance(result, DocumentError):
        result = Rejection("error", str(result))
    print(f"=== {path}\n\n{as_text(result)}\n")


def _write(value: dict[str, Any]) -> None:
    sys.stdout.buffer.write(json_line(value))
    sys.stdout.buffer.flush()


def _serve(reader: _Reader, outlet: str | None) -> int:
    """Answer each line of standard input with a line, in order; 1 when any was an error."""
    failures = 0
    for number, line in enumerate(sys.stdin.buffer, start=1):
        echo: dict[str, Any] = {}
        try:
            request = _request(line)
            echo = {key: value for key, value in request.items() if key not in _NOT_ECHOED}
            hints = _known(Hints.of(request)).over(Hints(outlet=outlet))
            reply = _answer(reader.result(_path(request), hints))
        except DocumentError as error:
            reply = {"error": f"line {number}: {error}"}
        failures += "error" in reply
        _write({**echo, **reply})
    return 1 if failures else 0


def _request(line: bytes) -> dict[str, Any]:
    if not line.strip():
        raise DocumentError("empty line")
    try:
        request = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DocumentError(f"expected a JSON object: {error}") from error
    if not isinstance(request, dict):
        raise DocumentError("expected a JSON object")
    return request


def _known(hints: Hints) -> Hints:
    """The hints, when their encoding is one; who asks can mend a misspelling, which a guess would hide."""
    if hints.encoding is not None:
        try:
            codecs.lookup(hints.encoding)
        except (LookupError, ValueError) as error:
            raise DocumentError(f"encoding: expected a name such as utf-8, found {hints.encoding!r}") from error
    return hints


def _path(request: dict[str, Any]) -> Path:
    path = request.get("path")
    if not isinstance(path, str) or not path:
        raise DocumentError('expected a "path"')
    return Path(path)
