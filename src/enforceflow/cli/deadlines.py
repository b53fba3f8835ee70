"""`enforceflow deadlines`: the deadlines of a case on a day."""

from __future__ import annotations

from typing import Final

from rich.console import RenderableType

from enforceflow.cases.journal import Moment
from enforceflow.cli.boards import Board
from enforceflow.cli.opening import Opened
from enforceflow.cli.speaking import Command
from enforceflow.cli.tables import deadlines_table
from enforceflow.cli.wording import Names, time_left
from enforceflow.deadlines.deadline import Deadline
from enforceflow.texts import Lang, Phrase, Title

ABOUT: Final = Title(
    "列出已保存案件（JSON）或案例文件某日的各项期限。",
    "List the deadlines of a saved case (JSON) or of a case file on a day.",
)
HEADING: Final = Phrase(zh="{title} · 各项期限在{day}的状态", en="{title} · The deadlines as they stand on {day}")
NONE: Final = Title("没有期限", "no deadlines")


def command(lang: Lang) -> Command:
    """Return the command."""
    return Board("deadlines", ABOUT, HEADING, NONE, _table, _plain).command(lang)


def _table(opened: Opened, lang: Lang, width: int) -> RenderableType | None:
    found = opened.engine.deadlines(opened.case, today=opened.today)
    names = Names(opened.engine.workflow, opened.case, lang)
    return deadlines_table(found, names, opened.today, width) if found else None


def _plain(opened: Opened, lang: Lang) -> list[dict[str, object]]:
    found = opened.engine.deadlines(opened.case, today=opened.today)
    return [plain_deadline(deadline, opened.today, lang) for deadline in found]


def plain_deadline(deadline: Deadline, today: Moment, lang: Lang) -> dict[str, object]:
    """Return a deadline ready for JSON."""
    return {
        "name": deadline.name,
        "title": deadline.limit.title.text(lang),
        "run": deadline.number,
        "status": str(deadline.status),
        "left": time_left(deadline, today, lang),
        "met": None if deadline.met is None else deadline.met.isoformat(),
        "ended": None if deadline.ended is None else deadline.ended.isoformat(),
        "source": deadline.limit.source,
        **deadline.reckoning.plain(lang),
    }
