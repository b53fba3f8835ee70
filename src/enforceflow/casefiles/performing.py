"""Performing one case at one choice of dates, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Final

import attrs

from enforceflow.calendars.moments import day_of
from enforceflow.casefiles.assumptions import Dates, dated
from enforceflow.casefiles.expectations import Check, Seen, unanswered
from enforceflow.casefiles.format import (
    Act,
    Aspect,
    CarryOver,
    Correction,
    Expectation,
    GivenFact,
    Item,
    Look,
    Place,
    Scenario,
    Strike,
)
from enforceflow.casefiles.host import Unanswered
from enforceflow.casefiles.recounting import Recounter, is_act
from enforceflow.casefiles.staging import Setup
from enforceflow.casefiles.story import Play, Step, StepKind
from enforceflow.cases.case import Case
from enforceflow.cases.journal import Entry, LinkKind, Moment
from enforceflow.engine.engine import Outcome
from enforceflow.engine.refusals import Refusal, Refused
from enforceflow.errors import DefinitionError, EnforceflowError
from enforceflow.texts import Title

_LOOK: Final = Title("查看", "Look")
_END: Final = Title("最后状况", "In the end")
_OPEN_FROM: Final = Title("由他案转来", "Open from another case")
_KEYS: Final = {Correction: "correct", Strike: "strike"}
_KINDS: Final = {Act: StepKind.RECORDED, Correction: StepKind.CORRECTED, Strike: StepKind.STRUCK}


@attrs.define
class Performance:
    """One case while it is played."""

    scenario: Scenario
    setup: Setup
    dates: Dates
    case: Case
    recounter: Recounter
    steps: list[Step] = attrs.field(factory=list)
    stopped: bool = False
    _labels: dict[str, int] = attrs.field(factory=dict)
    _shared: bool = False

    @classmethod
    def of(cls, scenario: Scenario, setup: Setup, dates: Dates) -> Performance:
        """Return the performance of a case of which nothing is played yet."""
        case = setup.engine.open(scenario.number)
        return cls(scenario, setup, dates, case, Recounter(setup.engine))

    def open_from(self, origin: CarryOver, old: Case) -> Case:
        """Open the case from an old one; return the old one with its tracks carried over."""
        tracks = [one.name for one in origin.carry]
        with _located(origin.place):
            opened = self.setup.engine.open(self.scenario.number, from_=old, carry=tracks, at=origin.at)
        told = self.recounter
        self.steps.append(
            Step(
                StepKind.CARRIED,
                origin.place,
                origin.at,
                _OPEN_FROM,
                lapses=told.lapses(opened.case, (), origin.at),
                changes=told.changes(self.case, opened.case, origin.at),
            )
        )
        self.case = opened.case
        return opened.old

    def stop(self, check: Check, at: Moment) -> None:
        """Note why the case cannot be opened from an old one."""
        self.steps.append(Step(StepKind.CARRIED, check.place, at, _OPEN_FROM, checks=(check,)))
        self.stopped = True

    def play(self, today: Moment | None) -> Play:
        """Play every item and look at the case on the last day; nothing is played after an act that goes wrong."""
        items = dated(self.scenario.items, self.dates)
        for position, item in enumerate(items):
            if not self.stopped:
                self._shared = position < self.scenario.shared
                self._item(item)
        self._shared = False
        day = today or self.scenario.today or self._last_day(items)
        if not self.stopped:
            self._end(day)
        with _located(self.scenario.place):
            runs = tuple(self.setup.engine.deadlines(self.case, today=day, earlier=True))
        return Play(self.dates, tuple(self.steps), self.case, day, runs, self.stopped)

    def _last_day(self, items: tuple[Item, ...]) -> date:
        origin = self.scenario.origin
        return max(day_of(day) for day in (*(item.on for item in items), *([] if origin is None else [origin.at])))

    def _end(self, day: Moment) -> None:
        self.setup.host.answers = self._answers(None)
        with _located(self.scenario.place):
            lapses = self.recounter.lapses(self.case, (), day)
            changes = self.recounter.changes(self.case, self.case, day)
            seen = Seen(self.setup.engine, self.setup.host, self.case, day)
            checks = self._checked(seen, self.scenario.expect)
        place = self.scenario.place
        self.steps.append(Step(StepKind.END, place, day, _END, lapses=lapses, changes=changes, checks=checks))

    def _item(self, item: Item) -> None:
        self.setup.host.answers = self._answers(item)
        with _located(item.place):
            if isinstance(item, Look):
                self._look(item)
            else:
                self._act(item)

    def _answers(self, item: Item | None) -> Mapping[str, bool]:
        own = item.rules if isinstance(item, (Act, Look)) else {}
        return {rule: given.answer for rule, given in {**self.scenario.given.rules, **own}.items()}

    def _look(self, look: Look) -> None:
        lapses = self.recounter.lapses(self.case, (), look.at)
        changes = self.recounter.changes(self.case, self.case, look.at)
        seen = Seen(self.setup.engine, self.setup.host, self.case, look.at)
        checks = self._checked(seen, look.expect)
        step = Step(StepKind.LOOK, look.place, look.at, _LOOK, "", look, lapses=lapses, changes=changes, checks=checks)
        self.steps.append(step)

    def _act(self, item: Act | Correction | Strike) -> None:
        before = self.case
        try:
            outcome = self._recorded(item)
        except Refused as refused:
            self._refused(item, refused.refusal)
            return
        self.case = outcome.case
        if isinstance(item, Strike):
            position = self._labels[item.label]
        else:
            position = next(place for place, entry in enumerate(outcome.entries) if is_act(entry)) + len(before.journal)
            self._labels[item.label] = position
        entry = outcome.case.journal[position]
        effects = tuple(effect.name for effect in outcome.effects if not effect.entry.derived)
        checks = self._checks(item, entry.track, effects, None)
        self.stopped = item.refused is not None
        step = self._step(item, before, outcome, entry)
        self.steps.append(attrs.evolve(step, effects=effects, checks=checks))

    def _step(self, item: Act | Correction | Strike, before: Case, outcome: Outcome, entry: Entry) -> Step:
        tell, case = self.recounter, outcome.case
        act = tell.told(case, entry)
        others = [
            one for one in outcome.entries if one is not entry and not one.derived and _is(one, LinkKind.RAISED_BY)
        ]
        gone = [one for one in outcome.entries if _is(one, LinkKind.WITHDRAWS)]
        return Step(
            _KINDS[type(item)],
            item.place,
            item.on,
            act.title,
            entry.track,
            item,
            act=act,
            raised=tuple(tell.told(case, one) for one in others),
            lapses=tell.lapses(case, outcome.entries, item.on),
            withdrawn=tuple(tell.told(case, one) for one in gone),
            changes=tell.changes(before, case, item.on),
        )

    def _refused(self, item: Act | Correction | Strike, refusal: Refusal) -> None:
        if item.refused is None:
            subject = item.do if isinstance(item, Act) else f"{_KEYS[type(item)]} {item.label}"
            expected = Expectation(Aspect.RECORDED, subject, wanted=True, place=item.place, key=item.place)
            seen = Seen(self.setup.engine, self.setup.host, self.case, item.on, refusal=refusal)
            checks = self._checked(seen, (expected,))
            self.stopped = True
        else:
            checks = self._checks(item, refusal.track, (), refusal)
        self.steps.append(
            Step(
                StepKind.REFUSED,
                item.place,
                item.on,
                self.recounter.title(refusal.track, refusal.event),
                refusal.track,
                item,
                lapses=self.recounter.lapses(self.case, (), item.on),
                refusal=refusal,
                changes=self.recounter.changes(self.case, self.case, item.on),
                checks=checks,
            )
        )

    def _checks(
        self, item: Act | Correction | Strike, track: str, effects: tuple[str, ...], refusal: Refusal | None
    ) -> tuple[Check, ...]:
        seen = Seen(self.setup.engine, self.setup.host, self.case, item.on, track, effects, refusal)
        return self._checked(seen, item.expect)

    def _checked(self, seen: Seen, expected: Iterable[Expectation]) -> tuple[Check, ...]:
        case = self.scenario.slug if self._shared else ""
        return tuple(attrs.evolve(seen.check(one, self.dates), case=case) for one in expected)

    def _recorded(self, item: Act | Correction | Strike) -> Outcome:
        engine = self.setup.engine
        if isinstance(item, Strike):
            return engine.strike(self.case, self._labels[item.label], reason=item.reason, recorded_at=item.recorded)
        if isinstance(item, Correction):
            return engine.correct(
                self.case,
                self._labels[item.label],
                reason=item.reason,
                at=item.at,
                facts=None if item.facts is None else _values(item.facts),
                recorded_at=item.recorded,
            )
        return engine.record(
            self.case,
            item.do,
            at=item.at,
            track=item.track,
            kind=item.kind,
            facts=_values(item.facts),
            by=item.by,
            role=item.role,
            recorded_at=item.recorded,
            history=item.history,
        )


def _values(facts: Mapping[str, GivenFact]) -> dict[str, object]:
    return {name: fact.value for name, fact in facts.items()}


def _is(entry: Entry, kind: LinkKind) -> bool:
    return entry.link is not None and entry.link.kind is kind


@contextmanager
def _located(place: Place) -> Iterator[None]:
    """Turn what the engine raises on bad input into a `DefinitionError` that says where the input stands."""
    try:
        yield
    except DefinitionError as error:
        problems = [one if one.file else place.problem(one.message, one.suggestion) for one in error.problems]
        raise DefinitionError(problems) from error
    except EnforceflowError as error:
        cause = error.__cause__
        if isinstance(cause, Unanswered):
            raise DefinitionError([unanswered(place, cause.event, cause.rule)]) from error
        raise DefinitionError([place.problem(error.message)]) from error
