"""`enforceflow demo`: a case, composed or published, played from its first act to its last."""

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
    "演示一个案例，从首个行为到最后一个（默认是编写的案例，也可选已公开的真实案例）：每个行为引起、完成、错过的期限，"
    "被拒绝的行为及理由，期满自动发生的事项；最后列出仍在进行、错过、逾期办结的期限，并逐步说明其中一项。",
    "Play a case from its first act to its last, by default a composed one, else one that was published: the deadlines "
    "that each act starts, meets or misses, what is refused and why, what follows by itself; in the end the deadlines "
    "that run, were missed or met late, and one of them explained.",
)
_CASE: Final = Title(
    "案例名称或其开头，如 07（已公开的真实案例）",
    "The case by its name, or how that begins, such as 07 for a published one.",
)
COMPOSED: Final = Title(
    "以下案例是编写的，不是真实案件，由 enforceflow 依规则文件逐个行为演示。",
    "This case is composed, not a real one: it is played act by act by the rules in the workflow files.",
)
PUBLISHED: Final = Title(
    "以下是一个已公开的真实案例，由 enforceflow 依规则文件逐个行为重放。",
    "This is a real, published case, replayed act by act by the rules in the workflow files.",
)
NEXT: Final = Phrase(
    zh="已公开的真实案例：enforceflow demo --case {other}\n规则原文：enforceflow show {workflow}",
    en="A real, published case: enforceflow demo --case {other}\nThe rules of this one: enforceflow show {workflow}",
)
NO_CASE: Final = Phrase(zh="没有名为“{name}”的案例；可用：{known}", en="no case is called {name!s}; known: {known}")
NO_CASES: Final = Title("随库案例不在其位", "the cases that come with the library are not in their place")
DEFAULT: Final = "from-filing-to-payout"
_FOLDERS: Final = ("composed", "cases")
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
    narrator = Narrator(console, playback.file, lang, brief=True)
    console.print(Flow(Text((COMPOSED if _composed(path) else PUBLISHED).text(lang), "dim")))
    console.print()
    narrator.introduce()
    story = _one_story(playback.cases)
    for played in story:
        narrator.tell(played)
    others = [file.stem for file in files if file != path and not _composed(file)]
    if others:
        hint = NEXT(other=others[-1].partition("-")[0], workflow=story[0].workflow.name).text(lang)
        console.print()
        console.print(Flow(Text(hint, "dim")))


def shipped_cases() -> list[Path]:
    """Return the case files that come with the library, in the wheel or in a checkout: composed, then published."""
    checkout = _HERE.parents[3]
    for root in (_HERE.parents[1], checkout):
        found = [path for folder in _FOLDERS for path in sorted((root / "examples" / folder).glob(f"*{YAML}"))]
        if found:
            return found
    raise Failure(NO_CASES)


def _composed(path: Path) -> bool:
    return path.parent.name == "composed"


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
