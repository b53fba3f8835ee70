"""Cases to look at: a saved one, or those of a case file as they are played."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import attrs

from enforceflow.casefiles import load_cases, play
from enforceflow.casefiles.host import AllRules, Host
from enforceflow.cases.case import Case
from enforceflow.cases.journal import Moment
from enforceflow.cli import inputs
from enforceflow.cli.library import is_file
from enforceflow.engine.engine import Engine
from enforceflow.reading import calendar, load
from enforceflow.saving import from_plain, read_plain
from enforceflow.texts import Bilingual, Title

CALENDAR: Final = "cn"


@attrs.frozen(eq=False)
class Opened:
    """A case, the engine that reads it, and the day on which it is looked at."""

    engine: Engine
    case: Case
    today: Moment
    title: Bilingual


def is_saved(file: str) -> bool:
    """Tell whether a file holds a saved case, and not cases to be played."""
    return not is_file(file)


def opened_cases(file: str, workflow: str | None, today: str | None) -> Iterator[Opened]:
    """Yield the cases of a file; `today` is by default the last day of a played case, and this day for a saved one."""
    day = None if today is None else inputs.moment(today)
    if is_saved(file):
        yield _saved(file, workflow, day)
    else:
        yield from _played(inputs.existing(file), day)


def _saved(file: str, workflow: str | None, day: Moment | None) -> Opened:
    plain = inputs.plain_json(file)
    name = workflow or read_plain(plain).pin.name
    engine = _engine(name, CALENDAR)
    case = from_plain(plain, engine)
    return Opened(engine, case, day or date.today(), Title(case.number, case.number))  # noqa: DTZ011  the user's own day


def _played(path: Path, day: Moment | None) -> Iterator[Opened]:
    for played in play(load_cases(path), today=day).cases:
        given = played.scenario.given.calendar.name
        engine = Engine(
            played.workflow, calendar=calendar(path.parent / given if is_file(given) else given), rules=AllRules(Host())
        )
        yield Opened(engine, played.story.case, played.story.today, played.scenario.title)


def _engine(workflow: str, days: str) -> Engine:
    """Return an engine for reading: no rule is asked, so none is answered."""
    return Engine(load(workflow), calendar=calendar(days), rules=AllRules(Host()))
