"""The guard language: conditions and derived facts, typed when they are read, safe and bounded when evaluated."""

from enforceflow.expressions.conjuncts import conjuncts
from enforceflow.expressions.context import LIMIT_STATUSES, Context
from enforceflow.expressions.expression import Expression, compile_expression
from enforceflow.expressions.flaws import ExpressionError, Flaw
from enforceflow.expressions.hints import TAKEN
from enforceflow.expressions.names import Footprint, Names, Scope, names_of
from enforceflow.expressions.scopes import scope_of, scopes_of
from enforceflow.expressions.wording import Told, in_words

__all__ = [
    "LIMIT_STATUSES",
    "TAKEN",
    "Context",
    "Expression",
    "ExpressionError",
    "Flaw",
    "Footprint",
    "Names",
    "Scope",
    "Told",
    "compile_expression",
    "conjuncts",
    "in_words",
    "names_of",
    "scope_of",
    "scopes_of",
]
