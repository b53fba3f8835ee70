"""The work that is measured: a case going round a wheel of states, in enforceflow and in transitions.

From each state three acts lead: a step on under a name of its own, and back and home under names that all states
share. In enforceflow every act has a guard on a fact, a prerequisite act and an effect, and makes an entry; in
transitions every event has one guard on an attribute and one callback that appends to the history of the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import attrs
from transitions import Machine

from enforceflow import (
    ActRef,
    Calendar,
    Case,
    Engine,
    Fact,
    FactKind,
    FactType,
    State,
    TimeLimit,
    Title,
    Transition,
    Workflow,
)
from enforceflow.definitions import by_name

DAY = date(2026, 1, 5)
FACTS = {"amount": "500000"}
TITLE = Title("执行案件", "An enforcement case")
WEEKDAYS = Calendar("cn", TITLE, "Asia/Shanghai", {5, 6})


@attrs.frozen
class Act:
    """One row of the wheel."""

    event: str
    source: str
    to: str


def names(states: int) -> list[str]:
    return [f"s_{number}" for number in range(states)]


def steps(states: int) -> list[str]:
    """Return the events that lead once round the wheel."""
    return [f"step_{number}" for number in range(states)]


def acts(states: int) -> list[Act]:
    wheel = names(states)
    return [
        act
        for number, here in enumerate(wheel)
        for act in (
            Act(f"step_{number}", here, wheel[(number + 1) % states]),
            Act("back", here, wheel[number - 1]),
            Act("home", here, wheel[0]),
        )
    ]


def workflow(
    states: int,
    name: str = "wheel/case",
    *,
    also: Iterable[Transition] = (),
    limits: Iterable[TimeLimit] = (),
) -> Workflow:
    """Return the wheel as a workflow: `file` opens it, then the acts of the wheel, and `also` some more."""
    return Workflow(
        name,
        edition="1",
        title=TITLE,
        facts=by_name([Fact("amount", title=TITLE, type=FactType(FactKind.MONEY))]),
        states=by_name(State(state, title=TITLE) for state in names(states)),
        transitions=by_name(
            [
                Transition("file", title=TITLE, to="s_0", takes=("amount",)),
                *(
                    Transition(
                        f"{act.event}_from_{act.source}",
                        title=TITLE,
                        event=act.event,
                        from_=(act.source,),
                        to=act.to,
                        when="amount > 0",
                        after=(ActRef("file"),),
                        then=("tell_the_parties",),
                        source="民事诉讼法",
                    )
                    for act in acts(states)
                ),
                *also,
            ]
        ),
        time_limits=by_name(limits),
    )


def engine(states: int) -> Engine:
    return Engine(workflow(states), calendar=WEEKDAYS)


def opened(own: Engine, number: str = "(2026)京01执1号") -> Case:
    """Return a case with its opening act."""
    return own.record(own.open(number), "file", at=DAY, facts=FACTS).case


def drive(own: Engine, case: Case, events: Sequence[str], track: str = "") -> Case:
    """Record the events one after the other."""
    record = own.record
    for event in events:
        case = record(case, event, at=DAY, track=track).case
    return case


class Model:
    """A case as a user of transitions writes it."""

    def __init__(self) -> None:
        self.amount = 500000
        self.history: list[tuple[str, str, str, date]] = []


def _has_amount(event: Any) -> bool:  # noqa: ANN401  what transitions types as object
    return bool(event.model.amount > 0)


def _note(event: Any) -> None:  # noqa: ANN401  the same
    transition = event.transition
    event.model.history.append((event.event.name, transition.source, transition.dest, event.kwargs["at"]))


def machine(states: int) -> Machine:
    """Return the wheel as the one machine that all models share."""
    return Machine(
        model=None,
        states=names(states),
        initial="s_0",
        auto_transitions=False,
        send_event=True,
        transitions=[
            {"trigger": act.event, "source": act.source, "dest": act.to, "conditions": _has_amount, "after": _note}
            for act in acts(states)
        ],
    )


def model_of(shared: Machine) -> Model:
    """Return a new model, registered with the machine."""
    model = Model()
    shared.add_model(model)
    return model


def fire(model: Model, events: Sequence[str]) -> None:
    """Fire the events one after the other, as methods of the model."""
    for event in events:
        getattr(model, event)(at=DAY)
