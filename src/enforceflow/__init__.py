"""Court-enforcement case workflows: YAML law, deadlines that explain themselves, rules answered by the host."""

from typing import TYPE_CHECKING

from enforceflow.calendars.calendar import Calendar, Holiday, Notice
from enforceflow.calendars.steps import Reckoning, Step
from enforceflow.cases.case import Case, Origin, Pin
from enforceflow.cases.journal import Entry, Journal, Link, LinkKind
from enforceflow.checking import problems_of
from enforceflow.deadlines.deadline import Deadline, Status
from enforceflow.deadlines.nodes import NodeReading, NodeStatus
from enforceflow.definitions import (
    ActRef,
    ByAct,
    ByEnd,
    ByFact,
    ByParameter,
    Derived,
    ExtensionCap,
    Fact,
    NameRef,
    Nature,
    Node,
    Parameter,
    Role,
    Rule,
    State,
    TimeLimit,
    Transition,
    Workflow,
)
from enforceflow.definitions.facts import FactKind, FactType
from enforceflow.definitions.periods import Dated, Period, Unit
from enforceflow.engine.carrying import Opened
from enforceflow.engine.engine import Engine, Outcome
from enforceflow.engine.irregularities import Irregularity
from enforceflow.engine.options import Openness, Option
from enforceflow.engine.recording import Effect
from enforceflow.engine.refusals import Reason, ReasonKind, Refusal, Refused
from enforceflow.errors import (
    DefinitionError,
    EnforceflowError,
    InvalidValue,
    Problem,
    RuleFailed,
    RulesError,
    SavedFormError,
    UnknownName,
)
from enforceflow.programs.scenes import Question
from enforceflow.saving import from_plain, read_plain, to_plain
from enforceflow.texts import Message, Title

if TYPE_CHECKING:
    from enforceflow.reading import calendar, load

__version__ = "0.1.0"

__all__ = [
    "ActRef",
    "ByAct",
    "ByEnd",
    "ByFact",
    "ByParameter",
    "Calendar",
    "Case",
    "Dated",
    "Deadline",
    "DefinitionError",
    "Derived",
    "Effect",
    "EnforceflowError",
    "Engine",
    "Entry",
    "ExtensionCap",
    "Fact",
    "FactKind",
    "FactType",
    "Holiday",
    "InvalidValue",
    "Irregularity",
    "Journal",
    "Link",
    "LinkKind",
    "Message",
    "NameRef",
    "Nature",
    "Node",
    "NodeReading",
    "NodeStatus",
    "Notice",
    "Opened",
    "Openness",
    "Option",
    "Origin",
    "Outcome",
    "Parameter",
    "Period",
    "Pin",
    "Problem",
    "Question",
    "Reason",
    "ReasonKind",
    "Reckoning",
    "Refusal",
    "Refused",
    "Role",
    "Rule",
    "RuleFailed",
    "RulesError",
    "SavedFormError",
    "State",
    "Status",
    "Step",
    "TimeLimit",
    "Title",
    "Transition",
    "Unit",
    "UnknownName",
    "Workflow",
    "calendar",
    "from_plain",
    "load",
    "problems_of",
    "read_plain",
    "to_plain",
]


def __getattr__(name: str) -> object:
    """Import the reading of YAML files when it is first asked for: hosts that build workflows in Python never do."""
    if name in ("calendar", "load"):
        from enforceflow import reading  # noqa: PLC0415  see above

        return getattr(reading, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
