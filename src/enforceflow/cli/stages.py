"""To which stage of a workflow its acts and its limits belong; empty if to several or to none."""

from __future__ import annotations

from collections.abc import Iterable

from enforceflow.definitions import ANY, ByAct, ByEnd, TimeLimit, Transition, Workflow


def stage_of_act(workflow: Workflow, transition: Transition) -> str:
    """Return the stage that an act leaves from; for one that opens, or leaves several, the one that it leads to."""
    left = {workflow.states[state].stage for state in transition.from_ if state in workflow.states}
    if len(left) == 1 and ANY not in transition.from_:
        return left.pop()
    return workflow.states[transition.to].stage if transition.to in workflow.states else ""


def stage_of_limit(workflow: Workflow, limit: TimeLimit) -> str:
    """Return the stage of the acts that start a limit; of one that follows another, the stage of that other."""
    anchors = limit.since or limit.before
    return _only(_stage_of_anchor(workflow, anchor, limit) for anchor in anchors)


def _stage_of_anchor(workflow: Workflow, anchor: ByAct | ByEnd, limit: TimeLimit) -> str:
    if isinstance(anchor, ByEnd):
        other = workflow.time_limits.get(anchor.limit.name)
        followed = anchor.limit.track or other is None or other is limit or _follows(other)
        return "" if followed or other is None else stage_of_limit(workflow, other)
    if anchor.act.track:
        return ""
    return _only(stage_of_act(workflow, one) for one in workflow.transitions.values() if one.event == anchor.act.event)


def _follows(limit: TimeLimit) -> bool:
    """Tell whether a limit itself starts at the end of another: the chain is not followed any further."""
    return any(isinstance(anchor, ByEnd) for anchor in (*limit.since, *limit.before))


def _only(stages: Iterable[str]) -> str:
    found = set(stages)
    return found.pop() if len(found) == 1 else ""
