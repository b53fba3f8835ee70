"""What an idle case takes beyond its facts and its journal's entries."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Iterator
from decimal import Decimal

from measuring import Effort, Figure, at_most
from wheel import DAY, engine

from enforceflow import Case, Engine, Entry

STATES = 12


def figures(effort: Effort) -> Iterator[Figure]:
    runner = engine(STATES)
    _beyond_entries(runner, 50)  # whatever is made once is made here
    beyond, kept = _beyond_entries(runner, effort.of(20_000, 200))
    yield Figure("idle case beyond its number, entries and facts", (beyond,), at_most(500), "bytes")
    yield Figure("(its number, one entry and one fact, left out above)", (kept,), None, "bytes")


def _beyond_entries(runner: Engine, count: int) -> tuple[float, float]:
    """Return bytes a case: what is freed when cases go but their numbers, entries and facts stay; and what stays.

    The lists are there before tracing starts, so that they do not count; the day of the act is one object for all.
    """
    cases: list[Case | None] = [None] * count
    kept_numbers: list[str] = [""] * count
    kept_entries: list[Entry | None] = [None] * count
    gc.collect()
    tracemalloc.start()
    try:
        before = _traced()
        for at in range(count):
            number = f"(2026)京01执{at}号"
            case = runner.record(runner.open(number), "file", at=DAY, facts={"amount": Decimal(500_000 + at)}).case
            cases[at], kept_numbers[at], kept_entries[at] = case, number, case.journal[0]
        del case, number
        with_cases = _traced()
        cases.clear()
        without = _traced()
    finally:
        tracemalloc.stop()
    assert len({entry.facts["amount"] for entry in kept_entries if entry is not None}) == len(kept_numbers) == count
    return (with_cases - without) / count, (without - before) / count


def _traced() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]
