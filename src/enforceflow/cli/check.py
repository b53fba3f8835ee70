"""`enforceflow check`: every problem of workflows, calendars and case files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import click

from enforceflow.cli.library import CALENDAR, CASES, KINDS, WORKFLOW, cases_of, is_file, opened, unknown
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
FINE: Final = Phrase(zh="✓ {name}（{kind}）", en="✓ {name} ({kind})")
WRONG: Final = Phrase(zh="✗ {name}（{kind}）：{count} 个问题", en="✗ {name} ({kind}): {count} to be mended")
UNREAD: Final = Title("文件", "file")


def command(lang: Lang) -> Command:
    """Return the command."""
    names = click.Argument(["names"], nargs=-1, required=True, metavar="NAME_OR_FILE...")
    return Command("check", lang, ABOUT, check, [names])


def check(lang: Lang, *, names: tuple[str, ...]) -> int:
    """Print the problems of each name or file, and return the exit code."""
    return max([_checked(name, lang) for name in names])


def _checked(name: str, lang: Lang) -> int:
    try:
        kind, problems = _of_file(name) if is_file(name) else _of_name(name)
    except Failure as error:
        click.echo(told(error, lang), err=True)
        return Failure.exit_code
    for problem in problems:
        click.echo(problem.text(lang))
    phrase, colour = (WRONG, "red") if problems else (FINE, "green")
    click.secho(phrase(name=name, kind=kind, count=len(problems)).text(lang), fg=colour)
    return 1 if problems else 0


def _of_file(name: str) -> tuple[Title, list[Problem]]:
    try:
        file = opened(name)
    except DefinitionError as error:
        return UNREAD, list(error.problems)
    if file.kind == CASES:
        return KINDS[CASES], _told([partial(_play, name)])
    if file.kind == CALENDAR:
        return KINDS[CALENDAR], _told([partial(calendar, name)])
    cases = cases_of(file.name, file.shelf)
    roots = file.shelf.roots
    return KINDS[WORKFLOW], _told([partial(load, name if case == file.name else case, search=roots) for case in cases])


def _of_name(name: str) -> tuple[Title, list[Problem]]:
    """Return what is wrong with what comes with the library under a name: a workflow, else a calendar."""
    shelf = Shelf.of(None, ())
    if shelf.find(name, WORKFLOW) is not None:
        return KINDS[WORKFLOW], _told([partial(load, case) for case in cases_of(name, shelf)])
    if shelf.find(name, CALENDAR) is not None:
        return KINDS[CALENDAR], _told([partial(calendar, name)])
    raise Failure(unknown(name, shelf))


def _play(file: str) -> None:
    """Play a case file, since only that shows whether it fits its workflows; what it expects is for `run`."""
    from enforceflow.casefiles import load_cases, play  # noqa: PLC0415  only case files need it

    play(load_cases(file))


def _told(readings: list[Callable[[], object]]) -> list[Problem]:
    return list({problem.text("en"): problem for read in readings for problem in _problems(read)}.values())


def _problems(read: Callable[[], object]) -> Iterator[Problem]:
    try:
        read()
    except DefinitionError as error:
        yield from error.problems
