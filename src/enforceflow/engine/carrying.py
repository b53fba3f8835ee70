"""Carry-over: tracks of one case that go on in another, with their dates (执保 → 执, 终本 → 执恢)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import attrs

from enforceflow.cases.case import Case, Origin, may_precede
from enforceflow.cases.journal import Entry, Moment
from enforceflow.definitions import CARRIED_OVER, CARRY_OVER
from enforceflow.engine.lapsing import apply_lapses
from enforceflow.engine.migrating import fact_misfits
from enforceflow.engine.recording import Draft
from enforceflow.engine.replaying import follows, program_of
from enforceflow.engine.setting import Setting
from enforceflow.errors import DefinitionError, InvalidValue, Problem, UnknownName
from enforceflow.programs.program import TRACK
from enforceflow.programs.scenes import program_at
from enforceflow.texts import Phrase

CANNOT_CARRY = Phrase(
    zh="{track} 不能转入“{workflow}”：{at} 的行为 {event} 在其中没有依据",
    en="{track} cannot be carried into {workflow}: {event} of {at} has no transition there",
)
UNKNOWN_FACT = Phrase(
    zh="{track} 不能转出：{at} 的行为 {event} 所载：{why}", en="{track} cannot be carried: {event} of {at}: {why}"
)
DONE_ALREADY = Phrase(
    zh="{track} 已终结（{state}），不能转出", en="{track} is closed already ({state}) and cannot be carried"
)
TOO_EARLY = Phrase(
    zh="不能在{at}转出：原案最后的行为在{last}",
    en="tracks cannot be carried over on {at}: the old case's last act is of {last}",
)


@attrs.frozen
class Opened:
    """A case opened from another: the new `case`, and the `old` one with the carried tracks closed."""

    case: Case
    old: Case


def open_from(setting: Setting, number: str, old: Case, tracks: Sequence[str], at: Moment) -> Opened:
    """Open a case with tracks of another: each keeps its kind, its facts and the dates of its acts.

    Raises `UnknownName` for a track that the old case does not have, `InvalidValue` for a day before the last act of
    old case, and `DefinitionError` naming every track that cannot go on here: closed already, or with an act or a fact
    that this workflow does not know.
    """
    for track in tracks:
        if track not in old.tracks():
            raise UnknownName(TRACK, track, old.tracks())
    if len(old.reading) and may_precede(at, old.reading[-1]):
        raise InvalidValue(TOO_EARLY(at=at, last=old.reading[-1].at))
    wanted = [entry for entry in old.reading if entry.track in tracks]
    new = Draft(Case(number, setting.pin, origin=Origin(old.number, tuple(tracks))))
    problems = [*_closed(setting, old, tracks), *_carried(setting, new, wanted, at)]
    if not problems:
        apply_lapses(new, setting, at, at)
        problems = _closed(setting, new.finished(), tracks)
    if problems:
        raise DefinitionError(problems)
    closing = Draft(old)
    for track in tracks:
        closing.add(Entry(CARRY_OVER, at, track, CARRIED_OVER, CARRY_OVER, at), ())
    return Opened(new.finished(), closing.finished())


def _closed(setting: Setting, old: Case, tracks: Sequence[str]) -> list[Problem]:
    return [
        Problem(DONE_ALREADY(track=track, state=state))
        for track in tracks
        if (program := program_at(setting.programs, old.reading, track)) is not None
        and (state := old.state_of(track)) in program.closed
    ]


def _carried(setting: Setting, new: Draft, entries: Sequence[Entry], at: Moment) -> list[Problem]:
    problems: dict[str, Problem] = {}
    for entry in entries:
        if entry.track in problems:
            continue
        copy = attrs.evolve(entry, recorded_at=at, link=None)
        program = program_of(setting.programs, new.reading, copy)
        if program is None or not follows(program, new.reading, copy):
            said = CANNOT_CARRY(track=entry.track, workflow=setting.pin.name, at=entry.at, event=entry.event)
            problems[entry.track] = Problem(said)
            continue
        for why in islice(fact_misfits(program, copy), 1):
            problems[entry.track] = Problem(UNKNOWN_FACT(track=entry.track, at=entry.at, event=entry.event, why=why))
        new.add(copy, ())
        new.note(program.transitions.get(copy.transition), copy.track)
    return list(problems.values())
