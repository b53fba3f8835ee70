"""Doubled interest for delayed performance of a money debt (加倍部分债务利息)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from enforceflow.amounts.money import money, times, to_the_cent
from enforceflow.amounts.tables import Number, in_force
from enforceflow.errors import InvalidValue
from enforceflow.texts import Phrase, Title

DAY_RATE: Final = (Number(date(2014, 8, 1), Decimal("0.000175"), "法释〔2014〕8号第1条第2款"),)
"""What each day of delay adds, as a share of the money debt without its general interest."""

PRINCIPAL: Final = Title("本金", "the principal")
REVERSED = Phrase(zh="止日{until}早于起日{since}", en="the interval ends on {until}, before it begins on {since}")


def late_interest(principal: Decimal | int, after: date, until: date) -> Decimal:
    """Return the doubled interest on `principal` yuan, to the cent, for the days after `after`, up to and with `until`.

    `after` is the last day to perform, which is not counted; `until` the day of payment. Raises `InvalidValue` if a day
    lies before 2014-08-01, when another formula held.
    """
    debt = money(principal, PRINCIPAL)
    days = until.toordinal() - after.toordinal()
    if days < 0:
        raise InvalidValue(REVERSED(since=after, until=until))
    if not days:
        return to_the_cent(Decimal(0))
    rate = in_force(DAY_RATE, date.fromordinal(after.toordinal() + 1)).value
    return to_the_cent(times(times(debt, rate), Decimal(days)))
