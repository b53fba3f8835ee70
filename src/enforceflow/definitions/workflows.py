"""A workflow: all that one file says of one kind of thing, and its process nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from enforceflow.definitions.fields import STAGED, TITLED, by_name, written
from enforceflow.definitions.periods import Period
from enforceflow.definitions.references import ActRef, NameRef, as_acts, as_maybe_period, as_refs, settled
from enforceflow.definitions.terms import Derived, Fact, Parameter, Role, Rule
from enforceflow.definitions.time_limits import TimeLimit
from enforceflow.definitions.transitions import State, Transition
from enforceflow.texts import Title


@attrs.frozen
class Node:
    """One of the supervised process nodes (流程节点).

    `warns` is for the limits that do not say themselves how long before the end they warn.
    """

    name: str
    title: Title = attrs.field(metadata=TITLED, kw_only=True)
    stage: str = attrs.field(metadata=STAGED, kw_only=True, default="")
    key: bool = attrs.field(
        metadata=written("flag", "关键节点", "whether it is a key node"), kw_only=True, default=False
    )
    done_by: tuple[ActRef, ...] = attrs.field(
        metadata=written("acts", "完成节点的行为", "the acts that complete it"), kw_only=True, converter=as_acts
    )
    limits: tuple[NameRef, ...] = attrs.field(
        metadata=written("limits", "约束节点的期限", "the limits that bind it"),
        kw_only=True,
        default=(),
        converter=as_refs,
    )
    warns: Period | None = attrs.field(
        metadata=written(
            "period",
            "届满前多久预警，用于自身未写的期限",
            "how long before the end it warns, of limits that do not say so",
        ),
        kw_only=True,
        default=None,
        converter=as_maybe_period,
    )
    role: str = attrs.field(
        metadata=written("role", "负责人", "the role that answers for it"), kw_only=True, default=""
    )
    quality: Title | None = attrs.field(
        metadata=written("maybe_title", "质量标准", "the standard of quality"), kw_only=True, default=None
    )
    hands_over: Title | None = attrs.field(
        metadata=written("maybe_title", "移交事项", "what is handed to the next node"), kw_only=True, default=None
    )


def _tracks(value: Mapping[str, Workflow | Mapping[str, Workflow]]) -> dict[str, dict[str, Workflow]]:
    return {name: {name: kinds} if isinstance(kinds, Workflow) else dict(kinds) for name, kinds in value.items()}


# one converter a class: type checkers look through functions, not through type variables


def _roles(things: Mapping[str, Role] | Iterable[Role]) -> dict[str, Role]:
    return by_name(things)


def _facts(things: Mapping[str, Fact] | Iterable[Fact]) -> dict[str, Fact]:
    return by_name(things)


def _derived(things: Mapping[str, Derived] | Iterable[Derived]) -> dict[str, Derived]:
    return by_name(things)


def _parameters(things: Mapping[str, Parameter] | Iterable[Parameter]) -> dict[str, Parameter]:
    return by_name(things)


def _rules(things: Mapping[str, Rule] | Iterable[Rule]) -> dict[str, Rule]:
    return by_name(things)


def _states(things: Mapping[str, State] | Iterable[State]) -> dict[str, State]:
    return by_name(things)


def _transitions(things: Mapping[str, Transition] | Iterable[Transition]) -> dict[str, Transition]:
    return by_name(things)


def _time_limits(things: Mapping[str, TimeLimit] | Iterable[TimeLimit]) -> dict[str, TimeLimit]:
    return by_name(things)


def _nodes(things: Mapping[str, Node] | Iterable[Node]) -> dict[str, Node]:
    return by_name(things)


@attrs.frozen
class Workflow:
    """One kind of thing with a life: the case, an asset, a receipt of money, an objection.

    `tracks` maps each track name to its kinds, each a workflow of its own; the collections are mappings by name, or
    any iterable of the things.
    """

    name: str
    edition: str = attrs.field(metadata=written("text", "版本", "the edition"), kw_only=True)
    title: Title = attrs.field(metadata=TITLED, kw_only=True)
    tracks: Mapping[str, Mapping[str, Workflow]] = attrs.field(
        metadata=written("tracks", "并行事项及其种类", "the parallel tracks and their kinds"),
        kw_only=True,
        factory=dict,
        converter=_tracks,
        hash=False,
    )
    roles: Mapping[str, Role] = attrs.field(
        metadata=written("roles", "角色", "the roles"), kw_only=True, factory=dict, converter=_roles, hash=False
    )
    facts: Mapping[str, Fact] = attrs.field(
        metadata=written("facts", "事实", "the facts"), kw_only=True, factory=dict, converter=_facts, hash=False
    )
    derived: Mapping[str, Derived] = attrs.field(
        metadata=written("derived", "算得的事实", "the derived facts"),
        kw_only=True,
        factory=dict,
        converter=_derived,
        hash=False,
    )
    parameters: Mapping[str, Parameter] = attrs.field(
        metadata=written("parameters", "参数", "the parameters"),
        kw_only=True,
        factory=dict,
        converter=_parameters,
        hash=False,
    )
    rules: Mapping[str, Rule] = attrs.field(
        metadata=written("rules", "由应用回答的规则", "the rules that the host answers"),
        kw_only=True,
        factory=dict,
        converter=_rules,
        hash=False,
    )
    states: Mapping[str, State] = attrs.field(
        metadata=written("states", "状态", "the states"), kw_only=True, converter=_states, hash=False
    )
    transitions: Mapping[str, Transition] = attrs.field(
        metadata=written("transitions", "行为", "the acts"), kw_only=True, converter=_transitions, hash=False
    )
    time_limits: Mapping[str, TimeLimit] = attrs.field(
        metadata=written("time_limits", "期限", "the time limits"),
        kw_only=True,
        factory=dict,
        converter=_time_limits,
        hash=False,
    )
    nodes: Mapping[str, Node] = attrs.field(
        metadata=written("nodes", "流程节点", "the process nodes"),
        kw_only=True,
        factory=dict,
        converter=_nodes,
        hash=False,
    )
    node_catalogue: Title | None = attrs.field(
        metadata=written("maybe_title", "流程节点目录的来历", "where the catalogue of nodes comes from"),
        kw_only=True,
        default=None,
    )

    def __attrs_post_init__(self) -> None:
        """Tell `file.performance_ended` (a fact of an own act) from `asset.seize` (an act on another track)."""
        events = {transition.event for transition in self.transitions.values()}
        limits = {
            name: attrs.evolve(
                limit,
                since=tuple(settled(anchor, events) for anchor in limit.since),
                before=tuple(settled(anchor, events) for anchor in limit.before),
            )
            if any("." in str(anchor) for anchor in (*limit.since, *limit.before))
            else limit
            for name, limit in self.time_limits.items()
        }
        object.__setattr__(self, "time_limits", limits)
