"""20,000 inputs, read in every run of the tests; ``make fuzz N=…`` reads more."""

from __future__ import annotations

from random import Random

import pytest

from tests.fuzz.kinds import KINDS
from tests.fuzz.run import counts, one
from tests.fuzz.work import TooMuchWork, calls

NUMBER, SEED, PARTS = 20_000, 20261126, 8


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("kind", KINDS)
def test_no_input_raises_or_takes_too_long(kind: str, part: int) -> None:
    for index in range(part, counts(NUMBER)[kind], PARTS):
        failure = one(f"{SEED}:{kind}:{index}")
        assert failure is None, f"{failure.seed}\n{failure.trace}\n{failure.raw[:500]!r}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_makes_the_same_input_again(kind: str) -> None:
    made = {KINDS[kind].raw(KINDS[kind].make(Random(f"1:{kind}:{number}"))) for number in range(20)}
    assert made == {KINDS[kind].raw(KINDS[kind].make(Random(f"1:{kind}:{number}"))) for number in range(20)}
    assert len(made) > 15


def test_what_goes_on_for_too_long_is_stopped_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(_made: object) -> None:
        while True:
            len("")

    with pytest.raises(TooMuchWork):
        calls(lambda: endless(None), 1000)
    monkeypatch.setitem(KINDS, "dates", KINDS["dates"].__class__(**{**vars(KINDS["dates"]), "read": endless}))
    failure = one("1:dates:0")
    assert failure is not None
    assert "TooMuchWork" in failure.trace
