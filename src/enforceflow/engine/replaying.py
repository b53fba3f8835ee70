"""Replaying acts already recorded: whether each still follows, without asking a rule."""

from __future__ import annotations

from enforceflow.cases.journal import Entry, Journal
from enforceflow.definitions import CARRY_OVER, PREVIOUS
from enforceflow.engine.recording import previous_state
from enforceflow.programs.machine import UNOPENED
from enforceflow.programs.program import Program, Programs
from enforceflow.programs.scenes import program_at


def program_of(programs: Programs, reading: Journal, entry: Entry) -> Program | None:
    """Return the program that an entry belongs to; an opening entry names its own kind."""
    opened = program_at(programs, reading, entry.track)
    if opened is not None:
        return opened
    return programs.tracks.get(entry.track.partition("/")[0], {}).get(entry.kind)


def follows(program: Program, reading: Journal, entry: Entry) -> bool:
    """Return whether a recorded entry still has a transition from where its track stands, to the state it led to."""
    last = reading.last(entry.track)
    state = UNOPENED if last is None else last.state
    if entry.event == CARRY_OVER:
        return state not in (UNOPENED, *program.closed)
    for act in program.acts.get((state, entry.event), ()):
        to = act.to
        led = previous_state(reading, entry.track) if to == PREVIOUS else to or state
        if led == entry.state:
            return True
    return False
