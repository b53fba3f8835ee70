"""Parts: one workflow written in several files, each with some of its sections."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from enforceflow.reading.marked import Mapping, Marked, Scalar, Sequence
from enforceflow.reading.report import Report, shown
from enforceflow.reading.shapes import KEY, entries, title
from enforceflow.reading.structuring import CATALOGUE, SECTIONS
from enforceflow.texts import Phrase

PART: Final = "part"
PARTS: Final = "parts"
MOST_PARTS: Final = 32
SHARED: Final = ("tracks", *SECTIONS, CATALOGUE)
_OF_THE_WORKFLOW: Final = ("extends", PARTS, "edition")

TOO_MANY_PARTS = Phrase(zh="parts 超过 {most} 个", en="there are more than {most} parts")
LISTED_TWICE = Phrase(zh="“{name}”已列出", en="{name!s} is listed already")
IS_A_PART = Phrase(zh="这是工作流的一个分篇，不是工作流", en="this is a part of a workflow, not a workflow")
CHECK_THE_WHOLE = Phrase(zh="请检查列出它的工作流", en="check the workflow that lists it")
NOT_IN_A_PART = Phrase(
    zh="分篇中不写 {key}；请写在列出它的工作流中",
    en="a part has no {key!s}; write it in the workflow that lists the part",
)
STANDS_TWICE = Phrase(
    zh="“{name}”已见于 {place}；一个名称只写在一处", en="{name!s} stands in {place!s} already; a name has one place"
)


def names_of_parts(workflow: Mapping) -> list[str]:
    """Return what `parts` of a workflow lists, as far as it is text."""
    listed = workflow.values.get(PARTS)
    items = listed.items if isinstance(listed, Sequence) else [listed]
    return [item.text for item in items[:MOST_PARTS] if isinstance(item, Scalar)]


def check_part(part: Mapping, report: Report) -> None:
    """Note what does not belong in the file of a part, and a title that is lacking."""
    for name, key in part.keys.items():
        if name in _OF_THE_WORKFLOW:
            report.at(key, NOT_IN_A_PART(key=name))
        elif name not in (PART, "zh", "en", *SHARED):
            report.unknown(key, KEY, name, ("zh", "en", *SHARED))
    title(part, report)


def joined(body: Mapping, parts: Iterable[Mapping], report: Report) -> Mapping:
    """Return `body` with the sections of its parts before its own; a name that stands twice is noted."""
    whole = Mapping(body.source, body.line, body.column, dict(body.values), dict(body.keys))
    whole.values.pop(PARTS, None)
    whole.keys.pop(PARTS, None)
    for section in SHARED:
        holders = [one for one in (*parts, body) if section in one.values]
        if any(one is not body for one in holders):
            whole.values[section] = _section(section, holders, report)
            whole.keys[section] = holders[-1].keys[section]
    return whole


def _section(section: str, holders: list[Mapping], report: Report) -> Mapping:
    last = holders[-1].values[section]
    found = Mapping(last.source, last.line, last.column)
    for holder in holders:
        for key, value in entries(holder.values[section], report):
            known = found.keys.get(key.text)
            if known is None:
                found.keys[key.text], found.values[key.text] = key, value
            else:
                report.at(key, STANDS_TWICE(name=shown(key.text), place=_place(known)))
    return found


def _place(node: Marked) -> str:
    return f"{node.file}:{node.line}"
