"""A typed tree into closures. None is unknown: it is carried along unless the rest decides the matter."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from enforceflow.definitions.facts import FactKind
from enforceflow.definitions.periods import Period
from enforceflow.errors import InvalidValue
from enforceflow.expressions.aggregating import aggregate
from enforceflow.expressions.typed import (
    COMPARE,
    Aggregate,
    Answer,
    Calculation,
    Call,
    Comparing,
    Connection,
    Constant,
    Evaluate,
    Frame,
    Get,
    Membership,
    Negation,
    Place,
    Typed,
)


def compiled(typed: Typed) -> Evaluate:
    """Return the function that evaluates `typed` on a frame."""
    return _COMPILERS[type(typed)](typed)


# --- leaves --------------------------------------------------------------------------------------------------------


def _constant(node: Constant) -> Evaluate:
    value = node.value
    return lambda _: value


def _get(node: Get) -> Evaluate:
    read = _question(node)
    if node.place.depth == 0 and node.place.own:
        return read
    locate = _located(node.place)

    def read_there(frame: Frame) -> Answer:
        context = locate(frame)
        return None if context is None else read(context)

    return read_there


def _question(node: Get) -> Evaluate:
    if node.what in ("at", "address"):
        return operator.attrgetter(node.what)
    if node.what in ("state", "kind"):
        return operator.methodcaller(node.what)
    ask: Evaluate = operator.methodcaller(node.what, node.name)
    if node.what == "times":
        return lambda context: Decimal(ask(context))
    item = node.type.item or node.type
    if node.what == "value" and item.kind is FactKind.DAYS:
        return lambda context: _days(ask(context))
    return ask


def _days(value: Answer) -> Answer:
    """Return the number of days, or each of a list: a parameter writes them as periods."""
    if isinstance(value, tuple):
        return tuple(map(_days, value))
    return value.amount if isinstance(value, Period) else value


def _located(place: Place) -> Evaluate:
    """Return what finds the track at `place`, or None if a track fact on the way is missing."""
    level, deep, case, steps = place.level, place.depth > 0, place.case, place.steps

    def locate(frame: Frame) -> Answer:
        context = frame[level] if deep else frame
        if case:
            context = context.case()
        for step in steps:
            address = context.value(step)
            context = None if address is None else context.track(address)
            if context is None:
                return None
        return context

    return locate


# --- truth ---------------------------------------------------------------------------------------------------------


def _negation(node: Negation) -> Evaluate:
    operand = compiled(node.operand)

    def negation(frame: Frame) -> bool | None:
        value = operand(frame)
        return None if value is None else not value

    return negation


def _connection(node: Connection) -> Evaluate:
    items = tuple(map(compiled, node.items))
    decisive = node.decisive

    def connection(frame: Frame) -> Answer:
        known = True
        for item in items:
            value = item(frame)
            if value is decisive:
                return decisive
            if value is None:
                known = False
        return not decisive if known else None

    return connection


def _comparing(node: Comparing) -> Evaluate:
    compare = COMPARE[node.sign]
    left = compiled(node.left)
    if node.left.type.kind is FactKind.DATETIME:
        return _of_both(lambda one, two: compare(one, two) if _alike(one, two) else None, left, compiled(node.right))
    if isinstance(node.right, Constant):
        return _with_constant(compare, left, node.right.value)
    return _of_both(compare, left, compiled(node.right))


def _with_constant(compare: Callable[[Any, Any], bool], left: Evaluate, right: Answer) -> Evaluate:
    def comparing(frame: Frame) -> bool | None:
        value = left(frame)
        return None if value is None else compare(value, right)

    return comparing


def _of_both(operation: Callable[[Any, Any], Any], left: Evaluate, right: Evaluate) -> Evaluate:
    def both(frame: Frame) -> Answer:
        one = left(frame)
        if one is None:
            return None
        two = right(frame)
        return None if two is None else operation(one, two)

    return both


def _alike(one: datetime, two: datetime) -> bool:
    """Return whether both times have a zone, or neither: otherwise their order is unknown."""
    return (one.utcoffset() is None) is (two.utcoffset() is None)


def _membership(node: Membership) -> Evaluate:
    item, negated = compiled(node.item), node.negated
    timed = node.item.type.kind is FactKind.DATETIME
    if not isinstance(node.members, tuple):
        return _of_both(
            lambda one, items: _sought(one, items, timed=timed, negated=negated), item, compiled(node.members)
        )
    if all(isinstance(member, Constant) for member in node.members):
        values = frozenset(member.value for member in node.members if isinstance(member, Constant))
        return _of_both(lambda one, _: (one in values) is not negated, item, lambda _: values)
    members = tuple(map(compiled, node.members))

    def members_of(frame: Frame) -> tuple[Answer, ...]:
        return tuple([member(frame) for member in members])

    return _of_both(lambda one, items: _sought(one, items, timed=timed, negated=negated), item, members_of)


def _sought(one: Answer, items: tuple[Answer, ...], *, timed: bool, negated: bool) -> bool | None:
    known = True
    for item in items:
        if item is None or (timed and not _alike(one, item)):
            known = False
        elif item == one:
            return not negated
    return negated if known else None


# --- values --------------------------------------------------------------------------------------------------------


def _calculation(node: Calculation) -> Evaluate:
    return _of_both(node.operation, compiled(node.left), compiled(node.right))


def _aggregate(node: Aggregate) -> Evaluate:
    field = None if node.field is None else compiled(node.field)
    where = None if node.where is None else compiled(node.where)
    return aggregate(node, field, where)


def _call(node: Call) -> Evaluate:
    function, arguments = node.function, tuple(map(compiled, node.arguments))

    def call(frame: Frame) -> Answer:
        values = [argument(frame) for argument in arguments]
        if None in values:
            return None
        try:
            return function(*values)
        except InvalidValue:
            return None

    return call


_COMPILERS: Final[Mapping[type, Callable[[Any], Evaluate]]] = {
    Constant: _constant,
    Get: _get,
    Negation: _negation,
    Connection: _connection,
    Comparing: _comparing,
    Membership: _membership,
    Calculation: _calculation,
    Aggregate: _aggregate,
    Call: _call,
}
