"""`enforceflow walk`: a workflow walked at random, to see that what always holds does hold."""

from __future__ import annotations

import secrets
from typing import Final

import click

from enforceflow.cli.library import workflow_and_case
from enforceflow.cli.speaking import Command, Failure, option
from enforceflow.reading import calendar as calendar_of
from enforceflow.texts import Lang, Phrase, Title

ABOUT: Final = Title(
    "在工作流中随机游走：作出可以和不可以作出的行为，补录、更正、撤销，逐步核对恒应成立的性质。\n\n"
    "退出码：0 均成立；1 发现不成立，并列出最短的例子。需要 pip install 'enforceflow[testing]'。",
    "Walk a workflow at random: acts that are open and some that are not, late entries, corrections, strikes; at every "
    "step what holds for any case is checked.\n\n"
    "Exits with 0 if all held, 1 if something did not, told by the shortest example. Needs "
    "pip install 'enforceflow[testing]'.",
)
_WALKS: Final = Title("游走次数，默认 50", "How many walks; 50 by default.")
_ACTS: Final = Title("每次至多几个行为，默认 12", "How many acts a walk has at most; 12 by default.")
_SEED: Final = Title("随机种子，用于重现", "The seed, to walk the same again.")
_CALENDAR: Final = Title("日历的名称或文件，默认为 cn", "The calendar, a name or a file; cn by default.")
NEEDS: Final = Title(
    "此命令需要附加组件：pip install 'enforceflow[testing]'",
    "this command needs an extra: pip install 'enforceflow[testing]'",
)
WALKED: Final = Phrase(
    zh="✓ {name}：游走 {walks} 次，记录 {acts} 个行为，见到 {seen} 种（共 {known} 种），均成立（种子 {seed}）",
    en="✓ {name}: {walks} walks, {acts} acts recorded, {seen} kinds of them out of {known}; all held (seed {seed})",
)
BROKEN: Final = Phrase(zh="✗ {name}：不成立（种子 {seed}）", en="✗ {name}: this did not hold (seed {seed})")
_MOST_WALKS: Final = 100_000
_MOST_ACTS: Final = 200


def command(lang: Lang) -> Command:
    """Return the command."""
    params = [
        click.Argument(["name"], metavar="NAME_OR_FILE"),
        option(lang, "--walks", about=_WALKS, type=click.IntRange(1, _MOST_WALKS), default=50),
        option(lang, "--acts", about=_ACTS, type=click.IntRange(1, _MOST_ACTS), default=12),
        option(lang, "--seed", about=_SEED, type=int),
        option(lang, "--calendar", about=_CALENDAR, default="cn", metavar="NAME"),
    ]
    return Command("walk", lang, ABOUT, walk, params)


def walk(lang: Lang, *, name: str, walks: int, acts: int, seed: int | None, calendar: str) -> int:
    """Walk the case workflow that is named, or that the track named belongs to."""
    try:
        from enforceflow.cli import walking  # noqa: PLC0415  it needs an extra
    except ImportError:
        raise Failure(NEEDS) from None
    _, case = workflow_and_case(name)
    chosen = secrets.randbelow(2**32) if seed is None else seed
    found = walking.walked(case, calendar_of(calendar), walks=walks, acts=acts, seed=chosen)
    if found.broken:
        click.echo(found.broken)
        click.secho(BROKEN(name=case.name, seed=chosen).text(lang), fg="red")
        return 1
    known, seen = walking.kinds_of(case), len(found.seen)
    said = WALKED(name=case.name, walks=found.walks, acts=found.acts, seen=seen, known=known, seed=chosen)
    click.secho(said.text(lang), fg="green")
    return 0
