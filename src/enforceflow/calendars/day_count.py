"""Counting in days, working days, months and years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from enforceflow.calendars.moments import Day, corresponding_day, day_of
from enforceflow.calendars.pauses import merged
from enforceflow.calendars.reckonable import Reckonable
from enforceflow.definitions.periods import Period, Unit
from enforceflow.errors import InvalidValue
from enforceflow.texts import Bilingual, Message, Phrase, Title

_COUNTED: Final = Phrase(zh="{start}，当日计入", en="{start}; the day itself is counted")
_NOT_COUNTED: Final = Phrase(zh="{start}，当日不计入", en="{start}; the day itself is not counted")
_AHEAD: Final = Phrase(zh="加{period}", en="+ {period}")
_AHEAD_TO: Final = Phrase(zh="加{period}，为{day}", en="+ {period}, {day}")
_BACK: Final = Phrase(zh="倒数{period}", en="− {period}")
_BACK_TO: Final = Phrase(zh="倒数{period}，为{day}", en="− {period}, {day}")
_CORRESPONDING: Final = {
    0: Title("对应日", "the corresponding day"),
    -1: Title("对应日的前一日", "the day before the corresponding day"),
    1: Title("对应日的后一日", "the day after the corresponding day"),
}
_MONTH_END: Final = Title("月末日（无对应日）", "the last day of a month without a corresponding day")
_FIXED: Final = Phrase(zh="以指定的日期为末日", en="the last day, set as a date")
_LEFT_OUT: Final = Phrase(
    zh="{since}之后至{until}扣除，补足{days}", en="what follows {since} through {until} is left out: {days} longer"
)
_ANOTHER_UNIT: Final = Phrase(
    zh="{length}以小时、分钟计，不能与以日、月、年计算的期间合用",
    en="{length} is in hours or minutes and does not go with a period in days, months or years",
)


class DayCount:
    """A count of days since (or back from) a day, the first day not counted unless `counted`.

    What is added is summed by unit and laid on the start at once: years and months to the corresponding day or the
    month's end (民法典第202条), then days, then working days. `certain` is False once a working day of a year not
    announced has been looked at.
    """

    __slots__ = (
        "_back",
        "_base",
        "_calendar",
        "_clamped",
        "_counted",
        "_shift",
        "_term",
        "_workdays",
        "certain",
        "end",
        "since",
    )

    def __init__(self, calendar: Reckonable, at: date | datetime, *, counted: bool, back: bool) -> None:
        self._calendar = calendar
        self._back = back
        self._counted = counted
        self._shift = 0 if not counted else 1 if back else -1
        self._clamped = self._workdays = False
        self._term = (0, 0, 0)
        self._base = self.since = self.end = day_of(at)
        self.certain = True

    def opening(self, start: Bilingual) -> Message:
        """Return the words for the start."""
        return (_COUNTED if self._counted else _NOT_COUNTED)(start=start)

    def lay(self, length: Period | date) -> Message:
        """Lay the period on the start, or set the last day as a date, and return the words for it."""
        if not isinstance(length, Period):
            self._base = self.end = day_of(self._calendar.localize(length))
            self._shift = 0
            return _FIXED()
        self.extend(length)
        unit = length.unit
        self._workdays = unit is Unit.WORKDAY
        if unit is not Unit.MONTH and unit is not Unit.YEAR:
            return (_BACK if self._back else _AHEAD)(period=length)
        day = _MONTH_END if self._clamped else _CORRESPONDING[self._shift]
        return (_BACK_TO if self._back else _AHEAD_TO)(period=length, day=day)

    def extend(self, length: Period) -> None:
        """Make the term longer by `length` and lay it anew."""
        months, days, workdays = self._term
        more_months, more_days, more_workdays = _parts(length)
        self._term = (months + more_months, days + more_days, workdays + more_workdays)
        self.end = self._laid(self._base, self._term, self._shift)

    def cap(self, ceiling: Period) -> bool:
        """Bring the end back to `ceiling` after the start if it lies later, and tell whether it did."""
        latest = self._laid(self.since, _parts(ceiling), -1 if self._counted else 0)
        if self.end <= latest:
            return False
        self.end = latest
        return True

    def leave_out(self, pauses: Iterable[tuple[date | datetime, date | datetime]]) -> Iterator[Message]:
        """Move the end by each pause that begins before it, yielding the words for each.

        A pause leaves out the days after its first through its last; a limit in working days gets the working days
        among them back.
        """
        localize = self._calendar.localize
        days = ((day_of(localize(since)), day_of(localize(until))) for since, until in pauses)
        for since, until in merged(days, self.since - timedelta(days=self._counted)):
            if since < self.end:
                length = self._left_out(since, until)
                yield _LEFT_OUT(since=Day(since), until=Day(until), days=length)

    def _left_out(self, since: date, until: date) -> Period:
        if not self._workdays:
            days = (until - since).days
            self.end += timedelta(days=days)
            return Period(days, Unit.DAY)
        workdays = self._calendar.workdays(since, until)
        self._look_at(since + timedelta(days=1), until)
        self.end = self._after(self.end, workdays)
        return Period(workdays, Unit.WORKDAY)

    def _laid(self, base: date, term: tuple[int, int, int], shift: int) -> date:
        months, days, workdays = term
        sign = -1 if self._back else 1
        day = base
        if months:
            day = corresponding_day(base, sign * months)
            self._clamped = day.day != base.day and not self._back
            shift = 0 if self._clamped else shift
        if days or shift:
            day += timedelta(days=sign * days + shift)
        return self._after(day, sign * workdays) if workdays else day

    def _look_at(self, first: date, last: date) -> None:
        self.certain = self.certain and self._calendar.announced(first.year, last.year)

    def _after(self, day: date, workdays: int) -> date:
        end = self._calendar.add_workdays(day, workdays)
        if end > day:
            self._look_at(day + timedelta(days=1), end)
        elif end < day:
            self._look_at(end, day - timedelta(days=1))
        return end


def _parts(length: Period) -> tuple[int, int, int]:
    """Return the months, days and working days of a period."""
    amount, unit = length.amount, length.unit
    if unit is Unit.DAY:
        return 0, amount, 0
    if unit is Unit.MONTH:
        return amount, 0, 0
    if unit is Unit.YEAR:
        return 12 * amount, 0, 0
    if unit is Unit.WORKDAY:
        return 0, 0, amount
    raise InvalidValue(_ANOTHER_UNIT(length=length))
