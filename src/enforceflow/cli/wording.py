"""Words for what a case holds: tracks, facts, days, and how much time is left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Final

import attrs

from enforceflow.calendars.moments import remaining, written
from enforceflow.cases.case import Case
from enforceflow.cases.journal import Entry, Moment
from enforceflow.deadlines.deadline import Deadline, Status
from enforceflow.definitions import Workflow
from enforceflow.definitions.facts import FactKind, FactType, FactValue
from enforceflow.definitions.periods import Period, Unit
from enforceflow.texts import NO, YES, YUAN, Lang, Title, render

_WEEKDAYS: Final = (
    Title("周一", "Mon"),
    Title("周二", "Tue"),
    Title("周三", "Wed"),
    Title("周四", "Thu"),
    Title("周五", "Fri"),
    Title("周六", "Sat"),
    Title("周日", "Sun"),
)
_OPEN: Final = frozenset({Status.RUNNING, Status.DUE_SOON, Status.PAUSED, Status.MISSED})
_SETTLED: Final = frozenset({Status.MET, Status.MET_LATE, Status.ENDED, Status.LAPSED})


def weekday(at: Moment, lang: Lang) -> str:
    """Return the short name of a day of the week."""
    return _WEEKDAYS[at.weekday()].text(lang)


def time_left(deadline: Deadline, today: Moment, lang: Lang) -> str:
    """Return how much time is left or by how much a deadline was missed; empty if that is of no interest any more."""
    if deadline.status is Status.MET_LATE and deadline.met is not None:
        return remaining(deadline.due, deadline.met, lang)
    return remaining(deadline.due, today, lang) if deadline.status in _OPEN else ""


def settled_on(deadline: Deadline) -> str:
    """Return the day on which a deadline was met or ended; empty if it was neither."""
    moment = deadline.met if deadline.met is not None else deadline.ended
    return written(moment) if moment is not None and deadline.status in _SETTLED else ""


@attrs.frozen(eq=False)
class Names:
    """The titles of a case's own tracks and facts, in one language."""

    workflow: Workflow
    case: Case
    lang: Lang

    def workflow_of(self, track: str, kind: str = "") -> Workflow:
        """Return the workflow of a track of the case, or that of the case; `kind` is for a track that is not open."""
        kinds = self.workflow.tracks.get(track.partition("/")[0], {})
        return kinds.get(kind or self.case.kind_of(track), next(iter(kinds.values()), self.workflow))

    def track(self, address: str, kind: str = "") -> str:
        """Return a track by its kind and number: `存款 A1`; empty for the case itself."""
        if not address:
            return ""
        return f"{self.workflow_of(address, kind).title.text(self.lang)} {address.partition('/')[2]}"

    def limit(self, deadline: Deadline) -> str:
        """Return the title of a deadline."""
        return deadline.limit.title.text(self.lang)

    def facts(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Yield the facts that an act carried, each by its title, personal data left out."""
        known = self.workflow_of(entry.track).facts
        for name, value in entry.facts.items():
            fact = known.get(name)
            if fact is not None and not fact.personal:
                yield fact.title.text(self.lang), self.value(value, fact.type)

    def value(self, value: FactValue, kind: FactType) -> str:
        """Return a fact's value in words."""
        said: object = value
        if isinstance(value, tuple):
            said = [self.value(one, kind.item or kind) for one in value]
        elif isinstance(value, bool):
            said = YES if value else NO
        elif isinstance(value, (date, datetime)):
            said = written(value)
        elif kind.kind is FactKind.MONEY and isinstance(value, (int, Decimal)):
            said = YUAN(amount=f"{value:,}")
        elif kind.kind is FactKind.DAYS and isinstance(value, int):
            said = Period(value, Unit.DAY)
        elif kind.kind is FactKind.CHOICE:
            said = kind.choices.get(str(value), value)
        elif kind.kind is FactKind.TRACK:
            said = self.track(str(value))
        return render(said, self.lang)
