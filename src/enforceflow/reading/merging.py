"""Overlays on nodes (RFC 7396): mappings merge key by key, null removes, everything else replaces.

Every value keeps the file and the line that it came from.
"""

from __future__ import annotations

from typing import Final

from enforceflow.reading.marked import Mapping, Node, Null
from enforceflow.reading.report import Report
from enforceflow.texts import Title

_KEY: Final = Title("键", "key")


def merged(base: Mapping | None, overlay: Mapping) -> Mapping:
    """Return `overlay` laid on `base`; without a base the nulls of `overlay` just go."""
    start = Mapping(overlay.source, overlay.line, overlay.column)
    if base is not None:
        start.values.update(base.values)
        start.keys.update(base.keys)
        start.removed.update(base.removed)
    for key, value in overlay.values.items():
        if isinstance(value, Null):
            start.values.pop(key, None)
            start.keys.pop(key, None)
            start.removed[key] = overlay.keys[key]
        else:
            below = start.values.get(key)
            start.values[key] = _laid(below, value)
            start.keys[key] = overlay.keys[key]
    return start


def _laid(below: Node | None, value: Node) -> Node:
    if not isinstance(value, Mapping):
        return value
    return merged(below if isinstance(below, Mapping) else None, value)


def report_idle_removals(base: Mapping, overlay: Mapping, report: Report) -> None:
    """Note every null of `overlay` that removes nothing, which is a slip of the pen."""
    for key, value in overlay.values.items():
        below = base.values.get(key)
        if isinstance(value, Null) and below is None:
            report.unknown(overlay.keys[key], _KEY, key, tuple(base.values))
        elif isinstance(value, Mapping) and isinstance(below, Mapping):
            report_idle_removals(below, value, report)
