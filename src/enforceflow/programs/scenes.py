"""What a guard sees: the facts, acts, states and tracks of a case at the moment of an act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

import attrs

from enforceflow.cases.journal import NO_FACTS, Journal, Moment
from enforceflow.definitions import CASE
from enforceflow.definitions.facts import Facts, FactValue
from enforceflow.programs.program import Program, Programs

ROOT: Final = ""


@attrs.frozen
class Question:
    """What a host's rule is asked: the rule, and the act it is asked for.

    `facts` are those of the track with the act's own laid over them; `case_facts` those of the case. `journal` holds
    all acts in force before this one.
    """

    rule: str
    number: str
    track: str
    event: str
    at: Moment
    by: str
    role: str
    facts: Facts
    case_facts: Facts
    journal: Journal


Answer = Callable[[str, "Scene"], bool | None]
StatusOf = Callable[["Scene", str], str | None]


class Scene:
    """The context of one act on one track, for guards and derived facts; implements their `Context` protocol."""

    __slots__ = ("act_facts", "address", "answer", "at", "journal", "program", "programs", "status_of")

    def __init__(
        self,
        programs: Programs,
        program: Program,
        journal: Journal,
        address: str,
        at: date,
        act_facts: Facts,
        answer: Answer,
        status_of: StatusOf,
    ) -> None:
        self.programs = programs
        self.program = program
        self.journal = journal
        self.address = address
        self.at = at
        self.act_facts = act_facts
        self.answer = answer
        self.status_of = status_of

    def value(self, name: str) -> FactValue | None:
        """Return a fact, a derived fact or a parameter; None if it is missing."""
        act_facts = self.act_facts
        if name in act_facts:
            return act_facts[name]
        entry = self.journal.fact_entry(self.address, name)
        if entry is not None:
            return entry.facts[name]
        program = self.program
        derived = program.derived.get(name)
        if derived is not None:
            return derived.evaluate(self)
        parameter = program.parameters.get(name)
        return None if parameter is None else parameter.values.on(self.at)

    def ask(self, rule: str) -> bool | None:
        """Return the host's answer; None if it was not asked when the act was recorded."""
        return self.answer(rule, self)

    def state(self) -> str:
        """Return the state of the track."""
        last = self.journal.last(self.address)
        return "" if last is None else last.state

    def kind(self) -> str:
        """Return the kind of the track."""
        return self.program.kind

    def done(self, event: str) -> bool:
        """Return whether the act was recorded on this track."""
        return self.journal.last_act(self.address, event) is not None

    def on(self, event: str) -> date | None:
        """Return the day of the last such act on this track."""
        entry = self.journal.last_act(self.address, event)
        return None if entry is None else entry.day

    def by(self, event: str) -> str | None:
        """Return who did the last such act on this track."""
        entry = self.journal.last_act(self.address, event)
        return None if entry is None or not entry.by else entry.by

    def times(self, event: str) -> int:
        """Return how many such acts were recorded on this track."""
        return len(self.journal.acts(self.address, event))

    def status(self, limit: str) -> str | None:
        """Return the status of a limit of this track on the day of the act, or None if it does not run."""
        return self.status_of(self, limit)

    def case(self) -> Scene:
        """Return the scene of the case itself."""
        return self.elsewhere(ROOT, self.programs.root)

    def tracks(self, name: str) -> Sequence[Scene]:
        """Return the scenes of all tracks of a name."""
        prefix = f"{name}/"
        return [
            scene for address in self.journal.tracks() if address.startswith(prefix) and (scene := self.track(address))
        ]

    def track(self, address: str) -> Scene | None:
        """Return the scene of a track, or None if it was not opened."""
        program = program_at(self.programs, self.journal, address)
        return None if program is None else self.elsewhere(address, program)

    def elsewhere(self, address: str, program: Program) -> Scene:
        """Return the scene of another track at the same moment; the act's own facts stay with its track."""
        own = self.act_facts if address == self.address else NO_FACTS
        return Scene(self.programs, program, self.journal, address, self.at, own, self.answer, self.status_of)


def program_at(programs: Programs, journal: Journal, address: str) -> Program | None:
    """Return the program of an opened track, or None if it is not opened."""
    if not address:
        return programs.root
    opening = journal.opening(address)
    if opening is None:
        return None
    kinds = programs.tracks.get(address.partition("/")[0], {})
    return kinds.get(opening.kind)


def related(programs: Programs, journal: Journal, address: str, name: str) -> list[str]:
    """Return the addresses that a reference into `name` means, seen from a track.

    `case` is the case; from the case a track name means every such track; from another track those that it refers to,
    or that refer to it, by a fact that holds a track's address.
    """
    if not name:
        return [address]
    if name == CASE:
        return [ROOT]
    prefix = f"{name}/"
    candidates = [track for track in journal.tracks() if track.startswith(prefix)]
    if not address:
        return candidates
    pointed = _pointed_at(programs, journal, address)
    return [track for track in candidates if track in pointed or address in _pointed_at(programs, journal, track)]


def _pointed_at(programs: Programs, journal: Journal, address: str) -> set[str]:
    program = program_at(programs, journal, address)
    found: set[str] = set()
    for name in () if program is None else program.pointers:
        entry = journal.fact_entry(address, name)
        value = None if entry is None else entry.facts[name]
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, tuple):
            found.update(item for item in value if isinstance(item, str))
    return found


def facts_at(scene: Scene) -> dict[str, FactValue]:
    """Return all facts of the scene's track with the act's own laid over them."""
    merged: dict[str, FactValue] = {}
    for position in scene.journal.track(scene.address):
        merged.update(scene.journal[position].facts)
    merged.update(scene.act_facts)
    return merged
