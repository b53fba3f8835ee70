"""`enforceflow due`: when a period ends, and why."""

from __future__ import annotations

import json
from typing import Final

import click

from enforceflow.calendars.steps import Reckoning
from enforceflow.cli import inputs
from enforceflow.cli.speaking import Command, option
from enforceflow.definitions.periods import Period
from enforceflow.reading import calendar as calendar_of
from enforceflow.texts import Lang, Title

ABOUT: Final = Title(
    "计算期间何时届满，并逐步说明（民事诉讼法第85条）。\n\n"
    '期间写作 "15 days"、"3 workdays"、"6 months"、"2 years" 或 "48 hours"。',
    "Tell when PERIOD ends, step by step (Civil Procedure Law, art. 85).\n\n"
    'Write "15 days", "3 workdays", "6 months", "2 years" or "48 hours".',
)
_SINCE: Final = Title("起算的日期；期间以小时计时须有时刻", "The starting date, with a time for hours.")
_KNOWN: Final = Title("按该日已公布的放假安排计算", "Use only the notices announced by that day.")
_CALENDAR: Final = Title("日历的名称或文件，默认为 cn", "The calendar, a name or a file; cn by default.")
_ROLLS: Final = Title("末日遇休假日是否顺延，默认顺延", "Whether an end on a rest day moves on; it does by default.")
_COUNTED: Final = Title("始日计入", "Count the starting day.")
JSON: Final = Title("输出 JSON", "Write JSON.")


def command(lang: Lang) -> Command:
    """Return the command."""
    params = [
        click.Argument(["period"], nargs=-1, required=True, metavar="PERIOD"),
        option(lang, "--since", about=_SINCE, required=True, metavar="DATE"),
        option(lang, "--known", about=_KNOWN, metavar="DATE"),
        option(lang, "--calendar", about=_CALENDAR, default="cn", metavar="NAME"),
        option(lang, "--rolls/--no-rolls", about=_ROLLS, default=True),
        option(lang, "--first-day-counted", about=_COUNTED, is_flag=True),
        option(lang, "--json", "as_json", about=JSON, is_flag=True),
    ]
    return Command("due", lang, ABOUT, due, params)


def due(
    lang: Lang,
    *,
    period: tuple[str, ...],
    since: str,
    known: str | None,
    calendar: str,
    rolls: bool,
    first_day_counted: bool,
    as_json: bool,
) -> None:
    """Print when a period ends."""
    length, start = Period.parse(" ".join(period)), inputs.moment(since)
    known_on = None if known is None else inputs.day(known)
    days = calendar_of(calendar)
    if known_on is not None:
        days = days.as_known(known_on)
    first_day = "counted" if first_day_counted else "not_counted"
    reckoning = days.due(length, since=start, rolls=rolls, first_day=first_day)
    if as_json:
        plain = {"period": str(length), **reckoning.plain(lang)}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
    else:
        click.echo(_shown(reckoning, lang))


def _shown(reckoning: Reckoning, lang: Lang) -> str:
    heading, *steps, edition = reckoning.text(lang).splitlines()
    colour = "yellow" if reckoning.provisional else "green"
    return "\n".join([click.style(heading, fg=colour, bold=True), *steps, click.style(edition, dim=True)])
