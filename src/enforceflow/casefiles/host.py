"""The host of a played case: answers rules from what the file gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import attrs

from enforceflow.scenes import Question


class Unanswered(Exception):
    """A rule was asked to which the file gives no answer."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


@attrs.define
class Host:
    """The answers that hold for the item at hand.

    While `lenient`, a rule without an answer is taken not to hold, and noted in `unanswered` with its act and track.
    """

    answers: Mapping[str, bool] = attrs.field(factory=dict)
    lenient: bool = False
    unanswered: list[tuple[str, str, str]] = attrs.field(factory=list)

    def answer(self, ask: Question) -> bool:
        """Answer a rule."""
        found = self.answers.get(ask.rule)
        if found is not None:
            return found
        if not self.lenient:
            raise Unanswered(ask.rule)
        self.unanswered.append((ask.event, ask.track, ask.rule))
        return False


class AllRules:
    """An object with a method for every rule, whatever it is called; a `Host` answers."""

    __slots__ = ("_host",)

    def __init__(self, host: Host) -> None:
        self._host = host

    def __getattr__(self, rule: str) -> Callable[[Question], bool]:
        if rule.startswith("_"):
            raise AttributeError(rule)
        return self._host.answer
