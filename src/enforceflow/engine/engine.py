"""The engine: workflows, the host's rules and a calendar. Pure: it reads no clock and does no I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, overload

import attrs

from enforceflow.calendars.calendar import Calendar
from enforceflow.cases.case import Case, may_precede
from enforceflow.cases.journal import NO_FACTS, Entry, Link, LinkKind, Moment
from enforceflow.cases.pins import pin_of
from enforceflow.checking import problems_of
from enforceflow.deadlines.deadline import Deadline, read, reader_of, up_to
from enforceflow.deadlines.nodes import NodeReading, read_nodes
from enforceflow.deadlines.runs import is_past
from enforceflow.definitions import Workflow
from enforceflow.definitions.facts import YEARS
from enforceflow.engine import amending, recording
from enforceflow.engine.answers import askers
from enforceflow.engine.asking import Request
from enforceflow.engine.carrying import Opened, open_from
from enforceflow.engine.correctable import correctable, keep_time, strikable
from enforceflow.engine.given_facts import given_facts, with_facts
from enforceflow.engine.irregularities import Irregularity, irregularities
from enforceflow.engine.lapsing import apply_lapses, settle
from enforceflow.engine.migrating import fit, migrate, misfit
from enforceflow.engine.options import Option, options_of
from enforceflow.engine.recording import Draft, Effect
from enforceflow.engine.refusals import Refusal, Refused
from enforceflow.engine.setting import Setting
from enforceflow.errors import DefinitionError, InvalidValue, UnknownName
from enforceflow.programs.program import FACT, Programs, compile_programs
from enforceflow.texts import Phrase

HALF_CARRIED: Final = Phrase(
    zh="从旧案开立须同时写明旧案 from_ 与日期 at", en="a case that takes over tracks needs both from_ and at"
)
FAR_OFF: Final = Phrase(
    zh="{at} 不在1900至2199年之间；请核对年份", en="{at} does not lie between the years 1900 and 2199; check the year"
)
NOT_WORDS: Final = Phrase(zh="track、by 与 role 应为文字", en="track, by and role are text")
FORETOLD: Final = Phrase(
    zh="{at}的行为不能在{recorded}就已记录",
    en="an act of {at} cannot have been recorded before, on {recorded}",
)


@attrs.frozen
class Outcome:
    """What recording came to: the new case, the entries added to its journal, the effects for the host to perform."""

    case: Case
    entries: tuple[Entry, ...]
    effects: tuple[Effect, ...]


class Engine:
    """Runs the cases of one workflow.

    `rules` is any object with a method for each rule that the workflow and its tracks ask: `def rule(self, ask) ->
    bool`, where `ask` is a `Question`. Raises `DefinitionError` if the workflow is wrong and `RulesError` if rules are
    not answered, each with all that is wrong.
    """

    __slots__ = ("_setting", "workflow")

    def __init__(self, workflow: Workflow, *, calendar: Calendar, rules: object = None) -> None:
        problems = problems_of(workflow)
        if problems:
            raise DefinitionError(problems)
        programs = compile_programs(workflow)
        self.workflow = workflow
        self._setting = Setting(programs, calendar, askers(rules, programs.rules), pin_of(workflow))

    def __repr__(self) -> str:
        return f"<Engine {self.workflow.name} {self.workflow.edition}>"

    @property
    def calendar(self) -> Calendar:
        """The calendar on which deadlines are computed."""
        return self._setting.calendar

    @property
    def programs(self) -> Programs:
        """The workflows made ready, for tools that look inside."""
        return self._setting.programs

    @overload
    def open(self, number: str) -> Case: ...
    @overload
    def open(self, number: str, *, from_: Case, carry: Sequence[str] = (), at: Moment) -> Opened: ...
    def open(
        self, number: str, *, from_: Case | None = None, carry: Sequence[str] = (), at: Moment | None = None
    ) -> Case | Opened:
        """Return a case with an empty journal; nothing is recorded until its opening act.

        With `from_` it names an old case and takes over its tracks `carry` with their kinds, facts and dates; the old
        case comes back with these tracks carried over on the day `at`.
        """
        if from_ is None and not carry and at is None:
            return Case(number, self._setting.pin)
        if from_ is None or at is None:
            raise InvalidValue(HALF_CARRIED())
        moment = self._moment(at)
        old = from_ if misfit(self._setting, from_) else self.sweep(from_, today=moment).case
        return open_from(self._setting, number, old, tuple(dict.fromkeys(carry)), moment)

    def record(
        self,
        case: Case,
        event: str,
        *,
        at: Moment,
        track: str = "",
        kind: str = "",
        facts: Mapping[str, object] = NO_FACTS,
        by: str = "",
        role: str | None = None,
        recorded_at: Moment | None = None,
        history: bool = False,
    ) -> Outcome:
        """Record an act, with the lapses due before it and the acts that it raises: all of them, or none.

        `at` is when it happened (a date, or a date-time for what runs in hours); before the last act it is a late
        entry. `track` is an address such as `asset/A1`, with the `kind` to open it as. `role` None means that the host
        does not tell roles. With `history` the act is taken to have happened, lawful or not: only its state must fit,
        and no rule is asked.

        Raises `Refused` with every reason, `UnknownName` for a name that the workflow does not have, `RuleFailed` if
        the host's rule fails; the case is never changed.
        """
        setting = self._setting
        moment = at if type(at) is date and at.year in YEARS else self._moment(at)
        recorded = moment if recorded_at is None else self._recorded(recorded_at, moment)
        if case.pin is not setting.pin:
            self._check_pin(case)
        if type(by) is not str or type(track) is not str or (role is not None and type(role) is not str):
            raise InvalidValue(NOT_WORDS())
        request = Request(event, moment, track, kind, NO_FACTS, by, role, history)
        if facts:
            request = with_facts(setting, case, request, facts)
        last = case.reading.newest
        if last is not None and may_precede(moment, last):
            return _outcome(amending.enter(setting, case, request, recorded), setting)
        draft = Draft(case)
        if case.lapses_from is not None:
            apply_lapses(draft, setting, moment, recorded)
        refused = recording.record(draft, setting, request, recorded)
        return _outcome(refused or draft, setting)

    def correct(
        self,
        case: Case,
        position: int,
        *,
        reason: str,
        at: Moment | None = None,
        facts: Mapping[str, object] | None = None,
        recorded_at: Moment,
    ) -> Outcome:
        """Correct the act at a position of the journal: when it happened, what it carried (all its facts anew).

        The old entry stays, linked to the new one, and effects are not returned again. Raises `Refused` if a later act
        would then no longer follow, and `InvalidValue` for an act that is not in force or followed by itself.
        """
        self._check_pin(case)
        old = correctable(case, position, reason)
        setting = self._setting
        moment = old.at if at is None else self._moment(at)
        request = Request(
            old.event,
            moment,
            old.track,
            old.kind,
            old.facts,
            old.by,
            old.role or None,
            lenient=True,
            transition=old.transition,
            answers=old.answers,
        )
        keep_time(setting, case, old, moment)
        if facts is not None:
            request = with_facts(setting, case, request, facts)
        link = Link(LinkKind.REPLACES, position, reason)
        draft = amending.replace(setting, case, request, self._moment(recorded_at), link)
        return _outcome(draft, setting, again=True)

    def strike(self, case: Case, position: int, *, reason: str, recorded_at: Moment) -> Outcome:
        """Strike the act at a position of the journal, and what it raised, as never having happened."""
        self._check_pin(case)
        strikable(case, position, reason)
        link = Link(LinkKind.STRIKES, position, reason)
        recorded = self._moment(recorded_at)
        return _outcome(amending.strike(self._setting, case, recorded, link), self._setting, again=True)

    def sweep(self, case: Case, *, today: Moment, recorded_at: Moment | None = None) -> Outcome:
        """Write down the acts that followed by themselves before a day; they read the same unwritten.

        On a day before the last act there is nothing to write: what followed by then was written with that act.
        """
        self._check_pin(case)
        setting = self._setting
        moment = self._moment(today)
        draft = Draft(case)
        if len(up_to(case.reading, moment)) == len(case.reading):
            recorded = moment if recorded_at is None else self._moment(recorded_at)
            apply_lapses(draft, setting, moment, recorded)
        return _outcome(draft, setting)

    def as_of(self, case: Case, today: Moment) -> Case:
        """Return the case as it reads at the end of a day: later acts left out, every lapse due before it applied.

        It is a view, to be read and not recorded on.
        """
        self._check_pin(case)
        moment = self._moment(today)
        reading = up_to(case.reading, moment)
        if case.lapses_from is None and len(reading) == len(case.reading):
            return case
        draft = Draft(case, reading)
        if len(reading) < len(case.reading):
            draft.lapses_from = date.min
        apply_lapses(draft, self._setting, moment, moment)
        return draft.finished()

    def options(
        self, case: Case, *, at: Moment, role: str | None = None, facts: Mapping[str, object] = NO_FACTS
    ) -> list[Option]:
        """Return every act as open, open given facts, or not open with every reason, on a day and for a role.

        `facts` are taken as given by each act that may carry them; with the same facts `record` agrees. Tracks may
        type a fact of one name differently: what is not of an act's type is a reason against that act alone.
        """
        setting = self._setting
        moment = self._moment(at)
        for name in facts:
            if not any(name in program.facts for program in setting.programs):
                raise UnknownName(FACT, name, {known for program in setting.programs for known in program.facts})
        given = {program: given_facts(program, facts, setting.calendar) for program in setting.programs}
        late = case if len(up_to(case.reading, moment)) < len(case.reading) else None
        draft = Draft(self.as_of(case, moment))
        return list(options_of(setting, draft, Request("", moment, role=role), given, late))

    def deadlines(self, case: Case, *, today: Moment, earlier: bool = False) -> list[Deadline]:
        """Return the deadlines of the case and its tracks on a day: of each limit the present run, or every run."""
        setting = self._setting
        moment = self._moment(today)
        reading = self.as_of(case, moment).reading
        return list(read(reader_of(setting.programs, setting.calendar, reading, moment), earlier=earlier))

    def nodes(self, case: Case, *, today: Moment) -> list[NodeReading]:
        """Return the process nodes of the case and its tracks as they stand on a day."""
        setting = self._setting
        moment = self._moment(today)
        reading = self.as_of(case, moment).reading
        return list(read_nodes(reader_of(setting.programs, setting.calendar, reading, moment)))

    def irregularities(self, case: Case) -> list[Irregularity]:
        """Return the acts in force that break a condition of theirs, by what is known now; no rule is asked."""
        self._check_pin(case)
        return list(irregularities(self._setting, case))

    def fit(self, case: Case) -> Case:
        """Return a case read from elsewhere, checked: its edition fits and every entry follows, without asking a rule.

        Raises `SavedFormError` with the edition or each entry that does not fit.
        """
        return fit(self._setting, case)

    def migrate(self, case: Case, *, recorded_at: Moment) -> Case:
        """Return a case moved to this engine's edition; raise `SavedFormError` with each entry that cannot move."""
        return migrate(self._setting, case, self._moment(recorded_at))

    def _recorded(self, recorded_at: Moment, at: Moment) -> Moment:
        recorded = self._moment(recorded_at)
        if is_past(at, recorded):
            raise InvalidValue(FORETOLD(at=at, recorded=recorded))
        return recorded

    def _moment(self, at: Moment) -> Moment:
        moment = at if type(at) is date else self._setting.calendar.localize(at)
        if moment.year not in YEARS:
            raise InvalidValue(FAR_OFF(at=moment))
        return moment

    def _check_pin(self, case: Case) -> None:
        problem = misfit(self._setting, case)
        if problem is not None:
            raise InvalidValue(problem.message)


def _outcome(result: Draft | Refusal, setting: Setting, *, again: bool = False) -> Outcome:
    """Return what a draft came to; of acts told `again` only the effects of what newly followed by itself."""
    if isinstance(result, Refusal):
        raise Refused(result)
    if result.started:
        settle(result, setting)
    effects = [effect for effect in result.effects if effect.entry.derived] if again else result.effects
    return Outcome(result.finished(), tuple(result.entries), tuple(effects))
