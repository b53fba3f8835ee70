"""Recording as things grow: the definition, the journal, the tracks."""

from __future__ import annotations

import itertools
import pickle
from collections.abc import Iterator

from measuring import Batch, Effort, Figure, at_most, clocked, ratios
from wheel import DAY, FACTS, TITLE, WEEKDAYS, drive, engine, fire, machine, model_of, opened, steps, workflow

from enforceflow import Case, Engine, State, Transition, Workflow
from enforceflow.definitions import by_name

WHEEL = 12


def figures(effort: Effort) -> Iterator[Figure]:
    yield from _by_states(effort.of(1_000, 100), effort)
    many = effort.of(10_000, 300)
    measured = ratios(_on_long_journal(many, effort), _on_short_journals(effort), effort)
    yield Figure(f"record on a journal of {many:,} entries / empty", measured, at_most(1.5))
    many = effort.of(600, 6)
    measured = ratios(_on_tracks(many, effort), _on_tracks(1, effort), effort)
    yield Figure(f"record with {many:,} tracks / 1", measured, at_most(1.5))


def _by_states(many: int, effort: Effort) -> Iterator[Figure]:
    """Go round the whole wheel, which touches many times the memory, then round a dozen of its states."""
    around, few = _with_states(many, steps(many), effort), _with_states(WHEEL, steps(WHEEL), effort)
    yield Figure(f"record at {many:,} states / {WHEEL}", ratios(around, few, effort), at_most(1.2))
    measured = ratios(_peer_with_states(many, effort), _peer_with_states(WHEEL, effort), effort)
    yield Figure("(the same of a transitions machine)", measured)
    near = [*steps(WHEEL - 1), "home"]
    measured = ratios(_with_states(many, near, effort), _with_states(WHEEL, near, effort), effort)
    yield Figure("(the same acts at either size)", measured)


def _with_states(states: int, around: list[str], effort: Effort) -> Batch:
    """Drive a case that has been round already, so that at either size no act is new to its journal."""
    runner = engine(states)
    start = drive(runner, opened(runner), around)
    events = list(itertools.islice(itertools.cycle(around), effort.of(4_000, 100)))

    def batch() -> float:
        case = drive(runner, start, around)  # outside the clock: the first act copies what `start` shares
        return clocked(lambda: drive(runner, case, events), len(events))

    return batch


def _peer_with_states(states: int, effort: Effort) -> Batch:
    model = model_of(machine(states))
    events = list(itertools.islice(itertools.cycle(steps(states)), effort.of(4_000, 100)))

    def batch() -> float:
        fire(model, ["home"])
        model.history.clear()
        return clocked(lambda: fire(model, events), len(events))

    return batch


def _on_long_journal(length: int, effort: Effort) -> Batch:
    runner = engine(WHEEL)
    events = list(itertools.islice(itertools.cycle(steps(WHEEL)), length - 1))
    long = drive(runner, opened(runner), events)
    _check_values(long, length)
    onward = [events[0], "home"] * effort.of(1_000, 20)

    def batch() -> float:
        case = drive(runner, long, ["home"])  # outside the clock: it copies what `long` shares
        return clocked(lambda: drive(runner, case, onward), len(onward))

    return batch


def _on_short_journals(effort: Effort) -> Batch:
    """Drive many new cases a little way each, by the same acts."""
    runner = engine(WHEEL)
    onward = ["step_0", "home"] * 20

    def batch() -> float:
        cases = [drive(runner, opened(runner), ["home", *onward[:2]]) for _ in range(effort.of(50, 1))]
        return clocked(lambda: [drive(runner, case, onward) for case in cases], len(cases) * len(onward))

    return batch


def _check_values(case: Case, length: int) -> None:
    """Check that a long journal is still a value: compared, hashed, shown and pickled without recursing into itself."""
    assert len(case.journal) == length
    again = pickle.loads(pickle.dumps(case))  # noqa: S301  just written here
    assert again == case
    assert hash(again) == hash(case)
    assert repr(case.journal).count("Entry(") == length
    assert repr(again.journal) == repr(case.journal)


def _on_tracks(tracks: int, effort: Effort) -> Batch:
    """Go round the wheel on every track in turn, one act each."""
    runner = _with_track_wheel()
    addresses = [f"asset/{number}" for number in range(tracks)]
    case = runner.record(runner.open("1"), "file", at=DAY).case
    for address in addresses:
        case = runner.record(case, "file", at=DAY, track=address, facts=FACTS).case
        case = drive(runner, case, steps(WHEEL), address)
    start = case
    assert start.tracks("asset") == addresses
    turns = [(event, address) for event in steps(WHEEL) for address in addresses]
    turns *= max(1, effort.of(4_000, 10) // len(turns))

    def batch() -> float:
        forked = runner.record(start, "note", at=DAY).case  # outside the clock: it copies what `start` shares
        return clocked(lambda: _take_turns(runner, forked, turns), len(turns))

    return batch


def _take_turns(runner: Engine, case: Case, turns: list[tuple[str, str]]) -> None:
    record = runner.record
    for event, address in turns:
        case = record(case, event, at=DAY, track=address).case


def _with_track_wheel() -> Engine:
    case = Workflow(
        "wheel/with_assets",
        edition="1",
        title=TITLE,
        states=by_name([State("open", title=TITLE)]),
        transitions=by_name(
            [Transition("file", title=TITLE, to="open"), Transition("note", title=TITLE, from_=("open",))]
        ),
        tracks={"asset": {"asset": workflow(WHEEL, "wheel/asset")}},
    )
    return Engine(case, calendar=WEEKDAYS)
