"""The 30th working day after a day, against two libraries that know Chinese holidays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import chinese_calendar  # type: ignore[import-untyped]
import holidays
from measuring import Batch, Effort, Figure, Target, at_least, clocked, exhaust, ratios

import enforceflow

N = 30
DAYS = [
    day
    for day in (date(2010, 1, 4) + timedelta(days=29 * number) for number in range(200))
    if chinese_calendar.is_workday(day)
]
"""Working days from 2010 to 2025, which all three know; from a rest day chinesecalendar counts one more."""


def figures(effort: Effort) -> Iterator[Figure]:
    calendar = enforceflow.calendar("cn")
    china = holidays.country_holidays("CN")

    def own(day: date) -> date:
        return calendar.add_workdays(day, N)

    def by_holidays(day: date) -> date:
        return china.get_nth_working_day(day, N)

    def by_chinesecalendar(day: date) -> date:
        found: date = chinese_calendar.find_workday(N, day)
        return found

    assert list(map(own, DAYS)) == list(map(by_holidays, DAYS)) == list(map(by_chinesecalendar, DAYS))
    repeats = effort.of(200, 1)
    ours = _over(own, repeats)
    peers: list[tuple[str, Callable[[date], date], Target]] = [
        ("holidays", by_holidays, at_least(100)),
        ("chinesecalendar", by_chinesecalendar, at_least(1_000)),
    ]
    for name, peer, target in peers:
        yield Figure(f"{N}th working day, {name} / enforceflow", ratios(_over(peer, 1), ours, effort), target)


def _over(find: Callable[[date], date], repeats: int) -> Batch:
    days = DAYS * repeats
    return lambda: clocked(lambda: exhaust(map(find, days)), len(days))
