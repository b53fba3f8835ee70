"""From text to a value: flags, whole numbers, dates, periods and what a parameter may be."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from enforceflow.definitions.facts import FactKind, FactType, FactValue, coerce
from enforceflow.definitions.periods import Dated, Period
from enforceflow.errors import InvalidValue
from enforceflow.reading.marked import Mapping, Node, Null, Scalar, Sequence
from enforceflow.reading.report import Report, shown
from enforceflow.texts import Message, Phrase, Title

T = TypeVar("T")
_FLAGS: Final = {"true": True, "false": False}
_MEANT: Final = {
    "yes": "true",
    "on": "true",
    "y": "true",
    "1": "true",
    "no": "false",
    "off": "false",
    "n": "false",
    "0": "false",
}
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_PERCENT: Final = re.compile(r"(-?[0-9]{1,20}(?:\.[0-9]{1,12})?)\s*%", re.ASCII)
_WHOLE: Final = re.compile(r"[0-9]{1,9}", re.ASCII)
_MONEY: Final = FactType(FactKind.MONEY)

TEXT = Title("文字", "text")
A_LIST = Title("列表", "a list")
A_MAPPING = Title("“键: 值”", "keys and values")
NOTHING = Title("空白", "nothing")
FLAG = Title("“true”或“false”", "true or false")
WHOLE = Title("整数", "a whole number")
A_DATE = Title("日期（如 2026-01-05）", "a date (such as 2026-01-05)")
VALUE = Title(
    "数值；请写作 20000 yuan、70%、3、15 days、2026-01-05 或 true",
    "a value; write 20000 yuan, 70%, 3, 15 days, 2026-01-05 or true",
)
WANTED = Phrase(zh="此处应为{wanted}，而非{found}", en="this should be {wanted}, not {found}")
IS_NOT = Phrase(zh="“{text}”不是{wanted}", en="{text!s} is not {wanted}")
WRITE = Phrase(zh="请写 {word}", en="write {word!s}")
UNQUOTED = Phrase(zh="请去掉引号", en="write it without quotation marks")


def kind_of(node: Node) -> Title:
    """Return what a node is, in words."""
    kinds: dict[type, Title] = {Scalar: TEXT, Sequence: A_LIST, Mapping: A_MAPPING, Null: NOTHING}
    return kinds[type(node)]


def wrong_kind(node: Node, wanted: Title | Message, report: Report) -> None:
    """Note that something else than `node` is expected."""
    report.at(node, WANTED(wanted=wanted, found=kind_of(node)))


def text(node: Node, report: Report) -> str | None:
    """Read text."""
    if isinstance(node, Scalar):
        return node.text
    wrong_kind(node, TEXT, report)
    return None


def flag(node: Node, report: Report) -> bool | None:
    """Read `true` or `false`, nothing else."""
    written = text(node, report)
    if not isinstance(node, Scalar) or written is None:
        return None
    if node.plain and written in _FLAGS:
        return _FLAGS[written]
    lowered = written.lower()
    word = lowered if lowered in _FLAGS else _MEANT.get(lowered)
    suggested = UNQUOTED() if written in _FLAGS else WRITE(word=word) if word else None
    report.at(node, IS_NOT(text=shown(written), wanted=FLAG), suggested)
    return None


def whole(node: Node, report: Report) -> int | None:
    """Read a whole number of at most nine digits."""
    written = text(node, report)
    if written is None or _WHOLE.fullmatch(written):
        return None if written is None else int(written)
    report.at(node, IS_NOT(text=shown(written), wanted=WHOLE))
    return None


def day(node: Node, report: Report) -> date | None:
    """Read a date such as 2026-01-05."""
    written = text(node, report)
    found = None if written is None else date_of(written)
    if written is not None and found is None:
        report.at(node, IS_NOT(text=shown(written), wanted=A_DATE))
    return found


def date_of(written: str) -> date | None:
    """Return the date that is written, if one is."""
    try:
        return date.fromisoformat(written) if _DATE.fullmatch(written) else None
    except ValueError:
        return None


def period(node: Node, report: Report) -> Period | None:
    """Read a period such as 15 days."""
    written = text(node, report)
    try:
        return None if written is None else Period.parse(written)
    except InvalidValue as error:
        report.invalid(node, error)
        return None


def value(node: Node, report: Report) -> FactValue | Period | None:
    """Read what a parameter may be, typed by its look."""
    written = text(node, report)
    if written is None:
        return None
    found = _value_of(written.strip())
    if found is None:
        report.at(node, IS_NOT(text=shown(written), wanted=VALUE))
    return found


def _value_of(written: str) -> FactValue | Period | None:
    if written in _FLAGS:
        return _FLAGS[written]
    if percent := _PERCENT.fullmatch(written):
        return Decimal(percent[1]) / 100
    if _DATE.fullmatch(written):
        return date_of(written)
    for read in (Period.parse, lambda one: coerce(one, _MONEY)):
        try:
            return read(written)
        except InvalidValue:
            continue
    return None


def dated(node: Mapping, read: Callable[[Node, Report], T | None], report: Report) -> Dated[T] | None:
    """Read `{2015-02-04: …, 2020-01-01: …}`, values by their date of effect."""
    found: list[tuple[date, T]] = []
    for key, child in node.values.items():
        effective, one = day(node.keys[key], report), read(child, report)
        if effective is None or one is None:
            return None
        found.append((effective, one))
    return Dated(tuple(sorted(found, key=lambda pair: pair[0])))
