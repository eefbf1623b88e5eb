"""How likely a number is by chance: exact sums, no approximation, since the samples are small."""

from __future__ import annotations

from math import comb, log, log1p


def at_most(hits: int, of: int, share: float) -> float:
    """Probability of ``hits`` or fewer among ``of``, each a hit with probability ``share``."""
    return sum(_exactly(number, of, share) for number in range(hits + 1))


def at_least(hits: int, of: int, share: float) -> float:
    """Probability of ``hits`` or more."""
    return at_most(of - hits, of, 1 - share)


def _exactly(hits: int, of: int, share: float) -> float:
    if share <= 0:
        return float(hits == 0)
    if share >= 1:
        return float(hits == of)
    # By logarithms where the powers would vanish.
    power = hits * log(share) + (of - hits) * log1p(-share)
    return float(comb(of, hits) * 2.718281828459045**power) if power > -700 else 0.0
