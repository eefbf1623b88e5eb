"""The same address written in two ways is one row of the ledger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.urls import url_key


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("HTTPS://BaoSongMay.TEST/Bai.html", "https://baosongmay.test/Bai.html"),
        ("https://baosongmay.test:443/a", "https://baosongmay.test/a"),
        ("http://baosongmay.test:80/a", "http://baosongmay.test/a"),
        ("http://baosongmay.test:8080/a", "http://baosongmay.test:8080/a"),
        ("https://baosongmay.test", "https://baosongmay.test/"),
        ("https://baosongmay.test/a#binh-luan", "https://baosongmay.test/a"),
        ("https://baosongmay.test/a?utm_source=x&id=3&fbclid=9", "https://baosongmay.test/a?id=3"),
        ("https://baosongmay.test/a?gclid=1", "https://baosongmay.test/a"),
        ("https://baosongmay.test/a?b=2&a=1", "https://baosongmay.test/a?b=2&a=1"),
        ("https://baosongmay.test/%7eban/%c3%a1", "https://baosongmay.test/~ban/%C3%A1"),
        ("https://baosongmay.test/á", "https://baosongmay.test/%C3%A1"),
        ("https://baosongmay.test/a%2Fb", "https://baosongmay.test/a%2Fb"),
        ("  https://baosongmay.test/a\n", "https://baosongmay.test/a"),
        ("http://[::1]:81/a", "http://[::1]:81/a"),
        ("http://baosongmay.test:no/a", "http://baosongmay.test:no/a"),
        ("không phải địa chỉ", "không phải địa chỉ"),
    ],
)
def test_key(written: str, key: str):
    assert url_key(written) == key


@given(st.one_of(st.text(), st.text().map(lambda text: f"https://baosongmay.test/{text}")))
def test_never_raises_and_twice_is_once(text: str):
    assert url_key(url_key(text)) == url_key(text)
