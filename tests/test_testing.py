"""The random walk itself: it finds what is wrong, and tells how it came about."""

from __future__ import annotations

import builtins
import sys
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from courts import CN, act, asset, court, court_of, fact, limit, rule, track_fact, workflow
from enforceflow.cases.case import Case
from enforceflow.definitions import Workflow
from enforceflow.definitions.facts import FactKind, FactType, coerce
from enforceflow.engine import lapsing
from enforceflow.testing import Broken, Story, values, walk
from enforceflow.texts import Title

calm = settings(deadline=None, suppress_health_check=list(HealthCheck))
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


@settings(calm, max_examples=40)
@given(walk(court(), max_acts=12))
def test_a_court_with_everything_holds(story: Story) -> None:
    assert story.told


@settings(calm, max_examples=25)
@given(walk(HOURS, max_acts=10))
def test_hours_hold(story: Story) -> None:
    assert story.case.number


@settings(calm, max_examples=25)
@given(walk(PAIRS, max_acts=10, calendar=CN))
def test_connected_tracks_hold(story: Story) -> None:
    assert story.engine.calendar is CN


@pytest.mark.slow
@pytest.mark.parametrize("work", [court(), HOURS, PAIRS], ids=["court", "hours", "pairs"])
def test_long_walks_hold(work: Workflow) -> None:
    @settings(calm, max_examples=400)
    @given(walk(work, max_acts=25))
    def long(story: Story) -> None:
        assert story.told

    long()


def test_a_walk_reaches_acts_refusals_corrections_and_lapses() -> None:
    seen: Counter[str] = Counter()

    @settings(calm, max_examples=60, phases=[Phase.generate], derandomize=True)
    @given(walk(court(), max_acts=14))
    def look(story: Story) -> None:
        for entry in story.case.journal:
            seen[entry.event] += 1
            seen["derived" if entry.derived else "by hand"] += 1
            seen[str(entry.link.kind) if entry.link else "plain"] += 1
        seen["refused"] += sum("refused" in told for told in story.told)

    look()
    for wanted in ("file", "freeze", "derived", "replaces", "strikes", "raised_by", "refused"):
        assert seen[wanted], wanted


def broken_by(work: Workflow, **rest: Any) -> str:
    """Return what a walk tells of a library that is wrong."""
    with pytest.raises(Broken) as caught:
        settings(calm, max_examples=300, phases=[Phase.generate], database=None, derandomize=True)(
            given(walk(work, **rest))(lambda story: None)
        )()
    return str(caught.value)


def test_a_sweep_that_changed_the_reading_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lapsing, "_turn", lambda following: (following[1].track, str(following[0])))
    original = lapsing._follows_at  # noqa: SLF001  the part that is broken on purpose
    monkeypatch.setattr(
        lapsing, "_follows_at", lambda draft, run: original(draft, run) + timedelta(days=len(draft.entries))
    )
    told = broken_by(court_of(asset(term="10 days")), max_acts=12)
    assert "a story:" in told
    assert "record(case, 'file'" in told


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

    story = find(
        walk(court(), rules=Court(), max_acts=3, since=date(2024, 2, 29)),
        lambda _: True,
        settings=settings(calm, database=None),
    )
    assert story.now >= date(2024, 2, 29)


def test_a_story_tells_itself() -> None:
    story = find(
        walk(workflow(), max_acts=2), lambda story: story.case.state == "filed", settings=settings(calm, database=None)
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
