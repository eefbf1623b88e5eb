from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.people.anywhere import begins_as_byline, names_in_order, read_credits

OWN = ("Ferry Herald", "ferryherald", "Le Bac")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("By Ada Holm and Bo Reyes", ["Ada Holm", "Bo Reyes"]),
        ("Von Ada Holm, Aurich", ["Ada Holm"]),
        ("Ein Kommentar von Ada Holm", ["Ada Holm"]),
        ("Par Ada Holm et Bo Reyes", ["Ada Holm", "Bo Reyes"]),
        ("Por Ada Holm y Bo Reyes", ["Ada Holm", "Bo Reyes"]),
        ("Di Ada Holm", ["Ada Holm"]),
        ("Av Ada Holm og Bo Reyes", ["Ada Holm", "Bo Reyes"]),
        ("VonAda Holm", ["Ada Holm"]),
        ("Text: Ada Holm, Fotos: Bo Reyes", ["Ada Holm", "Bo Reyes"]),
        ("Von\nAda Holm\nund\nBo Reyes", ["Ada Holm", "Bo Reyes"]),
        ("Ada Holm, Bo Reyes, Cy Tan and Di Lund", ["Ada Holm", "Bo Reyes", "Cy Tan", "Di Lund"]),
        ("Reporterin Ada Holm", ["Ada Holm"]),
        ("Ada Holm Political Correspondent", ["Ada Holm"]),
        ("Ada Holm – Redakteurin", ["Ada Holm"]),
        ("Ada Holm, Professorin der Hafenkunde, ferry.example.org", ["Ada Holm"]),
        ("Ada Holm @adaholm ada@ferry.example", ["Ada Holm"]),
        ("Ada Holm For Ferry.Com", ["Ada Holm"]),
        ("Ada Holm in New York", ["Ada Holm"]),
        ("Ursula von der Weide", ["Ursula von der Weide"]),
        ("Diana Roth", ["Diana Roth"]),
        ("Prof. Dr. Ada Holm", ["Prof. Dr. Ada Holm"]),
        ("ADA HOLM", ["ADA HOLM"]),
        ("Мила Озерова", ["Мила Озерова"]),
        ("山本花子記者", ["山本花子"]),
        ("記者林小河／台北報導", ["林小河"]),
        ("한바다 기자", ["한바다"]),
        ("Ferry Herald", []),
        ("Ferry Herald Reporter", []),
        ("Le Bac et AFP", []),
        ("Redaktion", []),
        ("Newsroom", []),
        ("Web Desk", []),
        ("The Editorial Board", []),
        ("admin", []),
        ("holm_12", []),
        ("https://ferry.example/author/ada-holm", []),
        ("Redaktion: Ada Holm und Bo Reyes", []),
        ("Published 12 May 2024, 10:00", []),
        ("Ada Holm has written about boats for ten years.", []),
        ("", []),
    ],
)
def test_people_are_told_from_what_stands_around_them(text: str, people: list[str]) -> None:
    assert read_credits(text, OWN).people == people


@pytest.mark.parametrize(
    ("text", "people", "sources"),
    [
        ("dpa", [], ["dpa"]),
        ("(dpa/AFP)", [], ["dpa", "AFP"]),
        ("Ada Holm, dpa", ["Ada Holm"], ["dpa"]),
        ("Ada Holm | Reuters", ["Ada Holm"], ["Reuters"]),
        ("By ADA HOLM, AP Ferry Writer", ["ADA HOLM"], ["AP"]),
        ("Le Bac avec AFP", [], ["AFP"]),
    ],
)
def test_an_agency_is_a_source_and_no_author(text: str, people: list[str], sources: list[str]) -> None:
    credits = read_credits(text, OWN)
    assert (credits.people, credits.sources) == (people, sources)


def test_a_name_that_data_states_may_be_odd() -> None:
    for name in ("Sukardi", "ada holm", "José Ortega y Gasset"):
        assert read_credits(name, stated=True).people == [name]
        assert read_credits(name).people != [name]


def test_library_order_is_turned_round() -> None:
    assert names_in_order("Holm, Ada") == "Ada Holm"
    assert names_in_order("Ada Holm, Bo Reyes") == "Ada Holm, Bo Reyes"


@pytest.mark.parametrize("text", ["By Ada Holm", "Von: Ada Holm", "Par Ada", "by"])
def test_a_line_can_begin_as_a_byline(text: str) -> None:
    assert begins_as_byline(text)
    assert not begins_as_byline("Bypass road opens")


@given(
    st.text(max_size=320)
    | st.lists(st.sampled_from("By Von A dpa , / ( ) and y 記者 Le for in\n".split(" "))).map(" ".join)
)
def test_any_line_is_read(text: str) -> None:
    credits = read_credits(text, OWN)
    assert all(name and name.strip() == name for name in credits.people)


def test_a_line_is_read_in_no_time_however_long() -> None:
    for unit in ("( ", "senior ", "a_", "By ", "of the ", "記者"):
        for length in (290, 200_000):
            start = time.perf_counter()
            read_credits((unit * length)[:length], OWN)
            assert time.perf_counter() - start < 1
