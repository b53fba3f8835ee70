"""The guard language by example: what it says, what it evaluates to, and what it answers when it is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import attrs
import pytest

from enforceflow.definitions.facts import FactKind, FactType, FactValue
from enforceflow.definitions.periods import Period
from enforceflow.errors import EnforceflowError
from enforceflow.expressions import (
    LIMIT_STATUSES,
    Context,
    Expression,
    ExpressionError,
    Names,
    Scope,
    compile_expression,
    conjuncts,
)
from enforceflow.texts import Title

K = FactKind


def choice(*values: str) -> FactType:
    return FactType(K.CHOICE, choices={value: Title(value, value) for value in values})


def titles(*names: str) -> dict[str, Title]:
    return {name: Title(name, name) for name in names}


NINE = datetime(2026, 1, 5, 9)  # noqa: DTZ001  times without a zone are in that of the calendar
ELEVEN = NINE.replace(hour=11)
GRADE = choice("simple", "ordinary")
CASE = Names(
    values={
        "amount": FactType(K.MONEY),
        "claimed": FactType(K.MONEY),
        "rate": FactType(K.NUMBER),
        "inquiries": FactType(K.NUMBER),
        "located": FactType(K.BOOL),
        "suspended": FactType(K.BOOL),
        "due": FactType(K.DATE),
        "served": FactType(K.DATE),
        "heard": FactType(K.DATETIME),
        "ended": FactType(K.DATETIME),
        "delay": FactType(K.DAYS),
        "grace": FactType(K.PERIOD),
        "grade": GRADE,
        "court": FactType(K.TEXT),
        "measures": FactType(K.LIST, item=choice("seize", "freeze")),
        "hearings": FactType(K.LIST, item=FactType(K.DATETIME)),
        "delays": FactType(K.LIST, item=FactType(K.DAYS)),
        "main_asset": FactType(K.TRACK, track="asset"),
        "spare_asset": FactType(K.TRACK, track="asset"),
        "anything": FactType(K.TRACK),
        "ceiling": FactType(K.NUMBER),
        "wait": FactType(K.DAYS),
        "status": FactType(K.BOOL),
    },
    personal=frozenset({"identity"}),
    rules=frozenset({"exhausted", "agreed"}),
    states=titles("filed", "investigating"),
    events=frozenset({"file", "enforce", "object"}),
    limits=frozenset({"conclusion"}),
    parameters=frozenset({"ceiling", "wait"}),
)
ASSET = Names(
    values={
        "worth": FactType(K.MONEY),
        "located": FactType(K.BOOL),
        "debtor": FactType(K.TRACK, track="debtor"),
        "held": FactType(K.DAYS),
    },
    personal=frozenset({"owner"}),
    rules=frozenset({"clear"}),
    states=titles("seized", "sold"),
    events=frozenset({"seize", "sell"}),
    limits=frozenset({"life"}),
    kinds=titles("movable", "immovable"),
    track="asset",
)
RECEIPT = Names(
    values={"amount": FactType(K.MONEY), "asset": FactType(K.TRACK, track="asset"), "count": FactType(K.NUMBER)},
    states=titles("entered", "paid"),
    events=frozenset({"pay"}),
    kinds=titles("receipt"),
    track="receipt",
)
DEBTOR = Names(
    values={"name": FactType(K.TEXT), "located": FactType(K.BOOL)},
    states=titles("active"),
    kinds=titles("debtor"),
    track="debtor",
)
TRACKS = {"asset": ASSET, "receipt": RECEIPT, "debtor": DEBTOR}
IN_CASE = Scope(CASE, None, TRACKS)
IN_ASSET = Scope(ASSET, CASE, TRACKS)
IN_RECEIPT = Scope(RECEIPT, CASE, TRACKS)


@attrs.define
class World:
    """A case and its tracks, told by hand."""

    tracks: dict[str, list[Track]] = attrs.field(factory=dict)
    case: Track | None = None
    at: date = date(2026, 3, 1)


@attrs.define
class Track:
    """A context."""

    facts: Mapping[str, FactValue] = attrs.field(factory=dict)
    now: str = ""
    sort: str = ""
    acts: Mapping[str, tuple[date, str | None]] = attrs.field(factory=dict)
    rules: Mapping[str, bool | None] = attrs.field(factory=dict)
    limits: Mapping[str, str] = attrs.field(factory=dict)
    world: World = attrs.field(factory=World)
    derived: Mapping[str, Expression] = attrs.field(factory=dict)
    asked: list[str] = attrs.field(factory=list)
    repeated: Mapping[str, int] = attrs.field(factory=dict)

    @property
    def address(self) -> str:
        return next(
            (
                f"{name}/{number}"
                for name, tracks in self.world.tracks.items()
                for number, track in enumerate(tracks)
                if track is self
            ),
            "",
        )

    @property
    def at(self) -> date:
        return self.world.at

    def value(self, name: str) -> FactValue | None:
        return self.derived[name].evaluate(self) if name in self.derived else self.facts.get(name)

    def ask(self, rule: str) -> bool | None:
        self.asked.append(rule)
        return self.rules.get(rule, False)

    def state(self) -> str:
        return self.now

    def kind(self) -> str:
        return self.sort

    def done(self, event: str) -> bool:
        return event in self.acts

    def on(self, event: str) -> date | None:
        return self.acts[event][0] if event in self.acts else None

    def by(self, event: str) -> str | None:
        return self.acts[event][1] if event in self.acts else None

    def times(self, event: str) -> int:
        return self.repeated.get(event, 1) if event in self.acts else 0

    def status(self, limit: str) -> str | None:
        return self.limits.get(limit)

    def case(self) -> Context:
        assert self.world.case is not None
        return self.world.case

    def tracks(self, name: str) -> Sequence[Context]:
        return self.world.tracks.get(name, [])

    def track(self, address: str) -> Context | None:
        name, _, number = address.partition("/")
        found = self.world.tracks.get(name, [])
        return found[int(number)] if int(number) < len(found) else None


def example() -> Track:
    """Return a case with two assets, two receipts and a debtor."""
    world = World()
    case = Track(
        facts={
            "amount": Decimal(20000),
            "rate": Decimal("0.1"),
            "inquiries": Decimal(2),
            "located": True,
            "suspended": False,
            "due": date(2026, 1, 31),
            "served": date(2026, 1, 5),
            "heard": NINE,
            "ended": ELEVEN,
            "delay": 15,
            "grace": Period.parse("1 month"),
            "grade": "simple",
            "court": "示范法院",
            "measures": ("seize",),
            "hearings": (NINE.replace(tzinfo=UTC), ELEVEN),
            "delays": (Period.parse("15 days"), Period.parse("30 days")),
            "main_asset": "asset/0",
            "spare_asset": "asset/9",
            "anything": "receipt/0",
            "ceiling": Decimal(20000),
            "wait": Period.parse("15 days"),
            "status": True,
        },
        now="filed",
        acts={
            "file": (date(2026, 1, 5), "registrar"),
            "enforce": (date(2026, 1, 12), "judge"),
            "object": (date(2026, 2, 1), None),
        },
        rules={"exhausted": True},
        limits={"conclusion": "running"},
        world=world,
    )
    world.case = case
    world.tracks["debtor"] = [Track({"name": "甲", "located": True}, "active", "debtor", world=world)]
    world.tracks["asset"] = [
        Track(
            {"worth": Decimal(100), "located": True, "debtor": "debtor/0", "held": 10},
            "seized",
            "movable",
            {"seize": (date(2026, 1, 20), "bailiff")},
            {"clear": True},
            world=world,
        ),
        Track(
            {"worth": Decimal(50000), "located": False, "held": 20},
            "sold",
            "immovable",
            {"seize": (date(2026, 1, 21), "bailiff"), "sell": (date(2026, 2, 21), "judge")},
            limits={"life": "ended"},
            world=world,
        ),
    ]
    world.tracks["receipt"] = [
        Track({"amount": Decimal("0.1"), "asset": "asset/1", "count": Decimal(3)}, "entered", "receipt", world=world),
        Track({"amount": Decimal("0.2")}, "paid", "receipt", world=world),
    ]
    return case


def value(text: str, context: Context | None = None, scope: Scope = IN_CASE) -> FactValue | None:
    return compile_expression(text, scope).evaluate(context or example())


def asset(number: int = 0) -> Context:
    return example().world.tracks["asset"][number]


def receipt(number: int = 0) -> Context:
    return example().world.tracks["receipt"][number]


@pytest.mark.parametrize(
    "text",
    [
        "amount <= 20000 and located and not suspended",
        "amount <= 20000 yuan",
        "amount == 20000元",
        "20000 yuan >= amount",
        "not (amount > 20000)",
        "not amount > 20000",
        "not not located",
        "located == true and suspended == false and suspended != located",
        "suspended or located and not suspended",
        "(located or suspended) and not suspended",
        "rate * 2 == 0.2",
        "rate + 0.2 == 0.3",
        "1 - 2 - 3 == -4",
        "1 - (2 - 3) == 2",
        "2 + 3 * 4 == 14",
        "(2 + 3) * 4 == 20",
        "-rate == -0.1",
        "-rate * 2 < 0 - 0.1",
        "- 5 < 0",
        "--5 > 0",
        "-amount < 0",
        "amount * rate == 2000",
        "rate * amount == 2000",
        "amount * 0.5 == 10000 yuan",
        "amount + 1 == 20001",
        "1 + amount == 20001",
        "amount - ceiling == 0",
        "amount <= ceiling * 2 + 1",
        "ceiling <= amount",
        "amount < -1 or amount > -1",
        "amount in (1, 20000)",
        "amount not in (1, 2 yuan)",
        "rate in (1, rate, 2)",
        "rate not in (1, inquiries)",
        "grade in ('simple', \"ordinary\")",
        "grade == 'simple' and 'ordinary' != grade",
        "'simple' == grade",
        "court == '示范法院'",
        "court != grade",
        "'seize' in measures",
        "'freeze' not in measures",
        "15 days in delays",
        "delay not in (1 day, 2 days)",
        "heard not in (ended, ended)",
        "heard < ended and heard != ended",
        "due > 2026-01-05",
        "2026-01-05 == served",
        "served + 15 days == 2026-01-20",
        "served - 15 days == 2025-12-21",
        "due + 1 month == 2026-02-28",
        "due - 2 months == 2025-11-30",
        "due + grace == 2026-02-28",
        "2024-02-29 + 1 year == 2025-02-28",
        "2024-02-29 + 4 years == 2028-02-29",
        "due - served == 26 days",
        "served - due == 1 day - 27 days",
        "delay == 15 days and delay + 1 day > 15 days",
        "delay == wait",
        "served + wait == 2026-01-20",
        "at >= 2026-03-01 and at - on(file) > 15 days",
        "state == 'filed' and state in ('filed', 'investigating')",
        "case.state == 'filed'",
        "case.amount == amount",
        "case.done(file)",
        "done(file) and on(file) == 2026-01-05 and by(file) == 'registrar'",
        "by(file) != by(enforce)",
        "status(conclusion) == 'running'",
        "status(conclusion) in ('running', 'due_soon')",
        "status",
        "exhausted and not agreed",
        "main_asset.worth == 100",
        "main_asset.state == 'seized' and main_asset.kind == 'movable'",
        "main_asset.done(seize) and main_asset.clear",
        "main_asset.debtor.located and main_asset.debtor.name == '甲'",
        "main_asset != spare_asset and main_asset != anything",
        "any(asset where worth > 100) and not any(asset where worth > 50000)",
        "all(asset where worth >= 100) and not all(asset where located)",
        "all(asset where kind in ('movable', 'immovable'))",
        "any(asset where asset.state == 'sold' and asset.done(sell))",
        "any(asset where worth > amount)",
        "any(asset where located and this.located and case.located)",
        "all(asset where done(file) and on(seize) > on(file))",
        "any(asset where exhausted and clear)",
        "any(asset where debtor.name == '甲')",
        "any(asset where status(life) == 'ended' or status(conclusion) == 'met')",
        "count(asset) == 2 and count(asset where state == 'sold') == 1",
        "count(debtor where not located) == 0",
        "sum(receipt.amount) == 0.3",
        "sum(receipt.amount where state == 'paid') == 0.2 yuan",
        "sum(asset.held) == 30 days",
        "sum(asset.held where worth > 1000000) == 0 days",
        "sum(receipt.amount where amount > 5) <= amount",
        "any(asset where any(receipt where amount < worth and asset.worth > this.worth))",
        "any(asset where any(asset where worth > this.worth))",
        "any(asset where count(receipt where worth > 100) == 2)",
        "any(receipt where count == 3)",
        "any(receipt where asset.worth == 50000)",
        "any(asset\nwhere\tlocated)",
    ],
)
def test_these_hold(text: str) -> None:
    expression = compile_expression(text, IN_CASE, K.BOOL)
    assert expression.evaluate(example()) is True
    assert expression.type == FactType(K.BOOL)
    assert expression.text == text


@pytest.mark.parametrize(
    "text",
    [
        "worth == 100 and case.amount == 20000",
        "kind == 'movable' and state == 'seized' and case.state == 'filed'",
        "case.exhausted and clear and case.done(file)",
        "case.main_asset.worth == worth",
        "debtor.located",
        "any(asset where worth > this.worth and case.located)",
        "any(asset where debtor.located)",
        "case.status(conclusion) == 'running'",
        "all(receipt where case.located and this.located and located)",
        "any(asset where case.main_asset.worth == worth)",
    ],
)
def test_these_hold_on_an_asset(text: str) -> None:
    assert compile_expression(text, IN_ASSET, K.BOOL).evaluate(asset()) is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("asset.worth == 50000", True),
        ("asset.debtor.located", None),
        ("any(asset where worth == this.asset.worth)", True),
        ("any(asset where asset.worth == 100)", True),
    ],
)
def test_a_track_fact_is_followed(text: str, expected: object) -> None:
    assert value(text, receipt(), IN_RECEIPT) is expected
    assert value("asset.worth > 0", receipt(1), IN_RECEIPT) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("claimed > 0", None),
        ("not claimed > 0", None),
        ("claimed > 0 or located", True),
        ("located or claimed > 0", True),
        ("claimed > 0 and suspended", False),
        ("suspended and claimed > 0", False),
        ("claimed > 0 and located", None),
        ("claimed > 0 or suspended", None),
        ("claimed + 1", None),
        ("1 + claimed", None),
        ("-claimed", None),
        ("claimed in (1, 2)", None),
        ("claimed not in (1, 2)", None),
        ("amount in (claimed, 20000)", True),
        ("amount in (claimed, 1)", None),
        ("amount not in (claimed, 20000)", False),
        ("heard in hearings", None),
        ("ended in hearings", True),
        ("ended not in hearings", False),
        ("heard < ended", True),
        ("by(object) == 'x'", None),
        ("on(object) > on(file)", True),
        ("spare_asset.worth > 0", None),
        ("spare_asset.state == 'sold'", None),
        ("main_asset.debtor.name != '乙'", True),
        ("any(receipt where asset.worth > 60000)", None),
        ("any(receipt where asset.worth > 40000)", True),
        ("all(receipt where asset.worth > 40000)", None),
        ("all(receipt where asset.worth > 60000)", False),
        ("count(receipt where asset.worth > 0)", None),
        ("sum(receipt.count)", None),
        ("sum(receipt.amount where asset.worth > 0)", None),
        ("any(debtor where name == '乙')", False),
        ("9999-12-31 + 1 day", None),
        ("9999-12-31 + 1 month", None),
        ("0001-01-01 - 1 day", None),
        ("0001-01-01 - 1 year", None),
    ],
)
def test_what_is_missing_is_unknown(text: str, expected: object) -> None:
    assert value(text) is expected


def test_the_order_of_a_naive_and_an_aware_time_is_unknown() -> None:
    case = example()
    case.facts = {"heard": NINE.replace(tzinfo=UTC), "ended": ELEVEN}
    assert value("heard < ended", case) is None
    assert value("heard == ended", case) is None
    case.facts = {"heard": NINE.replace(tzinfo=UTC), "ended": ELEVEN.replace(tzinfo=UTC)}
    assert value("heard < ended", case) is True


def test_a_period_that_no_date_can_take_is_unknown() -> None:
    case = example()
    case.facts = {"due": date(2026, 1, 5), "grace": Period.parse("3 workdays")}
    assert value("due + grace", case) is None
    case.facts = {"due": date(2026, 1, 5), "grace": Period.parse("3 days")}
    assert value("due + grace", case) == date(2026, 1, 8)


def test_arithmetic_is_exact_or_unknown() -> None:
    case = example()
    wide = Decimal(123456789012345678901234)
    case.facts = {"rate": wide, "inquiries": Decimal("0.000000000001")}
    assert value("rate * rate * rate", case) == Decimal(int(wide) ** 3)
    assert value("rate + inquiries", case) == Decimal("123456789012345678901234.000000000001")
    assert value("rate - inquiries", case) == Decimal("123456789012345678901233.999999999999")
    case.facts = {"rate": Decimal("1E+999999"), "inquiries": Decimal(1)}
    for text in ("rate + inquiries", "rate - inquiries", "rate * rate", "-rate + 1", "rate * 2 > 1 + rate"):
        assert value(text, case) is None
    case.world.tracks["receipt"] = [
        Track({"amount": Decimal("1E+999999")}, world=case.world),
        Track({"amount": Decimal(1)}, world=case.world),
    ]
    assert value("sum(receipt.amount)", case) is None


def test_rules_are_asked_only_when_they_matter() -> None:
    case = example()
    assert value("suspended and exhausted", case) is False
    assert value("located or exhausted", case) is True
    assert value("any(asset where located or exhausted)", case) is True
    assert case.asked == []
    assert value("claimed > 0 and exhausted", case) is None
    assert case.asked == ["exhausted"]
    assert value("exhausted or agreed", case) is True
    assert case.asked == ["exhausted", "exhausted"]
    case.rules = {"exhausted": None}
    assert value("exhausted or suspended", case) is None
    assert value("exhausted or located", case) is True


def test_an_expression_tells_what_it_asks_and_reads() -> None:
    expression = compile_expression(
        "exhausted and main_asset.clear and case.rate > 1"
        " and any(asset where clear and worth > this.amount and agreed)",
        IN_CASE,
    )
    assert expression.rules == {"exhausted", "agreed"}
    assert expression.reads == {"main_asset", "amount", "rate"}
    assert compile_expression("case.located or case.exhausted", IN_ASSET).reads == frozenset()
    assert compile_expression("case.located or case.exhausted", IN_ASSET).rules == frozenset()


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("20000", K.MONEY, K.MONEY),
        ("ceiling * 2", K.MONEY, K.MONEY),
        ("amount", K.MONEY, K.MONEY),
        ("rate", K.NUMBER, K.NUMBER),
        ("grade", K.TEXT, K.TEXT),
        ("15 days", K.DAYS, K.DAYS),
        ("6 months", K.PERIOD, K.PERIOD),
        ("24 hours", None, K.PERIOD),
        ("2026-01-05", None, K.DATE),
        ("amount * rate", None, K.MONEY),
        ("count(asset)", None, K.NUMBER),
        ("sum(receipt.amount)", None, K.MONEY),
        ("measures", None, K.LIST),
        ("state", None, K.CHOICE),
    ],
)
def test_the_type_is_known(text: str, wanted: FactKind | None, found: FactKind) -> None:
    assert compile_expression(text, IN_CASE, wanted).type.kind is found


def flaws(text: str, scope: Scope = IN_CASE, expects: FactKind | None = None) -> list[tuple[str, str]]:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(text, scope, expects)
    return [(str(flaw), flaw.text("zh")) for flaw in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("", "column 1: the expression is empty", "第1字：表达式是空的"),
        (" \n", "column 1: the expression is empty", "第1字：表达式是空的"),
        ("amount = 1", "column 8: = does not compare; write ==", "第8字：= 不是比较；请写作 =="),
        ("amount && 1", "column 8: && has no meaning here; write and", "第8字：此处不能用 &&；请写作 and"),
        ("amount || 1", "column 8: || has no meaning here; write or", "第8字：此处不能用 ||；请写作 or"),
        ("!located", "column 1: ! has no meaning here; write not", "第1字：此处不能用 !；请写作 not"),
        ("located 且 located", "column 9: 且 has no meaning here; write and", "第9字：此处不能用 且；请写作 and"),
        ("amount ≤ 1", "column 8: ≤ has no meaning here; write <=", "第8字：此处不能用 ≤；请写作 <="),
        ("amount <> 1", "column 8: <> has no meaning here; write !=", "第8字：此处不能用 <>；请写作 !="),
        ("（located）", "column 1: （ has no meaning here; write (", "第1字：此处不能用 （；请写作 ("),
        ("court == “x”", "column 10: “ has no meaning here; write '…'", "第10字：此处不能用 “；请写作 '…'"),
        (
            "located ? 1 : 2",
            "column 9: ? has no meaning here; there is no conditional; write two entries, each with its own when",
            "第9字：此处不能用 ?；没有条件运算；请写成两项，各自写明 when",
        ),
        (
            "amount / 2",
            "column 8: / has no meaning here; there is no division; multiply by a decimal, such as * 0.5",
            "第8字：此处不能用 /；没有除法；请乘以小数，如 * 0.5",
        ),
        (
            "rate ** 2",
            "column 6: ** has no meaning here; there is no power; multiply with *",
            "第6字：此处不能用 **；没有乘方；请用 * 连乘",
        ),
        (
            "measures[0]",
            "column 9: [ has no meaning here; use round brackets ( ) only",
            "第9字：此处不能用 [；只用圆括号 ( )",
        ),
        ("located @ 1", "column 9: @ has no meaning here", "第9字：此处不能用 @"),
        ("located\u3000", "column 8: U+3000 has no meaning here", "第8字：此处不能用 U+3000"),
        ("located\0", "column 8: U+0000 has no meaning here", "第8字：此处不能用 U+0000"),
        ("\ud800", "column 1: U+D800 has no meaning here", "第1字：此处不能用 U+D800"),
        (
            "court == 'a\ud800'",
            "column 12: the text holds the unprintable character U+D800",
            "第12字：文本中有不可显示的字符 U+D800",
        ),
        ("court == 'a", "column 10: the quotation mark is not closed", "第10字：引号没有闭合"),
        ('court == "a', "column 10: the quotation mark is not closed", "第10字：引号没有闭合"),
        (
            "1 < rate < 3",
            "column 10: comparisons do not chain; join them with and: a < b and b < c",
            "第10字：比较不能连写；请用 and 连接：a < b and b < c",
        ),
        (
            "rate in (1, 2) == true",
            "column 16: comparisons do not chain; join them with and: a < b and b < c",
            "第16字：比较不能连写；请用 and 连接：a < b and b < c",
        ),
        (
            "located == not suspended",
            "column 12: not needs parentheses here; write (not …)",
            "第12字：not 在此须加括号；请写作 (not …)",
        ),
        ("located and", "column 12: a value is wanted here, not the end", "第12字：此处应有值，却是末尾"),
        ("and located", "column 1: a value is wanted here, not and", "第1字：此处应有值，却是 and"),
        ("(located", "column 9: ) is wanted here, not the end", "第9字：此处应为 )，却是末尾"),
        ("located not suspended", "column 13: in is wanted here, not suspended", "第13字：此处应为 in，却是 suspended"),
        ("rate in ()", "column 10: a value is wanted here, not )", "第10字：此处应有值，却是 )"),
        (
            "located AND suspended",
            "column 9: the expression should end here, but AND follows; write and",
            "第9字：表达式到此应已结束，却还有 AND；请写作 and",
        ),
        (
            "rate is 3",
            "column 6: the expression should end here, but is follows; write ==",
            "第6字：表达式到此应已结束，却还有 is；请写作 ==",
        ),
        (
            "2 is rate",
            "column 3: the expression should end here, but is follows; write ==",
            "第3字：表达式到此应已结束，却还有 is；请写作 ==",
        ),
        (
            "20,000 < amount",
            "column 3: the expression should end here, but , follows; numbers are written without commas",
            "第3字：表达式到此应已结束，却还有 ,；数中不写逗号",
        ),
        (
            "located located",
            "column 9: the expression should end here, but located follows",
            "第9字：表达式到此应已结束，却还有 located",
        ),
        (
            "located, suspended",
            "column 8: the expression should end here, but , follows",
            "第8字：表达式到此应已结束，却还有 ,",
        ),
        (
            "amount < 20000yuan",
            "column 10: 20000yuan is not a number; write 20000 yuan",
            "第10字：20000yuan 不是数；请写作 20000 yuan",
        ),
        ("1_000 > 1", "column 1: 1_000 is not a number", "第1字：1_000 不是数"),
        ("1. > 1", "column 1: 1. is not a number", "第1字：1. 不是数"),
        ("1" * 25, "column 1: a number has at most 24 digits", "第1字：数至多24位"),
        (
            "due > 2026-1-5",
            "column 7: 2026-1-5 is not a date; write 2026-01-05",
            "第7字：2026-1-5 不是日期；请写作 2026-01-05",
        ),
        (
            "due > 2026-02-30",
            "column 7: 2026-02-30 is not a date; write 2026-01-05",
            "第7字：2026-02-30 不是日期；请写作 2026-01-05",
        ),
        (
            "15 dayz < delay",
            "column 4: there is no unit dayz; did you mean days?",
            "第4字：没有单位 dayz；是否指“days”？",
        ),
        ("1.5 days < delay", "column 1: a period is a whole number: 1.5", "第1字：期间须为整数：1.5"),
        (
            "200 years",
            "column 1: the period 200 years is too long; at most 100 years",
            "第1字：期间“200 years”过长；至多 100 years",
        ),
        (
            "donne(file)",
            "column 1: there is no function donne(…); did you mean done?",
            "第1字：没有名为 donne(…) 的函数；是否指“done”？",
        ),
        (
            "case.any(asset)",
            "column 6: there is no function any(…); known: done, on, by, times, status",
            "第6字：没有名为 any(…) 的函数；可用：done、on、by、times、status",
        ),
        (
            "done(case.file)",
            "column 6: ) is wanted here, not .; write case.done(file)",
            "第6字：此处应为 )，却是 .；请写作 case.done(file)",
        ),
        ("done('file')", "column 6: a name is wanted here, not 'file'", "第6字：此处应有名称，却是 'file'"),
        ("done(not)", "column 6: a name is wanted here, not not", "第6字：此处应有名称，却是 not"),
        ("case.", "column 6: a name is wanted here, not the end", "第6字：此处应有名称，却是末尾"),
        (
            "any(asset)",
            "column 10: any(asset) lacks its condition; write any(asset where …)",
            "第10字：any(asset) 缺少条件；请写作 any(asset where …)",
        ),
        ("sum(receipt)", "column 12: . is wanted here, not )", "第12字：此处应为 .，却是 )"),
        ("count(asset.worth)", "column 12: ) is wanted here, not .", "第12字：此处应为 )，却是 ."),
        ("().__class__", "column 2: a value is wanted here, not )", "第2字：此处应有值，却是 )"),
    ],
)
def test_one_flaw_of_syntax_is_told_with_its_place(text: str, english: str, chinese: str) -> None:
    assert flaws(text) == [(english, chinese)]


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        (
            "amont > 1",
            "column 1: no name is called amont; did you mean amount?",
            "第1字：没有名为“amont”的名称；是否指“amount”？",
        ),
        ("case.amont > 1", "column 6: no name is called amont; did you mean amount?", None),
        ("Located", "column 1: no name is called Located; did you mean located?", None),
        ("TRUE", "column 1: no name is called TRUE; write true", None),
        (
            "amount == null",
            (
                "column 11: no name is called null; there is no null: a missing fact is unknown, "
                "and an unknown condition does not hold"
            ),
            "第11字：没有名为“null”的名称；没有空值：缺少的事实即为未知，未知的条件不成立",
        ),
        ("file", "column 1: no name is called file; write done(file)", None),
        ("filed", "column 1: no name is called filed; write state == 'filed'", None),
        ("conclusion", "column 1: no name is called conclusion; write status(conclusion) == …", None),
        ("asset", "column 1: no name is called asset; write any(asset where …)", None),
        ("zzz.worth > 1", "column 1: no name is called zzz", "第1字：没有名为“zzz”的名称"),
        ("zzz.done(file)", "column 1: no name is called zzz", None),
        ("zzz.yyy.xxx", "column 1: no name is called zzz", None),
        (
            "state == filed",
            "column 10: a choice is written in quotes; write 'filed'",
            "第10字：选项须加引号；请写作 'filed'",
        ),
        ("grade in ('simple', ordinary)", "column 21: a choice is written in quotes; write 'ordinary'", None),
        (
            "state == 'field'",
            "column 10: field is not one of the choices; did you mean filed?",
            "第10字：没有选项“field”；是否指“filed”？",
        ),
        ("'field' == state", "column 1: field is not one of the choices; did you mean filed?", None),
        ("grade in ('simple', 'x')", "column 21: x is not one of the choices; known: simple, ordinary", None),
        ("'sieze' in measures", "column 1: sieze is not one of the choices; did you mean seize?", None),
        ("status(conclusion) == 'mised'", "column 23: mised is not one of the choices; did you mean missed?", None),
        (
            "state == grade",
            "column 7: the two sides have no choice in common: they are never equal",
            "第7字：两边没有相同的选项，永不相等",
        ),
        (
            "done(fil)",
            "column 6: no act is called fil; did you mean file?",
            "第6字：没有名为“fil”的行为；是否指“file”？",
        ),
        ("case.on(fil) > at", "column 9: no act is called fil; did you mean file?", None),
        ("status(x) == 'met'", "column 8: no time limit is called x; known: conclusion", None),
        ("any(aset where true)", "column 5: no track is called aset; did you mean asset?", None),
        (
            "asset.worth > 3",
            "column 1: there may be many assets; write any(asset where …)",
            "第1字：“asset”可有多项；请写作 any(asset where …)",
        ),
        (
            "amount.x > 1",
            "column 1: amount is money: nothing can be read from it",
            "第1字：“amount”是金额，不能再取其中的内容",
        ),
        ("main_asset.worth.x", "column 12: worth is money: nothing can be read from it", None),
        ("main_asset.zzz.x", "column 12: no name is called zzz; known: clear, debtor, held, located, worth", None),
        ("exhausted.x", "column 1: exhausted is true or false: nothing can be read from it", None),
        (
            "anything.worth > 1",
            "column 1: anything does not say which track it points to",
            "第1字：“anything”未写明是哪一种事项",
        ),
        ("case", "column 1: case alone is no value; write case.…", "第1字：case 后面应写明取什么；请写作 case.…"),
        ("this.located", "column 1: this is for use inside any, all, count and sum", None),
        ("kind == 'x'", "column 1: a case has no kinds", "第1字：案件没有种类"),
        (
            "identity == 'x'",
            "column 1: identity is personal data, which may be erased: it may not be read here",
            "第1字：“identity”是个人信息，可能被删除，条件中不得读取",
        ),
        (
            "any(asset where owner == 'x')",
            "column 17: owner is personal data, which may be erased: it may not be read here",
            None,
        ),
        ("amount < 'x'", "column 8: money does not compare with text", "第8字：金额与文本不能比较"),
        (
            "amount < rate",
            (
                "column 8: money does not compare with a number; "
                "a number goes with money only if it is written out or a parameter"
            ),
            "第8字：金额与数不能比较；数与金额只有在数是写明的数或参数时才能相比、相加",
        ),
        ("delay > 15", "column 7: a number of days does not compare with a number; write 15 days", None),
        ("15 < delay", "column 4: a number does not compare with a number of days; write 15 days", None),
        ("rate < delay", "column 6: a number does not compare with a number of days", None),
        (
            "delay > 6 months",
            (
                "column 7: a number of days does not compare with a period; "
                "lay the period on a date first: at > on(file) + 6 months"
            ),
            "第7字：天数与期间不能比较；期间先加在日期上再比较，如 at > on(file) + 6 months",
        ),
        (
            "grace == grace",
            (
                "column 7: a period does not compare with a period; "
                "lay the period on a date first: at > on(file) + 6 months"
            ),
            None,
        ),
        ("measures == measures", "column 10: a list does not compare with a list", None),
        ("due < heard", "column 5: a date does not compare with a date with a time", None),
        ("main_asset == 'x'", "column 12: a track does not compare with text", None),
        ("grade < 'simple'", "column 7: a choice has no order: use == or !=", "第7字：选项不分大小，只能用 == 或 !="),
        ("located > suspended", "column 9: true or false has no order: use == or !=", None),
        ("rate in ('x', 1)", "column 10: a number does not compare with text", None),
        ("rate in measures", "column 6: a number does not compare with a choice", None),
        (
            "'x' in court",
            "column 8: in is followed by (…, …) or by a list, not by text",
            "第8字：in 之后应为 (…, …) 或列表，却是文本",
        ),
        ("amount and located", "column 1: true or false is wanted here, not money", "第1字：此处应为是或否，却是金额"),
        ("not amount", "column 5: true or false is wanted here, not money", None),
        ("any(asset where worth)", "column 17: true or false is wanted here, not money", None),
        ("-amont > 1", "column 2: no name is called amont; did you mean amount?", None),
        ("-court == 'x'", "column 2: a number is wanted here, not text", None),
        (
            "amount * amount > 1",
            "column 8: * does not apply to money and money",
            "第8字：金额与金额之间不能用 *",
        ),
        (
            "amount + rate > 1",
            (
                "column 8: + does not apply to money and a number; "
                "a number goes with money only if it is written out or a parameter"
            ),
            None,
        ),
        ("due + 15 > at", "column 5: + does not apply to a date and a number; write 15 days", None),
        ("due + due > at", "column 5: + does not apply to a date and a date", None),
        ("'a' + 'b' == court", "column 5: + does not apply to text and text", None),
        (
            "due + 3 workdays > at",
            "column 7: 3 workdays cannot be laid on a date here; use a time limit",
            "第7字：此处不能把3个工作日加减于日期；请用期限（time_limits）",
        ),
        ("due - 24 hours > at", "column 7: 24 hours cannot be laid on a date here; use a time limit", None),
        (
            "sum(receipt.state) > 1",
            "column 13: a number, money or days is wanted here, not a choice",
            "第13字：此处应为数、金额或天数，却是选项",
        ),
        ("sum(receipt.amont) > 1", "column 13: no name is called amont; did you mean amount?", None),
        (
            "any(asset where any(asset where any(asset where located)))",
            "column 37: any, all, count and sum nest at most 2 deep, derived facts included",
            "第37字：any、all、count、sum 至多嵌套2层（连同算得的事实）",
        ),
    ],
)
def test_a_flaw_of_meaning_is_told_with_its_place(text: str, english: str, chinese: str | None) -> None:
    found = flaws(text)
    assert [said for said, _ in found] == [english]
    assert chinese is None or found[0][1] == chinese


def test_a_name_of_the_case_is_pointed_to_from_a_track() -> None:
    assert flaws("amount > 1", IN_ASSET)[0][0] == "column 1: no name is called amount; write case.amount"
    assert flaws("kind == 'x' and case.kind == 'x'", IN_ASSET)[1][0] == "column 22: a case has no kinds"


def test_all_flaws_of_meaning_are_told_at_once_from_left_to_right() -> None:
    text = (
        "(amont > 1 or state == 'x') and sum(receipt.x where y) > zz + rte and foo in (1, 'y', fooo) and fo in measures"
    )
    with pytest.raises(ExpressionError) as caught:
        compile_expression(text, IN_CASE)
    error = caught.value
    assert [text[flaw.offset :].split(maxsplit=1)[0] for flaw in error.problems] == [
        "amont", "'x')", "x", "y)", "zz", "rte", "foo", "fooo)", "fo",
    ]  # fmt: skip
    assert str(error) == error.text("en")
    assert error.text("zh").count("\n") == 8
    assert isinstance(error, EnforceflowError)


def test_what_is_expected_is_held() -> None:
    assert flaws("amount", expects=K.BOOL) == [
        ("column 1: true or false is wanted here, not money", "第1字：此处应为是或否，却是金额")
    ]
    assert flaws("rate", expects=K.MONEY)[0][0] == "column 1: money is wanted here, not a number"
    assert flaws(" (amount)", expects=K.TEXT)[0][0] == "column 3: text is wanted here, not money"


def test_the_statuses_of_limits_have_titles() -> None:
    assert set(LIMIT_STATUSES) == {
        "running", "due_soon", "paused", "met", "met_late", "missed", "ended", "lapsed", "has_run",
    }  # fmt: skip
    assert len({title.zh for title in LIMIT_STATUSES.values()}) == 9


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10**6,
        "(" * 4000,
        "not " * 10**6,
        "not " * 1000,
        "-" * 4000 + "1",
        "1+" * 10**6 + "1",
        "1+" * 2000 + "1",
        "a." * 10**5 + "a",
        "a." * 2000 + "a",
        "9" * 10**6,
        "9" * 4000,
        "9" * 4000 + "days",
        "0." + "9" * 4000,
        "a" * 4096,
        "null" * 1000,
        "'" + "x" * 4000,
        "'" + "x" * 4000 + "'",
        "x in (" * 600,
        "any(asset where " * 8 + "located" + ")" * 8,
        "located and (" * 300,
        "located == (" * 300,
        "located or located and located == (" * 110,
        " and ".join(["located"] * 300) + " and " + " and ".join(["located"] * 213),
        "\0",
        "\ud800" * 100,
        "\U0010ffff",
        "\u202e located",
        "__import__('os')",
        "located.__class__",
        "case.__dict__",
        "{}".format("{0}"),
        "'%s' % 1",
        "9**9**9**9",
        "1 << 100000000",
        "on",
        "done",
        "done()",
        "sum()",
        "count(1)",
        ".amount",
        "amount.",
        "1 2",
        "2026-01-05T10:30 < heard",
        "true(amount)",
        "٣ > 1",
    ],
)
def test_hostile_text_is_refused_at_once(text: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(text, IN_CASE, K.BOOL)
    assert all(0 <= flaw.offset <= len(text) for flaw in caught.value.problems)
    assert len(caught.value.text("zh")) < 20_000
    caught.value.text("en").encode()


def test_the_parts_of_a_guard_stand_between_its_outermost_ands() -> None:
    text = " located and (amount > 1 and rate > 1)and not any(asset where located and clear) and court != ') and ('"
    assert conjuncts(text) == (
        "located",
        "(amount > 1 and rate > 1)",
        "not any(asset where located and clear)",
        "court != ') and ('",
    )
    assert conjuncts("located and suspended or located ") == ("located and suspended or located",)


def test_size_and_depth_have_bounds_just_where_they_are_said() -> None:
    assert value(f"rate not in ({','.join('1' * 510)})") is True
    too_many = f"rate not in ({','.join('1' * 511)})"
    assert flaws(too_many) == [
        ("column 6: the expression is too long: at most 512 parts are allowed", "第6字：表达式过长：至多512个成分")
    ]
    assert value("(" * 47 + "located" + ")" * 47) is True
    assert value("not " * 47 + "located") is False
    assert value("1" + " + 1" * 47) == 48
    for text, column in (("(" * 48 + "located" + ")" * 48, 49), ("not " * 48 + "located", 193), ("1" + "+1" * 48, 96)):
        said = f"column {column}: too deeply nested: at most 48 levels are allowed"
        assert flaws(text) == [(said, f"第{column}字：嵌套过深：至多48层")]
    assert value(" " * 4089 + "located") is True
    assert flaws(" " * 4090 + "located") == [
        (
            "column 4097: the expression has 4097 characters; at most 4096 are allowed",
            "第4097字：表达式有4097个字符，至多4096个",
        )
    ]
