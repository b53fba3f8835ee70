"""Checking what is expected against what is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Final

import attrs

from enforceflow.calendars.moments import written
from enforceflow.casefiles.assumptions import Dates
from enforceflow.casefiles.format import Against, Aspect, Expectation, Place
from enforceflow.casefiles.host import Asked, Host
from enforceflow.casefiles.subjects import joined, split
from enforceflow.cases.case import Case
from enforceflow.cases.journal import Journal, Moment
from enforceflow.deadlines.deadline import Deadline, up_to
from enforceflow.definitions import CASE
from enforceflow.engine.engine import Engine
from enforceflow.engine.options import Openness, Option
from enforceflow.engine.refusals import Reason, ReasonKind, Refusal
from enforceflow.errors import DefinitionError, Problem
from enforceflow.texts import Bilingual, Lang, Phrase, Title, render

NOTHING: Final = Title("无", "nothing")
NO_RUN: Final = Title("未起算", "no run of it")
NOT_OPENED: Final = Title("尚未开启", "not opened")
NOT_THERE: Final = Title("无此节点", "no such node there")
RECORDED: Final = Title("已记录", "it recorded")
_IT_IS_OPEN: Final = Title("可以作出", "open")
_SEPARATOR: Final = {"zh": "；", "en": "; "}

EXPECTED = Phrase(zh="应为 {wanted}，实为 {found}", en="expected {wanted}, found {found}")
PLAYED = Phrase(zh="（{dates}）", en=" ({dates})")
IN_CASE = Phrase(zh="（案件“{case}”）", en=" (in the case {case!s})")
REFUSED_FOR = Phrase(zh="不予记录（{reasons}）", en="it refused ({reasons})")
NOT_OPEN_FOR = Phrase(zh="不能作出（{reasons}）", en="not open ({reasons})")
RUNS = Phrase(zh="自 {since} 起算，{due} 届满", en="a run from {since} to {due}")
UNANSWERED = Phrase(
    zh="{act} 须问规则“{rule}”，而文件没有给出回答", en="{act!s} asks the rule {rule!s}, to which no answer is given"
)
GIVE_IT = Phrase(
    zh="请在 given.rules 或此项的 rules 中写明 {rule}: true 或 false",
    en="write {rule!s}: true or false in given.rules or in the rules of this item",
)


@attrs.frozen
class Check:
    """An expectation and what was found instead, or just that it holds; at which choice of assumed dates.

    `case` is the slug of the case, if what is expected stands in the file once for all cases.
    """

    expectation: Expectation
    holds: bool
    found: object
    dates: Dates = Dates.AS_WRITTEN
    case: str = ""

    @property
    def place(self) -> Place:
        """Where the expectation stands."""
        return self.expectation.place

    @property
    def key(self) -> tuple[Place, Aspect, str, str]:
        """What tells one expectation of a file from another."""
        return self.place, self.expectation.aspect, self.expectation.subject, self.case

    def text(self, lang: Lang) -> str:
        """Return `file:line:col: expected …, found …`, with the case if it is of all, and the choice of dates."""
        wanted = self.expectation.wanted
        asked = [self.expectation.aspect.text(lang), self.expectation.subject]
        if wanted is not True or self.expectation.aspect is Aspect.PROVISIONAL:
            asked.append(render(said(wanted), lang))
        message = EXPECTED(wanted=" ".join(part for part in asked if part), found=said(self.found)).text(lang)
        played = "" if self.dates is Dates.AS_WRITTEN else PLAYED(dates=self.dates).text(lang)
        case = IN_CASE(case=self.case).text(lang) if self.case else ""
        return f"{self.place}: {message}{case}{played}"


@attrs.frozen
class Reasons:
    """Reasons on one line, in words."""

    reasons: tuple[Reason, ...]

    def text(self, lang: Lang) -> str:
        """Return the reasons one after the other."""
        return _SEPARATOR[lang].join(reason.text(lang) for reason in self.reasons)


def said(value: object) -> object:
    """Return a value as it is written in a case file."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return written(value)
    if isinstance(value, tuple):
        return tuple(str(one) for one in value) or NOTHING
    return value if isinstance(value, Bilingual) and not isinstance(value, str) else str(value)


@attrs.frozen(slots=False)
class Seen:
    """What is there to be checked: a case on a day, and what became of the act just played."""

    engine: Engine
    host: Host
    case: Case
    at: Moment
    track: str = ""
    effects: tuple[str, ...] = ()
    refusal: Refusal | None = None

    def check(self, expected: Expectation, dates: Dates) -> Check:
        """Return whether an expectation holds, and what is found."""
        holds, found = _CHECKS[expected.aspect](self, expected)
        return Check(expected, holds, found, dates)

    def state_of(self, track: str) -> str:
        """Return the state of a track on the day; empty if it is not opened."""
        last = self._reading.last(track)
        return "" if last is None else last.state

    def runs(self, name: str) -> list[Deadline]:
        """Return the runs of a limit, earliest first."""
        return [run for run in self._runs if run.name == name]

    @cached_property
    def _reading(self) -> Journal:
        return up_to(self.engine.as_of(self.case, self.at).reading, self.at)

    @cached_property
    def _runs(self) -> list[Deadline]:
        return self.engine.deadlines(self.case, today=self.at, earlier=True)

    @cached_property
    def options(self) -> tuple[list[Option], list[Asked]]:
        """The options of the day with rules that nobody answers taken not to hold, and which rules these are."""
        with self.host.lenient() as unanswered:
            return self.engine.options(self.case, at=self.at), unanswered


Found = tuple[bool, object]


def _recorded(seen: Seen, _: Expectation) -> Found:
    refusal = seen.refusal
    return refusal is None, RECORDED if refusal is None else REFUSED_FOR(reasons=Reasons(refusal.reasons))


def _state(seen: Seen, expected: Expectation) -> Found:
    state = seen.state_of(seen.track)
    return state == expected.wanted, state or NOT_OPENED


def _effects(seen: Seen, expected: Expectation) -> Found:
    return seen.effects == expected.wanted, seen.effects


def _refused(seen: Seen, expected: Expectation) -> Found:
    if seen.refusal is None:
        return False, RECORDED
    wanted: Sequence[Against] = [one for one in _sequence(expected) if isinstance(one, Against)]
    reasons = seen.refusal.reasons
    holds = all(any(_meets(reason, one) for reason in reasons) for one in wanted) and all(
        any(_meets(reason, one) for one in wanted) for reason in reasons
    )
    return holds, tuple(dict.fromkeys(str(Against(reason.kind, reason.subject)) for reason in reasons))


def _sequence(expected: Expectation) -> tuple[object, ...]:
    return expected.wanted if isinstance(expected.wanted, tuple) else ()


def _meets(reason: Reason, wanted: Against) -> bool:
    return reason.kind is wanted.kind and wanted.subject in ("", reason.subject)


def _states(seen: Seen, expected: Expectation) -> Found:
    state = seen.state_of("" if expected.subject == CASE else expected.subject)
    return state == expected.wanted, state or NOT_OPENED


def _due(seen: Seen, expected: Expectation) -> Found:
    runs = seen.runs(expected.subject)
    if not runs or not isinstance(expected.wanted, date):
        return False, NO_RUN
    due = runs[-1].due
    return due == seen.engine.calendar.localize(expected.wanted), due


def _status(seen: Seen, expected: Expectation) -> Found:
    runs = seen.runs(expected.subject)
    return bool(runs) and runs[-1].status is expected.wanted, runs[-1].status if runs else NO_RUN


def _earlier(seen: Seen, expected: Expectation) -> Found:
    statuses = tuple(run.status for run in seen.runs(expected.subject)[:-1])
    return statuses == expected.wanted, statuses


def _provisional(seen: Seen, expected: Expectation) -> Found:
    runs = seen.runs(expected.subject)
    return bool(runs) and runs[-1].provisional is expected.wanted, runs[-1].provisional if runs else NO_RUN


def _absent(seen: Seen, expected: Expectation) -> Found:
    runs = seen.runs(expected.subject)
    return not runs, RUNS(since=said(runs[-1].since), due=said(runs[-1].due)) if runs else NO_RUN


def _open(seen: Seen, expected: Expectation) -> Found:
    options = _options_for(seen, expected)
    is_open = any(option.openness is not Openness.NOT_OPEN for option in options)
    reasons = tuple(dict.fromkeys(reason for option in options for reason in option.reasons))
    return is_open, _IT_IS_OPEN if is_open else NOT_OPEN_FOR(reasons=Reasons(reasons) if reasons else NOT_OPENED)


def _not_open(seen: Seen, expected: Expectation) -> Found:
    is_open, found = _open(seen, expected)
    return not is_open, found


def _options_for(seen: Seen, expected: Expectation) -> list[Option]:
    """Return the options of one act; a track that is not opened yet may be opened by the acts of its name."""
    address, event = split(expected.subject)
    all_options, asked = seen.options
    options = [option for option in all_options if option.event == event]
    found = [option for option in options if option.track == address]
    if not found:
        found = [option for option in options if option.track == address.partition("/")[0]]
    for option in found:
        for one in asked if not _closed_anyway(option.reasons) else ():
            if _asked_for(option, one):
                raise DefinitionError([unanswered(expected.place, expected.subject, one.rule)])
    return found


def _asked_for(option: Option, asked: Asked) -> bool:
    """Tell whether a rule was asked for an option, or for an act that it would raise."""
    itself = asked.event == option.event and asked.track in (option.track, f"{option.track}/new")
    return itself or any(raised.event == asked.event for raised in option.transition.raises)


def _closed_anyway(reasons: Iterable[Reason]) -> bool:
    return any(reason.kind not in (ReasonKind.GUARD, ReasonKind.UNKNOWN, ReasonKind.FACT) for reason in reasons)


def _irregular(seen: Seen, expected: Expectation) -> Found:
    acts = [one.entry for one in seen.engine.irregularities(seen.engine.as_of(seen.case, seen.at))]
    found = tuple(dict.fromkeys(joined(entry.track, entry.event) for entry in acts))
    return set(found) == set(_sequence(expected)), found


def _nodes(seen: Seen, expected: Expectation) -> Found:
    address, name = split(expected.subject)
    nodes = seen.engine.nodes(seen.case, today=seen.at)
    found = [node.status for node in nodes if node.track == address and node.node.name == name]
    return found[:1] == [expected.wanted], found[0] if found else NOT_THERE


_CHECKS: Final[dict[Aspect, Callable[[Seen, Expectation], Found]]] = {
    Aspect.RECORDED: _recorded,
    Aspect.STATE: _state,
    Aspect.EFFECTS: _effects,
    Aspect.REFUSED: _refused,
    Aspect.STATES: _states,
    Aspect.DUE: _due,
    Aspect.STATUS: _status,
    Aspect.EARLIER: _earlier,
    Aspect.PROVISIONAL: _provisional,
    Aspect.OPEN: _open,
    Aspect.NOT_OPEN: _not_open,
    Aspect.IRREGULAR: _irregular,
    Aspect.NODES: _nodes,
    Aspect.ABSENT: _absent,
}


def unanswered(place: Place, act: str, rule: str) -> Problem:
    """Return the problem of a rule that is asked for an act and has no answer."""
    return place.problem(UNANSWERED(act=act, rule=rule), GIVE_IT(rule=rule))
