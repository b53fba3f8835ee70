"""States and transitions: where a track can go, and what its acts refer to."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from enforceflow.checking.findings import Path, Spot
from enforceflow.checking.views import FACT, View, Whole
from enforceflow.definitions import ANY, PREVIOUS, STAGES, NameRef, Transition
from enforceflow.definitions.facts import FactKind, FactType
from enforceflow.texts import Phrase, Title

_ROLE: Final = Title("角色", "role")
_STAGE: Final = Title("阶段", "stage")
_KEY: Final = Spot(of_key=True)

NO_OPENING = Phrase(
    zh="没有开启行为：至少应有一个不写 from 的行为", en="no act opens it: at least one transition must have no from"
)
OPENS_NOWHERE = Phrase(zh="开启行为须写明 to", en="an act that opens the track must say to")
NO_PREVIOUS = Phrase(zh="to: previous 须写明 from", en="to: previous needs a from")
NEVER = Phrase(
    zh="在 {states} 状态下不会发生：{event} 总由没有条件的 {first} 承担",
    en="this never happens from {states}: {event!s} is always served by {first!s}, which has no guard",
)
NOT_OPENED = Phrase(zh="尚未开启", en="not yet opened")
TAKEN_TWICE = Phrase(zh="takes 与 may_take 都列有“{fact}”", en="{fact!s} is in both takes and may_take")
TRACKS_IN_TRACK = Phrase(zh="事项之下不能再有事项", en="a track has no tracks of its own")
TOO_LARGE = Phrase(
    zh="行为从 {count} 处状态出发，至多 {most} 处；请拆分工作流",
    en="the acts leave from {count} states in all, at most {most} are allowed; split the workflow",
)
NO_CHOICES = Phrase(zh="选项不能为空", en="a choice needs choices")
NO_ITEM = Phrase(zh="列表须写明 item", en="a list needs an item")


MOST_LEAVING: Final = 20_000
"""So many (state, act) pairs a workflow may have: its table is built whole."""


def _leaving(view: View, transition: Transition) -> int:
    return len(view.workflow.states) if ANY in transition.from_ else len(transition.from_)


def check_flow(view: View, whole: Whole) -> None:
    """Check the states, the transitions, the facts and the nodes of one workflow."""
    findings = whole.findings
    leaving = sum(_leaving(view, transition) for transition in view.workflow.transitions.values())
    if leaving > MOST_LEAVING:
        findings.add((*view.path, "transitions"), TOO_LARGE(count=leaving, most=MOST_LEAVING))
    if view.path and view.workflow.tracks:
        findings.add((*view.path, "tracks"), TRACKS_IN_TRACK())
    for name, state in view.workflow.states.items():
        _check_stage(view, ("states", name), state.stage, whole)
    for name, fact in view.workflow.facts.items():
        _check_type(view, ("facts", name), fact.type, whole)
    if not any(transition.opens for transition in view.workflow.transitions.values()):
        findings.add((*view.path, "transitions"), NO_OPENING())
    for transition in view.workflow.transitions.values():
        _check_states(view, transition, whole)
        _check_references(view, transition, whole)
    _check_never(view, whole)
    _check_nodes(view, whole)


def _check_stage(view: View, path: Path, stage: str, whole: Whole) -> None:
    if stage and stage not in STAGES:
        whole.findings.unknown((*view.path, *path, "stage"), _STAGE, stage, tuple(STAGES))


def _check_type(view: View, path: Path, fact_type: FactType, whole: Whole) -> None:
    simple = fact_type.item or fact_type
    if fact_type.kind is FactKind.LIST and fact_type.item is None:
        whole.findings.add((*view.path, *path, "item"), NO_ITEM())
    if simple.kind is FactKind.CHOICE and not simple.choices:
        whole.findings.add((*view.path, *path, "choices"), NO_CHOICES())
    if simple.track:
        whole.track(view, (*path, "track"), simple.track)


def _check_states(view: View, transition: Transition, whole: Whole) -> None:
    path = ("transitions", transition.name)
    for item, state in enumerate(transition.from_):
        if state != ANY:
            whole.state(view, (*path, "from"), NameRef(state), Spot(item=item))
    if transition.to == PREVIOUS:
        if transition.opens:
            whole.findings.add((*view.path, *path, "to"), NO_PREVIOUS())
    elif transition.to:
        whole.state(view, (*path, "to"), NameRef(transition.to))
    elif transition.opens:
        whole.findings.add((*view.path, *path), OPENS_NOWHERE())


def _check_references(view: View, transition: Transition, whole: Whole) -> None:
    path = ("transitions", transition.name)
    for field, acts in (("after", transition.after), ("raises", transition.raises)):
        for item, act in enumerate(acts):
            whole.act(view, (*path, field), act, Spot(item=item))
    for item, track in enumerate(transition.awaits):
        whole.track(view, (*path, "awaits"), track, Spot(item=item))
    roles = {*view.workflow.roles, *whole.case.workflow.roles}
    _check_listed(view, (*path, "by"), _ROLE, (transition.by, roles), whole)
    _check_listed(view, (*path, "takes"), FACT, (transition.takes, view.workflow.facts), whole)
    _check_listed(view, (*path, "may_take"), FACT, (transition.may_take, view.workflow.facts), whole)
    for item, fact in enumerate(transition.may_take):
        if fact in transition.takes:
            whole.findings.add((*view.path, *path, "may_take"), TAKEN_TWICE(fact=fact), spot=Spot(item=item))


def _check_listed(
    view: View, path: Path, kind: Title, listed: tuple[Collection[str], Collection[str]], whole: Whole
) -> None:
    names, known = listed
    for item, name in enumerate(names):
        if name not in known:
            whole.findings.unknown((*view.path, *path), kind, name, known, Spot(item=item))


def _check_never(view: View, whole: Whole) -> None:
    for event, serving in view.events.items():
        unguarded: dict[str, str] = {}
        for transition in serving:
            states = view.states_before(transition)
            taken = sorted(states & unguarded.keys())
            if taken and (len(taken) == len(states) or ANY not in transition.from_):
                told = [state or NOT_OPENED() for state in taken]
                message = NEVER(states=told, event=event, first=unguarded[taken[0]])
                whole.findings.add((*view.path, "transitions", transition.name), message, spot=_KEY)
            if not transition.when:
                unguarded.update((state, transition.name) for state in states if state not in unguarded)


def _check_nodes(view: View, whole: Whole) -> None:
    for name, node in view.workflow.nodes.items():
        path = ("nodes", name)
        _check_stage(view, path, node.stage, whole)
        for item, act in enumerate(node.done_by):
            whole.act(view, (*path, "done_by"), act, Spot(item=item))
        for item, limit in enumerate(node.limits):
            whole.limit(view, (*path, "limits"), limit, Spot(item=item))
        roles = {*view.workflow.roles, *whole.case.workflow.roles}
        if node.role and node.role not in roles:
            whole.findings.unknown((*view.path, *path, "role"), _ROLE, node.role, roles)
