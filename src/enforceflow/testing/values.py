"""Values of facts at random, by their types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

from enforceflow.definitions.facts import FactKind, FactType
from enforceflow.definitions.periods import Period, Unit

_DAYS: Final = 400
_MOST_ITEMS: Final = 3

Strategy = st.SearchStrategy[object]
Maker = Callable[[FactType, date, Sequence[str]], Strategy]


def values(wanted: FactType, *, around: date, tracks: Sequence[str] = ()) -> Strategy:
    """Return a strategy for values of a type: dates lie `around` a day, addresses are of `tracks` or of none opened."""
    return _MAKERS[wanted.kind](wanted, around, tracks)


def _dates(around: date) -> st.SearchStrategy[date]:
    return st.integers(-_DAYS, _DAYS).map(lambda days: around + timedelta(days=days))


def _moments(around: date) -> st.SearchStrategy[datetime]:
    clock = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
    return st.builds(datetime.combine, _dates(around), clock)


def _addresses(wanted: FactType, tracks: Sequence[str]) -> st.SearchStrategy[str]:
    name = wanted.track or "nothing"
    known = [track for track in tracks if not wanted.track or track.startswith(f"{name}/")]
    return st.sampled_from([*known, f"{name}/unknown"])


def _items(wanted: FactType, around: date, tracks: Sequence[str]) -> Strategy:
    item = wanted.item or FactType(FactKind.TEXT)
    return st.lists(values(item, around=around, tracks=tracks), max_size=_MOST_ITEMS)


_DECIMALS: Final = st.one_of(st.integers(0, 10**7), st.decimals(-1, 10**6, places=2, allow_nan=False))
_PERIODS: Final = st.builds(
    Period, st.integers(0, 40), st.sampled_from([Unit.DAY, Unit.WORKDAY, Unit.MONTH, Unit.YEAR])
)
_MAKERS: Final[Mapping[FactKind, Maker]] = {
    FactKind.TEXT: lambda *_: st.sampled_from(["张三", "Li Si", "x"]),
    FactKind.NUMBER: lambda *_: _DECIMALS,
    FactKind.MONEY: lambda *_: st.one_of(_DECIMALS, st.just("500000 yuan"), st.just(Decimal(0))),
    FactKind.BOOL: lambda *_: st.booleans(),
    FactKind.DATE: lambda _, around, __: _dates(around),
    FactKind.DATETIME: lambda _, around, __: _moments(around),
    FactKind.DAYS: lambda *_: st.integers(0, 100),
    FactKind.PERIOD: lambda *_: _PERIODS,
    FactKind.CHOICE: lambda wanted, _, __: st.sampled_from(sorted(wanted.choices)),
    FactKind.TRACK: lambda wanted, _, tracks: _addresses(wanted, tracks),
    FactKind.LIST: _items,
}
