"""Values of facts at random, by their types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

import attrs
from hypothesis import strategies as st

from enforceflow.cases.case import Case
from enforceflow.definitions.facts import FactKind, FactType, FactValue
from enforceflow.definitions.periods import Period, Unit

_DAYS: Final = 400
_MOST_ITEMS: Final = 3
_SHARES: Final = (1, 1, 1, Decimal("0.5"), Decimal("0.7"), Decimal("0.1"), 2)
_CENT: Final = Decimal("0.01")

Strategy = st.SearchStrategy[object]


@attrs.frozen
class _Setting:
    """What values are likely: near a day, and near what a case knows."""

    around: date
    tracks: Sequence[str]
    known: Sequence[FactValue]


Maker = Callable[[FactType, _Setting], Strategy]


def values(wanted: FactType, *, around: date, tracks: Sequence[str] = (), known: Sequence[FactValue] = ()) -> Strategy:
    """Return a strategy for values of a type: dates lie `around` a day, addresses are of `tracks` or of none opened.

    Of the values that are `known` to a case, those of the type come often, amounts also in shares and a cent off:
    guards compare with them.
    """
    return _MAKERS[wanted.kind](wanted, _Setting(around, tracks, known))


def known_in(case: Case) -> list[FactValue]:
    """Return the values that acts of a case carry, and the days on which they happened."""
    found: dict[FactValue, None] = {}
    for entry in case.reading:
        found.update(dict.fromkeys(entry.facts.values()))
        found[entry.day] = None
    return list(found)


def _often(known: Sequence[object], otherwise: Strategy) -> Strategy:
    return st.one_of(st.sampled_from(known), st.sampled_from(known), otherwise) if known else otherwise


def _dates(around: date) -> st.SearchStrategy[date]:
    return st.integers(-_DAYS, _DAYS).map(lambda days: around + timedelta(days=days))


def _known_dates(_: FactType, setting: _Setting) -> Strategy:
    known = [value for value in setting.known if isinstance(value, date) and not isinstance(value, datetime)]
    return _often([*known, setting.around], _dates(setting.around))


def _moments(around: date) -> st.SearchStrategy[datetime]:
    clock = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
    return st.builds(datetime.combine, _dates(around), clock)


def _amounts(setting: _Setting, otherwise: Strategy) -> Strategy:
    known = [value for value in setting.known if isinstance(value, Decimal)]
    shares = st.builds(
        lambda amount, share, off: (amount * share).quantize(_CENT) + off,
        st.sampled_from(known or [Decimal(1)]),
        st.sampled_from(_SHARES),
        st.sampled_from([0, 0, 0, _CENT, -_CENT]),
    )
    return st.one_of(shares, shares, otherwise) if known else otherwise


def _texts(_: FactType, setting: _Setting) -> Strategy:
    known = [value for value in setting.known if isinstance(value, str) and "/" not in value]
    return st.sampled_from(["张三", "Li Si", "x", *known])


def _addresses(wanted: FactType, setting: _Setting) -> st.SearchStrategy[str]:
    name = wanted.track or "nothing"
    known = [track for track in setting.tracks if not wanted.track or track.startswith(f"{name}/")]
    return st.sampled_from([*known, *known, f"{name}/unknown"])


def _items(wanted: FactType, setting: _Setting) -> Strategy:
    item = wanted.item or FactType(FactKind.TEXT)
    return st.lists(_MAKERS[item.kind](item, setting), max_size=_MOST_ITEMS)


_DECIMALS: Final = st.one_of(st.integers(0, 10**7), st.decimals(-1, 10**6, places=2, allow_nan=False))
_PERIODS: Final = st.builds(
    Period, st.integers(0, 40), st.sampled_from([Unit.DAY, Unit.WORKDAY, Unit.MONTH, Unit.YEAR])
)
_MAKERS: Final[Mapping[FactKind, Maker]] = {
    FactKind.TEXT: _texts,
    FactKind.NUMBER: lambda _, setting: _amounts(setting, _DECIMALS),
    FactKind.MONEY: lambda _, setting: _amounts(
        setting, st.one_of(_DECIMALS, st.just("500000 yuan"), st.just(Decimal(0)))
    ),
    FactKind.BOOL: lambda *_: st.booleans(),
    FactKind.DATE: _known_dates,
    FactKind.DATETIME: lambda _, setting: _moments(setting.around),
    FactKind.DAYS: lambda *_: st.integers(0, 100),
    FactKind.PERIOD: lambda *_: _PERIODS,
    FactKind.CHOICE: lambda wanted, _: st.sampled_from(sorted(wanted.choices)),
    FactKind.TRACK: _addresses,
    FactKind.LIST: _items,
}
