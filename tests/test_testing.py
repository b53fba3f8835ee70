"""The random walk itself: it finds what is wrong, and tells how it came about."""

from __future__ import annotations

import builtins
import re
import sys
from collections import Counter
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from courts import CN, act, court, court_of, engine_of, fact, limit, play, rule, track_fact, workflow
from enforceflow.cases.case import Case
from enforceflow.cases.journal import Entry, Journal
from enforceflow.deadlines.deadline import Status
from enforceflow.definitions import Workflow
from enforceflow.definitions.facts import FactKind, FactType, coerce
from enforceflow.engine.engine import Engine, Outcome
from enforceflow.testing import PATIENT, Broken, Story, check, values, walk
from enforceflow.testing.invariants import check_case, check_reading
from enforceflow.texts import Title

HOURS = workflow(
    facts=[fact("more", "period"), fact("until", "date"), fact("seen", "datetime"), fact("days", "days")],
    transitions=[
        act("ask", from_="any", takes="seen", may_take=["more", "until", "days"]),
        act("expire", "closed", from_="filed"),
    ],
    time_limits=[
        limit("reply", "3 hours", since="ask.seen", met_by="note"),
        limit("quick", "30 minutes", since="ask", met_by="note", hours_from="minute", warns="5 minutes"),
        limit("set", "ask.more", since="ask", at_most="ask.until", met_by="go_on"),
        limit("term", "2 hours", since="ask.seen", if_missed="expire"),
    ],
)
PAIRS = court_of(
    workflow(
        "court/asset",
        facts=[track_fact("twins", "asset", many=True)],
        transitions=[
            act("pair", from_="any", takes="twins"),
            act("swap", "enforcing", from_="filed", raises="asset.note"),
            act("lapse", "closed", from_=["filed", "enforcing"], raises=["case.note", "asset.note"]),
        ],
        time_limits=[
            limit("term", "10 days", since=["file", "asset.pair"], if_missed="lapse", paused_while="order.running"),
            limit("life", "20 days", since="case.go_on", if_missed="lapse", when="done(pair)"),
        ],
    )
)


@settings(PATIENT, max_examples=40)
@given(walk(court(), max_acts=12))
def test_a_court_with_everything_holds(story: Story) -> None:
    assert story.told


@settings(PATIENT, max_examples=25)
@given(walk(HOURS, max_acts=10))
def test_hours_hold(story: Story) -> None:
    assert story.case.number


@settings(PATIENT, max_examples=25)
@given(walk(PAIRS, max_acts=10, calendar=CN))
def test_connected_tracks_hold(story: Story) -> None:
    assert story.engine.calendar is CN


@pytest.mark.slow
@pytest.mark.parametrize("work", [court(), HOURS, PAIRS], ids=["court", "hours", "pairs"])
def test_long_walks_hold(work: Workflow) -> None:
    check(work, stories=100, max_acts=20)


def test_a_walk_reaches_acts_refusals_corrections_and_lapses() -> None:
    seen: Counter[str] = Counter()

    @settings(PATIENT, max_examples=40, phases=[Phase.generate], derandomize=True)
    @given(walk(court(), max_acts=12))
    def look(story: Story) -> None:
        for entry in story.case.journal:
            seen[entry.event] += 1
            seen["derived" if entry.derived else "by hand"] += 1
            seen[str(entry.link.kind) if entry.link else "plain"] += 1
        seen["refused"] += sum("refused" in told for told in story.told)

    look()
    for wanted in ("file", "freeze", "derived", "replaces", "strikes", "raised_by", "refused"):
        assert seen[wanted], wanted


def test_a_workflow_is_checked_in_one_line() -> None:
    check(workflow(), stories=5, max_acts=3)


def broken_by(work: Workflow, **rest: Any) -> str:
    """Return what a walk tells of a library that is wrong."""
    with pytest.raises(Broken) as caught:
        settings(PATIENT, max_examples=300, phases=[Phase.generate], database=None, derandomize=True)(
            given(walk(work, **rest))(lambda story: None)
        )()
    return str(caught.value)


def test_a_sweep_that_adds_what_does_not_follow_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    original = Engine.sweep

    def sweep(self: Engine, case: Case, **rest: Any) -> Outcome:
        swept = original(self, case, **rest).case
        more = Case.of(swept.number, swept.pin, [*swept.journal, *swept.journal[-1:]])
        return Outcome(more, (), ())

    monkeypatch.setattr(Engine, "sweep", sweep)
    told = broken_by(workflow(), max_acts=4)
    assert "swept twice, more follows" in told
    assert "a story:" in told
    assert "record(case, 'file'" in told


def test_a_host_that_fails_is_found() -> None:
    class Failing:
        def exhausted(self, ask: object) -> bool:
            raise ZeroDivisionError

    work = workflow(rules=[rule("exhausted")], transitions=[act("finish", "closed", from_="filed", when="exhausted")])
    assert "the rule exhausted gave no answer: ZeroDivisionError" in broken_by(work, rules=Failing(), max_acts=4)


# each invariant by itself


def doctored(case: Case, *entries: Entry) -> Case:
    return Case.of(case.number, case.pin, [*case.journal, *entries], case.origin)


def entry(event: str, state: str, track: str = "", *, derived: bool = False) -> Entry:
    return Entry(event, date(2026, 1, 6), track, state, event, date(2026, 1, 6), derived=derived)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (entry("file", "filed", "asset/A1"), "file on asset/A1 belongs to no workflow"),
        (entry("note", "filled"), "note on the case led to the unknown state 'filled'"),
        (entry("note", "filed", derived=True), "note on the case follows from no limit, but is derived"),
    ],
)
def test_an_entry_that_no_workflow_knows_is_broken(wrong: Entry, told: str) -> None:
    one = play(workflow())
    with pytest.raises(Broken, match=re.escape(told)):
        check_case(one.engine, doctored(one.case, wrong))


def test_acts_out_of_order_are_broken() -> None:
    one = play(workflow()).do("note", "01-08").do("note", "01-10")
    turned = attrs.evolve(one.case, reading=Journal([*one.case.journal[:1], one.case.journal[2], one.case.journal[1]]))
    with pytest.raises(Broken, match="not in the order in which they happened"):
        check_case(one.engine, turned)
    shorter = attrs.evolve(one.case, reading=one.case.journal.first(2))
    with pytest.raises(Broken, match="read from its entries"):
        check_case(one.engine, shorter)


def test_a_case_that_cannot_be_read_is_broken() -> None:
    one = play(workflow())
    with pytest.raises(Broken, match="on 2026-01-06 the case cannot be read"):
        check_reading(engine_of(court()), one.case, date(2026, 1, 6))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"status": Status.MISSED}, "is missed on 2026-01-06"),
        ({"status": Status.MET}, "is met on 2026-01-06"),
        ({"status": Status.ENDED}, "is ended on 2026-01-06"),
        ({"number": 2}, "run 2 of answer is out of turn"),
        ({"reckoning": None}, "a rest day"),
    ],
)
def test_a_deadline_that_contradicts_itself_is_broken(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], told: str
) -> None:
    one = play(workflow(time_limits=[limit("answer", "10 days", since="file", met_by="note")]))
    (right,) = one.engine.deadlines(one.case, today=date(2026, 1, 6))
    if "reckoning" in change:
        change = {"reckoning": attrs.evolve(right.reckoning, due=date(2026, 1, 17))}
    monkeypatch.setattr(Engine, "deadlines", lambda *_, **__: [attrs.evolve(right, **change)])
    with pytest.raises(Broken, match=told):
        check_reading(one.engine, one.case, date(2026, 1, 6))


def test_present_runs_that_are_not_the_last_are_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    one = play(workflow(time_limits=[limit("answer", "10 days", since="file", met_by="note")]))
    read = one.engine.deadlines(one.case, today=date(2026, 1, 6))
    monkeypatch.setattr(Engine, "deadlines", lambda *_, **rest: read if "earlier" in rest else [])
    with pytest.raises(Broken, match="the present runs are not the last ones"):
        check_reading(one.engine, one.case, date(2026, 1, 6))


def test_an_option_that_is_refused_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enforceflow.engine.conditions.Conditions.choose", lambda *_: None)
    told = broken_by(workflow(), max_acts=4)
    assert told.startswith("options call open what is refused")


def test_a_rule_asked_in_reading_is_found() -> None:
    work = workflow(
        rules=[rule("exhausted")],
        transitions=[act("expire", "closed", from_="filed", when="exhausted")],
        time_limits=[limit("term", "10 days", since="file", if_missed="expire")],
    )
    assert "was asked though nothing was recorded" in broken_by(work, max_acts=6)


def test_rules_may_be_answered_by_the_host() -> None:
    class Court:
        def exhausted(self, ask: object) -> bool:
            return ask is not None

        def unencumbered(self, ask: object) -> bool:
            return ask is None

    @settings(PATIENT, max_examples=10, phases=[Phase.generate], database=None)
    @given(walk(court(), rules=Court(), max_acts=3, since=date(2024, 2, 29)))
    def look(story: Story) -> None:
        assert story.now >= date(2024, 2, 29)

    look()


def test_a_story_tells_itself() -> None:
    story = find(
        walk(workflow(), max_acts=2),
        lambda story: story.case.state == "filed",
        settings=settings(PATIENT, database=None),
    )
    assert "\n  record(case, 'file', at=2026-01-05, track='', kind='', facts={}, role=None" in repr(story)
    assert isinstance(story.case, Case)


@given(st.data(), st.sampled_from(list(FactKind)))
def test_values_are_of_their_types(data: st.DataObject, kind: FactKind) -> None:
    wanted = FactType(
        kind,
        choices={"poor": Title("贫", "poor")},
        track=data.draw(st.sampled_from(["", "asset"])) if kind is FactKind.TRACK else "",
        item=data.draw(st.sampled_from([None, FactType(FactKind.MONEY)])) if kind is FactKind.LIST else None,
    )
    value = data.draw(values(wanted, around=date(2026, 1, 5), tracks=["asset/A1", "order/1"]))
    if kind is not FactKind.LIST or wanted.item is not None:
        assert coerce(value, wanted) is not None
    if wanted.track:
        assert str(value).startswith("asset/")


def test_without_hypothesis_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] == "hypothesis":
            raise ImportError(name)
        return imported(name, *rest, **more)

    for name in [name for name in sys.modules if name.startswith("enforceflow.testing")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ImportError, match=r"pip install 'enforceflow\[testing\]'"):
        __import__("enforceflow.testing")
