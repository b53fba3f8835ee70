"""`enforceflow nodes`: how the process nodes of a case stand on a day."""

from __future__ import annotations

from typing import Final

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from enforceflow.calendars.moments import remaining, written
from enforceflow.cases.journal import Moment
from enforceflow.cli.boards import Board
from enforceflow.cli.opening import Opened
from enforceflow.cli.screen import Flow
from enforceflow.cli.show import KEY
from enforceflow.cli.speaking import Command
from enforceflow.cli.tables import ROOMY, framed
from enforceflow.cli.titles import Titles
from enforceflow.cli.wording import Names, time_left
from enforceflow.deadlines.deadline import Deadline
from enforceflow.deadlines.nodes import NodeReading, NodeStatus
from enforceflow.definitions import STAGES
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
    Title("何处", "Where"),
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
_DONE: Final = frozenset({NodeStatus.DONE, NodeStatus.DONE_LATE})
_NARROW: Final = 11


def command(lang: Lang) -> Command:
    """Return the command."""
    return Board("nodes", ABOUT, HEADING, NONE, _table, _plain, _remarks).command(lang)


def _remarks(opened: Opened, lang: Lang) -> dict[str, str]:
    catalogue = opened.engine.workflow.node_catalogue
    return {} if catalogue is None else {"catalogue": catalogue.text(lang)}


def _table(opened: Opened, lang: Lang, width: int) -> RenderableType | None:
    found = opened.engine.nodes(opened.case, today=opened.today)
    return _board(found, opened, lang, width) if found else None


def _board(found: list[NodeReading], opened: Opened, lang: Lang, width: int) -> Table:
    names = Names(opened.engine.workflow, opened.case, lang)
    most = _NARROW if width < ROOMY else None
    table = framed()
    for number, title in enumerate(COLUMNS):
        table.add_column(title.text(lang), max_width=most if number else None)
    stage = ""
    for reading in found:
        if reading.node.stage not in ("", stage):
            stage = reading.node.stage
            table.add_row(Text(STAGES[stage].text(lang), "bold"))
        table.add_row(*_row(reading, names, opened))
    return table


def _row(reading: NodeReading, names: Names, opened: Opened) -> list[RenderableType]:
    lang, node, style = names.lang, reading.node, STYLES.get(reading.status, "dim")
    worst = _shown(reading)
    done = written(reading.done) if reading.done is not None and reading.status in _DONE else ""
    titles = Titles(names.workflow_of(reading.track), opened.engine.workflow, lang)
    return [
        Flow(Text(node.title.text(lang)).append(KEY.text(lang) if node.key else "", "dim"), 2),
        Flow(Text(f"{reading.status.text(lang)} {done}".rstrip(), style)),
        Text("" if worst is None else written(worst.due), no_wrap=True),
        Flow(Text("" if worst is None else _left(reading, worst, opened.today, lang), style)),
        Flow(Text("" if reading.status is NodeStatus.NOT_BEGUN else _where(reading, names))),
        Flow(Text(titles.role(node.role), "dim")),
    ]


def _shown(reading: NodeReading) -> Deadline | None:
    """Return the deadline to show: none of a node not begun, and none that was met on the way to its end."""
    worst = reading.worst
    if reading.status is NodeStatus.NOT_BEGUN or worst is None:
        return None
    return None if reading.status is NodeStatus.RUNNING and worst.met is not None else worst


def _left(reading: NodeReading, worst: Deadline, today: Moment, lang: Lang) -> str:
    """Return how much time is left; a term of validity that lapsed is late from its end on, as any limit missed."""
    overdue = reading.status is NodeStatus.OVERDUE
    return remaining(worst.due, today, lang) if overdue else time_left(worst, today, lang)


def _where(reading: NodeReading, names: Names) -> str:
    """Return the track that a node waits for, and how many others stand as it does; of one done, where it was done."""
    worst = reading.worst
    if worst is None or (reading.status in _DONE and not worst.track):
        return names.track(reading.done_on or reading.track)
    alike = {one.track for one in reading.deadlines if one.status is worst.status} - {"", worst.track}
    return f"{names.track(worst.track)} +{len(alike)}" if worst.track and alike else names.track(worst.track)


def _plain(opened: Opened, lang: Lang) -> list[dict[str, object]]:
    found = opened.engine.nodes(opened.case, today=opened.today)
    return [_plain_node(reading, opened, lang) for reading in found]


def _plain_node(reading: NodeReading, opened: Opened, lang: Lang) -> dict[str, object]:
    node, worst = reading.node, reading.worst
    return {
        "name": node.name,
        "track": reading.track,
        "title": node.title.text(lang),
        "stage": node.stage,
        "key": node.key,
        "role": node.role,
        "status": str(reading.status),
        "done": None if reading.done is None else reading.done.isoformat(),
        "done_by": reading.done_by,
        "done_on": reading.done_on,
        "worst": None if worst is None else _plain_worst(reading, worst, opened, lang),
        "deadlines": [deadline.name for deadline in reading.deadlines],
        "quality": None if node.quality is None else node.quality.text(lang),
        "hands_over": None if node.hands_over is None else node.hands_over.text(lang),
    }


def _plain_worst(reading: NodeReading, worst: Deadline, opened: Opened, lang: Lang) -> dict[str, object]:
    return {
        "name": worst.name,
        "track": worst.track,
        "status": str(worst.status),
        "due": worst.due.isoformat(),
        "left": _left(reading, worst, opened.today, lang),
    }
