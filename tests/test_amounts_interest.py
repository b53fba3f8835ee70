"""Interest for delayed performance: additive over days, bounded by its rules, explained line by line."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforceflow.amounts import FirstDay, LoanRate, Payment, doubled_interest, late_interest, to_the_cent
from enforceflow.errors import InvalidValue

DAY = timedelta(days=1)
CENT = Decimal("0.01")
SIX = LoanRate(date(2012, 7, 6), Decimal("0.06"))
MONEY = st.decimals(0, 10**9, places=2)
START = date(2012, 7, 6)
DAYS = st.integers(0, 4000).map(lambda days: START + days * DAY)
NEW_DAYS = st.dates(date(2014, 7, 31), date(2030, 12, 31))
SPANS = st.lists(
    st.tuples(DAYS, st.integers(0, 400)).map(lambda drawn: (drawn[0], drawn[0] + drawn[1] * DAY)), max_size=5
)
PAID = st.lists(st.builds(Payment, st.dates(date(2014, 8, 1), date(2023, 1, 1)), MONEY), max_size=4)


def by_day(
    principal: Decimal, after: date, until: date, payments: list[Payment], excluded: list[tuple[date, date]]
) -> Decimal:
    """Return the interest day by day, slowly and plainly; multiplied by 36 to stay exact."""
    total = Decimal(0)
    day = after + DAY
    while day <= until:
        left = max(principal - sum(payment.amount for payment in payments if payment.on < day), Decimal(0))
        if not any(first <= day <= last for first, last in excluded):
            total += left * (Decimal("0.0063") if day >= date(2014, 8, 1) else Decimal("0.012"))
        day += DAY
    return total


@given(MONEY, NEW_DAYS, st.integers(0, 1500), PAID, SPANS)
def test_it_is_the_sum_of_its_days(
    principal: Decimal, after: date, days: int, payments: list[Payment], excluded: list[tuple[date, date]]
) -> None:
    until = after + days * DAY
    found = doubled_interest(principal, after, until, payments=payments, excluded=excluded)
    assert abs(found.total * 36 - by_day(principal, after, until, payments, excluded)) <= Decimal("0.18")
    assert found.total == sum((line.amount for line in found.lines), Decimal(0))


@given(MONEY, st.dates(START, date(2014, 7, 31)), st.integers(0, 1500), SPANS)
def test_it_is_split_where_the_new_rule_begins(
    principal: Decimal, after: date, days: int, excluded: list[tuple[date, date]]
) -> None:
    until = after + days * DAY
    found = doubled_interest(principal, after, until, excluded=excluded, loan_rates=[SIX])
    assert abs(found.total * 36 - by_day(principal, after, until, [], excluded)) <= Decimal("0.18")
    assert not any(line.since < date(2014, 8, 1) <= line.until for line in found.lines)


@given(MONEY, NEW_DAYS, st.integers(0, 3000))
def test_the_short_form_agrees(principal: Decimal, after: date, days: int) -> None:
    until = after + days * DAY
    short = late_interest(principal, after, until)
    assert short == doubled_interest(principal, after, until).total
    assert short == to_the_cent(principal * Decimal("0.000175") * days)


@given(MONEY, DAYS, st.integers(0, 800), st.integers(0, 800), SPANS)
def test_days_may_be_split_anywhere(
    principal: Decimal, after: date, first: int, second: int, excluded: list[tuple[date, date]]
) -> None:
    middle, until = after + first * DAY, after + (first + second) * DAY

    def of(since: date, last: date) -> Decimal:
        return doubled_interest(principal, since, last, excluded=excluded, loan_rates=[SIX]).total

    assert abs(of(after, until) - of(after, middle) - of(middle, until)) <= CENT


@given(MONEY, DAYS, st.integers(0, 800), SPANS)
def test_excluded_days_count_once_and_are_the_rest(
    principal: Decimal, after: date, days: int, excluded: list[tuple[date, date]]
) -> None:
    until = after + days * DAY
    found = doubled_interest(principal, after, until, excluded=excluded, loan_rates=[SIX])
    again = doubled_interest(principal, after, until, excluded=excluded * 2 + list(found.excluded), loan_rates=[SIX])
    assert again == found
    gone = sum((last - first).days + 1 for first, last in found.excluded)
    assert gone + sum(line.days for line in found.lines) == (days if principal else gone)
    spans = [*found.excluded, *((line.since, line.until) for line in found.lines)]
    for (_, last), (first, _) in zip(sorted(spans), sorted(spans)[1:], strict=False):
        assert last < first


@given(MONEY, MONEY, NEW_DAYS, st.integers(0, 800), st.integers(0, 800))
def test_more_debt_and_more_days_bear_more(one: Decimal, more: Decimal, after: date, days: int, longer: int) -> None:
    until = after + days * DAY
    assert late_interest(one, after, until) <= late_interest(one + more, after, until + longer * DAY)


@given(MONEY, NEW_DAYS, PAID)
def test_payments_go_to_the_principal_first(principal: Decimal, after: date, payments: list[Payment]) -> None:
    until = after + 800 * DAY
    found = doubled_interest(principal, after, until, payments=payments)
    paid = sum((payment.amount for payment in payments if payment.on <= until), Decimal(0))
    assert found.principal - found.beyond == principal - paid
    assert found.principal >= 0
    assert found.beyond >= 0
    assert min(found.principal, found.beyond) == 0
    assert found.total <= late_interest(principal, after, until)


# --- examples -------------------------------------------------------------------------------------------------------


def test_the_first_day_is_a_policy() -> None:
    expiry = date(2026, 1, 5)
    assert doubled_interest(10_000, expiry, expiry + DAY).total == Decimal("1.75")
    counted = doubled_interest(10_000, expiry, expiry + DAY, first_day=FirstDay.COUNTED)
    assert counted.total == Decimal("3.50")
    assert counted.lines[0].since == expiry
    assert doubled_interest(10_000, expiry, expiry).total == 0
    assert doubled_interest(10_000, expiry, expiry, first_day=FirstDay.COUNTED).total == Decimal("1.75")


def test_it_stops_on_the_day_of_the_debit() -> None:
    """As in (2018)豫0191执异233号: what accrued after the deduction of 2018-03-26 was refused."""
    debited = Payment(date(2018, 3, 26), Decimal("245469.86"))
    upto = doubled_interest(Decimal("245469.86"), date(2017, 9, 30), date(2018, 3, 26))
    beyond = doubled_interest(Decimal("245469.86"), date(2017, 9, 30), date(2018, 8, 2), payments=[debited])
    assert beyond.total == upto.total
    assert beyond.lines == upto.lines
    assert beyond.principal == 0


def test_it_explains_itself() -> None:
    found = doubled_interest(
        10_000,
        date(2014, 6, 30),
        date(2014, 9, 30),
        loan_rates=[SIX],
        payments=[Payment(date(2014, 9, 10), Decimal(4000))],
        excluded=[(date(2014, 8, 5), date(2014, 8, 10)), (date(2014, 8, 8), date(2014, 8, 20))],
    )
    assert found.text("en") == (
        "2014-07-01 to 2014-07-31: 10000 yuan × 0.06×2÷360 × 31 days = 103.33 yuan "
        "(法释〔2009〕6号；法释〔2014〕8号第7条)\n"
        "2014-08-01 to 2014-08-04: 10000 yuan × 0.000175 × 4 days = 7.00 yuan (法释〔2014〕8号第1条)\n"
        "2014-08-21 to 2014-09-10: 10000 yuan × 0.000175 × 21 days = 36.75 yuan (法释〔2014〕8号第1条)\n"
        "2014-09-11 to 2014-09-30: 6000 yuan × 0.000175 × 20 days = 21.00 yuan (法释〔2014〕8号第1条)\n"
        "2014-08-05 to 2014-08-20: not counted\n"
        "total 168.08 yuan"
    )
    assert found.text("zh").splitlines()[-2:] == ["2014-08-05至2014-08-20：不计", "合计168.08元"]


def test_earlier_rates_follow_one_another() -> None:
    rates = [SIX, LoanRate(date(2014, 7, 11), Decimal("0.05")), LoanRate(date(2014, 11, 22), Decimal("0.04"))]
    found = doubled_interest(36_000, date(2014, 6, 30), date(2014, 12, 31), loan_rates=rates)
    assert [(line.days, line.rate) for line in found.lines] == [
        (10, "0.06×2÷360"),
        (21, "0.05×2÷360"),
        (153, "0.000175"),
    ]
    assert doubled_interest(365, date(2014, 6, 30), date(2014, 7, 10), loan_rates=rates, days_of_a_year=365).total == (
        Decimal("1.20")
    )


@pytest.mark.parametrize(
    ("after", "until", "en"),
    [
        ("2026-01-05", "2026-01-04", "the interval ends on 2026-01-04, before it begins on 2026-01-05"),
        ("2014-07-30", "2014-08-30", "no rule was in force on 2014-07-31: the first is of 2014-08-01"),
    ],
)
def test_the_short_form_refuses(after: str, until: str, en: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        late_interest(1, date.fromisoformat(after), date.fromisoformat(until))
    assert caught.value.text("en") == en


def test_the_long_form_refuses() -> None:
    new, old = date(2026, 1, 5), date(2014, 7, 1)
    with pytest.raises(InvalidValue, match="ends on 2026-01-04, before it begins on 2026-01-05"):
        doubled_interest(1, new, new - DAY)
    with pytest.raises(InvalidValue, match="ends on 2026-01-05, before it begins on 2026-01-06"):
        doubled_interest(1, new, new + DAY, excluded=[(new + DAY, new)])
    with pytest.raises(InvalidValue, match="no loan rate is given for 2014-07-02"):
        doubled_interest(1, old, new)
    with pytest.raises(InvalidValue, match="no rule was in force on 2009-05-17"):
        doubled_interest(1, date(2009, 5, 16), new, loan_rates=[LoanRate(date(2009, 1, 1), Decimal("0.05"))])
    with pytest.raises(InvalidValue, match="the payment of 2014-07-03 was shared between debt and interest"):
        doubled_interest(2, old, new, loan_rates=[SIX], payments=[Payment(date(2014, 7, 3), Decimal(1))])
    with pytest.raises(InvalidValue, match="cannot be negative"):
        Payment(new, Decimal(-1))
