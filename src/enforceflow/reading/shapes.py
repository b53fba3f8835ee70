"""How each shape of the field table is read: one function a shape."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as Table
from typing import Final, TypeVar

from enforceflow.definitions import (
    ActRef,
    Anchor,
    ByAct,
    ByEnd,
    ByFact,
    ByParameter,
    ExtensionCap,
    Length,
    NameRef,
)
from enforceflow.definitions.facts import FactKind, FactType
from enforceflow.definitions.periods import Dated, Period
from enforceflow.reading import scalars
from enforceflow.reading.marked import Mapping, Node, Scalar, Sequence
from enforceflow.reading.report import Report, shown
from enforceflow.texts import Phrase, Title

T = TypeVar("T")
_REFERENCE: Final = re.compile(r"([a-z][a-z0-9_]*\.)?[a-z][a-z0-9_]*", re.ASCII)

KEY: Final = Title("键", "key")
MISSING = Phrase(zh="缺少 {key}", en="{key!s} is missing")
EITHER = Phrase(zh="{one} 与 {other} 应写其一", en="write either {one!s} or {other!s}")
NOT_EMPTY = Phrase(zh="此处不能为空", en="this cannot be empty")
_ANCHOR: Final = Title("行为、end_of 或 day_after", "an act, end_of or day_after")
_LENGTH: Final = Title("期间", "a period")
_FACT_TYPE: Final = Title("事实类型", "type of fact")
_NO_LISTS: Final = Phrase(zh="列表的各项不能再是列表", en="the items of a list cannot be lists")
_ONLY_FOR: Final = Phrase(zh="{key} 只用于 type: {kind}", en="{key!s} belongs to type: {kind!s} only")


def several(one: Callable[[Node, Report], T | None]) -> Callable[[Node, Report], tuple[T, ...] | None]:
    """Return a reader of one thing or a list of them."""

    def read(node: Node, report: Report) -> tuple[T, ...] | None:
        items = node.items if isinstance(node, Sequence) else [node]
        found = [one(item, report) for item in items]
        return tuple(item for item in found if item is not None) or None

    return read


def _act(node: Node, report: Report) -> ActRef | None:
    written = scalars.text(node, report)
    return None if written is None else ActRef.parse(written)


def _name(node: Node, report: Report) -> NameRef | None:
    written = scalars.text(node, report)
    return None if written is None else NameRef.parse(written)


def _anchor(node: Node, report: Report) -> Anchor | None:
    if isinstance(node, Scalar):
        return ByAct(ActRef.parse(node.text))
    if not isinstance(node, Mapping) or len(node.values) != 1:
        scalars.wrong_kind(node, _ANCHOR, report)
        return None
    [(key, value)] = node.values.items()
    if key not in ("end_of", "day_after"):
        report.unknown(node.keys[key], KEY, key, ("end_of", "day_after"))
        return None
    limit = _name(value, report)
    return None if limit is None else ByEnd(limit, next_day=key == "day_after")


def _until(node: Node, report: Report) -> Period | ActRef | None:
    if isinstance(node, Scalar) and node.text[:1].isdigit():
        return scalars.period(node, report)
    return _act(node, report)


def _length(node: Node, report: Report) -> Length | None:
    if isinstance(node, Mapping) and node.values:
        return scalars.dated(node, scalars.period, report)
    if not isinstance(node, Scalar):
        scalars.wrong_kind(node, _LENGTH, report)
        return None
    if not _REFERENCE.fullmatch(node.text):
        found = scalars.period(node, report)
        return None if found is None else Dated.always(found)
    event, _, name = node.text.rpartition(".")
    return ByFact(event, name) if event else ByParameter(name)


def entries(node: Node, report: Report) -> list[tuple[Scalar, Node]]:
    """Return keys and values of a mapping; note it if it is none."""
    if isinstance(node, Mapping):
        return [(node.keys[key], value) for key, value in node.values.items()]
    scalars.wrong_kind(node, scalars.A_MAPPING, report)
    return []


def _extensions(node: Node, report: Report) -> dict[str, Length] | None:
    read = {key.text: _length(value, report) for key, value in entries(node, report)}
    return {act: length for act, length in read.items() if length is not None}


def _cap(node: Node, report: Report) -> ExtensionCap | None:
    times, total = None, None
    for key, value in entries(node, report):
        if key.text == "times":
            times = scalars.whole(value, report)
        elif key.text == "total":
            total = scalars.period(value, report)
        else:
            report.unknown(key, KEY, key.text, ("times", "total"))
    return ExtensionCap(times, total)


def maybe_title(node: Node, report: Report) -> Title | None:
    """Return the title that a mapping of its own holds, or None if it is no mapping."""
    for key, _ in entries(node, report):
        if key.text not in ("zh", "en"):
            report.unknown(key, KEY, key.text, ("zh", "en"))
    return title(node, report) if isinstance(node, Mapping) else None


def title(node: Mapping, report: Report) -> Title:
    """Read the two sibling keys zh and en."""
    return Title(_tongue(node, "zh", report), _tongue(node, "en", report))


def _tongue(node: Mapping, key: str, report: Report) -> str:
    if key not in node.values:
        report.at(node, MISSING(key=key))
        return ""
    written = scalars.text(node.values[key], report)
    if written is not None and not written.strip():
        report.at(node.values[key], NOT_EMPTY())
    return written or ""


def values(node: Mapping, report: Report) -> Dated[object]:
    """Read `value: 20000 yuan` or `values: {2015-02-04: 1 year}`."""
    single, by_date = node.values.get("value"), node.values.get("values")
    read: Dated[object] | None = None
    if single is not None:
        one = scalars.value(single, report)
        read = None if one is None else Dated.always(one)
        if by_date is not None:
            report.at(by_date, EITHER(one="value", other="values"))
    elif by_date is None:
        report.at(node, EITHER(one="value", other="values"))
    elif isinstance(by_date, Mapping) and by_date.values:
        read = scalars.dated(by_date, scalars.value, report)
    else:
        scalars.wrong_kind(by_date, scalars.A_MAPPING, report)
    return read or Dated(())


def fact_type(node: Mapping, report: Report) -> FactType:
    """Read `type: money` with its siblings `choices`, `track` and `item`."""
    kind = _kind(node, "type", report)
    item = _kind(node, "item", report) if kind is FactKind.LIST else None
    if item is FactKind.LIST:
        report.at(node.values["item"], _NO_LISTS())
        item = None
    of = FactKind.LIST if item is None and kind is FactKind.LIST else item or kind
    choices = _choices(node, report) if of is FactKind.CHOICE else {}
    track = _track(node, report) if of is FactKind.TRACK else ""
    for key, wanted in (("choices", FactKind.CHOICE), ("track", FactKind.TRACK)):
        if key in node.values and of not in (wanted, FactKind.LIST):
            report.at(node.keys[key], _ONLY_FOR(key=key, kind=wanted))
    if "item" in node.values and kind is not FactKind.LIST:
        report.at(node.keys["item"], _ONLY_FOR(key="item", kind=FactKind.LIST))
    simple = FactType(of, choices, track)
    return FactType(FactKind.LIST, item=simple) if item is not None else simple


def _kind(node: Mapping, key: str, report: Report) -> FactKind:
    known = tuple(kind.value for kind in FactKind)
    if key not in node.values:
        report.at(node, MISSING(key=key))
        return FactKind.TEXT
    written = scalars.text(node.values[key], report)
    if written is not None and written not in known:
        report.unknown(node.values[key], _FACT_TYPE, written, known)
    return FactKind(written) if written in known else FactKind.TEXT


def _track(node: Mapping, report: Report) -> str:
    return scalars.text(node.values["track"], report) or "" if "track" in node.values else ""


def _choices(node: Mapping, report: Report) -> dict[str, Title]:
    if "choices" not in node.values:
        report.at(node, MISSING(key="choices"))
        return {}
    found = {}
    for key, value in entries(node.values["choices"], report):
        named = maybe_title(value, report)
        found[key.text] = named or Title(shown(key.text), shown(key.text))
    return found


# A list of names by whatever they name, each a text for the checks to look up.
_names = several(scalars.text)
_acts = several(_act)
_refs = several(_name)
_anchors = several(_anchor)
ALONE: Final[Table[str, Callable[[Node, Report], object]]] = {
    "text": scalars.text,
    "expression": scalars.text,
    "guard": scalars.text,
    "name": scalars.text,
    "state": scalars.text,
    "stage": scalars.text,
    "event": scalars.text,
    "role": scalars.text,
    "act|old_end": scalars.text,
    "not_counted|counted": scalars.text,
    "next_hour|minute": scalars.text,
    "after|on": scalars.text,
    "flag": scalars.flag,
    "period": scalars.period,
    "length": _length,
    "states": _names,
    "tracks": _names,
    "roles": _names,
    "facts": _names,
    "effects": _names,
    "events": _names,
    "acts": _acts,
    "state_refs": _refs,
    "limits": _refs,
    "anchors": _anchors,
    "until": several(_until),
    "extensions": _extensions,
    "cap": _cap,
    "maybe_title": maybe_title,
}
# Shapes that are several sibling keys.
TOGETHER: Final[Table[str, tuple[tuple[str, ...], Callable[[Mapping, Report], object]]]] = {
    "title": (("zh", "en"), title),
    "type": (("type", "choices", "track", "item"), fact_type),
    "values": (("value", "values"), values),
}
