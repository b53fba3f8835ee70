"""What an overlay of another jurisdiction may and may not change."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforceflow.calendars.calendar import Calendar
from enforceflow.definitions import (
    ByFact,
    ByParameter,
    Derived,
    ExtensionCap,
    Fact,
    Parameter,
    Rule,
    State,
    TimeLimit,
    Transition,
    Workflow,
)
from enforceflow.definitions.periods import Dated, Period, Unit
from enforceflow.overlays import findings_between, of_another_jurisdiction
from enforceflow.overlays.conditions import conditions
from enforceflow.overlays.lengths import may_be_longer
from enforceflow.reading import calendar
from enforceflow.texts import Title

T = Title("名", "Name")
STATES = (State("open", title=T), State("shut", title=T), State("done", title=T, closed=True))
FILE = Transition("file", title=T, to="open")


def workflow(name: str, **parts: Any) -> Workflow:
    return Workflow(name, **{"edition": "1", "title": T, "states": STATES, "transitions": (FILE,), **parts})


def found(base: dict[str, Any], overlay: dict[str, Any]) -> list[str]:
    findings = findings_between(workflow("cn/civil", **base), workflow("gd/civil", **overlay))
    return [".".join(finding.path) + ": " + finding.message.text("en") for finding in findings]


def loosened(was: Transition | TimeLimit, **changes: Any) -> list[str]:
    """Return what is looser when `changes` are made to an act or a limit."""
    now = attrs.evolve(was, **changes)
    section = "transitions" if isinstance(was, Transition) else "time_limits"
    findings = findings_between(workflow("cn/civil", **{section: [was]}), workflow("gd/civil", **{section: [now]}))
    return [".".join(finding.path[1:]) + ": " + finding.message.text("en") for finding in findings]


def limit(**parts: Any) -> TimeLimit:
    return TimeLimit("term", title=T, **{"lasts": "7 days", "since": "file", "source": "s", **parts})


def act(**parts: Any) -> Transition:
    return Transition("end", title=T, **{"from_": ("open",), "to": "done", **parts})


def test_jurisdictions_differ_by_the_first_part_of_the_name() -> None:
    assert of_another_jurisdiction("cn/civil", "cn-gd/civil")
    assert not of_another_jurisdiction("cn/asset", "cn/asset/deposit")


TO_ACT = limit(met_by="end")
BAR = limit(bars="end")
FULL = limit(
    met_by="end",
    at_most="30 days",
    until=("5 years", "end"),
    outlives=True,
    extended_by={"extend": "3 days"},
    extensions=ExtensionCap(2, Period(10, Unit.DAY)),
    when="amount > 5",
    paused_while=("shut",),
)


@pytest.mark.parametrize(
    ("was", "changes", "expected"),
    [
        (TO_ACT, {"lasts": "6 days"}, []),
        (TO_ACT, {"lasts": "8 days"}, ["term.lasts: in cn/civil it is 7 days; 8 days can end later"]),
        (TO_ACT, {"lasts": "1 month"}, ["term.lasts: in cn/civil it is 7 days; 1 month can end later"]),
        (TO_ACT, {"lasts": "24 hours"}, []),
        (TO_ACT, {"warns": "30 days"}, []),
        (
            TO_ACT,
            {"lasts": None, "every": "1 day"},
            ["term.lasts: cn/civil has the period 7 days, which is missing here"],
        ),
        (TO_ACT, {"met_by": ("end", "file")}, ["term.met_by: cn/civil has no act file; to add it is looser"]),
        (
            TO_ACT,
            {"since": ("file", "end")},
            ["term.since: in cn/civil it is file; file, end cannot be seen to be as strict"],
        ),
        (
            TO_ACT,
            {"when": "amount > 5"},
            ["term.when: in cn/civil it is nothing; amount > 5 cannot be seen to be as strict"],
        ),
        (TO_ACT, {"rolls": False}, []),
        (
            limit(met_by="end", rolls=False),
            {"rolls": True},
            ["term.rolls: in cn/civil it is false; true cannot be seen to be as strict"],
        ),
        (TO_ACT, {"first_day": "counted"}, []),
        (
            limit(met_by="end", first_day="counted"),
            {"first_day": "not_counted"},
            ["term.first_day: in cn/civil it is counted; not_counted cannot be seen to be as strict"],
        ),
        (BAR, {"lasts": "8 days"}, []),
        (BAR, {"lasts": "6 days"}, ["term.lasts: in cn/civil it is 7 days; 6 days can end earlier"]),
        (BAR, {"earliest": "on"}, ["term.earliest: in cn/civil it is after; on cannot be seen to be as strict"]),
        (limit(bars="end", earliest="on"), {"earliest": "after"}, []),
        (
            BAR,
            {"first_day": "counted"},
            ["term.first_day: in cn/civil it is not_counted; counted cannot be seen to be as strict"],
        ),
        (BAR, {"rolls": True}, []),
        (
            limit(bars=("end", "file")),
            {"bars": ("end",)},
            ["term.bars: cn/civil has the act barred file, which is missing here"],
        ),
        (
            limit(closes="end"),
            {"closes": (), "met_by": "end"},
            [
                "term.closes: cn/civil has the act closed end, which is missing here",
                "term.met_by: cn/civil has no act end; to add it is looser",
            ],
        ),
        (limit(since=(), before="end", met_by="file"), {"lasts": "30 days"}, []),
        (
            limit(since=(), before="end", met_by="file"),
            {"lasts": "3 days"},
            ["term.lasts: in cn/civil it is 7 days; 3 days can end earlier"],
        ),
        (
            limit(if_missed="end"),
            {"if_missed": ""},
            [
                "term.if_missed: in cn/civil it is end; nothing cannot be seen to be as strict",
                "term.rolls: in cn/civil it is false; true cannot be seen to be as strict",
            ],
        ),
        (
            TO_ACT,
            {"restarts": False},
            ["term.restarts: in cn/civil it is true; false cannot be seen to be as strict"],
        ),
        (
            attrs.evolve(BAR, restarts=False),
            {"restarts": True},
            ["term.restarts: in cn/civil it is false; true cannot be seen to be as strict"],
        ),
        (limit(lasts=None, every="6 months"), {"every": "3 months"}, []),
        (
            limit(lasts=None, every="6 months"),
            {"every": None, "lasts": "6 months"},
            ["term.every: cn/civil has the period 6 months, which is missing here"],
        ),
        (limit(lasts="file.days"), {"at_most": "30 days"}, []),
        (
            limit(lasts="file.days"),
            {"lasts": "3 days"},
            ["term.lasts: in cn/civil it is file.days; 3 days cannot be seen to be as strict"],
        ),
        (
            limit(lasts=None, every="1 day", at_most="file.days"),
            {"at_most": None},
            ["term.at_most: cn/civil has the ceiling file.days, which is missing here"],
        ),
        (FULL, {"at_most": None}, ["term.at_most: cn/civil has the ceiling 30 days, which is missing here"]),
        (FULL, {"until": ("6 years", "end")}, []),
        (FULL, {"until": ("end",)}, []),
        (FULL, {"until": ("1 year", "end")}, ["term.until: cn/civil has no end 1 year; to add it is looser"]),
        (
            FULL,
            {"outlives": False},
            ["term.outlives: in cn/civil it is outlives: true; outlives: false cannot be seen to be as strict"],
        ),
        (FULL, {"extended_by": {}}, []),
        (
            FULL,
            {"extended_by": {"extend": "4 days"}},
            ["term.extended_by.extend: in cn/civil it is 3 days; 4 days can end later"],
        ),
        (
            FULL,
            {"extended_by": {"end": "1 day"}},
            ["term.extended_by.end: cn/civil has no act to extend it end; to add it is looser"],
        ),
        (FULL, {"extensions": ExtensionCap(1, Period(9, Unit.DAY))}, []),
        (
            FULL,
            {"extensions": ExtensionCap()},
            [
                "term.extensions.times: in cn/civil it is 2; nothing cannot be seen to be as strict",
                "term.extensions.total: in cn/civil it is 10 days; nothing cannot be seen to be as strict",
            ],
        ),
        (FULL, {"when": ""}, []),
        (FULL, {"paused_while": ()}, []),
        (attrs.evolve(FULL, local=True), {"lasts": "1 year", "local": False}, []),
    ],
)
def test_a_limit_may_be_stricter_not_looser(was: TimeLimit, changes: dict[str, Any], expected: list[str]) -> None:
    assert loosened(was, **changes) == expected


WAS = "end.when: in cn/civil it is paid and counted > 5"
GUARDED = act(
    when="paid and counted > 5",
    after="file",
    awaits="asset",
    by=("judge", "clerk"),
    takes="amount",
    then="tell",
    raises="file",
    source="法",
)


@pytest.mark.parametrize(
    ("was", "changes", "expected"),
    [
        (GUARDED, {"when": "paid and counted > 5 and approved"}, []),
        (GUARDED, {"when": "approved  and (counted > 5)\nand paid"}, []),
        (GUARDED, {"when": "paid"}, [f"{WAS}; paid cannot be seen to be as strict"]),
        (
            GUARDED,
            {"when": "paid and counted > 5 or approved"},
            [f"{WAS}; paid and counted > 5 or approved cannot be seen to be as strict"],
        ),
        (GUARDED, {"when": ""}, [f"{WAS}; nothing cannot be seen to be as strict"]),
        (GUARDED, {"by": ("judge",)}, []),
        (GUARDED, {"by": ("judge", "police")}, ["end.by: cn/civil has no role police; to add it is looser"]),
        (
            GUARDED,
            {"by": ()},
            ["end.by: cn/civil has the restriction to the roles judge, clerk, which is missing here"],
        ),
        (GUARDED, {"after": ()}, ["end.after: cn/civil has the prerequisite file, which is missing here"]),
        (GUARDED, {"awaits": ()}, ["end.awaits: cn/civil has the track to await asset, which is missing here"]),
        (GUARDED, {"takes": ()}, ["end.takes: cn/civil has the fact to be taken amount, which is missing here"]),
        (GUARDED, {"then": ()}, ["end.then: cn/civil has the effect tell, which is missing here"]),
        (GUARDED, {"raises": ()}, ["end.raises: cn/civil has the act raised file, which is missing here"]),
        (GUARDED, {"source": ""}, ["end.source: cn/civil has the source 法, which is missing here"]),
        (
            GUARDED,
            {"outlives": True},
            ["end.outlives: in cn/civil it is closed with the case; open after closing cannot be seen to be as strict"],
        ),
        (
            GUARDED,
            {"from_": ("open", "shut")},
            ["end.from: cn/civil has no state to start from shut; to add it is looser"],
        ),
        (GUARDED, {"from_": ("any",)}, ["end.from: cn/civil has no state to start from shut; to add it is looser"]),
        (GUARDED, {"from_": ("open", "reviewed")}, []),
        (GUARDED, {"from_": ()}, ["end.from: cn/civil has the state to start from open, which is missing here"]),
        (act(from_=("any",)), {"from_": ("open", "shut")}, []),
        (
            act(from_=("any",)),
            {"from_": ("done",)},
            ["end.from: cn/civil has no state to start from done; to add it is looser"],
        ),
        (attrs.evolve(GUARDED, local=True), {"when": ""}, []),
        (act(when="a or b"), {"when": "(a or b) and c"}, []),
        (
            act(when="a or b"),
            {"when": "a or b and c"},
            ["end.when: in cn/civil it is a or b; a or b and c cannot be seen to be as strict"],
        ),
    ],
)
def test_an_act_may_be_stricter_not_looser(was: Transition, changes: dict[str, Any], expected: list[str]) -> None:
    assert loosened(was, **changes) == expected


def test_a_new_way_to_do_an_act_must_be_as_strict_as_the_old_one() -> None:
    way = act(event="end", when="approved")
    loose, strict = (
        attrs.evolve(way, name="quickly"),
        attrs.evolve(GUARDED, name="slowly", when=GUARDED.when + " and c"),
    )
    base = {"transitions": [FILE, GUARDED]}
    assert found(base, {"transitions": [FILE, GUARDED, strict]}) == []
    assert found(base, {"transitions": [FILE, GUARDED, loose]}) == [
        "transitions.quickly: cn/civil has no such way to do end; to add it is looser"
    ]
    local = {"transitions": [FILE, attrs.evolve(GUARDED, local=True)]}
    assert found(local, {"transitions": [FILE, loose]}) == []
    new = Transition("own", title=T, from_=("open",))
    assert found(base, {"transitions": [FILE, new, GUARDED]}) == []
    renamed = attrs.evolve(new, name="end", event="file")
    assert found(base, {"transitions": [FILE, renamed]}) == []


def test_a_dropped_limit_is_looser_and_a_new_one_stricter() -> None:
    base = {"time_limits": [limit()]}
    assert found(base, {}) == ["time_limits.term: cn/civil has the time limit term, which is missing here"]
    assert found({}, base) == []
    assert found({"time_limits": [limit(local=True)]}, {}) == []


def test_parameters_derived_facts_and_states_stay_what_they_are() -> None:
    was = Parameter("ceiling", title=T, values=Dated.always(5))
    now = attrs.evolve(was, values=Dated.always(6))
    assert len(findings_between(workflow("cn/a", parameters=[was]), workflow("gd/a", parameters=[now]))) == 1
    local = attrs.evolve(was, local=True)
    assert findings_between(workflow("cn/a", parameters=[local]), workflow("gd/a", parameters=[now])) == []
    assert findings_between(workflow("cn/a", parameters=[was]), workflow("gd/a")) == []
    rest = Derived("rest", title=T, value="a - b")
    spaced, other = attrs.evolve(rest, value=" a -\nb"), attrs.evolve(rest, value="a")
    assert findings_between(workflow("cn/a", derived=[rest]), workflow("gd/a", derived=[spaced])) == []
    assert len(findings_between(workflow("cn/a", derived=[rest]), workflow("gd/a", derived=[other]))) == 1
    closed = tuple(attrs.evolve(state, closed=True) for state in STATES)
    assert [finding.path for finding in findings_between(workflow("cn/a"), workflow("gd/a", states=closed))] == [
        ("states", "open", "closed"),
        ("states", "shut", "closed"),
    ]


def test_tracks_are_compared_kind_by_kind() -> None:
    was, now = workflow("cn/asset", time_limits=[limit()]), workflow("gd/asset", time_limits=[limit(lasts="9 days")])
    case = workflow("cn/civil", tracks={"asset": {"a": was, "b": was}})
    local = workflow("gd/civil", tracks={"asset": {"a": now}})
    assert [finding.path for finding in findings_between(case, local)] == [
        ("tracks", "asset", "a", "time_limits", "term", "lasts"),
        ("tracks", "asset"),
    ]
    assert findings_between(case, attrs.evolve(case, name="gd/civil")) == []


def test_lengths_by_date_and_by_parameter_are_compared_on_every_date() -> None:
    late = Period(9, Unit.DAY)
    by_date = Dated(((date(2015, 2, 4), Period(1, Unit.YEAR)), (date(2020, 1, 1), Period(2, Unit.YEAR))))
    longer_since_2020 = Dated(((date(2015, 2, 4), Period(1, Unit.YEAR)), (date(2020, 1, 1), Period(3, Unit.YEAR))))
    assert loosened(limit(lasts=by_date), lasts="1 year") == []
    assert loosened(limit(lasts=by_date), lasts=longer_since_2020) == [
        "term.lasts: in cn/civil it is 2 years; 3 years can end later"
    ]
    assert loosened(limit(), lasts=Dated(())) == ["term.lasts: cn/civil has the period 7 days, which is missing here"]
    assert loosened(limit(lasts=Dated(())), lasts="9 days") == []
    parameter = Parameter("review", title=T, values=Dated.always(Period(7, Unit.DAY)), local=True)
    longer = attrs.evolve(parameter, values=Dated.always(late))
    by_name = limit(lasts=ByParameter("review"))
    findings = findings_between(
        workflow("cn/a", time_limits=[by_name], parameters=[parameter]),
        workflow("gd/a", time_limits=[by_name], parameters=[longer]),
    )
    assert [finding.path for finding in findings] == [("time_limits", "term", "lasts")]
    money = attrs.evolve(parameter, values=Dated.always(5))
    findings = findings_between(
        workflow("cn/a", time_limits=[limit()], parameters=[parameter]),
        workflow("gd/a", time_limits=[by_name], parameters=[money]),
    )
    assert [finding.path for finding in findings] == [("time_limits", "term", "lasts")]
    assert loosened(limit(lasts=ByFact("file", "days")), lasts=ByParameter("none")) == [
        "term.lasts: in cn/civil it is file.days; none cannot be seen to be as strict"
    ]


@pytest.mark.parametrize(
    ("one", "other", "longer"),
    [
        ("12 months", "1 year", False),
        ("13 months", "1 year", True),
        ("90 minutes", "1 hour", True),
        ("30 days", "1 month", True),
        ("28 days", "1 month", False),
        ("365 days", "1 year", False),
        ("366 days", "1 year", True),
        ("1 year", "366 days", False),
        ("3 workdays", "7 days", True),
        ("0 workdays", "0 days", False),
        ("7 days", "7 workdays", False),
        ("47 hours", "2 days", False),
        ("48 hours", "2 days", True),
        ("1 day", "24 hours", True),
    ],
)
def test_periods_of_different_units_are_compared_on_the_safe_side(one: str, other: str, *, longer: bool) -> None:
    assert may_be_longer(Period.parse(one), Period.parse(other)) is longer


CN: Calendar = calendar("cn")
units = st.sampled_from([Unit.DAY, Unit.WORKDAY, Unit.MONTH, Unit.YEAR])


@given(
    st.builds(Period, st.integers(0, 30), units),
    st.builds(Period, st.integers(0, 30), units),
    st.dates(min_value=date(2004, 1, 1), max_value=date(2024, 12, 31)),
)
def test_a_period_that_is_not_longer_never_ends_later(one: Period, other: Period, since: date) -> None:
    if not may_be_longer(one, other):
        assert CN.due(one, since=since, rolls=False).due <= CN.due(other, since=since, rolls=False).due


def test_conditions_are_told_apart_by_what_joins_them() -> None:
    assert conditions(" ") == frozenset()
    assert conditions("((a and (b or c)))") == {"a", "b or c"}
    assert conditions("(a) and (b)") == {"a", "b"}
    assert conditions("(a") == {"(a"}
    assert conditions("a ¥ b") == {"a ¥ b"}


def test_a_question_to_the_host_is_not_answered_by_the_file() -> None:
    base = {"rules": [Rule("agreed", title=T)], "transitions": [FILE, act(when="agreed", source="s")]}
    asked = {"transitions": [FILE, act(when="agreed", source="s")]}
    for section, thing, sort in (
        ("derived", Derived("agreed", title=T, value="true"), "a derived fact"),
        ("facts", Fact("agreed", title=T, type="bool"), "a fact"),
    ):
        (told,) = found(base, {**asked, section: [thing]})
        assert told.startswith(f"{section}.agreed: in cn/civil it is a rule that the host answers; {sort}")


def test_a_new_way_to_close_must_be_as_strict_as_the_old_one() -> None:
    guarded = act(when="owed > 0", source="s")
    drop = Transition("drop", title=T, from_="open", to="done")
    assert found({"transitions": [FILE, guarded]}, {"transitions": [FILE, guarded, drop]})
    assert not found({"transitions": [FILE, guarded]}, {"transitions": [FILE, guarded, attrs.evolve(drop, to="shut")]})
