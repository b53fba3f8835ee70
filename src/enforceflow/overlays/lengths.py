"""Whether one period may be longer than another, on the safe side where their units differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from enforceflow.definitions import ByParameter, Length, Workflow
from enforceflow.definitions.periods import Dated, Period, Unit

_MINUTES: Final = {Unit.MINUTE: 1, Unit.HOUR: 60}
_MONTHS: Final = {Unit.MONTH: 1, Unit.YEAR: 12}
_DAY: Final = 24 * 60
_YEAR: Final = 365
# The fewest and the most days that up to eleven months in a row can have.
_SHORTEST: Final = (0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334)
_LONGEST: Final = (0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337)
# Between two working days there are never as many as this: a long holiday and the weekends that touch it.
_REST: Final = 14


def may_be_longer(one: Period, other: Period) -> bool:
    """Tell whether `one` may end later than `other` when both start together."""
    for same in (_MINUTES, _MONTHS):
        if one.unit in same and other.unit in same:
            return one.amount * same[one.unit] > other.amount * same[other.unit]
    if one.unit is other.unit:
        return one.amount > other.amount
    if one.unit in _MINUTES or other.unit in _MINUTES:
        return _minutes(one)[1] > _minutes(other)[0]
    return _days(one)[1] > _days(other)[0]


def _days(period: Period) -> tuple[int, int]:
    """Return the fewest and the most days that a period can take."""
    amount, unit = period.amount, period.unit
    if unit is Unit.DAY:
        return amount, amount
    if unit is Unit.WORKDAY:
        return amount, 2 * amount + (_REST if amount else 0)
    years, months = divmod(amount * _MONTHS[unit], 12)
    return years * _YEAR + _SHORTEST[months], years * (_YEAR + 1) + _LONGEST[months]


def _minutes(period: Period) -> tuple[int, int]:
    """Return the least and the most minutes from the act to the end, the rest of its hour or day included."""
    if period.unit in _MINUTES:
        least = period.amount * _MINUTES[period.unit]
        return least, least + 60
    fewest, most = _days(period)
    return fewest * _DAY, (most + 1) * _DAY


def changes(was: Dated[Period], now: Dated[Period]) -> Iterator[tuple[Period, Period | None]]:
    """Yield the lengths of both at every date on which one of them changes, where there was one before."""
    for day in sorted({day for day, _ in (*was.values, *now.values)}):
        before = was.on(day)
        if before is not None:
            yield before, now.on(day)


def periods_of(length: Length, workflow: Workflow) -> Dated[Period] | None:
    """Return the periods by date that a length comes to, or None if an act carries it."""
    if isinstance(length, Dated):
        return length
    if not isinstance(length, ByParameter) or length.name not in workflow.parameters:
        return None
    values = workflow.parameters[length.name].values.values
    found = tuple((day, value) for day, value in values if isinstance(value, Period))
    return Dated(found) if len(found) == len(values) else None
