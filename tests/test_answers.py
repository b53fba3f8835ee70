from __future__ import annotations

import functools
from typing import Any, cast

import pytest

from courts import PLAIN, Host, act, court_of, day, engine_of, fact, play, rule, state, workflow
from enforceflow.engine.answers import askers
from enforceflow.engine.engine import Engine
from enforceflow.errors import RuleFailed, RulesError
from enforceflow.programs.scenes import Question

RULES = [rule("exhausted", "已穷尽", "Exhausted"), rule("clear", "无负担", "Clear")]
WORK = workflow(
    rules=RULES,
    facts=[fact("owed", "money"), fact("note", "text", personal=True)],
    transitions=[
        act("pay", from_="any", takes="owed", may_take="note"),
        act("finish", "closed", from_="filed", when="exhausted and owed > 0", may_take="owed"),
        act("look", from_="filed", when="exhausted and (clear or exhausted)"),
    ],
)


class Answers:
    def exhausted(self, ask: Question) -> bool:
        return ask.facts.get("owed", 0) != 7

    def clear(self, ask: Question) -> bool:
        return ask is not None


def problems(host: object) -> list[str]:
    with pytest.raises(RulesError) as caught:
        Engine(WORK, calendar=PLAIN, rules=host)
    return [str(problem) for problem in caught.value.problems]


def test_a_host_that_answers_every_rule_is_taken() -> None:
    assert set(askers(Answers(), {one.name: one for one in RULES})) == {"exhausted", "clear"}


def test_whatever_is_missing_is_told_at_once() -> None:
    told = problems(None)
    assert [one.partition(";")[2] for one in told] == [
        " add to rules: def exhausted(self, ask) -> bool",
        " add to rules: def clear(self, ask) -> bool",
    ]
    assert told[1:] == [
        "rules.clear: nothing answers the rule clear (Clear); add to rules: def clear(self, ask) -> bool",
    ]


def test_a_name_that_is_nearly_right_is_pointed_out() -> None:
    class Near:
        def exhaust(self, ask: Question) -> bool:
            raise NotImplementedError

        def clear(self, ask: Question) -> bool:
            raise NotImplementedError

    (told,) = problems(Near())
    assert told.endswith("; Near has exhaust: should it be called exhausted?")


def test_what_cannot_be_asked_or_cannot_answer_is_told() -> None:
    class Wrong:
        exhausted = "yes"

        def clear(self) -> bool:
            raise NotImplementedError

    class Strange:
        def exhausted(self, ask: Question) -> str:
            raise NotImplementedError

        def clear(self, ask: Question, more: int) -> bool:
            raise NotImplementedError

    assert problems(Wrong()) == [
        "rules.exhausted: Wrong.exhausted is no method; add to Wrong: def exhausted(self, ask) -> bool",
        "rules.clear: Wrong.clear must be callable with one argument, ask; add to Wrong: def clear(self, ask) -> bool",
    ]
    returns, takes = problems(Strange())
    assert returns == "rules.exhausted: Strange.exhausted is declared to return str, not bool"
    assert takes.startswith("rules.clear: Strange.clear must be callable with one argument, ask; ")


def test_anything_callable_with_one_argument_will_do() -> None:
    class Loose:
        exhausted = staticmethod(functools.partial(lambda more, ask: bool(more), 1))

        def __init__(self) -> None:
            self.clear = [True].__contains__

    class Unresolved:
        def exhausted(self, ask: Unwritten) -> Nowhere:  # type: ignore[name-defined]  # noqa: F821
            return True

        clear = staticmethod(min)

    for host in (Loose(), Unresolved()):
        assert engine_of(WORK, host=host).open("n").state == ""


def test_a_workflow_without_rules_needs_no_host() -> None:
    assert Engine(workflow(), calendar=PLAIN).open("n").number == "n"


def test_a_rule_is_told_what_it_is_asked_for() -> None:
    host = Host("exhausted")
    one = play(WORK, host=host).do("pay", "01-06", owed="5 yuan", note="x")
    one.do("finish", "01-07", owed="9", by="王法官", role="judge")
    (ask,) = host.asked
    assert (ask.rule, ask.number, ask.track, ask.event) == ("exhausted", "（2026）示0000执1号", "", "finish")
    assert (ask.at, ask.by, ask.role) == (day("01-07"), "王法官", "judge")
    assert {name: str(value) for name, value in ask.facts.items()} == {"owed": "9", "note": "x"}
    assert ask.case_facts == ask.facts
    assert [entry.event for entry in ask.journal] == ["file", "pay"]
    assert one.case.journal[-1].answers == {"exhausted": True}


def test_each_rule_is_asked_once_for_an_act() -> None:
    host = Host("exhausted")
    one = play(WORK, host=host).do("look", "01-07")
    assert [ask.rule for ask in host.asked] == ["exhausted", "clear"]
    assert one.case.journal[-1].answers == {"exhausted": True, "clear": False}


def test_a_rule_asked_of_several_tracks_is_answered_for_each() -> None:
    kind = workflow("court/asset", rules=[rule("clear")])
    work = court_of(kind, transitions=[act("finish", "closed", from_="filed", when="all(asset where clear)")])
    host = Host("asset/A1.clear")
    one = play(work, host=host)
    for number in (1, 2):
        one.do("file", "01-06", f"asset/A{number}")
    assert one.refused("finish", "01-07").reasons[0].kind == "guard"
    assert [ask.track for ask in host.asked[-2:]] == ["asset/A1", "asset/A2"]
    host.yes.add("asset/A2.clear")
    one.do("finish", "01-07")
    assert one.case.journal[-1].answers == {"asset/A1.clear": True, "asset/A2.clear": True}
    assert one.engine.irregularities(one.case) == []


def test_a_rule_of_the_case_asked_from_a_track_is_kept_as_the_cases() -> None:
    kind = workflow("court/asset", transitions=[act("sell", "closed", from_="filed", when="case.exhausted")])
    one = play(court_of(kind, rules=RULES[:1]), host=Host("exhausted")).do("file", "01-06", "asset/A1")
    one.do("sell", "01-07", "asset/A1")
    assert one.case.journal[-1].answers == {"case.exhausted": True}


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (ZeroDivisionError("boom"), "ZeroDivisionError: boom"),
        ("yes", "it returned 'yes', not True or False"),
        (None, "it returned None, not True or False"),
        (1, "it returned 1, not True or False"),
    ],
)
def test_a_rule_that_fails_leaves_the_case_untouched_and_is_named(answer: Any, why: str) -> None:
    class Failing:
        def exhausted(self, ask: Question) -> bool:
            if isinstance(answer, Exception):
                raise answer
            return cast("bool", answer)

        def clear(self, ask: Question) -> bool:
            raise NotImplementedError

    one = play(WORK, host=Failing())
    before = one.case
    with pytest.raises(RuleFailed) as caught:
        one.do("finish", "01-07", owed="9")
    assert (caught.value.event, caught.value.rule, caught.value.why) == ("finish", "exhausted", why)
    assert caught.value.__cause__ is (answer if isinstance(answer, Exception) else None)
    assert one.case is before
    assert len(before.journal) == 1


def test_states_alone_ask_nobody() -> None:
    host = Host()
    one = play(
        workflow(rules=RULES, states=[state("filed"), state("enforcing"), state("closed", closed=True)]), host=host
    )
    one.do("go_on", "01-06").do("close", "01-07")
    assert host.asked == []
