"""From a path inside a definition to the file, line and column where it is written."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from collections.abc import Mapping as Table
from typing import Final

import attrs

from enforceflow.checking import Finding, Spot
from enforceflow.definitions import Workflow
from enforceflow.errors import Problem
from enforceflow.reading.marked import Mapping, Marked, Node, Scalar, Sequence

_ALIASES: Final = {"values": "value"}
_TRACK: Final = len(("tracks", "name", "kind"))

Place = tuple[str, int, int]


@attrs.frozen(eq=False)
class Reading:
    """A workflow, the merged nodes that it was read from, and the same of its tracks.

    `bases` are the workflows that it extends, nearest first; `unread` the tracks whose files could not be read.
    """

    workflow: Workflow
    root: Mapping
    tracks: Table[str, Table[str, Reading]] = attrs.field(factory=dict)
    bases: tuple[str, ...] = ()
    unread: frozenset[str] = frozenset()


def placed(findings: Iterable[Finding], reading: Reading, wrong: Container[Place]) -> Iterator[Problem]:
    """Yield the findings as problems of the files that they are written in.

    What is at a place known to be `wrong`, or holds one, is passed over: it only follows from that.
    """
    for finding in findings:
        node = _found(finding, reading)
        if not _holds(node, wrong):
            yield _problem(finding, node)


def _found(finding: Finding, reading: Reading) -> Marked:
    path, root = finding.path, reading.root
    while len(path) > _TRACK and path[0] == "tracks" and (inner := _inside(reading, path[1], path[2])) is not None:
        path, reading, root = path[_TRACK:], inner, inner.root
    node: Node = root
    for step, key in enumerate(path):
        found = _step(node, key)
        if found is None:
            return _nearest(node, key)
        if finding.spot.of_key and step == len(path) - 1 and isinstance(node, Mapping):
            return node.keys[_spelled(node, key)]
        node = found
    return _within(node, finding.spot)


def _holds(node: Marked, wrong: Container[Place]) -> bool:
    if (node.file, node.line, node.column) in wrong:
        return True
    inside: Iterable[Marked] = ()
    if isinstance(node, Mapping):
        inside = (*node.values.values(), *node.keys.values())
    elif isinstance(node, Sequence):
        inside = node.items
    return any(_holds(one, wrong) for one in inside)


def _inside(reading: Reading, track: str, kind: str) -> Reading | None:
    return reading.tracks.get(track, {}).get(kind)


def _spelled(node: Mapping, key: str) -> str:
    alias = _ALIASES.get(key, key)
    return alias if key not in node.values and alias in node.values else key


def _step(node: Node, key: str) -> Node | None:
    return node.values.get(_spelled(node, key)) if isinstance(node, Mapping) else None


def _nearest(node: Node, key: str) -> Marked:
    """Return where an overlay took the key away, or else what should hold it."""
    return node.removed.get(key, node) if isinstance(node, Mapping) else node


def _within(node: Node, spot: Spot) -> Node:
    if spot.item is not None and isinstance(node, Sequence) and spot.item < len(node.items):
        node = node.items[spot.item]
    if spot.item is not None and isinstance(node, Mapping) and len(node.values) == 1:
        [node] = node.values.values()
    return node


def _problem(finding: Finding, node: Marked) -> Problem:
    offset = finding.spot.offset
    line, column = node.line, node.column
    if isinstance(node, Scalar) and offset is not None:
        line, column = node.place(offset)
    return Problem(finding.message, finding.suggestion, finding.path, node.file, line, column)
