"""Circles: acts that raise one another, and time limits that wait for one another's end."""

from __future__ import annotations

import graphlib
import re
from collections.abc import Iterator
from typing import Final

from enforceflow.checking.findings import Path
from enforceflow.checking.views import View, Whole
from enforceflow.definitions import ByEnd
from enforceflow.texts import Phrase

_Place = tuple[Path, str]
_STATUS: Final = re.compile(r"status\(\s*(\w+)")
_WORD: Final = re.compile(r"\w+")
RAISES: Final = Phrase(zh="行为循环引起：{circle}", en="acts raise one another in a circle: {circle!s}")
ENDS: Final = Phrase(zh="期限循环相接：{circle}", en="time limits wait for one another in a circle: {circle!s}")


def check_circles(whole: Whole) -> None:
    """Note a circle of acts and a circle of time limits, if there is one."""
    for links, message in ((_raised, RAISES), (_awaited, ENDS)):
        graph: dict[_Place, dict[_Place, Path]] = {}
        for view in whole.views():
            for name, path, targets in links(view, whole):
                found = graph.setdefault((view.path, name), {})
                found.update((target, (*view.path, *path)) for target in targets)
        circle = _circle(graph)
        if circle:
            told = " → ".join(".".join((*dict.fromkeys(path[1:]), name)) for path, name in circle)
            whole.findings.add(graph[circle[0]][circle[1]], message(circle=told))


def _raised(view: View, whole: Whole) -> Iterator[tuple[str, Path, list[_Place]]]:
    for transition in view.workflow.transitions.values():
        for act in transition.raises:
            targets = [(one.path, act.event) for one in whole.seen_from(view, act.track)]
            yield transition.event, ("transitions", transition.name, "raises"), targets


def _awaited(view: View, whole: Whole) -> Iterator[tuple[str, Path, list[_Place]]]:
    for limit in view.workflow.time_limits.values():
        for field, anchors in (("since", limit.since), ("before", limit.before)):
            for anchor in anchors:
                if isinstance(anchor, ByEnd):
                    seen = whole.seen_from(view, anchor.limit.track)
                    targets = [(one.path, anchor.limit.name) for one in seen]
                    yield limit.name, ("time_limits", limit.name, field), targets
        asked = _asked(limit.when, view)
        targets = [(one.path, name) for one in whole.views() for name in asked if name in one.workflow.time_limits]
        yield limit.name, ("time_limits", limit.name, "when"), targets


def _asked(text: str, view: View) -> set[str]:
    """Return the limits whose status an expression asks, through derived facts too."""
    asked: set[str] = set()
    derived = dict(view.workflow.derived)
    texts = [text]
    while texts:
        text = texts.pop()
        asked.update(_STATUS.findall(text))
        texts += [derived.pop(word).value for word in _WORD.findall(text) if word in derived]
    return asked


def _circle(graph: dict[_Place, dict[_Place, Path]]) -> list[_Place]:
    """Return one circle, in the order of reference and its first place again at the end, or nothing."""
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        circle: list[_Place] = error.args[1]
        return circle[::-1]
    return []
