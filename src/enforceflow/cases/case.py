"""A case: a number and its journal, and what is read straight off them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from operator import itemgetter
from typing import Final

import attrs

from enforceflow.calendars.moments import day_of
from enforceflow.cases.journal import BAD_LINK, Entry, Journal, LinkKind, Moment
from enforceflow.definitions.facts import FactValue
from enforceflow.errors import InvalidValue
from enforceflow.texts import Phrase

ROOT: Final = ""
_EMPTY: Final = Journal()
WRONG_ENTRY: Final = Phrase(zh="第 {position} 条：{why}", en="entry {position}: {why}")


@attrs.frozen
class Pin:
    """The edition that a case was opened with.

    `digest` covers all of the workflow but its values by date; `values` are the digests of those, one each, so that an
    edition which only adds values is known to fit.
    """

    name: str
    edition: str
    digest: str
    values: frozenset[str] = frozenset()

    def admits(self, newer: Pin) -> bool:
        """Return whether a case pinned to this edition may go on under `newer`."""
        return self.name == newer.name and self.digest == newer.digest and self.values <= newer.values


@attrs.frozen
class Origin:
    """Where a case was carried over from: the old number and the tracks that came along."""

    number: str
    tracks: tuple[str, ...] = ()


@attrs.frozen(eq=False)
class Case:
    """A case number, the edition it is pinned to, and the journal of its acts in the order of recording.

    `reading` holds the acts in force in the order in which they happened; as long as nothing was entered late or
    corrected it is the journal itself.
    """

    number: str
    pin: Pin
    journal: Journal = _EMPTY
    reading: Journal = _EMPTY
    origin: Origin | None = None
    lapses_from: date | None = attrs.field(default=None, repr=False)

    @classmethod
    def of(cls, number: str, pin: Pin, entries: Iterable[Entry], origin: Origin | None = None) -> Case:
        """Read a case from its entries in the order of recording.

        Raises `InvalidValue` if one refers to an entry that does not come before it.
        """
        journal = Journal(entries)
        _check_links(journal)
        in_order = in_force_in_order(journal)
        reading = journal if in_order is None else Journal(in_order)
        return cls(number, pin, journal, reading, origin, date.min if len(journal) else None)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Case):
            return NotImplemented
        return self._identity() == other._identity() and self.journal == other.journal

    def __hash__(self) -> int:
        return hash((self.number, self.journal))

    def _identity(self) -> tuple[str, Pin, Origin | None]:
        return self.number, self.pin, self.origin

    @property
    def state(self) -> str:
        """The state of the case itself after the last act in force; empty before its opening."""
        return self.state_of(ROOT)

    def state_of(self, track: str) -> str:
        """Return the state of a track after its last act in force; empty if it was not opened."""
        last = self.reading.last(track)
        return "" if last is None else last.state

    def kind_of(self, track: str) -> str:
        """Return the kind of a track, as its opening act named it."""
        opening = self.reading.opening(track)
        return "" if opening is None else opening.kind

    def tracks(self, name: str = "") -> list[str]:
        """Return the addresses of the tracks opened, in the order of opening; with `name` those of that name only."""
        prefix = f"{name}/" if name else ""
        return [track for track in self.reading.tracks() if track and track.startswith(prefix)]

    def fact(self, name: str, track: str = ROOT) -> FactValue | None:
        """Return the value of a fact of a track, or None if no act carried it."""
        entry = self.reading.fact_entry(track, name)
        return None if entry is None else entry.facts[name]

    def facts(self, track: str = ROOT) -> dict[str, FactValue]:
        """Return all facts of a track: of each the value that its last act carried."""
        merged: dict[str, FactValue] = {}
        for position in self.reading.track(track):
            merged.update(self.reading[position].facts)
        return merged

    def as_known(self, recorded_by: Moment) -> Case:
        """Return the case as it stood recorded at the end of a day, or at a moment: later entries left out."""
        kept = []
        for entry in self.journal:  # in the order of recording, so links never lose what they point to
            if not _after(entry.recorded_at, recorded_by):
                kept.append(entry)
            else:
                break
        return Case.of(self.number, self.pin, kept, self.origin)


def _check_links(journal: Journal) -> None:
    """Refuse references that lead on or in a circle: whoever follows them would not come to an end."""
    for position, entry in enumerate(journal):
        if entry.link is not None and not 0 <= entry.link.entry < position:
            raise InvalidValue(WRONG_ENTRY(position=position, why=BAD_LINK(target=entry.link.entry)))


def _after(recorded: Moment, horizon: Moment) -> bool:
    if isinstance(recorded, datetime) and isinstance(horizon, datetime):
        return recorded > horizon
    return day_of(recorded) > day_of(horizon)


def in_force(journal: Sequence[Entry]) -> Iterator[tuple[int, Entry]]:
    """Yield the entries of a journal that count, each with its position: not struck, replaced or withdrawn.

    What an act raised falls with it, corrected or not. The entry that strikes or withdraws is itself no act.
    """
    gone: set[int] = set()
    for entry in journal:
        if entry.link is not None and entry.link.kind is not LinkKind.RAISED_BY:
            gone.add(entry.link.entry)
    for position, entry in enumerate(journal):
        if entry.link is not None and entry.link.kind in (LinkKind.STRIKES, LinkKind.WITHDRAWS):
            continue
        first = journal[_origin(journal, position)].link
        if first is not None and first.entry in gone:
            gone.add(position)
        if position not in gone:
            yield position, entry


def in_force_in_order(journal: Journal) -> list[Entry] | None:
    """Return the acts in force in reading order, or None if that is the journal as it stands.

    Reading order is by time, then by recording. An act that followed by itself comes first on its day, or last at its
    moment, of several by track and act; a bare date comes after all that was recorded of its day before it; a
    correction keeps the place of what it replaces.
    """
    if _is_plain(journal):
        return None
    return [entry for _, entry in positions_in_order(journal)]


def positions_in_order(journal: Sequence[Entry]) -> list[tuple[int, Entry]]:
    """Return (position in the journal, entry) of the acts in force, in reading order."""
    latest: dict[date, time] = {}
    keyed = []
    for place, position, entry in sorted(
        ((_place(journal, position), position, entry) for position, entry in in_force(journal)), key=itemgetter(0)
    ):
        day = entry.day
        clock = time.min
        timed = isinstance(entry.at, datetime)
        if isinstance(entry.at, datetime):
            clock = entry.at.time()
            latest[day] = max(clock, latest.get(day, time.min))
        elif not entry.derived:
            clock = latest.get(day, time.min)
        turn, by = (1, ("", "")) if not entry.derived else (2 if timed else 0, follower(journal, entry))
        keyed.append(((day, clock, turn, by, place), (position, entry)))
    keyed.sort(key=itemgetter(0))
    return [pair[1] for pair in keyed]


def follower(journal: Sequence[Entry], entry: Entry) -> tuple[str, str]:
    """Return the track and act of an entry that followed by itself, or of the one that raised it."""
    while entry.link is not None:
        entry = journal[entry.link.entry]
    return entry.track, entry.event


def _origin(journal: Sequence[Entry], position: int) -> int:
    """Return the position of the act as it was first recorded, before all corrections."""
    link = journal[position].link
    while link is not None and link.kind is LinkKind.REPLACES:
        position = link.entry
        link = journal[position].link
    return position


def _place(journal: Sequence[Entry], position: int) -> tuple[int, ...]:
    """Return where an act stands among those of its moment: a correction where it was, what was raised last."""
    origin = _origin(journal, position)
    link = journal[origin].link
    return (origin,) if link is None else (*_place(journal, link.entry), origin)


def _is_plain(journal: Journal) -> bool:
    last: Entry | None = None
    for entry in journal:
        if entry.link is not None and entry.link.kind is not LinkKind.RAISED_BY:
            return False
        if last is not None and (may_precede(entry.at, last) or (entry.derived and entry.day == last.day)):
            return False
        last = entry
    return True


def may_precede(at: Moment, last: Entry) -> bool:
    """Return whether an act at `at`, recorded after the entry `last`, might have to be read before it.

    A time of day after a bare date of the same day is undecided here: what came before that bare date decides it. What
    followed by itself at a moment comes after all acts of that moment.
    """
    if not isinstance(at, datetime):
        return at < last.day
    if not isinstance(last.at, datetime):
        return at.date() <= last.at
    return at < last.at or (at == last.at and last.derived)
