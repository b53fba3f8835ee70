"""Whether an act may be recorded: the conditions of its transition, as a quick test and as reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from enforceflow.calendars.moments import day_of, written
from enforceflow.cases.journal import NO_ANSWERS, Frozen, Journal, Moment
from enforceflow.deadlines.deadline import reader_of
from enforceflow.deadlines.limits import LimitReader
from enforceflow.deadlines.runs import Run, is_past
from enforceflow.deadlines.starts import as_length, length_of
from enforceflow.deadlines.windows import within_cap
from enforceflow.definitions import CASE, ActRef, ByFact, TimeLimit
from enforceflow.definitions.periods import Period
from enforceflow.engine.asking import Asking, Request
from enforceflow.engine.refusals import (
    BARRED,
    BY_ITSELF,
    CASE_CLOSED,
    CASE_NOT_OPENED,
    MISSING_FACT,
    MUST_COME_FIRST,
    NEEDS_TIME,
    NO_MORE_EXTENSIONS,
    NOT_DONE,
    NOT_SO,
    NOT_TAKEN,
    OUT_OF_TIME,
    UNDECIDED,
    UNKNOWN_GUARD,
    WRONG_ROLE,
    Reason,
    ReasonKind,
)
from enforceflow.engine.setting import Setting
from enforceflow.programs.machine import UNOPENED
from enforceflow.programs.program import Act, Part, Program
from enforceflow.programs.scenes import ROOT, Answer, Scene, program_at, related
from enforceflow.texts import Both, Message


class _Limits:
    """The time limits of a case at the moment of an act, read when they are first looked at."""

    __slots__ = ("_at", "_journal", "_reader", "_setting")

    def __init__(self, setting: Setting, journal: Journal, at: Moment) -> None:
        self._setting = setting
        self._journal = journal
        self._at = at
        self._reader: LimitReader | None = None

    @property
    def reader(self) -> LimitReader:
        if self._reader is None:
            self._reader = reader_of(self._setting.programs, self._setting.calendar, self._journal, self._at)
        return self._reader

    def status(self, scene: Scene, limit: str) -> str | None:
        return self.reader.status(scene, limit)


class Conditions:
    """The conditions of one requested act, against the acts in force before it (`journal`)."""

    __slots__ = ("_answer", "_limits", "_scene", "journal", "number", "program", "request", "setting", "state")

    def __init__(
        self,
        setting: Setting,
        number: str,
        journal: Journal,
        program: Program,
        request: Request,
        answer: Answer | None = None,
    ) -> None:
        self.setting = setting
        self.number = number
        self.journal = journal
        self.program = program
        self.request = request
        last = journal.last(request.track)
        self.state = UNOPENED if last is None else last.state
        self._answer = answer
        self._limits = _Limits(setting, journal, request.at)
        self._scene: Scene | None = None

    def choose(self, candidates: tuple[Act, ...]) -> Act | None:
        """Return the first of the acts whose conditions hold, or None.

        A request that is `lenient` tells what happened: if none holds, it takes the one it names, or the first.
        """
        is_open = self._case_is_open()
        for act in candidates:
            if act.simple and is_open:
                if self._hold(act):
                    return act
            elif next(self.against(act), None) is None:
                return act
        request = self.request
        if request.lenient and candidates:
            return next((act for act in candidates if act.name == request.transition), candidates[0])
        return None

    def _case_is_open(self) -> bool:
        if not self.request.track:
            return self.state not in self.program.closed
        last = self.journal.last(ROOT)
        return last is not None and last.state not in self.setting.programs.root.closed

    def _hold(self, act: Act) -> bool:
        """Return whether nothing stands against a simple act of an open case, as `against` would tell."""
        request = self.request
        if act.roles and request.role is not None and request.role not in act.roles:
            return False
        facts = request.facts
        if (facts or act.required) and not (act.required <= facts.keys() <= act.accepted):
            return False
        for ref in act.after:
            if self.journal.last_act(request.track, ref.event) is None:
                return False
        return act.guard is None or act.guard.evaluate(self.scene()) is True

    def against(self, act: Act) -> Iterator[Reason]:
        """Yield every reason against an act whose state fits."""
        closed = self._closed(act)
        if closed is not None:
            yield closed
        if act.follows is not None and not self.request.automatic:
            said = BY_ITSELF(limit=Both(act.follows.title))
            yield Reason(ReasonKind.AUTOMATIC, act.follows.name, said, act.follows.source)
        if act.timed is not None and not isinstance(self.request.at, datetime):
            yield Reason(ReasonKind.FACT, "at", NEEDS_TIME(limit=Both(act.timed.title)), act.timed.source)
        yield from self._role(act)
        yield from self._facts(act)
        for ref in act.after:
            if not self._was_done(ref):
                yield Reason(ReasonKind.PREREQUISITE, str(ref), MUST_COME_FIRST(act=self._title(ref)), act.source)
        yield from self._awaited(act)
        yield from self._guard(act)
        for limit in act.bars:
            yield from self._barred(limit)
        for limit in act.closes:
            yield from self._out_of_time(limit)
        for limit in act.extends:
            yield from self._exhausted(limit)

    def _closed(self, act: Act) -> Reason | None:
        """Return the reason against an act on a case that is closed or was never opened, or None."""
        root = self.setting.programs.root
        last = self.journal.last(ROOT)
        if self.request.automatic or (self.request.raised and last is not None):
            return None
        if last is None:
            return Reason(ReasonKind.STATE, "", CASE_NOT_OPENED()) if self.request.track else None
        state = last.state
        if state not in root.closed or act.definition.outlives:
            return None
        if not self.request.track and act.to not in ("", state) and state in act.definition.from_:
            return None
        return Reason(ReasonKind.CLOSED, state, CASE_CLOSED(state=Both(root.workflow.states[state].title)))

    def scene(self) -> Scene:
        """Return what guards see."""
        scene = self._scene
        if scene is None:
            request = self.request
            if self._answer is None:
                self._answer = Asking(self.setting.askers, self.number, request)
            scene = self._scene = Scene(
                self.setting.programs,
                self.program,
                self.journal,
                request.track,
                request.at if type(request.at) is date else day_of(request.at),
                request.facts,
                self._answer,
                self._limits.status,
            )
        return scene

    @property
    def answers(self) -> Frozen[str, bool]:
        """The rules that the host was asked, with its answers."""
        asking = self._answer
        return Frozen(asking.answers) if isinstance(asking, Asking) and asking.answers else NO_ANSWERS

    def _was_done(self, ref: ActRef) -> bool:
        if not ref.track:
            return self.journal.last_act(self.request.track, ref.event) is not None
        places = related(self.setting.programs, self.journal, self.request.track, ref.track)
        return any(self.journal.last_act(place, ref.event) is not None for place in places)

    def _title(self, ref: ActRef) -> object:
        programs = self.setting.programs
        if not ref.track:
            candidates = [self.program]
        else:
            candidates = [programs.root] if ref.track == CASE else list(programs.tracks[ref.track].values())
        serving = next(program.events[ref.event] for program in candidates if ref.event in program.events)
        return Both(serving[0].definition.title)

    def _role(self, act: Act) -> Iterator[Reason]:
        role = self.request.role
        if act.roles and role is not None and role not in act.roles:
            known = self.setting.programs.roles
            titles = [Both(known[name].title) if name in known else name for name in act.definition.by]
            yield Reason(
                ReasonKind.ROLE,
                role,
                WRONG_ROLE(role=Both(known[role].title) if role in known else role or "—", roles=titles),
                act.source,
            )

    def _facts(self, act: Act) -> Iterator[Reason]:
        facts = self.program.facts
        given = self.request.facts
        for name in act.definition.takes:
            if name not in given:
                yield Reason(ReasonKind.FACT, name, MISSING_FACT(fact=Both(facts[name].title)), act.source)
        for name in given:
            if name not in act.accepted:
                yield Reason(ReasonKind.FACT, name, NOT_TAKEN(fact=Both(facts[name].title)))

    def _awaited(self, act: Act) -> Iterator[Reason]:
        for name in act.definition.awaits:
            undone = []
            for address in related(self.setting.programs, self.journal, ROOT, name):
                program = program_at(self.setting.programs, self.journal, address)
                last = self.journal.last(address)
                if program is not None and last is not None and last.state not in program.closed:
                    undone.append(address)
            if undone:
                yield Reason(ReasonKind.TRACK, name, NOT_DONE(tracks=undone), act.source)

    def _barred(self, limit: TimeLimit) -> Iterator[Reason]:
        run = self._limits.reader.present(self.request.track, self.program, limit)
        if run is None or _is_over(run):
            return
        on = limit.earliest == "on"
        stands = is_past(run.due, self.request.at) if on else not is_past(self.request.at, run.due)
        if stands:
            opens = run.due if on or isinstance(run.due, datetime) else run.due + timedelta(days=1)
            through = run.due if not on or isinstance(run.due, datetime) else run.due - timedelta(days=1)
            said = BARRED(through=written(through), limit=Both(limit.title))
            yield Reason(ReasonKind.BAR, limit.name, said, limit.source, opens)

    def _out_of_time(self, limit: TimeLimit) -> Iterator[Reason]:
        run = self._limits.reader.present(self.request.track, self.program, limit)
        if run is None or (run.ended is not None and not is_past(run.ended, run.due)):
            return
        restored = self._limits.reader.lookups.positions(self.request.track, limit.restored_by)
        if any(position >= run.start.position for position in restored):
            return
        at = self.request.at
        if isinstance(run.due, datetime) and not isinstance(at, datetime) and at == day_of(run.due):
            yield Reason(ReasonKind.FACT, "at", NEEDS_TIME(limit=Both(limit.title)), limit.source)
        elif is_past(at, run.due):
            said = OUT_OF_TIME(due=written(run.due), limit=Both(limit.title))
            yield Reason(ReasonKind.OUT_OF_TIME, limit.name, said, limit.source)

    def _exhausted(self, limit: TimeLimit) -> Iterator[Reason]:
        run = self._limits.reader.present(self.request.track, self.program, limit)
        amount = None if run is None else self._amount(limit, run)
        if run is None or amount is None or within_cap(limit.extensions, run.extensions, amount):
            return
        said = NO_MORE_EXTENSIONS(cap=limit.extensions, limit=Both(limit.title))
        yield Reason(ReasonKind.EXTENSION, limit.name, said, limit.source)

    def _amount(self, limit: TimeLimit, run: Run) -> Period | None:
        request = self.request
        length = limit.extended_by[request.event]
        if isinstance(length, ByFact) and length.event == request.event:
            found = as_length(request.facts.get(length.fact))
        else:
            root = self.setting.programs.root
            found = length_of(length, run.start, self.journal, request.track, self.program, root)
        return found if isinstance(found, Period) else None

    def _guard(self, act: Act) -> Iterator[Reason]:
        if act.guard is None or act.guard.evaluate(self.scene()) is True:
            return
        for part in act.parts:
            held = part.expression.evaluate(self.scene())
            if held is True:
                continue
            if held is None:
                missing = [name for name in sorted(part.expression.reads) if self.scene().value(name) is None]
                said = self._undecided(part, missing)
                yield Reason(ReasonKind.UNKNOWN, part.expression.text, said, act.source, needs=tuple(missing))
            else:
                yield Reason(ReasonKind.GUARD, part.expression.text, NOT_SO(what=part.title), act.source)

    def _undecided(self, part: Part, missing: Sequence[str]) -> Message:
        """Tell what is missing: facts, and what is computed from others only where no fact of this track is."""
        facts = [name for name in missing if name in self.program.facts]
        told = facts or [name for name in missing if name != part.expression.text]
        if not told:
            return UNDECIDED(what=part.title)
        return UNKNOWN_GUARD(what=part.title, facts=[self._name(name) for name in told])

    def _name(self, name: str) -> object:
        fact = self.program.facts.get(name) or self.program.workflow.derived.get(name)
        return name if fact is None else Both(fact.title)


def _is_over(run: Run) -> bool:
    return run.ended is not None and not is_past(run.ended, run.due)
