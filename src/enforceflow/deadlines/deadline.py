"""Deadlines: time limits as they stand on a day, with their status and how they were computed."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

import attrs

from enforceflow.calendars.calendar import Calendar
from enforceflow.calendars.moments import Day, day_of
from enforceflow.calendars.reckoning import reckon
from enforceflow.calendars.steps import Reckoning, Step
from enforceflow.cases.journal import Journal, Moment
from enforceflow.deadlines.limits import LimitReader
from enforceflow.deadlines.runs import Run, is_past
from enforceflow.definitions import Nature, TimeLimit
from enforceflow.definitions.periods import Period, Unit
from enforceflow.expressions import LIMIT_STATUSES
from enforceflow.programs.program import Programs
from enforceflow.programs.scenes import program_at
from enforceflow.texts import Lang, Phrase


class Status(enum.StrEnum):
    """How a deadline stands on a day."""

    RUNNING = "running"
    DUE_SOON = "due_soon"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met_late"
    MISSED = "missed"
    ENDED = "ended"
    LAPSED = "lapsed"
    HAS_RUN = "has_run"

    def text(self, lang: Lang) -> str:
        """Return the status in words."""
        return LIMIT_STATUSES[self].text(lang)


OVER: Final = frozenset({Status.MET, Status.MET_LATE, Status.ENDED, Status.LAPSED, Status.HAS_RUN})
"""The statuses after which a run asks nothing more of anybody."""


@attrs.frozen
class Deadline:
    """A time limit read on a case on a day.

    `number` counts the runs of the limit on the track from 1. `reckoning` tells how the end was computed; its `since`,
    `due` (the last day, a `date`, or moment, an aware `datetime` in the calendar's zone), `raw` (before it moved off
    rest days), `steps`, `edition` and `provisional` are here too. `met` and `ended` are when an act met the limit and
    when it stopped to apply (ended early, or lapsed); `paused` holds the stretches left out.
    """

    limit: TimeLimit
    track: str
    number: int
    status: Status
    reckoning: Reckoning
    met: Moment | None = None
    met_by: str = ""
    ended: Moment | None = None
    paused: tuple[tuple[Moment, Moment], ...] = ()

    @property
    def name(self) -> str:
        """The limit as one writes it: `conclusion`, or `asset/A1.seizure`."""
        return f"{self.track}.{self.limit.name}" if self.track else self.limit.name

    @property
    def since(self) -> Moment:
        """What the period was laid on."""
        return self.reckoning.since

    @property
    def due(self) -> Moment:
        """The last day, or the last moment of a limit in hours."""
        return self.reckoning.due

    @property
    def raw(self) -> Moment:
        """The end before it moved off rest days."""
        return self.reckoning.raw

    @property
    def steps(self) -> tuple[Step, ...]:
        """How the end was computed."""
        return self.reckoning.steps

    @property
    def edition(self) -> str:
        """The calendar and its newest notice."""
        return self.reckoning.edition

    @property
    def provisional(self) -> bool:
        """Whether days decided that no notice covers yet."""
        return self.reckoning.provisional

    def text(self, lang: Lang) -> str:
        """Return the deadline in words: what is due when and how it stands, each step, source and calendar."""
        heading = HEADING(name=self.name, title=self.limit.title, due=Day(self.due), status=self.status)
        closing = CLOSING(source=self.limit.source, edition=self.edition)
        return "\n".join([heading.text(lang), *self.reckoning.lines(lang), "  " + closing.text(lang)])

    def __str__(self) -> str:
        return self.text("en")


HEADING: Final = Phrase(zh="{name} {title}：{due}届满 · {status}", en="{name} ({title}): due {due} · {status}")
CLOSING: Final = Phrase(zh="依据 {source} · 日历 {edition}", en="source {source} · calendar {edition}")


def status_of(run: Run, today: Moment, calendar: Calendar, warns: Period | None = None) -> Status:
    """Return how a run stands on a day; `warns` is for a limit that does not say how long before the end it warns."""
    if run.met is not None:
        return Status.MET_LATE if is_past(run.met.at, run.due) else Status.MET
    if run.lapsed is not None:
        return Status.LAPSED
    if run.ended is not None and not is_past(run.ended, run.due):
        return Status.ENDED
    if is_past(today, run.due):
        return Status.MISSED if run.limit.nature is Nature.ACT and run.limit.met_by else Status.HAS_RUN
    if run.paused_now:
        return Status.PAUSED
    ahead = run.limit.warns or warns
    return Status.DUE_SOON if ahead is not None and _warns(run, today, calendar, ahead) else Status.RUNNING


def _warns(run: Run, today: Moment, calendar: Calendar, warns: Period) -> bool:
    if warns.unit is Unit.DAY:
        return day_of(today) >= day_of(run.due) - timedelta(days=warns.amount)
    if warns.unit.is_clock and not isinstance(run.due, datetime):  # a day's end, warned of in hours: the day before
        return day_of(today) >= day_of(run.due) - timedelta(days=1)
    return not is_past(reckon(calendar, run.due, warns, rolls=False, back=True).due, today)


def deadline_of(run: Run, today: Moment, calendar: Calendar, warns: Period | None = None) -> Deadline:
    """Return a run as a deadline; `warns` as for `status_of`."""
    status = status_of(run, today, calendar, warns)
    return Deadline(
        run.limit,
        run.track,
        run.number,
        status,
        run.reckoning,
        met=None if run.met is None else run.met.at,
        met_by="" if run.met is None else run.met.event,
        ended=run.ended if status in (Status.ENDED, Status.MISSED) else None if run.lapsed is None else run.lapsed.at,
        paused=run.paused,
    )


def reader_of(programs: Programs, calendar: Calendar, journal: Journal, today: Moment) -> LimitReader:
    """Return a reader of the limits of a case on a day; acts later than that day are left out."""
    known = up_to(journal, today)
    return LimitReader(programs, calendar, known, today, lambda run: str(status_of(run, today, calendar)))


def up_to(journal: Journal, today: Moment) -> Journal:
    """Return the part of a journal in reading order that lies on or before a day or moment."""
    length = len(journal)
    while length and is_past(journal[length - 1].at, today):
        length -= 1
    return journal.first(length)


def read(reader: LimitReader, *, earlier: bool = False) -> Iterator[Deadline]:
    """Yield the deadlines of all tracks in the order of opening: of each limit the present run, or all runs."""
    journal = reader.lookups.journal
    for address in journal.tracks():
        program = program_at(reader.programs, journal, address)
        for limit in () if program is None else program.workflow.time_limits.values():
            runs = reader.runs(address, program, limit) if program is not None else []
            for run in runs if earlier else runs[-1:]:
                yield deadline_of(run, reader.today, reader.calendar)
