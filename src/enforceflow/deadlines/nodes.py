"""Process nodes (流程节点) read on a case: which are begun, due, done."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import Final

import attrs

from enforceflow.calendars.moments import day_of
from enforceflow.cases.journal import Moment
from enforceflow.deadlines.deadline import OVER, Deadline, Status, deadline_of
from enforceflow.deadlines.limits import LimitReader
from enforceflow.definitions import Node
from enforceflow.programs.scenes import ROOT, program_at
from enforceflow.texts import Lang, Title


class NodeStatus(enum.StrEnum):
    """How a node stands on a day."""

    NOT_BEGUN = "not_begun"
    RUNNING = "running"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done_late"

    def text(self, lang: Lang) -> str:
        """Return the status in words."""
        return NODE_STATUS_TITLES[self].text(lang)


NODE_STATUS_TITLES: Final[Mapping[NodeStatus, Title]] = {
    NodeStatus.NOT_BEGUN: Title("未开始", "not begun"),
    NodeStatus.RUNNING: Title("进行中", "running"),
    NodeStatus.DUE_SOON: Title("即将届满", "due soon"),
    NodeStatus.OVERDUE: Title("超期", "overdue"),
    NodeStatus.DONE: Title("已完成", "done"),
    NodeStatus.DONE_LATE: Title("超期完成", "done late"),
}


_MISSED: Final = frozenset({Status.MISSED, Status.LAPSED})
"""What ran out without the act that was wanted: a term of validity that lapsed was not renewed in time."""

_PRESSING: Final = {
    Status.MISSED: 0,
    Status.LAPSED: 0,
    Status.DUE_SOON: 1,
    Status.RUNNING: 2,
    Status.PAUSED: 3,
    Status.MET_LATE: 4,
}
_SETTLED: Final = 5


@attrs.frozen
class NodeReading:
    """A node as it stands on a day, on the case (or the track) whose workflow names it.

    `done` is when an act last completed it, `done_by` which of its acts and `done_on` on which track; `deadlines` are
    the present runs of the limits that bind it, on all tracks that they name.
    """

    node: Node
    track: str
    status: NodeStatus
    done: Moment | None
    done_by: str
    done_on: str
    deadlines: tuple[Deadline, ...]

    @property
    def worst(self) -> Deadline | None:
        """The deadline that presses most: missed before due soon before running, the earliest first; else the last.

        None if no limit of the node has begun.
        """
        return min(self.deadlines, key=_pressure, default=None)


def _pressure(deadline: Deadline) -> tuple[int, int, str]:
    rank = _PRESSING.get(deadline.status, _SETTLED)
    day = day_of(deadline.due).toordinal()
    return rank, -day if rank >= _PRESSING[Status.MET_LATE] else day, deadline.name


def read_nodes(reader: LimitReader) -> Iterator[NodeReading]:
    """Yield the nodes of the case and of each of its tracks, in the order of their workflows."""
    journal = reader.lookups.journal
    for address in dict.fromkeys((ROOT, *journal.tracks())):
        program = program_at(reader.programs, journal, address)
        for node in () if program is None else program.workflow.nodes.values():
            yield _read(reader, address, node)


def _read(reader: LimitReader, address: str, node: Node) -> NodeReading:
    """Read one node: its status is the worst of its limits, over all tracks, and done only if none of them runs."""
    deadlines = tuple(_binding(reader, address, node))
    positions = reader.lookups.positions(address, node.done_by)
    done = reader.lookups.journal[positions[-1]] if positions else None
    return NodeReading(
        node,
        address,
        _status({deadline.status for deadline in deadlines}, done=done is not None),
        None if done is None else done.at,
        "" if done is None else done.event,
        "" if done is None else done.track,
        deadlines,
    )


def _binding(reader: LimitReader, address: str, node: Node) -> Iterator[Deadline]:
    for ref in node.limits:
        for place, owner in reader.lookups.places(address, ref.track):
            limit = owner.workflow.time_limits.get(ref.name)
            run = None if limit is None else reader.present(place, owner, limit)
            if run is not None:
                yield deadline_of(run, reader.today, reader.calendar, node.warns)


def _status(statuses: set[Status], *, done: bool) -> NodeStatus:
    if statuses & _MISSED:
        return NodeStatus.OVERDUE
    if done and not statuses - OVER:
        return NodeStatus.DONE_LATE if Status.MET_LATE in statuses else NodeStatus.DONE
    if Status.DUE_SOON in statuses:
        return NodeStatus.DUE_SOON
    return NodeStatus.RUNNING if statuses - OVER else NodeStatus.NOT_BEGUN
