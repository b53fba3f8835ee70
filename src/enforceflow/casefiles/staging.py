"""Setting the stage: the workflows and calendars of a case file, an engine for each case, and whether all fits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import attrs

from enforceflow.calendars.calendar import Calendar
from enforceflow.casefiles.fitting import RULE, Fit
from enforceflow.casefiles.format import Act, CaseFile, Named, Place, Scenario
from enforceflow.casefiles.host import AllRules, Host
from enforceflow.checking.findings import hint, shown
from enforceflow.definitions import Workflow
from enforceflow.engine.engine import Engine
from enforceflow.errors import UNKNOWN, DefinitionError, Problem
from enforceflow.reading import calendar, load

T = TypeVar("T")
_SUFFIX: Final = ".yaml"


@attrs.frozen
class Setup:
    """What a case is played with: an engine, and the host that answers its rules."""

    engine: Engine
    host: Host


@attrs.define
class Stage:
    """The workflows, calendars and engines of one file, each made once; what is wrong goes to `problems`."""

    file: CaseFile
    search: tuple[Path, ...]
    problems: list[Problem] = attrs.field(factory=list)
    _workflows: dict[str, Workflow | None] = attrs.field(factory=dict)
    _calendars: dict[str, Calendar | None] = attrs.field(factory=dict)
    _setups: dict[tuple[str, str], Setup | None] = attrs.field(factory=dict)

    def setups(self) -> dict[str, Setup]:
        """Return for each case, by its slug, what it is played with; raise `DefinitionError` if anything is wrong."""
        found = {scenario.slug: self._setup(scenario) for scenario in self.file.scenarios}
        ready = {slug: one for slug, one in found.items() if one is not None}
        if len(ready) == len(found):
            self._check_shared_rules(ready)
        kinds: dict[str, dict[str, str]] = {}
        for scenario in self.file.scenarios:
            kinds[scenario.slug] = _kinds(scenario, kinds)
            if scenario.slug in ready:
                programs = ready[scenario.slug].engine.programs
                Fit(scenario, programs, kinds[scenario.slug], self.problems).check()
        if self.problems:
            raise DefinitionError(self.problems)
        return ready

    def _setup(self, scenario: Scenario) -> Setup | None:
        given = scenario.given
        key = (given.workflow.name, given.calendar.name)
        if key not in self._setups:
            workflow = self._read(given.workflow, load, self._workflows)
            dates = self._read(given.calendar, calendar, self._calendars)
            made = None
            if workflow is not None and dates is not None:
                host = Host()
                made = Setup(Engine(workflow, calendar=dates, rules=AllRules(host)), host)
            self._setups[key] = made
        return self._setups[key]

    def _read(self, named: Named, read: Callable[..., T], known: dict[str, T | None]) -> T | None:
        """Read a workflow or a calendar; problems that stand in no file are told where it is named."""
        if named.name not in known:
            path = named.name.endswith(_SUFFIX)
            wanted = Path(self.file.place.file).parent / named.name if path else named.name
            known[named.name] = None
            try:
                known[named.name] = read(wanted, search=self.search)
            except DefinitionError as error:
                self.problems.extend(_placed(problem, named.place) for problem in error.problems)
        return known[named.name]

    def _check_shared_rules(self, setups: dict[str, Setup]) -> None:
        known = {rule for one in setups.values() for rule in one.engine.programs.rules}
        for scenario in self.file.scenarios:
            for rule, answer in scenario.given.rules.items():
                if answer.shared and rule not in known:
                    said = UNKNOWN(kind=RULE, name=shown(rule))
                    self.problems.append(answer.place.problem(said, hint(rule, sorted(known))))


def _placed(problem: Problem, place: Place) -> Problem:
    if problem.file:
        return problem
    return attrs.evolve(problem, file=place.file, line=place.line, column=place.column)


def _kinds(scenario: Scenario, earlier: dict[str, dict[str, str]]) -> dict[str, str]:
    """Return the kind of each track that the case names, or brings along from an earlier one."""
    found: dict[str, str] = {}
    if scenario.origin is not None:
        old = earlier.get(scenario.origin.origin.name, {})
        found = {one.name: old[one.name] for one in scenario.origin.carry if one.name in old}
    for item in scenario.items:
        if isinstance(item, Act) and item.kind:
            found.setdefault(item.track, item.kind)
    return found
