"""Questions about all tracks of one name: any, all, count, sum."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from enforceflow.definitions.facts import FactKind
from enforceflow.expressions.arithmetic import added
from enforceflow.expressions.typed import Aggregate, Answer, Evaluate, Frame


def aggregate(node: Aggregate, field: Evaluate | None, where: Evaluate | None) -> Evaluate:
    """Return the function that asks all tracks `node` is about."""
    inner = _inner_frames(node.track, deep=node.depth > 0)
    if node.how in ("any", "all"):
        return _decided(inner, where or _always, decisive=node.how == "any")
    if field is None:
        return _counted(inner, where or _always)
    return _summed(inner, field, where or _always, whole=node.type.kind is FactKind.DAYS)


def _always(_: Frame) -> bool:
    return True


def _inner_frames(track: str, *, deep: bool) -> Callable[[Frame], Iterator[Frame]]:
    """Return what yields the frame of each track: the frame around, and the track."""
    if deep:
        return lambda frame: ((*frame, context) for context in frame[0].tracks(track))
    return lambda frame: ((frame, context) for context in frame.tracks(track))


def _decided(inner: Callable[[Frame], Iterator[Frame]], where: Evaluate, *, decisive: bool) -> Evaluate:
    def decide(frame: Frame) -> Answer:
        known = True
        for each in inner(frame):
            value = where(each)
            if value is decisive:
                return decisive
            if value is None:
                known = False
        return not decisive if known else None

    return decide


def _counted(inner: Callable[[Frame], Iterator[Frame]], where: Evaluate) -> Evaluate:
    def count(frame: Frame) -> Decimal | None:
        found = 0
        for each in inner(frame):
            value = where(each)
            if value is None:
                return None
            found += value
        return Decimal(found)

    return count


def _summed(inner: Callable[[Frame], Iterator[Frame]], field: Evaluate, where: Evaluate, *, whole: bool) -> Evaluate:
    def total(frame: Frame) -> Answer:
        found: Answer = 0 if whole else Decimal(0)
        for each in inner(frame):
            chosen = where(each)
            if chosen is None:
                return None
            if chosen:
                value = field(each)
                if value is None:
                    return None
                found = found + value if whole else added(found, value)
                if found is None:
                    return None
        return found

    return total
