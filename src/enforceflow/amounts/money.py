"""Amounts of money in yuan: what is accepted, how it is computed, and how it is rounded."""

from __future__ import annotations

import decimal
from decimal import Decimal
from typing import Final

from enforceflow.errors import InvalidValue
from enforceflow.texts import Bilingual, Phrase, Title

EXACT: Final = decimal.Context(
    prec=1_000,
    rounding=decimal.ROUND_HALF_UP,
    traps=[decimal.InvalidOperation, decimal.Overflow, decimal.DivisionByZero],
)
"""Wide enough to be exact for amounts within the bounds below, whatever context the host has set."""
CENT: Final = Decimal("0.01")
YUAN: Final = Decimal(1)
_MOST: Final = Decimal(10) ** 36
_MOST_PLACES: Final = 100

AMOUNT: Final = Title("金额", "the amount")
NOT_DECIMAL = Phrase(zh="{what}应为 Decimal 或 int，却是 {type}", en="{what} is a Decimal or an int, not {type}")
NEGATIVE = Phrase(zh="{what}不能为负：{value}", en="{what} cannot be negative: {value}")
TOO_LARGE = Phrase(zh="{what}超出范围", en="{what} is out of bounds")


def money(value: Decimal | int, what: Bilingual = AMOUNT) -> Decimal:
    """Return an amount in yuan as a Decimal; raise `InvalidValue` if it is negative, not finite or no exact number."""
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        raise InvalidValue(NOT_DECIMAL(what=what, type=type(value).__name__))
    if isinstance(value, int) and abs(value) >= _MOST:
        raise InvalidValue(TOO_LARGE(what=what))
    amount = Decimal(value)
    exponent = amount.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -_MOST_PLACES or (amount and amount.adjusted() >= _MOST.adjusted()):
        raise InvalidValue(TOO_LARGE(what=what))
    if amount < 0:
        raise InvalidValue(NEGATIVE(what=what, value=amount))
    return amount


def times(amount: Decimal, factor: Decimal) -> Decimal:
    """Return the exact product."""
    return EXACT.multiply(amount, factor)


def to_the_cent(amount: Decimal) -> Decimal:
    """Return the amount rounded to 0.01 yuan, half a cent upwards."""
    return amount.quantize(CENT, rounding=decimal.ROUND_HALF_UP, context=EXACT)


def to_the_yuan(amount: Decimal) -> Decimal:
    """Return the amount rounded to whole yuan, half a yuan upwards: some courts charge fees so; no rule says it."""
    return amount.quantize(YUAN, rounding=decimal.ROUND_HALF_UP, context=EXACT)


def with_cents(amount: Decimal) -> Decimal:
    """Return the same amount with two places, if it has no parts of a cent."""
    rounded = to_the_cent(amount)
    return rounded if rounded == amount else amount


def as_written(amount: Decimal) -> str:
    """Return an amount in plain figures, without an exponent and without zeros at the end."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
