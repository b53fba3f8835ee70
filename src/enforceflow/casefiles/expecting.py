"""Reading what is expected: the keys of an `expect` block."""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterator
from typing import Final, TypeVar

from enforceflow.casefiles.fields import Fields, items, moment, place_of, words
from enforceflow.casefiles.format import OF_ACTS, OF_DAYS, Against, Aspect, Expectation, Wanted
from enforceflow.deadlines.deadline import Status
from enforceflow.deadlines.nodes import NodeStatus
from enforceflow.engine.refusals import ReasonKind
from enforceflow.reading import scalars
from enforceflow.reading.marked import Mapping, Node, Scalar
from enforceflow.reading.report import Report
from enforceflow.reading.shapes import NOT_EMPTY, entries
from enforceflow.texts import Title

E = TypeVar("E", bound=enum.StrEnum)
Reader = Callable[[Node, Report], "Wanted | None"]
ACT: Final = (*OF_ACTS, *OF_DAYS)
AMENDMENT: Final = (Aspect.REFUSED, *OF_DAYS)
DAY: Final = OF_DAYS
_STATUS: Final = Title("期限状态", "status of a time limit")
_NODE_STATUS: Final = Title("节点状态", "status of a node")
_REASON: Final = Title("理由种类", "kind of reason")
_A_REASON: Final = Title(
    "理由（如 state 或 bar: no_early_closure）", "a reason (such as state or bar: no_early_closure)"
)


def expectations(node: Node, known: Collection[Aspect], report: Report) -> tuple[Expectation, ...]:
    """Read an `expect` block that may have the keys `known`."""
    fields = Fields.of(node, [str(aspect) for aspect in known], report)
    if fields is None:
        return ()
    if not fields.node.values:
        report.at(node, NOT_EMPTY())
    return tuple(
        expected
        for key, value in fields.node.values.items()
        if key in known
        for expected in _read(Aspect(key), value, report)
    )


def _read(aspect: Aspect, node: Node, report: Report) -> Iterator[Expectation]:
    if aspect in _BY_SUBJECT:
        yield from _by_subject(aspect, node, report)
    elif aspect in _LISTED:
        yield from _listed(aspect, node, report)
    else:
        wanted = _WHOLE[aspect](node, report)
        if wanted is not None:
            yield Expectation(aspect, "", wanted, place_of(node), place_of(node))


def _by_subject(aspect: Aspect, node: Node, report: Report) -> Iterator[Expectation]:
    found = entries(node, report)
    if isinstance(node, Mapping) and not found:
        report.at(node, NOT_EMPTY())
    for key, value in found:
        wanted = _BY_SUBJECT[aspect](value, report)
        if wanted is not None:
            yield Expectation(aspect, key.text, wanted, place_of(value), place_of(key))


def _listed(aspect: Aspect, node: Node, report: Report) -> Iterator[Expectation]:
    found = items(node, report)
    if found is not None and not found:
        report.at(node, NOT_EMPTY())
    for item in found or ():
        subject = words(item, report)
        if subject is not None:
            yield Expectation(aspect, subject, wanted=True, place=place_of(item), key=place_of(item))


def _one_of(choices: type[E], kind: Title, node: Node, report: Report) -> E | None:
    written = scalars.text(node, report)
    known = [str(choice) for choice in choices]
    if written is not None and written not in known:
        report.unknown(node, kind, written, known)
    return choices(written) if written in known else None


def _status(node: Node, report: Report) -> Status | None:
    return _one_of(Status, _STATUS, node, report)


def _statuses(node: Node, report: Report) -> tuple[Status, ...] | None:
    found = items(node, report)
    read = [_status(item, report) for item in found or ()]
    return None if found is None else tuple(status for status in read if status is not None)


def _node_status(node: Node, report: Report) -> NodeStatus | None:
    return _one_of(NodeStatus, _NODE_STATUS, node, report)


def _texts(node: Node, report: Report) -> tuple[str, ...] | None:
    found = items(node, report)
    read = [words(item, report) for item in found or ()]
    return None if found is None else tuple(text for text in read if text is not None)


def _reasons(node: Node, report: Report) -> tuple[Against, ...] | None:
    found = items(node, report)
    if found is not None and not found:
        report.at(node, NOT_EMPTY())
    read = [_reason(item, report) for item in found or ()]
    return tuple(reason for reason in read if reason is not None)


def _reason(node: Node, report: Report) -> Against | None:
    if isinstance(node, Mapping) and len(node.values) == 1:
        [(key, value)] = node.values.items()
        kind = _one_of(ReasonKind, _REASON, node.keys[key], report)
        subject = words(value, report)
        return None if kind is None or subject is None else Against(kind, subject)
    if isinstance(node, Scalar):
        kind = _one_of(ReasonKind, _REASON, node, report)
        return None if kind is None else Against(kind)
    scalars.wrong_kind(node, _A_REASON, report)
    return None


_BY_SUBJECT: Final[dict[Aspect, Reader]] = {
    Aspect.STATES: words,
    Aspect.DUE: moment,
    Aspect.STATUS: _status,
    Aspect.EARLIER: _statuses,
    Aspect.PROVISIONAL: scalars.flag,
    Aspect.NODES: _node_status,
}
_LISTED: Final = (Aspect.OPEN, Aspect.NOT_OPEN, Aspect.ABSENT)
_WHOLE: Final[dict[Aspect, Reader]] = {
    Aspect.STATE: words,
    Aspect.EFFECTS: _texts,
    Aspect.REFUSED: _reasons,
    Aspect.IRREGULAR: _texts,
}
