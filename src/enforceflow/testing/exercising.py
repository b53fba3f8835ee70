"""What a suite of case files shows of its workflows: which limits and conditions its stories try, and how."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final, TypeVar

import attrs

from enforceflow.calendars.moments import day_of
from enforceflow.casefiles import Act, Aspect, Play, Playback, PlayedCase, Step, StepKind
from enforceflow.cases.journal import Moment
from enforceflow.deadlines.deadline import Deadline, Status
from enforceflow.definitions import CASE, TimeLimit, Transition, Workflow
from enforceflow.engine.refusals import Reason, ReasonKind
from enforceflow.testing.demands import ACTS, LIMITS, Demand, Shown, conditions, of_limit

T = TypeVar("T", TimeLimit, Transition)
_DAY: Final = timedelta(days=1)
_ANY: Final = "any"
_OF_LIMITS: Final = (Aspect.DUE, Aspect.STATUS, Aspect.EARLIER)
_OF_ACTS: Final = (Aspect.OPEN, Aspect.NOT_OPEN)
_CONDITIONS: Final = (ReasonKind.GUARD, ReasonKind.UNKNOWN, ReasonKind.PREREQUISITE, ReasonKind.TRACK)


def exercised(workflows: Iterable[Workflow], playbacks: Iterable[Playback]) -> list[Demand]:
    """Return what should be shown of each limit and of each condition of an act, with the cases that show it.

    Shown is what a case plays and an expectation of it asserts: the due date or status of the limit, or the refusal.
    What several workflows (or kinds) have in common is asked once. Cases that fail show nothing.
    """
    ledger = _Ledger()
    for workflow in workflows:
        ledger.take(workflow)
    for playback in playbacks:
        for case in playback.cases:
            if not case.failures and not case.story.stopped:
                _Witness(ledger, case, f"{playback.file.place.file}#{case.scenario.slug}").testify()
    return list(ledger.demands())


@attrs.define(eq=False)
class _Entry:
    """One definition, the workflows that have it, and of each thing to be shown who shows it."""

    section: str
    definition: TimeLimit | Transition
    workflows: list[str]
    shown: dict[tuple[Shown, str], list[str]]

    def show(self, what: Shown, where: str, subject: str = "") -> None:
        cases = self.shown.get((what, subject))
        if cases is not None and where not in cases:
            cases.append(where)


@attrs.define(eq=False)
class _Ledger:
    """Every definition once, by track name and its own name."""

    _entries: dict[tuple[str, str, str], list[_Entry]] = attrs.field(factory=dict)

    def take(self, root: Workflow) -> None:
        self._take("", root)
        for track, kinds in root.tracks.items():
            for workflow in kinds.values():
                self._take(track, workflow)

    def _take(self, track: str, workflow: Workflow) -> None:
        for limit in workflow.time_limits.values():
            self._add(LIMITS, track, workflow, limit, [(what, "") for what in of_limit(limit, workflow)])
        for act in workflow.transitions.values():
            asked = [(Shown.REFUSED, subject) for subject in conditions(act)]
            if asked:
                self._add(ACTS, track, workflow, act, [(Shown.RECORDED, ""), *asked])

    def _add(self, section: str, track: str, workflow: Workflow, definition: T, keys: list[tuple[Shown, str]]) -> None:
        entry = self.find(section, track, definition)
        if entry is None:
            entry = _Entry(section, definition, [], {key: [] for key in keys})
            self._entries.setdefault((section, track, definition.name), []).append(entry)
        if workflow.name not in entry.workflows:
            entry.workflows.append(workflow.name)

    def find(self, section: str, track: str, definition: T) -> _Entry | None:
        entries = self._entries.get((section, track, definition.name), ())
        return next((entry for entry in entries if entry.definition == definition), None)

    def demands(self) -> Iterator[Demand]:
        for entries in self._entries.values():
            for entry in entries:
                for (what, subject), cases in entry.shown.items():
                    names = tuple(entry.workflows)
                    yield Demand(names, entry.section, entry.definition.name, what, subject, tuple(cases))


@attrs.define(eq=False, slots=False)
class _Witness:
    """One played case, and what it shows."""

    ledger: _Ledger
    case: PlayedCase
    where: str

    @property
    def play(self) -> Play:
        return self.case.story

    @cached_property
    def expected(self) -> frozenset[str]:
        """The limits, as one writes them, of which something is expected."""
        checks = self.play.checks
        return frozenset(one.expectation.subject for one in checks if one.expectation.aspect in _OF_LIMITS)

    @cached_property
    def seen(self) -> dict[date, set[str]]:
        """By day the limits and tracks at which a step looks."""
        found: dict[date, set[str]] = {}
        for step in self.play.steps:
            found.setdefault(day_of(step.at), set()).update(_looked_at(step))
        return found

    def testify(self) -> None:
        for run in self.play.runs:
            track = run.track.partition("/")[0]
            entry = self.ledger.find(LIMITS, track, run.limit)
            if entry is not None:
                for what in self._of_run(run):
                    entry.show(what, self.where)
        for step in self.play.steps:
            self._recorded(step)
            for reason in () if step.refusal is None else step.refusal.reasons:
                self._refused(step, reason)

    def _of_run(self, run: Deadline) -> Iterator[Shown]:
        yield from _met(run) if run.name in self.expected else ()
        yield from self._moved(run)
        if self._expects(run, Status.MISSED, _after(run)):
            yield Shown.LATE
        if any(self._expects(run, status, day_of(run.due)) for status in (Status.RUNNING, Status.DUE_SOON)):
            yield Shown.RUNNING
        if self._expects(run, Status.HAS_RUN, _after(run)):
            yield Shown.RUN_OUT
        looked = {run.name, run.track or CASE}
        if looked & self.seen.get(day_of(run.due), set()) and not _is_over(run):
            yield Shown.STANDING
        if run.status is Status.LAPSED and looked & self.seen.get(_after(run), set()):
            yield Shown.LAPSED
        yield from self._governed(run)

    def _moved(self, run: Deadline) -> Iterator[Shown]:
        """Yield what moved the end, if the end is expected."""
        if run.name not in self.expected:
            return
        if run.number > 1:
            yield from (Shown.TWICE, Shown.RENEWED)
        kinds = {step.kind for step in run.steps}
        for kind, what in _BY_STEP.items():
            if kind in kinds:
                yield what

    def _governed(self, run: Deadline) -> Iterator[Shown]:
        """Yield what became of the acts that a right or a bar governs, on the days that count."""
        limit = run.limit
        clock = isinstance(run.due, datetime)
        first = day_of(run.due) if clock or limit.earliest == "on" else _after(run)
        for step in self.play.steps:
            if self._did(step, run, limit.closes) and day_of(step.at) == day_of(run.due):
                yield Shown.ACCEPTED
            if self._did(step, run, limit.closes) and day_of(step.at) > day_of(run.due):
                yield Shown.RESTORED
            if day_of(step.at) == first and (self._did(step, run, limit.bars) or _is_open(step, run)):
                yield Shown.ALLOWED

    def _did(self, step: Step, run: Deadline, events: tuple[str, ...]) -> bool:
        return step.act is not None and step.track == run.track and step.act.entry.event in events

    def _expects(self, run: Deadline, status: Status, day: date) -> bool:
        return any(
            check.expectation.aspect is Aspect.STATUS
            and check.expectation.subject == run.name
            and check.expectation.wanted is status
            for step in self.play.steps
            if day_of(step.at) == day
            for check in step.checks
        )

    def _workflow(self, address: str, step: Step) -> Workflow | None:
        """Return the workflow that runs a track, or that would run it if it could be opened."""
        if not address:
            return self.case.workflow
        kinds = self.case.workflow.tracks.get(address.partition("/")[0], {})
        opening = self.play.case.reading.opening(address)
        asked = step.item.kind if isinstance(step.item, Act) else ""
        kind = asked if opening is None else opening.kind
        return kinds.get(kind) or next(iter(kinds.values()), None)

    def _recorded(self, step: Step) -> None:
        for told in (*([] if step.act is None else [step.act]), *step.raised, *step.lapses):
            entry = told.entry
            workflow = self._workflow(entry.track, step)
            taken = None if workflow is None else workflow.transitions.get(entry.transition)
            if workflow is not None and taken is not None:
                self._show_act(entry.track, taken, Shown.RECORDED)
                for other in _alternatives(taken, workflow):
                    for subject in conditions(other):
                        self._show_act(entry.track, other, Shown.REFUSED, subject)

    def _refused(self, step: Step, reason: Reason) -> None:
        address = step.track if not reason.track else "" if reason.track == CASE else reason.track
        workflow = self._workflow(address, step)
        if workflow is None:
            return
        limit = workflow.time_limits.get(reason.subject)
        if limit is not None and reason.kind in _BY_REASON:
            entry = self.ledger.find(LIMITS, address.partition("/")[0], limit)
            due = [run.due for run in self.play.runs if run.track == address and run.limit.name == limit.name]
            if entry is not None and _BY_REASON[reason.kind](reason, step.at, due):
                entry.show(_SHOWN_BY[reason.kind], self.where)
        if reason.kind in _CONDITIONS and step.refusal is not None:
            for act in workflow.transitions.values():
                if reason.track or act.event == step.refusal.event:
                    self._show_act(address, act, Shown.REFUSED, reason.subject)

    def _show_act(self, address: str, act: Transition, what: Shown, subject: str = "") -> None:
        entry = self.ledger.find(ACTS, address.partition("/")[0], act)
        if entry is not None:
            entry.show(what, self.where, subject)


def _after(run: Deadline) -> date:
    return day_of(run.due) + _DAY


def _is_over(run: Deadline) -> bool:
    """Tell whether a run stopped before its last day."""
    return run.ended is not None and day_of(run.ended) < day_of(run.due)


def _met(run: Deadline) -> Iterator[Shown]:
    """Yield when a run was met; where it ends at a minute, that minute stands for the last day."""
    if run.met is None:
        return
    if run.status is Status.MET:
        yield Shown.IN_TIME
        by_minute = isinstance(run.due, datetime) and isinstance(run.met, datetime)
        on = run.met == run.due if by_minute else day_of(run.met) == day_of(run.due)
        yield Shown.LAST_DAY if on else Shown.EARLY
    elif day_of(run.met) <= _after(run):
        yield Shown.LATE


def _looked_at(step: Step) -> Iterator[str]:
    if step.kind not in (StepKind.LOOK, StepKind.END):
        yield step.track or CASE
    for check in step.checks:
        subject, aspect = check.expectation.subject, check.expectation.aspect
        if aspect in _OF_LIMITS or aspect is Aspect.STATES:
            yield subject
        elif aspect in _OF_ACTS:
            yield subject.rpartition(".")[0] or CASE


def _is_open(step: Step, run: Deadline) -> bool:
    prefix = f"{run.track}." if run.track else ""
    acts = {f"{prefix}{event}" for event in run.limit.bars}
    return any(check.expectation.aspect is Aspect.OPEN and check.expectation.subject in acts for check in step.checks)


def _alternatives(taken: Transition, workflow: Workflow) -> Iterator[Transition]:
    """Yield the other acts of the event that leave from a state that this one leaves: it was chosen over them."""
    for other in workflow.transitions.values():
        if other.event == taken.event and other.name != taken.name:
            shared = set(other.from_) & set(taken.from_) or _ANY in (*other.from_, *taken.from_)
            if shared or (other.opens and taken.opens):
                yield other


def _on_the_last_barred_day(reason: Reason, at: Moment, _due: list[Moment]) -> bool:
    if isinstance(reason.opens, datetime):
        return day_of(reason.opens) - _DAY <= day_of(at)
    return reason.opens is not None and day_of(at) + _DAY == reason.opens


def _on_the_day_after(_reason: Reason, at: Moment, due: list[Moment]) -> bool:
    return any(day_of(one) <= day_of(at) <= day_of(one) + _DAY for one in due)


def _on_any_day(_reason: Reason, _at: Moment, _due: list[Moment]) -> bool:
    return True


_BY_STEP: Final = {
    "rest": Shown.RESTED,
    "pause": Shown.PAUSED,
    "extension": Shown.EXTENDED,
    "ceiling": Shown.CEILING,
}
_BY_REASON: Final[dict[ReasonKind, Callable[[Reason, Moment, list[Moment]], bool]]] = {
    ReasonKind.BAR: _on_the_last_barred_day,
    ReasonKind.OUT_OF_TIME: _on_the_day_after,
    ReasonKind.EXTENSION: _on_any_day,
}
_SHOWN_BY: Final = {
    ReasonKind.BAR: Shown.BARRED,
    ReasonKind.OUT_OF_TIME: Shown.TOO_LATE,
    ReasonKind.EXTENSION: Shown.CAPPED,
}
