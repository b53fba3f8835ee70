"""`enforceflow show`: a workflow as a jurist reads it, stage by stage."""

from __future__ import annotations

from collections.abc import Iterable
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
from enforceflow.cli.stages import stage_of_act, stage_of_limit
from enforceflow.cli.telling import LEADS_TO
from enforceflow.cli.titles import Titles
from enforceflow.definitions import STAGES, Node, State, TimeLimit, Workflow
from enforceflow.programs.program import Act, Program, compile_programs
from enforceflow.texts import Lang, Phrase, Title

ABOUT: Final = Title(
    "逐阶段阅读工作流：状态、行为、条件、期限、依据，以及由应用回答的规则。",
    "Read a workflow stage by stage: its states, acts, conditions, time limits and their sources, and the rules that "
    "the host answers.",
)
_WITH_TRACKS: Final = Title("连同各项并行事项一并列出", "Show its parallel tracks too.")
EDITION: Final = Phrase(zh="{name}，版本 {edition}", en="{name}, edition {edition}")
OTHER_STAGES: Final = Title("不限于某一阶段", "Not of one stage")
STATES: Final = Title("状态", "States")
CLOSED: Final = Phrase(zh="{state}（终结）", en="{state} (closed)")
OPENS: Final = Title("开启", "opens")
RULES: Final = Title("由应用回答的规则", "Rules that the host answers")
PARAMETERS: Final = Title("参数", "Parameters")
NODES: Final = Title("流程节点", "Process nodes")
KEY: Final = Title("（关键）", " (key)")
TRACKS: Final = Title("并行事项", "Parallel tracks")
_HANG: Final = 2
_INDENT: Final = 4
_LABEL: Final = Phrase(zh="{label}：{text}", en="{label}: {text}")


def command(lang: Lang) -> Command:
    """Return the command."""
    params = [
        click.Argument(["name"], metavar="NAME_OR_FILE"),
        option(lang, "--tracks", about=_WITH_TRACKS, is_flag=True),
    ]
    return Command("show", lang, ABOUT, show, params)


def show(lang: Lang, *, name: str, tracks: bool) -> None:
    """Show a workflow, and if asked the workflows of its tracks."""
    workflow, case = workflow_and_case(name)
    console = screen()
    kinds = [kind for of_track in workflow.tracks.values() for kind in of_track.values()] if tracks else []
    for program in compile_programs(case):
        if any(program.workflow is one for one in (workflow, *kinds)):
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
        workflow, titles = self.workflow, self.titles
        said = EDITION(name=workflow.name, edition=workflow.edition).text(self.lang)
        self._print(Text(workflow.title.text(self.lang), "bold").append(f"  {said}", "dim"))
        for stage, title in {**STAGES, "": OTHER_STAGES}.items():
            self._stage(stage, title)
        self._section(RULES, [(rule.title, name, rule.source) for name, rule in workflow.rules.items()])
        self._section(
            PARAMETERS, [(one.title, titles.values(one.values), one.source) for one in workflow.parameters.values()]
        )
        self._nodes()
        self._section(
            TRACKS,
            [(kind.title, kind.name, "") for kinds in workflow.tracks.values() for kind in kinds.values()],
        )
        self.console.print()

    def _stage(self, stage: str, title: Title) -> None:
        workflow = self.workflow
        states = [state for state in workflow.states.values() if state.stage == stage]
        acts = [act for act in self.program.transitions.values() if stage_of_act(workflow, act.definition) == stage]
        limits = [limit for limit in workflow.time_limits.values() if stage_of_limit(workflow, limit) == stage]
        if not (states or acts or limits):
            return
        self._heading(title)
        if states:
            self._print(Text(_LABEL(label=STATES, text=self.titles.joined(map(self._state, states))).text(self.lang)))
        for act in acts:
            self._act(act)
        for limit in limits:
            self._limit(limit)

    def _state(self, state: State) -> str:
        title = state.title.text(self.lang)
        return CLOSED(state=title).text(self.lang) if state.closed else title

    def _act(self, act: Act) -> None:
        said, titles = act.definition, self.titles
        origin = titles.joined(titles.state(name) for name in said.from_) or OPENS.text(self.lang)
        way = f"{origin} {LEADS_TO} {titles.state(said.to)}" if said.to else origin
        heading = Text("▪ ").append(said.title.text(self.lang), "bold").append(f"  {said.event}", "dim")
        self._entry(heading.append(f"  {way}", "cyan"), Clauses(titles).of_act(act))

    def _limit(self, limit: TimeLimit) -> None:
        heading = Text("▸ ", "yellow").append(limit.title.text(self.lang), "bold yellow")
        clauses = Clauses(self.titles).of_limit(limit, self.program.terms.get(limit.name))
        self._entry(heading.append(f"  {limit.name}", "dim"), clauses)

    def _entry(self, heading: Text, clauses: Iterable[Clause]) -> None:
        self._print(heading, _HANG)
        for label, text in clauses:
            if text:
                said = _LABEL(label=label, text="").text(self.lang)
                self._print(Text(" " * _INDENT).append(said, "dim").append(text.strip()), _INDENT + _HANG)

    def _nodes(self) -> None:
        workflow, stage = self.workflow, ""
        if workflow.nodes:
            self._heading(NODES)
        if workflow.nodes and workflow.node_catalogue is not None:
            self._print(Text(workflow.node_catalogue.text(self.lang), "dim"))
        for node in workflow.nodes.values():
            if node.stage not in ("", stage):
                stage = node.stage
                self._print(Text(STAGES[stage].text(self.lang), "bold"))
            self._node(node)

    def _node(self, node: Node) -> None:
        limits = self.titles.joined(dict.fromkeys(self.titles.limit(ref) for ref in node.limits))
        heading = Text("· ").append(node.title.text(self.lang), "bold").append(KEY.text(self.lang) if node.key else "")
        heading.append(f"  {self.titles.acts(node.done_by)}").append(f"  {limits}" if limits else "", "dim")
        self._entry(heading, Clauses(self.titles).of_node(node))

    def _section(self, heading: Title, rows: list[tuple[Title, str, str]]) -> None:
        if not rows:
            return
        self._heading(heading)
        for title, text, more in rows:
            said = Text("· ").append(title.text(self.lang), "bold").append(f"  {' '.join(text.split())}")
            self._print(said.append(f"  {more}" if more else "", "dim"), _HANG)

    def _heading(self, title: Title) -> None:
        self.console.print()
        self.console.print(Trimmed(Rule(Text(title.text(self.lang), "bold"), style="blue", align="left")))

    def _print(self, text: Text, hang: int = 0) -> None:
        self.console.print(Flow(text, hang))
