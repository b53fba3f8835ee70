"""The journal: acts recorded, in an immutable sequence that grows in constant time."""

from __future__ import annotations

import enum
import threading
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final, NoReturn, TypeVar, overload

import attrs

from enforceflow.definitions.facts import Facts, FactValue
from enforceflow.texts import Phrase

K = TypeVar("K")
V = TypeVar("V")


class Frozen(dict[K, V]):
    """A mapping that cannot be changed, hashes and pickles, and is looked up as fast as a dict."""

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("what is recorded does not change")

    __setitem__ = __delitem__ = update = clear = pop = popitem = setdefault = __ior__ = _refuse

    def __hash__(self) -> int:  # type: ignore[override]  # a dict that does not change may hash
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type[Frozen[K, V]], tuple[dict[K, V]]]:
        return Frozen, (dict(self),)


NO_FACTS: Final[Frozen[str, FactValue]] = Frozen()
NO_ANSWERS: Final[Frozen[str, bool]] = Frozen()

Moment = date | datetime

BAD_LINK: Final = Phrase(
    zh="所引的第 {target} 条不在此前", en="it refers to entry {target}, which does not come before it"
)


class LinkKind(enum.StrEnum):
    """How an entry refers to an earlier one."""

    RAISED_BY = "raised_by"
    REPLACES = "replaces"
    STRIKES = "strikes"
    WITHDRAWS = "withdraws"


@attrs.frozen
class Link:
    """A reference from an entry to the earlier entry with this position in the journal, and why."""

    kind: LinkKind
    entry: int
    reason: str = ""


@attrs.frozen(eq=True, hash=False)
class Entry:
    """One act recorded.

    `at` is when it happened: a `date`, or an aware `datetime` in the calendar's zone; `recorded_at` is when it was
    entered. `state` is where it left its track; `transition` the definition it followed. `answers` holds the rules
    asked and what the host said. `derived` marks an act that followed by itself from a missed time limit.
    """

    event: str
    at: Moment
    track: str
    state: str
    transition: str
    recorded_at: Moment
    kind: str = ""
    by: str = ""
    role: str = ""
    facts: Facts = NO_FACTS
    answers: Mapping[str, bool] = NO_ANSWERS
    derived: bool = False
    link: Link | None = None

    @property
    def day(self) -> date:
        """The day on which the act happened."""
        return self.at.date() if isinstance(self.at, datetime) else self.at

    def __hash__(self) -> int:
        return hash((self.event, self.at, self.track, self.state))


class _Positions:
    """Where in a journal each track, act and fact stands."""

    __slots__ = ("acts", "facts", "tracks")

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.tracks: dict[str, list[int]] = {}
        self.acts: dict[tuple[str, str], list[int]] = {}
        self.facts: dict[tuple[str, str], list[int]] = {}
        for position, entry in enumerate(entries):
            self.add(entry, position)

    def add(self, entry: Entry, position: int) -> None:
        track = entry.track
        try:
            self.tracks[track].append(position)
        except KeyError:
            self.tracks[track] = [position]
        act = (track, entry.event)
        try:
            self.acts[act].append(position)
        except KeyError:
            self.acts[act] = [position]
        if entry.facts is not NO_FACTS:
            for name in entry.facts:
                self.facts.setdefault((track, name), []).append(position)


class _Log:
    """Entries shared by the versions of one journal, and where things stand in them once they are many.

    Only the version that is as long as the entries appends to them, so the first entries are the same for all
    versions; each version leaves out positions past its own length, also while another thread appends.
    """

    __slots__ = ("entries", "positions")

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self.positions = None if len(self.entries) <= _FEW else _Positions(self.entries)

    def append(self, entry: Entry) -> None:
        entries = self.entries
        if self.positions is not None:
            entries.append(entry)
            self.positions.add(entry, len(entries) - 1)
        else:
            entries.append(entry)
            if len(entries) > _FEW:
                self.positions = _Positions(entries)


_FEW: Final = 8
"""Up to so many entries are looked through rather than indexed: an idle case stays small."""

_APPENDING: Final = threading.Lock()


class Journal(Sequence[Entry]):
    """An immutable sequence of entries; `appended` returns a longer one in constant time."""

    __slots__ = ("_length", "_log")

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._log = _Log(entries)
        self._length = len(self._log.entries)

    def appended(self, entry: Entry) -> Journal:
        """Return the journal with one more entry; this one stays as it is."""
        log, length = self._log, self._length
        with _APPENDING:
            if not length or len(log.entries) != length:  # the empty journal is shared: no case leaves its acts with it
                log = _Log(log.entries[:length])
            log.append(entry)
        return _version(log, length + 1)

    def first(self, length: int) -> Journal:
        """Return the journal of the first `length` entries."""
        return self if length >= self._length else _version(self._log, max(length, 0))

    @property
    def newest(self) -> Entry | None:
        """The last entry, or None."""
        return self._log.entries[self._length - 1] if self._length else None

    def track(self, address: str) -> Sequence[int]:
        """Return the positions of the entries of one track, in order."""
        positions = self._log.positions
        if positions is None:
            return [position for position, entry in enumerate(self) if entry.track == address]
        return self._until_here(positions.tracks.get(address))

    def acts(self, address: str, event: str) -> Sequence[int]:
        """Return the positions of the entries of one act on a track, in order."""
        positions = self._log.positions
        if positions is None:
            return [at for at, entry in enumerate(self) if entry.event == event and entry.track == address]
        return self._until_here(positions.acts.get((address, event)))

    def tracks(self) -> list[str]:
        """Return the addresses of all tracks opened, in the order of opening."""
        positions = self._log.positions
        if positions is None:
            return list(dict.fromkeys(entry.track for entry in self))
        length = self._length
        return [address for address, own in list(positions.tracks.items()) if own[0] < length]

    def opening(self, address: str) -> Entry | None:
        """Return the entry that opened a track, or None."""
        positions = self._log.positions
        if positions is None:
            return next((entry for entry in self if entry.track == address), None)
        own = positions.tracks.get(address)
        return self._log.entries[own[0]] if own is not None and own[0] < self._length else None

    def last(self, address: str) -> Entry | None:
        """Return the newest entry of a track, or None."""
        positions = self._log.positions
        if positions is None:
            for entry in self._backwards():
                if entry.track == address:
                    return entry
            return None
        return self._newest(positions.tracks.get(address))

    def last_act(self, address: str, event: str) -> Entry | None:
        """Return the newest entry of an act on a track, or None."""
        positions = self._log.positions
        if positions is None:
            for entry in self._backwards():
                if entry.event == event and entry.track == address:
                    return entry
            return None
        return self._newest(positions.acts.get((address, event)))

    def fact_entry(self, address: str, name: str) -> Entry | None:
        """Return the newest entry on a track that carries a fact, or None."""
        positions = self._log.positions
        if positions is None:
            for entry in self._backwards():
                if name in entry.facts and entry.track == address:
                    return entry
            return None
        return self._newest(positions.facts.get((address, name)))

    def _backwards(self) -> list[Entry]:
        return self._log.entries[: self._length][::-1]

    def _newest(self, positions: list[int] | None) -> Entry | None:
        if positions is None:
            return None
        position = positions[-1]
        if position < self._length:
            return self._log.entries[position]
        before = bisect_left(positions, self._length)
        return self._log.entries[positions[before - 1]] if before else None

    def _until_here(self, positions: list[int] | None) -> Sequence[int]:
        return () if positions is None else positions[: bisect_left(positions, self._length)]

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, index: int | slice) -> Entry | tuple[Entry, ...]:
        if isinstance(index, slice):
            return tuple(self._log.entries[: self._length][index])
        position = index + self._length if index < 0 else index
        if not 0 <= position < self._length:
            raise IndexError(index)
        return self._log.entries[position]

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._log.entries[: self._length])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Journal):
            return NotImplemented
        return self._length == other._length and self[:] == other[:]

    def __hash__(self) -> int:
        return hash((self._length, self[-1] if self._length else None))

    def __repr__(self) -> str:
        return f"Journal({list(self)!r})"

    def __reduce__(self) -> tuple[type[Journal], tuple[list[Entry]]]:
        return Journal, (list(self),)


def _version(log: _Log, length: int) -> Journal:
    journal = _new(Journal)
    journal._log = log  # noqa: SLF001  a constructor by other means
    journal._length = length  # noqa: SLF001
    return journal


_new = object.__new__
