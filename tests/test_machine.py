from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transitions import Machine

from courts import act, asset, closed, court, order, state, workflow
from enforceflow.definitions import Transition, Workflow
from enforceflow.programs.machine import UNOPENED, build, follow, sources, table

WORKFLOWS = [workflow(), court(), asset(), order()]
names = st.sampled_from(["a", "b", "c", "d"])


@st.composite
def workflows(draw: st.DrawFn) -> Workflow:
    """Draw any states and transitions: several for one act, guarded or not, to anywhere."""
    known = sorted(draw(st.sets(names, min_size=1)))
    states = [draw(st.sampled_from([state, closed]))(name) for name in known]
    froms = st.one_of(
        st.just(()), st.just(("any",)), st.lists(st.sampled_from([*known, "any"]), min_size=1, max_size=3, unique=True)
    )
    transitions = [
        act(
            f"t{number}",
            draw(st.sampled_from([*known, "", "previous"])),
            event=draw(st.sampled_from(["go", "stop", "stay"])),
            from_=draw(froms),
        )
        for number in range(draw(st.integers(1, 8)))
    ]
    return Workflow("court/any", edition="1", title=states[0].title, states=states, transitions=transitions)


def reference(machine: Machine, name: str, event: str, held: Mapping[str, bool]) -> Transition | None:
    return follow(machine, name, event, lambda transition: held[transition.name])


@given(workflows(), st.data())
def test_the_table_agrees_with_the_machine_for_every_state_act_and_guard(work: Workflow, data: st.DataObject) -> None:
    machine = build(work)
    compiled = table(machine)
    held = {name: data.draw(st.booleans(), name) for name in work.transitions}
    for name in (UNOPENED, *work.states):
        for event in {transition.event for transition in work.transitions.values()}:
            choices = compiled.get((name, event), ())
            first = next((transition for transition in choices if held[transition.name]), None)
            assert first is reference(machine, name, event, held)


@given(workflows())
def test_the_table_holds_every_transition_where_it_leaves_from(work: Workflow) -> None:
    compiled = table(build(work))
    for transition in work.transitions.values():
        for source in sources(work, transition):
            assert transition in compiled[source, transition.event]
    assert sum(map(len, compiled.values())) == sum(len(sources(work, one)) for one in work.transitions.values())


@pytest.mark.parametrize("work", WORKFLOWS, ids=lambda work: str(work.name))
def test_acts_that_serve_one_event_are_tried_in_the_order_of_the_workflow(work: Workflow) -> None:
    written = list(work.transitions)
    for choices in table(build(work)).values():
        places = [written.index(transition.name) for transition in choices]
        assert places == sorted(places)


def test_any_leaves_every_state_that_is_not_closed_and_what_else_is_named() -> None:
    work = workflow(transitions=[act("restore", "filed", from_=["any", "closed", "filed"])])
    assert sources(work, work.transitions["note"]) == ("filed", "enforcing")
    assert sources(work, work.transitions["restore"]) == ("filed", "enforcing", "closed")
    assert sources(work, work.transitions["file"]) == (UNOPENED,)
    assert sources(work, work.transitions["go_on"]) == ("filed",)


def test_the_machine_has_no_model_and_keeps_nothing_of_a_case() -> None:
    machine = build(workflow())
    assert machine.models == []
    assert follow(machine, "filed", "go_on", lambda _: True) is not None
    assert machine.models == []
    assert "to_filed" not in machine.events


def test_an_act_that_leaves_from_elsewhere_follows_nothing() -> None:
    machine = build(workflow())
    assert follow(machine, "closed", "go_on", lambda _: True) is None
    assert follow(machine, "filed", "go_on", lambda _: False) is None
