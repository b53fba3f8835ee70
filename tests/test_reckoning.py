from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from chinese import chinese_calendar
from enforceflow.calendars.calendar import Calendar
from enforceflow.calendars.moments import corresponding_day, remaining
from enforceflow.calendars.reckoning import Extension, Reckoning, Step, reckon
from enforceflow.definitions.periods import Period, Unit
from enforceflow.errors import InvalidValue
from enforceflow.texts import Title

CN = chinese_calendar().as_known(date(2026, 11, 21))
DAY = timedelta(days=1)
SHANGHAI = ZoneInfo("Asia/Shanghai")
LONGER = Title("院长批准延长", "extended by the president of the court")

days = st.dates(date(2004, 1, 1), date(2026, 12, 31))
units = st.sampled_from([Unit.DAY, Unit.WORKDAY, Unit.MONTH, Unit.YEAR])
Pauses = Sequence[tuple[date, date]]


@st.composite
def intervals(draw: st.DrawFn) -> tuple[date, date]:
    since = draw(days)
    return since, since + draw(st.integers(-2, 90)) * DAY


def period(text: str) -> Period:
    return Period.parse(text)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def end(since: date, text: str, **asked: object) -> date:
    return reckon(CN, since, period(text), rolls=False, **asked).due  # type: ignore[arg-type]


def kinds(reckoning: Reckoning) -> list[str]:
    return [step.kind for step in reckoning.steps]


# laying a period on its start


@given(since=days, months=st.integers(0, 1200))
@example(since=date(2024, 1, 31), months=1)
def test_months_end_on_the_corresponding_day_or_the_last_of_the_month(since: date, months: int) -> None:
    due = end(since, f"{months} months")
    assert due == pendulum.date(since.year, since.month, since.day).add(months=months)
    assert due.day == since.day or (due.day < since.day and (due + DAY).day == 1)


def test_a_term_of_months_is_added_at_once_and_never_chained() -> None:
    assert end(date(2024, 1, 31), "1 month") == date(2024, 2, 29)
    assert end(date(2024, 1, 31), "2 months") == date(2024, 3, 31)
    extension = Extension(date(2024, 2, 20), period("1 month"), LONGER)
    assert end(date(2024, 1, 31), "1 month", extensions=[extension]) == date(2024, 3, 31)


@given(since=days, n=st.integers(0, 400), unit=units, more=st.integers(0, 50), counted=st.booleans())
def test_due_is_monotone_in_length(since: date, n: int, unit: Unit, more: int, *, counted: bool) -> None:
    n, more = (n % 40, more % 5) if unit is Unit.YEAR else (n, more)
    shorter = reckon(CN, since, Period(n, unit), rolls=True, first_day_counted=counted)
    longer = reckon(CN, since, Period(n + more, unit), rolls=True, first_day_counted=counted)
    assert shorter.due <= longer.due
    assert shorter.raw <= longer.raw


@given(since=days, later=st.integers(0, 40), n=st.integers(0, 40), unit=units, counted=st.booleans())
@example(since=date(2026, 1, 31), later=1, n=1, unit=Unit.MONTH, counted=True)
def test_due_is_monotone_in_start(since: date, later: int, n: int, unit: Unit, *, counted: bool) -> None:
    first = reckon(CN, since, Period(n, unit), rolls=True, first_day_counted=counted)
    second = reckon(CN, since + later * DAY, Period(n, unit), rolls=True, first_day_counted=counted)
    assert first.due <= second.due
    assert first.raw <= second.raw


@given(since=days, n=st.integers(0, 60), unit=units)
def test_an_end_that_rolls_is_a_working_day_and_the_next_one(since: date, n: int, unit: Unit) -> None:
    reckoning = reckon(CN, since, Period(n, unit), rolls=True)
    assert CN.is_workday(reckoning.due)
    assert CN.workdays(reckoning.raw - DAY, reckoning.due) == 1
    assert ("rest" in kinds(reckoning)) == (reckoning.due != reckoning.raw)


@given(since=days, n=st.integers(1, 200))
def test_counting_the_first_day_ends_a_day_earlier(since: date, n: int) -> None:
    assert end(since, f"{n} days", first_day_counted=True) == end(since, f"{n} days") - DAY
    assert end(since, f"{n} workdays", first_day_counted=True) == end(since - DAY, f"{n} workdays")
    months = end(since, f"{n} months", first_day_counted=True)
    if end(since, f"{n} months").day == since.day:
        assert months == end(since, f"{n} months") - DAY
    else:
        assert months == end(since, f"{n} months")


def test_months_with_the_first_day_counted_end_with_the_month_where_it_has_no_such_day() -> None:
    assert end(date(2026, 3, 1), "1 month", first_day_counted=True) == date(2026, 3, 31)
    assert end(date(2026, 1, 31), "1 month", first_day_counted=True) == date(2026, 2, 28)
    assert end(date(2026, 2, 1), "1 month", first_day_counted=True) == date(2026, 2, 28)


def test_a_moment_starts_a_period_of_days_on_its_local_day() -> None:
    late = datetime(2026, 1, 5, 23, 0, tzinfo=UTC)
    reckoning = reckon(CN, late, period("15 days"), rolls=True)
    assert reckoning.due == date(2026, 1, 21)
    assert reckoning.since == moment("2026-01-06T07:00")
    assert reckoning.steps[0].day == date(2026, 1, 6)


def test_an_end_set_as_a_date_is_the_end() -> None:
    reckoning = reckon(CN, date(2026, 1, 5), date(2026, 2, 1), rolls=True)
    assert (reckoning.raw, reckoning.due) == (date(2026, 2, 1), date(2026, 2, 2))
    assert kinds(reckoning) == ["start", "fixed", "rest"]
    counted = reckon(CN, date(2026, 1, 5), date(2026, 2, 1), rolls=False, first_day_counted=True)
    assert counted.due == date(2026, 2, 1)
    extension = Extension(date(2026, 1, 20), period("1 month"), LONGER)
    assert reckon(CN, date(2026, 1, 5), date(2026, 2, 1), rolls=False, extensions=[extension]).due == date(2026, 3, 1)


# longer, not too long


def test_extensions_join_the_term_before_it_is_laid() -> None:
    extensions = [
        Extension(date(2026, 1, 20), period("10 days"), LONGER),
        Extension(moment("2026-02-01T08:00"), period("1 year"), LONGER),
        Extension(date(2026, 2, 3), period("3 workdays"), LONGER),
    ]
    reckoning = reckon(CN, date(2024, 8, 31), period("6 months"), rolls=True, extensions=extensions)
    assert [step.day for step in reckoning.steps] == [
        date(2024, 8, 31),
        date(2025, 2, 28),
        date(2025, 3, 10),
        date(2026, 3, 10),
        date(2026, 3, 13),
    ]
    assert kinds(reckoning) == ["start", "period", "extension", "extension", "extension"]
    assert reckoning.steps[3].message.text("zh") == "院长批准延长，2026-02-01 08:00（星期日），延长1年"


def test_a_ceiling_holds_the_term_and_its_extensions() -> None:
    extension = Extension(date(2026, 1, 20), period("20 days"), LONGER)
    asked = {"extensions": [extension], "ceiling": period("1 month")}
    assert end(date(2026, 1, 5), "20 days", **asked) == date(2026, 2, 5)
    assert end(date(2026, 1, 5), "20 days", ceiling=period("1 month")) == date(2026, 1, 25)
    assert end(date(2026, 1, 5), "40 days", ceiling=period("15 days"), first_day_counted=True) == date(2026, 1, 19)
    fixed = reckon(CN, date(2026, 1, 5), date(2027, 1, 1), rolls=False, ceiling=period("15 days"))
    assert fixed.raw == date(2026, 1, 20)
    assert kinds(fixed) == ["start", "fixed", "ceiling"]
    assert fixed.steps[-1].message.text("en") == "at most 15 days, so no later"


def test_time_left_out_does_not_use_up_the_ceiling() -> None:
    pauses = [(date(2026, 1, 10), date(2026, 1, 20))]
    assert end(date(2026, 1, 5), "20 days", ceiling=period("15 days"), pauses=pauses) == date(2026, 1, 30)


# pauses


def unpaused(since: date, n: int, pauses: Pauses, *, workdays: bool) -> date:
    """Return the n-th day after `since` that no pause leaves out, counted one by one."""
    left_out = {d + k * DAY for d, until in pauses for k in range(1, (until - d).days + 1)}
    day = since
    while n:
        day += DAY
        n -= day not in left_out and (not workdays or CN.is_workday(day))
    return day


@given(
    since=days,
    n=st.integers(1, 120),
    pauses=st.lists(intervals(), max_size=6),
    counted=st.booleans(),
    workdays=st.booleans(),
)
def test_a_paused_limit_ends_on_its_last_day_not_left_out(
    since: date, n: int, pauses: Pauses, *, counted: bool, workdays: bool
) -> None:
    unit = Unit.WORKDAY if workdays else Unit.DAY
    reckoning = reckon(CN, since, Period(n, unit), rolls=False, pauses=pauses, first_day_counted=counted)
    assert reckoning.due == unpaused(since - DAY if counted else since, n, pauses, workdays=workdays)


@given(since=days, n=st.integers(1, 60), unit=units, begun=st.integers(0, 10), k=st.integers(0, 400))
def test_pausing_k_days_moves_the_raw_end_by_k(since: date, n: int, unit: Unit, begun: int, k: int) -> None:
    assume(unit is not Unit.WORKDAY)
    plain = reckon(CN, since, Period(n, unit), rolls=True)
    begin = since + begun * DAY
    assume(begin < plain.raw)
    paused = reckon(CN, since, Period(n, unit), rolls=True, pauses=[(begin, begin + k * DAY)])
    assert paused.raw == plain.raw + k * DAY
    assert paused.due == CN.roll(paused.raw)


@given(since=days, n=st.integers(1, 200), unit=units, pauses=st.lists(intervals(), max_size=5), data=st.data())
def test_overlapping_pauses_count_once_in_any_order(
    since: date, n: int, unit: Unit, pauses: Pauses, data: st.DataObject
) -> None:
    length = Period(n % 30, unit)
    again = data.draw(st.permutations([*pauses, *pauses]))
    once = reckon(CN, since, length, rolls=True, pauses=pauses)
    assert reckon(CN, since, length, rolls=True, pauses=again) == once


def test_a_pause_that_begins_on_the_end_changes_nothing() -> None:
    assert end(date(2026, 1, 5), "15 days", pauses=[(date(2026, 1, 20), date(2026, 3, 1))]) == date(2026, 1, 20)
    assert end(date(2026, 1, 5), "15 days", pauses=[(date(2026, 1, 19), date(2026, 1, 21))]) == date(2026, 1, 22)
    assert end(date(2026, 1, 5), "15 days", pauses=[(date(2025, 1, 1), date(2026, 1, 7))]) == date(2026, 1, 22)


def test_pauses_of_working_days_that_touch_on_a_weekend_are_one() -> None:
    friday, saturday, monday = date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 9)
    whole = reckon(CN, friday, period("0 workdays"), rolls=False, pauses=[(friday - DAY, monday)])
    parts = reckon(CN, friday, period("0 workdays"), rolls=False, pauses=[(friday - DAY, saturday), (saturday, monday)])
    assert whole == parts


def test_a_pause_over_a_weekend_gives_no_working_days_back() -> None:
    pauses = [(date(2026, 3, 6), date(2026, 3, 8))]
    reckoning = reckon(CN, date(2026, 3, 2), period("10 workdays"), rolls=False, pauses=pauses)
    assert reckoning.due == end(date(2026, 3, 2), "10 workdays")
    assert kinds(reckoning) == ["start", "period", "pause"]


def test_a_pause_says_what_it_gives_back() -> None:
    pauses = [(moment("2026-02-10T09:00"), moment("2026-02-25T17:00"))]
    reckoning = reckon(CN, date(2026, 2, 2), period("10 workdays"), rolls=False, pauses=pauses)
    assert reckoning.due == date(2026, 3, 2)
    assert reckoning.steps[-1] == Step(date(2026, 3, 2), reckoning.steps[-1].message, "pause")
    assert reckoning.steps[-1].text("en") == (
        "2026-03-02 (Monday)  "
        "what follows 2026-02-10 (Tuesday) through 2026-02-25 (Wednesday) is left out: 6 workdays longer"
    )


# hours and minutes


@pytest.mark.parametrize(
    ("since", "asked", "due"),
    [
        ("2026-01-05T10:17", {}, "2026-01-07T11:00"),
        ("2026-01-05T10:00", {}, "2026-01-07T11:00"),
        ("2026-01-05T10:17:30", {"hours_from": "minute"}, "2026-01-07T10:17:30"),
        ("2026-01-05T10:17", {"first_day_counted": True}, "2026-01-07T10:00"),
        ("2026-01-05T10:17", {"back": True}, "2026-01-03T10:00"),
        ("2026-01-05T10:17", {"back": True, "first_day_counted": True}, "2026-01-03T11:00"),
        ("2026-01-05T10:17", {"back": True, "hours_from": "minute"}, "2026-01-03T10:17"),
    ],
)
def test_hours_start_at_the_next_full_hour_or_the_minute(since: str, asked: dict[str, object], due: str) -> None:
    assert end(moment(since), "48 hours", **asked) == moment(due)


def test_hours_never_roll_and_are_never_provisional() -> None:
    reckoning = reckon(CN, moment("2027-01-01T10:17"), period("24 hours"), rolls=True)
    assert reckoning.due == reckoning.raw == moment("2027-01-02T11:00")
    assert not reckoning.provisional
    assert type(reckoning.due) is datetime
    assert end(moment("2026-01-05T10:17"), "30 minutes", hours_from="minute") == moment("2026-01-05T10:47")


def test_hours_need_a_time_of_day() -> None:
    with pytest.raises(InvalidValue, match="2026-01-05 is a bare date") as caught:
        CN.due("48 hours", since=date(2026, 1, 5))
    assert caught.value.text("zh") == "以小时、分钟计算的期间需要带时刻的日期，而2026-01-05只有日期"
    with pytest.raises(InvalidValue, match="bare date"):
        end(moment("2026-01-05T10:00"), "48 hours", pauses=[(date(2026, 1, 5), date(2026, 1, 6))])


def test_hours_are_elapsed_time() -> None:
    berlin = Calendar("de", Title("德国", "Germany"), "Europe/Berlin", frozenset({5, 6}))
    spring = reckon(berlin, datetime(2026, 3, 28, 12, 0), period("24 hours"), rolls=False)  # noqa: DTZ001 - in the zone
    assert spring.due == datetime(2026, 3, 29, 14, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    autumn = reckon(berlin, datetime(2026, 10, 25, 0, 59), period("3 hours"), rolls=False)  # noqa: DTZ001 - in the zone
    assert autumn.due == datetime(2026, 10, 25, 3, 0, tzinfo=ZoneInfo("Europe/Berlin"))


@given(start=st.integers(0, 3000), pauses=st.lists(st.tuples(st.integers(0, 5000), st.integers(-5, 900)), max_size=5))
def test_hours_paused_are_elapsed_time_left_out(start: int, pauses: list[tuple[int, int]]) -> None:
    zero = datetime(2026, 1, 5, tzinfo=UTC)
    since = zero + timedelta(minutes=start)
    left_out = {m for begun, length in pauses for m in range(begun, begun + length)}
    minutes, at = 300, start
    while minutes:
        minutes -= at not in left_out
        at += 1
    spans = [(zero + timedelta(minutes=b), zero + timedelta(minutes=b + n)) for b, n in pauses]
    reckoning = reckon(CN, since, period("5 hours"), rolls=False, pauses=spans, hours_from="minute")
    assert reckoning.due == zero + timedelta(minutes=at)


def test_hours_are_extended_and_capped_in_hours() -> None:
    extension = Extension(moment("2026-01-05T12:00"), period("90 minutes"), LONGER)
    asked = {"extensions": [extension], "ceiling": period("25 hours")}
    pauses = [(moment("2026-01-05T12:00"), moment("2026-01-05T14:00"))]
    reckoning = reckon(
        CN,
        moment("2026-01-05T10:17"),
        period("24 hours"),
        rolls=False,
        extensions=[extension],
        ceiling=period("25 hours"),
        pauses=pauses,
    )
    assert end(moment("2026-01-05T10:17"), "24 hours", **asked) == moment("2026-01-06T12:00")
    assert end(moment("2026-01-05T10:17"), "20 hours", **asked) == moment("2026-01-06T08:30")
    assert reckoning.due == moment("2026-01-06T14:00")
    assert kinds(reckoning) == ["start", "period", "extension", "ceiling", "pause"]


def test_hours_and_days_do_not_mix() -> None:
    days_more = Extension(date(2026, 1, 5), period("1 day"), LONGER)
    hours_more = Extension(date(2026, 1, 5), period("1 hour"), LONGER)
    with pytest.raises(InvalidValue, match="1 day does not go with a period in hours or minutes"):
        end(moment("2026-01-05T10:17"), "24 hours", extensions=[days_more])
    with pytest.raises(InvalidValue, match="1 hour is in hours or minutes"):
        end(date(2026, 1, 5), "7 days", extensions=[hours_more])


# counted back


@given(since=days, n=st.integers(0, 400))
def test_counting_back(since: date, n: int) -> None:
    assert end(since, f"{n} days", back=True) == since - n * DAY
    assert end(since, f"{n} workdays", back=True) == CN.add_workdays(since, -n)
    assert end(since, f"{n} months", back=True) == corresponding_day(since, -n)
    assert end(since, f"{n + 1} days", back=True, first_day_counted=True) == since - n * DAY


def test_counting_back_to_the_end_of_a_month() -> None:
    assert end(date(2026, 3, 31), "1 month", back=True) == date(2026, 2, 28)
    assert end(date(2026, 3, 31), "1 month", back=True, first_day_counted=True) == date(2026, 3, 1)
    reckoning = reckon(CN, date(2026, 3, 15), period("1 month"), rolls=False, back=True)
    assert reckoning.steps[1].message.text("en") == "− 1 month, the corresponding day"
    assert reckoning.steps[1].message.text("zh") == "倒数1个月，为对应日"


@pytest.mark.parametrize(
    "asked",
    [
        {"rolls": True},
        {"rolls": False, "extensions": [Extension(date(2026, 1, 1), period("1 day"), LONGER)]},
        {"rolls": False, "pauses": [(date(2026, 1, 1), date(2026, 1, 3))]},
        {"rolls": False, "ceiling": period("1 day")},
    ],
)
def test_a_period_counted_back_takes_nothing_else(asked: dict[str, object]) -> None:
    with pytest.raises(InvalidValue, match="counted back neither rolls"):
        reckon(CN, date(2026, 1, 5), period("3 days"), back=True, **asked)  # type: ignore[arg-type]


# what is not announced, and what does not exist


@pytest.mark.parametrize(
    ("since", "text", "rolls", "provisional"),
    [
        (date(2026, 12, 20), "15 days", True, True),
        (date(2026, 12, 20), "15 days", False, False),
        (date(2026, 12, 1), "15 days", True, False),
        (date(2026, 12, 1), "30 workdays", False, True),
        (date(2026, 12, 1), "10 workdays", False, False),
        (date(2003, 12, 31), "3 workdays", False, False),
        (date(2003, 12, 30), "3 workdays", False, True),
        (date(2027, 1, 1), "6 months", False, False),
    ],
)
def test_provisional_only_if_a_day_of_such_a_year_decided(
    since: date, text: str, *, rolls: bool, provisional: bool
) -> None:
    reckoning = reckon(CN, since, period(text), rolls=rolls)
    assert reckoning.provisional is provisional
    assert (kinds(reckoning)[-1] == "provisional") is provisional


def test_working_days_counted_back_or_given_back_may_be_provisional() -> None:
    assert reckon(CN, date(2004, 1, 5), period("5 workdays"), rolls=False, back=True).provisional
    assert not reckon(CN, date(2027, 1, 1), period("5 workdays"), rolls=False, back=True).provisional
    pauses = [(date(2026, 12, 28), date(2027, 1, 1))]
    paused = reckon(CN, date(2026, 12, 21), period("6 workdays"), rolls=False, pauses=pauses)
    assert paused.provisional


@pytest.mark.parametrize("since", [date(9999, 12, 1), moment("9999-12-01T10:00")])
@pytest.mark.parametrize("text", ["40 days", "2 months", "40 workdays", "1 year"])
def test_an_end_beyond_the_years_of_python(since: date, text: str) -> None:
    with pytest.raises(InvalidValue, match="outside the years 1 to 9999"):
        end(since, text)


def test_other_ends_beyond_the_years_of_python() -> None:
    for since, text in ((moment("9999-12-31T10:00"), "48 hours"), (moment("0001-01-01T01:00"), "1 hour")):
        with pytest.raises(InvalidValue, match="outside the years 1 to 9999"):
            end(since, text)
    with pytest.raises(InvalidValue, match="outside the years 1 to 9999"):
        end(date(1, 1, 10), "1 month", back=True)


@given(since=st.dates(), n=st.integers(0, 1200), unit=units, counted=st.booleans(), back=st.booleans())
def test_any_start_is_answered_or_refused(since: date, n: int, unit: Unit, *, counted: bool, back: bool) -> None:
    length = Period(n % 100, unit)
    reckoning = None
    with contextlib.suppress(InvalidValue):
        reckoning = reckon(CN, since, length, rolls=not back, first_day_counted=counted, back=back)
    if reckoning is None:
        assert not 120 < since.year < 9880
    else:
        assert reckoning.text("zh")
        assert reckoning.text("en") == str(reckoning)


# words


def test_an_end_explains_itself() -> None:
    start = Title("立案", "the case is filed")
    reckoning = reckon(CN, date(2026, 1, 5), period("6 months"), rolls=True, start=start)
    assert reckoning.text("en").splitlines() == [
        "due 2026-07-06 (Monday)",
        "  2026-01-05 (Monday)  the case is filed; the day itself is not counted",
        "  2026-07-05 (Sunday)  + 6 months, the corresponding day",
        "  2026-07-06 (Monday)  moved here off 2026-07-05 (Sunday), a weekend day",
        "  calendar cn 国办发明电〔2025〕7号",
    ]
    assert reckoning.text("zh").splitlines() == [
        "2026-07-06（星期一）届满",
        "  2026-01-05（星期一）  立案，当日不计入",
        "  2026-07-05（星期日）  加6个月，为对应日",
        "  2026-07-06（星期一）  2026-07-05（星期日）为公休日，顺延至此",
        "  日历 cn 国办发明电〔2025〕7号",
    ]


def test_a_working_saturday_says_by_which_notice() -> None:
    stays = reckon(CN, date(2026, 2, 18), period("10 days"), rolls=True)
    assert kinds(stays) == ["start", "period", "worked"]
    assert stays.steps[-1].text("zh") == "2026-02-28（星期六）  依国办发明电〔2025〕7号上班，为工作日"
    reached = reckon(CN, date(2024, 8, 29), period("30 days"), rolls=True)
    assert kinds(reached) == ["start", "period", "rest", "worked"]


def test_columns_align_whatever_the_weekday() -> None:
    hours = reckon(CN, moment("2026-01-05T10:17:05"), period("48 hours"), rolls=False)
    assert hours.text("en").splitlines() == [
        "due 2026-01-07 11:00 (Wednesday)",
        "  2026-01-05 10:17:05 (Monday)  the period starts; counted from 2026-01-05 11:00 (Monday)",
        "  2026-01-07 11:00 (Wednesday)  + 48 hours",
        "  calendar cn 国办发明电〔2025〕7号",
    ]
    back = reckon(CN, moment("2026-01-05T10:17"), period("48 hours"), rolls=False, back=True)
    assert back.steps[0].message.text("zh") == "起算，自2026-01-05 10:00（星期一）起倒计时"
    assert back.steps[1].message.text("zh") == "倒数48小时"


def test_a_provisional_end_says_so_and_a_step_may_have_no_day() -> None:
    reckoning = reckon(CN, date(2026, 6, 30), period("2 years"), rolls=True, first_day_counted=True)
    assert reckoning.text("zh").splitlines()[0] == "2028-06-29（星期四）届满（暂定）"
    assert reckoning.steps[0].message.text("en") == "the period starts; the day itself is counted"
    assert reckoning.steps[1].message.text("en") == "+ 2 years, the day before the corresponding day"
    assert Step(None, LONGER, "note").text("en") == "extended by the president of the court"
    bare = Reckoning(
        date(2026, 1, 5), date(2026, 1, 5), date(2026, 1, 5), (Step(None, LONGER, "note"),), "x", provisional=False
    )
    assert bare.text("zh").splitlines()[1] == "    院长批准延长"
    assert bare.plain("zh")["steps"] == [{"kind": "note", "day": None, "text": "院长批准延长"}]


def test_a_reckoning_goes_to_json() -> None:
    reckoning = reckon(CN, moment("2026-01-05T10:17"), period("24 hours"), rolls=False)
    assert json.loads(json.dumps(reckoning.plain("en"))) == {
        "since": "2026-01-05T10:17:00+08:00",
        "due": "2026-01-06T11:00:00+08:00",
        "raw": "2026-01-06T11:00:00+08:00",
        "provisional": False,
        "edition": "cn 国办发明电〔2025〕7号",
        "steps": [
            {
                "kind": "start",
                "day": "2026-01-05T10:17:00+08:00",
                "text": "the period starts; counted from 2026-01-05 11:00 (Monday)",
            },
            {"kind": "period", "day": "2026-01-06T11:00:00+08:00", "text": "+ 24 hours"},
        ],
    }


@pytest.mark.parametrize(
    ("due", "today", "zh", "en"),
    [
        (date(2026, 1, 10), date(2026, 1, 5), "还剩5天", "5 days left"),
        (date(2026, 1, 6), date(2026, 1, 5), "还剩1天", "1 day left"),
        (date(2026, 1, 2), date(2026, 1, 5), "已过3天", "3 days late"),
        (date(2026, 1, 5), date(2026, 1, 5), "今日届满", "due today"),
        (date(2026, 1, 5), moment("2026-01-05T23:59"), "今日届满", "due today"),
        (moment("2026-01-06T10:00"), moment("2026-01-05T07:30"), "还剩26小时", "26 hours left"),
        (moment("2026-01-05T10:00"), moment("2026-01-05T10:01"), "已过1分钟", "1 minute late"),
        (moment("2026-01-05T10:00"), moment("2026-01-05T09:59:30"), "即刻届满", "due now"),
        (moment("2026-01-09T10:00"), moment("2026-01-05T10:01"), "还剩3天", "3 days left"),
        (moment("2026-01-05T18:00"), datetime(2026, 1, 5, 9, tzinfo=UTC), "还剩1小时", "1 hour left"),
        (datetime(2026, 1, 5, 18), datetime(2026, 1, 5, 17), "还剩1小时", "1 hour left"),  # noqa: DTZ001 - naive is meant
    ],
)
def test_remaining_time_in_words(due: date, today: date, zh: str, en: str) -> None:
    assert remaining(due, today, "zh") == zh
    assert remaining(due, today, "en") == en


def test_remaining_time_between_moments_that_do_not_compare() -> None:
    with pytest.raises(InvalidValue, match="one moment has a time zone"):
        remaining(moment("2026-01-05T10:00"), datetime(2026, 1, 5, 9), "en")  # noqa: DTZ001 - naive is meant
