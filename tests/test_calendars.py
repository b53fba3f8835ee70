from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import chinese_calendar as chinesecalendar  # type: ignore[import-untyped]
import holidays
import pendulum
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chinese import chinese_calendar
from enforceflow.calendars.calendar import Calendar, Holiday, Notice
from enforceflow.errors import DefinitionError, InvalidValue
from enforceflow.texts import Title

CN = chinese_calendar()
TITLE = Title("日历", "A calendar")
DAY = timedelta(days=1)
KNOWN_WRONG_IN_CHINESECALENDAR = {date(2005, 12, 31)}
SHANGHAI = ZoneInfo("Asia/Shanghai")

days = st.dates(date(1850, 1, 1), date(2200, 12, 31))
near = st.dates(date(2003, 1, 1), date(2028, 12, 31))


def every_day(first: date, last: date) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + n * DAY


# the year against two other sources


def test_every_day_announced_agrees_with_two_libraries() -> None:
    others = holidays.country_holidays("CN", years=range(2004, 2027))
    ours = {day: CN.is_workday(day) for day in every_day(date(2004, 1, 1), date(2026, 12, 31))}
    assert [day for day, works in ours.items() if works != others.is_working_day(day)] == []
    assert {day for day, works in ours.items() if works != chinesecalendar.is_workday(day)} == (
        KNOWN_WRONG_IN_CHINESECALENDAR
    )


def test_the_years_announced() -> None:
    known = CN.as_known(date(2026, 11, 21))
    assert [year for year in range(1990, 2040) if known.announced(year)] == list(range(2004, 2027))
    assert known.announced(2004, 2026)
    assert not known.announced(2004, 2027)
    assert not known.announced(2003, 2026)


# the index against a day-by-day reading of the same notices


def holidays_by_rule(calendar: Calendar, years: range) -> set[date]:
    """Return the days off by rule, one holiday after the other, as a reader of the law would."""
    covered = {year for notice in calendar.notices for year in notice.covers}
    years_by_rule = [year for year in years if year not in covered]
    statutory = {day for year in years_by_rule for holiday in calendar.holidays for day in holiday.in_year(year)}
    off = set(statutory)
    for day in sorted(statutory) if calendar.substitutes else ():
        if day.weekday() in calendar.weekend:
            substitute = day
            while substitute.weekday() in calendar.weekend or substitute in off:
                substitute += DAY
            off.add(substitute)
    return {day for day in off if day.year not in covered}


class Naive:
    def __init__(self, calendar: Calendar, years: range = range(1840, 2220)) -> None:
        self.calendar = calendar
        self.rule = holidays_by_rule(calendar, years)

    def works(self, day: date) -> bool:
        works = day.weekday() not in self.calendar.weekend and day not in self.rule
        for notice in sorted(self.calendar.notices, key=lambda notice: notice.announced):
            if day in notice.off:
                works = False
            if day in notice.work:
                works = True
        return works

    def add(self, day: date, n: int) -> date:
        step = DAY if n > 0 else -DAY
        while n:
            day += step
            if self.works(day):
                n -= 1 if n > 0 else -1
        return day

    def between(self, after: date, through: date) -> int:
        return sum(self.works(day) for day in every_day(after + DAY, through)) if after < through else 0


NAIVE = Naive(CN)


@given(day=days, n=st.integers(-60, 60))
@example(day=date(1889, 12, 30), n=5)
@example(day=date(1986, 1, 3), n=-4)
def test_the_index_agrees_with_day_by_day(day: date, n: int) -> None:
    assert CN.is_workday(day) == NAIVE.works(day)
    assert CN.add_workdays(day, n) == NAIVE.add(day, n)
    assert CN.roll(day) == NAIVE.add(day - DAY, 1)
    assert CN.workdays(day, day + abs(n) * DAY) == NAIVE.between(day, day + abs(n) * DAY)


def test_every_day_of_two_centuries_agrees_with_day_by_day() -> None:
    assert [
        day for day in every_day(date(1880, 1, 1), date(2180, 12, 31)) if CN.is_workday(day) != NAIVE.works(day)
    ] == []


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    holiday_days = st.tuples(st.integers(1, 12), st.integers(1, 28)) | st.sampled_from([(2, 29), (12, 30), (12, 31)])
    feasts = draw(
        st.lists(
            st.builds(
                Holiday,
                st.text(max_size=3),
                st.just(TITLE),
                st.lists(holiday_days, max_size=6),
                st.lists(near, max_size=6),
                since=st.none() | st.integers(1990, 2026),
                until=st.none() | st.integers(1990, 2026),
            ),
            max_size=4,
        )
    )
    notices = []
    for n in range(draw(st.integers(0, 4))):
        off = draw(st.frozensets(near, max_size=8))
        work = draw(st.frozensets(near, max_size=8)) - off
        covers = draw(st.lists(st.integers(2004, 2027), max_size=2))
        notices.append(Notice(f"〔{n}〕", draw(near), covers, off=off, work=work))
    weekend = draw(st.frozensets(st.integers(0, 6), max_size=6))
    return Calendar("x", TITLE, "UTC", weekend, "", feasts, notices, substitutes=draw(st.booleans()))


@given(calendar=calendars(), day=near, n=st.integers(-30, 30))
def test_any_calendar_agrees_with_day_by_day(calendar: Calendar, day: date, n: int) -> None:
    naive = Naive(calendar, range(1998, 2035))
    assert calendar.is_workday(day) == naive.works(day)
    assert (calendar.rest_reason(day) is None) == naive.works(day)
    assert calendar.add_workdays(day, n) == naive.add(day, n)
    assert calendar.roll(day) == naive.add(day - DAY, 1)
    assert calendar.workdays(day, day + n * DAY) == naive.between(day, day + n * DAY)


@given(day=days, n=st.integers(1, 300))
def test_counting_working_days_inverts_adding_them(day: date, n: int) -> None:
    assert CN.workdays(day, CN.add_workdays(day, n)) == n
    before = CN.add_workdays(day, -n)
    assert CN.workdays(before - DAY, day - DAY) == n


@given(day=days)
def test_rolling_is_idempotent_and_never_earlier(day: date) -> None:
    rolled = CN.roll(day)
    assert rolled >= day
    assert CN.roll(rolled) == rolled
    assert CN.add_workdays(day, 0) == day


# the ends of time


@given(day=st.dates(), n=st.integers(-500, 500))
def test_any_date_is_answered(day: date, n: int) -> None:
    CN.is_workday(day)
    end = rolled = None
    with contextlib.suppress(InvalidValue):
        rolled = CN.roll(day)
        end = CN.add_workdays(day, n)
    assert rolled is None or rolled >= day
    assert day.year in (1, 2, 9998, 9999) if end is None else (end > day) == (n > 0)


@pytest.mark.parametrize(
    ("day", "n"), [(date.max, 1), (date.min, -1), (date(2026, 1, 1), 10**12), (date(2026, 1, 1), -(10**12))]
)
def test_beyond_the_calendar_of_python(day: date, n: int) -> None:
    with pytest.raises(InvalidValue, match="outside the years 1 to 9999"):
        CN.add_workdays(day, n)


def test_the_last_day_of_all_cannot_move_on() -> None:
    friday_and_saturday = Calendar("x", TITLE, "UTC", frozenset({4, 5}))
    with pytest.raises(InvalidValue):
        friday_and_saturday.roll(date.max)
    assert CN.roll(date.max) == date.max


def test_the_edges_of_the_index() -> None:
    plain = Calendar("x", TITLE, "UTC", frozenset({5, 6}))
    assert plain.roll(date(2045, 12, 31)) == date(2046, 1, 1)
    assert plain.add_workdays(date(2045, 12, 29), 1) == date(2046, 1, 1)
    far = {date(1850, 1, 5), date(2300, 6, 2)}
    named = Calendar("x", TITLE, "UTC", frozenset({5, 6}), notices=[Notice("1", date(2020, 1, 1), work=far)])
    assert all(map(named.is_workday, far))
    assert not any(map(plain.is_workday, far))


def test_counting_through_all_years() -> None:
    assert CN.workdays(date(1600, 1, 1), date(2500, 1, 1)) == sum(
        CN.workdays(date(year, 1, 1), date(year + 100, 1, 1)) for year in range(1600, 2500, 100)
    )
    assert CN.workdays(date(2026, 5, 1), date(2020, 1, 1)) == 0


# rules where nothing is announced


def test_a_holiday_on_a_weekend_gives_the_next_working_day_off() -> None:
    rule = Calendar("x", TITLE, "UTC", frozenset({5, 6}), holidays=[Holiday("new_year", TITLE, [(1, 1), (12, 31)])])
    assert not rule.is_workday(date(2028, 1, 3))
    assert rule.rest_reason(date(2028, 1, 3)) is not None
    assert not rule.is_workday(date(2023, 1, 3))
    assert not rule.is_workday(date(2023, 1, 2))
    assert rule.is_workday(date(2023, 1, 4))
    without = Calendar("x", TITLE, "UTC", frozenset({5, 6}), holidays=rule.holidays, substitutes=False)
    assert without.is_workday(date(2028, 1, 3))
    assert without != rule


def test_29_february_is_a_holiday_only_in_leap_years() -> None:
    leap = Holiday("leap", TITLE, [(2, 29)], since=1890, until=2024)
    assert [year for year in range(1880, 2030) if leap.in_year(year)] == [
        year for year in range(1892, 2025, 4) if year != 1900
    ]


def test_the_substitutes_misclassify_fewer_days_than_their_absence() -> None:
    feasts = [
        Holiday(
            "feasts", TITLE, dates=[day for day in every_day(date(2008, 1, 1), date(2026, 12, 31)) if _statutory(day)]
        )
    ]
    wrong = {
        substitutes: sum(
            rule.is_workday(day) != CN.is_workday(day) for day in every_day(date(2008, 1, 1), date(2026, 12, 31))
        )
        for substitutes in (True, False)
        for rule in [Calendar("x", TITLE, "UTC", CN.weekend, holidays=feasts, substitutes=substitutes)]
    }
    assert wrong == {True: 255, False: 312}


STATUTORY = holidays.country_holidays("CN", years=range(2008, 2027), observed=False)


def _statutory(day: date) -> bool:
    """Tell the days of the 放假办法 from the ones that single notices gave: swaps, 2015-09-03, the feast of 2020."""
    name = STATUTORY.get(day, "Day off")
    return not name.startswith(("Day off", "70th", "Chinese New Year Extended"))


def test_reasons_for_a_rest_day() -> None:
    assert CN.rest_reason(date(2026, 2, 28)) is None
    assert CN.rest_reason(date(2026, 3, 2)) is None
    reasons = [CN.rest_reason(day) for day in (date(2026, 2, 19), date(2026, 3, 1), date(1999, 5, 1))]
    assert [reason.text("en") for reason in reasons if reason] == [
        "a day off by 国办发明电〔2025〕7号",
        "a weekend day",
        "a day off by rule (Labour Day)",
    ]
    assert [reason.text("zh") for reason in reasons if reason] == [
        "依国办发明电〔2025〕7号放假",
        "为公休日",
        "按规则放假（劳动节）",
    ]


# editions


@pytest.mark.parametrize(
    ("day", "told", "before", "after"),
    [
        (date(2015, 9, 4), date(2015, 5, 13), True, False),
        (date(2019, 5, 5), date(2019, 3, 22), False, True),
        (date(2020, 2, 1), date(2020, 1, 26), True, False),
    ],
)
def test_a_year_amended_is_asked_as_known(day: date, told: date, *, before: bool, after: bool) -> None:
    assert CN.as_known(told - DAY).is_workday(day) is before
    assert CN.as_known(told).is_workday(day) is after
    assert CN.is_workday(day) is after


@given(known=near, day=near)
def test_as_known_holds_only_what_was_announced(known: date, day: date) -> None:
    then = CN.as_known(known)
    assert then.known == known
    assert then.notices == tuple(notice for notice in CN.notices if notice.announced <= known)
    assert then.as_known(known) == then
    assert then.is_workday(day) == Naive(then, range(2000, 2031)).works(day)


def test_the_edition_names_the_newest_notice() -> None:
    assert CN.as_known(date(2026, 11, 21)).edition == "cn 国办发明电〔2025〕7号"
    assert CN.as_known(date(1990, 1, 1)).edition == "cn by rule"
    newest = CN.notice_on(date(2020, 2, 1))
    assert newest is not None
    assert newest.number == "国办发明电〔2020〕1号"
    assert CN.notice_on(date(2026, 3, 2)) is None


def test_later_notices_override_earlier_ones_in_any_order() -> None:
    day = date(2026, 3, 3)
    first = Notice("1", date(2025, 1, 1), (2026,), off={day})
    second = Notice("2", date(2026, 1, 1), amends="1", work={day})
    for notices in ([first, second], [second, first]):
        calendar = Calendar("x", TITLE, "UTC", frozenset({5, 6}), notices=notices)
        assert calendar.is_workday(day)
        assert not calendar.as_known(date(2025, 12, 31)).is_workday(day)


# calendars are values


def test_a_calendar_is_a_value() -> None:
    CN.is_workday(date(2026, 1, 1))
    copy = pickle.loads(pickle.dumps(CN))  # noqa: S301 - our own bytes
    assert copy == CN
    assert hash(copy) == hash(CN)
    assert copy.is_workday(date(2026, 2, 28))
    assert len(pickle.dumps(CN)) < 100_000
    assert CN.as_known(date(2026, 1, 1)) != CN
    assert repr(CN.as_known(date(2026, 1, 1))) == "<Calendar cn 国办发明电〔2025〕7号 as known 2026-01-01>"
    assert repr(Calendar("fr", TITLE, "Europe/Paris", frozenset({5, 6}))) == "<Calendar fr by rule>"


def test_another_country() -> None:
    egypt = Calendar(
        "eg",
        Title("埃及", "Egypt"),
        "Africa/Cairo",
        frozenset({4, 5}),
        holidays=[Holiday("revolution", Title("革命日", "Revolution Day"), [(7, 23)], since=1952)],
        substitutes=False,
    )
    assert egypt.due("7 days", since=date(2026, 7, 16)).due == date(2026, 7, 26)
    assert egypt.localize(datetime(2026, 1, 5, 22, 30, tzinfo=UTC)) == datetime(
        2026, 1, 6, 0, 30, tzinfo=ZoneInfo("Africa/Cairo")
    )
    assert not egypt.announced(2026)


def test_all_that_is_wrong_is_told_at_once() -> None:
    day = date(2026, 1, 1)
    with pytest.raises(DefinitionError) as caught:
        Calendar(
            "x",
            TITLE,
            "Asia/Peking",
            frozenset(range(7)),
            holidays=[Holiday("odd", TITLE, [(2, 30), (2, 29)])],
            notices=[Notice("1", day, off={day}, work={day}, amends="2"), Notice("1", day + DAY)],
        )
    assert [problem.path for problem in caught.value.problems] == [
        ("weekend",),
        ("zone",),
        ("holidays", "odd", "days"),
        ("notices", "1", "amends"),
        ("notices", "1", "work"),
        ("notices", "1"),
    ]
    assert "2026-01-01 both off and worked" in str(caught.value)
    with pytest.raises(DefinitionError, match="0 \\(Monday\\) to 6 \\(Sunday\\)"):
        Calendar("x", TITLE, "Asia", frozenset({7}))


# moments


@given(at=st.datetimes(datetime(1902, 1, 1), datetime(9000, 1, 1), timezones=st.timezones() | st.just(UTC)))  # noqa: DTZ001 - bounds
def test_aware_moments_are_converted(at: datetime) -> None:
    local = CN.localize(at)
    assert isinstance(local, datetime)
    assert type(local) is datetime
    assert local.tzinfo is SHANGHAI
    assert local.astimezone(UTC) == at.astimezone(UTC)


def test_naive_moments_are_in_the_zone_and_dates_stay_dates() -> None:
    assert CN.localize(datetime(2026, 1, 5, 10, 17, 3, 9)) == datetime(2026, 1, 5, 10, 17, 3, 9, tzinfo=SHANGHAI)  # noqa: DTZ001 - naive is meant
    assert CN.localize(date(2026, 1, 5)) == date(2026, 1, 5)


@given(day=st.dates(date(1970, 1, 1), date(2100, 1, 1)), hour=st.integers(0, 23))
def test_pendulum_moments_are_taken_as_the_standard_librarys(day: date, hour: int) -> None:
    theirs = CN.localize(pendulum.date(day.year, day.month, day.day))
    assert type(theirs) is date
    assert theirs == day
    there = CN.localize(pendulum.datetime(day.year, day.month, day.day, hour, tz="Europe/Paris"))
    assert type(there) is datetime
    assert there == datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("Europe/Paris"))
    for period in ("15 days", "6 months", "10 workdays"):
        assert CN.due(period, since=pendulum.date(day.year, day.month, day.day)) == CN.due(period, since=day)
    moment = pendulum.datetime(day.year, day.month, day.day, hour, tz="Asia/Shanghai")
    plain = datetime(day.year, day.month, day.day, hour, tzinfo=SHANGHAI)
    assert CN.due("48 hours", since=moment) == CN.due("48 hours", since=plain)
    assert CN.due("2 months", since=moment) == CN.due("2 months", since=plain)


@pytest.mark.parametrize("at", ["2026-01-05", 20260105, None, timedelta(days=1)])
def test_only_dates_are_dates(at: object) -> None:
    with pytest.raises(InvalidValue, match="neither a date nor a date with a time"):
        CN.localize(at)  # type: ignore[arg-type]


def test_a_moment_that_leaves_the_years_of_python() -> None:
    with pytest.raises(InvalidValue, match="outside the years"):
        CN.localize(datetime(9999, 12, 31, 20, tzinfo=UTC))
    with pytest.raises(InvalidValue, match="outside the years"):
        CN.localize(datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=12))))


def test_pendulum_is_imported_only_for_words() -> None:
    code = (
        "import sys, enforceflow.calendars.calendar, enforceflow.calendars.moments; sys.exit('pendulum' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own line


# due


def test_due_reads_a_period_and_its_switches() -> None:
    saturday = CN.due("15 days", since=date(2026, 7, 10))
    assert saturday.due == date(2026, 7, 27)
    assert CN.due("15 days", since=date(2026, 7, 10), rolls=True) == saturday
    assert CN.due("15 days", since=date(2026, 7, 10), rolls=False).due == date(2026, 7, 25)
    assert CN.due("15 days", since=date(2026, 7, 10), first_day="counted").raw == date(2026, 7, 24)


def test_due_refuses_what_it_does_not_know() -> None:
    with pytest.raises(InvalidValue, match="first_day is counted or not_counted, not sometimes"):
        CN.due("15 days", since=date(2026, 7, 10), first_day="sometimes")
    with pytest.raises(InvalidValue, match="hours_from is next_hour or minute"):
        CN.due("15 hours", since=datetime(2026, 7, 10, 9, tzinfo=SHANGHAI), hours_from="dawn")
    with pytest.raises(InvalidValue, match="not a period"):
        CN.due("a while", since=date(2026, 7, 10))
