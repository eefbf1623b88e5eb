"""The press over HTTP: what its pages link and hold, in both editions."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from tests.site.client import Answer, ask
from tests.site.papers import papers
from tests.site.press import Press
from tests.site.truth import expected

PROJECT = Path(__file__).resolve().parents[2]
HOMES = [f"http://{paper.host}/" for paper in papers().values()]
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    with Press() as running:
        yield running


@pytest.fixture(autouse=True)
def first_edition(press: Press) -> None:
    press.edition = 1
    press.heal()
    press.forget()


def tidy(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def crawl(press: Press) -> dict[str, Answer]:
    """Every page that can be reached from the front pages by links, by address; redirects are followed."""
    hosts = {paper.host for paper in papers().values()}
    waiting, answers = list(HOMES), {}
    while waiting:
        url = waiting.pop()
        if url in answers or urlsplit(url).netloc not in hosts:
            continue
        answers[url] = answer = ask(press, url)
        if "location" in answer.headers:
            waiting.append(answer.headers["location"])
        elif answer.headers["content-type"].startswith("text/html"):
            waiting += answer.links()
    return answers


@pytest.mark.parametrize("edition", [1, 2])
def test_every_link_leads_somewhere_and_every_article_is_linked(press: Press, edition: int) -> None:
    press.edition = edition
    answers = crawl(press)
    outcome = press.expected_outcome()
    assert {url: answer.status for url, answer in answers.items() if answer.status not in (200, 301)} == {}
    for outlet in press.outlets:
        assert set(press.urls(outlet)) <= answers.keys()
    wanted = {url for key, urls in outcome.variants.items() if key in press.truth() for url in urls}
    assert wanted | outcome.moved.keys() | outcome.rejected.keys() | set(outcome.closed) <= answers.keys()
    first = press.truth(1)
    gone = {first[key]["url"] for key in outcome.withdrawn}
    assert gone <= answers.keys() if edition == 1 else gone.isdisjoint(answers.keys())


@pytest.mark.parametrize("edition", [1, 2])
def test_pages_hold_what_the_truth_says(press: Press, edition: int) -> None:
    press.edition = edition
    unseen = {junk for record in press.truth().values() for junk in record["junk"]}
    for record in press.truth().values():
        answer = ask(press, record["url"])
        assert answer.status == 200
        text = tidy(answer.tree.text_content())
        texts = [record["title"], *record["authors"], *record["captions"], *record["tags"], *record["section"]]
        for value in (*texts, record["lead"] or "", record["source"] or ""):
            assert tidy(value) in text, (record["key"], value)
        for value in record["paragraphs"]:
            assert tidy(value).replace(" ", "") in text.replace(" ", ""), (record["key"], value)
        assert [link for link in answer.links("//img/@src") if f"/{record['id']}_" in link and "thumb" not in link] == (
            record["images"]
        )
        day, time = record["published_at"][:10], record["published_at"][11:16]
        assert f"{day[8:]}/{day[5:7]}/{day[:4]}" in text
        assert time in text
        unseen -= {junk for junk in unseen if junk in text}
    assert unseen == set()


def test_photos_are_photos(press: Press) -> None:
    begins = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG", "image/webp": b"RIFF"}
    kinds = set()
    for record in press.truth().values():
        for url in record["images"]:
            answer = ask(press, url)
            assert answer.body.startswith(begins[answer.headers["content-type"]]), url
            kinds.add(answer.headers["content-type"])
    assert kinds == begins.keys()


def test_an_article_under_other_addresses(press: Press) -> None:
    (key, variants), *none = press.expected_outcome().variants.items()
    assert none == []
    assert len(variants) == 3
    own = press.truth()[key]["url"]
    answers = [ask(press, url) for url in variants]
    assert sorted(answer.status for answer in answers) == [200, 200, 301]
    for answer in answers:
        if answer.status == 301:
            assert answer.headers["location"] == own
        else:
            assert answer.links('//link[@rel="canonical"]/@href') == [own]


def test_an_article_that_has_moved(press: Press) -> None:
    ((old, key),) = press.expected_outcome().moved.items()
    assert ask(press, old).headers["location"] == press.truth()[key]["url"]


def test_pages_that_look_like_articles(press: Press) -> None:
    kinds = press.expected_outcome().rejected
    assert sorted(kinds.values()) == ["error", "video"]
    for url in kinds:
        answer = ask(press, url)
        assert answer.status == 200
        assert sum(len(tidy(p.text_content())) for p in answer.tree.iter("p")) < 400


def test_a_withdrawn_article_is_gone_and_a_later_one_not_yet_there(press: Press) -> None:
    outcome = press.expected_outcome()
    withdrawn, new = press.truth(1)[outcome.withdrawn[0]]["url"], press.truth(2)[outcome.new[0]]["url"]
    assert (ask(press, withdrawn).status, ask(press, new).status) == (200, 404)
    press.edition = 2
    assert (ask(press, withdrawn).status, ask(press, new).status) == (410, 200)


def test_lists_of_feeds_and_sitemaps(press: Press) -> None:
    for edition in (1, 2):
        press.edition = edition
        for paper in papers().values():
            assert sitemap(press, f"http://{paper.host}/sitemap.xml") >= set(press.urls(paper.name))
    gone = press.truth(1)[press.expected_outcome().withdrawn[0]]["url"]
    assert not any(gone in sitemap(press, f"{home}sitemap.xml") for home in HOMES)


def sitemap(press: Press, url: str) -> set[str]:
    """All addresses of a sitemap and of those it names."""
    answer = ask(press, url)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/xml; charset=utf-8")
    tree = ElementTree.fromstring(answer.body)
    found = {str(element.text) for element in tree.iter(f"{MAP}loc")}
    return set().union(*(sitemap(press, inner) for inner in found)) if tree.tag == f"{MAP}sitemapindex" else found


def test_feeds_are_well_formed_and_right(press: Press) -> None:
    times = {record["url"]: record["published_at"] for record in press.truth().values()}
    titles = {record["url"]: record["title"] for record in press.truth().values()}
    feeds = {"http://baosongmay.test/rss/thoi-su", "http://baonuibiec.test/rss/cate/thoi-su/"}
    linked = {link for answer in crawl(press).values() for link in _feeds(answer)}
    assert feeds <= linked
    for feed in linked:
        items = list(ElementTree.fromstring(ask(press, feed).body).iter("item"))
        assert items
        for item in items:
            url = item.findtext("link") or ""
            assert item.findtext("title") == titles[url]
            assert parsedate_to_datetime(item.findtext("pubDate") or "").isoformat() == times[url]


def _feeds(answer: Answer) -> list[str]:
    if not answer.headers["content-type"].startswith("text/html") or not answer.body:
        return []
    return [link for link in answer.links('//a/@href | //link[@type="application/rss+xml"]/@href') if "/rss/" in link]


def test_robots_closes_a_folder_that_the_front_page_links_to(press: Press) -> None:
    for home, closed in zip(HOMES, press.expected_outcome().closed, strict=True):
        answer = ask(press, f"{home}robots.txt")
        robots = RobotFileParser()
        robots.parse(answer.body.decode().splitlines())
        assert robots.site_maps() == [f"{home}sitemap.xml"]
        assert closed in ask(press, home).links()
        assert not robots.can_fetch("Any", closed)
        assert robots.can_fetch("Any", press.urls(press.outlets[0])[0])


def test_the_clock_in_the_header_is_now_and_nothing_else_changes(press: Press) -> None:
    for outlet in press.outlets:
        url = press.urls(outlet)[0]
        pages = []
        for _ in range(2):
            html = ask(press, url).body.decode()
            shown = re.findall(r"(?:Thứ \w+|Chủ nhật), (\d\d/\d\d/\d{4} \d\d:\d\d:\d\d)", html)
            now = datetime.now(UTC) + timedelta(hours=7)
            assert len(shown) == 1
            assert abs(datetime.strptime(shown[0] + " +0000", "%d/%m/%Y %H:%M:%S %z") - now) < timedelta(minutes=1)
            pages.append(re.sub(r'\d+/\d+/\d{4} \d+:\d\d:\d\d(?: [AP]M)?(?=</|" />)', "", html))
        assert pages[0] == pages[1]


def test_the_us_order_stands_only_where_the_real_cms_has_it(press: Press) -> None:
    record = press.truth()["baosongmay/html/410208"]
    html = ask(press, record["url"]).body.decode()
    assert '<meta name="article:published_time" content="10/5/2026 6:51:12 AM" />' in html
    assert '"datePublished": "2026-10-05T06:51:12+07:00"' in html


def test_unknown_hosts_and_addresses(press: Press) -> None:
    assert ask(press, "http://baokhac.test/").status == 421
    assert ask(press, "http://www.baosongmay.test/").status == 200
    assert ask(press, "http://baosongmay.test/khong-co").status == 404
    assert ask(press, "http://baonuibiec.test/doi-song?p=99").status == 404
    assert ask(press, "http://baonuibiec.test/doi-song?p=-3").status == 404
    assert ask(press, HOMES[0], method="POST", body=b"x").status == 405
    head = ask(press, HOMES[0], method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert int(head.headers["content-length"]) > 1000


def test_requests_are_logged(press: Press) -> None:
    ask(press, "http://baosongmay.test/thoi-su?page=2")
    ask(press, "http://baonuibiec.test/khong-co")
    assert [(r.method, r.url, r.status, r.user_agent) for r in press.log] == [
        ("GET", "http://baosongmay.test/thoi-su?page=2", 200, "test/1"),
        ("GET", "http://baonuibiec.test/khong-co", 404, "test/1"),
    ]
    assert press.log[0].time.tzinfo is not None
    press.forget()
    assert press.log == []


def test_expected_numbers_agree_with_the_lists(press: Press) -> None:
    outcome = expected()
    for edition in (1, 2):
        assert outcome.articles[edition] == {o: len(press.urls(o, edition)) for o in press.outlets}
    assert len(press.truth(2)) == len(press.truth(1)) + len(outcome.new) - len(outcome.withdrawn)
    assert len(outcome.unchanged) + len(outcome.edited) + len(outcome.new) == len(press.truth(2))


def test_only_the_two_editions_exist() -> None:
    with pytest.raises(ValueError, match="no edition 3"):
        Press(edition=3)


def test_the_command_line_serves_and_says_how_to_look() -> None:
    command = [sys.executable, "-m", "tests.site", "--edition", "2"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as served:
        assert served.stdout is not None
        try:
            first = served.stdout.readline()
            port = int(first.rpartition(":")[0].rpartition(":")[2])
            said = "".join(iter(served.stdout.readline, "Ctrl-C ends it.\n"))

            class Elsewhere:
                """As much of a press as the client needs."""

            elsewhere = Elsewhere()
            elsewhere.port = port  # type: ignore[attr-defined]
            answer = ask(elsewhere, "http://baosongmay.test/")  # type: ignore[arg-type]
        finally:
            served.terminate()
    assert "edition 2" in first
    assert "curl -H 'Host: " in said
    assert answer.status == 200
