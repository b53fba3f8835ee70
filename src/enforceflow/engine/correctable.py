"""Which entries of a journal may be corrected or struck."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from enforceflow.cases.case import Case, in_force
from enforceflow.cases.journal import Entry, LinkKind, Moment
from enforceflow.definitions import CARRY_OVER
from enforceflow.engine.refusals import NEEDS_TIME, Reason, ReasonKind, Refusal, Refused
from enforceflow.engine.setting import Setting
from enforceflow.errors import InvalidValue
from enforceflow.programs.scenes import program_at
from enforceflow.texts import Both, Phrase

NO_SUCH_ENTRY: Final = Phrase(
    zh="卷宗中没有第 {position} 条行为可供更正（共 {count} 条）",
    en="the journal has no act {position} to correct (of {count})",
)
FOLLOWED: Final = Phrase(
    zh="第 {position} 条因期限届满自动发生；请更正使期限起算的行为",
    en="act {position} followed by itself from a time limit; correct or strike the act that started the limit",
)
GONE_OVER: Final = Phrase(
    zh="第 {position} 条为转入他案，不能更正或删去",
    en="act {position} carried a track over; it is not corrected or struck",
)
NOT_IN_FORCE: Final = Phrase(
    zh="第 {position} 条已被更正、删去或撤回；请更正替代它的一条",
    en="act {position} was replaced, struck or withdrawn already; correct the one that took its place",
)
RAISED: Final = Phrase(
    zh="第 {position} 条随第 {cause} 条一并记录；请删去该条",
    en="act {position} was recorded in one step with act {cause}; strike that one",
)
NO_REASON: Final = Phrase(zh="更正或删去须说明理由", en="a correction needs a reason")


def correctable(case: Case, position: int, reason: str) -> Entry:
    """Return the act at a position of the journal, if it may be corrected or struck and a reason is given.

    Raises `InvalidValue` for a position that is none, for an act that followed by itself, carried a track over or is
    no longer in force, and for want of a reason.
    """
    if not 0 <= position < len(case.journal):
        raise InvalidValue(NO_SUCH_ENTRY(position=position, count=len(case.journal)))
    if not reason.strip():
        raise InvalidValue(NO_REASON())
    entry = case.journal[position]
    if entry.derived:
        raise InvalidValue(FOLLOWED(position=position))
    if entry.event == CARRY_OVER:
        raise InvalidValue(GONE_OVER(position=position))
    if all(position != other for other, _ in in_force(case.journal)):
        raise InvalidValue(NOT_IN_FORCE(position=position))
    return entry


def strikable(case: Case, position: int, reason: str) -> Entry:
    """Return the act at a position, if it may be struck: what another act raised goes with that one."""
    entry = correctable(case, position, reason)
    if entry.link is not None and entry.link.kind is LinkKind.RAISED_BY:
        raise InvalidValue(RAISED(position=position, cause=entry.link.entry))
    return entry


def keep_time(setting: Setting, case: Case, old: Entry, at: Moment) -> None:
    """Refuse a correction that leaves an act which starts a limit in hours without a time of day."""
    program = program_at(setting.programs, case.reading, old.track)
    act = None if program is None else program.transitions.get(old.transition)
    if act is None or act.timed is None or isinstance(at, datetime):
        return
    said = NEEDS_TIME(limit=Both(act.timed.title))
    reason = Reason(ReasonKind.FACT, "at", said, act.timed.source)
    raise Refused(Refusal(old.event, old.track, old.state, at, (reason,), act.definition.title))
