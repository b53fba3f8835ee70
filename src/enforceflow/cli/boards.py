"""Commands that look at cases on a day: one shape for `deadlines` and `nodes`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

import attrs
import click
from rich.console import RenderableType
from rich.text import Text

from enforceflow.calendars.moments import Day
from enforceflow.cli.due import JSON
from enforceflow.cli.opening import Opened, is_saved, opened_cases
from enforceflow.cli.screen import Flow, Trimmed, screen
from enforceflow.cli.speaking import Command, option
from enforceflow.texts import Lang, Phrase, Title

WORKFLOW: Final = Title("工作流，默认依案件所记", "The workflow; by default the one that the case names.")
TODAY: Final = Title(
    "日期，默认为今日；案例文件默认为最后一日", "The day; by default this day, or the last of a case file."
)


def _none(_opened: Opened, _lang: Lang) -> dict[str, str]:
    return {}


@attrs.frozen(eq=False)
class Board:
    """What one command shows of each case: a table (None if there is nothing), and the same ready for JSON.

    `remarks` are said beneath the heading, by the key that they have in JSON.
    """

    name: str
    about: Title
    heading: Phrase
    nothing: Title
    table: Callable[[Opened, Lang, int], RenderableType | None]
    plain: Callable[[Opened, Lang], list[dict[str, object]]]
    remarks: Callable[[Opened, Lang], dict[str, str]] = _none

    def command(self, lang: Lang) -> Command:
        """Return the command."""
        params = [
            click.Argument(["file"]),
            option(lang, "--workflow", about=WORKFLOW, metavar="NAME"),
            option(lang, "--today", about=TODAY, metavar="DATE"),
            option(lang, "--json", "as_json", about=JSON, is_flag=True),
        ]
        return Command(self.name, lang, self.about, self._show, params)

    def _show(self, lang: Lang, *, file: str, workflow: str | None, today: str | None, as_json: bool) -> None:
        cases = list(opened_cases(file, workflow, today))
        if as_json:
            found = [self._object(opened, lang) for opened in cases]
            click.echo(json.dumps(found[0] if is_saved(file) else found, ensure_ascii=False, indent=2))
            return
        for opened in cases:
            self._print(opened, lang)

    def _object(self, opened: Opened, lang: Lang) -> dict[str, object]:
        about = {"number": opened.case.number, "today": opened.today.isoformat()}
        return {**about, **self.remarks(opened, lang), self.name: self.plain(opened, lang)}

    def _print(self, opened: Opened, lang: Lang) -> None:
        console = screen()
        console.print(Text(self.heading(title=opened.title, day=Day(opened.today)).text(lang), "bold"))
        for remark in self.remarks(opened, lang).values():
            console.print(Flow(Text(remark, "dim")))
        console.print()
        table = self.table(opened, lang, console.width)
        console.print(Text(self.nothing.text(lang), "dim") if table is None else Trimmed(table))
        console.print()
