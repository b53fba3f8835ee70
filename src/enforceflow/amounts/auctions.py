"""Prices and deposits of judicial sales: the bounds between which a court sets them.

A bound is exact and may have parts of a cent: rounding it would let a price slip below it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from enforceflow.amounts.money import money, times, with_cents
from enforceflow.amounts.tables import Number, in_force
from enforceflow.texts import Title

FIRST_PRICE: Final = (
    Number(date(2005, 1, 1), Decimal("0.8"), "法释〔2004〕16号第8条", verified=False),
    Number(date(2017, 1, 1), Decimal("0.7"), "法释〔2016〕18号第10条"),
)
"""The first price is at least this share of the valuation or the market price; online auctions since 2017."""

NEXT_PRICE: Final = (
    Number(date(2005, 1, 1), Decimal("0.8"), "法释〔2004〕16号第8条", verified=False),
    Number(date(2017, 1, 1), Decimal("0.8"), "法释〔2016〕18号第26条"),
)
"""After a failed round the price is at least this share of the one before; the share never changed."""

LEAST_DEPOSIT: Final = Number(date(2017, 1, 1), Decimal("0.05"), "法释〔2016〕18号第17条")
MOST_DEPOSIT: Final = Number(date(2017, 1, 1), Decimal("0.2"), "法释〔2016〕18号第17条")
"""The deposit of an online auction lies between these shares of the starting price."""

DIRECT_SALE: Final = Number(date(2021, 1, 1), Decimal("0.5"), "法释〔2004〕16号(2020)第32条")
"""A sale without auction brings at least this share of the valuation."""

_REFERENCE: Final = Title("参考价", "the reference price")
_PREVIOUS: Final = Title("前次起拍价", "the previous starting price")
_STARTING: Final = Title("起拍价", "the starting price")


def starting_price_floor(reference: Decimal | int, on: date) -> Decimal:
    """Return the least price in yuan at which a first auction may start, by the rule in force on the day `on`.

    `reference` is the valuation or the market price. Raises `InvalidValue` before 2005-01-01.
    """
    return _share(money(reference, _REFERENCE), in_force(FIRST_PRICE, on).value)


def next_price_floor(previous: Decimal | int) -> Decimal:
    """Return the least starting price in yuan of an auction after one at `previous` yuan has failed."""
    return _share(money(previous, _PREVIOUS), NEXT_PRICE[-1].value)


def least_deposit(starting_price: Decimal | int) -> Decimal:
    """Return the least deposit in yuan that bidders may be asked for."""
    return _share(money(starting_price, _STARTING), LEAST_DEPOSIT.value)


def most_deposit(starting_price: Decimal | int) -> Decimal:
    """Return the highest deposit in yuan that bidders may be asked for."""
    return _share(money(starting_price, _STARTING), MOST_DEPOSIT.value)


def direct_sale_floor(reference: Decimal | int) -> Decimal:
    """Return the least price in yuan of a sale without auction; `reference` is the valuation."""
    return _share(money(reference, _REFERENCE), DIRECT_SALE.value)


def _share(price: Decimal, share: Decimal) -> Decimal:
    return with_cents(times(price, share))
