"""Walking a workflow at random: acts that are open and some that are not, late entries, corrections, sweeps."""

from __future__ import annotations

import contextlib
import copy
import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enforceflow.calendars.calendar import Calendar
from enforceflow.calendars.moments import day_of
from enforceflow.cases.case import Case, in_force, may_precede
from enforceflow.cases.journal import LinkKind, Moment
from enforceflow.definitions import CASE, Transition, Workflow
from enforceflow.engine.engine import Engine, Outcome
from enforceflow.engine.options import Openness, Option
from enforceflow.engine.refusals import Refused
from enforceflow.errors import EnforceflowError
from enforceflow.programs.program import Program, compile_programs
from enforceflow.programs.scenes import Question, program_at
from enforceflow.testing.invariants import Broken, check_case, check_reading, hold
from enforceflow.testing.values import known_in, values
from enforceflow.texts import Title

Law = Callable[[Engine, Case, date], str | None]
"""What must hold for a case read on a day: it raises `Broken`, or returns what does not hold, or nothing."""

_NUMBER: Final = "（2026）示0000执1号"
_STRIDES: Final = (0, 0, 1, 1, 2, 3, 7, 15, 31, 100, 200, 370)
_WANTED: Final[Sequence[Callable[[Option], bool]]] = (
    *(lambda one: one.openness is not Openness.NOT_OPEN and bool(one.transition.to),) * 4,
    *(lambda one: one.openness is not Openness.NOT_OPEN,) * 3,
    lambda one: one.openness is Openness.NOT_OPEN,
)
_PEOPLE: Final = ("", "王法官", "李书记员")
_WEEKENDS: Final = Calendar("weekends", Title("双休日", "Weekends"), "Asia/Shanghai", frozenset({5, 6}))


class _Answers:
    """Answers each rule by what the story drew last; `silent` while nobody may be asked."""

    def __init__(self, rules: Sequence[str]) -> None:
        self.yes: frozenset[str] = frozenset()
        self.silent = False
        for rule in rules:
            setattr(self, rule, self._answer)

    @contextlib.contextmanager
    def unasked(self) -> Iterator[None]:
        """Break the story if a rule is asked meanwhile."""
        self.silent = True
        try:
            yield
        finally:
            self.silent = False

    def _answer(self, ask: Question) -> bool:
        if self.silent:
            raise Broken(f"the rule {ask.rule} was asked though nothing was recorded")
        return ask.rule in self.yes


@attrs.define(eq=False, repr=False)
class Story:
    """A case walked at random: the engine, the case at the end, and what was done, as calls of the engine."""

    engine: Engine
    case: Case
    now: date
    told: list[str] = attrs.field(factory=list)

    def __repr__(self) -> str:
        return "\n".join(["a story:", *self.told, ""])


PATIENT: Final = settings(deadline=None, suppress_health_check=list(HealthCheck))
"""Settings of Hypothesis for tests that walk: a story takes a tenth of a second and more."""


def check(workflow: Workflow, *, stories: int = 100, **asked: Any) -> None:  # noqa: ANN401  the keywords of walk
    """Walk a workflow so many times; raise `Broken` with the shortest story in which something did not hold.

    What `walk` can be asked, this can be asked too.
    """

    @settings(PATIENT, max_examples=stories)
    @given(walk(workflow, **asked))
    def tell(story: Story) -> None:
        hold("a story has no case", it_holds=bool(story.case.number))

    tell()


def walk(
    workflow: Workflow,
    *,
    rules: object = None,
    calendar: Calendar | None = None,
    max_acts: int = 12,
    since: date = date(2026, 1, 5),
    start: Case | None = None,
    among: Collection[str] = (),
    invariants: Sequence[Law] = (),
) -> st.SearchStrategy[Story]:
    """Return a strategy for stories of a workflow, each checked at every step.

    Acts that options call open are recorded, and some that are not; on tracks of every kind, with facts of their
    types, on later days, on the very days on which time limits end, and on earlier days; acts are corrected and
    struck. `rules` answers the workflow's rules; without it they are answered at random. A story breaks with
    `Broken`, which tells what was done until then.

    Stories begin with no act, on the day `since`; or with the case `start` of this workflow (one played from a case
    file, say), on the day on which its newest entry was recorded. `among` names what the stories keep to, tracks
    (`asset`, `case`) and acts (`receipt.pay`): a short story in a large workflow goes nowhere else. `invariants` are
    laws of your own: each is called with the engine, the case and the day after every step, and before the first; it
    raises `Broken` or returns what does not hold. No rule may be asked while they read the case.
    """
    names = sorted(compile_programs(workflow).rules) if rules is None else []
    host = _Answers(names) if rules is None else rules
    engine = Engine(workflow, calendar=calendar or _WEEKENDS, rules=host)
    if start is not None:
        since = max((day_of(entry.recorded_at) for entry in start.journal), default=since)
    story = Story(engine, engine.open(_NUMBER) if start is None else start, since)
    return _stories(_Course(engine, host, names, invariants, frozenset(among), story), max_acts)


class _Course:
    """What the stories of one walk have in common; Hypothesis shows it where a story breaks, so it tells little."""

    def __init__(
        self,
        engine: Engine,
        host: object,
        names: Sequence[str],
        laws: Sequence[Law],
        among: AbstractSet[str],
        start: Story,
    ) -> None:
        self.engine = engine
        self.host = host if isinstance(host, _Answers) else _Answers(())
        self.names = names
        self.laws = laws
        self.among = among
        self.start = start

    def __repr__(self) -> str:
        return f"a walk from {self.start.case.number} on {self.start.now}"

    def begin(self) -> Story:
        """Return a story in which nothing was done yet."""
        start = self.start
        length = len(start.case.journal)
        told = [f"  from {start.case.number} with {length} entries, on {start.now}"] if length else []
        return Story(self.engine, start.case, start.now, told)


@st.composite
def _stories(draw: st.DrawFn, course: _Course, max_acts: int) -> Story:
    story = course.begin()
    walker = _Walker(draw, story, course)
    try:
        walker.obey()
        for _ in range(draw(st.integers(1, max_acts))):
            walker.step()
    except (Broken, EnforceflowError) as broken:
        raise Broken(f"{broken}\n{story!r}") from broken
    return story


class _Walker:
    """Takes the steps of one story; every choice is drawn."""

    def __init__(self, draw: st.DrawFn, story: Story, course: _Course) -> None:
        self.draw = draw
        self.story = story
        self.engine = story.engine
        self.host = course.host
        self.names = course.names
        self.laws = course.laws
        self.among = course.among

    def step(self) -> None:
        """Let time go on, answer the rules anew, do one thing, and check all that must hold."""
        story, draw = self.story, self.draw
        before = story.case
        snapshot = copy.deepcopy(before)
        was = story.now
        story.now = self._later()
        self.host.yes = frozenset(self.names) - (draw(st.sets(st.sampled_from(self.names))) if self.names else set())
        deeds = (self.act_late, self.act_late, self.correct, self.strike, self.sweep) if len(before.reading) else ()
        draw(st.sampled_from((self.act,) * 8 + deeds))()
        same = before == snapshot and hash(before) == hash(snapshot) and before.reading == snapshot.reading
        hold("the old case was changed", it_holds=same)
        case = story.case
        hold("the journal did not only grow", it_holds=case.journal[: len(before.journal)] == before.journal[:])
        if story.now > was:
            hold("the case as known before is another", it_holds=case.as_known(was) == before)
        with self.host.unasked():
            check_case(self.engine, case)
            check_reading(self.engine, case, story.now)
            check_reading(self.engine, case, story.now + timedelta(days=draw(st.sampled_from(_STRIDES))))
        self.obey()

    def obey(self) -> None:
        """Check the laws of the test."""
        with self.host.unasked():
            for law in self.laws:
                told = law(self.engine, self.story.case, self.story.now)
                hold(told or "", it_holds=not told)

    def act(self) -> None:
        """Record an act today; the options must have said whether it is open."""
        at = self._clock(self.story.now)
        reading = self.story.case.reading
        if len(reading) and may_precede(at, reading[-1]):
            at = day_of(at)
        self._act(at, history=False)

    def act_late(self) -> None:
        """Record an act on an earlier day, or one that happened lawful or not."""
        first = self.story.case.reading[0].day if len(self.story.case.reading) else self.story.now
        at = self.draw(st.dates(min(first, self.story.now), self.story.now))
        self._act(self._clock(at), history=self.draw(st.booleans()))

    def correct(self) -> None:
        """Correct an act in force: its day, or its facts."""
        position = self._position()
        entry = self.story.case.journal[position]
        program = program_at(self.engine.programs, self.story.case.reading, entry.track)
        assert program is not None  # noqa: S101 - an act in force has opened its track
        facts = self.draw(st.one_of(st.none(), self._facts(program, program.transitions[entry.transition].definition)))
        days = self.draw(st.integers(-20, 20))
        at = None if days < -15 else min(entry.day + timedelta(days=days), self.story.now)  # noqa: PLR2004
        self._try(
            f"correct(case, {position}, at={at!r}, facts={facts!r}",
            lambda: self.engine.correct(
                self.story.case, position, at=at, facts=facts, reason="笔误", recorded_at=self.story.now
            ),
        )

    def strike(self) -> None:
        """Strike an act in force, with what was recorded in its step."""
        position = self._position()
        journal = self.story.case.journal
        while (link := journal[position].link) is not None and link.kind is LinkKind.RAISED_BY:
            position = link.entry
        self._try(
            f"strike(case, {position}",
            lambda: self.engine.strike(self.story.case, position, reason="误录", recorded_at=self.story.now),
        )

    def sweep(self) -> None:
        """Write down what followed by itself."""
        self._try(
            f"sweep(case, today={self.story.now}", lambda: self.engine.sweep(self.story.case, today=self.story.now)
        )

    def _position(self) -> int:
        acts = [position for position, entry in in_force(self.story.case.journal) if not entry.derived]
        return self.draw(st.sampled_from(acts))

    def _later(self) -> date:
        now = self.story.now
        ends = {day_of(one.due) for one in self.engine.deadlines(self.story.case, today=now)}
        edges = sorted(
            day + timedelta(days=off) for day in ends for off in (-1, 0, 1, 2) if day - now < timedelta(days=800)
        )
        strides = [now + timedelta(days=stride) for stride in _STRIDES]
        ahead = [day for day in edges if day > now]
        return self.draw(st.sampled_from(ahead if ahead and self.draw(st.integers(0, 3)) == 0 else strides))

    def _clock(self, at: date) -> Moment:
        clock = self.draw(
            st.one_of(st.none(), st.none(), st.builds(time, st.integers(8, 17), st.sampled_from([0, 15])))
        )
        return at if clock is None else self.engine.calendar.localize(datetime.combine(at, clock))

    def _act(self, at: Moment, *, history: bool) -> None:
        draw, story = self.draw, self.story
        options = [one for one in self.engine.options(story.case, at=at) if self._is_among(one)]
        if not options:
            return
        wanted = draw(st.sampled_from(_WANTED))
        option = self._option([one for one in options if wanted(one)] or options)
        track = option.track
        opening = bool(option.kind)
        if opening:
            numbers = itertools.count(1 + len(story.case.tracks(track)))
            track = next(one for number in numbers if not story.case.state_of(one := f"{track}/{number}"))
        reading = self.engine.as_of(story.case, at).reading
        program = program_at(self.engine.programs, reading, track)
        if opening or program is None:
            program = self.engine.programs.kinds(option.track)[option.kind]
        facts = draw(self._facts(program, option.transition, needed=frozenset(option.facts)))
        role = draw(st.sampled_from([None, None, *option.transition.by * 3, *sorted(self.engine.programs.roles)]))
        is_open = None
        if not history:
            given = self.engine.options(story.case, at=at, role=role, facts=facts)
            is_open = any(
                one.openness is Openness.OPEN and facts.keys() <= {*one.transition.takes, *one.transition.may_take}
                for one in given
                if (one.track, one.event, one.kind) == (option.track, option.event, option.kind)
            )
        before = len(story.case.journal)
        call = f"record(case, {option.event!r}, at={at!s}, track={track!r}, kind={option.kind!r}, facts={facts!r}"
        self._try(
            f"{call}, role={role!r}, history={history}",
            lambda: self.engine.record(
                story.case,
                option.event,
                at=at,
                track=track,
                kind=option.kind,
                facts=facts,
                by=draw(st.sampled_from(_PEOPLE)),
                role=role,
                recorded_at=story.now,
                history=history,
            ),
            is_open,
        )
        if not history:
            self._regular(before)

    def _regular(self, before: int) -> None:
        """Check that what was recorded since then, and not as history, reads as regular."""
        recorded = self.story.case.journal[before:]
        if recorded:
            odd = [one.entry.event for one in self.engine.irregularities(self.story.case) if one.entry in recorded]
            hold(f"just recorded, and irregular: {', '.join(odd)}", it_holds=not odd)

    def _is_among(self, option: Option) -> bool:
        name = option.track.partition("/")[0] or CASE
        return not self.among or name in self.among or f"{name}.{option.event}" in self.among

    def _option(self, options: Sequence[Option]) -> Option:
        """Choose a track, or to open one, and then an act: or else what has many acts would get them all."""
        tracks = sorted({"" if one.kind else one.track or CASE for one in options})
        chosen = self.draw(st.sampled_from(tracks))
        there = [one for one in options if ("" if one.kind else one.track or CASE) == chosen]
        return self.draw(st.sampled_from(there))

    def _facts(
        self, program: Program, transition: Transition, needed: AbstractSet[str] = frozenset()
    ) -> st.SearchStrategy[Mapping[str, object]]:
        case = self.story.case
        tracks, known = case.tracks(), known_in(case)
        made = {
            name: values(program.facts[name].type, around=self.story.now, tracks=tracks, known=known)
            for name in (*transition.takes, *transition.may_take)
        }
        always = [name for name in made if name in transition.takes or name in needed]
        return st.fixed_dictionaries(
            {name: made[name] for name in always},
            optional={name: made[name] for name in made if name not in always},
        )

    def _try(self, call: str, deed: Callable[[], Outcome], is_open: bool | None = None) -> None:  # noqa: FBT001
        story = self.story
        yes = f"   # yes: {', '.join(sorted(self.host.yes))}" if self.host.yes else ""
        story.told.append(f"  {call}, recorded_at={story.now}){yes}")
        try:
            story.case = deed().case
        except Refused as refused:
            story.told.append(f"    refused: {', '.join(reason.kind for reason in refused.refusal.reasons)}")
            hold(f"options call open what is refused: {refused}", it_holds=is_open is not True)
            hold("a refusal gives no reason", it_holds=bool(refused.refusal.reasons) and bool(refused.text("zh")))
        else:
            hold("options call not open what is recorded", it_holds=is_open is not False)
