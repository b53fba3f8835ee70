"""An act that somebody wants to record, and asking the host for it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from enforceflow.answers import Asker, ask
from enforceflow.facts import Facts
from enforceflow.journal import NO_ANSWERS, NO_FACTS, Moment
from enforceflow.scenes import ROOT, Question, Scene, facts_at


@attrs.define(eq=False)
class Request:
    """An act that somebody wants to record; `role` None means that the host does not tell roles.

    A `lenient` request tells what happened, lawful or not: only the state must fit. `transition` and `answers` are what
    is known of it already, if it stands for an act recorded before. An `automatic` one follows by itself from a limit
    that ran out.
    """

    event: str
    at: Moment
    track: str = ROOT
    kind: str = ""
    facts: Facts = NO_FACTS
    by: str = ""
    role: str | None = None
    lenient: bool = False
    transition: str = ""
    answers: Mapping[str, bool] = NO_ANSWERS
    automatic: bool = False


class Asking:
    """Asks the host for one act, each rule once, and keeps the answers."""

    __slots__ = ("answers", "askers", "number", "request")

    def __init__(self, askers: Mapping[str, Asker], number: str, request: Request) -> None:
        self.askers = askers
        self.number = number
        self.request = request
        self.answers = dict(request.answers)

    def __call__(self, rule: str, scene: Scene) -> bool:
        """Return the host's answer; raise `RuleFailed` if it has none."""
        answer = self.answers.get(rule)
        if answer is None:
            request = self.request
            question = Question(
                rule,
                self.number,
                scene.address,
                request.event,
                request.at,
                request.by,
                request.role or "",
                facts_at(scene),
                facts_at(scene.case()) if scene.address else facts_at(scene),
                scene.journal,
            )
            answer = self.answers[rule] = ask(self.askers[rule], question)
        return answer
