"""Running many inputs, each made from a seed of its own."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from tests.fuzz.kinds import KINDS
from tests.fuzz.work import calls


@dataclass(frozen=True)
class Failure:
    """An input that failed: its seed, its bytes, what happened."""

    seed: str
    raw: bytes
    trace: str


def counts(number: int) -> dict[str, int]:
    """How many inputs of each kind ``number`` in all are."""
    return {name: max(1, round(number * kind.share)) for name, kind in KINDS.items()}


def fuzz(number: int, seed: int, told: Callable[[str, int], None] = lambda name, done: None) -> Iterator[Failure]:
    """Read ``number`` inputs and yield those that fail; ``told`` hears of every hundredth."""
    for name, many in counts(number).items():
        for index in range(many):
            failure = one(f"{seed}:{name}:{index}")
            if failure:
                yield failure
            if index % 100 == 99:
                told(name, 100)


def one(seed: str) -> Failure | None:
    """Make the input of ``seed`` and read it; the failure if it is one."""
    kind = KINDS[seed.split(":")[1]]
    made = kind.make(Random(seed))
    raw = kind.raw(made)
    try:
        calls(lambda: kind.read(made), kind.calls_allowed(len(raw)))
    except KeyboardInterrupt:
        raise
    except BaseException:
        return Failure(seed, raw, traceback.format_exc(limit=-4))
    return None
