"""How figures are taken: batches that alternate with the peer's in one process, CPU time, medians of ratios."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Iterable
from time import process_time
from typing import TypeVar

import attrs

T = TypeVar("T")
Batch = Callable[[], float]
"""Does a batch of work and returns the CPU seconds that one unit of it took."""


@attrs.frozen
class Effort:
    """How much is done: a real run, or with `smoke` just enough to see that everything works."""

    smoke: bool = False

    @property
    def pairs(self) -> int:
        """How many pairs of batches a ratio is taken from."""
        return 1 if self.smoke else 11

    def of(self, real: int, smoke: int) -> int:
        """Return a size: the one of a real run, or the tiny one."""
        return smoke if self.smoke else real


@attrs.frozen
class Target:
    """What the median is held against; `aim` is where one would like it to be."""

    sign: str
    bound: float
    aim: float | None = None

    def __str__(self) -> str:
        aim = "" if self.aim is None else f" (aim {self.aim:g})"
        return f"{self.sign} {self.bound:g}{aim}"

    def is_met(self, value: float) -> bool:
        return value >= self.bound if self.sign == "≥" else value <= self.bound


def at_least(bound: float, aim: float | None = None) -> Target:
    return Target("≥", bound, aim)


def at_most(bound: float) -> Target:
    return Target("≤", bound)


@attrs.frozen
class Figure:
    """One row of the table. Without a target it is there to be read beside another."""

    what: str
    measured: tuple[float, ...]
    target: Target | None = None
    unit: str = "×"

    @property
    def median(self) -> float:
        return statistics.median(self.measured)

    @property
    def quartiles(self) -> tuple[float, float]:
        if len(self.measured) == 1:
            return self.median, self.median
        low, _, high = statistics.quantiles(self.measured, n=4, method="inclusive")
        return low, high

    @property
    def is_met(self) -> bool | None:
        return None if self.target is None else self.target.is_met(self.median)


def clocked(work: Callable[[], object], units: int = 1) -> float:
    """Return the CPU seconds that one unit of `work` takes; it starts with no garbage waiting."""
    gc.collect()
    start = process_time()
    work()
    return (process_time() - start) / units


def alternate(one: Batch, other: Batch, effort: Effort) -> list[tuple[float, float]]:
    """Run the batches in turn, after one of each that does not count; return the times pair by pair."""
    if not effort.smoke:
        one(), other()
    return [(one(), other()) for _ in range(effort.pairs)]


def ratios(one: Batch, other: Batch, effort: Effort) -> tuple[float, ...]:
    """Return, pair by pair, how many times as long `one` takes as `other`."""
    return tuple(first / second for first, second in alternate(one, other, effort))


def repeated(work: Callable[[], object], times: int) -> Callable[[], None]:
    """Return work done so many times."""

    def again() -> None:
        for _ in range(times):
            work()

    return again


def exhaust(things: Iterable[object]) -> None:
    """Go through things without keeping any."""
    for _ in things:
        pass
