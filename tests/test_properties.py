"""Laws that hold for every journal, whatever was recorded."""

from __future__ import annotations

import copy
import threading
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from courts import JAN_5, Host, Play, act, asset, closed, court, court_of, engine_of, limit, play, state, workflow
from enforceflow.cases.case import Case
from enforceflow.cases.journal import Journal
from enforceflow.deadlines.deadline import Deadline, Status
from enforceflow.definitions import Workflow
from enforceflow.engine.engine import Engine
from enforceflow.engine.refusals import Refused
from enforceflow.programs.machine import UNOPENED, build, follow
from enforceflow.saving import from_plain, to_plain
from enforceflow.testing import PATIENT, Story, walk

DAY = timedelta(days=1)
COURT = court()
WALK = settings(PATIENT, max_examples=25)

Spans = list[tuple[int, int]]
spans = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 40)), max_size=4)


# pauses, through the engine


def pausing(term: str) -> Workflow:
    stop = workflow("court/stop")
    return court_of(
        workflow("court/asset"),
        tracks={"stop": stop},
        time_limits=[limit("conclusion", term, since="file", met_by="close", paused_while="stop.filed", rolls=False)],
    )


def with_pauses(term: str, pauses: Spans) -> Play:
    """Play a case with a stop from each day on for so many days, all days counted from the filing."""
    one = play(pausing(term))
    deeds = [(since, 0, f"stop/{n}", "file") for n, (since, _) in enumerate(pauses)]
    deeds += [(since + length, 1, f"stop/{n}", "close") for n, (since, length) in enumerate(pauses)]
    for at, _, track, event in sorted(deeds):
        one.do(event, JAN_5 + at * DAY, track)
    return one


def end_of(one: Play) -> date:
    (deadline,) = one.engine.deadlines(one.case, today=JAN_5 + 3000 * DAY)
    assert isinstance(deadline.raw, date)
    return deadline.raw


@settings(deadline=None)
@given(spans, st.integers(61, 400))
def test_overlapping_pauses_count_once(pauses: Spans, days: int) -> None:
    left_out = {at for since, length in pauses for at in range(since + 1, since + length + 1)}
    assert end_of(with_pauses(f"{days} days", pauses)) == JAN_5 + (days + len(left_out)) * DAY


@settings(deadline=None)
@given(st.integers(0, 100), st.integers(0, 300), st.sampled_from(["101 days", "4 months", "1 year"]))
def test_a_pause_of_k_days_moves_the_raw_end_by_k(since: int, k: int, term: str) -> None:
    assert end_of(with_pauses(term, [(since, k)])) == end_of(with_pauses(term, [])) + k * DAY


# replaying, mutating, sweeping


def reading(engine: Engine, case: Case, today: date) -> tuple[dict[str, str], list[Deadline], list[Deadline]]:
    """Return all that is read of a case on a day."""
    then = engine.as_of(case, today)
    states = {track: then.state_of(track) for track in ("", *then.tracks())}
    return states, engine.deadlines(case, today=today), engine.deadlines(case, today=today, earlier=True)


@WALK
@given(walk(COURT, max_acts=10))
def test_a_journal_replayed_gives_the_same_case_and_asks_no_rule(story: Story) -> None:
    host = Host()
    replayed = from_plain(to_plain(story.case), engine_of(COURT, host=host, calendar=story.engine.calendar))
    assert replayed == story.case
    assert replayed.reading == story.case.reading
    assert host.asked == []


@WALK
@given(walk(COURT, max_acts=10), st.data())
def test_recording_never_changes_the_case_it_was_asked_of(story: Story, data: st.DataObject) -> None:
    engine, case = story.engine, story.case
    snapshot, number = copy.deepcopy(case), hash(case)
    option = data.draw(st.sampled_from(engine.options(case, at=story.now)))
    track = f"{option.track}/next" if option.kind else option.track
    first: object = None
    for _ in range(2):
        try:
            outcome = engine.record(case, option.event, at=story.now, track=track, kind=option.kind)
        except Refused as refused:
            again: object = refused.refusal
        else:
            again = outcome
        assert first is None or again == first
        first = again
    assert case == snapshot
    assert hash(case) == number
    assert case.reading == snapshot.reading


@WALK
@given(walk(COURT, max_acts=10), st.lists(st.integers(0, 500), max_size=4), st.integers(0, 600))
def test_a_punctual_a_late_and_no_sweep_read_the_same(story: Story, sweeps: list[int], ahead: int) -> None:
    engine = story.engine
    today = story.now + ahead * DAY
    swept = story.case
    for days in sorted(sweeps):
        if days <= ahead:
            swept = engine.sweep(swept, today=story.now + days * DAY).case
    late = engine.sweep(story.case, today=today).case
    unswept = reading(engine, story.case, today)
    assert reading(engine, swept, today) == unswept
    assert reading(engine, late, today) == unswept
    told = [
        [attrs.evolve(one, reasons=()) for one in engine.options(case, at=today)] for case in (story.case, swept, late)
    ]
    assert told[0] == told[1] == told[2]


@st.composite
def daily(draw: st.DrawFn) -> tuple[Workflow, int]:
    """Draw terms that follow, start and make room for one another, and a day."""
    states = ["one", "two", "three", "four"]
    acts = [
        act(f"step{n}", draw(st.sampled_from(states)), from_=sorted(draw(st.sets(st.sampled_from(states), min_size=1))))
        for n in range(4)
    ]
    limits = [
        limit(
            f"term{n}",
            f"{draw(st.integers(1, 6))} days",
            since=draw(st.sampled_from(["file", "step0", "step1"])),
            if_missed=f"step{n}",
        )
        for n in range(draw(st.integers(1, 4)))
    ]
    work = workflow(
        states=[*map(state, states), closed("closed"), state("filed"), state("enforcing")],
        transitions=[act("file", "one"), *acts],
        time_limits=limits,
    )
    return work, draw(st.integers(0, 25))


@settings(deadline=None, max_examples=150)
@given(daily())
def test_sweeping_every_day_reads_as_never_sweeping(drawn: tuple[Workflow, int]) -> None:
    work, days = drawn
    punctual, never = play(work), play(work)
    for n in range(days + 1):
        punctual.case = punctual.engine.sweep(punctual.case, today=JAN_5 + n * DAY).case
    today = JAN_5 + days * DAY
    assert reading(punctual.engine, punctual.case, today) == reading(never.engine, never.case, today)
    late = never.engine.sweep(never.case, today=today).case
    assert [(one.event, one.at, one.state) for one in late.journal] == [
        (one.event, one.at, one.state) for one in punctual.case.journal
    ]


# order of entry


Deed = tuple[str, str, int]
deeds = st.lists(
    st.tuples(
        st.sampled_from(["note", "go_on", "freeze", "renew", "release", "close"]),
        st.sampled_from(["asset/A1", "asset/A2"]),
        st.integers(1, 40),
    ),
    min_size=1,
    max_size=7,
)


def enter(one: Play, told: Sequence[Deed]) -> None:
    for event, track, at in told:
        where = track if event in ("freeze", "renew", "release") else ""
        one.do(event, JAN_5 + at * DAY, where)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.filter_too_much])
@given(deeds, st.randoms(use_true_random=False))
def test_acts_entered_late_in_any_order_read_as_entered_in_order(told: list[Deed], random: object) -> None:
    work = court_of(asset(term="10 days"))
    days = {at for _, _, at in told}
    assume(len(days) == len(told))
    in_order, shuffled = sorted(told, key=lambda deed: deed[2]), list(told)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    punctual, late = play(work), play(work)
    try:
        enter(punctual, in_order)
        enter(late, shuffled)
    except Refused:
        return
    for today in (JAN_5 + 41 * DAY, JAN_5 + 80 * DAY):
        assert reading(late.engine, late.case, today) == reading(punctual.engine, punctual.case, today)
    assert [(one.event, one.at, one.track, one.state) for one in late.case.reading] == [
        (one.event, one.at, one.track, one.state) for one in punctual.case.reading
    ]


# starting once


once = st.sampled_from(
    [{"lasts": "10 days"}, {"lasts": "1 month", "first_day": "counted"}, {"lasts": "7 workdays"}, {"every": "1 month"}]
)


@settings(deadline=None)
@given(
    once,
    st.lists(st.tuples(st.sampled_from(["call", "write"]), st.integers(0, 60)), min_size=1, max_size=6),
    st.integers(0, 90),
)
def test_what_does_not_restart_is_due_as_if_nothing_followed_its_first_start(
    form: dict[str, Any], told: list[tuple[str, int]], ahead: int
) -> None:
    term = limit("term", **form, since=["call", "write"], met_by="close", restarts=False)
    acts = [act(name, from_="any") for name in ("call", "write")]
    work = workflow(transitions=acts, time_limits=[term])
    whole, cut = play(work), play(work)
    for event, at in told:
        whole.do(event, JAN_5 + at * DAY)
    first, begun = min(told, key=lambda deed: deed[1])
    cut.do(first, JAN_5 + begun * DAY)
    for today in (JAN_5 + begun * DAY, JAN_5 + (begun + ahead) * DAY):
        read = [one.engine.deadlines(one.case, today=today, earlier=True) for one in (whole, cut)]
        told_of = [[(run.number, run.since, run.due, run.status, run.ended) for run in runs] for runs in read]
        assert told_of[0] == told_of[1]


# machine and deadlines


@pytest.mark.parametrize("work", [COURT, asset(), workflow()], ids=lambda work: str(work.name))
def test_recording_takes_the_transition_that_the_machine_takes(work: Workflow) -> None:
    machine = build(work)
    for name in (UNOPENED, *work.states):
        for transition in work.transitions.values():
            for held in (True, False):
                taken = follow(machine, name, transition.event, [transition].__contains__ if held else [].__contains__)
                leaves = name in transition.from_ or (transition.opens and not name)
                leaves = leaves or ("any" in transition.from_ and bool(name) and not work.states[name].closed)
                assert (taken is transition) is (held and leaves)


@WALK
@given(walk(COURT, max_acts=10), st.integers(0, 400))
def test_what_is_over_stays_over_and_no_deadline_comes_back(story: Story, ahead: int) -> None:
    over = {Status.MET, Status.MET_LATE, Status.LAPSED}
    before = {(one.name, one.number): one for one in story.engine.deadlines(story.case, today=story.now, earlier=True)}
    later = story.engine.deadlines(story.case, today=story.now + ahead * DAY, earlier=True)
    after = {(one.name, one.number): one for one in later}
    for key, one in before.items():
        if one.status in over:
            assert after[key].status is one.status
            assert after[key].due == one.due


# threads


def test_threads_that_record_on_one_version_each_get_a_journal_of_their_own() -> None:
    engine = engine_of(workflow())
    base = play(workflow()).case
    for _ in range(10):
        base = engine.record(base, "note", at=JAN_5 + DAY).case
    expected = [entry.event for entry in base.journal]
    wrong: list[str] = []
    ready = threading.Barrier(6)

    def work(name: str) -> None:
        ready.wait()
        for version in range(20):
            case = base
            for n in range(8):
                case = engine.record(case, "note", at=JAN_5 + (2 + n) * DAY, by=f"{name}{version}").case
            own = [entry.by for entry in case.journal][len(expected) :]
            whole = Journal(case.journal)
            if own != [f"{name}{version}"] * 8 or list(whole.acts("", "note")) != list(case.journal.acts("", "note")):
                wrong.append(name)
            if case.journal.last("") is not case.journal[-1] or len(base.journal) != len(expected):
                wrong.append(name)

    threads = [threading.Thread(target=work, args=(f"t{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert [entry.event for entry in base.journal] == expected
