"""Reading time limits on a case: from the journal to the runs of each limit."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from enforceflow.calendars.calendar import Calendar
from enforceflow.calendars.moments import day_of
from enforceflow.cases.journal import NO_FACTS, Journal, Moment
from enforceflow.deadlines.lookups import Lookups
from enforceflow.deadlines.runs import Run, is_past
from enforceflow.deadlines.starts import OLD_END, Start, by_act, by_end, in_order
from enforceflow.deadlines.windows import Window
from enforceflow.definitions import ByAct, TimeLimit
from enforceflow.programs.program import Program, Programs
from enforceflow.programs.scenes import Scene

StatusOf = Callable[[Run], str]


class LimitReader:
    """Reads time limits on a case as it stands on one day, each limit once.

    `journal` holds the acts in reading order, none later than `today`. `status_of` tells the status of a run, for
    guards that look at the status of another limit.
    """

    def __init__(
        self, programs: Programs, calendar: Calendar, journal: Journal, today: Moment, status_of: StatusOf
    ) -> None:
        self.programs = programs
        self.calendar = calendar
        self.today = today
        self.lookups = Lookups(programs, journal, today)
        self._status_of = status_of
        self._runs: dict[tuple[str, str], list[Run]] = {}

    def present(self, address: str, program: Program, limit: TimeLimit) -> Run | None:
        """Return the present run of a limit on a track, or None if it never began."""
        runs = self.runs(address, program, limit)
        return runs[-1] if runs else None

    def runs(self, address: str, program: Program, limit: TimeLimit) -> list[Run]:
        """Return all runs of a limit on a track, earliest first."""
        key = (address, limit.name)
        found = self._runs.get(key)
        if found is None:
            found = self._runs[key] = list(self._read(address, program, limit))
        return found

    def status(self, scene: Scene, name: str) -> str | None:
        """Return the status of a limit of the scene's track, or None if it never began."""
        run = self.present(scene.address, scene.program, scene.program.workflow.time_limits[name])
        return None if run is None else self._status_of(run)

    def _read(self, address: str, program: Program, limit: TimeLimit) -> Iterator[Run]:
        starts = in_order(self._starts(address, limit))
        earlier: Run | None = None
        number = 0
        for index, start in enumerate(starts):
            following = starts[index + 1] if index + 1 < len(starts) and _goes_on(limit) else None
            if not self._applies(address, program, limit, start, following):
                continue
            begun = self._begun(limit, start, earlier)
            window = Window(self.lookups, self.calendar, address, program, limit, begun, following, number + 1)
            for run in window.runs():
                number, earlier = run.number, run
                yield run
            if earlier is not None and not limit.restarts:
                return

    def _begun(self, limit: TimeLimit, start: Start, earlier: Run | None) -> Start:
        """Return the start, moved to the old end if this is a renewal in time and the limit says so."""
        if earlier is None or limit.renew_from == "act" or is_past(start.moment, earlier.due):
            return start
        label = OLD_END(label=start.label)
        return attrs.evolve(start, moment=earlier.reckoning.raw, label=label, renewed=True)

    def _starts(self, address: str, limit: TimeLimit) -> Iterator[Start]:
        for anchor in limit.since or limit.before:
            if isinstance(anchor, ByAct):
                yield from self._act_starts(address, anchor)
                continue
            for place, owner in self.lookups.places(address, anchor.limit.track):
                other = owner.workflow.time_limits.get(anchor.limit.name)
                for run in () if other is None else self.runs(place, owner, other):
                    start = by_end(anchor, run.due, run.start.position, run.limit.title)
                    if limit.before or (run.ran_out_by(self.today) and not is_past(start.moment, self.today)):
                        yield start

    def _act_starts(self, address: str, anchor: ByAct) -> Iterator[Start]:
        journal = self.lookups.journal
        for place, owner in self.lookups.places(address, anchor.act.track):
            for position in journal.acts(place, anchor.act.event):
                title = owner.events[anchor.act.event][0].definition.title
                start = by_act(anchor, journal, position, title)
                if start is not None:
                    yield start

    def _applies(self, address: str, program: Program, limit: TimeLimit, start: Start, following: Start | None) -> bool:
        """Whether the limit's `when` holds for one start, by what was known before the next start."""
        condition = program.whens.get(limit.name)
        if condition is None:
            return True
        whole = self.lookups.journal
        journal = whole if following is None else whole.first(max(following.position, start.position + 1))
        day = day_of(start.moment)
        scene = Scene(self.programs, program, journal, address, day, NO_FACTS, _unknown, self.status)
        return condition.evaluate(scene) is True


def _goes_on(limit: TimeLimit) -> bool:
    """Tell whether the next start ends the stretch of the one before."""
    return limit.restarts and not limit.before


def _unknown(_rule: str, _scene: Scene) -> None:
    """Answer no rule: reading a time limit asks nobody, so a condition that rests on one stays undecided."""
