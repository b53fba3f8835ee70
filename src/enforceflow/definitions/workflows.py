"""A workflow: all that one file says of one kind of thing, and its process nodes."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from enforceflow.definitions.fields import by_name, titled, written
from enforceflow.definitions.references import ActRef, NameRef, as_acts, as_refs, settled
from enforceflow.definitions.terms import Derived, Fact, Parameter, Role, Rule
from enforceflow.definitions.time_limits import TimeLimit
from enforceflow.definitions.transitions import State, Transition
from enforceflow.texts import Title


@attrs.frozen
class Node:
    """One of the supervised process nodes (流程节点)."""

    name: str
    title: Title = titled()
    key: bool = written("flag", "关键节点", "whether it is a key node", default=False)
    done_by: tuple[ActRef, ...] = written("acts", "完成节点的行为", "the acts that complete it", converter=as_acts)
    limits: tuple[NameRef, ...] = written(
        "limits", "约束节点的期限", "the limits that bind it", default=(), converter=as_refs
    )
    role: str = written("role", "负责人", "the role that answers for it", default="")
    quality: Title | None = written("maybe_title", "质量标准", "the standard of quality", default=None)
    hands_over: Title | None = written("maybe_title", "移交事项", "what is handed to the next node", default=None)


def _tracks(value: Mapping[str, Workflow | Mapping[str, Workflow]]) -> dict[str, dict[str, Workflow]]:
    return {name: {name: kinds} if isinstance(kinds, Workflow) else dict(kinds) for name, kinds in value.items()}


@attrs.frozen
class Workflow:
    """One kind of thing with a life: the case, an asset, a receipt of money, an objection.

    `tracks` maps each track name to its kinds, each a workflow of its own; the collections are mappings by name, or
    any iterable of the things.
    """

    name: str
    edition: str = written("text", "版本", "the edition")
    title: Title = titled()
    tracks: Mapping[str, Mapping[str, Workflow]] = written(
        "tracks", "并行事项及其种类", "the parallel tracks and their kinds", factory=dict, converter=_tracks, hash=False
    )
    roles: Mapping[str, Role] = written("roles", "角色", "the roles", factory=dict, converter=by_name, hash=False)
    facts: Mapping[str, Fact] = written("facts", "事实", "the facts", factory=dict, converter=by_name, hash=False)
    derived: Mapping[str, Derived] = written(
        "derived", "算得的事实", "the derived facts", factory=dict, converter=by_name, hash=False
    )
    parameters: Mapping[str, Parameter] = written(
        "parameters", "参数", "the parameters", factory=dict, converter=by_name, hash=False
    )
    rules: Mapping[str, Rule] = written(
        "rules", "由应用回答的规则", "the rules that the host answers", factory=dict, converter=by_name, hash=False
    )
    states: Mapping[str, State] = written("states", "状态", "the states", converter=by_name, hash=False)
    transitions: Mapping[str, Transition] = written("transitions", "行为", "the acts", converter=by_name, hash=False)
    time_limits: Mapping[str, TimeLimit] = written(
        "time_limits", "期限", "the time limits", factory=dict, converter=by_name, hash=False
    )
    nodes: Mapping[str, Node] = written(
        "nodes", "流程节点", "the process nodes", factory=dict, converter=by_name, hash=False
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
