"""What counting a period needs of a calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from enforceflow.texts import Bilingual


class Numbered(Protocol):
    """A notice, as far as it is named."""

    @property
    def number(self) -> str:
        """The document number."""
        ...


class Reckonable(Protocol):
    """A calendar on which periods can be laid; `Calendar` is one."""

    @property
    def edition(self) -> str:
        """The calendar and its newest notice."""
        ...

    def localize(self, at: date | datetime) -> date | datetime:
        """Return a day or moment in the calendar's zone."""
        ...

    def announced(self, year: int, through: int | None = None) -> bool:
        """Tell whether notices cover a year, or all years through another."""
        ...

    def roll(self, day: date) -> date:
        """Return the first working day on or after a day."""
        ...

    def add_workdays(self, day: date, n: int) -> date:
        """Return the n-th working day after a day."""
        ...

    def workdays(self, after: date, through: date) -> int:
        """Return the number of working days later than one day and not later than another."""
        ...

    def rest_reason(self, day: date) -> Bilingual | None:
        """Return why a day is a rest day, or None."""
        ...

    def notice_on(self, day: date) -> Numbered | None:
        """Return the notice that names a day, or None."""
        ...
