"""The stretch of a journal that belongs to one start of a limit, and the runs that lie in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from operator import itemgetter

import attrs

from enforceflow.calendars.calendar import Calendar
from enforceflow.calendars.reckoning import reckon
from enforceflow.calendars.steps import Extension, Reckoning
from enforceflow.cases.journal import Entry, Moment
from enforceflow.deadlines.lookups import NEVER, Lookups
from enforceflow.deadlines.runs import Run, is_past
from enforceflow.deadlines.starts import Start, as_length, length_of
from enforceflow.definitions import ActRef, ByFact, ExtensionCap, Length, TimeLimit
from enforceflow.definitions.periods import Period, longest
from enforceflow.programs.program import Program
from enforceflow.texts import Title

Pause = tuple[Moment, Moment]


@attrs.frozen
class Window:
    """One start of a limit on a track, up to the next start (`following`) if there is one."""

    lookups: Lookups
    calendar: Calendar
    address: str
    program: Program
    limit: TimeLimit
    start: Start
    following: Start | None
    number: int
    """The number of the first run of the window."""

    def runs(self) -> Iterator[Run]:
        """Yield the runs of the window, earliest first."""
        return self._recurring(self.limit.every) if self.limit.every else self._single()

    def _single(self) -> Iterator[Run]:
        limit, lookups = self.limit, self.lookups
        length = self._length(limit.lasts) or self._length(limit.at_most)
        if length is None or (is_clock(length) and not isinstance(self.start.moment, datetime)):
            return  # hours need a time of day, which recording asks for; history may lack it
        met = self._within(lookups.positions(self.address, limit.met_by), self.start.first_position)
        end = self._end()
        stop = min(met, end)
        pauses, open_pause = self._pauses(stop)
        extensions = self._extensions(length, pauses, stop)
        reckoning = self._reckon(length, extensions, pauses)
        lapsed = self._lapsed(stop)
        yield Run(
            limit,
            self.address,
            self.number,
            self.start,
            reckoning,
            met=lookups.journal[met] if met <= end and met != NEVER else None,
            ended=self._ended_at(end) if end < met else self._over(reckoning) if met == NEVER else None,
            lapsed=None if lapsed == NEVER else lookups.journal[lapsed],
            paused=tuple(pauses),
            paused_now=open_pause,
            extensions=tuple(extensions),
        )

    def _recurring(self, every: Period) -> Iterator[Run]:
        """Yield the runs of a limit that recurs, each due a whole number of terms after the start.

        An act meets one run only: the one within which it falls or, if that is met already, none; a late act meets
        the run that it is late for.
        """
        journal, today = self.lookups.journal, self.lookups.today
        end = self._end()
        ended = self._ended_at(end)
        acts = [
            position
            for position in self.lookups.positions(self.address, self.limit.met_by)
            if self.start.first_position <= position <= min(end, self._last_position())
        ]
        horizon = self._horizon()
        begun = self.start.moment
        for times in range(1, longest(every.unit) // max(every.amount, 1) + 1):
            reckoning = self._reckon(Period(every.amount * times, every.unit), (), ())
            if horizon is not None and is_past(reckoning.raw, horizon):
                return
            met = next((position for position in acts if is_past(journal[position].at, begun)), None)
            if met is not None:
                acts = [
                    position for position in acts if position > met and is_past(journal[position].at, reckoning.due)
                ]
            yield Run(
                self.limit,
                self.address,
                self.number + times - 1,
                self.start,
                reckoning,
                met=None if met is None else journal[met],
                ended=ended if met is None else None,
            )
            begun = reckoning.due
            if not is_past(today, begun) or (ended is not None and not is_past(ended, begun)):
                return

    def _length(self, length: Length | None) -> Period | date | None:
        lookups = self.lookups
        return length_of(length, self.start, lookups.journal, self.address, self.program, lookups.programs.root)

    def _last_position(self) -> int:
        return NEVER if self.following is None else self.following.position

    def _within(self, positions: Sequence[int], start: int) -> int:
        found = self.lookups.first(positions, start)
        return found if found <= self._last_position() else NEVER

    def _end(self) -> int:
        """Return the position at which the run ends early: by `until`, by closing, or by the next start."""
        limit, start = self.limit, self.start
        end = NEVER
        if limit.until:
            until = [act for act in limit.until if isinstance(act, ActRef)]
            end = self.lookups.first(self.lookups.positions(self.address, until), start.position + 1)
        closing = self.lookups.first_carried if limit.outlives else self.lookups.first_closing
        end = min(end, closing(self.address, start.position))
        return min(end, self._last_position())

    def _ended_at(self, end: int) -> Moment | None:
        if end == NEVER:
            return None
        if self.following is not None and end == self.following.position:
            return self.following.came
        return self.lookups.journal[end].at

    def _over(self, reckoning: Reckoning) -> Moment | None:
        """Return the end of the period in `until` if it is over, and over before the due date."""
        horizon = self._horizon()
        if horizon is None or not is_past(self.lookups.today, horizon) or not is_past(reckoning.due, horizon):
            return None
        return horizon

    def _horizon(self) -> Moment | None:
        for length in self.limit.until:
            if isinstance(length, Period):
                return reckon(self.calendar, self.start.moment, length, rolls=False).raw
        return None

    def _pauses(self, stop: int) -> tuple[list[Pause], bool]:
        """Return the stretches left out, cut off where the run stops, and whether one is open today."""
        if not self.limit.paused_while:
            return [], False
        cut = self.lookups.today if stop == NEVER else self.lookups.journal[stop].at
        pauses = []
        open_pause = False
        for begun, left in self.lookups.spans(self.address, self.limit.paused_while):
            if is_past(begun, cut) or (left is not None and not is_past(left, self.start.moment)):
                continue
            open_pause = open_pause or (left is None and stop == NEVER)
            pauses.append((begun, cut if left is None or is_past(left, cut) else left))
        return pauses, open_pause

    def _extensions(self, length: Period | date, pauses: Sequence[Pause], stop: int) -> list[Extension]:
        """Return the extensions that count: granted before the end that they extend, and within the cap."""
        limit = self.limit
        granted: list[Extension] = []
        for position, by, title in sorted(self._extending(), key=itemgetter(0)):
            if not self.start.position < position <= min(stop, self._last_position()):
                continue
            entry = self.lookups.journal[position]
            amount = self._amount(by, entry)
            due = self._reckon(length, granted, pauses).due
            if (
                amount is None
                or is_clock(amount) != is_clock(length)
                or is_past(entry.at, due)
                or not within_cap(limit.extensions, granted, amount)
            ):
                continue
            granted.append(Extension(entry.at, amount, title))
        return granted

    def _extending(self) -> Iterator[tuple[int, Length, Title]]:
        """Yield the position of each act that extends the limit, by how much, and its title."""
        for act, by in self.limit.extended_by.items():
            ref = ActRef.parse(act)
            for place, owner in self.lookups.places(self.address, ref.track):
                for position in self.lookups.journal.acts(place, ref.event):
                    yield position, by, owner.events[ref.event][0].definition.title

    def _amount(self, by: Length, entry: Entry) -> Period | None:
        if isinstance(by, ByFact) and by.event == entry.event:
            found = as_length(entry.facts.get(by.fact))
        else:
            found = self._length(by)
        return found if isinstance(found, Period) else None

    def _lapsed(self, stop: int) -> int:
        if not self.limit.if_missed:
            return NEVER
        acts = self.lookups.journal.acts(self.address, self.limit.if_missed)
        found = self._within(acts, self.start.position + 1)
        return found if found <= stop and found != NEVER and self.lookups.journal[found].derived else NEVER

    def _reckon(self, length: Period | date, extensions: Sequence[Extension], pauses: Sequence[Pause]) -> Reckoning:
        limit = self.limit
        if is_clock(length):
            pauses = [(_at_midnight(begun), _at_midnight(left)) for begun, left in pauses]
        ceiling = self._length(limit.at_most)
        return reckon(
            self.calendar,
            self.start.moment,
            length,
            start=self.start.label,
            extensions=extensions,
            pauses=pauses,
            ceiling=ceiling if isinstance(ceiling, Period) and is_clock(ceiling) == is_clock(length) else None,
            rolls=limit.moves_off_rest_days and not is_clock(length),
            first_day_counted=limit.first_day == "counted" and not self.start.renewed,
            hours_from=limit.hours_from,
            back=bool(limit.before),
        )


def _at_midnight(moment: Moment) -> Moment:
    return moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001  localized later


def is_clock(length: Period | date) -> bool:
    """Return whether a length is a period in hours or minutes."""
    return isinstance(length, Period) and length.unit.is_clock


def within_cap(cap: ExtensionCap, granted: Sequence[Extension], amount: Period) -> bool:
    """Return whether one more extension by `amount` stays within the cap on number and total."""
    if cap.times is not None and len(granted) >= cap.times:
        return False
    if cap.total is None:
        return True
    used = sum(extension.length.amount for extension in granted if extension.length.unit is cap.total.unit)
    return amount.unit is cap.total.unit and used + amount.amount <= cap.total.amount
