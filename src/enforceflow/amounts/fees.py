"""Fees of court: for enforcement and for preservation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

import attrs

from enforceflow.amounts.money import EXACT, money, times, to_the_cent


@attrs.frozen
class Band:
    """The part of an amount above `over` yuan, up to the next band, and its rate."""

    over: Decimal
    rate: Decimal


@attrs.frozen
class Scale:
    """A fee by bands: `least` at any amount, each band at its rate on top, and no more than `most`."""

    source: str
    since: date
    least: Decimal
    bands: tuple[Band, ...]
    most: Decimal | None = None


@attrs.frozen
class Span:
    """A fee that the court sets between two amounts."""

    source: str
    since: date
    least: Decimal
    most: Decimal


EXECUTION: Final = Scale(
    source="诉讼费用交纳办法第14条第1项",
    since=date(2007, 4, 1),
    least=Decimal(50),
    bands=(
        Band(Decimal(10_000), Decimal("0.015")),
        Band(Decimal(500_000), Decimal("0.01")),
        Band(Decimal(5_000_000), Decimal("0.005")),
        Band(Decimal(10_000_000), Decimal("0.001")),
    ),
)
"""申请执行费, where there is an amount to enforce."""

EXECUTION_WITHOUT_AMOUNT: Final = Span("诉讼费用交纳办法第14条第1项", date(2007, 4, 1), Decimal(50), Decimal(500))
"""申请执行费 of each case in which no amount is enforced."""

PRESERVATION: Final = Scale(
    source="诉讼费用交纳办法第14条第2项",
    since=date(2007, 4, 1),
    least=Decimal(30),
    bands=(Band(Decimal(1_000), Decimal("0.01")), Band(Decimal(100_000), Decimal("0.005"))),
    most=Decimal(5_000),
)
"""申请保全措施费, on the amount actually preserved."""


def execution_fee(amount: Decimal | int) -> Decimal:
    """Return the fee for enforcing `amount` yuan, to the cent (`EXECUTION`); it is not prepaid but collected."""
    return on_scale(EXECUTION, amount)


def preservation_fee(amount: Decimal | int | None) -> Decimal:
    """Return the fee for preserving property of `amount` yuan, to the cent (`PRESERVATION`); None: no amount."""
    return on_scale(PRESERVATION, 0 if amount is None else amount)


def on_scale(scale: Scale, amount: Decimal | int) -> Decimal:
    """Return the fee that `scale` sets for `amount` yuan, to the cent."""
    whole = money(amount)
    fee = scale.least
    tops = [band.over for band in scale.bands[1:]]
    for band, top in zip(scale.bands, [*tops, None], strict=True):
        reached = whole if top is None else min(whole, top)
        if reached > band.over:
            fee = EXACT.add(fee, times(EXACT.subtract(reached, band.over), band.rate))
    return to_the_cent(fee if scale.most is None else min(fee, scale.most))
