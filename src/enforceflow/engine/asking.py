"""An act that somebody wants to record, and asking the host for it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from enforceflow.cases.journal import NO_ANSWERS, NO_FACTS, Moment
from enforceflow.definitions import CASE
from enforceflow.definitions.facts import Facts
from enforceflow.engine.answers import Asker, ask
from enforceflow.programs.scenes import ROOT, Question, Scene, facts_at


@attrs.define(eq=False)
class Request:
    """An act that somebody wants to record; `role` None means that the host does not tell roles.

    A `lenient` request tells what happened, lawful or not: only the state must fit. `transition` and `answers` are what
    is known of it already, if it stands for an act recorded before. An `automatic` one follows by itself from a limit
    that ran out, a `raised` one is recorded in the step of another, which may be the one that closes the case.
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
    raised: bool = False


def asked_as(rule: str, scene: Scene, track: str) -> str:
    """Return the name under which an act on a track keeps an answer: the rule, asked elsewhere with where it was."""
    return rule if scene.address == track else f"{scene.address or CASE}.{rule}"


class Asking:
    """Asks the host for one act, each rule once for each track, and keeps the answers."""

    __slots__ = ("answers", "askers", "number", "request")

    def __init__(self, askers: Mapping[str, Asker], number: str, request: Request) -> None:
        self.askers = askers
        self.number = number
        self.request = request
        self.answers = dict(request.answers) if request.answers else {}

    def __call__(self, rule: str, scene: Scene) -> bool | None:
        """Return the host's answer; raise `RuleFailed` if it has none.

        For what is told as having happened nobody is asked: what is not known of it stays unknown.
        """
        request = self.request
        asked = asked_as(rule, scene, request.track)
        answer = self.answers.get(asked)
        if answer is None and not request.lenient:
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
            answer = self.answers[asked] = ask(self.askers[rule], question)
        return answer
