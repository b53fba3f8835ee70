"""The Chinese calendar of the project, read without the library's own reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from enforceflow.calendars.calendar import Calendar, Holiday, Notice
from enforceflow.texts import Title

FILE = Path(__file__).parents[1] / "workflows" / "cn" / "calendar.yaml"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@cache
def chinese_calendar() -> Calendar:
    loader = yaml.BaseLoader(FILE.read_text(encoding="utf-8"))
    written: Mapping[str, Any] = loader.get_single_data()
    return Calendar(
        name=written["calendar"],
        title=Title(written["zh"], written["en"]),
        zone=written["zone"],
        weekend=frozenset(map(WEEKDAYS.index, written["weekend"])),
        source=written["source"],
        holidays=tuple(_holiday(name, item) for name, item in written["holidays"].items()),
        notices=tuple(_notice(number, item) for number, item in written["notices"].items()),
    )


def _holiday(name: str, item: Mapping[str, Any]) -> Holiday:
    return Holiday(
        name,
        Title(item["zh"], item["en"]),
        days=tuple((int(day[:2]), int(day[3:])) for day in item.get("days", ())),
        dates=tuple(map(date.fromisoformat, item.get("dates", ()))),
        since=int(item["since"]) if "since" in item else None,
        until=int(item["until"]) if "until" in item else None,
    )


def _notice(number: str, item: Mapping[str, Any]) -> Notice:
    covers = item.get("covers", ())
    return Notice(
        number,
        date.fromisoformat(item["announced"]),
        covers=tuple(map(int, [covers] if isinstance(covers, str) else covers)),
        amends=item.get("amends", ""),
        off=frozenset(_days(item.get("off", ()))),
        work=frozenset(_days(item.get("work", ()))),
        verified=item.get("verified", "true") == "true",
    )


def _days(items: Iterable[str]) -> Iterator[date]:
    for item in items:
        first, _, last = item.partition("..")
        day = date.fromisoformat(first)
        while day <= date.fromisoformat(last or first):
            yield day
            day += timedelta(days=1)
