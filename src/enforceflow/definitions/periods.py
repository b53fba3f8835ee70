"""Periods of law as written: an amount and a unit, with no dates yet."""

from __future__ import annotations

import enum
import re
from datetime import date
from typing import Final, Generic, TypeVar

import attrs

from enforceflow.errors import InvalidValue
from enforceflow.texts import Lang, Phrase

T = TypeVar("T")


class Unit(enum.StrEnum):
    """What a period is counted in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WORKDAY = "workday"
    MONTH = "month"
    YEAR = "year"

    @property
    def is_clock(self) -> bool:
        """True for the units that need a time of day."""
        return self in (Unit.MINUTE, Unit.HOUR)


_CHINESE: Final = {
    Unit.MINUTE: "分钟",
    Unit.HOUR: "小时",
    Unit.DAY: "日",
    Unit.WORKDAY: "个工作日",
    Unit.MONTH: "个月",
    Unit.YEAR: "年",
}
_MOST: Final = {
    Unit.MINUTE: 100_000,
    Unit.HOUR: 100_000,
    Unit.DAY: 40_000,
    Unit.WORKDAY: 40_000,
    Unit.MONTH: 1_200,
    Unit.YEAR: 100,
}
_WRITTEN: Final = re.compile(r"\s*([0-9]{1,6})\s+(minute|hour|day|workday|month|year)s?\s*", re.ASCII)


def longest(unit: Unit) -> int:
    """Return the greatest amount that a period in `unit` may have, about a century."""
    return _MOST[unit]


NOT_A_PERIOD = Phrase(
    zh="“{text}”不是期间；请写作 7 days、3 workdays、6 months、2 years 或 48 hours",
    en="{text!s} is not a period; write 7 days, 3 workdays, 6 months, 2 years or 48 hours",
)
TOO_LONG = Phrase(zh="期间“{text}”过长；至多 {most}", en="the period {text!s} is too long; at most {most}")


@attrs.frozen(order=False)
class Period:
    """A length of time as law writes it: `Period(15, Unit.DAY)`.

    The amount is a whole number from 0 up to about a century. Periods of different units do not
    compare: one month is neither shorter nor longer than thirty days until it is laid on a date.
    """

    amount: int
    unit: Unit = attrs.field(converter=Unit)

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.amount <= _MOST[self.unit]:
            raise InvalidValue(TOO_LONG(text=f"{self.amount} {self.unit}s", most=f"{_MOST[self.unit]} {self.unit}s"))

    @classmethod
    def parse(cls, text: str | Period) -> Period:
        """Read `"15 days"`, `"1 month"`, `"3 workdays"`; raise `InvalidValue` on anything else."""
        if isinstance(text, Period):
            return text
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise InvalidValue(NOT_A_PERIOD(text=text[:60]))
        return cls(int(match[1]), Unit(match[2]))

    def text(self, lang: Lang) -> str:
        """Return the period in words."""
        return f"{self.amount}{_CHINESE[self.unit]}" if lang == "zh" else str(self)

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}{'' if self.amount == 1 else 's'}"


@attrs.frozen
class Dated(Generic[T]):
    """A value that changes with the law: `(effective date, value)` pairs, earliest first."""

    values: tuple[tuple[date, T], ...]

    @classmethod
    def always(cls, value: T) -> Dated[T]:
        """Return a value that never changed."""
        return cls(((date.min, value),))

    def on(self, day: date) -> T | None:
        """Return the value in force on `day`, or None before the first."""
        found: T | None = None
        for effective, value in self.values:
            if effective > day:
                break
            found = value
        return found
