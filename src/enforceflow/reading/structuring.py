"""From marked nodes to definitions, driven by the field table that the attrs classes carry."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as Table
from typing import Any, Final, TypeVar

import attrs

from enforceflow.definitions import (
    Derived,
    Fact,
    Parameter,
    Role,
    Rule,
    State,
    TimeLimit,
    Transition,
    Workflow,
)
from enforceflow.definitions import (
    Node as ProcessNode,
)
from enforceflow.reading import scalars
from enforceflow.reading.marked import Mapping, Node
from enforceflow.reading.report import Report
from enforceflow.reading.shapes import ALONE, KEY, MISSING, TOGETHER, entries, maybe_title, title
from enforceflow.texts import Phrase, Title

T = TypeVar("T")
SECTIONS: Final[Table[str, type]] = {
    "roles": Role,
    "facts": Fact,
    "derived": Derived,
    "parameters": Parameter,
    "rules": Rule,
    "states": State,
    "transitions": Transition,
    "time_limits": TimeLimit,
    "nodes": ProcessNode,
}
CATALOGUE: Final = "node_catalogue"
ROOT_KEYS: Final = ("zh", "en", "edition", "tracks", *SECTIONS, CATALOGUE)
_LACKING: Final = Phrase(zh="缺少 {key}：{about}", en="{key!s} is missing: {about}")


@attrs.frozen
class _Slot:
    """One field: the key, the attribute, how it is read, and what stands in for it where it is wrong."""

    key: str
    name: str
    read: Callable[[Node, Report], object]
    required: bool
    about: Title
    stand_in: object


@attrs.frozen
class _Plan:
    alone: Table[str, _Slot]
    together: Table[str, Callable[[Mapping, Report], object]]
    required: tuple[_Slot, ...]
    known: frozenset[str]


def _plan(cls: type) -> _Plan:
    alone: dict[str, _Slot] = {}
    together = {}
    known: set[str] = set()
    for field in attrs.fields(cls):
        shape = field.metadata.get("shape", "name of the mapping's key")
        if shape in TOGETHER:
            keys, together[field.name] = TOGETHER[shape]
            known.update(keys)
        elif shape in ALONE:
            key = field.name.removesuffix("_")
            stand_in = () if shape == "acts" else ""
            alone[key] = _Slot(
                key, field.name, ALONE[shape], field.default is attrs.NOTHING, field.metadata["about"], stand_in
            )
    known.update(alone)
    return _Plan(alone, together, tuple(slot for slot in alone.values() if slot.required), frozenset(known))


_PLANS: Final[Table[type, _Plan]] = {cls: _plan(cls) for cls in SECTIONS.values()}


def structure(cls: type[T], name: str, node: Node, report: Report) -> T:
    """Return the definition `name` that `node` holds; what is wrong goes to `report` and gets a stand-in."""
    plan = _PLANS[cls]
    given: dict[str, Any] = {}
    entries(node, report)
    mapping = node if isinstance(node, Mapping) else Mapping(node.source, node.line, node.column)
    for key, value in mapping.values.items():
        slot = plan.alone.get(key)
        if slot is not None:
            read = slot.read(value, report)
            if read is not None:
                given[slot.name] = read
        elif key not in plan.known:
            report.unknown(mapping.keys[key], KEY, key, sorted(plan.known))
    for attribute, read_several in plan.together.items():
        given[attribute] = read_several(mapping, report if mapping is node else Report())
    for slot in plan.required:
        if slot.key not in mapping.values and mapping is node:
            report.at(node, _LACKING(key=slot.key, about=slot.about))
        given.setdefault(slot.name, slot.stand_in)
    made: Callable[..., T] = cls
    return made(name, **given)


Made = dict[tuple[int, str], Any]
"""Definitions by the `id` of their node, which has to live as long, and their name."""


def _made(cls: type[T], name: str, node: Node, report: Report, made: Made) -> T:
    key = id(node), name
    if key not in made:
        made[key] = structure(cls, name, node, report)
    found: T = made[key]
    return found


def structure_workflow(
    name: str, root: Mapping, tracks: Table[str, Table[str, Workflow]], report: Report, made: Made
) -> Workflow:
    """Return the workflow that the merged `root` holds, with the workflows of its tracks.

    Kinds that lie on one file share its nodes: what is `made` of one of them is made once.
    """
    for key in root.values:
        if key not in ROOT_KEYS:
            report.unknown(root.keys[key], KEY, key, ("extends", "parts", *ROOT_KEYS))
    sections: dict[str, dict[str, Any]] = {
        section: {
            key.text: _made(cls, key.text, value, report, made) for key, value in entries(root.values[section], report)
        }
        for section, cls in SECTIONS.items()
        if section in root.values
    }
    for required in ("edition", "states", "transitions"):
        if required not in root.values:
            report.at(root, MISSING(key=required))
    edition = scalars.text(root.values["edition"], report) if "edition" in root.values else None
    catalogue = maybe_title(root.values[CATALOGUE], report) if CATALOGUE in root.values else None
    return Workflow(
        name,
        edition=edition or "",
        title=title(root, report),
        tracks=tracks,
        node_catalogue=catalogue,
        **{"states": {}, "transitions": {}, **sections},
    )
