"""Problems of a definition, found by what it says and not by where it was read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

import attrs

from enforceflow.errors import NEAREST, UNKNOWN, Problem, nearest, suggestion
from enforceflow.texts import Bilingual

MOST_HINTS: Final = 100
MOST_NAMES: Final = 1_000

Path = tuple[str, ...]


@attrs.frozen
class Spot:
    """Where in the value at the end of a path: an item of a list, the key itself, a character of the text."""

    item: int | None = None
    of_key: bool = False
    offset: int | None = None


HERE: Final = Spot()
"""The value itself."""


@attrs.frozen
class Finding(Problem):
    """A problem that a loader can turn into one with a file, a line and a column."""

    spot: Spot = HERE


def hint(name: str, known: Collection[str]) -> Bilingual | None:
    """Return «did you mean …?», looking only among names of about the same length where there are very many."""
    if len(known) <= MOST_NAMES:
        return suggestion(name, tuple(known))
    alike = [other for other in known if abs(len(other) - len(name)) <= 1][:MOST_NAMES]
    close = nearest(name, alike)
    return None if close is None else NEAREST(nearest=close)


def shown(text: str) -> str:
    """Return `text` short enough for a message, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= 60 else flat[:59] + "…"  # noqa: PLR2004 - about half a line


@attrs.define
class Findings:
    """What has been found so far."""

    found: list[Finding] = attrs.field(factory=list)

    def add(self, path: Path, message: Bilingual, suggested: Bilingual | None = None, spot: Spot = HERE) -> None:
        """Note a problem of the value at `path`."""
        self.found.append(Finding(message, suggested, path, spot=spot))

    def unknown(self, path: Path, kind: Bilingual, name: str, known: Iterable[str], spot: Spot = HERE) -> None:
        """Note a name that does not exist, with the nearest of those `known`; few are gone through for a hint."""
        hinted = hint(name, sorted(set(known))) if len(self.found) < MOST_HINTS else None
        self.add(path, UNKNOWN(kind=kind, name=shown(name)), hinted, spot)
