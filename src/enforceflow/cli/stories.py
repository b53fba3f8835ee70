"""The story of a played case as it is laid out: what it is, then day by day what happened."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import attrs
from rich.console import Console, Group
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from enforceflow.calendars.moments import Day, day_of
from enforceflow.casefiles import Act, CaseFile, Play, PlayedCase
from enforceflow.cli.screen import Flow, Trimmed
from enforceflow.cli.tables import deadlines_table, explained, most_telling
from enforceflow.cli.telling import Paragraph, Teller
from enforceflow.cli.wording import Names, weekday
from enforceflow.deadlines.deadline import Deadline, Status
from enforceflow.texts import Lang, Phrase, Title

NUMBER: Final = Title("案号", "Case")
SOURCE: Final = Title("来源", "Source")
WORKFLOW: Final = Title("工作流", "Workflow")
EDITION: Final = Phrase(zh="{title}（{name}，版本 {edition}）", en="{title} ({name}, edition {edition})")
ASSUMED: Final = Title(
    "标有“推定”的日期来源未载明；其余日期均如来源所载。",
    "Dates marked “assumed” are not given by the source; all others are.",
)
DEADLINES: Final = Phrase(zh="各项期限在{day}的状态", en="The deadlines as they stand on {day}")
STOPPED: Final = Title("与预期不符，其后不再演示。", "That was not as expected: nothing is played after it.")
MORE: Final = Phrase(
    zh="另有{count}项已按期办结、届满或者不再计算，未列出。",
    en="Not listed: {count} more that were met in time, have run or ended.",
)
STEP_BY_STEP: Final = Title("其中一项如何算得", "How one of them is computed")
_HANG: Final = 2
_SETTLED: Final = frozenset({Status.MET, Status.HAS_RUN, Status.ENDED})


@attrs.frozen(eq=False)
class Narrator:
    """Writes the cases of one file to a console; if `brief`, without the deadlines that are settled."""

    console: Console
    file: CaseFile
    lang: Lang
    brief: bool = False

    def introduce(self) -> None:
        """Write what the file is about, and where it comes from."""
        self.console.print(Flow(Text(self.file.title.text(self.lang), "bold")))
        if self.file.source:
            self.console.print(Trimmed(_listed([(SOURCE, self.file.source)], self.lang)))

    def tell(self, played: PlayedCase) -> None:
        """Write a case: what it is, its days as the file dates them, its deadlines, and one of them explained."""
        console, names, play = self.console, Names(played.workflow, played.story.case, self.lang), played.story
        console.print()
        console.print(Trimmed(Rule(Text(played.scenario.title.text(self.lang), "bold"), style="blue", align="left")))
        console.print(Trimmed(_listed(_about(played, self.lang), self.lang)))
        if any(isinstance(item, Act) and item.assumed for item in played.scenario.items):
            console.print(Flow(Text(ASSUMED.text(self.lang), "yellow")))
        console.print()
        console.print(Trimmed(_days(played, names)))
        if play.stopped:
            console.print(Flow(Text(STOPPED.text(self.lang), "bold red")))
        telling = most_telling(play.deadlines)
        if telling is not None:
            self._deadlines(play, names, telling)

    def _deadlines(self, play: Play, names: Names, telling: Deadline) -> None:
        """Write the deadlines as a table, and how one of them is computed."""
        console = self.console
        settled = _SETTLED if self.brief else frozenset()
        listed = [one for one in play.deadlines if one is telling or one.status not in settled]
        console.print()
        console.print(Text(DEADLINES(day=Day(play.today)).text(self.lang), "bold"))
        console.print()
        console.print(Trimmed(deadlines_table(listed, names, play.today, console.width)))
        if len(listed) < len(play.deadlines):
            more = MORE(count=len(play.deadlines) - len(listed))
            console.print()
            console.print(Flow(Text(more.text(self.lang), "dim")))
        console.print()
        console.print(Text(STEP_BY_STEP.text(self.lang), "bold"))
        console.print(Trimmed(explained(telling, names)))


def _about(played: PlayedCase, lang: Lang) -> list[tuple[Title, str]]:
    workflow = played.workflow
    named = EDITION(title=workflow.title, name=workflow.name, edition=workflow.edition).text(lang)
    number = played.scenario.number
    return [*([(NUMBER, number)] if number != played.scenario.slug else []), (WORKFLOW, named)]


def _listed(rows: list[tuple[Title, str]], lang: Lang) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for title, value in rows:
        table.add_row(Text(title.text(lang), "dim"), Flow(Text(value)))
    return table


def _days(played: PlayedCase, names: Names) -> Table:
    """Return the days of a case: date, weekday, mark, and what happened."""
    teller, lang = Teller(names), names.lang
    table = Table.grid(padding=(0, 1, 0, 0))
    for _ in range(3):
        table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    day = None
    for paragraph in (paragraph for step in played.story.steps for paragraph in teller.tell(step)):
        same, day = day == day_of(paragraph.at), day_of(paragraph.at)
        date = ("", "") if same else (day.isoformat(), weekday(day, lang))
        table.add_row(Text(date[0], "bold"), Text(date[1], "dim"), paragraph.mark, _body(paragraph))
    return table


def _body(paragraph: Paragraph) -> Group:
    heading = paragraph.heading
    if isinstance(paragraph.at, datetime):
        heading = Text(f"{paragraph.at:%H:%M} ", "dim").append_text(heading)
    return Group(Flow(heading, _HANG), *(Flow(detail, _HANG) for detail in paragraph.details))
