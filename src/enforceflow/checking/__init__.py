"""Whether a case workflow with its tracks is sound, on its definitions alone."""

from __future__ import annotations

from collections.abc import Collection

from enforceflow.checking.circles import check_circles
from enforceflow.checking.findings import Finding, Findings, Spot
from enforceflow.checking.flow import check_flow
from enforceflow.checking.guards import check_guards
from enforceflow.checking.limits import check_limits
from enforceflow.checking.names import check_names
from enforceflow.checking.views import Whole
from enforceflow.definitions import Workflow
from enforceflow.errors import Problem

__all__ = ["Finding", "Findings", "Spot", "findings_of", "problems_of"]


def problems_of(workflow: Workflow) -> list[Problem]:
    """Return all that is wrong with a case workflow and its tracks, each with the path to it."""
    return list(findings_of(workflow))


def findings_of(workflow: Workflow, unread: Collection[str] = ()) -> list[Finding]:
    """Return all that is wrong; `unread` are tracks whose files could not be read, of which nothing is said."""
    findings = Findings()
    whole = Whole.of(workflow, findings, frozenset(unread))
    for view in whole.views():
        check_names(view, findings)
        check_flow(view, whole)
        check_limits(view, whole)
    check_circles(whole)
    check_guards(whole)
    return findings.found
