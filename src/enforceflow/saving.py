"""Saving: a case as plain JSON, in a versioned form, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

import attrs

from enforceflow.cases.case import Case, Origin, Pin
from enforceflow.cases.journal import BAD_LINK, NO_ANSWERS, NO_FACTS, Entry, Frozen, Link, LinkKind, Moment
from enforceflow.definitions.facts import YEARS, Facts, FactValue
from enforceflow.definitions.periods import Period
from enforceflow.engine.engine import Engine
from enforceflow.errors import Problem, SavedFormError
from enforceflow.texts import Phrase

FORM: Final = 1
"""The version of the saved form that this library writes."""

Plain = dict[str, object]

TOO_NEW: Final = Phrase(
    zh="保存格式为第 {form} 版，本库至多能读第 {own} 版；请升级 enforceflow",
    en="the case is saved in form {form}, this library reads up to {own}; upgrade enforceflow",
)
NO_FORM: Final = Phrase(zh="没有说明保存格式的版本（form）", en="it does not say which form it is saved in (form)")
NOT_A_CASE: Final = Phrase(zh="不是保存的案件", en="it is no saved case")
DAMAGED: Final = Phrase(zh="“{key}”缺失或不可读", en="{key!s} is missing or cannot be read")

_UPGRADES: Final[Mapping[int, Callable[[Plain], Plain]]] = {}
"""Of each older form, the step to the next."""


def to_plain(case: Case) -> Plain:
    """Return a case as dicts, lists, strings, integers and booleans, ready for JSON.

    What is at its default is left out. Money and numbers are strings, so that nothing is rounded.
    """
    pin = case.pin
    plain: Plain = {
        "form": FORM,
        "number": case.number,
        "workflow": {"name": pin.name, "edition": pin.edition, "digest": pin.digest, "values": sorted(pin.values)},
        "entries": [_entry_to_plain(entry) for entry in case.journal],
    }
    if case.origin is not None:
        plain["origin"] = {"number": case.origin.number, "tracks": list(case.origin.tracks)}
    return plain


def from_plain(plain: object, engine: Engine) -> Case:
    """Return the case that `to_plain` wrote, checked against the engine's workflow; no rule is asked.

    Raises `SavedFormError` with all that is wrong: a form newer than the library, anything missing or unreadable, an
    edition that is not the engine's, each entry that does not follow. (`read_plain` and `Engine.migrate` move a case
    to another edition.)
    """
    return engine.fit(read_plain(plain))


def read_plain(plain: object) -> Case:
    """Return the case that `to_plain` wrote, read but not checked against any workflow.

    An older form is stepped up first. Raises `SavedFormError` with all that is missing or unreadable, each entry by its
    position.
    """
    upgraded = _upgraded(plain)
    problems: list[Problem] = []
    number = _Row(upgraded, "", problems).text("number")
    pin = _pin(upgraded.get("workflow"), problems)
    origin = _origin(upgraded.get("origin"), problems)
    rows = upgraded.get("entries")
    if not isinstance(rows, list):
        problems.append(Problem(DAMAGED(key="entries")))
        rows = []
    entries = [_entry(row, position, problems) for position, row in enumerate(rows)]
    if problems:
        raise SavedFormError(problems)
    return Case.of(number, pin, entries, origin)


def _upgraded(plain: object) -> Plain:
    if not isinstance(plain, dict):
        raise SavedFormError([Problem(NOT_A_CASE())])
    form = plain.get("form")
    if not isinstance(form, int) or isinstance(form, bool) or form < 1:
        raise SavedFormError([Problem(NO_FORM())])
    if form > FORM:
        raise SavedFormError([Problem(TOO_NEW(form=form, own=FORM))])
    for older in range(form, FORM):
        plain = _UPGRADES[older](plain)
    return plain


def _entry_to_plain(entry: Entry) -> Plain:
    plain: Plain = {"event": entry.event, "at": _written(entry.at), "state": entry.state}
    if entry.recorded_at != entry.at:
        plain["recorded_at"] = _written(entry.recorded_at)
    if entry.transition != entry.event:
        plain["transition"] = entry.transition
    for name in ("track", "kind", "by", "role"):
        if getattr(entry, name):
            plain[name] = getattr(entry, name)
    if entry.facts:
        plain["facts"] = {name: _fact_to_plain(value) for name, value in entry.facts.items()}
    if entry.answers:
        plain["answers"] = dict(entry.answers)
    if entry.derived:
        plain["derived"] = True
    if entry.link is not None:
        plain["link"] = {"kind": str(entry.link.kind), "entry": entry.link.entry, "reason": entry.link.reason}
    return plain


def _fact_to_plain(value: FactValue) -> object:
    """Return a fact with its type said where JSON would lose it: `{"number": "500000.00"}`."""
    if isinstance(value, (bool, str, int)):
        return value
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, datetime):
        return {"datetime": _written(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Period):
        return {"period": str(value)}
    return [_fact_to_plain(item) for item in value]


def _fact(plain: object, depth: int = 0) -> FactValue:
    if isinstance(plain, (bool, str, int)):
        return plain
    if isinstance(plain, list) and depth < _DEPTH:
        return tuple(_fact(item, depth + 1) for item in plain)
    if isinstance(plain, dict) and len(plain) == 1:
        ((kind, text),) = plain.items()
        if kind in _FACTS and isinstance(text, str):
            return _FACTS[kind](text)
    raise ValueError(plain)


def _decimal(text: str) -> Decimal:
    if len(text) > _MOST_DIGITS or not (number := Decimal(text)).is_finite():
        raise ValueError(text)
    return number


def _written(moment: Moment) -> str:
    """Return a moment as ISO text, a time of day with its offset and zone (RFC 9557)."""
    zone = getattr(moment.tzinfo, "key", None) if isinstance(moment, datetime) else None
    return moment.isoformat() if zone is None else f"{moment.isoformat()}[{zone}]"


def _aware(text: str) -> datetime:
    stamp, _, zone = text.removesuffix("]").partition("[")
    read = datetime.fromisoformat(stamp)
    if read.tzinfo is None:
        raise ValueError(text)
    try:
        return read.astimezone(ZoneInfo(zone)) if zone else read
    except (KeyError, OSError):
        raise ValueError(text) from None


def _read_moment(text: str) -> Moment:
    read = date.fromisoformat(text) if len(text) == _DATE else _aware(text)
    if read.year not in YEARS:
        raise ValueError(text)
    return read


_MOST_DIGITS: Final = 40
_DEPTH: Final = 4
_FACTS: Final[Mapping[str, Callable[[str], FactValue]]] = {
    "number": _decimal,
    "datetime": _aware,
    "date": date.fromisoformat,
    "period": Period.parse,
}


@attrs.frozen
class _Row:
    """A mapping read key by key; what cannot be read is noted as a problem at `where`."""

    values: Plain
    where: str
    problems: list[Problem]

    def refuse(self, key: str) -> None:
        self.problems.append(Problem(DAMAGED(key=key), path=(self.where,) if self.where else ()))

    def text(self, key: str, otherwise: str | None = None) -> str:
        value = self.values.get(key, otherwise)
        if not isinstance(value, str):
            self.refuse(key)
            return ""
        return value

    def moment(self, key: str, otherwise: Moment | None = None) -> Moment:
        if key not in self.values and otherwise is not None:
            return otherwise
        text = self.values.get(key)
        try:
            return _read_moment(text) if isinstance(text, str) else self._no_moment(key)
        except ValueError:
            return self._no_moment(key)

    def _no_moment(self, key: str) -> date:
        self.refuse(key)
        return date.min

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.values.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.refuse(key)
            return ()
        return tuple(values)

    def facts(self) -> Facts:
        plain = self.values.get("facts", {})
        try:
            read = {str(name): _fact(value) for name, value in plain.items()} if isinstance(plain, dict) else None
        except (ValueError, ArithmeticError):
            read = None
        if read is None:
            self.refuse("facts")
        return Frozen(read) if read else NO_FACTS

    def answers(self) -> Frozen[str, bool]:
        plain = self.values.get("answers", {})
        if not isinstance(plain, dict) or not all(isinstance(answer, bool) for answer in plain.values()):
            self.refuse("answers")
            return NO_ANSWERS
        return Frozen(plain) if plain else NO_ANSWERS

    def link(self, position: int) -> Link | None:
        plain = self.values.get("link")
        if plain is None:
            return None
        try:
            link = Link(LinkKind(plain["kind"]), plain["entry"], plain["reason"])  # type: ignore[index]
        except (TypeError, KeyError, ValueError):
            link = None
        if link is None or type(link.entry) is not int or not isinstance(link.reason, str):
            self.refuse("link")
        elif not 0 <= link.entry < position:
            self.problems.append(Problem(BAD_LINK(target=link.entry), path=(self.where,)))
        return link


_DATE: Final = len("2026-01-05")


def _entry(plain: object, position: int, problems: list[Problem]) -> Entry:
    row = _Row(plain if isinstance(plain, dict) else {}, f"entries.{position}", problems)
    event = row.text("event")
    at = row.moment("at")
    return Entry(
        event,
        at,
        row.text("track", ""),
        row.text("state"),
        row.text("transition", event),
        row.moment("recorded_at", at),
        row.text("kind", ""),
        row.text("by", ""),
        row.text("role", ""),
        row.facts(),
        row.answers(),
        row.values.get("derived") is True,
        row.link(position),
    )


def _pin(plain: object, problems: list[Problem]) -> Pin:
    row = _Row(plain if isinstance(plain, dict) else {}, "workflow", problems)
    return Pin(row.text("name"), row.text("edition"), row.text("digest"), frozenset(row.texts("values")))


def _origin(plain: object, problems: list[Problem]) -> Origin | None:
    if plain is None:
        return None
    row = _Row(plain if isinstance(plain, dict) else {}, "origin", problems)
    return Origin(row.text("number"), row.texts("tracks"))
