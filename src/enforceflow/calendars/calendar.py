"""Calendars: which days are working days, by which notices, and until when that is announced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from enforceflow.calendars.moments import localize
from enforceflow.calendars.reckoning import Reckoning, reckon
from enforceflow.calendars.working_days import Holiday, WorkingDays
from enforceflow.definitions.periods import Period
from enforceflow.errors import DefinitionError, InvalidValue, Problem
from enforceflow.texts import Bilingual, Phrase, Title

__all__ = ["Calendar", "Holiday", "Notice"]

_BY_NOTICE: Final = Phrase(zh="依{notice}放假", en="a day off by {notice}")
_BY_RULE: Final = Phrase(zh="按规则放假（{holiday}）", en="a day off by rule ({holiday})")
_WEEKEND: Final = Title("为公休日", "a weekend day")
_FIRST_DAY: Final = Phrase(
    zh="first_day 应为 counted 或 not_counted，而非“{value}”", en="first_day is counted or not_counted, not {value!s}"
)
_NO_ZONE: Final = Phrase(zh="没有名为“{zone}”的时区", en="there is no time zone {zone!s}")
_NOT_A_WEEKEND: Final = Phrase(
    zh="公休日用0（星期一）至6（星期日）表示，且一周至多六日",
    en="weekend days are 0 (Monday) to 6 (Sunday), at most six of them",
)
_TWICE: Final = Phrase(zh="通知“{number}”出现两次", en="the notice {number!s} is there twice")
_BOTH: Final = Phrase(zh="{days} 既放假又上班", en="{days} both off and worked")
_AMENDS_NOTHING: Final = Phrase(
    zh="所修改的“{amends}”不在此前的通知之中", en="it amends {amends!s}, which is no earlier notice of this calendar"
)
_NO_SUCH_DAY: Final = Phrase(zh="没有{month}月{day}日", en="there is no day {day} in month {month}")
_LEAP_YEAR: Final = 2000


def _years(years: Iterable[int]) -> tuple[int, ...]:
    return tuple(years)


def _dates(dates: Iterable[date]) -> frozenset[date]:
    return frozenset(dates)


def _weekdays(weekdays: Iterable[int]) -> frozenset[int]:
    return frozenset(weekdays)


def _holidays(holidays: Iterable[Holiday]) -> tuple[Holiday, ...]:
    return tuple(holidays)


def _by_announcement(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    return tuple(sorted(notices, key=lambda notice: notice.announced))


@attrs.frozen
class Notice:
    """An official notice (such as 国务院办公厅关于节假日安排的通知) on single days.

    It settles the years that it `covers`; `off` are rest days, `work` working days (调休上班), also outside these
    years. `amends` is the number of the notice that it changes, `verified` whether the text itself was read.
    """

    number: str
    announced: date
    covers: tuple[int, ...] = attrs.field(default=(), converter=_years)
    amends: str = ""
    off: frozenset[date] = attrs.field(default=frozenset(), converter=_dates)
    work: frozenset[date] = attrs.field(default=frozenset(), converter=_dates)
    verified: bool = True


@attrs.frozen(repr=False)
class Calendar:
    """The working days of a country (or a court), a value.

    A day rests if it is of the `weekend` (0 is Monday) unless a notice says otherwise; of several notices on one
    day the latest holds. A year that no notice covers is laid out by rule: weekends and `holidays`, and if
    `substitutes` the next working day for a holiday on a weekend (全国年节及纪念日放假办法第6条); what depends
    on such a year is provisional. For 2008 to 2026, with the notices dropped, the rule with substitutes puts 255 days
    wrong, without them 312, weekends alone 462. `known` is the day as on which the calendar is known, if not now.
    Raises `DefinitionError` with all that is wrong in it.
    """

    name: str
    title: Title = attrs.field(hash=False)
    zone: str
    weekend: frozenset[int] = attrs.field(hash=False, converter=_weekdays)
    source: str = attrs.field(hash=False, default="")
    holidays: tuple[Holiday, ...] = attrs.field(hash=False, default=(), converter=_holidays)
    notices: tuple[Notice, ...] = attrs.field(hash=False, default=(), converter=_by_announcement)
    known: date | None = None
    substitutes: bool = attrs.field(hash=False, default=True, kw_only=True)

    def __attrs_post_init__(self) -> None:
        problems = tuple(_problems(self))
        if problems:
            raise DefinitionError(problems)

    def __repr__(self) -> str:
        return (
            f"<Calendar {self.edition}>" if self.known is None else f"<Calendar {self.edition} as known {self.known}>"
        )

    @cached_property
    def edition(self) -> str:
        """The name and the newest notice: `cn 国办发明电〔2025〕7号`, or `cn by rule` without any."""
        return f"{self.name} {self.notices[-1].number if self.notices else 'by rule'}"

    @cached_property
    def _covered(self) -> frozenset[int]:
        return _covered(self.notices)

    @cached_property
    def _named(self) -> Mapping[int, tuple[bool, Notice]]:
        return _by_day(self.notices)

    @cached_property
    def _days(self) -> WorkingDays:
        return _indexed(self.weekend, self.holidays, self.notices, self.substitutes)

    def as_known(self, day: date) -> Calendar:
        """Return the calendar with only the notices announced on or before `day`."""
        return attrs.evolve(self, known=day, notices=[notice for notice in self.notices if notice.announced <= day])

    def announced(self, year: int, through: int | None = None) -> bool:
        """Tell whether notices cover `year`, or every year from `year` through `through`."""
        if through is None or through == year:
            return year in self._covered
        return all(at in self._covered for at in range(year, through + 1))

    def is_workday(self, day: date) -> bool:
        """Tell whether `day` is a working day."""
        return self._days.is_workday(day)

    def roll(self, day: date) -> date:
        """Return the first working day on or after `day`."""
        return self._days.roll(day)

    def add_workdays(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`, before it if `n` is negative, `day` itself if it is 0."""
        return self._days.add(day, n)

    def workdays(self, after: date, through: date) -> int:
        """Return the number of working days later than `after` and not later than `through`."""
        return self._days.between(after, through)

    def notice_on(self, day: date) -> Notice | None:
        """Return the notice that decides on `day` by name, if any does."""
        named = self._named.get(day.toordinal())
        return None if named is None else named[1]

    def rest_reason(self, day: date) -> Bilingual | None:
        """Return why `day` is a rest day (weekend, notice or holiday by rule), or None for a working day."""
        ordinal = day.toordinal()
        named = self._named.get(ordinal)
        if named is not None:
            return None if named[0] else _BY_NOTICE(notice=named[1].number)
        holiday = self._days.holidays(day.year).get(ordinal)
        if holiday is not None:
            return _BY_RULE(holiday=holiday.title)
        return _WEEKEND if day.weekday() in self.weekend else None

    def localize(self, at: date | datetime) -> date | datetime:
        """Return `at` as the standard library's own date, or date-time in the calendar's zone.

        Bare dates stay dates, aware date-times are converted, naive ones are taken to be in the zone; pendulum's
        are accepted. Raises `InvalidValue` for anything else.
        """
        return localize(at, self.zone)

    def due(
        self,
        period: Period | str,
        *,
        since: date | datetime,
        first_day: str = "not_counted",
        rolls: bool | None = None,
        hours_from: str = "next_hour",
    ) -> Reckoning:
        """Return when `period` since `since` ends, with the steps (民事诉讼法第85条).

        A period in days or more moves off rest days unless `rolls` is False; hours and minutes never do, and need
        a date-time. Raises `InvalidValue` on a value that is not what it should be.
        """
        if first_day not in ("not_counted", "counted"):
            raise InvalidValue(_FIRST_DAY(value=first_day))
        return reckon(
            self,
            since,
            Period.parse(period),
            rolls=rolls is not False,
            first_day_counted=first_day == "counted",
            hours_from=hours_from,
        )


def _covered(notices: Iterable[Notice]) -> frozenset[int]:
    return frozenset(year for notice in notices for year in notice.covers)


def _by_day(notices: Iterable[Notice]) -> dict[int, tuple[bool, Notice]]:
    """Return, by ordinal, whether a day named by the notices is worked, and which notice has the last word."""
    named: dict[int, tuple[bool, Notice]] = {}
    for notice in notices:
        for works, days in ((False, notice.off), (True, notice.work)):
            named.update((day.toordinal(), (works, notice)) for day in days)
    return named


@lru_cache(maxsize=8)
def _indexed(
    weekend: frozenset[int],
    holidays: tuple[Holiday, ...],
    notices: tuple[Notice, ...],
    substitutes: bool,  # noqa: FBT001 - the four fields of a calendar that its index depends on
) -> WorkingDays:
    """Return the index, one for all equal calendars: the same calendar is asked as known on many days."""
    named = {ordinal: works for ordinal, (works, _) in _by_day(notices).items()}
    return WorkingDays(weekend, holidays, named, announced=_covered(notices), substitutes=substitutes)


def _problems(calendar: Calendar) -> Iterator[Problem]:
    if not calendar.weekend <= set(range(7)) or len(calendar.weekend) > 6:  # noqa: PLR2004 - a day must be left
        yield Problem(_NOT_A_WEEKEND(), path=("weekend",))
    try:
        ZoneInfo(calendar.zone)
    except (LookupError, ValueError, OSError):
        yield Problem(_NO_ZONE(zone=calendar.zone), path=("zone",))
    for holiday in calendar.holidays:
        yield from _holiday_problems(holiday)
    earlier: set[str] = set()
    for notice in calendar.notices:
        yield from _notice_problems(notice, earlier)
        earlier.add(notice.number)


def _holiday_problems(holiday: Holiday) -> Iterator[Problem]:
    for month, day in holiday.days:
        try:
            date(_LEAP_YEAR, month, day)
        except ValueError:
            yield Problem(_NO_SUCH_DAY(month=month, day=day), path=("holidays", holiday.name, "days"))


def _notice_problems(notice: Notice, earlier: set[str]) -> Iterator[Problem]:
    path = ("notices", notice.number)
    if notice.number in earlier:
        yield Problem(_TWICE(number=notice.number), path=path)
    if notice.amends and notice.amends not in earlier:
        yield Problem(_AMENDS_NOTHING(amends=notice.amends), path=(*path, "amends"))
    if notice.off & notice.work:
        yield Problem(_BOTH(days=sorted(notice.off & notice.work)), path=(*path, "work"))
