"""Fees, and the bounds of prices and deposits."""

from __future__ import annotations

import decimal
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforceflow.amounts import (
    EXECUTION_WITHOUT_AMOUNT,
    auctions,
    direct_sale_floor,
    execution_fee,
    fees,
    interest,
    least_deposit,
    most_deposit,
    next_price_floor,
    preservation_fee,
    pro_rata,
    starting_price_floor,
    to_the_cent,
    to_the_yuan,
)
from enforceflow.errors import InvalidValue

CENT = Decimal("0.01")
AMOUNTS = st.decimals(0, 10**12, places=2)
MONEY = st.one_of(AMOUNTS, st.decimals(0, 20_000, places=2), st.sampled_from([Decimal(10) ** n for n in range(9)]))
FEES = st.sampled_from([execution_fee, preservation_fee])


@given(FEES, MONEY, MONEY)
def test_a_larger_amount_never_costs_less(fee: Callable[[Decimal], Decimal], one: Decimal, other: Decimal) -> None:
    assert (fee(one) <= fee(other)) or one > other


@given(FEES, MONEY)
def test_fees_do_not_jump(fee: Callable[[Decimal], Decimal], amount: Decimal) -> None:
    assert fee(amount + CENT) - fee(amount) <= CENT


@given(MONEY)
def test_the_execution_fee_is_that_of_the_quick_table(amount: Decimal) -> None:
    table = [
        (10_000, "0", "50"),
        (500_000, "0.015", "-100"),
        (5_000_000, "0.01", "2400"),
        (10_000_000, "0.005", "27400"),
        (10**13, "0.001", "67400"),
    ]
    rate, plus = next((rate, plus) for top, rate, plus in table if amount <= top)
    assert execution_fee(amount) == to_the_cent(amount * Decimal(rate) + Decimal(plus))


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        ("0", "50"),
        ("10000", "50"),
        ("10001", "50.02"),
        ("500000", "7400"),
        ("5000000", "52400"),
        ("10000000", "77400"),
        ("128654.77", "1829.82"),
    ],
)
def test_published_execution_fees(amount: str, fee: str) -> None:
    assert execution_fee(Decimal(amount)) == Decimal(fee)


def test_a_court_that_charges_whole_yuan_rounds_them() -> None:
    assert to_the_yuan(execution_fee(Decimal("128654.77"))) == 1830


def test_a_case_without_an_amount_costs_between_two_amounts() -> None:
    assert EXECUTION_WITHOUT_AMOUNT.least == 50
    assert EXECUTION_WITHOUT_AMOUNT.most == 500


@pytest.mark.parametrize(
    ("amount", "fee"),
    [(None, 30), (0, 30), (1000, 30), (100_000, 1020), (500_000, 3020), (896_000, 5000), (10**9, 5000)],
)
def test_preservation_fees(amount: int | None, fee: int) -> None:
    assert preservation_fee(amount) == fee


def test_fees_come_to_the_cent() -> None:
    assert str(execution_fee(20_000)) == "200.00"
    assert str(preservation_fee(1_000)) == "30.00"
    assert str(preservation_fee(None)) == "30.00"


# --- prices ---------------------------------------------------------------------------------------------------------


def test_a_published_sale() -> None:
    first = starting_price_floor(1_000_000, date(2020, 1, 1))
    assert first == 700_000
    assert next_price_floor(first) == 560_000


@pytest.mark.parametrize(("day", "share"), [("2005-01-01", "0.8"), ("2016-12-31", "0.8"), ("2017-01-01", "0.7")])
def test_the_first_price_follows_the_rule_of_the_day(day: str, share: str) -> None:
    assert starting_price_floor(100, date.fromisoformat(day)) == 100 * Decimal(share)


def test_before_the_first_rule_there_is_no_floor() -> None:
    with pytest.raises(InvalidValue) as caught:
        starting_price_floor(100, date(2004, 12, 31))
    assert caught.value.text("en") == "no rule was in force on 2004-12-31: the first is of 2005-01-01"
    assert caught.value.text("zh") == "2004-12-31尚无此项规定；最早自2005-01-01起施行"


@given(MONEY)
def test_deposits_and_floors_are_exact_shares(price: Decimal) -> None:
    assert least_deposit(price) * 20 == price
    assert most_deposit(price) * 5 == price
    assert direct_sale_floor(price) * 2 == price
    assert next_price_floor(price) * 5 == price * 4
    assert starting_price_floor(price, date(2026, 1, 5)) * 10 == price * 7
    assert least_deposit(price) <= most_deposit(price) <= price


# --- what is accepted -----------------------------------------------------------------------------------------------

OF_MONEY: list[Callable[[Decimal], Decimal]] = [
    execution_fee,
    preservation_fee,
    least_deposit,
    most_deposit,
    next_price_floor,
    direct_sale_floor,
    lambda amount: starting_price_floor(amount, date(2026, 1, 5)),
    lambda amount: interest.late_interest(amount, date(2026, 1, 5), date(2026, 1, 6)),
    lambda amount: pro_rata(amount, Decimal(10) ** 30, Decimal(10) ** 29),
]


@pytest.mark.parametrize("function", OF_MONEY)
@pytest.mark.parametrize("wrong", ["-1", "NaN", "Infinity", "-Infinity", "sNaN", "1E+36", "1E+999999", "1E-101"])
def test_what_is_no_amount_is_refused(function: Callable[[Decimal], Decimal], wrong: str) -> None:
    with pytest.raises(InvalidValue):
        function(Decimal(wrong))


@pytest.mark.parametrize("wrong", [1.5, True, "100", None])
def test_only_exact_numbers_are_amounts(wrong: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        execution_fee(wrong)  # type: ignore[arg-type]
    assert caught.value.text("en") == f"the amount is a Decimal or an int, not {type(wrong).__name__}"


def test_refusals_say_what_is_wrong() -> None:
    with pytest.raises(InvalidValue) as caught:
        direct_sale_floor(Decimal("-0.01"))
    assert caught.value.text("en") == "the reference price cannot be negative: -0.01"
    assert caught.value.text("zh") == "参考价不能为负：-0.01"
    with pytest.raises(InvalidValue, match="the starting price is out of bounds"):
        least_deposit(10**5000)


@given(st.integers(1, 6))
def test_the_host_s_precision_plays_no_part(precision: int) -> None:
    with decimal.localcontext(decimal.Context(prec=precision, rounding=decimal.ROUND_UP)):
        assert execution_fee(Decimal("128654.77")) == Decimal("1829.82")
        assert most_deposit(Decimal("123456789.01")) == Decimal("24691357.802")
        assert str(to_the_yuan(Decimal("1234567.5"))) == "1234568"


def test_every_number_names_its_source() -> None:
    numbers = [
        *auctions.FIRST_PRICE,
        *auctions.NEXT_PRICE,
        auctions.LEAST_DEPOSIT,
        auctions.MOST_DEPOSIT,
        auctions.DIRECT_SALE,
        *interest.DAY_RATE,
        *interest.LOAN_RATE_TIMES,
    ]
    sources = [number.source for number in numbers]
    sources += [fees.EXECUTION.source, fees.EXECUTION_WITHOUT_AMOUNT.source, fees.PRESERVATION.source]
    assert all("第" in source or "〔" in source for source in sources)
