"""The facts that an act is given: typed, or refused with all that are not of their type."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import attrs

from enforceflow.calendars.calendar import Calendar
from enforceflow.cases.case import Case
from enforceflow.cases.journal import Frozen
from enforceflow.definitions.facts import Facts, FactValue, coerce
from enforceflow.engine.asking import Request
from enforceflow.engine.recording import program_for
from enforceflow.engine.refusals import MISTYPED_FACT, Reason, ReasonKind, Refusal, Refused
from enforceflow.engine.setting import Setting
from enforceflow.errors import InvalidValue, UnknownName
from enforceflow.programs.program import FACT, Program
from enforceflow.texts import Both


@attrs.frozen
class GivenFacts:
    """Facts as one program reads them: those of its types, and the reasons against those that are not."""

    typed: Facts
    mistyped: tuple[Reason, ...] = ()


def given_facts(program: Program, facts: Mapping[str, object], calendar: Calendar) -> GivenFacts:
    """Return what a program reads of facts; those it does not know are left out, for they are another program's."""
    known = {name: value for name, value in facts.items() if name in program.facts}
    mistyped = tuple(_mistyped(program, known))
    wrong = {reason.subject for reason in mistyped}
    fitting = {name: value for name, value in known.items() if name not in wrong}
    return GivenFacts(typed_facts(program, fitting, calendar), mistyped)


def with_facts(setting: Setting, case: Case, request: Request, facts: Mapping[str, object]) -> Request:
    """Return the request with its facts typed.

    Raises `UnknownName` for a fact that the workflow does not have, `Refused` with every fact that is mistyped.
    """
    program, _ = program_for(setting, case.reading, request)
    title = program.event(request.event)[0].definition.title
    reasons = tuple(_mistyped(program, facts))
    if reasons:
        state = case.state_of(request.track)
        named = program.workflow.states.get(state)
        state_title = None if named is None else named.title
        raise Refused(Refusal(request.event, request.track, state, request.at, reasons, title, state_title))
    return attrs.evolve(request, facts=typed_facts(program, facts, setting.calendar))


def _mistyped(program: Program, facts: Mapping[str, object]) -> list[Reason]:
    reasons = []
    for name, value in facts.items():
        if name not in program.facts:
            raise UnknownName(FACT, name, program.facts)
        try:
            coerce(value, program.facts[name].type)
        except InvalidValue as error:
            said = MISTYPED_FACT(fact=Both(program.facts[name].title), why=error.message)
            reasons.append(Reason(ReasonKind.FACT, name, said))
    return reasons


def typed_facts(program: Program, facts: Mapping[str, object], calendar: Calendar) -> Facts:
    """Return facts as typed values, date-times in the calendar's zone; raise `InvalidValue` for one that is not."""
    return Frozen(
        {name: _localized(coerce(value, program.facts[name].type), calendar) for name, value in facts.items()}
    )


def _localized(value: FactValue, calendar: Calendar) -> FactValue:
    if isinstance(value, datetime):
        return calendar.localize(value)
    return tuple(_localized(item, calendar) for item in value) if isinstance(value, tuple) else value
