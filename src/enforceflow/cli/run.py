"""`enforceflow run`: a case file played, and what it expects checked."""

from __future__ import annotations

import json
from typing import Final

import click
from rich.text import Text

from enforceflow.casefiles import Playback, load_cases, plain, play
from enforceflow.cli import inputs
from enforceflow.cli.due import JSON
from enforceflow.cli.screen import screen
from enforceflow.cli.speaking import Command, option
from enforceflow.cli.stories import Narrator
from enforceflow.texts import Lang, Phrase, Title

ABOUT: Final = Title(
    "演示案例文件，并核对其中的预期。\n\n退出码：0 均如预期；1 有不符；2 文件有误。",
    "Play a case file and check what it expects.\n\n"
    "Exits with 0 if all is as expected, 1 if something is not, 2 if the file is wrong.",
)
_TODAY: Final = Title(
    "最后核对所依的日期，默认依文件", "The day of the final expectations; by default that of the file."
)
AS_EXPECTED: Final = Phrase(zh="✓ {count} 项预期全部相符", en="✓ all {count} expectations hold")
NOT_AS_EXPECTED: Final = Phrase(
    zh="✗ {count} 项预期，{wrong} 项不符", en="✗ of {count} expectations {wrong} do not hold"
)
NOTHING_EXPECTED: Final = Title("文件没有写明预期", "the file expects nothing")


def command(lang: Lang) -> Command:
    """Return the command."""
    params = [
        click.Argument(["file"]),
        option(lang, "--today", about=_TODAY, metavar="DATE"),
        option(lang, "--json", "as_json", about=JSON, is_flag=True),
    ]
    return Command("run", lang, ABOUT, run, params)


def run(lang: Lang, *, file: str, today: str | None, as_json: bool) -> int:
    """Tell the cases of a file and what is not as expected; return the exit code."""
    day = None if today is None else inputs.moment(today)
    playback = play(load_cases(inputs.existing(file)), today=day)
    if as_json:
        click.echo(json.dumps(plain(playback), ensure_ascii=False, indent=2))
    else:
        _tell(playback, lang)
    return 0 if playback.holds else 1


def _tell(playback: Playback, lang: Lang) -> None:
    console = screen()
    narrator = Narrator(console, playback.file, lang)
    narrator.introduce()
    for played in playback.cases:
        narrator.tell(played)
    console.print()
    for failure in playback.failures:
        console.print(Text(failure.text(lang), "red"), soft_wrap=True)
    console.print(_verdict(playback, lang), soft_wrap=True)


def _verdict(playback: Playback, lang: Lang) -> Text:
    expected = {check.key for played in playback.cases for one in played.plays for check in one.checks}
    wrong = {failure.key for failure in playback.failures}
    if wrong:
        return Text(NOT_AS_EXPECTED(count=len(expected), wrong=len(wrong)).text(lang), "bold red")
    if not expected:
        return Text(NOTHING_EXPECTED.text(lang), "yellow")
    return Text(AS_EXPECTED(count=len(expected)).text(lang), "bold green")
