"""The host of a played case: answers rules from what the file gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import attrs

from enforceflow.programs.scenes import Question


class Unanswered(Exception):
    """A rule was asked, for an act, to which the file gives no answer."""

    def __init__(self, rule: str, event: str) -> None:
        super().__init__(rule, event)
        self.rule = rule
        self.event = event


@attrs.frozen
class Asked:
    """A rule that was asked for an act on a track."""

    rule: str
    event: str
    track: str


@attrs.define
class Host:
    """The answers that hold for the item at hand."""

    answers: Mapping[str, bool] = attrs.field(factory=dict)
    _noted: list[Asked] | None = None

    def answer(self, ask: Question) -> bool:
        """Answer a rule; raise `Unanswered` if the file does not tell."""
        found = self.answers.get(ask.rule)
        if found is not None:
            return found
        if self._noted is None:
            raise Unanswered(ask.rule, ask.event)
        self._noted.append(Asked(ask.rule, ask.event, ask.track))
        return False

    @contextmanager
    def lenient(self) -> Iterator[list[Asked]]:
        """For a while take rules without an answer not to hold, and note them in the list."""
        noted: list[Asked] = []
        self._noted = noted
        try:
            yield noted
        finally:
            self._noted = None


class AllRules:
    """An object with a method for every rule, whatever it is called; a `Host` answers."""

    __slots__ = ("_host",)

    def __init__(self, host: Host) -> None:
        self._host = host

    def __getattr__(self, rule: str) -> Callable[[Question], bool]:
        if rule.startswith("_"):
            raise AttributeError(rule)
        return self._host.answer
