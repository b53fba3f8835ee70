"""Days and moments: from anybody's clock to the calendar's, and into words."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from enforceflow.calendars.working_days import BEYOND
from enforceflow.errors import InvalidValue
from enforceflow.texts import Lang, Message, Phrase, Title

_WEEKDAYS: Final = (
    Title("星期一", "Monday"),
    Title("星期二", "Tuesday"),
    Title("星期三", "Wednesday"),
    Title("星期四", "Thursday"),
    Title("星期五", "Friday"),
    Title("星期六", "Saturday"),
    Title("星期日", "Sunday"),
)
_LEFT: Final = Phrase(zh="还剩{amount}", en="{amount} left")
_LATE: Final = Phrase(zh="已过{amount}", en="{amount} late")
_TODAY: Final = Title("今日届满", "due today")
_NOW: Final = Title("即刻届满", "due now")
_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR
_DAYS_FROM: Final = 3 * _DAY
_IN_EVERY_MONTH: Final = 28

NOT_A_DATE: Final = Phrase(zh="{value} 不是日期或日期时间", en="{value} is neither a date nor a date with a time")
MIXED: Final = Phrase(
    zh="一个时刻带时区，另一个不带，无法比较；请先用 Calendar.localize 换算",
    en="one moment has a time zone and the other has none; pass both through Calendar.localize first",
)


@attrs.frozen
class Day:
    """A date or a moment with the name of its weekday, as a part of a message."""

    at: date | datetime

    def text(self, lang: Lang) -> str:
        """Return `2026-07-06（星期一）` or `2026-07-06 (Monday)`, with the time of a moment."""
        name = _WEEKDAYS[self.at.weekday()].text(lang)
        return f"{written(self.at)}（{name}）" if lang == "zh" else f"{written(self.at)} ({name})"


def written(at: date | datetime) -> str:
    """Return `2026-07-06`, or `2026-07-06 10:30` (with seconds if it has any) in the moment's own zone."""
    if not isinstance(at, datetime):
        return at.isoformat()
    return at.replace(tzinfo=None).isoformat(" ", "seconds" if at.second else "minutes")


def localize(at: date | datetime, zone: str) -> date | datetime:
    """Return `at` as the standard library's own date, or date-time in `zone`.

    Bare dates stay dates, aware date-times are converted, naive ones are taken to be in `zone`; a time that the clock
    there skipped is the one that it showed instead. Raises `InvalidValue` for anything else, and for a moment outside
    the years 1 to 9999.
    """
    if type(at) is date:
        return at
    if isinstance(at, datetime):
        place = ZoneInfo(zone)
        try:
            aware = at.replace(tzinfo=place) if at.tzinfo is None else at
            there = aware.astimezone(UTC).astimezone(place)
        except OverflowError:
            raise InvalidValue(BEYOND()) from None
        return datetime(
            there.year,
            there.month,
            there.day,
            there.hour,
            there.minute,
            there.second,
            there.microsecond,
            place,
            fold=there.fold,
        )
    return day_of(at)


def day_of(at: date | datetime) -> date:
    """Return the day of a date or of a local moment."""
    if type(at) is date:
        return at
    if not isinstance(at, date):
        raise InvalidValue(NOT_A_DATE(value=repr(at)[:60]))
    return date(at.year, at.month, at.day)


def corresponding_day(day: date, months: int) -> date:
    """Return the day of the same number `months` later (earlier if negative), or the last day of that month.

    民法典第202条. A whole term is added at once: two steps of one month are not one step of two.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= MAXYEAR:
        raise InvalidValue(BEYOND())
    if day.day <= _IN_EVERY_MONTH:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def remaining(due: date | datetime, today: date | datetime, lang: Lang) -> str:
    """Return `5 days left` or `3 days late` (`还剩5天`, `已过3天`) in `lang`.

    Two moments within three days of each other are told in whole hours or minutes, all else in days. Moments must
    be both aware or both naive: otherwise `InvalidValue`.
    """
    if isinstance(due, datetime) and isinstance(today, datetime):
        seconds = _elapsed(today, due)
        unit, length = _unit(abs(seconds))
    else:
        seconds = float((day_of(due) - day_of(today)).days * _DAY)
        unit, length = "day", _DAY
    count = int(abs(seconds) // length)
    if not count:
        return (_TODAY if unit == "day" else _NOW).text(lang)
    return _said(_LATE if seconds < 0 else _LEFT, count, unit, lang).text(lang)


def _elapsed(since: datetime, until: datetime) -> float:
    before, after = since.utcoffset(), until.utcoffset()
    wall = until.replace(tzinfo=None) - since.replace(tzinfo=None)
    if before is not None and after is not None:
        wall -= after - before
    elif before is not after:
        raise InvalidValue(MIXED())
    return wall.total_seconds()


def _unit(seconds: float) -> tuple[str, int]:
    if seconds >= _DAYS_FROM:
        return "day", _DAY
    return ("hour", _HOUR) if seconds >= _HOUR else ("minute", 60)


def _said(phrase: Phrase, count: int, unit: str, lang: Lang) -> Message:
    import pendulum  # noqa: PLC0415 - takes 50 ms, and only people need words

    locale = pendulum.locale(lang)
    template = str(locale.translation(f"units.{unit}.{locale.plural(count)}"))
    return phrase(amount=template.format(count))
