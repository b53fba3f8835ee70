"""Whether a case fits its workflow: every track, act, fact, rule, limit and node that it names is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import attrs

from enforceflow.casefiles.format import (
    Act,
    Aspect,
    Correction,
    Expectation,
    GivenAnswer,
    Look,
    Place,
    RawFact,
    Scenario,
)
from enforceflow.casefiles.subjects import programs_of, split
from enforceflow.checking.findings import hint, shown
from enforceflow.definitions import CASE
from enforceflow.definitions.facts import coerce
from enforceflow.errors import UNKNOWN, InvalidValue, Problem
from enforceflow.programs.program import EVENT, FACT, KIND, LIMIT, TRACK, Program, Programs
from enforceflow.texts import Bilingual, Phrase, Title

RULE: Final = Title("规则", "rule")
_ROLE: Final = Title("角色", "role")
_NODE: Final = Title("节点", "node")
_OF_LIMITS: Final = (Aspect.DUE, Aspect.STATUS, Aspect.EARLIER, Aspect.PROVISIONAL, Aspect.ABSENT)
_OF_ACTS: Final = (Aspect.OPEN, Aspect.NOT_OPEN)

NO_ADDRESS = Phrase(
    zh="“{name}”是一类事项；请写作 {name}/编号",
    en="{name!s} is a name of tracks; write one of them, such as {name!s}/1",
)
WHICH_KIND = Phrase(zh="缺少 kind：{track} 应写明种类（{kinds}）", en="kind is missing: {track!s} is one of {kinds!s}")


@attrs.frozen
class Fit:
    """One case laid beside its workflow; what does not fit goes to `problems`.

    `kinds` tells the kind of each track that an act of the case names, or that it was opened with.
    """

    scenario: Scenario
    programs: Programs
    kinds: Mapping[str, str]
    problems: list[Problem]

    def check(self) -> None:
        """Check every name of the case."""
        own = {rule: answer for rule, answer in self.scenario.given.rules.items() if not answer.shared}
        self._rules(own)
        for item in self.scenario.items:
            if isinstance(item, Act):
                self._act(item)
            elif isinstance(item, Correction):
                self._correction(item)
            elif isinstance(item, Look):
                self._rules(item.rules)
            for expected in item.expect:
                self._expected(expected)
        for expected in self.scenario.expect:
            self._expected(expected)

    def _unknown(self, place: Place, kind: Bilingual, name: str, known: Collection[str]) -> None:
        said = UNKNOWN(kind=kind, name=shown(name))
        self.problems.append(place.problem(said, hint(name, sorted(known))))

    def _rules(self, rules: Mapping[str, GivenAnswer]) -> None:
        for rule, answer in rules.items():
            if rule not in self.programs.rules:
                self._unknown(answer.place, RULE, rule, self.programs.rules)

    def _act(self, act: Act) -> None:
        self._rules(act.rules)
        if act.role is not None and act.role not in self.programs.roles:
            self._unknown(act.places["role"], _ROLE, act.role, self.programs.roles)
        if not self._track_is_known(act.track, act.places.get("track", act.place)):
            return
        named = self.programs.tracks.get(act.track.partition("/")[0], {})
        if act.kind and act.kind not in named:
            self._unknown(act.places["kind"], KIND, act.kind, named)
            return
        programs = programs_of(self.programs, act.track, self.kinds)
        events = {event for program in programs for event in program.events}
        if act.do not in events:
            self._unknown(act.places["do"], EVENT, act.do, events)
        elif len(named) > 1 and act.track not in self.kinds and any(_opens(program, act.do) for program in programs):
            self.problems.append(act.place.problem(WHICH_KIND(track=shown(act.track), kinds=tuple(named))))
        self._facts(act, act, programs)

    def _correction(self, item: Correction) -> None:
        acts = [act for act in self.scenario.items if isinstance(act, Act) and act.label == item.label]
        for act in acts[:1]:
            self._facts(item, act, programs_of(self.programs, act.track, self.kinds))

    def _facts(self, item: Act | Correction, act: Act, programs: Iterable[Program]) -> None:
        serving = [program for program in programs if act.do in program.events]
        known = {name for program in serving for name in program.facts}
        for name, fact in (item.facts or {}).items() if serving else ():
            if name not in known:
                self._unknown(fact.key, FACT, name, known)
                continue
            wrong = [_mistyped(program, name, fact.value) for program in serving if name in program.facts]
            if wrong[0] is not None and None not in wrong:
                self.problems.append(fact.place.problem(wrong[0]))

    def _track_is_known(self, address: str, place: Place) -> bool:
        name = address.partition("/")[0]
        if not address or name in self.programs.tracks:
            return True
        self._unknown(place, TRACK, name, self.programs.tracks)
        return False

    def _expected(self, expected: Expectation) -> None:
        if expected.aspect is Aspect.STATES:
            if expected.subject != CASE and self._track_is_known(expected.subject, expected.key):
                self._address(expected.subject, expected.key)
            return
        address, name = split(expected.subject)
        if not name or not self._track_is_known(address, expected.key):
            return
        if expected.aspect not in _OF_ACTS:
            self._address(address, expected.key)
        programs = programs_of(self.programs, address, self.kinds)
        kind, known = _known(expected.aspect, programs)
        if name not in known:
            self._unknown(expected.key, kind, name, known)

    def _address(self, address: str, place: Place) -> None:
        if address and "/" not in address:
            self.problems.append(place.problem(NO_ADDRESS(name=shown(address))))


def _mistyped(program: Program, name: str, value: RawFact) -> Bilingual | None:
    try:
        coerce(value, program.facts[name].type)
    except InvalidValue as error:
        return error.message
    return None


def _opens(program: Program, event: str) -> bool:
    return any(act.definition.opens for act in program.events.get(event, ()))


def _known(aspect: Aspect, programs: Iterable[Program]) -> tuple[Title, set[str]]:
    if aspect in _OF_LIMITS:
        return LIMIT, {name for program in programs for name in program.workflow.time_limits}
    if aspect is Aspect.NODES:
        return _NODE, {name for program in programs for name in program.workflow.nodes}
    return EVENT, {name for program in programs for name in program.events}
