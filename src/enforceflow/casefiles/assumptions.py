"""Assumed dates: a case is played with them as written, at the start and at the end of their windows."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import attrs

from enforceflow.calendars.moments import day_of
from enforceflow.casefiles.format import Act, Item, Look
from enforceflow.cases.journal import Moment
from enforceflow.texts import Lang, Title


class Dates(enum.StrEnum):
    """At which dates the acts of an assumed date are played."""

    AS_WRITTEN = "as_written"
    EARLIEST = "earliest"
    LATEST = "latest"

    def text(self, lang: Lang) -> str:
        """Return it in words."""
        return _TITLES[self].text(lang)


_TITLES: Final = {
    Dates.AS_WRITTEN: Title("按所写日期", "with dates as written"),
    Dates.EARLIEST: Title("推定日期均取最早", "with every assumed date at its earliest"),
    Dates.LATEST: Title("推定日期均取最晚", "with every assumed date at its latest"),
}


def has_windows(items: Sequence[Item]) -> bool:
    """Tell whether any act has a window for its date."""
    return any(isinstance(item, Act) and item.between is not None for item in items)


def dated(items: Sequence[Item], dates: Dates) -> tuple[Item, ...]:
    """Return the items with every act that has a window moved to one end of it.

    An act is not moved past an item before or after it in the list that stands in the order of time with it.
    """
    if dates is Dates.AS_WRITTEN:
        return tuple(items)
    if dates is Dates.EARLIEST:
        return tuple(_moved(list(items), earliest=True))
    return tuple(reversed(_moved(list(reversed(items)), earliest=False)))


def _moved(items: list[Item], *, earliest: bool) -> list[Item]:
    """Return items moved towards those before them in this list, which goes back in time for the latest dates."""
    moved: list[Item] = []
    for item in items:
        if isinstance(item, Act) and item.between is not None:
            at = _with_time_of(item, item.between[0 if earliest else 1])
            for written, bound in zip(items, moved, strict=False):
                if isinstance(written, (Act, Look)) and isinstance(bound, (Act, Look)):
                    at = _kept_in_order(item, at, written.at, bound.at, earliest=earliest)
            moved.append(_at(item, at))
        else:
            moved.append(item)
    return moved


def _kept_in_order(act: Act, at: Moment, written: Moment, bound: Moment, *, earliest: bool) -> Moment:
    if earliest:
        passed = not _is_after(written, act.at) and _is_after(bound, at)
    else:
        passed = not _is_after(act.at, written) and _is_after(at, bound)
    return _with_time_of(act, bound) if passed else at


def _at(act: Act, at: Moment) -> Act:
    recorded = act.recorded
    if recorded is not None and day_of(recorded) < day_of(at):
        recorded = at
    return attrs.evolve(act, at=at, recorded=recorded)


def _with_time_of(act: Act, at: Moment) -> Moment:
    """Return a moment as a date or date-time, as the act's own is."""
    if not isinstance(act.at, datetime):
        return day_of(at)
    return at if isinstance(at, datetime) else datetime.combine(at, act.at.timetz())


def _is_after(one: Moment, other: Moment) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime) and one.date() == other.date():
        return one.time() > other.time()
    return day_of(one) > day_of(other)
