"""Guards and derived facts: every flaw of an expression, at its character."""

from __future__ import annotations

import re

from enforceflow.checking.findings import Path, Spot
from enforceflow.checking.views import View, Whole
from enforceflow.definitions.facts import FactKind
from enforceflow.expressions import ExpressionError, Scope, compile_expression, scopes_of
from enforceflow.texts import Phrase

ASKS_RULES = Phrase(
    zh="期限的条件不能询问规则：{rules}；请改用事实", en="a time limit cannot ask a rule ({rules}); let it read a fact"
)


def check_guards(whole: Whole) -> None:
    """Compile every expression of the case and its tracks."""
    scopes = scopes_of(whole.case.workflow)
    told = {finding.path for finding in whole.findings.found}
    for view in whole.views():
        scope, _, problems = scopes[id(view.workflow)]
        for problem in problems:
            path = (*view.path, *problem.path)
            if path not in told and not _is_unread(path, view, whole):
                spot = (
                    Spot(offset=problem.column - 1) if problem.column else Spot(of_key=problem.path[-1:] != ("values",))
                )
                whole.findings.add(path, problem.message, problem.suggestion, spot)
        for name, transition in view.workflow.transitions.items():
            _check(view, ("transitions", name, "when"), transition.when, scope, whole)
        for name, limit in view.workflow.time_limits.items():
            asked = _check(view, ("time_limits", name, "when"), limit.when, scope, whole)
            if asked:
                path = (*view.path, "time_limits", name, "when")
                whole.findings.add(path, ASKS_RULES(rules=sorted(asked)))


def _check(view: View, path: Path, text: str, scope: Scope, whole: Whole) -> frozenset[str]:
    """Note the flaws of a guard; return the rules that it asks."""
    if not text or _mentions(text, whole):
        return frozenset()
    try:
        return compile_expression(text, scope, FactKind.BOOL).rules
    except ExpressionError as error:
        for flaw in error.problems:
            whole.findings.add((*view.path, *path), flaw.message, flaw.suggestion, Spot(offset=flaw.offset))
        return frozenset()


def _mentions(text: str, whole: Whole) -> bool:
    """Tell whether an expression speaks of a track whose file could not be read."""
    return bool(whole.unread) and any(word in whole.unread for word in re.findall(r"\w+", text))


def _is_unread(path: Path, view: View, whole: Whole) -> bool:
    derived = view.workflow.derived.get(path[-2]) if len(path) > 1 else None
    return derived is not None and _mentions(derived.value, whole)
