"""Opening a case, against registering a model with a transitions machine; and with many cases alive."""

from __future__ import annotations

from collections.abc import Iterator

from measuring import Batch, Effort, Figure, at_least, at_most, clocked, exhaust, ratios
from wheel import Model, drive, engine, fire, machine, opened

from enforceflow import Case

STATES = 12
AT_ONCE = 100
"""So many models are alive at a time; they are removed again outside the clock."""


def figures(effort: Effort) -> Iterator[Figure]:
    yield Figure(
        "opening a case, transitions add_model / open", ratios(_add_models(effort), _open(effort), effort), at_least(50)
    )
    yield Figure(
        "the same with the first act, transitions / enforceflow",
        ratios(_add_and_fire(effort), _open_and_record(effort), effort),
    )
    many = effort.of(100_000, 1_000)
    measured = ratios(_open_beside(many, effort), _open_beside(AT_ONCE, effort), effort)
    yield Figure(f"opening with {many:,} cases alive / {AT_ONCE}", measured, at_most(1.2))


def _open(effort: Effort) -> Batch:
    runner = engine(STATES)
    numbers = [f"(2026)京01执{number}号" for number in range(effort.of(20_000, AT_ONCE))]
    assert runner.open("1") == Case("1", runner.open("2").pin)
    return lambda: clocked(lambda: exhaust(map(runner.open, numbers)), len(numbers))


def _open_and_record(effort: Effort) -> Batch:
    runner = engine(STATES)
    count = effort.of(2_000, AT_ONCE)
    return lambda: clocked(lambda: exhaust(opened(runner) for _ in range(count)), count)


def _add_models(effort: Effort) -> Batch:
    shared = machine(STATES)

    def round_of() -> float:
        models = [Model() for _ in range(AT_ONCE)]
        taken = clocked(lambda: exhaust(map(shared.add_model, models)), AT_ONCE)
        shared.remove_model(models)
        return taken

    return lambda: _mean(round_of() for _ in range(effort.of(5, 1)))


def _add_and_fire(effort: Effort) -> Batch:
    shared = machine(STATES)

    def work(models: list[Model]) -> None:
        for model in models:
            shared.add_model(model)
            fire(model, ["step_0"])

    def round_of() -> float:
        models = [Model() for _ in range(AT_ONCE)]
        taken = clocked(lambda: work(models), AT_ONCE)
        shared.remove_model(models)
        return taken

    return lambda: _mean(round_of() for _ in range(effort.of(5, 1)))


def _open_beside(alive: int, effort: Effort) -> Batch:
    """Open cases that stay, beside so many others that were driven a step each."""
    runner = engine(STATES)
    filed = opened(runner)
    count = effort.of(10_000, AT_ONCE)

    def batch() -> float:
        others = [runner.open(f"{number}") for number in range(alive - 1)]
        others.append(drive(runner, filed, ["step_0"]))
        kept: list[Case] = []
        taken = clocked(lambda: kept.extend(runner.open("new") for _ in range(count)), count)
        assert (len(others), len(kept)) == (alive, count)
        return taken

    return batch


def _mean(times: Iterator[float]) -> float:
    found = list(times)
    return sum(found) / len(found)
