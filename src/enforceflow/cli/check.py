"""`enforceflow check`: every problem of workflows, calendars and case files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import click

from enforceflow.cli.library import CALENDAR, CASES, KINDS, WORKFLOW, Unkind, cases_of, is_file, opened
from enforceflow.cli.speaking import Command, Failure, told
from enforceflow.errors import DefinitionError, Problem
from enforceflow.reading import calendar, load
from enforceflow.reading.shelves import Shelf
from enforceflow.texts import Lang, Phrase, Title

ABOUT: Final = Title(
    "检查工作流、日历和案例文件（依首键区分），列出全部问题。\n\n退出码：0 无问题；1 有问题；2 没有该文件。",
    "Find every problem of workflows, calendars and case files, told apart by their first key.\n\n"
    "Exits with 0 if there is none, 1 if there are some, 2 if a file is not there.",
)
FINE: Final = Phrase(zh="✓ {name}  {kind}", en="✓ {name}  {kind}")
WRONG: Final = Phrase(zh="✗ {name}  {kind}，问题 {count} 个", en="✗ {name}  {kind}, problems: {count}")
_BROKEN: Final = Title("文件", "file")


def command(lang: Lang) -> Command:
    """Return the command."""
    names = click.Argument(["names"], nargs=-1, required=True, metavar="NAME_OR_FILE...")
    return Command("check", lang, ABOUT, check, [names])


def check(lang: Lang, names: tuple[str, ...]) -> int:
    """Print the problems of each name or file, and return the exit code."""
    code = 0
    for name in names:
        try:
            kind, problems = _kind_and_problems(name)
        except Unkind as error:
            click.echo(error.said.text(lang))
            code = max(code, 1)
            continue
        except Failure as error:
            click.echo(told(error, lang), err=True)
            code = Failure.exit_code
            continue
        for problem in problems:
            click.echo(problem.text(lang))
        phrase, colour = (WRONG, "red") if problems else (FINE, "green")
        click.secho(phrase(name=name, kind=kind, count=len(problems)).text(lang), fg=colour)
        code = max(code, 1 if problems else 0)
    return code


def _kind_and_problems(name: str) -> tuple[Title, list[Problem]]:
    if not is_file(name):
        return _of_name(name)
    try:
        file = opened(name)
    except DefinitionError as error:
        return _BROKEN, list(error.problems)
    found: dict[Problem, None] = {}
    for read in _readings(file.kind, name, file.name, file.shelf):
        found.update(dict.fromkeys(read))
    return KINDS[file.kind], list(found)


def _of_name(name: str) -> tuple[Title, list[Problem]]:
    """Return what is wrong with what comes with the library under a name: a workflow, else a calendar."""
    shelf = Shelf.of(None, ())
    kind = next((kind for kind in (WORKFLOW, CALENDAR) if shelf.find(name, kind) is not None), "")
"""…"""
