"""Counting in hours and minutes: elapsed time, which never moves off a rest day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from enforceflow.calendars.moments import Day
from enforceflow.calendars.pauses import merged
from enforceflow.calendars.reckonable import Reckonable
from enforceflow.definitions.periods import Period, Unit
from enforceflow.errors import InvalidValue
from enforceflow.texts import Bilingual, Message, Phrase

_NEEDS_A_TIME: Final = Phrase(
    zh="以小时、分钟计算的期间需要带时刻的日期，而{at}只有日期",
    en="a period in hours or minutes needs a date with a time, and {at} is a bare date",
)
_ANOTHER_UNIT: Final = Phrase(
    zh="{length}不能与以小时、分钟计算的期间合用", en="{length} does not go with a period in hours or minutes"
)
_HOURS_FROM: Final = Phrase(
    zh="hours_from 应为 next_hour 或 minute，而非“{value}”", en="hours_from is next_hour or minute, not {value!s}"
)
_OPENING: Final = Phrase(zh="{start}，自{first}起计时", en="{start}; counted from {first}")
_BACK_FROM: Final = Phrase(zh="{start}，自{first}起倒计时", en="{start}; counted back from {first}")
_AHEAD: Final = Phrase(zh="加{period}", en="+ {period}")
_BACK: Final = Phrase(zh="倒数{period}", en="− {period}")
_LEFT_OUT: Final = Phrase(zh="{since}至{until}扣除", en="the time from {since} to {until} is left out")


class ElapsedTime:
    """A count of hours and minutes since (or back from) a moment, in real time.

    The hour in which it starts is not counted (民诉法解释第125条): 10:17 and 10:00 both count from 11:00, from 10:00 if
    the hour is `counted`, and with `hours_from="minute"` from the moment itself. Raises `InvalidValue` for a bare
    date, and for any unit longer than hours.
    """

    __slots__ = ("_calendar", "_end", "_first", "_sign", "certain", "since")

    def __init__(
        self, calendar: Reckonable, at: date | datetime, *, hours_from: str, counted: bool, back: bool
    ) -> None:
        self._calendar = calendar
        self.since = _moment(at)
        self._first = self._end = _first(self.since, hours_from, counted=counted, back=back)
        self._sign = -1 if back else 1
        self.certain = True

    @property
    def end(self) -> datetime:
        """The end so far, in the calendar's zone."""
        return self._local(self._end)

    def opening(self, start: Bilingual) -> Message:
        """Return the words for the start."""
        return (_OPENING if self._sign > 0 else _BACK_FROM)(start=start, first=Day(self._local(self._first)))

    def lay(self, length: Period) -> Message:
        """Lay the period on the start and return the words for it."""
        self.extend(length)
        return (_AHEAD if self._sign > 0 else _BACK)(period=length)

    def extend(self, length: Period) -> None:
        """Make the count longer by `length`."""
        self._end += self._sign * _elapsing(length)

    def cap(self, ceiling: Period) -> bool:
        """Bring the end back to `ceiling` after the start if it lies later, and tell whether it did."""
        latest = self._first + _elapsing(ceiling)
        if self._end <= latest:
            return False
        self._end = latest
        return True

    def leave_out(self, pauses: Iterable[tuple[date | datetime, date | datetime]]) -> Iterator[Message]:
        """Move the end by each pause that begins before it, yielding the words for each."""
        instants = ((self._instant(since), self._instant(until)) for since, until in pauses)
        for since, until in merged(instants, self._first):
            if since < self._end:
                self._end += until - since
                yield _LEFT_OUT(since=Day(self._local(since)), until=Day(self._local(until)))

    def _instant(self, at: date | datetime) -> datetime:
        return _moment(self._calendar.localize(at)).astimezone(UTC)

    def _local(self, instant: datetime) -> datetime:
        return _moment(self._calendar.localize(instant))


def _moment(at: date | datetime) -> datetime:
    if not isinstance(at, datetime):
        raise InvalidValue(_NEEDS_A_TIME(at=at))
    return at


def _first(since: datetime, hours_from: str, *, counted: bool, back: bool) -> datetime:
    """Return the instant from which time is counted: the edge of the hour left out, or `since` itself."""
    if hours_from == "minute":
        return since.astimezone(UTC)
    if hours_from != "next_hour":
        raise InvalidValue(_HOURS_FROM(value=hours_from))
    hour = since.replace(minute=0, second=0, microsecond=0).astimezone(UTC)
    return hour if counted != back else hour + timedelta(hours=1)


def _elapsing(period: Period) -> timedelta:
    if not period.unit.is_clock:
        raise InvalidValue(_ANOTHER_UNIT(length=period))
    return timedelta(hours=period.amount) if period.unit is Unit.HOUR else timedelta(minutes=period.amount)
