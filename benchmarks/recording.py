"""Recording an act: guard, prerequisite, effect and entry, against an event of a transitions machine."""

from __future__ import annotations

from collections.abc import Iterator

from measuring import Batch, Effort, Figure, at_least, clocked, ratios
from wheel import Model, drive, engine, fire, machine, model_of, opened, steps

STATES = 12


def figures(effort: Effort) -> Iterator[Figure]:
    _check_same_history()
    measured = ratios(peer(effort), own(effort), effort)
    yield Figure("events a second, record / transitions", measured, at_least(1, aim=2))


def own(effort: Effort) -> Batch:
    runner = engine(STATES)
    start, events = opened(runner), steps(STATES) * effort.of(400, 2)
    return lambda: clocked(lambda: drive(runner, start, events), len(events))


def peer(effort: Effort) -> Batch:
    model, events = model_of(machine(STATES)), steps(STATES) * effort.of(400, 2)

    def batch() -> float:
        model.history.clear()
        return clocked(lambda: fire(model, events), len(events))

    return batch


def _check_same_history() -> None:
    events = [*steps(STATES), "step_0", "step_1", "back", "home", *steps(STATES)]
    runner = engine(STATES)
    case = drive(runner, opened(runner), events)
    model: Model = model_of(machine(STATES))
    fire(model, events)
    ours = [(entry.event, entry.state, entry.at) for entry in case.journal[1:]]
    assert ours == [(event, to, at) for event, _, to, at in model.history]
    outcome = runner.record(case, "step_0", at=model.history[0][3])
    assert [effect.name for effect in outcome.effects] == ["tell_the_parties"]
