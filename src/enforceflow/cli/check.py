"""`enforceflow check`: every problem of workflows, calendars and case files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path
from typing import Final

import attrs
import click

from enforceflow.cli.library import CALENDAR, CASES, KINDS, WORKFLOW, Uses, cases_of, is_file, opened, unknown, uses_of
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


@attrs.frozen
class Shelves:
    """What was read of shelves in one command: which workflow uses which, and what is wrong with a case."""

    uses: Callable[[Shelf], Uses]
    problems: Callable[[str, tuple[Path, ...]], list[Problem]]


def command(lang: Lang) -> Command:
    """Return the command."""
    names = click.Argument(["names"], nargs=-1, required=True, metavar="NAME_OR_FILE...")
    return Command("check", lang, ABOUT, check, [names])


def check(lang: Lang, *, names: tuple[str, ...]) -> int:
    """Print the problems of each name or file, and return the exit code."""
    # Files on one shelf are checked through the same cases: each case is read once.
    shelves = Shelves(cache(uses_of), cache(_of_case))
    return max([_checked(name, lang, shelves) for name in names])


def _checked(name: str, lang: Lang, shelves: Shelves) -> int:
    try:
        kind, problems = _of_file(name, shelves) if is_file(name) else _of_name(name, shelves)
    except Failure as error:
        click.echo(told(error, lang), err=True)
        return Failure.exit_code
    for problem in problems:
        click.echo(problem.text(lang))
    phrase, colour = (WRONG, "red") if problems else (FINE, "green")
    click.secho(phrase(name=name, kind=kind, count=len(problems)).text(lang), fg=colour)
    return 1 if problems else 0


def _of_file(name: str, shelves: Shelves) -> tuple[Title, list[Problem]]:
    try:
        file = opened(name)
    except DefinitionError as error:
        return UNREAD, list(error.problems)
    if file.kind == CASES:
        return KINDS[CASES], _problems(partial(_play, name))
    if file.kind == CALENDAR:
        return KINDS[CALENDAR], _problems(partial(calendar, name))
    cases = cases_of(file.name, file.shelf, shelves.uses(file.shelf))
    wanted = (name if case == file.name else case for case in cases)
    return KINDS[WORKFLOW], _told(shelves.problems(case, file.shelf.roots) for case in wanted)


def _of_name(name: str, shelves: Shelves) -> tuple[Title, list[Problem]]:
    """Return what is wrong with what comes with the library under a name: a workflow, else a calendar."""
    shelf = Shelf.of(None, ())
    if shelf.find(name, WORKFLOW) is not None:
        cases = cases_of(name, shelf, shelves.uses(shelf))
        return KINDS[WORKFLOW], _told(shelves.problems(case, ()) for case in cases)
    if shelf.find(name, CALENDAR) is not None:
        return KINDS[CALENDAR], _problems(partial(calendar, name))
    raise Failure(unknown(name, shelf))


def _play(file: str) -> None:
    """Play a case file, since only that shows whether it fits its workflows; what it expects is for `run`."""
    from enforceflow.casefiles import load_cases, play  # noqa: PLC0415  only case files need it

    play(load_cases(file))


def _of_case(name: str, roots: tuple[Path, ...]) -> list[Problem]:
    return _problems(partial(load, name, search=roots))


def _told(found: Iterable[list[Problem]]) -> list[Problem]:
    return list({problem.text("en"): problem for problems in found for problem in problems}.values())


def _problems(read: Callable[[], object]) -> list[Problem]:
    try:
        read()
    except DefinitionError as error:
        return list(error.problems)
    return []
