from __future__ import annotations

import pytest

from courts import titled
from enforceflow.engine.refusals import Refusal, Refused
from enforceflow.errors import (
    DefinitionError,
    EnforceflowError,
    InvalidValue,
    Problem,
    RuleFailed,
    RulesError,
    SavedFormError,
    UnknownName,
    nearest,
    suggestion,
)
from enforceflow.texts import Bilingual, Message, Phrase, Title, render

SAID = Phrase(zh="{what}不对", en="{what} is wrong")
EVENT = Title("行为", "event")


def test_every_error_has_one_root_and_speaks_both_languages() -> None:
    errors: list[EnforceflowError] = [
        InvalidValue(SAID(what=titled("it", "它", "it"))),
        UnknownName(EVENT, "fiel", ["file"]),
        RuleFailed("close", "exhausted", "boom"),
        DefinitionError([Problem(SAID(what="x"))]),
        RulesError([Problem(SAID(what="x"))]),
        SavedFormError([Problem(SAID(what="x"))]),
        Refused(Refusal("close", "", "filed", __import__("datetime").date(2026, 1, 5), ())),
    ]
    for error in errors:
        assert isinstance(error, EnforceflowError)
        assert error.text("en") == str(error)
        assert error.text("zh") != error.text("en")
        assert isinstance(error.message, Bilingual)


def test_errors_are_also_what_python_calls_them() -> None:
    assert issubclass(InvalidValue, ValueError)
    assert issubclass(UnknownName, LookupError)


@pytest.mark.parametrize(
    ("name", "known", "en", "zh"),
    [
        (
            "fiel",
            ["file", "close"],
            "no event is called fiel; did you mean file?",
            "没有名为“fiel”的行为；是否指“file”？",
        ),
        ("x", ["file", "close"], "no event is called x; known: close, file", "没有名为“x”的行为；可用：close、file"),
        ("x", [], "no event is called x", "没有名为“x”的行为"),
        ("x", [f"act_{n}" for n in range(13)], "no event is called x", "没有名为“x”的行为"),
    ],
)
def test_an_unknown_name_suggests_the_nearest(name: str, known: list[str], en: str, zh: str) -> None:
    error = UnknownName(EVENT, name, known)
    assert error.text("en") == en
    assert error.text("zh") == zh
    assert error.known == tuple(sorted(known))
    assert (error.kind, error.name) == (EVENT, name)
    assert error.nearest == ("file" if name == "fiel" else None)


def test_the_nearest_name_is_close_or_none() -> None:
    assert nearest("clos", ["file", "close"]) == "close"
    assert nearest("zzz", ["file", "close"]) is None
    assert nearest("c" * 10_000, ["close"]) is None
    assert suggestion("zzz", []) is None


def test_a_problem_says_where_it_is() -> None:
    problem = Problem(SAID(what="x"), SAID(what="y"), ("time_limits", "conclusion"))
    assert str(problem) == "time_limits.conclusion: x is wrong; y is wrong"
    assert problem.text("zh") == "time_limits.conclusion: x不对；y不对"
    assert str(Problem(SAID(what="x"))) == "x is wrong"
    assert str(Problem(SAID(what="x"), file="a.yaml", line=3, column=7)) == "a.yaml:3:7: x is wrong"


def test_all_problems_are_told_at_once() -> None:
    error = DefinitionError([Problem(SAID(what="x")), Problem(SAID(what="y"))])
    assert [str(problem) for problem in error.problems] == ["x is wrong", "y is wrong"]
    assert str(error) == "x is wrong\ny is wrong"


def test_a_failed_rule_names_the_act_and_the_rule() -> None:
    error = RuleFailed("close", "exhausted", "ValueError: boom")
    assert (error.event, error.rule, error.why) == ("close", "exhausted", "ValueError: boom")
    assert str(error) == "while close was considered, the rule exhausted gave no answer: ValueError: boom"
    assert error.text("zh") == "记录“close”时，规则“exhausted”未能回答：ValueError: boom"


def test_parts_of_a_message_are_told_in_its_language() -> None:
    message = SAID(what=[Title("甲", "one"), Title("乙", "two"), 3])
    assert isinstance(message, Message)
    assert (message.text("zh"), str(message)) == ("甲、乙、3不对", "one, two, 3 is wrong")
    assert render(("a", Title("甲", "one")), "zh") == "a、甲"
    assert hash(message) == hash(SAID(what="other"))
