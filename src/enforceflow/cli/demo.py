"""`enforceflow demo`: a published case, played from its first act to its last."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rich.text import Text

from enforceflow.casefiles import PlayedCase, load_cases, play
from enforceflow.cli.inputs import YAML
from enforceflow.cli.screen import Flow, screen
from enforceflow.cli.speaking import Command, Failure, option
from enforceflow.cli.stories import Narrator
from enforceflow.texts import Lang, Phrase, Title

ABOUT: Final = Title(
    "演示一个已公开的真实案例，从首个行为到最后一个：每个行为引起、完成、错过的期限，被拒绝的行为及理由，"
    "期满自动发生的事项；最后列出各项期限，并逐步说明其中一项。",
    "Play a published case from its first act to its last: the deadlines that each act starts, meets or misses, what "
    "is refused and why, what follows by itself; in the end a table of its deadlines, and one of them explained.",
)
_CASE: Final = Title("案例名称或其开头，如 07", "The case by its name, or how that begins, such as 07.")
INTRODUCTION: Final = Title(
    "以下是一个已公开的真实案例，由 enforceflow 依规则文件逐个行为重放。",
    "This is a real, published case, replayed act by act by the rules in the workflow files.",
)
NEXT: Final = Phrase(
    zh="另一案例：enforceflow demo --case {other}\n规则原文：enforceflow show {workflow}",
    en="Another case: enforceflow demo --case {other}\nThe rules of this one: enforceflow show {workflow}",
)
NO_CASE: Final = Phrase(zh="没有名为“{name}”的案例；可用：{known}", en="no case is called {name!s}; known: {known}")
NO_CASES: Final = Title("随库案例不在其位", "the cases that come with the library are not in their place")
DEFAULT: Final = "06"
_HERE: Final = Path(__file__).resolve()


def command(lang: Lang) -> Command:
    """Return the command."""
    return Command("demo", lang, ABOUT, demo, [option(lang, "--case", about=_CASE, default=DEFAULT, metavar="NAME")])


def demo(lang: Lang, *, case: str) -> None:
    """Tell the story of one of the case files that come with the library."""
    files = shipped_cases()
    path = _chosen(files, case)
    playback = play(load_cases(path))
    console = screen()
    narrator = Narrator(console, playback.file, lang)
    console.print(Flow(Text(INTRODUCTION.text(lang), "dim")))
    console.print()
    narrator.introduce()
    story = _one_story(playback.cases)
    for played in story:
        narrator.tell(played)
    others = [file.stem for file in files if file != path]
    if others:
        hint = NEXT(other=others[-1].partition("-")[0], workflow=story[0].workflow.name).text(lang)
        console.print()
        console.print(Flow(Text(hint, "dim")))


def shipped_cases() -> list[Path]:
    """Return the case files that come with the library: in the wheel, or in a checkout."""
    checkout = _HERE.parents[3]
    for root in (_HERE.parents[1], checkout):
        found = sorted((root / "examples" / "cases").glob(f"*{YAML}"))
        if found:
            return found
    raise Failure(NO_CASES)


def _one_story(cases: Sequence[PlayedCase]) -> list[PlayedCase]:
    """Return the first case with those that were opened from it, and no other that the file adds."""
    story = list(cases[:1])
    for played in cases[1:]:
        origin = played.scenario.origin
        if origin is not None and origin.origin.name in {one.scenario.slug for one in story}:
            story.append(played)
    return story


def _chosen(files: list[Path], name: str) -> Path:
    found = next((file for file in files if file.stem == name), None)
    found = found or next((file for file in files if name and file.stem.startswith(name)), None)
    if found is not None:
        return found
    raise Failure(NO_CASE(name=name, known=tuple(file.stem for file in files)))
