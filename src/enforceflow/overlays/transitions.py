"""What an overlay loosens in the acts: guards, prerequisites, roles, facts, and ways around them."""

from __future__ import annotations

from typing import Final

from enforceflow.checking.findings import Findings, Path
from enforceflow.definitions import ANY, Transition, Workflow
from enforceflow.overlays.comparison import ADDED, CHANGED, Comparison
from enforceflow.overlays.conditions import conditions
from enforceflow.texts import Title

_KEPT: Final = {
    "after": Title("前置行为", "prerequisite"),
    "awaits": Title("须已终结的事项", "track to await"),
    "takes": Title("须载明的事实", "fact to be taken"),
    "then": Title("后续事项", "effect"),
    "raises": Title("同时的行为", "act raised"),
}
_FROM: Final = Title("出发状态", "state to start from")
_BY: Final = Title("作出者的限制", "restriction to the roles")
_ROLE: Final = Title("作出者", "role")
_SOURCE: Final = Title("法律依据", "source")
_WAY: Final = Title("此种作出方式", "such way to do")
_ENDS: Final = Title("案件终结后不得作出", "closed with the case")
_OUTLIVES: Final = Title("案件终结后仍可作出", "open after closing")


def compare_transitions(comparison: Comparison) -> None:
    """Note what the overlay loosens in the transitions that it keeps, and those that go around them."""
    base, overlay = comparison.base, comparison.overlay
    for name, was in base.transitions.items():
        now = overlay.transitions.get(name)
        if now is not None and now.event == was.event and not was.local:
            _compare(comparison, was, now)
    for name, now in overlay.transitions.items():
        same = base.transitions.get(name)
        closes = now.to in base.states and base.states[now.to].closed
        serving = [one for one in base.transitions.values() if one.event == now.event or (closes and one.to == now.to)]
        if (same is None or same.event != now.event) and serving:
            _compare_way(comparison, serving, now)


def _compare_way(comparison: Comparison, serving: list[Transition], now: Transition) -> None:
    """Note a new way to do an act of the base, unless it is as strict as one that the base has."""
    for was in serving:
        trial = Comparison(comparison.base, comparison.overlay, (), Findings())
        _compare(trial, was, now)
        if was.local or not trial.findings.found:
            return
    comparison.note(("transitions", now.name), ADDED, of_key=True, kind=_WAY, name=now.event)


def _compare(comparison: Comparison, was: Transition, now: Transition) -> None:
    path = ("transitions", now.name)
    _compare_from(comparison, path, was, now)
    if not conditions(was.when) <= conditions(now.when):
        comparison.note((*path, "when"), CHANGED, was=was.when, now=now.when)
    for field, kind in _KEPT.items():
        comparison.keeps((*path, field), kind, getattr(was, field), getattr(now, field))
    if was.by and not now.by:
        comparison.dropped((*path, "by"), _BY, was.by)
    elif was.by:
        comparison.adds_none((*path, "by"), _ROLE, was.by, now.by)
    if was.source and not now.source:
        comparison.dropped((*path, "source"), _SOURCE, was.source)
    if now.outlives and not was.outlives:
        comparison.note((*path, "outlives"), CHANGED, was=_ENDS, now=_OUTLIVES)


def _compare_from(comparison: Comparison, path: Path, was: Transition, now: Transition) -> None:
    if was.opens:
        return
    if now.opens:
        comparison.dropped((*path, "from"), _FROM, was.from_)
        return
    allowed = _left(was, comparison.base, comparison.base)
    for state in sorted(_left(now, comparison.overlay, comparison.base) - allowed):
        comparison.note((*path, "from"), ADDED, kind=_FROM, name=state)


def _left(transition: Transition, workflow: Workflow, base: Workflow) -> set[str]:
    """Return the states of the base that a transition leaves; states that only the overlay has are its own affair."""
    if ANY in transition.from_:
        return {name for name, state in workflow.states.items() if not state.closed} & base.states.keys()
    return set(transition.from_) & base.states.keys()
