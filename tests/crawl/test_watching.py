"""Saved queries over two editions of the press: the summary, the command, the Atom file."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser

from tests.conftest import RunScrapy
from tests.crawl.crawling import PAPERS, crawl
from tests.site.press import Press


def test_over_two_editions(tmp_path: Path, run_scrapy: RunScrapy) -> None:
    archive, atom = tmp_path / "archive.db", tmp_path / "watches.xml"

    def scrapy(*arguments: str, expect: int = 0) -> str:
        done = run_scrapy(*arguments, BAOTINH_ARCHIVE=str(archive))
        assert done.returncode == expect, done.stderr
        return done.stdout + done.stderr

    with Press() as press:
        crawl(archive, press.address)
        scrapy("watch", "add", "muong-lan", '"Mường Lan"')
        scrapy("watch", "add", "nuoc", "giá", "nước", "--outlet", "baosongmay")
        scrapy("watch", "add", "khong", "xyzzy")
        assert "nothing was told yet" in scrapy("watch", "show")
        press.edition = 2
        done = crawl(archive, press.address, PAPERS, "-s", f"WATCH_ATOM={atom}")

    assert "watch muong-lan: 1 edited" in done.stderr
    assert "  edited: Sạt lở chia cắt đường lên Mường Lan" in done.stderr
    assert "watch nuoc: 1 gone" in done.stderr
    assert "xyzzy" not in done.stderr
    told = json.loads(scrapy("watch", "show", "--json"))
    assert sorted((one["watch"], one["what"]) for one in told) == [
        ("muong-lan", "edited"),
        ("muong-lan", "new"),
        ("nuoc", "gone"),
    ]
    feed = feedparser.parse(atom.read_bytes())
    assert not feed.bozo
    assert sorted(entry.title.partition(":")[0] for entry in feed.entries) == ["edited", "gone", "new"]
    one = tmp_path / "one.xml"
    scrapy("watch", "show", "nuoc", "--atom", str(one))
    assert [entry.link for entry in feedparser.parse(one.read_bytes()).entries] == [
        entry.link for entry in feed.entries if entry.title.startswith("gone")
    ]

    listed = scrapy("watch")
    assert all(name in listed for name in ("muong-lan", "nuoc", "khong", "baosongmay"))
    scrapy("watch", "remove", "khong")
    assert "khong" not in scrapy("watch")


def test_what_is_wrong_is_said(tmp_path: Path, run_scrapy: RunScrapy) -> None:
    archive = tmp_path / "archive.db"
    with Press() as press:
        crawl(archive, press.address, ("baosongmay",))
        done = crawl(archive, press.address, ("baosongmay",), "-s", f"WATCH_ATOM={tmp_path}/none/x.xml", expect=1)
    assert "cannot be written" in done.stderr
    for arguments, code, said in (
        (("add", "ten"), 2, "expected a name and a query"),
        (("add", "a b", "lúa"), 2, "as name, found 'a b'"),
        (("add", "ten", "…"), 2, "no word to look for"),
        (("add", "ten", "lúa", "--outlet", "baosongmai"), 2, "baosongmay"),
        (("remove", "ten"), 1, "there is no watch 'ten'"),
        (("show", "ten"), 1, "there is no watch 'ten'"),
        (("xoa",), 2, "expected add, remove, show"),
        (("--atom", "x"), 2, "--atom goes with show"),
    ):
        done = run_scrapy("watch", *arguments, BAOTINH_ARCHIVE=str(archive))
        assert (done.returncode, said in done.stderr) == (code, True), done.stderr
