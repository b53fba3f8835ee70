"""`enforceflow deadlines`: the deadlines of a case on a day."""

from __future__ import annotations

import json
from typing import Final

import click
from rich.text import Text

from enforceflow.cli.due import JSON
from enforceflow.cli.opening import Opened, is_saved, opened_cases
from enforceflow.cli.screen import Trimmed, screen
from enforceflow.cli.speaking import Command, option
from enforceflow.cli.stories import DEADLINES
from enforceflow.cli.tables import deadlines_table
from enforceflow.cli.wording import Names, time_left
from enforceflow.deadlines import Deadline
from enforceflow.journal import Moment
from enforceflow.moments import Day
from enforceflow.texts import Lang, Title

ABOUT: Final = Title(
    "列出已保存案件（JSON）或案例文件某日的各项期限。",
    "List the deadlines of a saved case (JSON) or of a case file on a day.",
)
WORKFLOW: Final = Title("工作流，默认依案件所记", "The workflow; by default the one that the case names.")
TODAY: Final = Title(
    "日期，默认为今日；案例文件默认为最后一日", "The day; by default this day, or the last of a case file."
)
NONE: Final = Title("没有期限", "no deadlines")


def command(lang: Lang) -> Command:
    """Return the command."""
    params = [
        click.Argument(["file"]),
        option(lang, "--workflow", about=WORKFLOW, metavar="NAME"),
        option(lang, "--today", about=TODAY, metavar="DATE"),
        option(lang, "--json", "as_json", about=JSON, is_flag=True),
    ]
    return Command("deadlines", lang, ABOUT, deadlines, params)


def deadlines(lang: Lang, *, file: str, workflow: str | None, today: str | None, as_json: bool) -> None:
    """List the deadlines of each case of a file."""
    cases = list(opened_cases(file, workflow, today))
    if as_json:
        plain = [_plain(opened, lang) for opened in cases]
        click.echo(json.dumps(plain[0] if is_saved(file) else plain, ensure_ascii=False, indent=2))
        return
    for opened in cases:
        _print(opened, lang)


def _print(opened: Opened, lang: Lang) -> None:
    console = screen()
    heading = f"{opened.title.text(lang)} · {DEADLINES(day=Day(opened.today)).text(lang)}"
    console.print(Text(heading, "bold"))
    console.print()
    found = opened.engine.deadlines(opened.case, today=opened.today)
    names = Names(opened.engine.workflow, opened.case, lang)
    table = deadlines_table(found, names, opened.today, console.width)
    console.print(Trimmed(table) if found else Text(NONE.text(lang), "dim"))
    console.print()


def _plain(opened: Opened, lang: Lang) -> dict[str, object]:
    found = opened.engine.deadlines(opened.case, today=opened.today)
    return {
        "number": opened.case.number,
        "today": opened.today.isoformat(),
        "deadlines": [plain_deadline(deadline, opened.today, lang) for deadline in found],
    }


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
