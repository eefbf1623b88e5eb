"""Conditional requests are answered truly, unless the press is told to lie."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.site import faults
from tests.site.client import ask
from tests.site.press import Press

SECTION = "http://baosongmay.test/thoi-su"
FEED = "http://baosongmay.test/rss/thoi-su"
URLS = ("http://baosongmay.test/", SECTION, FEED, "http://baosongmay.test/sitemap.xml", "http://baonuibiec.test/")


@pytest.fixture
def press() -> Iterator[Press]:
    with Press() as press:
        yield press


@pytest.mark.parametrize("url", URLS)
def test_not_modified_while_the_edition_stays(press: Press, url: str) -> None:
    first = ask(press, url)
    etag, modified = first.headers["etag"], first.headers["last-modified"]
    for condition in ({"If-None-Match": etag}, {"If-None-Match": f'"x", W/{etag}'}, {"If-Modified-Since": modified}):
        answer = ask(press, url, headers=condition)
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", etag)
        assert press.log[-1].conditional
        assert press.log[-1].size == 0
    assert ask(press, url).body == first.body
    assert press.log[-1].size == len(first.body)


def test_the_second_edition_is_another_document(press: Press) -> None:
    first = ask(press, SECTION)
    press.edition = 2
    assert ask(press, SECTION, headers={"If-None-Match": first.headers["etag"]}).status == 200
    assert ask(press, SECTION, headers={"If-Modified-Since": first.headers["last-modified"]}).status == 200
    press.edition = 1
    assert ask(press, SECTION, headers={"If-None-Match": first.headers["etag"]}).status == 304


def test_the_mark_outweighs_the_date(press: Press) -> None:
    modified = ask(press, SECTION).headers["last-modified"]
    assert ask(press, SECTION, headers={"If-None-Match": '"x"', "If-Modified-Since": modified}).status == 200
    assert ask(press, SECTION, headers={"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"}).status == 200
    assert ask(press, SECTION, headers={"If-Modified-Since": "yesterday"}).status == 200


def test_what_is_no_document_has_no_mark(press: Press) -> None:
    answer = ask(press, "http://baosongmay.test/nowhere", headers={"If-None-Match": "*"})
    assert answer.status == 404
    assert "etag" not in answer.headers


def test_lies(press: Press) -> None:
    true = ask(press, SECTION)
    etag = true.headers["etag"]
    answers = {}
    for how in faults.LIES:
        press.heal()
        press.fail("/thoi-su", faults.lie(how))
        assert ask(press, SECTION).body == true.body
        answers[how] = ask(press, SECTION, headers={"If-None-Match": etag})
    assert {how: answer.status for how, answer in answers.items()} == {
        "stale": 304, "other": 304, "fickle": 200, "deaf": 200
    }  # fmt: skip
    assert answers["stale"].headers["etag"] == etag
    assert answers["other"].headers["etag"] != etag
    assert answers["fickle"].headers["etag"] not in (etag, answers["other"].headers["etag"])
    assert answers["deaf"].headers["etag"] == etag
    with pytest.raises(ValueError, match="no lie 'white'"):
        faults.lie("white")


def test_not_modified_without_condition(press: Press) -> None:
    press.fail("/thoi-su", faults.status(304))
    assert (ask(press, SECTION).status, ask(press, SECTION).body) == (304, b"")
