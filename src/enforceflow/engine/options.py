"""Options: every act that a case might see next, open or not, with all that stands against it."""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterator, Mapping
from datetime import date, datetime

import attrs

from enforceflow.cases.case import Case
from enforceflow.cases.journal import NO_FACTS, Frozen
from enforceflow.definitions import Transition
from enforceflow.engine.amending import enter
from enforceflow.engine.asking import Request
from enforceflow.engine.conditions import Conditions
from enforceflow.engine.given_facts import GivenFacts
from enforceflow.engine.recording import Draft, record, wrong_state
from enforceflow.engine.refusals import Reason, ReasonKind, Refusal
from enforceflow.engine.setting import Setting
from enforceflow.programs.program import Act, Program
from enforceflow.programs.scenes import ROOT, program_at
from enforceflow.texts import Lang, Title


class Openness(enum.StrEnum):
    """Whether an act is open."""

    OPEN = "open"
    NEEDS_FACTS = "needs_facts"
    NOT_OPEN = "not_open"

    def text(self, lang: Lang) -> str:
        """Return it in words."""
        return _TITLES[self].text(lang)


_TITLES = {
    Openness.OPEN: Title("可以作出", "open"),
    Openness.NEEDS_FACTS: Title("载明事实后可以作出", "open given facts"),
    Openness.NOT_OPEN: Title("不能作出", "not open"),
}


@attrs.frozen
class Option:
    """An act on a track, and whether it may be recorded.

    `track` is an address, or the bare name of tracks that the act would open, with the `kind` it would open.
    `facts` are those it still must carry (or that its guard needs and it may carry); `reasons` is everything that
    stands against it; `opens` the first day on which no bar does, if bars alone are in the way.
    """

    transition: Transition
    track: str
    kind: str
    openness: Openness
    facts: tuple[str, ...]
    reasons: tuple[Reason, ...]
    opens: date | datetime | None

    @property
    def event(self) -> str:
        """The event to record."""
        return self.transition.event


def options_of(
    setting: Setting, draft: Draft, request: Request, facts: Mapping[Program, GivenFacts], late: Case | None
) -> Iterator[Option]:
    """Yield an option for each transition of the case, of its open tracks and of tracks that might be opened.

    `request` gives the day and role; its event, track and, of the `facts` given, those it may carry are set for each
    act. `late` is the whole case, if acts later than that day are left out of the draft.
    """
    reading = draft.reading
    programs = setting.programs
    for address in dict.fromkeys((ROOT, *reading.tracks())):
        program = program_at(programs, reading, address)
        for act in () if program is None else program.transitions.values():
            if program is not None and (not address or not act.definition.opens):
                asked = _on(request, facts[program], act, address)
                yield _option(setting, draft, asked, program, act, facts[program], late)
    for name, kinds in programs.tracks.items():
        address = _unopened(name, draft.case)
        for kind, program in kinds.items():
            for act in program.transitions.values():
                if act.definition.opens:
                    asked = attrs.evolve(_on(request, facts[program], act, address), kind=kind)
                    option = _option(setting, draft, asked, program, act, facts[program], late)
                    yield attrs.evolve(option, track=name, kind=kind)


def _unopened(name: str, case: Case) -> str:
    numbers = (f"{name}/{number}" for number in itertools.count(1))
    return next(address for address in numbers if not case.journal.track(address))


def _on(request: Request, facts: GivenFacts, act: Act, address: str) -> Request:
    given = {name: value for name, value in facts.typed.items() if name in act.accepted}
    return attrs.evolve(request, event=act.definition.event, track=address, facts=Frozen(given) if given else NO_FACTS)


def _option(
    setting: Setting,
    draft: Draft,
    request: Request,
    program: Program,
    act: Act,
    facts: GivenFacts,
    late: Case | None,
) -> Option:
    mistyped = {reason.subject: reason for reason in facts.mistyped if reason.subject in act.accepted}
    found = tuple(_reasons(setting, draft, request, program, act, late))
    # What is mistyped is told as that, not also as missing.
    rest = (one for one in found if one.kind is not ReasonKind.FACT or one.subject not in mistyped)
    reasons = (*mistyped.values(), *rest)
    needed = tuple(dict.fromkeys(name for reason in reasons for name in _supplied(act, reason)))
    hard = [reason for reason in reasons if not _supplied(act, reason)]
    openness = Openness.NOT_OPEN if hard else Openness.NEEDS_FACTS if needed else Openness.OPEN
    bars = [reason.opens for reason in hard if reason.kind is ReasonKind.BAR and reason.opens is not None]
    opens = max(bars, key=str) if bars and len(bars) == len(hard) else None
    return Option(act.definition, request.track, request.kind, openness, needed, reasons, opens)


def _reasons(
    setting: Setting, draft: Draft, request: Request, program: Program, act: Act, late: Case | None
) -> Iterator[Reason]:
    conditions = Conditions(setting, draft.case.number, draft.reading, program, request)
    state = conditions.state
    serving = program.acts.get((state, act.definition.event), ())
    if act not in serving:
        yield wrong_state(program, state, (act,))
    against = tuple(conditions.against(act))
    yield from against
    if act in serving and not against and (late is not None or any(one.raises for one in serving)):
        yield from _followed(setting, draft, request, late)


def _followed(setting: Setting, draft: Draft, request: Request, late: Case | None) -> Iterator[Reason]:
    """Yield the reasons against what an open act would raise or leave without a transition, by trying it."""
    if late is None:
        rewind = draft.mark()
        tried: Draft | Refusal | None = record(draft, setting, request, request.at)
        rewind()
    else:
        tried = enter(setting, late, request, request.at)
    if isinstance(tried, Refusal):
        yield from tried.reasons


def _supplied(act: Act, reason: Reason) -> tuple[str, ...]:
    """Return the facts that, given with the act, may remove a reason."""
    if reason.kind is ReasonKind.FACT and reason.subject in act.accepted:
        return (reason.subject,)
    if reason.kind is ReasonKind.UNKNOWN:
        return tuple(name for name in reason.needs if name in act.accepted)
    return ()
