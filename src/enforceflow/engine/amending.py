"""Late entries and corrections: an act put in its place in time, and what that does to the acts after it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

import attrs

from enforceflow.calendars.moments import day_of
from enforceflow.cases.case import Case, in_force, positions_in_order
from enforceflow.cases.journal import Entry, Journal, Link, LinkKind, Moment
from enforceflow.deadlines.runs import is_past
from enforceflow.engine.asking import Request
from enforceflow.engine.lapsing import apply_lapses
from enforceflow.engine.recording import Draft, derivation, program_for, record, refused
from enforceflow.engine.refusals import LATER_ACT, Reason, ReasonKind, Refusal
from enforceflow.engine.replaying import follows, program_of
from enforceflow.engine.setting import Setting
from enforceflow.texts import Both

_EMPTY: Final = Journal()


def enter(setting: Setting, case: Case, request: Request, recorded_at: Moment) -> Draft | Refusal:
    """Record an act that happened before the last one: read all acts again with it in its place.

    Refused if the act itself is, or if a later act would then have no transition or lead to another state.
    """
    return _put(setting, case, _stand_in(request, recorded_at, None), request, recorded_at)


def replace(setting: Setting, case: Case, request: Request, recorded_at: Moment, link: Link) -> Draft | Refusal:
    """Record a correction of the entry that `link` names: the same act at another time or with other facts."""
    return _put(setting, case, _stand_in(request, recorded_at, link), request, recorded_at)


def _stand_in(request: Request, recorded_at: Moment, link: Link | None) -> Entry:
    return Entry(request.event, request.at, request.track, "", request.event, recorded_at, link=link)


def _put(setting: Setting, case: Case, stand_in: Entry, request: Request, recorded_at: Moment) -> Draft | Refusal:
    draft = blank(case)
    if not request.kind:  # read before the act that opened the track, its kind is known from that
        request = attrs.evolve(request, kind=case.kind_of(request.track))
    acts = _acts(Journal((*case.journal, stand_in)))
    place = next(index for index, entry in enumerate(acts) if entry is stand_in)
    return (
        _read(draft, setting, acts[:place], recorded_at, request)
        or _insert(draft, setting, request, recorded_at, stand_in.link)
        or _read(draft, setting, acts[place + 1 :], recorded_at, request)
        or close(draft, setting, recorded_at)
    )


def strike(setting: Setting, case: Case, recorded_at: Moment, link: Link) -> Draft | Refusal:
    """Record that the entry which `link` names is struck: it never happened."""
    draft = blank(case)
    struck = case.journal[link.entry]
    strikes = attrs.evolve(struck, recorded_at=recorded_at, link=link)
    acts = _acts(Journal((*case.journal, strikes)))
    draft.journal = draft.journal.appended(strikes)
    draft.entries.append(strikes)
    request = Request(struck.event, struck.at, struck.track)
    return _read(draft, setting, acts, recorded_at, request) or close(draft, setting, recorded_at)


def blank(case: Case) -> Draft:
    """Return a draft that reads the case from its beginning, with the derived acts it may come upon again."""
    draft = Draft(case, _EMPTY)
    draft.lapses_from = None
    journal = case.journal
    draft.recall = {derivation(journal, entry): (at, entry) for at, entry in in_force(journal) if entry.derived}
    return draft


def _acts(journal: Journal) -> list[Entry]:
    return [entry for _, entry in positions_in_order(journal) if not entry.derived]


def _read(draft: Draft, setting: Setting, acts: list[Entry], recorded_at: Moment, request: Request) -> Refusal | None:
    """Read recorded acts again at the end of a draft, each after the lapses due before it."""
    for entry in acts:
        apply_lapses(draft, setting, entry.at, recorded_at)
        program = program_of(setting.programs, draft.reading, entry)
        unopened = bool(entry.track) and draft.case.origin is None and draft.reading.opening("") is None
        if program is None or unopened or not follows(program, draft.reading, entry):
            return _conflict(draft, setting, request, entry)
        draft.reading = draft.reading.appended(entry)
        draft.note(program.transitions.get(entry.transition), entry.track)
    return None


def _conflict(draft: Draft, setting: Setting, request: Request, later: Entry) -> Refusal:
    program = program_of(setting.programs, draft.case.reading, later)
    serving = () if program is None else program.events.get(later.event, ())
    title = Both(serving[0].definition.title) if serving else later.event
    said = LATER_ACT(at=later.at, act=title, track=f" ({later.track})" if later.track else "")
    reason = Reason(ReasonKind.LATER_ACT, later.event, said)
    own, _ = program_for(setting, draft.case.reading, request)
    return refused(own, draft.case.state_of(request.track), request, [reason])


def _insert(draft: Draft, setting: Setting, request: Request, recorded_at: Moment, link: Link | None) -> Refusal | None:
    apply_lapses(draft, setting, request.at, recorded_at)
    return record(draft, setting, request, recorded_at, link)


def _through(at: Moment) -> Moment:
    """Return a moment by which an act that followed at `at` has followed."""
    return at + datetime.resolution if isinstance(at, datetime) else at


def _in_time(at: Moment) -> tuple[date, time]:
    return day_of(at), at.time() if isinstance(at, datetime) else time.min


def close(draft: Draft, setting: Setting, recorded_at: Moment) -> Draft:
    """Withdraw, by linked entries, the derived acts that no longer follow, the last acts of all among them.

    If they follow on another day instead, their effects are not returned again.
    """
    recalled = [entry.at for _, entry in (draft.recall or {}).values()]
    newest = draft.reading.newest
    until = max(map(_through, recalled), key=_in_time, default=None)
    if until is not None and (newest is None or not is_past(newest.at, until)):
        apply_lapses(draft, setting, until, recorded_at)
    withdrawn = {(entry.track, entry.event) for _, entry in (draft.recall or {}).values()}
    draft.effects = [
        effect
        for effect in draft.effects
        if not effect.entry.derived or (effect.entry.track, effect.entry.event) not in withdrawn
    ]
    for position, entry in sorted((draft.recall or {}).values(), key=lambda known: known[0]):
        link = Link(LinkKind.WITHDRAWS, position)
        withdrawal = attrs.evolve(entry, recorded_at=recorded_at, link=link)
        draft.journal = draft.journal.appended(withdrawal)
        draft.entries.append(withdrawal)
    return draft
