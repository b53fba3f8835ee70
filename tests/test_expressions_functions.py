"""`address`, `times(act)` and the functions of law in guards."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import attrs
import pytest

import enforceflow as ef
from enforceflow.amounts.functions import FUNCTIONS
from enforceflow.definitions.facts import FactKind, FactValue
from enforceflow.expressions import TAKEN, ExpressionError, Scope, compile_expression, in_words
from enforceflow.expressions.parsing import GATHERINGS, QUESTIONS
from enforceflow.texts import Lang
from test_expressions import IN_ASSET, IN_CASE, IN_RECEIPT, Track, asset, example, receipt, value

K = FactKind
ONLY_LOOSE = "a number goes with money only if it is written out or a parameter"


def flaws(text: str, scope: Scope = IN_CASE, lang: Lang = "en") -> list[str]:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(text, scope)
    return caught.value.text(lang).splitlines()


# --- address --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("address == address", 0, True),
        ("any(receipt where asset == this.address)", 0, None),
        ("any(receipt where asset == this.address)", 1, True),
        ("count(asset where address == this.address) == 1", 0, True),
        ("count(asset where address != this.address)", 1, Decimal(1)),
        ("any(receipt where any(asset where address == this.asset))", 0, True),
        ("case.main_asset == address", 0, True),
        ("case.main_asset == address", 1, False),
        ("case.anything == address", 0, False),
    ],
)
def test_a_track_knows_its_address(text: str, number: int, expected: FactValue | None) -> None:
    assert compile_expression(text, IN_ASSET).evaluate(asset(number)) == expected


def test_the_address_of_another_track_is_read_by_way_of_it() -> None:
    assert value("asset.address == asset", receipt(0), IN_RECEIPT) is True
    assert value("asset.address == asset", receipt(1), IN_RECEIPT) is None
    assert value("any(receipt where asset.address == case.spare_asset)") is None
    assert value("any(asset where address == main_asset)") is True
    found = compile_expression("address", IN_ASSET)
    assert found.type.kind is K.TRACK
    assert found.type.track == "asset"
    assert found.reads == frozenset()


@pytest.mark.parametrize(
    ("text", "scope", "expected"),
    [
        ("address == main_asset", IN_CASE, "column 1: a case has no address"),
        ("any(asset where this.address == address)", IN_CASE, "column 22: a case has no address"),
        ("case.address == address", IN_ASSET, "column 6: a case has no address"),
        ("address == debtor", IN_ASSET, "column 9: a track does not compare with a track"),
        ("address > address", IN_ASSET, "column 9: a track has no order: use == or !="),
        (
            "adress == address",
            IN_ASSET,
            "column 1: no name is called adress; known: clear, debtor, held, located, worth",
        ),
    ],
)
def test_an_address_that_means_nothing_is_told(text: str, scope: Scope, expected: str) -> None:
    assert flaws(text, scope) == [expected]


# --- times ----------------------------------------------------------------------------------------------------------


def test_acts_are_counted() -> None:
    case = example()
    case.repeated = {"file": 3}
    assert value("times(file)", case) == Decimal(3)
    assert isinstance(value("times(file)", case), Decimal)
    assert value("times(file) * 0.5 == 1.5 and times(object) < 2", case) is True
    assert value("case.times(file) >= 3 and times(sell) == 0", case.world.tracks["asset"][0], IN_ASSET) is True
    assert value("any(asset where times(seize) == 1 and this.times(file) == 3)", case) is True
    assert value("main_asset.times(seize)", case) == Decimal(1)
    assert value("spare_asset.times(seize)", case) is None


def test_only_acts_are_counted() -> None:
    assert flaws("times(conclusion) > 1") == [
        "column 7: no act is called conclusion; known: enforce, file, object",
    ]
    assert flaws("times(file) > 1 yuan") == [
        f"column 13: a number does not compare with money; {ONLY_LOOSE}",
    ]


# --- functions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("execution_fee(amount)", "200.00"),
        ("execution_fee(128654.77 yuan)", "1829.82"),
        ("execution_fee(128654.77)", "1829.82"),
        ("execution_fee(ceiling)", "200.00"),
        ("preservation_fee(500000 yuan)", "3020.00"),
        ("late_interest(10000 yuan, 2014-07-31, 2014-08-10)", "17.50"),
        ("late_interest(amount, served, served + 10 days)", "35.00"),
        ("starting_price_floor(1000000 yuan, 2016-12-31)", "800000"),
        ("starting_price_floor(1000000 yuan, 2017-01-01)", "700000"),
        ("next_price_floor(700000 yuan)", "560000"),
        ("next_price_floor(starting_price_floor(1000000 yuan, at))", "560000"),
        ("least_deposit(560000 yuan)", "28000"),
        ("most_deposit(560000 yuan)", "112000"),
        ("direct_sale_floor(1000000 yuan)", "500000"),
        ("pro_rata(1 yuan, 3 yuan, 2 yuan)", "0.66"),
        ("pro_rata(amount, 40000 yuan, 10000 yuan) + 1 yuan", "5001"),
        ("-execution_fee(0 yuan)", "-50"),
        ("execution_fee((amount) * 2 + 1 yuan)", "500.02"),
    ],
)
def test_functions_of_law_are_called(text: str, expected: str) -> None:
    expression = compile_expression(text, IN_CASE)
    assert expression.type.kind is K.MONEY
    assert expression.evaluate(example()) == Decimal(expected)


def test_a_function_reads_what_it_is_given() -> None:
    expression = compile_expression("execution_fee(amount) > 0 and case.exhausted", IN_CASE)
    assert expression.reads == {"amount"}
    assert value("sum(asset.worth) >= execution_fee(sum(receipt.amount))") is True
    assert value("any(asset where execution_fee(worth) > execution_fee(this.amount))") is True
    assert value("execution_fee(amount) in (200 yuan, 300 yuan)") is True


@pytest.mark.parametrize(
    "text",
    [
        "execution_fee(-1 yuan)",
        "preservation_fee(0 - amount)",
        "late_interest(amount, at, at - 1 days)",
        "late_interest(amount, 2014-07-30, at)",
        "starting_price_floor(amount, 2004-12-31)",
        "pro_rata(2 yuan, 1 yuan, 1 yuan)",
        "pro_rata(1 yuan, 1 yuan, 0 - 1 yuan)",
    ],
)
def test_outside_its_domain_a_function_is_unknown(text: str) -> None:
    assert value(text) is None
    assert value(f"{text} > 0 or located") is True


@pytest.mark.parametrize(
    "text", ["execution_fee(amount)", "pro_rata(1 yuan, amount, 1 yuan)", "late_interest(1, due, at)"]
)
def test_of_what_is_unknown_a_function_is_unknown(text: str) -> None:
    assert value(text, Track()) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("execution_fe(amount)", "column 1: there is no function execution_fe(…); did you mean execution_fee?"),
        ("case.execution_fee(amount)", "column 6: there is no function execution_fee(…); write execution_fee(…)"),
        ("execution_fee()", "column 1: execution_fee (Execution fee) takes 1: amount enforced; given here: 0"),
        (
            "pro_rata(1 yuan, 2 yuan)",
            "column 1: pro_rata (Share pro rata) takes 3: claim, all claims together, sum to distribute; given here: 2",
        ),
        ("execution_fee(at)", "column 15: execution_fee wants money here (amount enforced), not a date"),
        (
            "execution_fee(inquiries)",
            f"column 15: execution_fee wants money here (amount enforced), not a number; {ONLY_LOOSE}",
        ),
        (
            "starting_price_floor(amount, 30 days)",
            "column 30: starting_price_floor wants a date here (day it is set), not a number of days",
        ),
        ("execution_fee(amount > 1)", "column 15: execution_fee wants money here (amount enforced), not true or false"),
        ("execution_fee(nothing)", "column 15: no name is called nothing"),
        ("execution_fee(amount,)", "column 22: a value is wanted here, not )"),
        ("execution_fee(amount", "column 21: ) is wanted here, not the end"),
        ("execution_fee(amount amount)", "column 22: ) is wanted here, not amount"),
        (
            "execution_fee(1,000 yuan)",
            "column 1: execution_fee (Execution fee) takes 1: amount enforced; given here: 2",
        ),
        ("execution_fee == 1", "column 1: no name is called execution_fee; write execution_fee(…)"),
        ("execution_fee(amount) > inquiries", None),
    ],
)
def test_a_call_that_is_wrong_is_told_with_its_place(text: str, expected: str | None) -> None:
    found = flaws(text)
    assert len(found) == 1
    if expected is not None:
        assert found[0].startswith(expected)


def test_wrong_calls_are_told_in_chinese() -> None:
    assert flaws("execution_fee(at) > pro_rata(1)", lang="zh") == [
        "第15字：execution_fee 的“执行金额”应为金额，却是日期",
        "第21字：pro_rata（按比例受偿额）需要3项：本债权额、债权总额、可分配款；此处有1项",
    ]


def test_calls_are_bounded() -> None:
    deep = "execution_fee(" * 50 + "amount" + ")" * 50
    assert flaws(deep)[0].endswith("too deeply nested: at most 48 levels are allowed")
    wide = f"pro_rata({', '.join(['1'] * 600)})"
    assert "too long" in flaws(wide)[0]


def test_names_of_functions_stay_free_for_facts() -> None:
    names = attrs.evolve(IN_CASE.own, values={**IN_CASE.own.values, "execution_fee": IN_CASE.own.values["amount"]})
    scope = Scope(names, None, IN_CASE.tracks)
    text = "execution_fee >= execution_fee(amount)"
    assert (
        compile_expression(text, scope).evaluate(Track({"execution_fee": Decimal(300), "amount": Decimal(1)})) is True
    )
    assert in_words(text, scope).text("en") == "execution_fee ≥ Execution fee(amount)"


def test_no_function_is_called_like_a_word_of_the_language() -> None:
    words = {*TAKEN, *QUESTIONS, *GATHERINGS}
    assert words.isdisjoint(FUNCTIONS)


def test_every_function_says_what_it_is() -> None:
    for function in FUNCTIONS.values():
        assert function.title.zh != function.title.en
        assert "第" in function.source
        assert {parameter.kind for parameter in function.parameters} <= {K.MONEY, K.DATE}
        kinds = {K.MONEY: Decimal(1000), K.DATE: date(2026, 3, 1)}
        result = function.compute(*(kinds[parameter.kind] for parameter in function.parameters))
        assert isinstance(result, Decimal)


# --- in a workflow --------------------------------------------------------------------------------------------------

CASE = """\
workflow: fees/case
edition: 2026-01
zh: 案件
en: Case
tracks: {receipt: fees/receipt}
facts:
  owed: {zh: 标的额, en: Amount owed, type: money}
  charged: {zh: 已收费, en: Fee charged, type: money}
derived:
  fee: {zh: 应收费, en: Fee due, value: execution_fee(owed)}
states:
  filed: {zh: 已立案, en: Filed}
transitions:
  file: {zh: 立案, en: File, to: filed, may_take: owed}
  warn: {zh: 警告, en: Warn, from: filed, when: times(warn) < 2, source: 示例第1条}
  charge: {zh: 收费, en: Charge, from: filed, takes: charged,
           when: charged <= execution_fee(owed) and charged <= fee, source: 示例第2条}
time_limits:
  payout: {zh: 发放期限, en: Payout, lasts: 30 days, since: file, met_by: charge,
           when: execution_fee(owed) > 100, source: 示例第3条}
"""
RECEIPT = """\
workflow: fees/receipt
edition: 2026-01
zh: 到账
en: Receipt
facts:
  amount:  {zh: 金额, en: Amount, type: money}
  part_of: {zh: 所属到账, en: Part of, type: track, track: receipt}
states:
  entered: {zh: 已入账, en: Entered}
transitions:
  enter:  {zh: 入账, en: Enter, to: entered, takes: amount}
  split_off: {zh: 分出, en: Split off, to: entered, takes: [amount, part_of]}
  settle: {zh: 结清, en: Settle, from: entered, source: 示例第4条,
           when: sum(receipt.amount where done(split_off) and part_of == this.address) == amount}
"""


@pytest.fixture
def engine(tmp_path: Path) -> ef.Engine:
    (tmp_path / "fees").mkdir()
    (tmp_path / "fees/case.yaml").write_text(CASE, "utf-8")
    (tmp_path / "fees/receipt.yaml").write_text(RECEIPT, "utf-8")
    return ef.Engine(ef.load(tmp_path / "fees/case.yaml"), calendar=ef.calendar("cn"))


def test_a_workflow_uses_them_all(engine: ef.Engine) -> None:
    day = date(2026, 1, 5)
    case = engine.record(engine.open("示0000执1号"), "file", at=day, facts={"owed": "20000 yuan"}).case
    assert [deadline.limit.name for deadline in engine.deadlines(case, today=day)] == ["payout"]
    case = engine.record(case, "warn", at=day).case
    case = engine.record(case, "warn", at=day).case
    with pytest.raises(ef.Refused) as refused:
        engine.record(case, "warn", at=day)
    assert "how often “Warn” < 2 (“警告”的次数 < 2)" in refused.value.text("en")
    with pytest.raises(ef.Refused) as refused:
        engine.record(case, "charge", at=day, facts={"charged": "201 yuan"})
    assert "Fee charged ≤ Execution fee(Amount owed) (已收费 ≤ 申请执行费（标的额）)" in refused.value.text("en")
    assert "已收费 ≤ 申请执行费（标的额）" in refused.value.text("zh")
    case = engine.record(case, "charge", at=day, facts={"charged": "200 yuan"}).case
    for number, facts in enumerate([{}, {"part_of": "receipt/0"}, {"part_of": "receipt/0"}]):
        amount = "100 yuan" if facts else "200 yuan"
        event = "split_off" if facts else "enter"
        case = engine.record(case, event, at=day, track=f"receipt/{number}", facts={"amount": amount, **facts}).case
        assert _settles(engine, case, day) is (number == 2)


def _settles(engine: ef.Engine, case: ef.Case, day: date) -> bool:
    try:
        engine.record(case, "settle", at=day, track="receipt/0")
    except ef.Refused:
        return False
    return True


def test_a_small_case_has_no_limit(engine: ef.Engine) -> None:
    day = date(2026, 1, 5)
    case = engine.record(engine.open("示0000执1号"), "file", at=day, facts={"owed": "1000 yuan"}).case
    assert not engine.deadlines(case, today=day)
