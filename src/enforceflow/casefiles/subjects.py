"""Names of acts, limits and nodes as a case file writes them: `conclusion`, `asset/A1.seizure`, `asset.seize`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from enforceflow.programs.program import Program, Programs


def split(subject: str) -> tuple[str, str]:
    """Return the address of the track, empty for the case, and the name on it."""
    address, _, name = subject.rpartition(".")
    return address, name


def joined(address: str, name: str) -> str:
    """Return the name on a track as one writes it."""
    return f"{address}.{name}" if address else name


def programs_of(programs: Programs, address: str, kinds: Mapping[str, str]) -> Sequence[Program]:
    """Return the programs that may run a track: the one of its kind if that is known, else those of all its kinds."""
    if not address:
        return (programs.root,)
    named = programs.tracks.get(address.partition("/")[0], {})
    kind = kinds.get(address, "")
    return (named[kind],) if kind in named else tuple(named.values())
