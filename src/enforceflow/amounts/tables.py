"""Numbers of law with their sources, by the day from which they hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import attrs

from enforceflow.errors import InvalidValue
from enforceflow.texts import Phrase

NO_RULE = Phrase(
    zh="{day}尚无此项规定；最早自{first}起施行", en="no rule was in force on {day}: the first is of {first}"
)


@attrs.frozen
class Number:
    """A number that a provision sets, in force from the day `since` until the next one of its table.

    It is not `verified` where the text, or its number and date, was not read at the source.
    """

    since: date
    value: Decimal
    source: str
    verified: bool = True


def in_force(table: Sequence[Number], day: date) -> Number:
    """Return the number in force on `day` of a table ordered by date; raise `InvalidValue` before the first."""
    found = [number for number in table if number.since <= day]
    if not found:
        raise InvalidValue(NO_RULE(day=day, first=table[0].since))
    return found[-1]
