"""Look-ups that time limits share: acts, closings and stretches of states in one journal."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from enforceflow.cases.journal import Journal, Moment
from enforceflow.definitions import CARRY_OVER, ActRef, NameRef
from enforceflow.programs.program import Program, Programs
from enforceflow.programs.scenes import ROOT, program_at, related

NEVER: Final = 1 << 60
"""A position past the end of every journal."""


class Lookups:
    """A journal in reading order, with what was looked up in it kept while the instance lives.

    `journal` holds no act later than `today`.
    """

    def __init__(self, programs: Programs, journal: Journal, today: Moment) -> None:
        self.programs = programs
        self.journal = journal
        self.today = today
        self._spans: dict[str, list[tuple[str, Moment, Moment | None]]] = {}
        self._stretches: dict[tuple[str, tuple[NameRef, ...]], list[tuple[Moment, Moment | None]]] = {}
        self._closings: dict[str, list[int]] = {}

    def places(self, address: str, track: str) -> Iterator[tuple[str, Program]]:
        """Yield the addresses that a track name means from a track, each with its program."""
        for place in related(self.programs, self.journal, address, track):
            owner = program_at(self.programs, self.journal, place)
            if owner is not None:
                yield place, owner

    def positions(self, address: str, acts: Sequence[ActRef]) -> list[int]:
        """Return the positions of all entries of the acts, as a track names them."""
        found: list[int] = []
        for act in acts:
            if not act.track:
                found.extend(self.journal.acts(address, act.event))
            else:
                for place in related(self.programs, self.journal, address, act.track):
                    found.extend(self.journal.acts(place, act.event))
        return sorted(found) if len(acts) > 1 or any(act.track for act in acts) else found

    def first(self, positions: Sequence[int], start: int) -> int:
        """Return the first position from `start` on, or `NEVER`."""
        index = bisect_left(positions, start)
        return positions[index] if index < len(positions) else NEVER

    def first_closing(self, address: str, start: int) -> int:
        """Return the position from `start` on at which the track or the case first stands closed, or `NEVER`."""
        return min(self.first(self._closed_at(place), start) for place in {address, ROOT})

    def first_carried(self, address: str, start: int) -> int:
        """Return the position from `start` on at which the track was carried over into another case, or `NEVER`."""
        return self.first(self.journal.acts(address, CARRY_OVER), start)

    def _closed_at(self, address: str) -> list[int]:
        closings = self._closings.get(address)
        if closings is None:
            program = program_at(self.programs, self.journal, address)
            closed = frozenset[str]() if program is None else program.closed
            journal = self.journal
            closings = [position for position in journal.track(address) if journal[position].state in closed]
            self._closings[address] = closings
        return closings

    def spans(self, address: str, states: Sequence[NameRef]) -> list[tuple[Moment, Moment | None]]:
        """Return the stretches in which a track in the scope of the references was in one of their states."""
        key = (address, tuple(states))
        found = self._stretches.get(key)
        if found is None:
            found = self._stretches[key] = [
                (begun, left)
                for ref in states
                for place in related(self.programs, self.journal, address, ref.track)
                for state, begun, left in self._spans_of(place)
                if state == ref.name
            ]
        return found

    def _spans_of(self, address: str) -> list[tuple[str, Moment, Moment | None]]:
        spans = self._spans.get(address)
        if spans is None:
            spans = self._spans[address] = []
            for position in self.journal.track(address):
                entry = self.journal[position]
                if spans and spans[-1][0] == entry.state:
                    continue
                if spans:
                    spans[-1] = (*spans[-1][:2], entry.at)
                spans.append((entry.state, entry.at, None))
        return spans
