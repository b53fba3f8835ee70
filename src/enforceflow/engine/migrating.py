"""Whether a case from elsewhere fits a workflow, and moving one to another edition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from enforceflow.cases.case import Case, positions_in_order
from enforceflow.cases.journal import Entry, Journal, Moment
from enforceflow.definitions import CARRY_OVER
from enforceflow.definitions.facts import coerce
from enforceflow.engine.amending import blank, close
from enforceflow.engine.lapsing import apply_lapses
from enforceflow.engine.replaying import follows, program_of
from enforceflow.engine.setting import Setting
from enforceflow.errors import InvalidValue, Problem, SavedFormError
from enforceflow.programs.program import Program
from enforceflow.texts import Bilingual, Phrase, Title

ENTRY: Final = Phrase(
    zh="第 {position} 条（{at} {event}{track}）：{why}", en="entry {position} ({event} of {at}{track}): {why}"
)
NO_PLACE: Final = Phrase(zh="没有这样的事项或种类", en="there is no such track or kind")
DOES_NOT_FOLLOW: Final = Phrase(
    zh="在“{state}”状态下没有到达“{to}”的此行为", en="no such act leads from {state} to {to!s}"
)
NO_FACT: Final = Phrase(zh="没有事实“{fact}”", en="there is no fact {fact!s}")
OTHER_EDITION: Final = Phrase(
    zh="案件依“{name}”{edition}版，本引擎依“{own}”{own_edition}版；请先用 engine.migrate(case, recorded_at=…) 迁移",
    en="the case is pinned to {name!s} edition {edition!s}, this engine runs {own!s} edition {own_edition!s}; "
    "move it with engine.migrate(case, recorded_at=…)",
)
NOT_TYPED: Final = Phrase(zh="事实“{fact}”不是其类型的值", en="{fact!s} is not saved as a value of its type")
OPENS: Final = Title("未开启", "unopened")


def misfit(setting: Setting, case: Case) -> Problem | None:
    """Return what is wrong if a case is pinned to an edition that this setting's does not merely add to."""
    own, pin = setting.pin, case.pin
    if pin is own or pin.admits(own):
        return None
    said = OTHER_EDITION(name=pin.name, edition=pin.edition, own=own.name, own_edition=own.edition)
    return Problem(said, path=("workflow",))


def fit(setting: Setting, case: Case) -> Case:
    """Return the case if every entry in force follows from those before; raise `SavedFormError` with all that do not.

    Its journal is read once, and no rule is asked.
    """
    other = misfit(setting, case)
    problems: list[Problem] = [] if other is None else [other]
    before: Journal = Journal()
    for position, entry in positions_in_order(case.journal):
        why = list(_misfits(setting, before, entry))
        problems.extend(_problem(position, entry, one) for one in why)
        if not why:
            before = before.appended(entry)
    if problems:
        raise SavedFormError(problems)
    return attrs.evolve(case, pin=setting.pin) if case.pin == setting.pin else case


def migrate(setting: Setting, case: Case, recorded_at: Moment) -> Case:
    """Return the case under this setting's edition: its acts read again, lapses computed anew."""
    draft = blank(attrs.evolve(case, pin=setting.pin))
    problems: list[Problem] = []
    for position, entry in positions_in_order(case.journal):
        if entry.derived:
            continue
        apply_lapses(draft, setting, entry.at, recorded_at)
        why = list(_misfits(setting, draft.reading, entry))
        problems.extend(_problem(position, entry, one) for one in why)
        program = program_of(setting.programs, draft.reading, entry)
        if not why and program is not None:
            draft.reading = draft.reading.appended(entry)
            draft.note(program.transitions.get(entry.transition), entry.track)
    if problems:
        raise SavedFormError(problems)
    return close(draft, setting, recorded_at).finished()


def _misfits(setting: Setting, before: Journal, entry: Entry) -> Iterator[Bilingual]:
    program = program_of(setting.programs, before, entry)
    if program is None:
        yield NO_PLACE()
        return
    if not follows(program, before, entry):
        last = before.last(entry.track)
        yield DOES_NOT_FOLLOW(state=OPENS if last is None else last.state, to=entry.state)
    if entry.event != CARRY_OVER:
        yield from fact_misfits(program, entry)


def fact_misfits(program: Program, entry: Entry) -> Iterator[Bilingual]:
    """Yield each fact of an entry that its workflow does not know, or knows by another type."""
    for name, value in entry.facts.items():
        if name not in program.facts:
            yield NO_FACT(fact=name)
            continue
        try:
            if type(coerce(value, program.facts[name].type)) is not type(value):
                yield NOT_TYPED(fact=name)
        except InvalidValue as error:
            yield error.message


def _problem(position: int, entry: Entry, why: Bilingual) -> Problem:
    track = f" {entry.track}" if entry.track else ""
    said = ENTRY(position=position, at=entry.at, event=entry.event, track=track, why=why)
    return Problem(said, path=("entries", str(position)))
