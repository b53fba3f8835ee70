"""What the names of a workflow mean, and how derived facts are worked out."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from enforceflow.definitions import Derived, Fact, Parameter, Rule, State, TimeLimit, Transition, Workflow, by_name
from enforceflow.definitions.facts import FactKind, FactType, FactValue
from enforceflow.definitions.periods import Dated, Period
from enforceflow.errors import Problem, UnknownName
from enforceflow.expressions import (
    TAKEN,
    Expression,
    ExpressionError,
    Footprint,
    Names,
    Scope,
    compile_expression,
    names_of,
    scope_of,
    scopes_of,
)
from enforceflow.texts import Title
from test_expressions import Track, World

K = FactKind
T = Title("题", "title")
SIX_MONTHS = Dated.always(Period.parse("6 months"))


def choice(*values: str) -> FactType:
    return FactType(K.CHOICE, choices={value: Title(value, value) for value in values})


def workflow(
    name: str = "case",
    *,
    facts: Mapping[str, FactType | FactKind] | None = None,
    derived: Mapping[str, str] | None = None,
    parameters: Mapping[str, Dated[FactValue | Period]] | None = None,
    **rest: Any,
) -> Workflow:
    return Workflow(
        name,
        edition="1",
        title=Title(f"{name}题", name),
        facts=by_name(
            Fact(
                each.rstrip("!"),
                title=T,
                type=kind if isinstance(kind, FactType) else FactType(kind),
                personal=each.endswith("!"),
            )
            for each, kind in (facts or {}).items()
        ),
        derived=by_name(Derived(each, title=T, value=value) for each, value in (derived or {}).items()),
        parameters=by_name(Parameter(each, title=T, values=values) for each, values in (parameters or {}).items()),
        states=by_name([State("open", title=T)]),
        **{"transitions": [Transition("begin", title=T, to="open")], **rest},
    )


def told(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(".".join(problem.path), problem.message.text("en")) for problem in problems]


def kinds(names: Names) -> dict[str, str]:
    return {name: str(kind) for name, kind in names.values.items()}


def test_the_names_of_a_workflow() -> None:
    names = names_of(
        workflow(
            facts={"amount": K.MONEY, "identity!": K.TEXT},
            derived={"double": "amount * 2"},
            parameters={"ceiling": Dated.always(Decimal(20000))},
            rules=[Rule("exhausted", title=T)],
            transitions=[
                Transition("begin", title=T, to="open"),
                Transition("close_early", title=T, event="close", from_=("any",)),
            ],
            time_limits=[TimeLimit("conclusion", title=T, lasts=SIX_MONTHS, source="x")],
        )
    )
    assert names == Names(
        values={"amount": FactType(K.MONEY), "ceiling": FactType(K.NUMBER)},
        personal=frozenset({"identity"}),
        rules=frozenset({"exhausted"}),
        states={"open": T},
        events=frozenset({"begin", "close"}),
        limits=frozenset({"conclusion"}),
        parameters=frozenset({"ceiling"}),
        derived={"double": Footprint()},
    )
    of_track = names_of(workflow("asset"), {"movable": T})
    assert of_track.states == {"open": T, "carried_over": Title("已移入他案", "Carried over")}
    assert of_track.events == {"begin", "carry_over"}
    assert of_track.kinds == {"movable": T}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([Decimal(1), 2], "number"),
        ([True], "bool"),
        (["a"], "text"),
        ([date(2026, 1, 1)], "date"),
        ([datetime(2026, 1, 1, tzinfo=UTC)], "datetime"),
        ([Period.parse("15 days")], "days"),
        ([Period.parse("15 days"), Period.parse("1 month")], "period"),
        ([Period.parse("3 workdays")], "period"),
        ([("a", "b")], "list of text"),
        ([()], "list"),
        ([(1, "b")], "list"),
        ([1, "a"], None),
        ([1.5], None),
    ],
)
def test_the_type_of_a_parameter_is_that_of_its_values(values: list[Any], expected: str | None) -> None:
    dated: Dated[Any] = Dated(tuple((date(2020 + year, 1, 1), value) for year, value in enumerate(values)))
    flow = workflow(parameters={"limit": dated})
    scope, _, problems = scope_of(flow)
    assert kinds(scope.own).get("limit") == expected
    if expected is None:
        said = "the values of the parameter limit are of different types"
        assert told(problems) == [("parameters.limit.values", said)]
        assert problems[0].message.text("zh") == "参数“limit”的数值类型不一"
    else:
        assert problems == []


def test_derived_facts_are_worked_out_in_the_order_they_need() -> None:
    flow = workflow(
        facts={"owed": K.MONEY, "paid": K.MONEY},
        derived={
            "settled": "unpaid <= tolerance and exhausted",
            "unpaid": "owed - paid",
            "tolerance": "ceiling * 0.5",
            "phase": "state",
        },
        parameters={"ceiling": Dated.always(Decimal(2))},
        rules=[Rule("exhausted", title=T)],
    )
    scope, derived, problems = scope_of(flow)
    assert problems == []
    assert scope.case is None
    assert kinds(scope.own) == {
        "owed": K.MONEY, "paid": K.MONEY, "ceiling": K.NUMBER, "unpaid": K.MONEY, "tolerance": K.NUMBER,
        "settled": K.BOOL, "phase": "choice",
    }  # fmt: skip
    assert derived["settled"].reads == {"unpaid", "owed", "paid", "tolerance", "ceiling"}
    assert derived["settled"].rules == {"exhausted"}
    guard = compile_expression("settled and paid > tolerance and phase == 'open'", scope, K.BOOL)
    assert guard.rules == {"exhausted"}
    assert guard.reads == {"settled", "unpaid", "owed", "paid", "tolerance", "ceiling", "phase"}
    case = Track({"owed": Decimal(3), "paid": Decimal(2), "ceiling": Decimal(2)}, "open", rules={"exhausted": True})
    case.derived = derived
    assert guard.evaluate(case) is True
    with pytest.raises(ExpressionError, match="did you mean open"):
        compile_expression("phase == 'opened'", scope)


def example() -> tuple[Workflow, Workflow, Workflow, Workflow]:
    movable = workflow(
        "cn/movable",
        facts={"worth": K.MONEY, "owner!": K.TEXT, "grade": choice("a", "b")},
        derived={"net": "worth - case.costs", "big": "net > sum(receipt.net)"},
    )
    immovable = workflow(
        "cn/immovable",
        facts={"worth": K.MONEY, "area": K.NUMBER, "grade": choice("b", "c")},
        derived={"net": "worth", "big": "any(asset where worth > this.worth)"},
    )
    receipt = workflow(
        "cn/receipt",
        facts={"amount": K.MONEY, "asset": FactType(K.TRACK, track="asset")},
        derived={"net": "amount - 1", "for_big": "asset.big"},
    )
    case = workflow(
        "cn/case",
        facts={"costs": K.MONEY},
        derived={"total": "sum(asset.net where grade != 'c')"},
        tracks={"asset": {"movable": movable, "immovable": immovable}, "receipt": receipt},
    )
    return case, movable, immovable, receipt


def test_scopes_reach_across_the_case() -> None:
    case, movable, immovable, receipt = example()
    scopes = scopes_of(case)
    assert len(scopes) == 4
    for flow in (case, movable, immovable, receipt):
        scope, derived, problems = scopes[id(flow)]
        assert problems == []
        assert derived.keys() == flow.derived.keys()
        assert kinds(scope.tracks["asset"]) == {
            "worth": K.MONEY, "grade": "choice", "area": K.NUMBER, "net": K.MONEY, "big": K.BOOL,
        }  # fmt: skip
        assert set(scope.tracks["asset"].values["grade"].choices) == {"a", "b", "c"}
        assert scope.tracks["asset"].personal == {"owner"}
        assert scope.tracks["asset"].kinds.keys() == {"movable", "immovable"}
        assert scope.own.kinds.keys() == {
            "cn/case": set(), "cn/receipt": {"receipt"},
        }.get(flow.name, {"movable", "immovable"})  # fmt: skip
        assert (scope.case is None) is (flow is case)
    scope, derived, problems = scope_of(receipt, case)
    assert scope.case is not None
    assert kinds(scope.case) == {"costs": K.MONEY, "total": K.MONEY}
    assert derived["for_big"].type == FactType(K.BOOL)
    assert compile_expression("asset.grade in ('a', 'c') and asset.kind != 'movable'", scope, K.BOOL)
    assert scope_of(case)[0].own == scopes[id(case)][0].own


def test_derived_facts_evaluate_across_the_case() -> None:
    case, movable, immovable, receipt = example()
    compiled = {flow.name: scope_of(flow, case)[1] for flow in (case, movable, immovable, receipt)}
    world = World()
    world.case = Track({"costs": Decimal(10)}, world=world, derived=compiled["cn/case"])
    world.tracks = {
        "asset": [
            Track({"worth": Decimal(100), "grade": "a"}, world=world, derived=compiled["cn/movable"]),
            Track({"worth": Decimal(50), "grade": "b"}, world=world, derived=compiled["cn/immovable"]),
            Track({"worth": Decimal(9), "grade": "c"}, world=world, derived=compiled["cn/immovable"]),
        ],
        "receipt": [Track({"amount": Decimal(7), "asset": "asset/0"}, world=world, derived=compiled["cn/receipt"])],
    }
    assert world.case.value("total") == 140
    assert world.tracks["receipt"][0].value("for_big") is True
    assert world.tracks["asset"][1].value("big") is True


def test_an_unknown_workflow_is_an_error_that_suggests() -> None:
    case, *_ = example()
    with pytest.raises(UnknownName, match="no workflow is called cn/movables; did you mean cn/movable"):
        scope_of(workflow("cn/movables"), case)


def test_a_circle_is_told_once_in_each_workflow() -> None:
    flow = workflow(derived={"a": "b", "b": "c + 1", "c": "a", "d": "a", "e": "e or true", "f": "1"})
    scope, derived, problems = scope_of(flow)
    assert set(derived) == {"f"}
    assert told(problems) == [
        ("derived.a.value", "derived facts depend on one another: a → b → c → a"),
        ("derived.e.value", "derived facts depend on one another: e → e"),
    ]
    assert problems[0].message.text("zh") == "算得的事实互相依赖：a → b → c → a"
    with pytest.raises(ExpressionError) as caught:
        compile_expression("d > 1", scope)
    assert caught.value.text("zh") == "第1字：“d”本身的算式有误"
    assert caught.value.text("en") == "column 1: d cannot be used: its own expression is wrong"


def test_a_circle_through_tracks_is_found() -> None:
    asset = workflow("cn/asset", derived={"net": "case.total"})
    case = workflow("cn/case", derived={"total": "sum(asset.net)"}, tracks={"asset": asset})
    chain = "derived facts depend on one another: "
    assert told(scope_of(case)[2]) == [
        ("derived.total.value", chain + "cn/case: total → cn/asset: net → cn/case: total")
    ]
    assert told(scope_of(asset, case)[2]) == [
        ("derived.net.value", chain + "cn/asset: net → cn/case: total → cn/asset: net")
    ]


def test_flaws_of_derived_facts_are_problems_and_do_not_spread() -> None:
    flow = workflow(facts={"owed": K.MONEY}, derived={"a": "owd + ", "b": "owd + 1", "c": "b + 1", "d": "owed + x + c"})
    scope, derived, problems = scope_of(flow)
    assert derived == {}
    assert told(problems) == [
        ("derived.a.value", "a value is wanted here, not the end"),
        ("derived.b.value", "no name is called owd"),
        ("derived.d.value", "no name is called x"),
    ]
    assert [problem.column for problem in problems] == [7, 1, 8]
    assert str(problems[1]) == "derived.b.value: no name is called owd; did you mean owed?"
    assert scope.own.derived.keys() == {"a", "b", "c", "d"}


def test_a_derived_fact_of_one_kind_that_is_wrong_is_wrong_for_the_track() -> None:
    one = workflow("one", derived={"net": "1"})
    two = workflow("two", derived={"net": "x"})
    case = workflow(tracks={"asset": {"one": one, "two": two}})
    scope, _, problems = scope_of(case)
    assert problems == []
    with pytest.raises(ExpressionError, match="net cannot be used"):
        compile_expression("sum(asset.net) > 1", scope)
    assert told(scope_of(two, case)[2]) == [("derived.net.value", "no name is called x")]


def test_one_name_has_one_type_in_all_kinds_of_a_track() -> None:
    case = workflow(
        tracks={
            "asset": {
                "one": workflow("one", facts={"worth": K.MONEY, "to": FactType(K.TRACK, track="a")}),
                "two": workflow("two", facts={"worth": K.NUMBER, "to": FactType(K.TRACK, track="b")}),
                "three": workflow("three", facts={"worth": K.MONEY}),
            }
        }
    )
    scope, _, problems = scope_of(case)
    assert told(problems) == [
        ("tracks.asset.two", "worth has different types in kinds of one track: money, a number"),
        ("tracks.asset.two", "to has different types in kinds of one track: track of a, track of b"),
    ]
    assert problems[0].message.text("zh") == "“worth”在同一事项的不同种类中类型不一：金额、数"
    assert kinds(scope.tracks["asset"])["worth"] == "money"


def test_a_number_may_stand_for_money_only_if_every_kind_means_a_parameter() -> None:
    parameter = workflow("one", facts={"worth": K.MONEY}, parameters={"floor": Dated.always(Decimal(1))})
    fact = workflow("two", facts={"worth": K.MONEY, "floor": K.NUMBER})
    scope, *_ = scope_of(workflow(tracks={"asset": {"one": parameter}}))
    assert compile_expression("any(asset where worth > floor)", scope)
    scope, *_ = scope_of(workflow(tracks={"asset": {"one": parameter, "two": fact}}))
    with pytest.raises(ExpressionError, match="a number goes with money"):
        compile_expression("any(asset where worth > floor)", scope)


def test_names_that_clash_are_problems() -> None:
    flow = workflow(
        facts={"state": K.TEXT, "amount": K.MONEY},
        derived={"amount": "1"},
        parameters={"this": Dated.always(1)},
        rules=[Rule("amount", title=T), Rule("and", title=T)],
    )
    found = [problem for problem in scope_of(flow)[2] if problem.path[0] != "derived" or len(problem.path) == 2]
    assert told(found) == [
        ("facts.state", "state is a word of the guard language and cannot be a name"),
        ("derived.amount", "amount is already the name of a fact"),
        ("parameters.this", "this is a word of the guard language and cannot be a name"),
        ("rules.amount", "amount is already the name of a fact"),
        ("rules.and", "and is a word of the guard language and cannot be a name"),
    ]
    assert found[0].message.text("zh") == "“state”是条件语言的保留字，不能作名称"
    assert found[1].message.text("zh") == "“amount”已是事实的名称"
    assert {
        "and",
        "or",
        "not",
        "in",
        "where",
        "true",
        "false",
        "state",
        "kind",
        "address",
        "at",
        "case",
        "this",
    } == TAKEN


def test_aggregates_nest_at_most_twice_through_derived_facts_too() -> None:
    asset = workflow("asset", facts={"worth": K.MONEY}, derived={"rank": "count(asset where worth > this.worth)"})
    case = workflow(derived={"best": "any(asset where rank == 0)"}, tracks={"asset": asset})
    scope, _, problems = scope_of(case)
    assert problems == []
    assert compile_expression("best", scope)
    for text in ("any(asset where case.best)", "any(asset where any(asset where rank > 1))"):
        with pytest.raises(ExpressionError, match="nest at most 2 deep, derived facts included"):
            compile_expression(text, scope)


def chain(length: int, text: str) -> tuple[Scope, dict[str, Expression], list[Problem]]:
    derived = {f"d{place}": text.replace("x", f"d{place - 1}") for place in range(length, 0, -1)}
    return scope_of(workflow(facts={"d0": K.NUMBER}, derived=derived))


def test_a_chain_of_derived_facts_cannot_overflow() -> None:
    scope, derived, problems = chain(60, "x + 1")
    assert told(problems) == [
        ("derived.d34.value", "the expression is too large, counting the derived facts that it reads")
    ]
    assert len(derived) == 33
    assert Track({"d0": Decimal(1)}, derived=derived).value("d33") == 34
    with pytest.raises(ExpressionError, match="too large"):
        compile_expression("1 + (1 + (1 + d33)) > 1", scope)
    _, derived, problems = chain(4, "x" + " + 1" * 47)
    assert len(problems) == 1
    assert Track({"d0": Decimal(1)}, derived=derived).value("d3") == 142


def test_derived_facts_cannot_multiply_without_bound() -> None:
    scope, derived, problems = chain(9, "x + (x + x) + (x + x)")
    assert told(problems)[0] == (
        "derived.d6.value", "the expression is too large, counting the derived facts that it reads",
    )  # fmt: skip
    assert len(problems) == 1
    assert len(derived) == 5
    assert Track({"d0": Decimal(1)}, derived=derived).value("d5") == 5**5
    assert scope.own.derived["d5"].weight < 10_000


def test_products_beyond_all_bounds_are_unknown() -> None:
    _, derived, problems = chain(9, "x * x")
    assert problems == []
    case = Track({"d0": Decimal("3.14159265358979323846264")}, derived=derived)
    assert case.value("d8") is not None
    assert case.value("d9") is None


def test_many_derived_facts_take_little_time() -> None:
    derived = {f"d{place}": f"d{place + 1} and d{place + 2}" for place in range(400)}
    started = time.perf_counter()
    _, compiled, problems = scope_of(workflow(facts={"d400": K.BOOL, "d401": K.BOOL}, derived=derived))
    assert time.perf_counter() - started < 5
    assert len(problems) == 1
    assert len(compiled) < 40


@pytest.mark.parametrize("value", ["", "b + 1"])
def test_a_flawed_derived_fact_that_shares_a_facts_name_is_a_problem_not_a_crash(value: str) -> None:
    title = Title("案", "Case")
    workflow = Workflow(
        "x/case",
        edition="1",
        title=title,
        facts=[Fact("a", title=title, type="money")],
        derived=[Derived("a", title=title, value=value)],
        states=[State("filed", title=title)],
        transitions=[Transition("file", title=title, to="filed")],
    )
    _, expressions, problems = scope_of(workflow)
    assert not expressions
    assert problems
