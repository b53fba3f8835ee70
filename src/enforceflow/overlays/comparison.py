"""Two workflows side by side, and the sentences that tell what one of them loosens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from enforceflow.checking.findings import Findings, Path, Spot, shown
from enforceflow.definitions import Workflow
from enforceflow.texts import Phrase, Title

NOTHING: Final = Title("无", "nothing")
LENGTHENED = Phrase(zh="{base} 为 {was}，{now} 可能更晚届满", en="in {base!s} it is {was}; {now} can end later")
SHORTENED = Phrase(zh="{base} 为 {was}，{now} 可能更早届满", en="in {base!s} it is {was}; {now} can end earlier")
CHANGED = Phrase(
    zh="{base} 为 {was}，看不出 {now} 更严", en="in {base!s} it is {was}; {now} cannot be seen to be as strict"
)
DROPPED = Phrase(zh="{base} 有{kind} {name}，此处没有", en="{base!s} has the {kind} {name}, which is missing here")
ADDED = Phrase(zh="{base} 没有{kind} {name}，增加即放宽", en="{base!s} has no {kind} {name}; to add it is looser")
STRICTER_ONLY = Phrase(
    zh="下级规则可以更严，不得更宽，除非 {base} 标明 local: true",
    en="a local rule may be stricter, not looser, unless {base!s} marks it local: true",
)


@attrs.frozen(eq=False)
class Comparison:
    """A workflow and the overlay on it, at `path` from the root of the case."""

    base: Workflow
    overlay: Workflow
    path: Path
    findings: Findings

    def note(self, path: Path, phrase: Phrase, *, of_key: bool = False, **parts: object) -> None:
        """Note that the value at `path` is looser than that of the base."""
        name = self.base.name
        told = {key: _told(part) for key, part in parts.items()}
        message = phrase(base=name, **told)
        self.findings.add((*self.path, *path), message, STRICTER_ONLY(base=name), Spot(of_key=of_key))

    def dropped(self, path: Path, kind: Title, name: object) -> None:
        """Note that something of the base is missing."""
        self.note(path, DROPPED, kind=kind, name=name)

    def keeps(self, path: Path, kind: Title, was: Iterable[object], now: Iterable[object]) -> None:
        """Note what the overlay drops from a list."""
        kept = set(map(str, now))
        for one in was:
            if str(one) not in kept:
                self.dropped(path, kind, str(one))

    def adds_none(self, path: Path, kind: Title, was: Iterable[object], now: Iterable[object]) -> None:
        """Note what the overlay adds to a list."""
        known = set(map(str, was))
        for one in now:
            if str(one) not in known:
                self.note(path, ADDED, kind=kind, name=str(one))


def _told(part: object) -> object:
    return shown(part) if isinstance(part, str) and part else NOTHING if part in ("", ()) else part
