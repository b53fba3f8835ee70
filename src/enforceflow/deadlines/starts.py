"""What starts a time limit: the acts, dates and ends that its anchors name, found in a journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import attrs

from enforceflow.calendars.moments import day_of
from enforceflow.cases.journal import Entry, Journal, Moment
from enforceflow.definitions import ByAct, ByEnd, ByFact, Length
from enforceflow.definitions.facts import FactValue
from enforceflow.definitions.periods import Dated, Period, Unit
from enforceflow.programs.program import Program
from enforceflow.texts import Bilingual, Message, Phrase, Title

BY_ACT = Phrase(zh="{title}", en="{event!s}")
BY_FACT = Phrase(zh="{title}所载的日期", en="the date that {event!s} carries")
OLD_END = Phrase(zh="原届满日，由{label}续期", en="the old end, renewed by {label}")
BY_END = Phrase(zh="“{title}”届满", en="{title} ends")
DAY_AFTER_END = Phrase(zh="“{title}”届满的次日", en="the day after {title} ends")


@attrs.frozen
class Start:
    """Where one run of a limit begins.

    A `renewed` run is laid on the old end, whose day has been counted already. What meets or ends the run is looked
    for in the journal from `position` on, the entry there included if `inclusive`: a fact's date may lie in the
    very act that meets the limit.
    """

    moment: Moment
    position: int
    inclusive: bool
    label: Bilingual
    entry: Entry | None
    renewed: bool = False

    @property
    def came(self) -> Moment:
        """When it came about: with its act, or when the other limit ended."""
        return self.moment if self.entry is None else self.entry.at

    @property
    def first_position(self) -> int:
        """The first position that may meet the run."""
        return self.position if self.inclusive else self.position + 1


def by_act(anchor: ByAct, journal: Journal, position: int, title: Title) -> Start | None:
    """Return the start that one entry makes for an anchor, or None if it lacks the fact."""
    entry = journal[position]
    if not anchor.fact:
        return Start(entry.at, position, inclusive=False, label=BY_ACT(title=title, event=entry.event), entry=entry)
    moment = entry.facts.get(anchor.fact)
    if not isinstance(moment, Moment):
        return None
    return Start(moment, position, inclusive=True, label=BY_FACT(title=title, event=entry.event), entry=entry)


def by_end(anchor: ByEnd, due: Moment, position: int, title: Title) -> Start:
    """Return the start that the end of another limit's run makes."""
    label: Message = (DAY_AFTER_END if anchor.next_day else BY_END)(title=title)
    moment = day_of(due) + timedelta(days=1) if anchor.next_day else due
    return Start(moment, position, inclusive=True, label=label, entry=None)


def in_order(starts: Iterator[Start]) -> list[Start]:
    """Return starts in the order in which they came about, which is not always that of the dates that acts carry."""
    return sorted(starts, key=lambda start: (day_of(start.came), start.position))


def length_of(
    length: Length | None, start: Start, journal: Journal, address: str, program: Program, root: Program
) -> Period | date | None:
    """Return what a limit lasts for one run: a period, a date (the last day itself), or None if nobody said.

    Values by date are chosen by the day on which the run starts; a fact comes from the act that starts the run if that
    carries it (a renewal its own term), else from the last entry of the act that the limit names.
    """
    if length is None:
        return None
    if isinstance(length, Dated):
        return length.on(day_of(start.moment))
    if isinstance(length, ByFact):
        entry = start.entry
        if entry is None or length.fact not in entry.facts or entry.track != address:
            entry = journal.last_act(address, length.event)
        return None if entry is None else as_length(entry.facts.get(length.fact))
    parameter = program.parameters.get(length.name) or root.parameters[length.name]
    return as_length(parameter.values.on(day_of(start.moment)))


def as_length(value: FactValue | None) -> Period | date | None:
    """Return a fact as a length: a whole number means days, a date the last day itself."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Period(value, Unit.DAY)
    return value if isinstance(value, (Period, date)) else None
