"""Interest for delayed performance of a money debt: the doubled part, day by day (加倍部分债务利息).

The base is the money debt that the title fixes, without its general interest; that is computed as the title says and is
no matter of this module. Before 2014-08-01 the loan rate of the central bank, twice, was the whole interest of the
delay; the rates of that time are given by the caller (`LoanRate`).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

import attrs

from enforceflow.amounts.money import CENT, EXACT, as_written, money, times, to_the_cent, with_cents
from enforceflow.amounts.tables import Number, in_force
from enforceflow.errors import InvalidValue
from enforceflow.texts import Lang, Phrase, Title

DAY_RATE: Final = (Number(date(2014, 8, 1), Decimal("0.000175"), "法释〔2014〕8号第1条", verified=False),)
"""What each day of delay adds, as a share of the money debt without its general interest."""

LOAN_RATE_TIMES: Final = (
    Number(date(2009, 5, 18), Decimal(2), "法释〔2009〕6号；法释〔2014〕8号第7条", verified=False),
)
"""How many times the loan rate each earlier day of delay counts."""

DAYS_OF_A_YEAR: Final = 360
"""By how many days a yearly loan rate is divided, as banks do; the rule itself does not say."""


class FirstDay(enum.Enum):
    """Whether the day on which the time to perform ends is itself a day of delay; the rule can be read both ways."""

    NOT_COUNTED = "not_counted"
    COUNTED = "counted"


@attrs.frozen
class LoanRate:
    """The benchmark loan rate of the central bank from a day on: `yearly` is 0.06 for six per cent."""

    since: date
    yearly: Decimal = attrs.field(converter=money)


@attrs.frozen
class Payment:
    """What was paid, debited or realised on a day towards the principal: it bears interest up to and with that day."""

    on: date
    amount: Decimal = attrs.field(converter=money)


@attrs.frozen
class Line:
    """Days on end at one principal and one rate; `amount` is their interest in yuan.

    The amounts of all lines add up to the total to the cent; each alone is within a cent of its exact value.
    """

    since: date
    until: date
    principal: Decimal
    rate: str
    amount: Decimal
    source: str

    @property
    def days(self) -> int:
        """How many days there are, both ends counted."""
        return (self.until - self.since).days + 1

    def text(self, lang: Lang) -> str:
        """Return the line as a calculation."""
        parts = {name: getattr(self, name) for name in ("since", "until", "days", "rate", "amount", "source")}
        return LINE(principal=as_written(self.principal), **parts).text(lang)


@attrs.frozen
class Interest:
    """Interest computed: `total` yuan, with the `lines` it is made of and the days `excluded` (first, last).

    `principal` is what is left of the principal; `beyond` is what was paid beyond it and goes to the interest.
    """

    total: Decimal
    lines: tuple[Line, ...]
    excluded: tuple[tuple[date, date], ...]
    principal: Decimal
    beyond: Decimal

    def text(self, lang: Lang) -> str:
        """Return the whole calculation, line by line."""
        said = [line.text(lang) for line in self.lines]
        said += [EXCLUDED(since=since, until=until).text(lang) for since, until in self.excluded]
        return "\n".join([*said, TOTAL(total=self.total).text(lang)])


LINE: Final = Phrase(
    zh="{since}至{until}：{principal}元×{rate}×{days}日＝{amount}元（{source}）",
    en="{since} to {until}: {principal} yuan × {rate} × {days} days = {amount} yuan ({source})",
)
EXCLUDED: Final = Phrase(zh="{since}至{until}：不计", en="{since} to {until}: not counted")
TOTAL: Final = Phrase(zh="合计{total}元", en="total {total} yuan")
PRINCIPAL: Final = Title("本金", "the principal")
REVERSED: Final = Phrase(
    zh="止日{until}早于起日{since}", en="the interval ends on {until}, before it begins on {since}"
)
NO_LOAN_RATE: Final = Phrase(zh="未给出{day}的贷款基准利率", en="no loan rate is given for {day}")
EARLY_PAYMENT: Final = Phrase(
    zh="{day}的付款适用本息并还，请另行计算所余本金后再算",
    en="the payment of {day} was shared between debt and interest by the earlier rule: compute what was left of the "
    "principal, and begin there",
)


def late_interest(principal: Decimal | int, after: date, until: date) -> Decimal:
    """Return the interest on `principal` yuan, to the cent, for the days after `after`, up to and with `until`.

    `after` is the last day to perform, which is not counted; `until` is the day of payment. Raises `InvalidValue` if a
    day lies before 2014-08-01. `doubled_interest` knows the rest.
    """
    debt = money(principal, PRINCIPAL)
    days = until.toordinal() - after.toordinal()
    if days < 0:
        raise InvalidValue(REVERSED(since=after, until=until))
    rate = in_force(DAY_RATE, date.fromordinal(after.toordinal() + 1)).value if days else Decimal(0)
    return to_the_cent(times(times(debt, rate), Decimal(days)))


def doubled_interest(
    principal: Decimal | int,
    after: date,
    until: date,
    *,
    payments: Iterable[Payment] = (),
    excluded: Iterable[tuple[date, date]] = (),
    first_day: FirstDay = FirstDay.NOT_COUNTED,
    loan_rates: Sequence[LoanRate] = (),
    days_of_a_year: int = DAYS_OF_A_YEAR,
) -> Interest:
    """Return the interest on `principal` yuan from the end of the time to perform, `after`, up to and with `until`.

    `payments` reduce the principal from the day after each; what they exceed it by is left to the interest
    (法释〔2014〕8号第4条). `excluded` are closed intervals of days that do not count (第3条第3款); they may overlap.
    Days before 2014-08-01 need `loan_rates`. Payments after `until` play no part. Raises `InvalidValue` for reversed
    intervals, for days without a rule or a rate, and for payments before 2014-08-01, which went to debt and interest
    alike.
    """
    debt = money(principal, PRINCIPAL)
    if until < after:
        raise InvalidValue(REVERSED(since=after, until=until))
    start = after.toordinal() + (first_day is FirstDay.NOT_COUNTED)
    end = until.toordinal() + 1
    paid = _ordered(payments, start, until)
    gaps = _union(excluded, start, end)
    lines: list[Line] = []
    exact, rounded = Fraction(0), to_the_cent(Decimal(0))
    for first, beyond in _runs(start, end, gaps, [*_days_after(paid), *_days_of_change(loan_rates)]):
        left = _left(debt, [payment for payment in paid if payment.on.toordinal() < first])
        if not left:
            break
        rate = _rate(date.fromordinal(first), loan_rates, days_of_a_year)
        exact += Fraction(left) * rate.share * (beyond - first)
        amount = EXACT.subtract(_cents(exact), rounded)
        rounded = EXACT.add(rounded, amount)
        since, last = date.fromordinal(first), date.fromordinal(beyond - 1)
        lines.append(Line(since, last, left, rate.said, amount, rate.source))
    spans = tuple((date.fromordinal(first), date.fromordinal(beyond - 1)) for first, beyond in gaps)
    over = max(EXACT.subtract(_sum(paid), debt), Decimal(0))
    return Interest(rounded, tuple(lines), spans, with_cents(_left(debt, paid)), with_cents(over))


def _ordered(payments: Iterable[Payment], start: int, until: date) -> list[Payment]:
    """Return the payments up to a day by date, unless one fell to debt and interest alike."""
    new_rule = DAY_RATE[0].since
    found = sorted((payment for payment in payments if payment.on <= until), key=lambda payment: payment.on)
    if found and found[0].on < new_rule and start < new_rule.toordinal():
        raise InvalidValue(EARLY_PAYMENT(day=found[0].on))
    return found


def _runs(start: int, end: int, gaps: Sequence[tuple[int, int]], cuts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the days that count, as half-open runs between the cuts."""
    all_cuts = {start, end, *(day for gap in gaps for day in gap), *(cut for cut in cuts if start < cut < end)}
    for first, beyond in pairwise(sorted(all_cuts)):
        if not any(gap[0] <= first < gap[1] for gap in gaps):
            yield first, beyond


def _days_after(payments: Iterable[Payment]) -> Iterator[int]:
    return (payment.on.toordinal() + 1 for payment in payments)


def _days_of_change(loan_rates: Iterable[LoanRate]) -> Iterator[int]:
    """Yield the days on which the rate may change."""
    yield from (number.since.toordinal() for number in DAY_RATE)
    yield from (rate.since.toordinal() for rate in loan_rates if rate.since < DAY_RATE[0].since)


@attrs.frozen
class _Rate:
    """The share of the principal that a day adds, exactly and as it is said."""

    share: Fraction
    said: str
    source: str


def _rate(day: date, loan_rates: Sequence[LoanRate], days_of_a_year: int) -> _Rate:
    if day >= DAY_RATE[0].since:
        number = in_force(DAY_RATE, day)
        return _Rate(Fraction(number.value), str(number.value), number.source)
    number = in_force(LOAN_RATE_TIMES, day)
    before = [rate for rate in loan_rates if rate.since <= day]
    if not before:
        raise InvalidValue(NO_LOAN_RATE(day=day))
    yearly = max(before, key=lambda rate: rate.since).yearly
    share = Fraction(yearly) * Fraction(number.value) / days_of_a_year
    return _Rate(share, f"{as_written(yearly)}×{number.value}÷{days_of_a_year}", number.source)


def _union(intervals: Iterable[tuple[date, date]], start: int, end: int) -> list[tuple[int, int]]:
    """Return closed intervals of days as disjoint half-open ones in order, cut to start and end."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(intervals):
        if last < first:
            raise InvalidValue(REVERSED(since=first, until=last))
        low, high = max(first.toordinal(), start), min(last.toordinal() + 1, end)
        if low >= high:
            continue
        if found and low <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return found


def _left(debt: Decimal, payments: Sequence[Payment]) -> Decimal:
    return max(EXACT.subtract(debt, _sum(payments)), Decimal(0))


def _sum(payments: Sequence[Payment]) -> Decimal:
    total = Decimal(0)
    for payment in payments:
        total = EXACT.add(total, payment.amount)
    return total


def _cents(exact: Fraction) -> Decimal:
    """Return a fraction of yuan to the cent, half a cent upwards."""
    return EXACT.multiply(Decimal((exact * 200 + 1) // 2), CENT)
