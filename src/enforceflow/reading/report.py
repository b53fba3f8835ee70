"""What is wrong with the files of one reading, gathered to be told at once."""

from __future__ import annotations

from collections.abc import Collection

import attrs

from enforceflow.checking.findings import MOST_HINTS, hint, shown
from enforceflow.errors import UNKNOWN, InvalidValue, Problem
from enforceflow.reading.marked import Marked
from enforceflow.texts import Bilingual

__all__ = ["Report", "shown"]


@attrs.define
class Report:
    """The problems found so far."""

    problems: list[Problem] = attrs.field(factory=list)

    def at(self, node: Marked, message: Bilingual, suggested: Bilingual | None = None) -> None:
        """Note a problem where `node` stands."""
        self.problems.append(Problem(message, suggested, (), node.file, node.line, node.column))

    def unknown(self, node: Marked, kind: Bilingual, name: str, known: Collection[str]) -> None:
        """Note a name that does not exist, with the nearest that does."""
        hinted = hint(name, known) if len(self.problems) < MOST_HINTS else None
        self.at(node, UNKNOWN(kind=kind, name=shown(name)), hinted)

    def invalid(self, node: Marked, error: InvalidValue) -> None:
        """Note a value that cannot be what it is meant to be."""
        self.at(node, error.message)

    @property
    def places(self) -> set[tuple[str, int, int]]:
        """Where problems have been found."""
        return {(problem.file, problem.line, problem.column) for problem in self.problems}
