"""Speed of whole crawls of invented papers on this machine: pages of 100 KB, delays off.

Ours from fetching to the stored article; the same spider without pipelines, which is Scrapy and the ledger alone; and
two others on the same papers: ``wget --mirror``, which stores the pages, and news-please, which stores pages and
articles as files. Each row is a run of its own, one after the other; how often a page a second is what counts.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.papers import names, write_outlets

PROJECT = Path(__file__).resolve().parents[2]
OTHERS = PROJECT / ".venv" / "news-please"  # an environment of its own: it has needs of its own
PAPERS = 8
PAGES, FEW = 20_000, 2_000  # pages of the long run and of the short ones
SLOW_PAPERS, SLOW_PAGES, PATIENCE = 2, 60, 180  # papers, pages each, and seconds for news-please
LEAST, BLOCKED, GROWTH = 60, 0.1, 50  # pages a second; seconds; MiB after the first 2,000 pages
PIPELINES = ("extract.Extract", "clean.Clean", "deduplicate.Deduplicate", "store.Store")
EXTENSIONS = {
    "crawler.extensions.room.Room": 90,
    "crawler.extensions.runs.RunRecord": 100,
    "tests.bench.watch.Watch": 500,
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a run; ``blocked`` and ``memory`` as in :mod:`tests.bench.watch`."""

    pages: int
    seconds: float
    blocked: float = 0.0
    memory: dict[str, float] | None = None

    @property
    def pace(self) -> float:
        """Pages a second."""
        return self.pages / self.seconds

    @property
    def growth(self) -> float:
        """MiB by which memory grew after the first 2,000 pages."""
        memory = {int(pages): size for pages, size in (self.memory or {}).items()}
        late = {pages: size for pages, size in memory.items() if pages >= FEW}
        return max(late.values()) - late[min(late)] if late else 0.0


@contextmanager
def serving(articles: int) -> Iterator[str]:
    """The papers with so many articles each, as ``127.0.0.1:PORT``."""
    command = [sys.executable, "-m", "tests.bench.papers", str(articles)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield f"127.0.0.1:{server.stdout.readline().strip()}"
        finally:
            server.kill()


def ours(folder: Path, pages: int, *, pipelines: bool = True) -> Seen:
    """``scrapy crawl news`` of all papers, ``pages`` together; without ``pipelines`` nothing is read or stored."""
    each = pages // PAPERS
    outlets, report = folder / f"outlets-{pages}", folder / "report.json"
    outlets.mkdir(exist_ok=True)
    write_outlets(outlets, PAPERS, each)
    with serving(each) as address:
        settings = {
            "ARCHIVE": folder / f"{pages}-{pipelines}.db",
            "OUTLETS_FOLDERS": outlets,
            "LOOPBACK": address,
            "DOWNLOAD_DELAY": 0,
            "AUTOTHROTTLE_ENABLED": False,
            "LOG_LEVEL": "ERROR",
            "SUMMARY": False,
            "EXTENSIONS": json.dumps(EXTENSIONS),
        }
        if not pipelines:
            settings["LOG_LEVEL"] = "CRITICAL"  # that nothing could be read is an error, and meant here
            settings["ITEM_PIPELINES"] = json.dumps({f"pipelines.{name}": None for name in PIPELINES})
        options = [text for name, value in settings.items() for text in ("-s", f"{name}={value}")]
        command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"outlets={','.join(names(PAPERS))}"]
        report.unlink(missing_ok=True)
        done = subprocess.run(
            [*command, *options], cwd=PROJECT, env=os.environ | {"BENCH_REPORT": str(report)}, check=False
        )
    if pipelines and done.returncode:  # without, nothing could be read, which is an error of its own
        raise SystemExit(f"bench: the crawl ended with exit code {done.returncode}")
    return Seen(**json.loads(report.read_text(encoding="utf-8")))


def wget(folder: Path) -> Seen | None:
    """``wget --mirror`` of the same papers; ``None`` where there is no wget."""
    if not shutil.which("wget"):
        return None
    target = folder / "wget"
    with serving(FEW // PAPERS) as address:
        command = ["wget", "--mirror", "--quiet", "--directory-prefix", str(target), "-e", f"http_proxy={address}"]
        started = time.monotonic()
        subprocess.run([*command, *(f"http://{name}.test/" for name in names(PAPERS))], check=False)  # 8: a 404
        seconds = time.monotonic() - started
    return Seen(sum(1 for _ in target.rglob("bai-viet-*.html")), seconds)


def news_please(folder: Path) -> Seen | None:
    """news-please as it comes, with its recursive spider and without delay; ``None`` where it does not install."""
    program = OTHERS / "bin" / "news-please"
    if not program.exists():
        print("Installing news-please into .venv/news-please/ (once) ...", flush=True)
        venv.create(OTHERS, with_pip=True)
        if subprocess.run([OTHERS / "bin" / "pip", "install", "--quiet", "news-please"], check=False).returncode:
            return None
    config, stored = folder / "config", folder / "stored"
    _configure(config, stored)
    with serving(SLOW_PAGES) as address:
        started = time.monotonic()
        with (folder / "news-please.log").open("w") as log, subprocess.Popen(
            [program, "-c", config], env=os.environ | {"http_proxy": f"http://{address}"},
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
        ) as process:  # fmt: skip
            done, seconds = _articles_of(stored, process, started)
            if process.poll() is None:
                os.killpg(process.pid, 9)
    return Seen(done, seconds) if done else None


def _articles_of(stored: Path, process: subprocess.Popen[bytes], started: float) -> tuple[int, float]:
    """How many articles were written, and after how many seconds the last of them."""
    done, seconds = 0, 0.0
    while process.poll() is None and time.monotonic() - started < PATIENCE and done < SLOW_PAPERS * SLOW_PAGES:
        time.sleep(0.25)
        now = sum(1 for file in stored.rglob("*bai-viet-*.json"))
        if now > done:
            done, seconds = now, time.monotonic() - started
    return done, seconds


def _configure(config: Path, stored: Path) -> None:
    """Its own configuration, with our papers, its recursive spider, no delay, and every page taken for an article."""
    (own,) = OTHERS.glob("lib/python3*/site-packages/newsplease/config/config.cfg")
    text = own.read_text(encoding="utf-8")
    changes = {
        "working_path": str(stored),
        "relative_to_start_processes_file": "False",
        "enabled_heuristics": "{}",
        "pass_heuristics_condition": '"True"',
    }
    for key, value in changes.items():
        text = re.sub(rf"(?m)^{key}\s*=.*$", f"{key} = {value}", text, count=1)
    text = text.replace("[Scrapy]", "[Scrapy]\nDOWNLOAD_DELAY = 0\nAUTOTHROTTLE_ENABLED = False\n", 1)
    config.mkdir()
    (config / "config.cfg").write_text(text, encoding="utf-8")
    sites = [{"crawler": "RecursiveCrawler", "url": f"http://{name}.test/"} for name in names(SLOW_PAPERS)]
    (config / "sitelist.hjson").write_text(json.dumps({"base_urls": sites}), encoding="utf-8")


def main(pages: int = PAGES) -> int:
    """Measure and print; exit code 1 when ours is beyond its limits."""
    with tempfile.TemporaryDirectory(prefix="baotinh-bench-") as name:
        folder = Path(name)
        print(f"{'crawl of pages of 100 KB':<42} {'pages':>7} {'seconds':>8} {'pages/s':>8}", flush=True)
        whole = ours(folder, pages)
        _row("fetch, read, clean, deduplicate, store", whole)
        _row("the same spider without pipelines", ours(folder, FEW, pipelines=False))
        _row("wget --mirror (stores pages)", wget(folder))
        _row("news-please (stores pages and articles)", news_please(folder))
    print(f"longest time the event loop was held up: {whole.blocked * 1e3:.0f} ms")
    print(f"memory: {max((whole.memory or {'': 0.0}).values()):.0f} MiB, {whole.growth:+.1f} MiB after the first {FEW}")
    if whole.pace < LEAST or whole.blocked > BLOCKED or whole.growth > GROWTH:
        wanted = f"at least {LEAST} pages a second, at most {BLOCKED * 1e3:.0f} ms, at most {GROWTH} MiB"
        print(f"bench: wanted {wanted}", file=sys.stderr)
        return 1
    return 0


def _row(what: str, seen: Seen | None) -> None:
    if seen is None:
        print(f"{what:<42} {'not measured: it is not there and could not be installed':>24}", flush=True)
    else:
        print(f"{what:<42} {seen.pages:>7} {seen.seconds:>8.1f} {seen.pace:>8.1f}", flush=True)
