"""The press misbehaving: each fault does what it says, as often as it was told, to whom it was told."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator

import pytest

from tests.site import faults
from tests.site.client import ask
from tests.site.press import Press

URL = "http://baosongmay.test/thoi-su"
CONTROL = "http://press.test"


@pytest.fixture(scope="module")
def running() -> Iterator[Press]:
    with Press() as press:
        yield press


@pytest.fixture
def press(running: Press) -> Press:
    running.heal()
    running.forget()
    running.edition = 1
    return running


@pytest.mark.parametrize("code", [403, 404, 429, 500, 502, 503])
def test_status(press: Press, code: int) -> None:
    press.fail("/thoi-su", faults.status(code, retry_after=7))
    answer = ask(press, URL)
    assert (answer.status, answer.headers["retry-after"]) == (code, "7")
    assert press.log[-1].status == code
    assert press.log[-1].fault == "status"


def test_a_fault_strikes_as_often_as_told(press: Press) -> None:
    press.fail("/thoi-su", faults.status(503), times=2)
    assert [ask(press, URL).status for _ in range(3)] == [503, 503, 200]


@pytest.mark.parametrize(
    ("match", "struck"),
    [
        ("/thoi-su", {"/thoi-su", "/thoi-su?page=2"}),
        ("/thoi-su?page=2", {"/thoi-su?page=2"}),
        ("/tho*", {"/thoi-su", "/thoi-su?page=2"}),
        ("http://baonuibiec.test/*", set()),
        ("http://baosongmay.test/*", {"/thoi-su", "/thoi-su?page=2", "/kinh-te"}),
        (lambda request: request.path.endswith("te"), {"/kinh-te"}),
    ],
    ids=lambda value: "path" if callable(value) else " ".join(sorted(value)) if isinstance(value, set) else value,
)
def test_whom_a_fault_strikes(press: Press, match, struck: set[str]) -> None:
    press.fail(match, faults.status(500))
    asked = ("/thoi-su", "/thoi-su?page=2", "/kinh-te")
    assert {path for path in asked if ask(press, f"http://baosongmay.test{path}").status == 500} == struck


def test_heal(press: Press) -> None:
    press.fail("*", faults.status(500))
    press.heal()
    assert ask(press, URL).status == 200


def test_delay(press: Press) -> None:
    press.fail("/thoi-su", faults.delay(0.4))
    begun = time.monotonic()
    assert ask(press, URL).status == 200
    assert time.monotonic() - begun >= 0.4
    with pytest.raises(TimeoutError):
        ask(press, URL, timeout=0.1)


def test_drip(press: Press) -> None:
    whole = ask(press, "http://baosongmay.test/robots.txt").body
    press.fail("/robots.txt", faults.drip(0.05, size=20))
    begun = time.monotonic()
    assert ask(press, "http://baosongmay.test/robots.txt").body == whole
    assert time.monotonic() - begun >= 0.05 * (len(whole) // 20)


def test_truncated_body_with_the_whole_length_stated(press: Press) -> None:
    press.fail("/thoi-su", faults.truncate(0.5))
    with pytest.raises(http.client.IncompleteRead) as caught:
        ask(press, URL)
    assert caught.value.expected is not None
    assert abs(len(caught.value.partial) - caught.value.expected) <= 1


def test_truncated_body_with_its_own_length_stated(press: Press) -> None:
    press.fail("/thoi-su", faults.truncate(0.5, honest=True))
    answer = ask(press, URL)
    assert len(answer.body) == int(answer.headers["content-length"])
    assert b"</html>" not in answer.body


def test_wrong_length(press: Press) -> None:
    length = int(ask(press, URL).headers["content-length"])
    press.fail("/thoi-su", faults.wrong_length(-100), times=1)
    press.fail("/thoi-su", faults.wrong_length(100))
    assert abs(len(ask(press, URL).body) - length + 100) <= 2
    with pytest.raises(http.client.IncompleteRead) as caught:
        ask(press, URL)
    assert caught.value.expected == 100


def test_reset(press: Press) -> None:
    press.fail("/thoi-su", faults.reset(), times=1)
    with pytest.raises(ConnectionResetError):
        ask(press, URL)
    assert ask(press, URL).status == 200
    assert [request.fault for request in press.log] == ["reset", None]


@pytest.mark.parametrize("to", ["http://127.0.0.1:1/", "file:///etc/hostname", "http://xa.example/"])
def test_redirect(press: Press, to: str) -> None:
    press.fail("/thoi-su", faults.redirect(to, 307))
    answer = ask(press, URL)
    assert (answer.status, answer.headers["location"]) == (307, to)


def test_redirect_loop(press: Press) -> None:
    press.fail("/thoi-su", faults.redirect_loop())
    url, seen = URL, []
    for _ in range(5):
        url = "http://baosongmay.test" + ask(press, url).headers["location"]
        seen.append(url)
    assert len(set(seen)) == 2
    assert seen[0] == seen[2] == seen[4]


def test_missing_and_wrong_charset(press: Press) -> None:
    whole = ask(press, URL)
    assert whole.headers["content-type"] == "text/html; charset=utf-8"
    press.fail("/thoi-su", faults.charset(None), times=1)
    press.fail("/thoi-su", faults.charset("iso-8859-1"), times=1)
    press.fail("/thoi-su", faults.charset("windows-1258", "cp1258", meta="windows-1258"), times=1)
    press.fail("/thoi-su", faults.charset(None, "utf-16"), times=1)
    silent, mislabelled, viet, wide = (ask(press, URL) for _ in range(4))
    assert silent.headers["content-type"] == "text/html"
    assert mislabelled.headers["content-type"] == "text/html; charset=iso-8859-1"
    assert "Thời sự" in mislabelled.body.decode()
    assert b"charset=windows-1258" in viet.body
    # A tone is a character of its own there, so the word is spelt otherwise, but it is all there.
    assert "Th\u01a1\u0300i s\u01b0\u0323" in viet.body.decode("cp1258")
    assert b"&#" not in viet.body.replace(b"&#1", b"").replace(b"&#2", b"")
    assert "Thời sự" in wide.body.decode("utf-16")


def test_empty(press: Press) -> None:
    press.fail("/thoi-su", faults.empty())
    answer = ask(press, URL)
    assert (answer.status, answer.body) == (200, b"")


def test_faults_from_another_process(press: Press) -> None:
    def order(path: str, data: object) -> int:
        return ask(press, CONTROL + path, method="POST", body=json.dumps(data).encode()).status

    fault = {"kind": "status", "status": 503, "headers": [["Retry-After", "3"]]}
    assert order("/fail", {"path": "/thoi-su", "fault": fault, "times": 1}) == 200
    assert [ask(press, URL).status, ask(press, URL).status] == [503, 200]
    assert [entry["status"] for entry in json.loads(ask(press, f"{CONTROL}/log").body)] == [503, 200]
    assert order("/edition", {"edition": 2}) == 200
    assert press.edition == 2
    state = json.loads(ask(press, f"{CONTROL}/state").body)
    assert (state["edition"], state["address"]) == (2, press.address)
    assert json.loads(ask(press, f"{CONTROL}/truth").body) == press.truth()
    assert order("/fail", {"path": "*", "fault": {"kind": "empty"}}) == 200
    assert order("/heal", {}) == 200
    assert order("/forget", {}) == 200
    assert press.log == []
    assert ask(press, URL).body


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("/edition", b'{"edition": 9}', "no edition 9"),
        ("/edition", b"{", "Expecting"),
        ("/fail", b'{"path": "/x", "fault": {"kind": "shrug"}}', "no fault of kind"),
        ("/fail", b'{"path": "/x", "fault": {"kind": "empty", "colour": 1}}', "colour"),
    ],
)
def test_a_wrong_order_is_refused_with_words(press: Press, path: str, body: bytes, said: str) -> None:
    answer = ask(press, CONTROL + path, method="POST", body=body)
    assert answer.status == 400
    assert said in json.loads(answer.body)["error"]
    assert press.edition == 1


def test_the_end_does_not_wait_for_a_slow_answer() -> None:
    with Press() as press:
        press.fail("*", faults.delay(30))
        with pytest.raises(TimeoutError):
            ask(press, URL, timeout=0.1)
        begun = time.monotonic()
    assert time.monotonic() - begun < 3
