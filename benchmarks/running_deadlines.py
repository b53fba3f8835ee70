"""Reading twenty running deadlines off a journal of two hundred entries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import recording
from measuring import Batch, Effort, Figure, alternate, at_most, clocked, repeated
from wheel import DAY, FACTS, TITLE, drive, steps, workflow

import enforceflow
from enforceflow import ActRef, ByAct, Case, Dated, Engine, Period, Status, TimeLimit, Transition

WHEEL = 12
LIMITS = 20
ENTRIES = 200
LENGTHS = ("90 days", "60 workdays", "6 months", "1 year")


def figures(effort: Effort) -> Iterator[Figure]:
    event = recording.peer(effort)
    for label, (runner, case), target in (
        ("", _begun_once(), at_most(1)),
        (", each begun anew 16 times", _begun_often(), None),
    ):
        pairs = alternate(_read(runner, case, effort.of(20, 1)), event, effort)
        what = f"{LIMITS} running deadlines over {ENTRIES} entries{label}"
        yield Figure(what, tuple(1_000 * ours for ours, _ in pairs), target, "ms")
        yield Figure("(the same in events of a transitions machine)", tuple(ours / peer for ours, peer in pairs))


def _read(runner: Engine, case: Case, times: int) -> Batch:
    today = case.journal[-1].day + timedelta(days=1)
    deadlines = runner.deadlines(case, today=today)
    assert len(case.journal) == ENTRIES
    assert len(deadlines) == LIMITS
    assert {deadline.status for deadline in deadlines} == {Status.RUNNING}
    again = repeated(lambda: runner.deadlines(case, today=today), times)
    return lambda: clocked(again, times)


def _limit(number: int, since: str) -> TimeLimit:
    return TimeLimit(
        f"limit_{number}",
        title=TITLE,
        lasts=Dated.always(Period.parse(LENGTHS[number % len(LENGTHS)])),
        since=(ByAct(ActRef(since)),),
        met_by=(ActRef("conclude"),),
        warns=Period.parse("10 days"),
        source="民事诉讼法",
    )


def _begun_once() -> tuple[Engine, Case]:
    """Twenty acts begin a limit each, the other entries none."""
    serving = [Transition(f"serve_{number}", title=TITLE, from_=("any",)) for number in range(LIMITS)]
    runner = _engine([_limit(number, f"serve_{number}") for number in range(LIMITS)], serving)
    idle = ENTRIES // LIMITS - 1
    events = [event for number in range(LIMITS) for event in (*["home"] * idle, f"serve_{number}")]
    return runner, drive(runner, _filed(runner), events[1:])


def _begun_often() -> tuple[Engine, Case]:
    """Every entry begins one or two limits anew: of each limit 16 earlier runs must be read to find the present one."""
    runner = _engine([_limit(number, f"step_{number % WHEEL}") for number in range(LIMITS)], [])
    events = (steps(WHEEL) * (ENTRIES // WHEEL + 1))[: ENTRIES - 1]
    return runner, drive(runner, _filed(runner), events)


def _engine(limits: list[TimeLimit], also: list[Transition]) -> Engine:
    conclude = Transition("conclude", title=TITLE, from_=("any",))
    return Engine(workflow(WHEEL, also=[*also, conclude], limits=limits), calendar=enforceflow.calendar("cn"))


def _filed(runner: Engine) -> Case:
    return runner.record(runner.open("1"), "file", at=DAY, facts=FACTS).case
