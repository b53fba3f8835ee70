"""Whether hand-built workflows are sound: the path to what is wrong, and the words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import pytest

from enforceflow.checking import findings_of, problems_of
from enforceflow.definitions import (
    ActRef,
    ByAct,
    ByEnd,
    Derived,
    Fact,
    NameRef,
    Node,
    Parameter,
    Role,
    Rule,
    State,
    TimeLimit,
    Transition,
    Workflow,
)
from enforceflow.definitions.facts import FactKind, FactType
from enforceflow.definitions.periods import Dated, Period
from enforceflow.reading import load
from enforceflow.texts import Title

T = Title("名", "Name")
GOOD = Path(__file__).parent / "files" / "good"
STATES = (State("open", title=T), State("done", title=T, closed=True))
NO_WORKFLOW = "cannot be the name of a workflow; write it as cn/civil or cn-gd/asset/deposit"
FILE = Transition("file", title=T, to="open")
END = Transition("end", title=T, from_=("open",), to="done")


def workflow(name: str = "x/case", **parts: Any) -> Workflow:
    given = {"edition": "1", "title": T, "states": STATES, "transitions": (FILE, END), **parts}
    return Workflow(name, **given)


def act(name: str, **parts: Any) -> Transition:
    return Transition(name, title=T, **{"from_": "open", **parts})


def limit(name: str = "term", **parts: Any) -> TimeLimit:
    return TimeLimit(name, title=T, **{"lasts": "7 days", "since": "file", "source": "s", **parts})


def fact(name: str, kind: FactKind | FactType = FactKind.TEXT, *, personal: bool = False) -> Fact:
    return Fact(name, title=T, type=kind if isinstance(kind, FactType) else FactType(kind), personal=personal)


def told(one: Workflow) -> list[str]:
    return [str(problem) for problem in problems_of(one)]


def test_a_sound_workflow_has_no_problems() -> None:
    assert problems_of(workflow()) == []
    assert problems_of(load(GOOD / "cn" / "civil.yaml")) == []


def test_the_path_leads_into_the_kind_of_the_track() -> None:
    deposit = workflow("x/deposit", time_limits=[limit("seizure", lasts="term")])
    case = workflow(tracks={"asset": {"deposit": deposit}})
    [problem] = problems_of(case)
    assert problem.path == ("tracks", "asset", "deposit", "time_limits", "seizure", "lasts")
    assert str(problem) == "tracks.asset.deposit.time_limits.seizure.lasts: no parameter is called term"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"name": "Case"}, f"workflow: Case {NO_WORKFLOW}"),
        ({"name": "x/as-set"}, f"workflow: x/as-set {NO_WORKFLOW}"),
        ({"edition": " "}, "edition: the edition cannot be empty"),
        ({"title": Title("", "x")}, "zh: the title cannot be empty"),
        ({"roles": [Role("judge", title=Title("法官", " "))]}, "roles.judge.en: the title cannot be empty"),
        ({"rules": {"a": Rule("b", title=T)}}, "rules.a: the key is a but the name is b"),
        ({"transitions": ()}, "transitions: no act opens it: at least one transition must have no from"),
        ({"facts": [fact("a", FactType(FactKind.LIST))]}, "facts.a.item: a list needs an item"),
        ({"facts": [fact("a", FactType(FactKind.CHOICE))]}, "facts.a.choices: a choice needs choices"),
        (
            {"facts": [fact("a", FactType(FactKind.CHOICE, choices={"b": Title("", "B")}))]},
            "facts.a.choices.b.zh: the title cannot be empty",
        ),
        (
            {"facts": [fact("a", FactType(FactKind.LIST, item=FactType(FactKind.TRACK, track="asset")))]},
            "facts.a.track: no track is called asset",
        ),
        (
            {"states": (*STATES, State("odd", title=T, stage="clousre"))},
            "states.odd.stage: no stage is called clousre; did you mean closure?",
        ),
        ({"transitions": (FILE, act("and"))}, "transitions.and: and is a reserved word and cannot be a name"),
        (
            {"transitions": (FILE, act("carry_over"))},
            "transitions.carry_over: carry_over is a reserved word and cannot be a name",
        ),
        (
            {"nodes": [Node("one", title=T, done_by=(ActRef("file"),), hands_over=Title("甲", ""))]},
            "nodes.one.hands_over.en: the title cannot be empty",
        ),
        (
            {"nodes": [Node("one", title=T, done_by=(ActRef("file"),), stage="filng")]},
            "nodes.one.stage: no stage is called filng; did you mean filing?",
        ),
        ({"node_catalogue": Title("", "A list")}, "node_catalogue.zh: the title cannot be empty"),
        (
            {"nodes": [Node("one", title=T, done_by=(ActRef("file"),), limits=(NameRef("term"),), role="judge")]},
            "nodes.one.limits: no time limit is called term",
        ),
        (
            {"parameters": [Parameter("a", title=T, values=Dated.always(1))]},
            "parameters.a.source: it must name its source; write local: true if it is a local choice",
        ),
        (
            {"transitions": (FILE, act("end", when="done(file)"))},
            "transitions.end.source: it must name its source; write local: true if it is a local choice",
        ),
        (
            {"transitions": (FILE, act("end", when="done(flie)", local=True))},
            "transitions.end.when: no act is called flie; did you mean file?",
        ),
        ({"derived": [Derived("a", title=T, value="b + 1")]}, "derived.a.value: no name is called b"),
        (
            {"time_limits": [limit(when="quick")], "rules": [Rule("quick", title=T)]},
            "time_limits.term.when: a time limit cannot ask a rule (quick); let it read a fact",
        ),
        (
            {"time_limits": [limit(since=(ByEnd(NameRef("term")),))]},
            "time_limits.term.since: time limits wait for one another in a circle: term → term",
        ),
        (
            {"time_limits": [limit(before=(ByEnd(NameRef("term")),), since=())]},
            "time_limits.term.before: time limits wait for one another in a circle: term → term",
        ),
        (
            {"time_limits": [limit(when='status(term) == "met"')]},
            "time_limits.term.when: time limits wait for one another in a circle: term → term",
        ),
        (
            {"transitions": (FILE, act("end", raises="end"))},
            "transitions.end.raises: acts raise one another in a circle: end → end",
        ),
        (
            {"time_limits": [limit(since=(ByAct(ActRef("seize", "asset")),))]},
            "time_limits.term.since: no act is called asset; known: end, file",
        ),
        (
            {"time_limits": [limit(since=(), before="file", extended_by={"end": "3 days"})]},
            (
                "time_limits.term.before: a period counted back (before) does not roll, "
                "and takes no paused_while, extended_by or at_most"
            ),
        ),
        (
            {"time_limits": [limit(lasts=None, every="1 month", extended_by={"end": "3 days"})]},
            "time_limits.term.every: every takes no paused_while, extended_by or at_most",
        ),
        (
            {"time_limits": [limit(lasts=None, every="0 days")]},
            "time_limits.term.every: every is at least a day",
        ),
        (
            {"time_limits": [limit(met_by="asset.sell")]},
            "time_limits.term.met_by: no track is called asset; did you mean case?",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_path(parts: dict[str, Any], expected: str) -> None:
    assert expected in told(workflow(**parts))


def test_two_unguarded_ways_from_one_state_are_one_too_many() -> None:
    again = act("again", event="end")
    assert told(workflow(transitions=(FILE, END, again))) == [
        "transitions.again: this never happens from open: end is always served by end, which has no guard"
    ]
    guarded = act("end", when="done(file)", local=True)
    assert told(workflow(transitions=(FILE, guarded, again))) == []
    assert told(workflow(transitions=(FILE, END, act("again", event="end", from_="any")))) != []
    states = (*STATES, State("other", title=T))
    assert told(workflow(states=states, transitions=(FILE, END, act("again", event="end", from_="any")))) == []
    reopened = Transition("refile", title=T, event="file", to="open")
    [said] = told(workflow(transitions=(FILE, END, reopened)))
    assert said.startswith("transitions.refile: this never happens from not yet opened")


def test_names_of_the_case_are_known_in_its_tracks() -> None:
    asset = workflow(
        "x/asset",
        transitions=(FILE, act("end", by="judge", after="case.file", awaits="asset", raises="case.end")),
        time_limits=[limit(since="case.file", paused_while=["case.open", "asset.open"])],
    )
    case = workflow(roles=[Role("judge", title=T)], tracks={"asset": asset})
    assert told(case) == []


def test_a_track_has_no_tracks() -> None:
    asset = workflow("x/asset", tracks={"inner": workflow("x/inner")})
    assert told(workflow(tracks={"asset": asset})) == ["tracks.asset.asset.tracks: a track has no tracks of its own"]


def test_acts_of_case_and_track_may_raise_one_another_in_a_circle() -> None:
    asset = workflow("x/asset", transitions=(FILE, act("sell", raises="case.end")))
    case = workflow(transitions=(FILE, act("end", raises="asset.sell")), tracks={"asset": {"a": asset}})
    assert told(case) == ["transitions.end.raises: acts raise one another in a circle: end → asset.a.sell → end"]


def test_a_limit_asked_through_a_derived_fact_counts_too() -> None:
    case = workflow(
        derived=[Derived("late", title=T, value='status(term) == "missed"')],
        time_limits=[limit(when="late")],
    )
    assert told(case) == ["time_limits.term.when: time limits wait for one another in a circle: term → term"]


def test_of_a_track_that_could_not_be_read_nothing_is_said() -> None:
    case = workflow(
        transitions=(FILE, act("end", raises="asset.sell", awaits="asset", when="any(asset where frozen)", local=True)),
        derived=[Derived("some", title=T, value="count(asset where frozen)")],
        time_limits=[limit(since="asset.seize", paused_while="asset.valuing")],
    )
    assert findings_of(case, unread=["asset"]) == []
    assert len(findings_of(case)) == 6


def test_what_an_act_carries_may_count_if_it_is_a_length() -> None:
    facts = [fact("days", FactKind.DAYS), fact("until", FactKind.DATE), fact("term", FactKind.PERIOD)]
    takes = attrs.evolve(FILE, takes=("days", "until"), may_take=("term",))
    for name in ("days", "until", "term"):
        case = workflow(facts=facts, transitions=(takes, END), time_limits=[limit("a", lasts=f"file.{name}")])
        assert told(case) == []


def test_a_lapse_takes_nothing_and_asks_for_no_role() -> None:
    takes = act("end", takes="amount", by="judge")
    case = workflow(
        facts=[fact("amount", FactKind.MONEY)],
        roles=[Role("judge", title=T)],
        transitions=(FILE, takes),
        time_limits=[limit(if_missed="end")],
    )
    assert told(case) == [
        "time_limits.term.if_missed: end cannot follow by itself: end is for judge",
        "time_limits.term.if_missed: end cannot follow by itself: end takes amount",
    ]


def test_after_a_hundred_problems_no_more_suggestions_are_sought() -> None:
    acts = [act(f"a{number}", to="opn") for number in range(120)]
    problems = problems_of(workflow(transitions=(FILE, *acts)))
    assert [problem.suggestion is None for problem in problems].count(True) == 20


def test_of_several_kinds_only_those_that_have_the_act_must_carry_the_fact() -> None:
    dated = attrs.evolve(FILE, name="seize", event="seize", takes=("day",))
    one = workflow("x/a", facts=[fact("day", FactKind.DATE)], transitions=(dated,))
    other = workflow("x/b")
    case = workflow(tracks={"asset": {"a": one, "b": other}}, time_limits=[limit(since="asset.seize.day")])
    assert told(case) == []


def test_hours_do_not_roll() -> None:
    [said] = told(workflow(time_limits=[limit(lasts=Period.parse("48 hours"), rolls=True)]))
    assert said == "time_limits.term.rolls: a limit in hours or minutes cannot roll"
    assert told(workflow(time_limits=[limit(lasts="48 hours", rolls=False)])) == []
