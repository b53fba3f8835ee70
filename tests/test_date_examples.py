"""The published worked examples: right answers reproduced, wrong ones not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chinese import chinese_calendar
from enforceflow.calendars.reckoning import Reckoning, reckon
from enforceflow.definitions.periods import Period

CN = chinese_calendar()


def rolled(since: str, period: str) -> Reckoning:
    return CN.due(period, since=date.fromisoformat(since))


def nominal(since: str, period: str) -> str:
    return CN.due(period, since=date.fromisoformat(since), rolls=False).due.isoformat()


@pytest.mark.parametrize(
    ("number", "since", "period", "due"),
    [
        (3, "2007-10-30", "2 months", "2008-01-02"),
        (7, "2022-07-01", "15 days", "2022-07-18"),
        (14, "2022-03-15", "2 years", "2024-03-15"),
        (17, "2026-07-10", "15 days", "2026-07-27"),
        (19, "2026-02-18", "10 days", "2026-02-28"),
        (21, "2026-03-31", "6 months", "2026-09-30"),
        (23, "2026-02-04", "15 days", "2026-02-24"),
    ],
)
def test_published_and_right(number: int, since: str, period: str, due: str) -> None:
    assert (number, rolled(since, period).due.isoformat()) == (number, due)
    assert not rolled(since, period).provisional


@pytest.mark.parametrize(
    ("number", "since", "period", "due"),
    [
        (1, "1998-06-01", "3 years", "2001-06-01"),
        (2, "1999-12-31", "2 months", "2000-02-29"),
        (8, "2026-01-01", "15 days", "2026-01-16"),
        (23, "2026-01-05", "30 days", "2026-02-04"),
        (27, "2026-01-31", "1 month", "2026-02-28"),
    ],
)
def test_published_and_right_before_rolling(number: int, since: str, period: str, due: str) -> None:
    assert (number, nominal(since, period)) == (number, due)


@pytest.mark.parametrize("end", [date(2020, 1, 24) + timedelta(days=n) for n in range(10)])
def test_example_5_the_holiday_lengthened_in_2020(end: date) -> None:
    assert CN.due("15 days", since=end - timedelta(days=15)).due == date(2020, 2, 3)


def test_example_5_before_the_notice_was_known() -> None:
    before = CN.as_known(date(2020, 1, 25))
    assert before.due("15 days", since=date(2020, 1, 15)).due == date(2020, 1, 31)
    assert before.is_workday(date(2020, 2, 1))
    assert before.edition != CN.as_known(date(2020, 1, 26)).edition


def test_example_22_a_year_not_announced_is_provisional() -> None:
    reckoning = CN.as_known(date(2026, 11, 21)).due("2 years", since=date(2026, 6, 30))
    assert reckoning.due == date(2028, 6, 30)
    assert reckoning.provisional
    assert reckoning.steps[-1].kind == "provisional"


def test_example_30_the_first_day_counted_by_agreement() -> None:
    assert CN.due("2 months", since=date(2014, 5, 29), first_day="counted").due == date(2014, 7, 28)


@pytest.mark.parametrize(
    ("number", "since", "period", "right", "published"),
    [
        ("W1", "2024-08-29", "30 days", "2024-09-29", "2024-09-30"),
        ("W3", "2022-06-01", "2 years", "2024-06-03", "2024-06-01"),
        ("W5", "2017-09-30", "3 years", "2020-09-30", "2020-10-08"),
    ],
)
def test_published_and_wrong(number: str, since: str, period: str, right: str, published: str) -> None:
    due = rolled(since, period).due.isoformat()
    assert (number, due) == (number, right)
    assert due != published


def test_w5_the_holiday_of_2020_had_eight_days() -> None:
    assert CN.due("3 years", since=date(2017, 10, 1)).due == date(2020, 10, 9)


def test_w6_a_period_after_the_effect_starts_on_the_day_after_the_last_day() -> None:
    appeal = reckon(CN, date(2026, 6, 1), Period.parse("15 days"), rolls=False).due
    assert appeal == date(2026, 6, 16)
    effective = appeal + timedelta(days=1)
    performance = reckon(CN, effective, Period.parse("10 days"), rolls=False).due
    assert performance == date(2026, 6, 27)
    assert performance != date(2026, 6, 26)


def test_w7_a_saturday_moves_on_and_not_back() -> None:
    reckoning = CN.due("15 days", since=date(2026, 7, 10))
    assert reckoning.raw == date(2026, 7, 25)
    assert reckoning.due == date(2026, 7, 27)
    assert reckoning.due != date(2026, 7, 24)


def test_w11_no_gap_in_2025_and_no_certainty_after_the_last_year_announced() -> None:
    assert CN.due("7 days", since=date(2025, 10, 1)).due == date(2025, 10, 9)
    known = CN.as_known(date(2026, 11, 21))
    assert known.due("15 days", since=date(2026, 12, 20)).provisional
    assert not known.due("15 days", since=date(2026, 12, 10)).provisional


def test_p1_months_run_from_the_day_of_the_event() -> None:
    assert nominal("2026-03-01", "2 months") == "2026-05-01"


def test_p2_the_corresponding_day_and_not_the_end_of_the_month() -> None:
    assert nominal("2026-02-28", "1 month") == "2026-03-28"


@pytest.mark.parametrize("auction", [date(2026, 3, 1) + timedelta(days=n) for n in range(40)])
def test_p4_thirty_days_before_an_auction(auction: date) -> None:
    latest = reckon(CN, auction, Period.parse("30 days"), rolls=False, back=True).due
    assert auction - latest == timedelta(days=30)


def test_p5_a_seizure_ends_on_its_day_even_on_a_rest_day() -> None:
    reckoning = reckon(CN, date(2023, 5, 4), Period.parse("3 years"), rolls=False)
    assert not CN.is_workday(date(2026, 5, 4))
    assert reckoning.due == reckoning.raw == date(2026, 5, 4)
