"""The functions of law that guards may call: names, titles, types and sources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

import attrs

from enforceflow.amounts import auctions, distribution, fees, interest
from enforceflow.definitions.facts import FactKind
from enforceflow.texts import Title


@attrs.frozen
class Parameter:
    """What a function is given: a title and a kind."""

    title: Title
    kind: FactKind


@attrs.frozen
class Function:
    """A function of law; it returns money, and raises `InvalidValue` where the law gives no answer."""

    title: Title
    parameters: tuple[Parameter, ...]
    source: str
    compute: Callable[..., Decimal] = attrs.field(repr=False)


def _money(zh: str, en: str) -> Parameter:
    return Parameter(Title(zh, en), FactKind.MONEY)


def _date(zh: str, en: str) -> Parameter:
    return Parameter(Title(zh, en), FactKind.DATE)


_REFERENCE: Final = _money("评估价或市价", "valuation or market price")
_STARTING: Final = _money("起拍价", "starting price")

FUNCTIONS: Final[Mapping[str, Function]] = MappingProxyType(
    {
        "execution_fee": Function(
            Title("申请执行费", "Execution fee"),
            (_money("执行金额", "amount enforced"),),
            fees.EXECUTION.source,
            fees.execution_fee,
        ),
        "preservation_fee": Function(
            Title("申请保全措施费", "Preservation fee"),
            (_money("保全财产数额", "amount preserved"),),
            fees.PRESERVATION.source,
            fees.preservation_fee,
        ),
        "late_interest": Function(
            Title("加倍部分债务利息", "Doubled interest"),
            (
                _money("一般债务利息之外的金钱债务", "money debt without general interest"),
                _date("履行期间届满日（不计）", "last day to perform (not counted)"),
                _date("止日（计入）", "last day of delay (counted)"),
            ),
            interest.DAY_RATE[0].source,
            interest.late_interest,
        ),
        "starting_price_floor": Function(
            Title("首次起拍价下限", "Least first starting price"),
            (_REFERENCE, _date("确定之日", "day it is set")),
            "；".join(number.source for number in auctions.FIRST_PRICE),
            auctions.starting_price_floor,
        ),
        "next_price_floor": Function(
            Title("再次起拍价下限", "Least next starting price"),
            (_money("前次起拍价", "previous starting price"),),
            auctions.NEXT_PRICE[-1].source,
            auctions.next_price_floor,
        ),
        "least_deposit": Function(
            Title("保证金下限", "Least deposit"),
            (_STARTING,),
            auctions.LEAST_DEPOSIT.source,
            auctions.least_deposit,
        ),
        "most_deposit": Function(
            Title("保证金上限", "Highest deposit"),
            (_STARTING,),
            auctions.MOST_DEPOSIT.source,
            auctions.most_deposit,
        ),
        "direct_sale_floor": Function(
            Title("最低变卖价", "Least price of a direct sale"),
            (_money("评估价", "valuation"),),
            auctions.DIRECT_SALE.source,
            auctions.direct_sale_floor,
        ),
        "pro_rata": Function(
            Title("按比例受偿额", "Share pro rata"),
            (
                _money("本债权额", "claim"),
                _money("债权总额", "all claims together"),
                _money("可分配款", "sum to distribute"),
            ),
            "执行规定(2020)第55条；民诉法解释(2022)第508条",
            distribution.pro_rata,
        ),
    }
)
