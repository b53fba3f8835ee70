"""How definitions point at acts, states, limits and lengths, and how these are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from enforceflow.definitions.periods import Dated, Period

_REFERENCE: Final = re.compile(r"([a-z][a-z0-9_]*\.)?[a-z][a-z0-9_]*", re.ASCII)


@attrs.frozen(order=True)
class ActRef:
    """An act on a track: `ActRef("file")` on one's own, `ActRef("pay", "receipt")` on any receipt, `"case"` above."""

    event: str
    track: str = ""

    @classmethod
    def parse(cls, text: str | ActRef) -> ActRef:
        """Read `file`, `receipt.pay` or `case.file`."""
        if isinstance(text, ActRef):
            return text
        track, _, event = text.rpartition(".")
        return cls(event, track)

    def __str__(self) -> str:
        return f"{self.track}.{self.event}" if self.track else self.event


@attrs.frozen(order=True)
class NameRef:
    """A state or a time limit, of one's own track or of another: `suspended`, `case.suspended`, `asset.valuing`."""

    name: str
    track: str = ""

    @classmethod
    def parse(cls, text: str | NameRef) -> NameRef:
        """Read `suspended` or `asset.valuing`."""
        if isinstance(text, NameRef):
            return text
        track, _, name = text.rpartition(".")
        return cls(name, track)

    def __str__(self) -> str:
        return f"{self.track}.{self.name}" if self.track else self.name


@attrs.frozen
class ByAct:
    """The day of an act, or with `fact` the date that the act carried."""

    act: ActRef
    fact: str = ""

    def __str__(self) -> str:
        return f"{self.act}.{self.fact}" if self.fact else str(self.act)


@attrs.frozen
class ByEnd:
    """The last day of another time limit (`end_of`), or the day after it (`day_after`)."""

    limit: NameRef
    next_day: bool = False

    def __str__(self) -> str:
        return f"{'day_after' if self.next_day else 'end_of'}: {self.limit}"


Anchor = ByAct | ByEnd


@attrs.frozen
class ByFact:
    """A length that an act carried: `detain.days`. The fact is days, a period or a date (the last day itself)."""

    event: str
    fact: str

    def __str__(self) -> str:
        return f"{self.event}.{self.fact}"


@attrs.frozen
class ByParameter:
    """A length that a parameter of the workflow gives."""

    name: str

    def __str__(self) -> str:
        return self.name


Length = Dated[Period] | ByFact | ByParameter


def _anchor(value: str | Anchor | ActRef) -> Anchor:
    if isinstance(value, ActRef):
        return ByAct(value)
    return ByAct(ActRef.parse(value)) if isinstance(value, str) else value


def as_anchors(values: str | Anchor | ActRef | Iterable[str | Anchor | ActRef]) -> tuple[Anchor, ...]:
    """Return one or several anchors as a tuple."""
    if isinstance(values, (str, ByAct, ByEnd, ActRef)):
        return (_anchor(values),)
    return tuple(_anchor(value) for value in values)


def _length(value: str | Period | Length) -> Length:
    if isinstance(value, Period):
        return Dated.always(value)
    if not isinstance(value, str):
        return value
    if not _REFERENCE.fullmatch(value):
        return Dated.always(Period.parse(value))
    event, _, name = value.rpartition(".")
    return ByFact(event, name) if event else ByParameter(name)


def as_maybe_length(value: str | Period | Length | None) -> Length | None:
    """Return a length as written, or None."""
    return None if value is None else _length(value)


def as_maybe_period(value: str | Period | None) -> Period | None:
    """Return a period, or None."""
    return None if value is None else Period.parse(value)


def as_names(values: str | Iterable[str]) -> tuple[str, ...]:
    """Return one or several names as a tuple."""
    return (values,) if isinstance(values, str) else tuple(values)


def as_acts(values: str | ActRef | Iterable[str | ActRef]) -> tuple[ActRef, ...]:
    """Return one or several acts as a tuple."""
    return (ActRef.parse(values),) if isinstance(values, (str, ActRef)) else tuple(map(ActRef.parse, values))


def as_refs(values: str | NameRef | Iterable[str | NameRef]) -> tuple[NameRef, ...]:
    """Return one or several references as a tuple."""
    return (NameRef.parse(values),) if isinstance(values, (str, NameRef)) else tuple(map(NameRef.parse, values))


def as_lengths(values: Mapping[str, str | Period | Length]) -> dict[str, Length]:
    """Return lengths by act."""
    return {act: _length(value) for act, value in values.items()}


def as_until(value: str | Period | ActRef | Iterable[str | Period | ActRef]) -> tuple[Period | ActRef, ...]:
    """Return the periods and acts that end a limit."""
    values = (value,) if isinstance(value, (str, Period, ActRef)) else tuple(value)
    return tuple(
        (Period.parse(item) if item[:1].isdigit() else ActRef.parse(item)) if isinstance(item, str) else item
        for item in values
    )


def settled(anchor: Anchor, events: set[str]) -> Anchor:
    """Return an anchor with `act.fact` told from `track.act`, by the events of the workflow itself."""
    if not isinstance(anchor, ByAct) or anchor.fact or not anchor.act.track:
        return anchor
    track, _, event = anchor.act.track.rpartition(".")
    if track:
        return ByAct(ActRef(event, track), anchor.act.event)
    return ByAct(ActRef(event), anchor.act.event) if event in events else anchor
