"""Reading the keys of a mapping one by one, with what is wrong noted where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Final, TypeVar

import attrs

from enforceflow.casefiles.format import GivenAnswer, GivenFact, Named, Place, RawFact
from enforceflow.cases.journal import Moment
from enforceflow.reading import scalars
from enforceflow.reading.marked import Mapping, Marked, Node, Sequence
from enforceflow.reading.report import Report, shown
from enforceflow.reading.shapes import KEY, MISSING, NOT_EMPTY
from enforceflow.texts import Title

T = TypeVar("T")
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?", re.ASCII
)
A_MOMENT: Final = Title(
    "日期或日期时间（如 2026-01-05 或 2026-01-05T10:30）",
    "a date or date-time (such as 2026-01-05 or 2026-01-05T10:30)",
)


def place_of(node: Marked) -> Place:
    """Return where a node stands."""
    return Place(node.file, node.line, node.column)


@attrs.frozen
class Fields:
    """The keys of one mapping and the report to which what is wrong with them goes."""

    node: Mapping
    report: Report

    @classmethod
    def of(cls, node: Node, known: Collection[str], report: Report) -> Fields | None:
        """Return the fields of a mapping, with its unknown keys noted; None if it is none."""
        if isinstance(node, Mapping):
            return cls.checked(node, known, report)
        scalars.wrong_kind(node, scalars.A_MAPPING, report)
        return None

    @classmethod
    def checked(cls, node: Mapping, known: Collection[str], report: Report) -> Fields:
        """Return the fields of a mapping, with its unknown keys noted."""
        for key, name in node.keys.items():
            if key not in known:
                report.unknown(name, KEY, key, known)
        return cls(node, report)

    @property
    def place(self) -> Place:
        """Where the mapping stands."""
        return place_of(self.node)

    def __contains__(self, key: str) -> bool:
        return key in self.node.values

    def get(self, key: str, read: Callable[[Node, Report], T | None]) -> T | None:
        """Return what the key holds; None if it is not there or wrong, and then noted."""
        node = self.node.values.get(key)
        return None if node is None else read(node, self.report)

    def need(self, key: str, read: Callable[[Node, Report], T | None]) -> T | None:
        """Return what the key holds, and note it if it is not there."""
        if key not in self.node.values:
            self.report.at(self.node, MISSING(key=key))
        return self.get(key, read)

    def place_of(self, key: str) -> Place:
        """Return where the value of a key stands; where the mapping does without the key."""
        return place_of(self.node.values.get(key, self.node))

    def places(self) -> dict[str, Place]:
        """Return where the value of each key stands."""
        return {key: place_of(value) for key, value in self.node.values.items()}


def words(node: Node, report: Report) -> str | None:
    """Read text that is not empty."""
    written = scalars.text(node, report)
    if written is not None and not written.strip():
        report.at(node, NOT_EMPTY())
        return None
    return written


def moment(node: Node, report: Report) -> Moment | None:
    """Read a date or a date-time."""
    written = scalars.text(node, report)
    if written is None:
        return None
    found: Moment | None = scalars.date_of(written)
    if found is None and _MOMENT.fullmatch(written):
        try:
            found = datetime.fromisoformat(written)
        except ValueError:
            found = None
    if found is None:
        report.at(node, scalars.IS_NOT(text=shown(written), wanted=A_MOMENT))
    return found


def items(node: Node, report: Report) -> list[Node] | None:
    """Read a list."""
    if isinstance(node, Sequence):
        return node.items
    scalars.wrong_kind(node, scalars.A_LIST, report)
    return None


def named(node: Node, report: Report) -> Named | None:
    """Read a name, with its place."""
    written = words(node, report)
    return None if written is None else Named(written, place_of(node))


def names(node: Node, report: Report) -> tuple[Named, ...] | None:
    """Read a list of names, each with its place."""
    found = items(node, report)
    return None if found is None else tuple(one for item in found if (one := named(item, report)) is not None)


def facts(node: Node, report: Report) -> dict[str, GivenFact] | None:
    """Read facts: text, or lists of text."""
    if not isinstance(node, Mapping):
        scalars.wrong_kind(node, scalars.A_MAPPING, report)
        return None
    read = {key: _fact(value, report) for key, value in node.values.items()}
    return {
        key: GivenFact(value, place_of(node.keys[key]), place_of(node.values[key]))
        for key, value in read.items()
        if value is not None
    }


def _fact(node: Node, report: Report) -> RawFact | None:
    if isinstance(node, Sequence):
        found = [scalars.text(item, report) for item in node.items]
        return tuple(item for item in found if item is not None)
    return scalars.text(node, report)


def answers(node: Node, report: Report) -> dict[str, GivenAnswer] | None:
    """Read the host's answers to rules."""
    if not isinstance(node, Mapping):
        scalars.wrong_kind(node, scalars.A_MAPPING, report)
        return None
    read = {key: scalars.flag(value, report) for key, value in node.values.items()}
    return {key: GivenAnswer(flag, place_of(node.keys[key])) for key, flag in read.items() if flag is not None}
