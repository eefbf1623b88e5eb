"""Bytes come back as they were, and similar pages cost little."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.archive import Archive, ArchiveDamaged, ArchiveError
from crawler.archive import bodies as module
from tests.archive.conftest import Ask
from tests.archive.make import CANAL, RICE, SCHOOL

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

WORDS = (CANAL + RICE + SCHOOL).split()


def page(seed: int, layout: int = 1) -> bytes:
    """Return a page of some 30 KB: markup that all pages of a layout share, and a text of its own."""
    frame, text = random.Random(layout), random.Random(1000 + seed)
    menu = "".join(
        f'<li class="m{frame.randrange(10**9)}"><a href="/{frame.randrange(10**12)}/">{frame.choice(WORDS)}</a></li>'
        for _ in range(300)
    )
    body = "".join(f"<p>{' '.join(text.choices(WORDS, k=40))}</p>" for _ in range(12))
    return f"<html><body><ul>{menu}</ul><article>{body}</article></body></html>".encode()


def put(archive: Archive, body: bytes, layout: str = "onecms", outlet: str = "baosongmay") -> str:
    with archive.transaction():
        return archive.bodies.put(body, outlet=outlet, layout=layout, kind="article")


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.one_of(st.binary(), st.binary(max_size=20).map(lambda seed: seed * 400)))
def test_round_trip(archive: Archive, body: bytes):
    name = put(archive, body)

    assert name == hashlib.sha256(body).hexdigest()
    assert archive.bodies.get(name) == body


def test_the_same_bytes_are_kept_once(archive: Archive, ask: Ask):
    assert put(archive, page(1)) == put(archive, page(1))
    assert ask.count("bodies") == 1


def test_an_earlier_page_of_the_layout_saves_most(archive: Archive, ask: Ask):
    pages = [page(seed) for seed in range(20)]
    names = [put(archive, one) for one in pages]

    alone = sum(len(zstd.compress(one, level=module.LEVEL)) for one in pages)
    kept = ask.one("SELECT (SELECT sum(length(frame)) FROM bodies) + (SELECT sum(length(content)) FROM dictionaries)")
    assert kept < 0.45 * alone
    assert ask.count("dictionaries") == 1
    assert [archive.bodies.get(name) for name in names] == pages


def test_another_opening_reads_them(archive: Archive):
    names = [put(archive, page(seed)) for seed in range(3)]

    with Archive.open(archive.path, read_only=True) as again:
        assert [again.bodies.get(name) for name in names] == [page(seed) for seed in range(3)]


def test_a_new_look_gets_a_new_dictionary(archive: Archive, ask: Ask):
    for seed in range(4):
        put(archive, page(seed, layout=1))
    for seed in range(4, 8):
        put(archive, page(seed, layout=2))

    assert ask.count("dictionaries") == 2
    assert [row["pages"] for row in ask.rows(
        "SELECT count(*) AS pages FROM bodies GROUP BY dictionary")] == [4, 4]  # fmt: skip


def test_two_looks_in_turn_make_two_dictionaries(archive: Archive, ask: Ask):
    for seed in range(10):
        put(archive, page(seed, layout=seed % 2))

    assert ask.count("dictionaries") == 2


def test_outlets_and_layouts_do_not_share(archive: Archive, ask: Ask):
    put(archive, page(1), layout="onecms")
    put(archive, page(2), layout="fck")
    put(archive, page(3), outlet="baonuibiec")

    assert ask.count("dictionaries") == 3


@pytest.mark.parametrize("size", [0, 1, 7, module.SMALLEST_DICTIONARY - 1, module.LARGEST_DICTIONARY + 1])
def test_tiny_and_huge_documents_stand_alone(archive: Archive, ask: Ask, size: int):
    name = put(archive, b"\x00" * size)

    assert archive.bodies.get(name) == b"\x00" * size
    assert ask.count("dictionaries") == 0


def test_more_dictionaries_than_fit_in_memory(archive: Archive, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "CACHED", 2)
    names = [put(archive, page(seed), layout=f"layout {seed % 4}") for seed in range(8)]

    assert [archive.bodies.get(name) for name in names] == [page(seed) for seed in range(8)]


def test_one_wrong_bit_in_a_frame_is_noticed(archive: Archive):
    put(archive, page(1))
    name = put(archive, page(2))
    (frame,) = archive.connection.execute("SELECT frame FROM bodies WHERE sha256 = ?", (name,)).fetchone()
    for at in (len(frame) // 2, len(frame) - 1):
        damaged = frame[:at] + bytes([frame[at] ^ 1]) + frame[at + 1 :]
        archive.connection.execute("UPDATE bodies SET frame = ? WHERE sha256 = ?", (damaged, name))

        with pytest.raises(ArchiveDamaged, match=name):
            archive.bodies.get(name)


def test_one_wrong_bit_in_a_dictionary_is_noticed(archive: Archive):
    put(archive, page(1))
    name = put(archive, page(2))
    content = bytearray(page(1))
    content[5000] ^= 1
    archive.connection.execute("DROP TRIGGER dictionaries_are_never_changed")
    archive.connection.execute("UPDATE dictionaries SET content = ?", (zstd.compress(bytes(content)),))

    with Archive.open(archive.path) as again, pytest.raises(ArchiveDamaged):
        again.bodies.get(name)


def test_bytes_that_are_not_kept(archive: Archive):
    with pytest.raises(ArchiveError, match="no body 00ff is kept"):
        archive.bodies.get("00ff")


def test_dictionaries_are_immutable(archive: Archive):
    put(archive, page(1))
    for statement in ("UPDATE dictionaries SET content = x'00'", "DELETE FROM dictionaries"):
        with pytest.raises(sqlite3.IntegrityError, match="dictionar"):
            archive.connection.execute(statement)
