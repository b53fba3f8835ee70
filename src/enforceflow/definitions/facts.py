"""Facts: typed data that an act carries and a track keeps."""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

import attrs

from enforceflow.definitions.periods import Period, Unit
from enforceflow.errors import InvalidValue
from enforceflow.texts import Message, Phrase, Title

FactValue = str | int | Decimal | bool | date | datetime | Period | tuple["FactValue", ...]
Facts = Mapping[str, FactValue]


class FactKind(enum.StrEnum):
    """What sort of value a fact is."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    BOOL = "bool"
    DATE = "date"
    DATETIME = "datetime"
    DAYS = "days"
    PERIOD = "period"
    CHOICE = "choice"
    TRACK = "track"
    LIST = "list"


@attrs.frozen
class FactType:
    """The type of a fact.

    `choices` are the values of a choice with their titles, `track` is the name of the tracks that a track fact
    points to, `item` is the type of the items of a list.
    """

    kind: FactKind = attrs.field(converter=FactKind)
    choices: Mapping[str, Title] = attrs.field(factory=dict, hash=False)
    track: str = ""
    item: FactType | None = None

    def __str__(self) -> str:
        if self.item is not None:
            return f"list of {self.item}"
        return f"track of {self.track}" if self.track else str(self.kind)


def as_fact_type(value: FactType | FactKind | str) -> FactType:
    """Return a fact's type, from its kind alone if that says it all."""
    return value if isinstance(value, FactType) else FactType(value)


YEARS: Final = range(1900, 2200)
"""The years in which acts and the dates that they carry may lie."""

_DATE: Final = len("2026-01-05")
_MOST_TEXT: Final = 10_000
_MOST_ITEMS: Final = 1_000
_MOST_DIGITS: Final = 24
_MOST_PLACES: Final = 12
_MOST: Final = Decimal(10) ** _MOST_DIGITS
_MONEY: Final = re.compile(r"\s*(-?[0-9][0-9,]{0,30}(?:\.[0-9]{1,12})?)\s*(?:yuan|元)?\s*", re.ASCII)
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9_]*/[^\s/]{1,100}")

MISTYPED = Phrase(zh="{value} 不是{wanted}", en="{value} is not {wanted}")
_WANTED: Final = {
    FactKind.TEXT: Title("文本", "text of at most 10,000 characters"),
    FactKind.NUMBER: Title("数（整数或十进制小数，不收浮点数）", "a number (int, Decimal or text, no float)"),
    FactKind.MONEY: Title(
        "金额（如 500000 或 500000.00 yuan）", "an amount of money (such as 500000 or 500000.00 yuan)"
    ),
    FactKind.BOOL: Title("是或否（true / false）", "true or false"),
    FactKind.DATE: Title("1900至2199年间的日期（如 2026-01-05）", "a date from 1900 to 2199 (such as 2026-01-05)"),
    FactKind.DATETIME: Title(
        "1900至2199年间的日期时间（如 2026-01-05T10:30）",
        "a date with a time from 1900 to 2199 (such as 2026-01-05T10:30)",
    ),
    FactKind.DAYS: Title("天数（如 15 或 15 days）", "a number of days (such as 15 or 15 days)"),
    FactKind.PERIOD: Title("期间（如 6 months）", "a period (such as 6 months)"),
    FactKind.TRACK: Title("事项地址（如 asset/A1）", "the address of a track (such as asset/A1)"),
    FactKind.LIST: Title("列表（至多 1000 项）", "a list of at most 1,000 items"),
    FactKind.CHOICE: Title("可选值之一", "one of the choices"),
}


def is_address(text: object) -> bool:
    """Return whether a text is the address of a track: a name, a stroke and an id without blanks."""
    return isinstance(text, str) and _ADDRESS.fullmatch(text) is not None


def coerce(value: object, wanted: FactType) -> FactValue:
    """Return `value` as the plain Python value of its type.

    Text is read (`"500000 yuan"`, `"2026-01-05"`), pendulum's dates become the standard library's, money and
    numbers become `Decimal`. Raises `InvalidValue` for anything else, floats among it.
    """
    reader = _READERS[wanted.kind]
    try:
        read = reader(value, wanted)
    except (ValueError, TypeError, InvalidOperation, OverflowError):
        read = None
    if read is None or (isinstance(read, date) and read.year not in YEARS):
        raise InvalidValue(MISTYPED(value=_shown(value), wanted=_wanted(wanted)))
    return read


def _shown(value: object) -> str:
    if isinstance(value, int) and not -_MOST < value < _MOST:
        return "…"
    return repr(value)[:60]


def _wanted(wanted: FactType) -> Title | Message:
    if wanted.kind is FactKind.CHOICE:
        return Phrase(zh="{names} 之一", en="one of {names}")(names=tuple(wanted.choices))
    return _WANTED[wanted.kind]


def _text(value: object, _: FactType) -> str | None:
    if not isinstance(value, str) or len(value) > _MOST_TEXT:
        return None
    strange = any(unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\r\t" for one in value)
    return None if strange else value


def _decimal(text: str) -> Decimal | None:
    number = Decimal(text.replace(",", ""))
    if not number.is_finite() or abs(number) >= _MOST or len(number.as_tuple().digits) > _MOST_DIGITS:
        return None
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -_MOST_PLACES:
        return None
    return number if exponent <= 0 else number.quantize(Decimal(1))


def _number(value: object, _: FactType) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
        return None
    if isinstance(value, str) and not re.fullmatch(r"-?[0-9]{1,24}(\.[0-9]{1,12})?", value.strip(), re.ASCII):
        return None
    if isinstance(value, int) and abs(value) >= 10**_MOST_DIGITS:
        return None
    return _decimal(str(value).strip())


def _money(value: object, wanted: FactType) -> Decimal | None:
    if isinstance(value, str):
        match = _MONEY.fullmatch(value)
        return _decimal(match[1]) if match else None
    return _number(value, wanted)


def _bool(value: object, _: FactType) -> bool | None:
    return {"true": True, "false": False}.get(value) if isinstance(value, str) else _as_bool(value)


def _as_bool(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _is_day(text: str) -> bool:
    """Return whether a text is written as a day of a month; a week's day (2026-W01-1) is not meant."""
    return len(text) == _DATE and text[4] == text[7] == "-"


def _date(value: object, _: FactType) -> date | None:
    if isinstance(value, datetime):
        return None
    if isinstance(value, date):
        return value if type(value) is date else date(value.year, value.month, value.day)
    return date.fromisoformat(value) if isinstance(value, str) and _is_day(value) else None


def _datetime(value: object, _: FactType) -> datetime | None:
    read = datetime.fromisoformat(value) if isinstance(value, str) and len(value) > _DATE else value
    if not isinstance(read, datetime):
        return None
    return datetime(
        read.year, read.month, read.day, read.hour, read.minute, read.second, tzinfo=read.tzinfo, fold=read.fold
    )


def _days(value: object, _: FactType) -> int | None:
    if isinstance(value, str):
        value = int(value) if re.fullmatch(r"[0-9]{1,6}", value, re.ASCII) else Period.parse(value)
    if isinstance(value, Period):
        return value.amount if value.unit is Unit.DAY else None
    return Period(value, Unit.DAY).amount if isinstance(value, int) and not isinstance(value, bool) else None


def _period(value: object, _: FactType) -> Period | None:
    return Period.parse(value) if isinstance(value, (str, Period)) else None


def _choice(value: object, wanted: FactType) -> str | None:
    return value if isinstance(value, str) and value in wanted.choices else None


def _track(value: object, wanted: FactType) -> str | None:
    if not isinstance(value, str) or not is_address(value):
        return None
    return value if not wanted.track or value.startswith(f"{wanted.track}/") else None


def _list(value: object, wanted: FactType) -> tuple[FactValue, ...] | None:
    if wanted.item is None or not isinstance(value, (list, tuple)) or len(value) > _MOST_ITEMS:
        return None
    return tuple(coerce(item, wanted.item) for item in value)


_READERS: Final = {
    FactKind.TEXT: _text,
    FactKind.NUMBER: _number,
    FactKind.MONEY: _money,
    FactKind.BOOL: _bool,
    FactKind.DATE: _date,
    FactKind.DATETIME: _datetime,
    FactKind.DAYS: _days,
    FactKind.PERIOD: _period,
    FactKind.CHOICE: _choice,
    FactKind.TRACK: _track,
    FactKind.LIST: _list,
}
