"""An expression that is ready to be evaluated."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from enforceflow.definitions.facts import FactKind, FactType, FactValue
from enforceflow.expressions.checking import Checked, check
from enforceflow.expressions.compiling import compiled
from enforceflow.expressions.context import Context
from enforceflow.expressions.flaws import ExpressionError
from enforceflow.expressions.names import Scope
from enforceflow.expressions.parsing import parse


@attrs.frozen
class Expression:
    """A checked expression of the guard language.

    `evaluate` returns its value in a context, None if that is unknown. `rules` and `reads` are the rules and names of
    its own track that it may ask and read, through derived facts too.
    """

    text: str
    type: FactType
    rules: frozenset[str]
    reads: frozenset[str]
    evaluate: Callable[[Context], FactValue | None] = attrs.field(eq=False, repr=False)


def compile_expression(text: str, scope: Scope, expects: FactKind | None = None) -> Expression:
    """Read, check and compile `text`, whose value should be of the kind `expects` (a guard: `FactKind.BOOL`).

    Raises `ExpressionError` with the first flaw of syntax, or else with all flaws of meaning.
    """
    return ready(text, check(parse(text), scope, expects))


def ready(text: str, checked: Checked) -> Expression:
    """Return the expression of a checked tree; raise `ExpressionError` if it has flaws."""
    if checked.typed is None or checked.type is None:
        raise ExpressionError(checked.flaws)
    footprint = checked.footprint
    return Expression(text, checked.type, footprint.rules, footprint.reads, compiled(checked.typed))
