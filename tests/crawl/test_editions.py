"""Both editions of the bundled press, crawled one after the other, compared with what the press knows to be true."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.crawl.crawling import PAPERS, Rows, content, crawl, sound
from tests.site.press import Press
from tests.site.server import Request

KNOWN = ("new", "revised", "unchanged", "not_modified", "same_article", "sections", "gone")
FIELDS = (
    "title", "published_at", "modified_at", "authors", "source", "section", "lead", "paragraphs", "captions",
    "images", "tags",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Crawled:
    """The archive after each edition, and what the press was asked for in each crawl."""

    press: Press
    archives: dict[int, Path]
    asked: dict[int, list[Request]]
    said: dict[int, str]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    """Crawl edition 1, then edition 2 into the same archive; a copy is kept of how it was in between."""
    folder = tmp_path_factory.mktemp("editions")
    archive = folder / "archive.db"
    with Press(edition=1) as press:
        said = {1: crawl(archive, press.address).stderr}
        asked = {1: press.log}
        shutil.copy(archive, folder / "first.db")
        press.forget()
        press.edition = 2
        said[2] = crawl(archive, press.address).stderr
        asked[2] = press.log
        yield Crawled(press, {1: folder / "first.db", 2: archive}, asked, said)


def records(archive: Path) -> dict[str, dict[str, Any]]:
    """The last revision of every article, with the names the press uses."""
    found = {}
    with Rows(archive) as rows:
        for key, revision, *values in rows(
            "SELECT key, revisions.id, revisions.title, published_at, modified_at, authors, source, section, lead,"
            " tags, blocks FROM articles JOIN revisions ON revisions.id = last_revision"
        ):
            title, published, modified, authors, source, section, lead, tags, blocks = values
            pieces = json.loads(blocks)
            images = rows("SELECT url FROM images WHERE revision = ? ORDER BY position", revision)
            found[key] = {
                "title": title,
                "published_at": published,
                "modified_at": modified,
                "authors": json.loads(authors),
                "source": source,
                "section": json.loads(section),
                "lead": lead,
                "tags": json.loads(tags),
                "paragraphs": [piece["text"] for piece in pieces if piece["kind"] != "caption"],
                "captions": [piece["text"] for piece in pieces if piece["kind"] == "caption"],
                "images": [url for (url,) in images],
            }
    return found


@pytest.mark.parametrize("edition", [1, 2])
@pytest.mark.parametrize("field", FIELDS)
def test_every_article_says_what_the_paper_says(crawled: Crawled, edition: int, field: str) -> None:
    truth = crawled.press.truth(edition)
    found = records(crawled.archives[edition])
    assert {key: found[key][field] for key in truth} == {key: record[field] for key, record in truth.items()}  # type: ignore[literal-required]


@pytest.mark.parametrize("edition", [1, 2])
def test_no_debris_in_any_field(crawled: Crawled, edition: int) -> None:
    found = records(crawled.archives[edition])
    texts = {key: json.dumps(found[key], ensure_ascii=False) for key in crawled.press.truth(edition)}
    dirty = [
        (key, junk)
        for key, record in crawled.press.truth(edition).items()
        for junk in record["junk"]
        if json.dumps(junk, ensure_ascii=False)[1:-1] in texts[key]
    ]
    assert dirty == []


def test_the_first_edition_is_complete_and_nothing_else(crawled: Crawled) -> None:
    assert set(records(crawled.archives[1])) == set(crawled.press.truth(1))


def test_the_archive_keeps_what_either_edition_had(crawled: Crawled) -> None:
    assert set(records(crawled.archives[2])) == set(crawled.press.truth(1)) | set(crawled.press.truth(2))


@pytest.mark.parametrize("edition", [1, 2])
def test_the_archive_is_sound(crawled: Crawled, edition: int) -> None:
    sound(crawled.archives[edition])


def test_what_was_edited_has_a_second_revision_and_nothing_else_has(crawled: Crawled) -> None:
    with Rows(crawled.archives[2]) as rows:
        assert rows("SELECT key FROM articles WHERE revisions > 1 ORDER BY key") == [
            (key,) for key in crawled.press.expected_outcome().edited
        ]


def test_what_was_withdrawn_is_gone_and_kept(crawled: Crawled) -> None:
    withdrawn = crawled.press.expected_outcome().withdrawn
    with Rows(crawled.archives[2]) as rows:
        assert rows("SELECT key FROM articles WHERE gone_at IS NOT NULL ORDER BY key") == [(key,) for key in withdrawn]
        assert rows("SELECT key FROM articles_latest WHERE key = ? AND body <> ''", withdrawn[0])


def test_copies_are_linked(crawled: Crawled) -> None:
    pairs = {tuple(sorted(pair)) for pair in crawled.press.expected_outcome().copies}
    linked = set(content(crawled.archives[2])["copies"])
    assert linked
    assert linked <= pairs


def test_several_addresses_are_one_article(crawled: Crawled) -> None:
    with Rows(crawled.archives[2]) as rows:
        for key, variants in crawled.press.expected_outcome().variants.items():
            number = rows.one("SELECT id FROM articles WHERE key = ?", key)
            known = {url for (url,) in rows("SELECT url FROM urls WHERE article = ?", number)}
            plain = {url.partition("?")[0] for url in variants}
            assert plain <= known


def test_an_address_that_moved_leads_to_its_article(crawled: Crawled) -> None:
    with Rows(crawled.archives[2]) as rows:
        for old, key in crawled.press.expected_outcome().moved.items():
            assert rows("SELECT key FROM urls JOIN articles ON articles.id = article WHERE urls.url = ?", old) == [
                (key,)
            ]


def test_what_is_no_article_is_rejected_with_its_bytes(crawled: Crawled) -> None:
    with Rows(crawled.archives[2]) as rows:
        found = rows(
            "SELECT DISTINCT rejections.url, kind FROM rejections JOIN fetches ON fetches.id = fetch"
            " JOIN bodies ON bodies.sha256 = body_sha256"
        )
    assert dict(found) == crawled.press.expected_outcome().rejected


def test_what_robots_txt_closes_is_not_asked_for(crawled: Crawled) -> None:
    closed = crawled.press.expected_outcome().closed
    assert not [request for log in crawled.asked.values() for request in log if request.url in closed]
    with Rows(crawled.archives[2]) as rows:
        states = dict(rows("SELECT url, state || ': ' || reason FROM urls WHERE state = 'excluded'"))
    assert states == dict.fromkeys(closed, "excluded: robots.txt")


@pytest.mark.parametrize("edition", [1, 2])
def test_nothing_is_asked_for_twice_in_a_run(crawled: Crawled, edition: int) -> None:
    outcome, truth = crawled.press.expected_outcome(), crawled.press.truth(edition)
    # An address may be read once as itself and once more where another redirects to it.
    targets = {truth[key]["url"] for key in {*outcome.variants, *outcome.moved.values()}}
    asked = [request.url for request in crawled.asked[edition] if request.url not in targets]
    assert sorted(asked) == sorted(set(asked))


def test_the_second_run_asks_for_lists_and_young_articles_only(crawled: Crawled) -> None:
    first = {request.url for request in crawled.asked[1]}
    fresh = {request.url for request in crawled.asked[2]} - first
    new = {crawled.press.truth(2)[key]["url"] for key in crawled.press.expected_outcome().new}
    assert fresh <= new | {url for url in fresh if "page=" in url or "?p=" in url}


def test_the_local_day_is_the_day_of_an_article_published_early(crawled: Crawled) -> None:
    """06:51 in Vietnam is the evening before in UTC."""
    with Rows(crawled.archives[1]) as rows:
        found = rows("SELECT published_day, published_at FROM articles_latest WHERE published_at LIKE '%T06:51:%'")
    assert found
    assert all(day == moment[:10] for day, moment in found)


def test_the_crawler_names_itself(crawled: Crawled) -> None:
    assert all(request.user_agent.startswith("BaoTinh/") for request in crawled.asked[1])


@pytest.mark.parametrize("edition", [1, 2])
def test_the_run_is_recorded_and_its_counts_add_up(crawled: Crawled, edition: int) -> None:
    with Rows(crawled.archives[edition]) as rows:
        run, reason, counts, finished = rows(
            "SELECT id, finish_reason, counts, finished_at FROM runs ORDER BY started_at DESC LIMIT 1"
        )[0]
        dealt_with = rows.one("SELECT count(*) FROM urls WHERE last_run = ?", run)
    assert (reason, bool(finished)) == ("finished", True)
    total = 0
    for outlet in json.loads(counts).values():
        total += sum(outlet[name] for name in KNOWN)
        total += outlet["pending"] + sum(sum(outlet[name].values()) for name in ("rejected", "failed", "skipped"))
    assert total == dealt_with


def test_the_summary_says_what_came(crawled: Crawled) -> None:
    for edition in (1, 2):
        for paper in PAPERS:
            assert f"{paper}: " in crawled.said[edition]
    outcome = crawled.press.expected_outcome()
    assert f"{len(outcome.withdrawn)} withdrawn" in crawled.said[2]
    assert "Traceback" not in crawled.said[1] + crawled.said[2]


def test_a_further_run_changes_nothing(crawled: Crawled, tmp_path: Path) -> None:
    archive = tmp_path / "archive.db"
    shutil.copy(crawled.archives[2], archive)
    before = content(archive)
    crawl(archive, crawled.press.address)
    assert content(archive) == before
