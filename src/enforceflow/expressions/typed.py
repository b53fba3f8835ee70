"""An expression whose names are found and whose types agree: what remains is to evaluate it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

import attrs

from enforceflow.definitions.facts import FactKind, FactType, FactValue
from enforceflow.expressions.syntax import Comparison, Gathering

Frame = Any
"""A `Context`; inside aggregates a tuple of them, the expression's own first and the innermost last."""
Answer = Any
"""A value of the kind that the checker has established, or None: unknown."""
Evaluate = Callable[[Frame], Answer]

BOOL: Final = FactType(FactKind.BOOL)
COMPARE: Final[Mapping[Comparison, Callable[[Any, Any], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@attrs.frozen(eq=False, repr=False)
class Place:
    """The way to a track at run time.

    At `depth` 0 there is only the track of the expression itself; each aggregate adds one, and `level` chooses among
    them. From there perhaps up to the `case`, then along the track facts of `steps`.
    """

    depth: int = 0
    level: int = 0
    case: bool = False
    steps: tuple[str, ...] = ()

    @property
    def own(self) -> bool:
        """True if it is the track of the expression itself."""
        return self.level == 0 and not self.case and not self.steps


@attrs.frozen(eq=False, repr=False)
class Constant:
    """A value as written; `loose` if it is a bare number, which may stand for money."""

    value: FactValue
    type: FactType
    loose: bool = False


@attrs.frozen(eq=False, repr=False)
class Get:
    """Something asked of a track: a value, a rule, its state, kind, address or day, an act or a limit."""

    place: Place
    what: Literal["value", "ask", "state", "kind", "address", "at", "done", "on", "by", "times", "status"]
    name: str
    type: FactType
    loose: bool = False


@attrs.frozen(eq=False, repr=False)
class Negation:
    """The opposite of a truth value."""

    operand: Typed
    type: FactType = BOOL
    loose: bool = False


@attrs.frozen(eq=False, repr=False)
class Connection:
    """Truth values joined by and (`decisive` False) or by or (`decisive` True)."""

    decisive: bool
    items: tuple[Typed, ...]
    type: FactType = BOOL
    loose: bool = False


@attrs.frozen(eq=False, repr=False)
class Comparing:
    """Two values of one kind compared."""

    sign: Comparison
    left: Typed
    right: Typed
    type: FactType = BOOL
    loose: bool = False


@attrs.frozen(eq=False, repr=False)
class Membership:
    """A value sought among others: written members, or the items of one list."""

    negated: bool
    item: Typed
    members: tuple[Typed, ...] | Typed
    type: FactType = BOOL
    loose: bool = False


@attrs.frozen(eq=False, repr=False)
class Calculation:
    """An operation on two values; None where the result is out of bounds."""

    operation: Callable[[Any, Any], Answer]
    left: Typed
    right: Typed
    type: FactType
    loose: bool = False


@attrs.frozen(eq=False, repr=False)
class Aggregate:
    """A question about all tracks of one name."""

    how: Gathering
    depth: int
    track: str
    field: Get | None
    where: Typed | None
    type: FactType
    loose: bool = False


@attrs.frozen(eq=False, repr=False)
class Call:
    """A function of law called; it raises `InvalidValue` where it has no answer."""

    function: Callable[..., Answer]
    arguments: tuple[Typed, ...]
    type: FactType
    loose: bool = False


Typed = Constant | Get | Negation | Connection | Comparing | Membership | Calculation | Aggregate | Call
