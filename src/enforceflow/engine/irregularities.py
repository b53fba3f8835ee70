"""Acts that stand in the journal though a condition of theirs did not hold, seen from today's knowledge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from enforceflow.cases.case import Case
from enforceflow.cases.journal import Entry, Journal
from enforceflow.engine.asking import Request, asked_as
from enforceflow.engine.conditions import Conditions
from enforceflow.engine.refusals import Reason
from enforceflow.engine.replaying import program_of
from enforceflow.engine.setting import Setting
from enforceflow.programs.scenes import Answer

_EMPTY: Final = Journal()


@attrs.frozen
class Irregularity:
    """An act in force, and the reasons that would have stood against it."""

    entry: Entry
    reasons: tuple[Reason, ...]


def irregularities(setting: Setting, case: Case) -> Iterator[Irregularity]:
    """Yield the acts of a case that break a guard, bar, prerequisite, right or role, in reading order.

    Nobody is asked: a rule that was not answered when the act was recorded leaves its guard undecided, which is told.
    """
    before = _EMPTY
    for entry in case.reading:
        program = program_of(setting.programs, before, entry)
        act = None if program is None else program.transitions.get(entry.transition)
        if program is not None and act is not None and not entry.derived:
            request = Request(entry.event, entry.at, entry.track, entry.kind, entry.facts, entry.by, entry.role or None)
            conditions = Conditions(setting, case.number, before, program, request, _recorded(entry))
            reasons = tuple(conditions.against(act))
            if reasons:
                yield Irregularity(entry, reasons)
        before = before.appended(entry)


def _recorded(entry: Entry) -> Answer:
    return lambda rule, scene: entry.answers.get(asked_as(rule, scene, entry.track))
