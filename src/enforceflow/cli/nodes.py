"""`enforceflow nodes`: how the process nodes of a case stand on a day."""

from __future__ import annotations

from typing import Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from enforceflow.calendars.moments import day_of, written
from enforceflow.cli.boards import Board
from enforceflow.cli.opening import Opened
from enforceflow.cli.screen import Flow
from enforceflow.cli.show import KEY
from enforceflow.cli.speaking import Command
from enforceflow.cli.tables import framed
from enforceflow.cli.titles import Titles
from enforceflow.cli.wording import Names, time_left
from enforceflow.deadlines.deadline import OVER, Deadline
from enforceflow.deadlines.nodes import NodeReading, NodeStatus
from enforceflow.texts import Lang, Phrase, Title

ABOUT: Final = Title(
    "列出已保存案件（JSON）或案例文件的流程节点：未开始、进行中、即将届满、超期、已完成、超期完成。",
    "Show how the process nodes of a saved case (JSON) or of a case file stand: not begun, running, due soon, overdue, "
    "done, done late.",
)
HEADING: Final = Phrase(zh="{title} · 流程节点在{day}的状态", en="{title} · The process nodes as they stand on {day}")
COLUMNS: Final = (
    Title("节点", "Node"),
    Title("状态", "Status"),
    Title("届满", "Due"),
    Title("剩余/逾期", "Left/late"),
    Title("负责人", "Who"),
)
STYLES: Final = {
    NodeStatus.RUNNING: "cyan",
    NodeStatus.DUE_SOON: "bold yellow",
    NodeStatus.OVERDUE: "bold red",
    NodeStatus.DONE: "green",
    NodeStatus.DONE_LATE: "yellow",
}
NONE: Final = Title("没有流程节点", "no process nodes")
_NARROW: Final = 10


def command(lang: Lang) -> Command:
    """Return the command."""
    return Board("nodes", ABOUT, HEADING, NONE, _table, _plain).command(lang)


def _table(opened: Opened, lang: Lang, _: int) -> RenderableType | None:
    found = opened.engine.nodes(opened.case, today=opened.today)
    return _board(found, opened, lang) if found else None


def _board(found: list[NodeReading], opened: Opened, lang: Lang) -> Table:
    names = Names(opened.engine.workflow, opened.case, lang)
    table = framed()
    for title in COLUMNS:
        table.add_column(title.text(lang))
    for reading in found:
        table.add_row(*_row(reading, names, opened))
    return table


def _row(reading: NodeReading, names: Names, opened: Opened) -> list[RenderableType]:
    lang, node, style = names.lang, reading.node, STYLES.get(reading.status, "dim")
    track = names.track(reading.track)
    title = (
        Text(f"{track} · " if track else "")
        .append(node.title.text(lang))
        .append(KEY.text(lang) if node.key else "", "dim")
    )
    pressing = _pressing(reading)
    done = "" if reading.done is None else written(reading.done)
    titles = Titles(names.workflow_of(reading.track), opened.engine.workflow, lang)
    return [
        Flow(title, 2),
        Flow(Text(f"{reading.status.text(lang)} {done}".rstrip(), style)),
        Text("" if pressing is None else written(pressing.due), no_wrap=True),
        Flow(Text("" if pressing is None else time_left(pressing, opened.today, lang), style)),
        Flow(Text(titles.role(node.role), "dim")),
    ]


def _pressing(reading: NodeReading) -> Deadline | None:
    """Return the deadline of a node that presses most: of those that still run the first to end, else the last met."""
    running = [deadline for deadline in reading.deadlines if deadline.status not in OVER]
    if running:
        return min(running, key=lambda one: day_of(one.due))
    return max(reading.deadlines, key=lambda one: day_of(one.due), default=None)


def _plain(opened: Opened, lang: Lang) -> list[dict[str, object]]:
    return [
        {
            "name": reading.node.name,
            "track": reading.track,
            "title": reading.node.title.text(lang),
            "key": reading.node.key,
            "status": str(reading.status),
            "done": None if reading.done is None else reading.done.isoformat(),
            "done_by": reading.done_by,
            "deadlines": [deadline.name for deadline in reading.deadlines],
        }
        for reading in opened.engine.nodes(opened.case, today=opened.today)
    ]
