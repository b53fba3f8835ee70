"""What the names in an expression mean: those of one's own track, of the case, and of every kind of track."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import Final

import attrs

from enforceflow.definitions import CARRIED_OVER, CARRY_OVER, Parameter, Workflow
from enforceflow.definitions.facts import FactKind, FactType, FactValue
from enforceflow.definitions.periods import Period, Unit
from enforceflow.errors import Problem
from enforceflow.texts import Phrase, Title

_PYTHON: Final[tuple[tuple[type, FactKind], ...]] = (
    (bool, FactKind.BOOL),
    (int, FactKind.NUMBER),
    (Decimal, FactKind.NUMBER),
    (datetime, FactKind.DATETIME),
    (date, FactKind.DATE),
    (str, FactKind.TEXT),
)
_CARRIED_OVER: Final = Title("已移入他案", "Carried over")

SEVERAL_TYPES = Phrase(
    zh="“{name}”在同一事项的不同种类中类型不一：{types}", en="{name} has different types in kinds of one track: {types}"
)
MIXED = Phrase(zh="参数“{name}”的数值类型不一", en="the values of the parameter {name} are of different types")


@attrs.frozen
class Footprint:
    """What evaluating a derived fact touches and costs; an expression that reads it inherits this."""

    rules: frozenset[str] = frozenset()
    reads: frozenset[str] = frozenset()
    depth: int = 0
    nesting: int = 0
    weight: int = 0


@attrs.frozen
class Names:
    """What the names of one workflow mean, or of all kinds of one track together."""

    values: Mapping[str, FactType] = attrs.field(factory=dict, hash=False)
    """Facts, derived facts and parameters."""
    personal: frozenset[str] = frozenset()
    """Personal facts, which may not be read."""
    rules: frozenset[str] = frozenset()
    states: Mapping[str, Title] = attrs.field(factory=dict, hash=False)
    events: frozenset[str] = frozenset()
    limits: frozenset[str] = frozenset()
    kinds: Mapping[str, Title] = attrs.field(factory=dict, hash=False)
    """The kinds of the track; none for a case."""
    track: str = ""
    """The name of the track; empty for a case, or if tracks of several names share the workflow."""
    parameters: frozenset[str] = frozenset()
    """Parameters, and derived facts computed from them alone: as numbers they may stand for money."""
    derived: Mapping[str, Footprint] = attrs.field(factory=dict, hash=False)
    """All derived facts; one that is missing from `values` is itself wrong, or not computed yet."""
    workflows: tuple[Workflow, ...] = attrs.field(default=(), eq=False, repr=False)
    """Where the titles stand."""


@attrs.frozen
class Scope:
    """Where an expression stands: its own names, those of the case (None if it stands in the case), and the tracks'."""

    own: Names
    case: Names | None = None
    tracks: Mapping[str, Names] = attrs.field(factory=dict, hash=False)


def names_of(workflow: Workflow, kinds: Mapping[str, Title] | None = None, track: str = "") -> Names:
    """Return the names of `workflow`, its derived facts still without types.

    `kinds` are those of its track, and `track` is the name of that, if it is one only.
    """
    types = {name: parameter_type(parameter) for name, parameter in workflow.parameters.items()}
    values = {name: kind for name, kind in types.items() if kind is not None}
    states = {name: state.title for name, state in workflow.states.items()}
    events = {transition.event for transition in workflow.transitions.values()}
    if kinds:
        states.setdefault(CARRIED_OVER, _CARRIED_OVER)
        events.add(CARRY_OVER)
    return Names(
        values={name: fact.type for name, fact in workflow.facts.items() if not fact.personal} | values,
        personal=frozenset(name for name, fact in workflow.facts.items() if fact.personal),
        rules=frozenset(workflow.rules),
        states=states,
        events=frozenset(events),
        limits=frozenset(workflow.time_limits),
        kinds=dict(kinds or {}),
        track=track,
        parameters=frozenset(values),
        derived=dict.fromkeys(workflow.derived, Footprint()),
        workflows=(workflow,),
    )


def parameter_type(parameter: Parameter) -> FactType | None:
    """Return the type that all values of `parameter` share; None if they do not."""
    types = {_type_of(value) for _, value in parameter.values.values}
    if types == {FactType(FactKind.DAYS), FactType(FactKind.PERIOD)}:
        return FactType(FactKind.PERIOD)
    return types.pop() if len(types) == 1 else None


def _type_of(value: FactValue | Period) -> FactType | None:
    if isinstance(value, Period):
        return FactType(FactKind.DAYS if value.unit is Unit.DAY else FactKind.PERIOD)
    if isinstance(value, tuple):
        items = {_type_of(item) for item in value}
        return FactType(FactKind.LIST, item=items.pop() if len(items) == 1 else None)
    return next((FactType(kind) for python, kind in _PYTHON if isinstance(value, python)), None)


def parameter_problems(workflow: Workflow) -> Iterator[Problem]:
    """Yield a problem for each parameter whose values are of different types."""
    for name, parameter in workflow.parameters.items():
        if parameter_type(parameter) is None:
            yield Problem(MIXED(name=name), path=("parameters", name, "values"))


def united(kinds: Iterable[Names], track: str = "") -> Names:
    """Return the names of all kinds of the track `track` together; of two types of one name the first holds."""
    all_kinds = list(kinds)
    values: dict[str, FactType] = {}
    for name, found in chain.from_iterable(names.values.items() for names in all_kinds):
        values[name] = merged(values[name], found) or values[name] if name in values else found
    derived: dict[str, Footprint] = {}
    for name, footprint in chain.from_iterable(names.derived.items() for names in all_kinds):
        derived[name] = _larger(derived.get(name, footprint), footprint)
    for name in [name for name in derived if any(name in n.derived and name not in n.values for n in all_kinds)]:
        values.pop(name, None)
    return Names(
        values=values,
        personal=_joined(all_kinds, lambda names: names.personal),
        rules=_joined(all_kinds, lambda names: names.rules),
        states={state: title for names in all_kinds for state, title in names.states.items()},
        events=_joined(all_kinds, lambda names: names.events),
        limits=_joined(all_kinds, lambda names: names.limits),
        kinds={kind: title for names in all_kinds for kind, title in names.kinds.items()},
        track=track,
        parameters=frozenset(
            name for name in values if all(name in names.parameters for names in all_kinds if name in names.values)
        ),
        derived=derived,
        workflows=tuple(chain.from_iterable(names.workflows for names in all_kinds)),
    )


def _joined(kinds: Iterable[Names], of: Callable[[Names], frozenset[str]]) -> frozenset[str]:
    return frozenset(chain.from_iterable(map(of, kinds)))


def _larger(one: Footprint, two: Footprint) -> Footprint:
    return Footprint(
        rules=one.rules | two.rules,
        reads=one.reads | two.reads,
        depth=max(one.depth, two.depth),
        nesting=max(one.nesting, two.nesting),
        weight=max(one.weight, two.weight),
    )


def merged(one: FactType, two: FactType) -> FactType | None:
    """Return the type that covers both: the same, or a choice of all their choices; None if there is none."""
    if one.kind is FactKind.CHOICE and two.kind is FactKind.CHOICE:
        return FactType(FactKind.CHOICE, choices={**one.choices, **two.choices})
    return one if one == two else None
