"""``scrapy pages``: saved pages with the record that should come out of them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from crawler.archive import ArchiveError
from crawler.cli import ArchiveCommand, CommandError, Positionals, WrongUsage
from crawler.documents import DocumentError, Hints, load
from crawler.items import Page
from crawler.output import agreed, counted, print_text, with_progress
from crawler.pages import Difference, SavedPage, save, saved_pages, write_expected
from crawler.registry import default_registry, host_of

LOCAL_PAGES = "local-pages"
_ACTIONS = ("save", "check", "refresh")


class Command(ArchiveCommand):
    """Keeps pages with their expected record, compares, rewrites."""

    positionals = Positionals("save|check|refresh [FILE|URL|FOLDER…]", least=1, most=None)
    examples = (
        "scrapy pages save page.html --url https://baocantho.com.vn/slug-a123.html",
        "scrapy pages save https://baocantho.com.vn/slug-a123.html --to local-pages    from the archive",
        "scrapy pages check",
        "scrapy pages check tests/pages local-pages",
        "scrapy pages refresh local-pages",
    )

    summary = "Keep saved pages with what should come out of them; check shows what comes out otherwise"
    description = f"""
        Saved pages with their expected record say at once when a rule breaks. Real pages stay in
        {LOCAL_PAGES}/, which git ignores: they belong to the newspapers.

        save FILE|URL…    keep each page (a file, or a page of the archive by its URL, article id or
                          key) in a folder of its own below --to: its bytes, its URL, outlet and time
                          of fetching, and the record that is now read from it as the expected one.
                          Correct that record by eye: what the program reads is not what is right.
        check FOLDER…     read every page and show each field that is not as expected; the exit code
                          is 1 when there is one.
        refresh FOLDER…   show the same, then rewrite the differing fields of the expected records
                          with what is now read. Asks first; where there is no terminal it needs --yes.

        Without FOLDER: {LOCAL_PAGES}. A folder holds NAME/page.html, NAME/page.json and
        NAME/expected.json, or NAME.html and NAME.gold.json, or one page with expected.json.
    """

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command, then the global ones."""
        parser.add_argument("--to", metavar="FOLDER", help=f"save: where to keep the pages (default: {LOCAL_PAGES})")
        parser.add_argument("--url", metavar="URL", help="save: the URL of the page; for a single FILE")
        parser.add_argument("--outlet", metavar="NAME", help="save: the outlet whose rules to read by")
        parser.add_argument("--name", metavar="NAME", help="save: what to call the page; for a single one")
        parser.add_argument("--yes", action="store_true", help="refresh: rewrite without asking")
        super().add_options(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Do what the first argument names; 1 when a page could not be kept or is not as expected."""
        action, rest = args[0], args[1:]
        if action not in _ACTIONS:
            raise WrongUsage(f"expected save, check or refresh, found {action!r}; see: scrapy pages --help")
        _only_for(action, opts)
        if action == "save":
            return self._save(rest, opts)
        folders = [Path(arg) for arg in rest] or [Path(LOCAL_PAGES)]
        try:
            pages = [saved for folder in folders for saved in saved_pages(folder)]
        except DocumentError as error:
            raise CommandError(str(error)) from error
        different = _show_differences(pages)
        return _refresh(different, opts.yes) if action == "refresh" else int(bool(different))

    def _save(self, sources: list[str], opts: argparse.Namespace) -> int:
        if not sources:
            raise WrongUsage("save: expected a FILE, or the URL of a page of the archive; see: scrapy pages --help")
        if len(sources) > 1 and (opts.url or opts.name):
            raise WrongUsage("--url and --name are those of one page: give one FILE")
        registry = default_registry()
        if opts.outlet:
            registry.get(opts.outlet)
        folder, failures = Path(opts.to or LOCAL_PAGES), 0
        for source in sources:
            try:
                page = self._page(source, opts)
                if page.outlet:
                    registry.get(page.outlet)
                home = save(page, folder, registry, opts.name or (None if page.url else Path(source).stem))
            except (DocumentError, ArchiveError, CommandError) as error:
                failures += 1
                self.complain(str(error) if source in str(error) else f"{source}: {error}")
            else:
                print_text(f"kept {home}; correct by eye what it expects: {home / 'expected.json'}")
        return 1 if failures else 0

    def _page(self, source: str, opts: argparse.Namespace) -> Page:
        if Path(source).is_dir():
            raise DocumentError(f"{source}: a folder; name the files to keep")
        if Path(source).exists():
            return load(Path(source), Hints.of({"url": opts.url, "outlet": opts.outlet}))
        if host_of(source) is None and "." in Path(source).name:
            raise DocumentError(f"{source}: no such file")
        with self.open_archive() as archive:
            return archive.page(source)


def _only_for(action: str, opts: argparse.Namespace) -> None:
    for option in ("to", "url", "outlet", "name"):
        if action != "save" and getattr(opts, option):
            raise WrongUsage(f"--{option} is an option of save, not of {action}")
    if action != "refresh" and opts.yes:
        raise WrongUsage(f"--yes is an option of refresh, not of {action}")


def _show_differences(pages: list[SavedPage]) -> list[SavedPage]:
    """Read each page and print where it is not as expected; returns those that differ."""
    different = []
    for saved in with_progress(pages, "Reading saved pages"):
        found = saved.differences()
        if found:
            different.append(saved)
            print_text(saved.name, "bold")
            for line in (line for difference in found for line in _lines(difference)):
                print_text(f"  {line}", {"-": "red", "+": "green"}.get(line.lstrip()[:1], ""))
    right = len(pages) - len(different)
    print_text(f"{counted(len(pages), 'page')}: {right} as expected, {len(different)} not")
    return different


def _lines(difference: Difference) -> Iterator[str]:
    """``-`` what was expected, ``+`` what was read; of lists only the entries that differ."""
    yield f"{difference.field}:"
    wanted, got = (value if isinstance(value, list) else [value] for value in (difference.wanted, difference.got))
    only_wanted, only_got = [one for one in wanted if one not in got], [one for one in got if one not in wanted]
    if not only_wanted and not only_got:  # another order, or one entry twice
        only_wanted, only_got = wanted, got
    yield from (f"  - {one}" for one in only_wanted)
    yield from (f"  + {one}" for one in only_got)


def _refresh(different: list[SavedPage], sure: bool) -> int:
    refused = [saved for saved in different if "error" in saved.record]
    for saved in refused:
        print_text(f"{saved.name}: stays as it is, since reading it failed")
    chosen = [saved for saved in different if saved not in refused]
    if chosen and not sure:
        if not sys.stdin.isatty():
            raise WrongUsage(f"{counted(len(chosen), 'expected record')} would be rewritten; to do it: --yes")
        if not agreed(f"Rewrite {counted(len(chosen), 'expected record')}?"):
            print_text("nothing was changed")
            return 1
    for saved in chosen:
        write_expected(saved)
    print_text(f"{counted(len(chosen), 'expected record')} rewritten")
    return 1 if refused else 0
