"""The download handler connects to public addresses and to the stated address and port; to nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from crawler.handlers import AddressRefused
from crawler.handlers.guarded import GuardedReactor
from tests.crawl.servers import self_signed, serving

PROJECT = Path(__file__).resolve().parents[2]


def fetch(urls: list[str], trusted: Path | None = None, **job: Any) -> list[dict[str, Any]]:
    """The outcome of each URL, in their order; ``trusted`` is a certificate to believe in."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.crawl.fetch", json.dumps({"urls": urls, **job})],
        cwd=PROJECT, capture_output=True, text=True, timeout=60, check=True,
        env={**os.environ, **({"SSL_CERT_FILE": str(trusted)} if trusted else {})},
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    outcomes = {answer["asked"]: answer for answer in map(json.loads, done.stdout.splitlines())}
    return [outcomes[url] for url in urls]


def test_names_under_test_reach_the_stated_port() -> None:
    with serving() as (port, asked):
        urls = ["http://baosongmay.test/a", f"http://baonuibiec.test:{port}/b"]
        answers = fetch(urls, settings={"LOOPBACK": f"127.0.0.1:{port}"})
    assert [answer["state"] for answer in answers] == ["fetched", "fetched"]
    assert [answer["body"] for answer in answers] == [
        "page of baosongmay.test",
        f"page of baonuibiec.test:{port}",
    ]
    assert "baosongmay.test/robots.txt" in asked


def test_nothing_of_this_machine_is_reachable_by_default() -> None:
    with serving() as (port, asked):
        urls = [
            f"http://127.0.0.1:{port}/", f"http://localhost:{port}/", f"http://127.1:{port}/", "http://baosongmay.test/",
            f"http://2130706433:{port}/", f"http://0x7f.0.0.1:{port}/", f"http://0.0.0.0:{port}/", f"http://[::1]:{port}/",
            f"http://[::ffff:127.0.0.1]:{port}/", f"https://127.0.0.1:{port}/",
        ]  # fmt: skip
        answers = fetch(urls)
    assert [answer["state"] for answer in answers] == ["refused"] * len(urls), answers
    assert asked == []


def test_with_the_permission_other_ports_and_spellings_stay_refused() -> None:
    with serving() as (port, _), serving() as (other, asked):
        urls = [
            f"http://127.0.0.1:{port}/", f"http://127.0.0.1:{other}/", f"http://localhost:{other}/",
            f"http://baosongmay.test:{other}/", f"http://127.1:{other}/",
        ]  # fmt: skip
        answers = fetch(urls, settings={"LOOPBACK": f"127.0.0.1:{port}"})
    assert [answer["state"] for answer in answers] == ["refused"] * len(urls), answers
    assert asked == []


def test_redirects_are_refused_at_every_hop() -> None:
    with serving() as (port, _), serving() as (other, asked), serving("::1") as (v6, asked_v6):
        targets = [
            f"http://127.0.0.1:{other}/", f"http://[::1]:{v6}/", f"http://baosongmay.test:{other}/",
            f"http://baonuibiec.test/to/http://127.0.0.1:{other}/", f"http://localhost:{other}/",
            f"//127.1:{other}/", "http://169.254.169.254/latest/meta-data/",
        ]  # fmt: skip
        urls = [f"http://baosongmay.test/to/{target}" for target in targets]
        answers = fetch(urls, settings={"LOOPBACK": f"127.0.0.1:{port}"})
    assert [answer["state"] for answer in answers] == ["refused"] * len(urls), answers
    assert asked == asked_v6 == []


def test_a_name_that_resolves_to_a_private_address() -> None:
    names = {"router.example": "10.1.2.3", "here.example": "127.0.0.1", "cloud.example": "169.254.169.254"}
    with serving() as (port, asked):
        urls = [f"http://{name}:{port}/" for name in names]
        answers = fetch([*urls, "http://nowhere.example/"], names=names)
    assert [answer["state"] for answer in answers] == ["refused"] * 3 + ["pending"]
    assert answers[0]["reason"] == "router.example (10.1.2.3) is no public address"
    assert answers[3]["reason"] == "robots.txt cannot be read: DNS: no such name"
    assert asked == []


class Recorder:
    """Stands where the reactor is asked for a connection, so that no test knocks at a stranger's door."""

    def __init__(self) -> None:
        self.connected: list[tuple[str, int]] = []

    def connectTCP(self, host: str, port: int, *_: Any, **__: Any) -> None:  # noqa: N802
        self.connected.append((host, port))


def test_only_public_addresses_reach_the_reactor() -> None:
    reactor = Recorder()
    for address in ("8.8.8.8", "10.0.0.1", "2001:4860:4860::8888", "::ffff:127.0.0.1"):
        with suppress(AddressRefused):
            GuardedReactor(reactor, "name.example").connectTCP(address, 80, None)
    assert reactor.connected == [("8.8.8.8", 80), ("2001:4860:4860::8888", 80)]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://baosongmay.test/", "data:text/html,hi"])
def test_a_redirect_to_another_scheme_is_not_followed(target: str) -> None:
    with serving() as (port, _):
        answers = fetch([f"http://baosongmay.test/to/{target}"], settings={"LOOPBACK": f"127.0.0.1:{port}"})
    scheme = target.partition(":")[0]
    assert (answers[0]["state"], answers[0]["reason"]) == ("refused", f"redirected to a {scheme}: address")


def test_a_redirect_off_the_outlet_is_not_followed() -> None:
    with serving() as (port, asked):
        urls = [
            "http://baosongmay.test/to/http://baonuibiec.test/x",
            "http://baosongmay.test/to/http://advert.example/",
        ]
        answers = fetch(urls, settings={"LOOPBACK": f"127.0.0.1:{port}"}, names={}, outlet="baosongmay")
    assert [answer["state"] for answer in answers] == ["excluded", "excluded"], answers
    assert answers[1]["reason"] == "redirected to advert.example, which is not a host of baosongmay"
    assert not [one for one in asked if one.startswith(("advert", "baonuibiec"))]


def test_tls_is_verified(tmp_path: Path) -> None:
    """The guard stands under TLS, not instead of it: name and issuer of a certificate count."""
    certificate = self_signed("baosongmay.test", tmp_path / "server.pem")
    with serving(certificate=certificate) as (port, asked):
        settings = {"LOOPBACK": f"127.0.0.1:{port}"}
        nobody = fetch(["https://baosongmay.test/"], settings=settings)
        assert asked == []
        urls = ["https://baosongmay.test/", "https://baonuibiec.test/"]
        known, other_name = fetch(urls, trusted=certificate, settings=settings)
    assert nobody[0]["state"] == "pending"
    assert nobody[0]["reason"].startswith("robots.txt cannot be read: TLS: ")
    assert (known["state"], known["body"]) == ("fetched", "page of baosongmay.test")
    assert other_name["reason"].startswith("robots.txt cannot be read: TLS: ")
