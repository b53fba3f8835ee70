"""Values as they are written in an expression."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from enforceflow.definitions.facts import FactKind
from enforceflow.definitions.periods import Period, Unit
from enforceflow.errors import InvalidValue, suggestion
from enforceflow.expressions.flaws import flawed, written
from enforceflow.expressions.lexing import Kind, Token
from enforceflow.expressions.syntax import Written
from enforceflow.texts import Phrase

MOST_DIGITS: Final = 24
MONEY_UNITS: Final = ("yuan", "元")
_UNITS: Final = {form: unit for unit in Unit for form in (str(unit), f"{unit}s")}
UNIT_NAMES: Final = ("yuan", *(f"{unit}s" for unit in Unit))
_NUMBER: Final = re.compile(r"[0-9]+(\.[0-9]+)?", re.ASCII)
_NUMBER_AND_UNIT: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)([A-Za-z]+)", re.ASCII)

NOT_A_NUMBER = Phrase(zh="{text} 不是数", en="{text} is not a number")
TOO_MANY_DIGITS = Phrase(zh="数至多{most}位", en="a number has at most {most} digits")
NOT_A_DATE = Phrase(zh="{text} 不是日期", en="{text} is not a date")
NOT_A_UNIT = Phrase(zh="没有单位 {text}", en="there is no unit {text}")
NOT_WHOLE = Phrase(zh="期间须为整数：{text}", en="a period is a whole number: {text}")


def number(token: Token) -> Decimal:
    """Return the number that a NUMBER token writes."""
    if not _NUMBER.fullmatch(token.text):
        apart = _NUMBER_AND_UNIT.fullmatch(token.text[:40])
        raise flawed(
            NOT_A_NUMBER(text=token.text[:40]), token.offset, written(f"{apart[1]} {apart[2]}") if apart else None
        )
    if len(token.text.replace(".", "")) > MOST_DIGITS:
        raise flawed(TOO_MANY_DIGITS(most=MOST_DIGITS), token.offset)
    return Decimal(token.text)


def quantity(token: Token, unit: Token) -> Written:
    """Return what a NUMBER token and the unit after it write: money, days or a period."""
    amount = number(token)
    if unit.text in MONEY_UNITS:
        return Written(token.offset, amount, FactKind.MONEY)
    if unit.text not in _UNITS:
        raise flawed(NOT_A_UNIT(text=unit.text[:40]), unit.offset, suggestion(unit.text, UNIT_NAMES))
    if "." in token.text:
        raise flawed(NOT_WHOLE(text=token.text), token.offset)
    try:
        period = Period(int(amount), _UNITS[unit.text])
    except InvalidValue as error:
        raise flawed(error.message, token.offset) from None
    if period.unit is Unit.DAY:
        return Written(token.offset, period.amount, FactKind.DAYS)
    return Written(token.offset, period, FactKind.PERIOD)


def single(token: Token) -> Written | None:
    """Return what one token writes by itself; None if it is no value."""
    if token.kind is Kind.NUMBER:
        return Written(token.offset, number(token), FactKind.NUMBER)
    if token.kind is Kind.DATE:
        return Written(token.offset, _day(token), FactKind.DATE)
    if token.kind is Kind.TEXT:
        return Written(token.offset, token.text[1:-1], FactKind.TEXT)
    if token.kind is Kind.NAME and token.text in ("true", "false"):
        return Written(token.offset, token.text == "true", FactKind.BOOL)
    return None


def _day(token: Token) -> date:
    try:
        return date.fromisoformat(token.text)
    except ValueError:
        raise flawed(NOT_A_DATE(text=token.text[:40]), token.offset, written("2026-01-05")) from None
