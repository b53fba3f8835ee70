"""Exact arithmetic that never raises: a result out of bounds is unknown."""

from __future__ import annotations

import calendar
import decimal
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from enforceflow.definitions.facts import FactKind, FactValue
from enforceflow.definitions.periods import Period, Unit
from enforceflow.expressions.syntax import Sign

EXACT: Final = decimal.Context(
    prec=10_000,
    Emax=999_999,
    Emin=-999_999,
    traps=[decimal.Inexact, decimal.InvalidOperation, decimal.Overflow],
)
"""Wide enough for any one expression over facts of 24 digits; whatever would be rounded is refused."""

CALENDAR_UNITS: Final = (Unit.DAY, Unit.MONTH, Unit.YEAR)


def added(left: Decimal, right: Decimal) -> Decimal | None:
    """Return the sum."""
    try:
        return EXACT.add(left, right)
    except decimal.DecimalException:
        return None


def subtracted(left: Decimal, right: Decimal) -> Decimal | None:
    """Return the difference."""
    try:
        return EXACT.subtract(left, right)
    except decimal.DecimalException:
        return None


def multiplied(left: Decimal, right: Decimal) -> Decimal | None:
    """Return the product."""
    try:
        return EXACT.multiply(left, right)
    except decimal.DecimalException:
        return None


def _days_added(left: int, right: int) -> int:
    return left + right


def _days_subtracted(left: int, right: int) -> int:
    return left - right


def _day_after(day: date, days: int) -> date | None:
    try:
        return date.fromordinal(day.toordinal() + days)
    except (ValueError, OverflowError):
        return None


def _day_before(day: date, days: int) -> date | None:
    return _day_after(day, -days)


def _days_between(later: date, earlier: date) -> int:
    return later.toordinal() - earlier.toordinal()


def _moved(day: date, period: Period, direction: int) -> date | None:
    amount = direction * period.amount
    if period.unit is Unit.DAY:
        return _day_after(day, amount)
    if period.unit not in CALENDAR_UNITS:
        return None
    months = day.year * 12 + day.month - 1 + amount * (12 if period.unit is Unit.YEAR else 1)
    year, month = months // 12, months % 12 + 1
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _period_after(day: date, period: Period) -> date | None:
    return _moved(day, period, 1)


def _period_before(day: date, period: Period) -> date | None:
    return _moved(day, period, -1)


_K = FactKind
OPERATIONS: Final[Mapping[tuple[FactKind, Sign, FactKind], tuple[FactKind, Callable[[Any, Any], FactValue | None]]]] = {
    (_K.NUMBER, "+", _K.NUMBER): (_K.NUMBER, added),
    (_K.NUMBER, "-", _K.NUMBER): (_K.NUMBER, subtracted),
    (_K.NUMBER, "*", _K.NUMBER): (_K.NUMBER, multiplied),
    (_K.MONEY, "+", _K.MONEY): (_K.MONEY, added),
    (_K.MONEY, "-", _K.MONEY): (_K.MONEY, subtracted),
    (_K.MONEY, "*", _K.NUMBER): (_K.MONEY, multiplied),
    (_K.NUMBER, "*", _K.MONEY): (_K.MONEY, multiplied),
    (_K.DAYS, "+", _K.DAYS): (_K.DAYS, _days_added),
    (_K.DAYS, "-", _K.DAYS): (_K.DAYS, _days_subtracted),
    (_K.DATE, "+", _K.DAYS): (_K.DATE, _day_after),
    (_K.DATE, "-", _K.DAYS): (_K.DATE, _day_before),
    (_K.DATE, "+", _K.PERIOD): (_K.DATE, _period_after),
    (_K.DATE, "-", _K.PERIOD): (_K.DATE, _period_before),
    (_K.DATE, "-", _K.DATE): (_K.DAYS, _days_between),
}
"""What may be computed: the kinds of both sides, the kind of the result, and how."""
