"""A local rule may be stricter than the law, not looser: what an overlay loosens in the workflow that it extends."""

from __future__ import annotations

from enforceflow.checking.findings import Finding, Findings, Path
from enforceflow.definitions import Workflow
from enforceflow.overlays.comparison import CHANGED, Comparison
from enforceflow.overlays.limits import compare_limits
from enforceflow.overlays.transitions import compare_transitions
from enforceflow.texts import Title

__all__ = ["findings_between", "of_another_jurisdiction"]

_SORTS = {
    "rules": Title("由应用回答的规则", "a rule that the host answers"),
    "facts": Title("事实", "a fact"),
    "derived": Title("算得的事实", "a derived fact"),
    "parameters": Title("参数", "a parameter"),
}
_KIND = Title("事项种类", "kind of track")
_CLOSED = Title("已终结", "closed")
_OPEN = Title("未终结", "not closed")


def of_another_jurisdiction(base: str, name: str) -> bool:
    """Tell whether two workflows belong to different jurisdictions, which the first part of the name tells."""
    return base.partition("/")[0] != name.partition("/")[0]


def findings_between(base: Workflow, overlay: Workflow) -> list[Finding]:
    """Return what `overlay` loosens in `base`, in the tracks of both too, unless `base` marks it `local: true`."""
    findings = Findings()
    _compare(base, overlay, (), findings)
    return findings.found


def _compare(base: Workflow, overlay: Workflow, path: Path, findings: Findings) -> None:
    comparison = Comparison(base, overlay, path, findings)
    compare_transitions(comparison)
    compare_limits(comparison)
    _compare_values(comparison)
    _compare_sorts(comparison)
    for track, kinds in base.tracks.items():
        others = overlay.tracks.get(track, {})
        for kind, one in kinds.items():
            other = others.get(kind)
            if other is None:
                comparison.dropped(("tracks", track), _KIND, kind)
            elif other is not one:
                _compare(one, other, (*path, "tracks", track, kind), findings)


def _compare_sorts(comparison: Comparison) -> None:
    """Note a name in guards that is another sort of thing here: a question to the host that a file answers itself."""
    sorts = {sort: (getattr(comparison.base, sort), getattr(comparison.overlay, sort)) for sort in _SORTS}
    for sort, (was, now) in sorts.items():
        for name in was.keys() - now.keys():
            for other, (_, found) in sorts.items():
                if name in found:
                    path = (other, name)
                    comparison.note(path, CHANGED, of_key=True, was=_SORTS[sort], now=_SORTS[other])


def _compare_values(comparison: Comparison) -> None:
    """Compare parameters, derived facts and states, of which guards make use."""
    base, overlay = comparison.base, comparison.overlay
    for name, parameter in base.parameters.items():
        now = overlay.parameters.get(name)
        if now is not None and now.values != parameter.values and not parameter.local:
            was_told, now_told = (tuple(value for _, value in one.values.values) for one in (parameter, now))
            comparison.note(("parameters", name, "values"), CHANGED, was=was_told, now=now_told)
    for name, derived in base.derived.items():
        new = overlay.derived.get(name)
        if new is not None and new.value.split() != derived.value.split():
            comparison.note(("derived", name, "value"), CHANGED, was=derived.value, now=new.value)
    for name, state in base.states.items():
        if not state.closed and name in overlay.states and overlay.states[name].closed:
            comparison.note(("states", name, "closed"), CHANGED, was=_OPEN, now=_CLOSED)
