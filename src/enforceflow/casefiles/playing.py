"""Playing a case file: every case recorded act by act, and every expectation checked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import attrs

from enforceflow.casefiles.assumptions import Dates, has_windows
from enforceflow.casefiles.expectations import Check
from enforceflow.casefiles.format import Aspect, CarryOver, CaseFile, Expectation, Scenario
from enforceflow.casefiles.loading import told
from enforceflow.casefiles.performing import Performance
from enforceflow.casefiles.staging import Setup, Stage
from enforceflow.casefiles.story import Play, Playback, PlayedCase
from enforceflow.cases.case import Case
from enforceflow.cases.journal import Moment
from enforceflow.errors import DefinitionError, Problem
from enforceflow.texts import Phrase

STOPPED: Final = Phrase(zh="“{slug}”没有进行到底", en="that {slug!s} stopped before its end")


def play(case_file: CaseFile, *, today: Moment | None = None, search: Sequence[Path] = ()) -> Playback:
    """Play every case of a file and check what it expects.

    `today` is the day of the final expectations of every case, whatever the file says. Workflows and calendars are
    looked up in the directories `search` before those of the library. Raises `DefinitionError` with everything that
    cannot be played, where it stands: names that a workflow does not have, values that are not of their type, rules
    that are asked and not answered, what is wrong with the workflows themselves.
    """
    try:
        setups = Stage(case_file, tuple(search)).setups()
        return _Theatre(case_file, setups, today).playback()
    except DefinitionError as error:
        raise DefinitionError(told(list(error.problems))) from error


@attrs.define
class _Theatre:
    """The cases of a file while they are played one after the other."""

    file: CaseFile
    setups: dict[str, Setup]
    today: Moment | None
    _dates: dict[str, tuple[Dates, ...]] = attrs.field(factory=dict)
    _ends: dict[tuple[str, Dates], Case | None] = attrs.field(factory=dict)
    """The case as each play left it, with what was carried over since; None if the play stopped."""

    def playback(self) -> Playback:
        problems: list[Problem] = []
        cases: list[PlayedCase] = []
        broken: set[str] = set()
        for scenario in self.file.scenarios:
            if scenario.origin is not None and scenario.origin.origin.name in broken:
                broken.add(scenario.slug)
                continue
            try:
                cases.append(self._played(scenario))
            except DefinitionError as error:
                broken.add(scenario.slug)
                problems.extend(error.problems)
        if problems:
            raise DefinitionError(problems)
        return Playback(self.file, tuple(cases))

    def _played(self, scenario: Scenario) -> PlayedCase:
        before = () if scenario.origin is None else self._dates[scenario.origin.origin.name]
        every = has_windows(scenario.items) or len(before) > 1
        self._dates[scenario.slug] = tuple(Dates) if every else (Dates.AS_WRITTEN,)
        plays = tuple(self._play(scenario, dates) for dates in self._dates[scenario.slug])
        for dates in Dates:  # a later case may have windows where this one has none
            self._ends.setdefault((scenario.slug, dates), _end(plays[0]))
        return PlayedCase(scenario, self.setups[scenario.slug].engine.workflow, plays)

    def _play(self, scenario: Scenario, dates: Dates) -> Play:
        performance = Performance.of(scenario, self.setups[scenario.slug], dates)
        if scenario.origin is not None:
            self._open(performance, scenario.origin, dates)
        played = performance.play(self.today)
        self._ends[scenario.slug, dates] = _end(played)
        return played

    def _open(self, performance: Performance, origin: CarryOver, dates: Dates) -> None:
        name = origin.origin.name
        old = self._ends[name, dates]
        if old is None:
            slug, place = performance.scenario.slug, origin.place
            expected = Expectation(Aspect.RECORDED, slug, wanted=True, place=place, key=place)
            performance.stop(Check(expected, holds=False, found=STOPPED(slug=name), dates=dates), origin.at)
        else:
            self._ends[name, dates] = performance.open_from(origin, old)


def _end(played: Play) -> Case | None:
    return None if played.stopped else played.case
