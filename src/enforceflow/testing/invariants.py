"""What holds for every case of every workflow, whatever was recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Final

from enforceflow.cases.case import ROOT, Case
from enforceflow.cases.journal import Entry, LinkKind, Moment
from enforceflow.deadlines.deadline import Deadline, Status
from enforceflow.deadlines.runs import is_past
from enforceflow.definitions import CARRIED_OVER
from enforceflow.engine.engine import Engine
from enforceflow.engine.replaying import program_of
from enforceflow.errors import EnforceflowError
from enforceflow.programs.program import Program
from enforceflow.saving import from_plain, to_plain

_WAITING: Final = frozenset({Status.RUNNING, Status.DUE_SOON, Status.PAUSED})


class Broken(AssertionError):
    """Something that holds for every case did not hold."""


def hold(told: str, *, it_holds: bool) -> None:
    """Raise `Broken` if it does not hold."""
    if not it_holds:
        raise Broken(told)


def check_case(engine: Engine, case: Case) -> None:
    """Check what holds for a case by itself: its order, its states, its derived acts, and that it is saved whole."""
    entries = list(case.reading)
    days = [entry.day for entry in entries]
    hold("the acts are not in the order in which they happened", it_holds=days == sorted(days))
    for position, entry in enumerate(entries):
        program = program_of(engine.programs, case.reading.first(position), entry)
        _check_entry(program, entry)
    read = Case.of(case.number, case.pin, case.journal, case.origin)
    hold("read from its entries, the case reads otherwise", it_holds=read.reading == case.reading)
    saved = from_plain(json.loads(json.dumps(to_plain(case))), engine)
    hold("saved and read back, it is another case", it_holds=saved == case and saved.reading == case.reading)


def _check_entry(program: Program | None, entry: Entry) -> None:
    where = f"{entry.event} on {entry.track or 'the case'}"
    if program is None:
        raise Broken(f"{where} belongs to no workflow")
    known = entry.state in program.workflow.states or entry.state == CARRIED_OVER
    hold(f"{where} led to the unknown state {entry.state!r}", it_holds=known)
    follows = any(limit.if_missed == entry.event for limit in program.workflow.time_limits.values())
    raised = entry.link is not None and entry.link.kind is LinkKind.RAISED_BY
    hold(f"{where} follows from no limit, but is derived", it_holds=not entry.derived or follows or raised)


def check_reading(engine: Engine, case: Case, today: Moment) -> None:
    """Check what holds for a case read on a day: its deadlines, and that a sweep changes nothing of them."""
    try:
        deadlines = engine.deadlines(case, today=today, earlier=True)
        present = engine.deadlines(case, today=today)
        engine.nodes(case, today=today)
        engine.irregularities(case)
        swept = engine.sweep(case, today=today).case
    except EnforceflowError as error:
        raise Broken(f"on {today} the case cannot be read: {error}") from error
    for deadline in deadlines:
        _check_deadline(engine, deadline, today)
    for told in _misnumbered(deadlines, present):
        raise Broken(told)
    _check_swept(engine, case, swept, today)


def _check_deadline(engine: Engine, deadline: Deadline, today: Moment) -> None:
    due, status, limit = deadline.due, deadline.status, deadline.limit
    told = f"{deadline.name} since {deadline.since} is {status} on {today} and due {due}"
    if type(due) is date and limit.moves_off_rest_days:
        hold(f"{told}, a rest day", it_holds=engine.calendar.is_workday(due))
    if status in _WAITING or status in (Status.MISSED, Status.HAS_RUN):
        hold(told, it_holds=is_past(today, due) is (status not in _WAITING))
    if status in (Status.MET, Status.MET_LATE):
        hold(told, it_holds=deadline.met is not None and is_past(deadline.met, due) is (status is Status.MET_LATE))
    if status is Status.ENDED:
        hold(told, it_holds=deadline.ended is not None and not is_past(deadline.ended, due))
    hold(f"{told}, with no steps", it_holds=len(deadline.steps) > 1 and bool(deadline.steps[0].text("zh")))


def _misnumbered(deadlines: list[Deadline], present: list[Deadline]) -> Iterator[str]:
    last: dict[str, Deadline] = {}
    for deadline in deadlines:
        before = last.get(deadline.name)
        if deadline.number != (1 if before is None else before.number + 1):
            yield f"run {deadline.number} of {deadline.name} is out of turn"
        last[deadline.name] = deadline
    if present != list(last.values()):
        yield "the present runs are not the last ones"


def _check_swept(engine: Engine, case: Case, swept: Case, today: Moment) -> None:
    hold("a sweep took entries away", it_holds=swept.journal[: len(case.journal)] == case.journal[:])
    unswept, after = engine.as_of(case, today), engine.as_of(swept, today)
    for track in (ROOT, *after.tracks()):
        told = f"swept, {track or 'the case'} stands elsewhere"
        hold(told, it_holds=unswept.state_of(track) == after.state_of(track))
    same = engine.deadlines(case, today=today) == engine.deadlines(swept, today=today)
    hold("swept, the deadlines read otherwise", it_holds=same)
    hold("swept twice, more follows", it_holds=engine.sweep(swept, today=today).case == swept)
    check_case(engine, swept)
