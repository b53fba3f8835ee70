"""Calendar files: statutory holidays, and the notices of each year."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as Table
from datetime import date, timedelta
from typing import Any, Final

from enforceflow.calendars.calendar import Calendar, Holiday, Notice
from enforceflow.errors import DefinitionError
from enforceflow.reading import scalars
from enforceflow.reading.marked import Mapping, Node, Scalar
from enforceflow.reading.report import Report, shown
from enforceflow.reading.shapes import KEY, MISSING, entries, several, title
from enforceflow.texts import Phrase, Title

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_DAYS: Final = 366
_MONTH_DAY: Final = re.compile(r"([0-9]{2})-([0-9]{2})", re.ASCII)
_WEEKDAY: Final = Title("星期", "day of the week")
_A_MONTH_DAY: Final = Title("月日（如 01-01）", "a month and day (such as 01-01)")
_DAYS: Final = Title("日期或日期范围（如 2026-01-01..2026-01-03）", "a date or dates (such as 2026-01-01..2026-01-03)")

BACKWARDS = Phrase(zh="日期范围颠倒，或超过 {most} 天", en="the range runs backwards or over {most} days")

Reader = Callable[[Node, Report], object]


def _weekday(node: Node, report: Report) -> int | None:
    written = scalars.text(node, report)
    if written is not None and written not in WEEKDAYS:
        report.unknown(node, _WEEKDAY, written, WEEKDAYS)
    return WEEKDAYS.index(written) if written in WEEKDAYS else None


def _month_day(node: Node, report: Report) -> tuple[int, int] | None:
    written = scalars.text(node, report)
    match = None if written is None else _MONTH_DAY.fullmatch(written)
    if written is not None and match is None:
        report.at(node, scalars.IS_NOT(text=shown(written), wanted=_A_MONTH_DAY))
    return None if match is None else (int(match[1]), int(match[2]))


def _range(node: Node, report: Report) -> tuple[date, ...] | None:
    written = scalars.text(node, report)
    if written is None:
        return None
    first, dots, last = written.partition("..")
    start, end = scalars.date_of(first), scalars.date_of(last if dots else first)
    if start is None or end is None:
        report.at(node, scalars.IS_NOT(text=shown(written), wanted=_DAYS))
        return None
    length = (end - start).days + 1
    if not 0 < length <= MOST_DAYS:
        report.at(node, BACKWARDS(most=MOST_DAYS))
        return None
    return tuple(start + timedelta(days=past) for past in range(length))


def _ranges(node: Node, report: Report) -> tuple[date, ...]:
    return tuple(day for days in several(_range)(node, report) or () for day in days)


_ROOT: Final[Table[str, Reader]] = {
    "zone": scalars.text,
    "weekend": several(_weekday),
    "source": scalars.text,
    "substitutes": scalars.flag,
}
_HOLIDAY: Final[Table[str, Reader]] = {
    "days": several(_month_day),
    "dates": _ranges,
    "since": scalars.whole,
    "until": scalars.whole,
}
_NOTICE: Final[Table[str, Reader]] = {
    "announced": scalars.day,
    "covers": several(scalars.whole),
    "amends": scalars.text,
    "off": _ranges,
    "work": _ranges,
    "verified": scalars.flag,
}


def structure_calendar(name: str, root: Mapping, report: Report) -> Calendar | None:
    """Return the calendar that the merged `root` holds, or None with the problems noted."""
    before = len(report.problems)
    given = _fields(root, _ROOT, ("zone", "weekend"), report, also=("zh", "en", "holidays", "notices"))
    holidays = [
        Holiday(key.text, title(node, report), **_fields(node, _HOLIDAY, (), report, also=("zh", "en")))
        for key, node in _things(root, "holidays", report)
    ]
    notices: list[Notice] = []
    for key, node in _things(root, "notices", report):
        fields = _fields(node, _NOTICE, ("announced",), report)
        if "announced" in fields:
            notices.append(Notice(key.text, **fields))
    named = title(root, report)
    if len(report.problems) > before:
        return None
    try:
        return Calendar(name, named, holidays=tuple(holidays), notices=tuple(notices), **given)
    except DefinitionError as error:
        for problem in error.problems:
            report.at(_place(root, problem.path), problem.message, problem.suggestion)
        return None


def _things(root: Mapping, section: str, report: Report) -> list[tuple[Scalar, Mapping]]:
    found = []
    for key, node in entries(root.values[section], report) if section in root.values else ():
        entries(node, report)
        if isinstance(node, Mapping):
            found.append((key, node))
    return found


def _fields(
    node: Mapping, table: Table[str, Reader], required: tuple[str, ...], report: Report, also: tuple[str, ...] = ()
) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for key, value in node.values.items():
        if key in table:
            read = table[key](value, report)
            if read is not None:
                given[key] = read
        elif key not in also:
            report.unknown(node.keys[key], KEY, key, (*table, *also))
    for key in required:
        if key not in node.values:
            report.at(node, MISSING(key=key))
    return given


def _place(root: Mapping, path: tuple[str, ...]) -> Node:
    node: Node = root
    for key in path:
        node = node.values.get(key, node) if isinstance(node, Mapping) else node
    return node
