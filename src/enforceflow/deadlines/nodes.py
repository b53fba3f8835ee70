"""Process nodes (流程节点) read on a case: which are begun, due, done."""

from __future__ import annotations

import enum
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import attrs

from enforceflow.calendars.moments import day_of
from enforceflow.cases.journal import Moment
from enforceflow.deadlines.deadline import Deadline, Status, deadline_of
from enforceflow.deadlines.limits import LimitReader
from enforceflow.deadlines.lookups import NEVER
from enforceflow.deadlines.runs import Run
from enforceflow.definitions import ActRef, Node
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


_STANDING: Final = {
    Status.MISSED: NodeStatus.OVERDUE,
    Status.LAPSED: NodeStatus.OVERDUE,
    Status.DUE_SOON: NodeStatus.DUE_SOON,
    Status.RUNNING: NodeStatus.RUNNING,
    Status.PAUSED: NodeStatus.RUNNING,
    Status.MET_LATE: NodeStatus.DONE_LATE,
}
"""What one limit says of its node; a limit that asks nothing more says that it is done."""

_WORST_FIRST: Final = (
    NodeStatus.OVERDUE,
    NodeStatus.DUE_SOON,
    NodeStatus.RUNNING,
    NodeStatus.DONE_LATE,
    NodeStatus.DONE,
)
_OPEN_FIRST: Final = {Status.RUNNING: 0, Status.PAUSED: 1}
_FINISHED: Final = frozenset({NodeStatus.DONE, NodeStatus.DONE_LATE})
_MET: Final = frozenset({Status.MET, Status.MET_LATE})


@attrs.frozen
class NodeReading:
    """A node as it stands on a day, on the case (or the track) whose workflow names it.

    `done` is when an act last completed it, `done_by` which of its acts and `done_on` on which track; `deadlines` are
    the present runs of the limits that bind it, on all tracks that they name. `worst` is the one for which the node
    stands as it does: of several that still run the first to end, else the last; None if no limit has begun.
    """

    node: Node
    track: str
    status: NodeStatus
    done: Moment | None
    done_by: str
    done_on: str
    deadlines: tuple[Deadline, ...]
    worst: Deadline | None


def read_nodes(reader: LimitReader) -> Iterator[NodeReading]:
    """Yield the nodes of the case and of each of its tracks, in the order of their workflows."""
    journal = reader.lookups.journal
    for address in dict.fromkeys((ROOT, *journal.tracks())):
        program = program_at(reader.programs, journal, address)
        for node in () if program is None else program.workflow.nodes.values():
            yield _read(reader, address, node)


def _read(reader: LimitReader, address: str, node: Node) -> NodeReading:
    """Read one node: it stands as the worst of its limits over all tracks, and is done by an act of its own only."""
    positions = reader.lookups.positions(address, node.done_by)
    done = reader.lookups.journal[positions[-1]] if positions else None
    bound = list(_bound(reader, address, node, positions))
    standing, worst = min(bound, key=_pressure, default=(NodeStatus.DONE, None))
    return NodeReading(
        node,
        address,
        NodeStatus.NOT_BEGUN if standing in _FINISHED and done is None else standing,
        None if done is None else done.at,
        "" if done is None else done.event,
        "" if done is None else done.track,
        tuple(deadline for _, deadline in bound),
        worst,
    )


def _bound(
    reader: LimitReader, address: str, node: Node, positions: Sequence[int]
) -> Iterator[tuple[NodeStatus, Deadline]]:
    """Yield the present runs of the limits that bind a node, each with what it says of the node by itself."""
    for ref in node.limits:
        for place, owner in reader.lookups.places(address, ref.track):
            limit = owner.workflow.time_limits.get(ref.name)
            run = None if limit is None else reader.present(place, owner, limit)
            if run is not None:
                deadline = deadline_of(run, reader.today, reader.calendar, node.warns)
                if _completes(node, ref.track, run, deadline):
                    yield NodeStatus.DONE, deadline
                elif deadline.status in _MET and _under_way(reader, run, positions):
                    yield NodeStatus.RUNNING, deadline
                else:
                    yield _STANDING.get(deadline.status, NodeStatus.DONE), deadline


def _completes(node: Node, track: str, run: Run, deadline: Deadline) -> bool:
    """Tell whether the lapse of a term of validity is what completes the node."""
    return deadline.status is Status.LAPSED and ActRef(run.limit.if_missed, track) in node.done_by


def _under_way(reader: LimitReader, run: Run, positions: Sequence[int]) -> bool:
    """Tell whether what met a limit was a step on the way: no act has completed the node there, and it may still."""
    lookups, first = reader.lookups, run.start.first_position
    since = positions[bisect_left(positions, first) :]
    if any(not run.track or lookups.journal[position].track in (ROOT, run.track) for position in since):
        return False
    return lookups.first_closing(run.track, first) == NEVER


def _pressure(bound: tuple[NodeStatus, Deadline]) -> tuple[int, int, int, str]:
    standing, deadline = bound
    rank, day = _WORST_FIRST.index(standing), day_of(deadline.due).toordinal()
    over = standing in _FINISHED or deadline.status in _MET
    return rank, _OPEN_FIRST.get(deadline.status, len(_OPEN_FIRST)), -day if over else day, deadline.name
