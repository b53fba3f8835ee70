"""Time applies itself: acts that follow from validity terms which ran out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Final

from enforceflow.calendars.moments import day_of
from enforceflow.cases.case import follower
from enforceflow.cases.journal import Entry, Journal, Moment
from enforceflow.deadlines.deadline import reader_of
from enforceflow.deadlines.limits import LimitReader
from enforceflow.deadlines.runs import Run, is_past
from enforceflow.engine.asking import Request
from enforceflow.engine.recording import Draft, record
from enforceflow.engine.setting import Setting
from enforceflow.errors import EnforceflowError
from enforceflow.programs.scenes import program_at
from enforceflow.texts import Phrase

_MOST: Final = 20_000
TOO_MANY = Phrase(
    zh="至{day}已有超过 {most} 个行为自动发生；请检查 if_missed 是否循环",
    en="more than {most} acts follow by themselves by {day}; does an if_missed feed itself?",
)


def apply_lapses(draft: Draft, setting: Setting, until: Moment, recorded_at: Moment) -> None:
    """Add to a draft every lapse due before a day or moment, earliest first, each as a derived act.

    A term is over with its last day: the act that follows is dated the day after it (the very moment for hours).
    """
    settle(draft, setting)
    if draft.lapses_from is None or day_of(until) < draft.lapses_from:
        return
    blocked: set[tuple[str, str, Moment]] = set()
    for _ in range(_MOST):
        reader = reader_of(setting.programs, setting.calendar, draft.reading, until)
        pending = [run for address in draft.reading.tracks() for run in _pending(reader, address)]
        fitting = [run for run in pending if (run.track, run.limit.name, run.due) not in blocked]
        following = [
            (at, run)
            for run in fitting
            if is_past(until, run.due) and not is_past(at := _follows_at(draft, run), until)
        ]
        if not following:
            # what could not follow yet may follow after any act
            restless = blocked or setting.programs.restless
            draft.lapses_from = date.min if restless else min((day_of(run.due) for run in fitting), default=None)
            return
        following.sort(key=_turn)
        first = following[0][0]
        for at, run in (pair for pair in following if pair[0] == first):
            before = len(draft.reading)
            if not _lapse(draft, setting, run, at, recorded_at):
                blocked.add((run.track, run.limit.name, run.due))
                break
            blocked.clear()
            if len(draft.reading) != before + 1:
                break  # it raised other acts: what else follows is to be seen anew
    raise EnforceflowError(TOO_MANY(day=day_of(until), most=_MOST))


def settle(draft: Draft, setting: Setting) -> None:
    """Bring forward the first day on which something may lapse, for the tracks on which a term was started."""
    started, draft.started = draft.started, ()
    for address in started:
        reader = reader_of(setting.programs, setting.calendar, draft.reading, draft.reading[-1].at)
        for run in _pending(reader, address):
            due = day_of(run.due)
            draft.lapses_from = due if draft.lapses_from is None else min(due, draft.lapses_from)


def _pending(reader: LimitReader, address: str) -> Iterator[Run]:
    program = program_at(reader.programs, reader.lookups.journal, address)
    for limit in () if program is None else program.lapsing:
        run = None if program is None else reader.present(address, program, limit)
        if run is not None and _may_lapse(run):
            yield run


def _may_lapse(run: Run) -> bool:
    stopped = run.stopped
    return run.lapsed is None and (stopped is None or is_past(stopped, run.due))


def _follows_at(draft: Draft, run: Run) -> Moment:
    """Return when the act of a term that ran out follows: when it is over, but not before what made it possible."""
    day = day_of(run.due)
    last = draft.reading[-1]
    before = last.derived and follower(draft.journal, last) < (run.track, run.limit.if_missed)
    unpassed = not any(is_past(entry.at, run.due) for entry in _since(day, draft.reading))
    if isinstance(run.due, datetime) and unpassed and (before or not last.derived or last.at != run.due):
        return run.due
    at = day + timedelta(days=1)
    first_on_its_day = last.day < at or (last.at == at and before)
    return at if first_on_its_day else last.day + timedelta(days=1)


def _turn(following: tuple[Moment, Run]) -> tuple[date, time, str, str]:
    """Return where an act that follows by itself stands among others, as a case is read."""
    at, run = following
    return day_of(at), at.time() if isinstance(at, datetime) else time.min, run.track, run.limit.if_missed


def _since(day: date, reading: Journal) -> Iterator[Entry]:
    """Yield the acts from a day on, backwards."""
    return takewhile(lambda entry: entry.day >= day, reversed(reading))


def _lapse(draft: Draft, setting: Setting, run: Run, at: Moment, recorded_at: Moment) -> bool:
    """Record the act of a term that ran out; return whether it could follow from where the track stands."""
    rewind = draft.mark()
    refused = record(
        draft, setting, Request(run.limit.if_missed, at, run.track, automatic=True), recorded_at, derived=True
    )
    if refused is None:
        return True
    rewind()
    return False
