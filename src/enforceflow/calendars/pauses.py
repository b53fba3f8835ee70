"""Time left out of a period: intervals that count once where they overlap."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

P = TypeVar("P", date, datetime)


def merged(pauses: Iterable[tuple[P, P]], start: P) -> list[tuple[P, P]]:
    """Return the union of the intervals (since, until] later than `start`, in order and apart from one another."""
    union: list[tuple[P, P]] = []
    for since, until in sorted(pauses):
        begun = max(since, start)
        if begun >= until:
            continue
        if union and begun <= union[-1][1]:
            union[-1] = (union[-1][0], max(union[-1][1], until))
        else:
            union.append((begun, until))
    return union
