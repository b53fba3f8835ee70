"""What a workflow says: frozen values, written in YAML or built in Python.

Each field's metadata holds how it is written (`shape`) and what it means (`about`); the loader, the format reference
and the checks all read that one table.
"""

from enforceflow.definitions.fields import by_name
from enforceflow.definitions.references import ActRef, Anchor, ByAct, ByEnd, ByFact, ByParameter, Length, NameRef
from enforceflow.definitions.terms import Derived, Fact, Parameter, Role, Rule
from enforceflow.definitions.time_limits import ExtensionCap, Nature, TimeLimit
from enforceflow.definitions.transitions import State, Transition
from enforceflow.definitions.words import ANY, CARRIED_OVER, CARRY_OVER, CASE, PREVIOUS, STAGES
from enforceflow.definitions.workflows import Node, Workflow

__all__ = [
    "ANY",
    "CARRIED_OVER",
    "CARRY_OVER",
    "CASE",
    "PREVIOUS",
    "STAGES",
    "ActRef",
    "Anchor",
    "ByAct",
    "ByEnd",
    "ByFact",
    "ByParameter",
    "Derived",
    "ExtensionCap",
    "Fact",
    "Length",
    "NameRef",
    "Nature",
    "Node",
    "Parameter",
    "Role",
    "Rule",
    "State",
    "TimeLimit",
    "Transition",
    "Workflow",
    "by_name",
]
