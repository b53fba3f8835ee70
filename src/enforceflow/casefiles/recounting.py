"""From the case before and after a step to what the step did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from enforceflow.casefiles.story import Changes, Told
from enforceflow.casefiles.subjects import programs_of
from enforceflow.cases.case import Case
from enforceflow.cases.journal import Entry, LinkKind, Moment
from enforceflow.deadlines.deadline import Deadline, Status
from enforceflow.engine.engine import Engine
from enforceflow.engine.recording import derivation
from enforceflow.programs.scenes import program_at
from enforceflow.texts import Title

_CARRY_OVER: Final = Title("转入他案", "Carry over")
_CARRIED_OVER: Final = Title("已转入他案", "Carried over")
_Key = tuple[str, str, int]


@attrs.define
class Recounter:
    """Compares a case before and after each step, and remembers what it has told."""

    engine: Engine
    _told: set[_Key] = attrs.field(factory=set)
    _lapsed: set[object] = attrs.field(factory=set)

    def changes(self, before: Case, after: Case, at: Moment) -> Changes:
        """Return what happened to the deadlines, read on the day of the step."""
        old = self._runs(before, at)
        new = old if after is before else self._runs(after, at)
        both = [(old[key], run) for key, run in new.items() if key in old]
        met = {key: run for key, run in new.items() if run.met and not (key in old and old[key].met == run.met)}
        missed = {key: run for key, run in new.items() if run.status is Status.MISSED and self._is_news(key, old)}
        self._told.update(met, missed)
        return Changes(
            started=tuple(run for key, run in new.items() if key not in old),
            met=tuple(met.values()),
            moved=tuple((was, run) for was, run in both if was.due != run.due and not run.met),
            ended=tuple(run for was, run in both if run.status is Status.ENDED and was.status is not Status.ENDED),
            missed=tuple(missed.values()),
        )

    def _is_news(self, key: _Key, old: Mapping[_Key, Deadline]) -> bool:
        """Tell whether a deadline that is missed was not told before as missed or met, or was met until this step."""
        return key not in self._told or (key in old and old[key].met is not None)

    def lapses(self, case: Case, entries: Iterable[Entry], at: Moment) -> tuple[Told, ...]:
        """Return the acts that followed by themselves up to a day, each told once."""
        swept = self.engine.sweep(case, today=at)
        following = [entry for entry in (*entries, *swept.entries) if entry.derived and not _is_withdrawal(entry)]
        keyed = {derivation(swept.case.journal, entry): entry for entry in following}
        unseen = {key: entry for key, entry in keyed.items() if key not in self._lapsed}
        self._lapsed.update(unseen)
        return tuple(self.told(swept.case, entry) for entry in unseen.values())

    def told(self, case: Case, entry: Entry) -> Told:
        """Return an entry with its titles."""
        programs = self.engine.programs
        program = program_at(programs, case.reading, entry.track) or programs.root
        act = program.transitions.get(entry.transition)
        state = program.workflow.states.get(entry.state)
        return Told(
            entry,
            _CARRY_OVER if act is None else act.definition.title,
            _CARRIED_OVER if state is None else state.title,
            () if act is None else act.effects,
        )

    def title(self, track: str, event: str) -> Title:
        """Return what an act on a track is called."""
        programs = programs_of(self.engine.programs, track, {})
        found = [act.definition.title for program in programs for act in program.events.get(event, ())]
        return found[0] if found else Title(event, event)

    def _runs(self, case: Case, at: Moment) -> dict[_Key, Deadline]:
        runs = self.engine.deadlines(case, today=at, earlier=True)
        return {(run.track, run.limit.name, run.number): run for run in runs}


def is_act(entry: Entry) -> bool:
    """Tell whether an entry is the act that was asked for, not one that followed from it."""
    return not entry.derived and (entry.link is None or entry.link.kind is LinkKind.REPLACES)


def _is_withdrawal(entry: Entry) -> bool:
    return entry.link is not None and entry.link.kind is LinkKind.WITHDRAWS
