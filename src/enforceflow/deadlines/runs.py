"""A run of a time limit: when it began, when it is due, what met, ended or paused it."""

from __future__ import annotations

from datetime import UTC, datetime

import attrs

from enforceflow.calendars.moments import day_of
from enforceflow.calendars.steps import Extension, Reckoning
from enforceflow.cases.journal import Entry, Moment
from enforceflow.deadlines.starts import Start
from enforceflow.definitions import TimeLimit


@attrs.frozen
class Run:
    """One run of a limit on a track.

    `met` is the entry that did what was due, in time or late; `ended` the moment from which the run no longer
    mattered (track or case closed, `until`, or restarted); `paused` the intervals left out, an open one ending on the
    day of reading.
    """

    limit: TimeLimit
    track: str
    number: int
    start: Start
    reckoning: Reckoning
    met: Entry | None = None
    ended: Moment | None = None
    lapsed: Entry | None = None
    paused: tuple[tuple[Moment, Moment], ...] = ()
    paused_now: bool = False
    extensions: tuple[Extension, ...] = ()

    @property
    def due(self) -> Moment:
        """The last day (or moment) of the run."""
        return self.reckoning.due

    @property
    def stopped(self) -> Moment | None:
        """When the run was met or ended, or None if it was not."""
        return self.met.at if self.met is not None else self.ended

    def ran_out_by(self, today: Moment) -> bool:
        """Return whether the last day has come, and nothing met or ended the run before it was over."""
        stopped = self.stopped
        return not is_past(self.due, today) and (stopped is None or is_past(stopped, self.due))


def is_past(moment: Moment, due: Moment) -> bool:
    """Return whether `moment` lies after the last day, or after the last minute where both have a time of day."""
    if isinstance(moment, datetime) and isinstance(due, datetime):
        return moment.astimezone(UTC) > due.astimezone(UTC)  # two moments of one zone would compare by the clock
    return day_of(moment) > day_of(due)
