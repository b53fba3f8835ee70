"""The index of working days: which days work, how many, and the n-th of them."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final

import attrs

from enforceflow.errors import InvalidValue
from enforceflow.texts import Phrase, Title

BEYOND: Final = Phrase(zh="计算结果超出公元1年至9999年", en="the result lies outside the years 1 to 9999")
_LAST: Final = date.max.toordinal()
_USUAL: Final = (2000, 2040)
_WIDEST: Final = (1900, 2150)
_MARGIN: Final = 5


def _days(days: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple((month, day) for month, day in days)


def _dates(dates: Iterable[date]) -> tuple[date, ...]:
    return tuple(dates)


@attrs.frozen
class Holiday:
    """Statutory days off: `days` as (month, day) of every year from `since` through `until`, `dates` once each."""

    name: str
    title: Title
    days: tuple[tuple[int, int], ...] = attrs.field(default=(), converter=_days)
    dates: tuple[date, ...] = attrs.field(default=(), converter=_dates)
    since: int | None = None
    until: int | None = None

    def in_year(self, year: int) -> list[date]:
        """Return its days in `year`; 29 February only where there is one."""
        found = [day for day in self.dates if day.year == year]
        if (self.since or 1) <= year <= (self.until or 9999):
            found += [date(year, month, day) for month, day in self.days if (month, day) != (2, 29) or _is_leap(year)]
        return found


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


class WorkingDays:
    """Working days by weekend, statutory holidays and what notices say of single days.

    `named` holds, by proleptic ordinal, whether a notice makes the day a working day; it stands before everything
    else. In the years `announced` nothing but weekends and `named` counts, in other years the statutory holidays
    do, and with `substitutes` one that falls on a weekend gives the next working day off. Prefix sums answer
    inside the years of the notices and some more, a walk by rule outside them. A weekend has at most six days.
    """

    __slots__ = (
        "_announced",
        "_before",
        "_days",
        "_first",
        "_holidays",
        "_named",
        "_resting",
        "_size",
        "_substitutes",
        "_weekend",
    )

    def __init__(
        self,
        weekend: Collection[int],
        holidays: Iterable[Holiday],
        named: Mapping[int, bool],
        *,
        announced: Collection[int],
        substitutes: bool,
    ) -> None:
        self._weekend = frozenset(weekend)
        self._holidays = tuple(holidays)
        self._named = named
        self._announced = announced
        self._substitutes = substitutes
        self._resting: dict[int, Mapping[int, Holiday]] = {}
        first, last = self._span()
        self._first = first.toordinal()
        self._size = last.toordinal() - self._first + 1
        works = self._table(first, last)
        self._before = [0, *itertools.accumulate(works)]
        self._days = [
            date.fromordinal(ordinal)
            for ordinal in itertools.compress(range(self._first, self._first + self._size), works)
        ]

    def _span(self) -> tuple[date, date]:
        years = {*_USUAL, *self._announced, *(day.year for holiday in self._holidays for day in holiday.dates)}
        return (
            date(max(min(years) - _MARGIN, _WIDEST[0]), 1, 1),
            date(min(max(years) + _MARGIN, _WIDEST[1]), 12, 31),
        )

    def _table(self, first: date, last: date) -> bytearray:
        week = bytes((first.weekday() + offset) % 7 not in self._weekend for offset in range(7))
        works = bytearray(week * (self._size // 7 + 1))[: self._size]
        for year in range(first.year, last.year + 1):
            for ordinal in self.holidays(year):
                works[ordinal - self._first] = 0
        for ordinal, worked in self._named.items():
            if 0 <= ordinal - self._first < self._size:
                works[ordinal - self._first] = worked
        return works

    def holidays(self, year: int) -> Mapping[int, Holiday]:
        """Return the days off by rule in a year not announced, by ordinal, substitutes among them."""
        if year in self._announced:
            return {}
        resting = self._resting.get(year)
        if resting is None:
            resting = self._resting[year] = self._by_rule(year)
        return resting

    def _by_rule(self, year: int) -> dict[int, Holiday]:
        """Lay the statutory days of `year`, and the substitutes of its own days and of the year before."""
        years = [year] if year - 1 in self._announced or year == 1 else [year - 1, year]
        resting = {
            day.toordinal(): holiday for at in years for holiday in self._holidays for day in holiday.in_year(at)
        }
        for ordinal in sorted(resting) if self._substitutes else ():
            substitute = ordinal
            while self._is_weekend(substitute) or (substitute != ordinal and substitute in resting):
                substitute += 1
            resting.setdefault(substitute, resting[ordinal])
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        return {ordinal: holiday for ordinal, holiday in resting.items() if first <= ordinal <= last}

    def _is_weekend(self, ordinal: int) -> bool:
        return (ordinal + 6) % 7 in self._weekend

    def _works(self, ordinal: int) -> bool:
        named = self._named.get(ordinal)
        if named is not None:
            return named
        return not self._is_weekend(ordinal) and ordinal not in self.holidays(date.fromordinal(ordinal).year)

    def is_workday(self, day: date) -> bool:
        """Tell whether `day` is a working day."""
        at = day.toordinal() - self._first
        if 0 <= at < self._size:
            return self._before[at] != self._before[at + 1]
        return self._works(at + self._first)

    def roll(self, day: date) -> date:
        """Return the first working day on or after `day`."""
        at = day.toordinal() - self._first
        if 0 <= at < self._size:
            position = self._before[at]
            if position < len(self._days):
                return self._days[position]
        return self._walk(at + self._first - 1, 1)

    def add(self, day: date, n: int) -> date:
        """Return the n-th working day after `day`, before it if `n` is negative, `day` itself if it is 0."""
        at = day.toordinal() - self._first
        if 0 <= at < self._size:
            position = self._before[at + 1] + n - 1 if n > 0 else self._before[at] + n
            if n and 0 <= position < len(self._days):
                return self._days[position]
        return self._walk(at + self._first, n)

    def _walk(self, ordinal: int, n: int) -> date:
        step = 1 if n > 0 else -1
        missing = abs(n)
        while missing:
            ordinal += step
            if not missing <= (_LAST - ordinal + 1 if n > 0 else ordinal):
                raise InvalidValue(BEYOND())
            missing -= self._works(ordinal)
        return date.fromordinal(ordinal)

    def between(self, after: date, through: date) -> int:
        """Return the number of working days later than `after` and not later than `through`."""
        low, high = after.toordinal() - self._first + 1, through.toordinal() - self._first + 1
        if 0 <= low <= self._size and 0 <= high <= self._size:
            return max(self._before[high] - self._before[low], 0)
        return sum(map(self._works, range(low + self._first, high + self._first)))
