"""Which transition an act follows: a `transitions` Machine is the definition, a flat table the way through it.

The machine is built once per workflow, without a model. Cases are never registered with it: the table compiled from
it answers in constant time, and `follow` fires the machine itself on a throw-away token as the reference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import attrs
from transitions import EventData, Machine, MachineError

from enforceflow.definitions import ANY, PREVIOUS, Transition, Workflow

UNOPENED: Final = ""
_INITIAL: Final = "(unopened)"

Table = Mapping[tuple[str, str], tuple[Transition, ...]]


@attrs.frozen(eq=False)
class _Holds:
    """The guard of one transition inside the machine: asks the caller, who passed `holds` when firing."""

    definition: Transition

    def __call__(self, event: EventData) -> bool:
        held: bool = event.kwargs["holds"](self.definition)
        if held:
            event.kwargs["taken"].append(self.definition)
        return held


class _Token:
    """What a reference run fires the machine on; never registered as a model."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


def build(workflow: Workflow) -> Machine:
    """Return the machine of a workflow: its states, and one more from which opening acts leave."""
    machine = Machine(
        model=None,
        states=[_INITIAL, *workflow.states],
        initial=_INITIAL,
        auto_transitions=False,
        send_event=True,
    )
    for transition in workflow.transitions.values():
        destination = None if transition.to in ("", PREVIOUS) else transition.to
        for source in sources(workflow, transition):
            machine.add_transition(transition.event, source or _INITIAL, destination, conditions=[_Holds(transition)])
    return machine


def sources(workflow: Workflow, transition: Transition) -> tuple[str, ...]:
    """Return the states that a transition leaves; the empty name if it opens the track."""
    if transition.opens:
        return (UNOPENED,)
    if ANY not in transition.from_:
        return transition.from_
    open_states = [state.name for state in workflow.states.values() if not state.closed]
    return (*open_states, *(name for name in transition.from_ if name != ANY and name not in open_states))


def table(machine: Machine) -> Table:
    """Return the transitions of the machine by (state, event), each list in the order in which they are tried."""
    rows: dict[tuple[str, str], tuple[Transition, ...]] = {}
    for event in machine.events.values():
        for source, choices in event.transitions.items():
            state = UNOPENED if source == _INITIAL else source
            guards = [condition.func for choice in choices for condition in choice.conditions]
            rows[state, event.name] = tuple(guard.definition for guard in guards if isinstance(guard, _Holds))
    return rows


def follow(machine: Machine, state: str, event: str, holds: Callable[[Transition], bool]) -> Transition | None:
    """Fire the machine itself: return the transition that `event` takes from `state`, or None."""
    taken: list[Transition] = []
    if event not in machine.events:  # an act that leaves from `any`, where every state is closed
        return None
    try:
        moved = machine.events[event].trigger(_Token(state or _INITIAL), holds=holds, taken=taken)
    except MachineError:
        return None
    return taken[0] if moved else None
