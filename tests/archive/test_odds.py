"""Exact odds, against sums done by hand and by another way."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from crawler.archive.odds import at_least, at_most


@pytest.mark.parametrize(
    ("hits", "of", "share"), [(0, 5, 0.9), (3, 10, 0.5), (7, 8, 0.25), (40, 400, 0.2), (9, 1000, 0.01)]
)
def test_sums_are_exact(hits: int, of: int, share: float) -> None:
    p = Fraction(share)
    whole = sum(comb(of, k) * p**k * (1 - p) ** (of - k) for k in range(hits + 1))
    assert at_most(hits, of, share) == pytest.approx(float(whole), rel=1e-9, abs=1e-300)
    assert at_least(hits + 1, of, share) == pytest.approx(float(1 - whole), rel=1e-6, abs=1e-12)


def test_certainties() -> None:
    assert at_most(0, 10, 0.0) == 1
    assert at_most(9, 10, 1.0) == 0
    assert at_least(10, 10, 1.0) == 1
    assert at_least(1, 10, 0.0) == 0
    assert at_most(0, 100_000, 0.5) == 0
