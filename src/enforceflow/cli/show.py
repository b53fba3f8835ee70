"""`enforceflow show`: a workflow as a jurist reads it, stage by stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs
import click
from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from enforceflow.cli.clauses import Clause, Clauses
from enforceflow.cli.library import workflow_and_case
from enforceflow.cli.screen import Flow, Trimmed, screen
from enforceflow.cli.speaking import Command, option
from enforceflow.cli.telling import LEADS_TO
from enforceflow.cli.titles import Titles
from enforceflow.definitions import ANY, STAGES, ByAct, TimeLimit, Transition, Workflow
from enforceflow.programs import Act, Program, compile_programs
from enforceflow.texts import Lang, Phrase, Title

ABOUT: Final = Title(
    "逐阶段阅读工作流：状态、行为、条件、期限、依据，以及由应用回答的规则。",
    "Read a workflow stage by stage: its states, acts, conditions, time limits and their sources, and the rules that "
    "the host answers.",
)
_WITH_TRACKS: Final = Title("连同各项并行事项一并列出", "Show its parallel tracks too.")
EDITION: Final = Phrase(zh="{name}，版本 {edition}", en="{name}, edition {edition}")
ANY_STAGE: Final = Title("跨阶段", "Across stages")
STATES: Final = Title("状态", "States")
CLOSED: Final = Phrase(zh="{state}（终结）", en="{state} (closed)")
OPENS: Final = Title("开启", "opens")
RULES: Final = Title("由应用回答的规则", "Rules that the host answers")
PARAMETERS: Final = Title("参数", "Parameters")
NODES: Final = Title("流程节点", "Process nodes")
KEY: Final = Title("（关键）", " (key)")
TRACKS: Final = Title("并行事项", "Parallel tracks")
_LABEL: Final = Phrase(zh="{label}：{text}", en="{label}: {text}")


def command(lang: Lang) -> Command:
    """Return the command."""
    params = [
        click.Argument(["name"], metavar="NAME_OR_FILE"),
        option(lang, "--tracks", about=_WITH_TRACKS, is_flag=True),
    ]
    return Command("show", lang, ABOUT, show, params)


def show(lang: Lang, name: str, tracks: bool) -> None:  # noqa: FBT001  as click calls it
    """Show a workflow, and if asked the workflows of its tracks."""
    workflow, case = workflow_and_case(name)
    console = screen()
    wanted = {"": workflow}
    if tracks:
        wanted.update({one.name: one for kinds in workflow.tracks.values() for one in kinds.values()})
    for program in compile_programs(case):
        if any(program.workflow is one for one in wanted.values()):
            Reader(console, program, Titles(program.workflow, case, lang)).read()


@attrs.frozen(eq=False)
class Reader:
    """Writes one workflow to a console."""

    console: Console
    program: Program
    titles: Titles

    @property
    def lang(self) -> Lang:
        """The language."""
        return self.titles.lang

    @property
    def workflow(self) -> Workflow:
        """The workflow."""
        return self.program.workflow

    def read(self) -> None:
        """Write all of it."""
        said = EDITION(name=self.workflow.name, edition=self.workflow.edition).text(self.lang)
        self._print(Text(self.workflow.title.text(self.lang), "bold").append(f"  {said}", "dim"))
        stages = {name: title for name, title in STAGES.items()} | {"": ANY_STAGE}
        for stage, title in stages.items():
            self._stage(stage, title)
        self._section(RULES, [(rule.title, rule.name, rule.source) for rule in self.workflow.rules.values()])
        values = self.titles.values
        self._section(
            PARAMETERS,
            [(one.title, values(one.values), one.source) for one in self.workflow.parameters.values()],
        )
