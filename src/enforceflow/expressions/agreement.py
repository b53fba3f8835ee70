"""Which types go together."""

from __future__ import annotations

from typing import Final

from enforceflow.definitions.facts import FactKind, FactType
from enforceflow.expressions.flaws import KIND_TITLES, written
from enforceflow.expressions.typed import Constant, Typed
from enforceflow.texts import Bilingual, Phrase

ORDERED: Final = frozenset({FactKind.NUMBER, FactKind.MONEY, FactKind.DATE, FactKind.DATETIME, FactKind.DAYS})
_WORDS: Final = frozenset({FactKind.TEXT, FactKind.CHOICE})
_PLAIN: Final = ORDERED | _WORDS | {FactKind.BOOL}

LAY = Phrase(
    zh="期间先加在日期上再比较，如 at > on(file) + 6 months",
    en="lay the period on a date first: at > on(file) + 6 months",
)
WHICH_NUMBER = Phrase(
    zh="数与金额只有在数是写明的数或参数时才能相比、相加",
    en="a number goes with money only if it is written out or a parameter",
)


def agree(left: Typed, right: Typed) -> FactKind | None:
    """Return the kind in which two values may be compared; None if there is none."""
    one, two = left.type, right.type
    if one.kind is not two.kind:
        if {one.kind, two.kind} == {FactKind.NUMBER, FactKind.MONEY}:
            return FactKind.MONEY if number_as_money(left) and number_as_money(right) else None
        return FactKind.TEXT if {one.kind, two.kind} == _WORDS else None
    if one.kind is FactKind.CHOICE:
        return FactKind.TEXT if one.choices.keys() & two.choices.keys() else None
    if one.kind is FactKind.TRACK:
        return FactKind.TRACK if one.track == two.track or not (one.track and two.track) else None
    return one.kind if one.kind in _PLAIN else None


def number_as_money(value: Typed) -> bool:
    """Return whether `value` is money, or a number that may stand for it."""
    return value.type.kind is FactKind.MONEY or value.loose


def fits(value: Typed, wanted: FactKind) -> FactType | None:
    """Return the type that `value` has where `wanted` is expected; None if it does not fit."""
    if value.type.kind is wanted:
        return value.type
    if wanted is FactKind.MONEY and value.loose:
        return FactType(FactKind.MONEY)
    return FactType(FactKind.TEXT) if wanted is FactKind.TEXT and value.type.kind is FactKind.CHOICE else None


def hint(left: Typed, right: Typed) -> Bilingual | None:
    """Return what to write instead, where two values do not go together."""
    kinds = {left.type.kind, right.type.kind}
    if FactKind.PERIOD in kinds:
        return LAY()
    if kinds == {FactKind.NUMBER, FactKind.MONEY}:
        return WHICH_NUMBER()
    for one, other in ((left, right), (right, left)):
        of_days = one.type.kind is FactKind.NUMBER and other.type.kind in (FactKind.DAYS, FactKind.DATE)
        if of_days and isinstance(one, Constant):
            return written(f"{one.value} days")
    return None


def titles(left: Typed, right: Typed) -> dict[str, object]:
    """Return the names of both kinds, as the parts of a message."""
    return {"left": KIND_TITLES[left.type.kind], "right": KIND_TITLES[right.type.kind]}
