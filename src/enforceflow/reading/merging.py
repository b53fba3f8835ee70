"""Overlays on nodes (RFC 7396): mappings merge key by key, null removes, everything else replaces.

Every value keeps the file and the line that it came from.
"""

from __future__ import annotations

from typing import Final

from enforceflow.reading.marked import Mapping, Node, Null
from enforceflow.reading.report import Report, shown
from enforceflow.texts import Phrase, Title

_KEY: Final = Title("键", "key")
# In a mapping on one line `en: One, two` is a second key without a value, where a text was meant.
NOTHING_TO_REMOVE = Phrase(
    zh="“{key}”没有值，也没有可删去的内容；含逗号的文字请加引号",
    en="{key!s} has no value, and there is nothing beneath to remove; put a text that has a comma in quotation marks",
)


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


def report_idle_removals(base: Mapping | None, overlay: Mapping, report: Report) -> None:
    """Note every null of `overlay` that removes nothing, which is a slip of the pen."""
    beneath = {} if base is None else base.values
    for key, value in overlay.values.items():
        below = beneath.get(key)
        if isinstance(value, Mapping):
            report_idle_removals(below if isinstance(below, Mapping) else None, value, report)
        elif isinstance(value, Null) and below is None:
            if beneath:
                report.unknown(overlay.keys[key], _KEY, key, tuple(beneath))
            else:
                report.at(overlay.keys[key], NOTHING_TO_REMOVE(key=shown(key)))
