"""What was probably meant by a name that nothing is called by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from enforceflow.expressions.flaws import written
from enforceflow.expressions.functions import functions
from enforceflow.expressions.names import Names, Scope
from enforceflow.expressions.parsing import RESERVED
from enforceflow.texts import Bilingual, Phrase

TAKEN: Final = RESERVED | {"state", "kind", "address", "at", "case", "this"}
"""Words that cannot be the name of a fact, derived fact, parameter or rule."""

NO_NULL = Phrase(
    zh="没有空值：缺少的事实即为未知，未知的条件不成立",
    en="there is no null: a missing fact is unknown, and an unknown condition does not hold",
)


def holds(names: Names, name: str) -> bool:
    """Return whether `name` is a value or a rule among `names`, personal facts included."""
    return name in names.values or name in names.rules or name in names.personal or name in names.derived


def meant(name: str, views: Sequence[Names], scope: Scope) -> Bilingual | None:
    """Return the form in which `name` would mean something in `views`; None if there is none."""
    if name.lower() in ("null", "none", "nil"):
        return NO_NULL()
    forms = (
        (name.lower(), name.lower() in RESERVED),
        (f"done({name})", any(name in names.events for names in views)),
        (f"state == '{name}'", any(name in names.states for names in views)),
        (f"status({name}) == …", any(name in names.limits for names in views)),
        (f"any({name} where …)", name in scope.tracks),
        (f"{name}(…)", name in functions()),
        (f"case.{name}", scope.case is not None and holds(scope.case, name)),
    )
    return next((written(form) for form, fits in forms if fits), None)
