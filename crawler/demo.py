"""``python -m crawler.demo`` (``make demo``): two editions of the bundled press, crawled into archive.db.

The crawls are those of the command line: the same program, spider and settings. Only the delay, which nobody is owed
on one's own machine, and the permission to reach the press on loopback are given; the second edition comes too early
for the schedule of visits, so that everything is to be fetched then, due or not.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

from crawler.archive import Archive, ArchiveError, OutletLock, RunSummary, archive_path
from crawler.archive.archive import PROJECT
from crawler.extensions.words import REJECTED
from crawler.output import drop_output
from tests.site.press import Press

PAPERS = ("baosongmay", "baonuibiec")
_ELSEWHERE = "Let the demo use another file:  make demo ARCHIVE=demo.db"
DELAY = 0.35  # seconds between two requests to one paper; about twenty seconds an edition
ARTICLE = "baonuibiec/a/52108"  # edited in the second edition
SEARCHES = (
    ("a place, as it is written", ["cầu", "Bến", "Mây", "--limit", "2"]),
    ("typed without accents", ["cho", "noi", "vam", "tac"]),
    ("words side by side: the same text in two papers", ['"hồ Đá Dựng"', "--limit", "2"]),
)


def main() -> int:
    """Run the demonstration; 0 when all went well, 1 when it could not be run, 130 after Ctrl-C."""
    archive = archive_path({})
    try:
        _make_room(archive)
        Archive.open(archive).close()  # whether it can be made is to be known before anything is told
        sys.stdout.flush()
        with Press(edition=1) as press:
            _say(
                f"Two small invented newspapers, {' and '.join(PAPERS)}, are now served on this machine, at"
                f" {press.address}.\nA crawler reads them into {archive}. Nothing leaves this machine."
            )
            for edition in (1, 2):
                press.edition = edition
                _say(_INTRODUCTION[edition])
                _crawl(archive, press.address, edition)
                _tell(archive)
        _look_into(archive)
        _say(_next_steps(archive))
    except ArchiveError as error:
        # Errors of the archive advise an option of the commands, which make has not.
        told = str(error).replace(": name another file with -s ARCHIVE=…", "")
        print(f"demo: {told}\n{_ELSEWHERE}", file=sys.stderr)
        return 1
    except DemoError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:  # "| head": make would report any other exit code as an error
        drop_output()
        return 0
    except KeyboardInterrupt:
        return 130
    return 0


class DemoError(Exception):
    """Why the demonstration cannot go on, in words."""


# --- the archive ---


def _make_room(archive: Path) -> None:
    """Remove the archive of an earlier demonstration; raise ``DemoError`` when it holds anything else."""
    if not archive.exists():
        return
    with Archive.open(archive, read_only=True) as old:
        others = [name for name in _holders(old.connection) if name not in PAPERS]
    if others:
        named = ", ".join(name or "documents of no newspaper" for name in others)
        raise DemoError(f"{archive} is not the demo's own: it holds {named}. It is left alone.\n{_ELSEWHERE}")
    for paper in PAPERS:
        with OutletLock(archive, paper):  # raises OutletBusy while a crawl is writing
            pass
    for ending in ("", "-wal", "-shm"):
        archive.with_name(archive.name + ending).unlink(missing_ok=True)
    shutil.rmtree(archive.with_name(archive.name + ".locks"), ignore_errors=True)
    print(f"{archive} held an earlier demo only: it is made anew.")


def _holders(connection: sqlite3.Connection) -> list[str | None]:
    """Every outlet that anything in the archive belongs to; ``None`` for what belongs to none."""
    parts = [f"SELECT outlet FROM {table}" for table in ("articles", "urls", "fetches")]
    parts.append("SELECT value FROM runs, json_each(runs.outlets)")
    return [row[0] for row in connection.execute(" UNION ".join(parts))]


# --- what is done ---


def _crawl(archive: Path, address: str, edition: int) -> None:
    settings = [f"LOOPBACK={address}", f"DOWNLOAD_DELAY={DELAY}", "AUTOTHROTTLE_ENABLED=False"]
    if edition > 1:
        settings.append("REVISIT_ALL=True")
    pairs = [text for pair in settings for text in ("-s", pair)]
    _scrapy(archive, ["crawl", "news", "-a", f"outlets={','.join(PAPERS)}", *pairs], quiet=True)


def _scrapy(archive: Path, arguments: list[str], *, quiet: bool = False) -> None:
    """Run a command as a user would, and show it; ``DemoError`` when it fails."""
    print(f"$ scrapy {' '.join(map(_quoted, arguments))}", flush=True)
    log = ["-L", "WARNING"] if quiet else []
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments, *log],
        cwd=PROJECT,
        env={**os.environ, "BAOTINH_ARCHIVE": str(archive)},
        check=False,
    )
    if done.returncode:
        print(flush=True)  # raises BrokenPipeError where the command failed for want of a reader
        raise DemoError(f"`scrapy {arguments[0]}` ended with exit code {done.returncode}")


def _quoted(argument: str) -> str:
    """As a person would type it: quotes only where the shell needs them, not around every accent."""
    return shlex.quote(argument) if set(argument) & set(" \"'$&;|<>()*?") else argument


def _look_into(archive: Path) -> None:
    _say("One stored article, edited in the second edition, with what the archive knows about it:")
    _scrapy(archive, ["show", ARTICLE])
    _say("Three searches.")
    for what, query in SEARCHES:
        print(f"\n# {what}")
        _scrapy(archive, ["search", *query])


# --- what is said ---

_INTRODUCTION = {
    1: "FIRST EDITION. The crawler meets both papers: front pages, sections, feeds, and every article\n"
    "they lead to. About twenty seconds.",
    2: "SECOND EDITION. The papers have gone on: some articles are new, some edited, one is withdrawn. The same\n"
    "command again; the archive keeps what was before. A newspaper is visited by a schedule, an article an hour, six\n"
    "hours, a day … after its publication; REVISIT_ALL fetches everything now, as if it were all due.\n"
    "About twenty seconds.",
}


def _tell(archive: Path) -> None:
    """In words, what the last run found."""
    with Archive.open(archive, read_only=True) as opened:
        run = opened.connection.execute("SELECT id FROM runs ORDER BY started_at DESC, rowid DESC").fetchone()[0]
        lines = list(_words(opened.connection, opened.run_summary(run)))
    print("\nIn words:")
    print("\n".join(f"  * {line}" for line in lines))


def _words(rows: sqlite3.Connection, summary: RunSummary) -> Iterator[str]:
    counts, run = summary.total, summary.run_id
    pages = counts.found - counts.sections - counts.photos
    lists = f"{counts.sections} lists (front pages, sections, feeds)"
    yield f"{counts.found} addresses: {lists}, {pages} likely articles, {counts.photos} photos."
    yield f"{counts.new} articles are new: text, byline, dates, captions are stored, and the page as it came."
    if counts.revised:
        yield f"{counts.revised} were edited. Both texts are kept:\n" + _titles(rows, run, "revised")
    if counts.unchanged:
        yield f"{counts.unchanged} pages brought the text the archive has already; nothing was stored twice."
    if counts.not_modified:
        yield f"{counts.not_modified} had not changed, said the papers' server, and were not sent again."
    if counts.same_article:
        yield f"{counts.same_article} more led to an article under a second address; it is kept once."
    if copies := _copies(rows, run):
        yield "The same text in both papers: both are kept, linked as copies.\n" + copies
    if counts.gone:
        yield f"{counts.gone} was withdrawn by its paper. The archive keeps it:\n" + _titles(rows, run, "gone")
    if counts.rejected:
        yield f"{sum(counts.rejected.values())} pages are no articles; kept with the reason:\n" + _rejected(rows, run)
    if counts.skipped:
        yield f"{sum(counts.skipped.values())} pages were not asked for, since the papers' robots.txt forbids it."
    if counts.failed:
        yield f"{sum(counts.failed.values())} could not be fetched; the next run tries again."


def _titles(rows: sqlite3.Connection, run: str, outcome: str) -> str:
    found = rows.execute(
        "SELECT DISTINCT articles_latest.outlet, title FROM fetches JOIN articles_latest"
        " ON articles_latest.id = fetches.article WHERE run = ? AND outcome = ? ORDER BY 1, 2",
        (run, outcome),
    )
    return _listed(f"{outlet}: {title}" for outlet, title in found)


def _copies(rows: sqlite3.Connection, run: str) -> str:
    found = rows.execute(
        "SELECT copy.outlet, copy.title, original.outlet, original.title FROM articles_latest AS copy"
        " JOIN articles_latest AS original ON original.id = copy.copy_of"
        " WHERE copy.id IN (SELECT article FROM fetches WHERE run = ? AND outcome = 'new')",
        (run,),
    )
    return _listed(f"{copy}: {title}\n  = {paper}: {original}" for copy, title, paper, original in found)


def _rejected(rows: sqlite3.Connection, run: str) -> str:
    found = rows.execute(
        "SELECT kind, reason, rejections.url FROM rejections JOIN fetches ON fetches.id = fetch WHERE run = ?", (run,)
    )
    return _listed(f"{url}\n  {REJECTED.get(kind, kind)}: {reason}" for kind, reason, url in found)


def _listed(lines: Iterator[str]) -> str:
    return indent("\n".join(lines), "      ")


def _next_steps(archive: Path) -> str:
    steps = [
        (". .venv/bin/activate", "so that this shell knows `scrapy` and `datasette`"),
        (f"export BAOTINH_ARCHIVE={shlex.quote(str(archive))}", "the archive that is meant"),
        ("scrapy search Mường Lan", "or: scrapy search muong lan"),
        (f"scrapy show {ARTICLE} --revisions", "what was changed in it"),
        ("scrapy status", "what the archive holds, paper by paper"),
        (f"datasette {shlex.quote(str(archive))}", "browse, filter and count in a browser"),
        ("scrapy outlets", "the real newspapers this can read"),
        ("scrapy crawl news -a outlets=baoangiang", "read one of them, a page every two seconds"),
    ]
    if archive == PROJECT / "archive.db":
        del steps[1]
    width = max(len(command) for command, _ in steps)
    return "WHAT TO TYPE NEXT\n" + "\n".join(f"  {command:<{width}}   # {why}" for command, why in steps)


def _say(text: str) -> None:
    print(f"\n{text}\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
