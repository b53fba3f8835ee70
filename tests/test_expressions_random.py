"""Random expressions: any text is answered, and what is well typed evaluates as a tiny interpreter says."""

from __future__ import annotations

import operator
import re
import time
from collections.abc import Callable
from datetime import date, datetime
from decimal import Context, Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import pendulum
from hypothesis import given, settings
from hypothesis import strategies as st

from enforceflow.amounts.functions import FUNCTIONS
from enforceflow.definitions.facts import FactKind, FactType, FactValue
from enforceflow.errors import InvalidValue
from enforceflow.expressions import ExpressionError, Names, Scope, compile_expression, conjuncts, in_words
from test_expressions import IN_ASSET, IN_CASE, Track, World, choice, titles

K = FactKind
WIDE = Context(prec=10_000)
Tree = tuple[Any, ...]
GRADES = ("simple", "ordinary", "urgent")
CASE = Names(
    values={
        "yes": FactType(K.BOOL),
        "maybe": FactType(K.BOOL),
        "rate": FactType(K.NUMBER),
        "size": FactType(K.NUMBER),
        "owed": FactType(K.MONEY),
        "paid": FactType(K.MONEY),
        "filed_on": FactType(K.DATE),
        "due": FactType(K.DATE),
        "delay": FactType(K.DAYS),
        "grade": choice(*GRADES),
        "grades": FactType(K.LIST, item=choice(*GRADES)),
        "floor": FactType(K.NUMBER),
    },
    rules=frozenset({"holds"}),
    states=titles("open", "shut"),
    events=frozenset({"file", "pay"}),
    limits=frozenset({"term"}),
    parameters=frozenset({"floor"}),
)
ASSET = Names(
    values={
        "sure": FactType(K.BOOL),
        "worth": FactType(K.MONEY),
        "size": FactType(K.NUMBER),
        "seized_on": FactType(K.DATE),
        "held": FactType(K.DAYS),
        "other": FactType(K.TRACK, track="asset"),
    },
    rules=frozenset({"clear"}),
    states=titles("seized", "sold"),
    events=frozenset({"seize"}),
    limits=frozenset({"life"}),
    kinds=titles("movable", "immovable"),
    track="asset",
)
SCOPE = Scope(CASE, None, {"asset": ASSET})


# --- trees ----------------------------------------------------------------------------------------------------------
#
# A tree is a tuple: its head, then its parts. Heads are `lit` (text, value), `read` (text, level, reader), `not`,
# `and`, `or`, `compare` (sign, two trees), `in` and `not in` (a tree, its members), `within` (negated, two trees),
# the signs of arithmetic, `minus`, `call` (a name, its arguments), `any`, `all` and `count` (a condition), `sum` (a
# fact and a condition).


def read(text: str, level: int, reader: Callable[[Any], Any]) -> Tree:
    return ("read", text, level, reader)


def fact(name: str, level: int, prefix: str = "") -> Tree:
    return read(prefix + name, level, lambda context: context.facts.get(name))


def of_case(*names: str, depth: int) -> list[Tree]:
    """Return reads of facts of the case, bare (where no asset has the name) or by way of `case` or `this`."""
    found = [fact(name, 0, prefix) for name in names if name != "size" or depth == 0 for prefix in ("", "case.")]
    found += [fact(name, 0, "case.") for name in names if name == "size"]
    if depth == 1:
        found += [fact(name, 0, "this.") for name in names]
    return found


def of_asset(*names: str, depth: int) -> list[Tree]:
    found = [fact(name, depth, prefix) for name in names for prefix in ("", "asset.") if depth]
    if depth == 2:
        found += [fact(name, 1, "this.") for name in names]
    for name in names if depth else ():
        found.append(read(f"other.{name}", depth, partial(followed, name)))
    return found


def followed(name: str, context: Track) -> Any:
    address = context.facts.get("other")
    target = None if address is None else context.track(str(address))
    return None if not isinstance(target, Track) else target.facts.get(name)


def literal(text: str, value: Any) -> Tree:
    return ("lit", text, value)


NUMBERS = st.decimals(0, 10**6, places=2).map(lambda number: literal(f"{number:f}", number))
MONEY = NUMBERS.map(lambda number: literal(f"{number[1]} yuan", number[2]))
DAYS = st.integers(0, 400).map(lambda days: literal(f"{days} days", days))
DATES = st.dates(date(2000, 1, 1), date(2030, 12, 31)).map(lambda day: literal(day.isoformat(), day))
SPANS = st.tuples(st.integers(0, 30), st.sampled_from(["month", "years"])).map(
    lambda span: literal(f"{span[0]} {span[1]}", span)
)


@st.composite
def numbers(draw: st.DrawFn, depth: int, size: int) -> Tree:
    choices: list[st.SearchStrategy[Tree]] = [NUMBERS, st.sampled_from(of_case("rate", "size", "floor", depth=depth))]
    choices.append(st.just(read("times(file)", 0, lambda context: Decimal(context.times("file")))))
    if depth:
        times = read("times(seize)", depth, lambda context: Decimal(context.times("seize")))
        choices.append(st.sampled_from([*of_asset("size", depth=depth), times]))
    if size:
        pair = st.tuples(numbers(depth, size - 1), numbers(depth, size - 1))
        choices.append(st.tuples(st.sampled_from("+-*"), pair).map(lambda drawn: (drawn[0], *drawn[1])))
        choices.append(numbers(depth, size - 1).map(lambda tree: ("minus", tree)))
        if depth < 2:
            choices.append(booleans(depth + 1, size - 1).map(lambda where: ("count", where)))
            choices.append(st.just(("count", None)))
    return draw(st.one_of(choices))


@st.composite
def money(draw: st.DrawFn, depth: int, size: int) -> Tree:
    choices: list[st.SearchStrategy[Tree]] = [MONEY, st.sampled_from(of_case("owed", "paid", depth=depth))]
    if depth:
        choices.append(st.sampled_from(of_asset("worth", depth=depth)))
    if size:
        pair = st.tuples(money(depth, size - 1), st.one_of(money(depth, size - 1), NUMBERS))
        choices.append(st.tuples(st.sampled_from("+-"), pair).map(lambda drawn: (drawn[0], *drawn[1])))
        choices.append(st.tuples(st.just("*"), money(depth, size - 1), numbers(depth, size - 1)))
        choices.append(st.tuples(st.just("*"), numbers(depth, size - 1), money(depth, size - 1)))
        choices.append(money(depth, size - 1).map(lambda tree: ("minus", tree)))
        choices.append(calls(depth, size - 1))
        if depth < 2:
            choices.append(booleans(depth + 1, size - 1).map(lambda where: ("sum", "worth", where)))
    return draw(st.one_of(choices))


@st.composite
def calls(draw: st.DrawFn, depth: int, size: int) -> Tree:
    name = draw(st.sampled_from(sorted(FUNCTIONS)))
    kinds = {K.MONEY: st.one_of(money(depth, size), NUMBERS), K.DATE: dates(depth, 0)}
    return ("call", name, *(draw(kinds[parameter.kind]) for parameter in FUNCTIONS[name].parameters))


@st.composite
def days(draw: st.DrawFn, depth: int, size: int) -> Tree:
    choices: list[st.SearchStrategy[Tree]] = [DAYS, st.sampled_from(of_case("delay", depth=depth))]
    if depth:
        choices.append(st.sampled_from(of_asset("held", depth=depth)))
    if size:
        choices.append(st.tuples(st.sampled_from("+-"), days(depth, size - 1), days(depth, size - 1)))
        choices.append(st.tuples(st.just("-"), dates(depth, size - 1), dates(depth, size - 1)))
        if depth < 2:
            choices.append(booleans(depth + 1, size - 1).map(lambda where: ("sum", "held", where)))
    return draw(st.one_of(choices))


@st.composite
def dates(draw: st.DrawFn, depth: int, size: int) -> Tree:
    choices: list[st.SearchStrategy[Tree]] = [
        DATES,
        st.sampled_from(
            [
                *of_case("filed_on", "due", depth=depth),
                read("at", depth, lambda context: context.at),
                read("on(file)", 0, lambda context: context.on("file")),
                read("case.on(pay)", 0, lambda context: context.on("pay")),
            ]
        ),
    ]
    if depth:
        seized = read("on(seize)", depth, lambda context: context.on("seize"))
        choices.append(st.sampled_from([*of_asset("seized_on", depth=depth), seized]))
    if size:
        laid = st.one_of(days(depth, size - 1), SPANS)
        choices.append(st.tuples(st.sampled_from("+-"), dates(depth, size - 1), laid))
    return draw(st.one_of(choices))


def choices_of(depth: int) -> list[tuple[Tree, tuple[str, ...]]]:
    found: list[tuple[Tree, tuple[str, ...]]] = [(tree, GRADES) for tree in of_case("grade", depth=depth)]
    found.append((read("case.state", 0, lambda context: context.state()), ("open", "shut")))
    found.append((read("status(term)", 0, lambda context: context.status("term")), ("met", "missed", "running")))
    if depth:
        found.append((read("state", depth, lambda context: context.state()), ("seized", "sold")))
        found.append((read("asset.kind", depth, lambda context: context.kind()), ("movable", "immovable")))
        found.append((read("status(life)", depth, lambda context: context.status("life")), ("met", "ended")))
    return found


def word(text: str) -> Tree:
    return literal(f"'{text}'", text)


@st.composite
def leaves(draw: st.DrawFn, depth: int) -> Tree:
    reads = [
        *of_case("yes", "maybe", depth=depth),
        read("holds", 0, lambda context: context.ask("holds")),
        read("case.holds", 0, lambda context: context.ask("holds")),
        read("done(file)", 0, lambda context: context.done("file")),
        read("case.done(pay)", 0, lambda context: context.done("pay")),
        literal("true", value=True),
        literal("false", value=False),
    ]
    if depth:
        reads += of_asset("sure", depth=depth)
        reads.append(read("clear", depth, lambda context: context.ask("clear")))
        reads.append(read("done(seize)", depth, lambda context: context.done("seize")))
        reads.append(
            ("compare", "==", fact("other", depth, "asset."), read("address", depth, lambda asset: asset.address))
        )
    return draw(st.sampled_from(reads))


@st.composite
def compared(draw: st.DrawFn, depth: int, size: int) -> Tree:
    kinds = {"number": numbers, "money": money, "days": days, "date": dates, "bool": booleans}
    kind = draw(st.sampled_from([*kinds, "choice"]))
    if kind == "choice":
        tree, words = draw(st.sampled_from(choices_of(depth)))
        return ("compare", draw(st.sampled_from(["==", "!="])), tree, word(draw(st.sampled_from(words))))
    signs = ["==", "!="] if kind == "bool" else ["==", "!=", "<", "<=", ">", ">="]
    operand = kinds[kind](depth, size)
    return ("compare", draw(st.sampled_from(signs)), draw(operand), draw(operand))


@st.composite
def sought(draw: st.DrawFn, depth: int, size: int) -> Tree:
    how = draw(st.sampled_from(["in", "not in"]))
    kind = draw(st.sampled_from([numbers, money, days, dates, None]))
    if kind is not None:
        operand = kind(depth, size)
        return (how, draw(operand), tuple(draw(st.lists(operand, min_size=1, max_size=3))))
    tree, words = draw(st.sampled_from(choices_of(depth)))
    if words == GRADES and draw(st.booleans()):
        return ("within", how == "not in", tree, draw(st.sampled_from(of_case("grades", depth=depth))))
    return (how, tree, tuple(map(word, draw(st.lists(st.sampled_from(words), min_size=1, max_size=2)))))


@st.composite
def booleans(draw: st.DrawFn, depth: int, size: int) -> Tree:
    choices: list[st.SearchStrategy[Tree]] = [leaves(depth), compared(depth, 0)]
    if size:
        inner = booleans(depth, size - 1)
        choices += [
            inner.map(lambda tree: ("not", tree)),
            st.tuples(st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=4)).map(
                lambda drawn: (drawn[0], *drawn[1])
            ),
            compared(depth, size - 1),
            sought(depth, size - 1),
        ]
        if depth < 2:
            choices.append(st.tuples(st.sampled_from(["any", "all"]), booleans(depth + 1, size - 1)))
    return draw(st.one_of(choices))


# --- printing -------------------------------------------------------------------------------------------------------

BINDS = {
    "or": 1,
    "and": 2,
    "not": 3,
    "compare": 4,
    "in": 4,
    "not in": 4,
    "within": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "minus": 7,
}


def printed(tree: Tree) -> str:
    return PRINTERS.get(tree[0], operated)(tree)


def within(tree: Tree, level: int) -> str:
    """Print an operand, in parentheses if it binds less than `level`."""
    text = printed(tree)
    return f"({text})" if BINDS.get(tree[0], 8) < level else text


def operated(tree: Tree) -> str:
    sign = tree[0]
    return f" {sign} ".join([within(tree[1], BINDS[sign]), *(within(each, BINDS[sign] + 1) for each in tree[2:])])


def gathered(tree: Tree) -> str:
    how, *field, where = tree
    over = ".".join(["asset", *field])
    return f"{how}({over})" if where is None else f"{how}({over} where {printed(where)})"


PRINTERS: dict[str, Callable[[Tree], str]] = {
    "call": lambda tree: f"{tree[1]}({', '.join(map(printed, tree[2:]))})",
    "lit": lambda tree: str(tree[1]),
    "read": lambda tree: str(tree[1]),
    "not": lambda tree: f"not {within(tree[1], 3)}",
    "minus": lambda tree: f"-{within(tree[1], 7)}",
    "compare": lambda tree: f"{within(tree[2], 5)} {tree[1]} {within(tree[3], 5)}",
    "in": lambda tree: f"{within(tree[1], 5)} in ({', '.join(within(each, 5) for each in tree[2])})",
    "not in": lambda tree: f"{within(tree[1], 5)} not in ({', '.join(within(each, 5) for each in tree[2])})",
    "within": lambda tree: f"{within(tree[2], 5)} {'not ' * tree[1]}in {within(tree[3], 5)}",
    "any": gathered,
    "all": gathered,
    "count": gathered,
    "sum": gathered,
}


# --- interpreting ---------------------------------------------------------------------------------------------------


def exact(value: Any) -> Any:
    """Numbers as fractions, which cannot round."""
    return Fraction(value) if isinstance(value, (Decimal, int)) and not isinstance(value, bool) else value


def both(values: list[Any]) -> Any:
    """Kleene's and."""
    return False if False in values else None if None in values else True


def opposite(value: Any) -> Any:
    return None if value is None else not value


def equal(one: Any, two: Any) -> Any:
    return None if one is None or two is None else one == two


def moved(left: Any, right: Any, direction: int) -> Any:
    try:
        if isinstance(right, tuple):
            amount, unit = right
            months = amount * (12 if unit == "years" else 1) * direction
            return date.fromisoformat(pendulum.date(left.year, left.month, left.day).add(months=months).isoformat())
        return date.fromordinal(left.toordinal() + direction * int(right))
    except (ValueError, OverflowError):
        return None


def computed(sign: str, left: Any, right: Any) -> Any:
    if left is None or right is None:
        return None
    if isinstance(left, date) and isinstance(right, date):
        return Fraction((left - right).days)
    if isinstance(left, date):
        return moved(left, right, 1 if sign == "+" else -1)
    return {"+": operator.add, "-": operator.sub, "*": operator.mul}[sign](left, right)


SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def told(tree: Tree, frames: tuple[Track, ...]) -> Any:
    """Evaluate `tree`, slowly and plainly; `frames` are the case and the assets of the aggregates around."""
    if tree[0] in SPECIAL:
        return SPECIAL[tree[0]](tree, frames)
    values = [told(each, frames) for each in tree[1:] if isinstance(each, tuple)]
    if tree[0] == "compare":
        return None if None in values else SIGNS[tree[1]](*values)
    if tree[0] == "call":
        return None if None in values else called(tree[1], values)
    return PLAIN[tree[0]](values) if tree[0] in PLAIN else computed(tree[0], *values)


def called(name: str, values: list[Any]) -> Any:
    try:
        return exact(FUNCTIONS[name].compute(*map(as_decimal, values)))
    except InvalidValue:
        return None


def as_decimal(value: Any) -> Any:
    """Return a fraction whose denominator has no factors but 2 and 5 as an exact decimal."""
    if not isinstance(value, Fraction):
        return value
    places = 0
    while value.denominator != 1:
        value, places = value * 10, places + 1
    return Decimal(value.numerator).scaleb(-places, WIDE)


def among(tree: Tree, frames: tuple[Track, ...]) -> Any:
    item = told(tree[1], frames)
    none = both([opposite(equal(item, told(each, frames))) for each in tree[2]])
    return none if tree[0] == "not in" else opposite(none)


def in_list(tree: Tree, frames: tuple[Track, ...]) -> Any:
    item, items = told(tree[2], frames), told(tree[3], frames)
    return None if item is None or items is None else (item in items) is not tree[1]


def over_assets(tree: Tree, frames: tuple[Track, ...]) -> Any:
    how, *field, where = tree
    inner = [(*frames, asset) for asset in frames[0].world.tracks["asset"]]
    chosen = [True if where is None else told(where, frame) for frame in inner]
    if how == "all":
        return both(chosen)
    if how == "any":
        return opposite(both(list(map(opposite, chosen))))
    if None in chosen:
        return None
    if how == "count":
        return Fraction(sum(chosen))
    values = [exact(frame[-1].facts.get(field[0])) for frame, wanted in zip(inner, chosen, strict=True) if wanted]
    return None if None in values else sum(values, Fraction(0))


SPECIAL: dict[str, Callable[[Tree, tuple[Track, ...]], Any]] = {
    "lit": lambda tree, _: exact(tree[2]),
    "read": lambda tree, frames: exact(tree[3](frames[tree[2]])),
    "in": among,
    "not in": among,
    "within": in_list,
    **dict.fromkeys(("any", "all", "count", "sum"), over_assets),
}
PLAIN: dict[str, Callable[[list[Any]], Any]] = {
    "not": lambda values: opposite(values[0]),
    "and": both,
    "or": lambda values: opposite(both(list(map(opposite, values)))),
    "minus": lambda values: computed("-", Fraction(0), values[0]),
}


# --- worlds ---------------------------------------------------------------------------------------------------------


def some(**facts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, FactValue]]:
    """Facts, each of which may be missing."""
    return st.fixed_dictionaries({}, optional=facts)


AMOUNTS = st.one_of(
    st.decimals(-1000, 10**6, places=2),
    st.integers(-(10**24) + 1, 10**24 - 1).map(lambda digits: Decimal(digits).scaleb(-12)),
)
SOME_DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))
ACTS = st.tuples(SOME_DAYS, st.sampled_from(["judge", None]))
CASE_FACTS = some(
    yes=st.booleans(), maybe=st.booleans(), rate=AMOUNTS, size=AMOUNTS, owed=AMOUNTS, paid=AMOUNTS, floor=AMOUNTS,
    filed_on=SOME_DAYS, due=SOME_DAYS, delay=st.integers(0, 400), grade=st.sampled_from(GRADES),
    grades=st.lists(st.sampled_from(GRADES)).map(tuple),
)  # fmt: skip
ASSETS = st.builds(
    Track,
    some(
        sure=st.booleans(), worth=AMOUNTS, size=AMOUNTS, seized_on=SOME_DAYS, held=st.integers(0, 400),
        other=st.sampled_from(["asset/0", "asset/1", "asset/7"]),
    ),
    st.sampled_from(["seized", "sold"]),
    st.sampled_from(["movable", "immovable"]),
    st.fixed_dictionaries({}, optional={"seize": ACTS}),
    st.fixed_dictionaries({"clear": st.booleans()}),
    st.fixed_dictionaries({}, optional={"life": st.sampled_from(["met", "ended"])}),
)  # fmt: skip


@st.composite
def cases(draw: st.DrawFn) -> Track:
    world = World(at=draw(SOME_DAYS))
    world.case = Track(
        draw(CASE_FACTS),
        draw(st.sampled_from(["open", "shut"])),
        acts=draw(st.fixed_dictionaries({}, optional={"file": ACTS, "pay": ACTS})),
        rules={"holds": draw(st.booleans())},
        limits=draw(st.fixed_dictionaries({}, optional={"term": st.sampled_from(["met", "running"])})),
        world=world,
    )
    world.tracks["asset"] = draw(st.lists(ASSETS, max_size=3))
    for asset in world.tracks["asset"]:
        asset.world = world
    return world.case


TREES = st.one_of(booleans(0, 3), numbers(0, 2), money(0, 3), days(0, 2), dates(0, 3))


@settings(max_examples=400, deadline=None)
@given(TREES, cases())
def test_what_is_well_typed_evaluates_as_the_plain_interpreter_says(tree: Tree, case: Track) -> None:
    text = printed(tree)
    try:
        expression = compile_expression(text, SCOPE)
    except ExpressionError as error:
        assert "too" in error.text("en"), text  # noqa: PT017  only a bound may refuse it
        return
    found = expression.evaluate(case)
    expected = told(tree, (case,))
    assert type(exact(found)) is type(expected)
    assert exact(found) == expected


SLIPS = [
    *(" ", ".", "(", ")", ",", "==", " in ", " and ", " not ", "-", "1", " days", " yuan", "2026-01-05", "'x'"),
    *("asset", "this.", "case.", "any(asset where ", "sum(", "owed", "grade", "at", "state", "grades"),
    *("address", "times(", "execution_fee(", "pro_rata(", "late_interest("),
]
WORDS = [
    *("and", "or", "not", "in", "where", "(", ")", ",", ".", "==", "<", "+", "-", "*", "1", "2 days", "'open'", "any("),
    *(
        "execution_fee(",
        "pro_rata(",
        "times(",
        "address",
        "asset",
        "case",
        "this",
        "state",
        "kind",
        "at",
        "done(",
        "file",
        "owed",
        "yes",
        "grade",
        "sum(",
        "on(",
        "true",
    ),
]


@settings(max_examples=300, deadline=None)
@given(
    booleans(0, 3).map(printed),
    st.lists(
        st.tuples(
            st.integers(0, 4000),
            st.integers(0, 6),
            st.one_of(
                st.text(max_size=3),
                st.sampled_from(SLIPS),
            ),
        ),
        min_size=1,
        max_size=4,
    ),
    cases(),
)
def test_a_guard_with_slips_is_refused_or_evaluates(text: str, slips: list[tuple[int, int, str]], case: Track) -> None:
    for place, length, put in slips:
        start = place % (len(text) + 1)
        text = text[:start] + put + text[start + length :]
    answered(text, case)


def answered(text: str, case: Track) -> None:
    started = time.perf_counter()
    try:
        found = compile_expression(text, SCOPE, K.BOOL).evaluate(case)
    except ExpressionError as error:
        for flaw in error.problems:
            assert 0 <= flaw.offset <= len(text)
            assert flaw.text("zh")
            assert flaw.text("en")
    else:
        assert found is None or isinstance(found, bool)
    assert time.perf_counter() - started < 5


ANYTHING = st.one_of(
    st.text(max_size=200),
    st.text("()'\" .,=!<>+-*019ayn_\n\t元", max_size=200),
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.lists(
        st.sampled_from(WORDS),
        max_size=60,
    ).map(" ".join),
)


@settings(max_examples=600, deadline=None)
@given(ANYTHING, cases())
def test_any_text_is_refused_or_evaluates(text: str, case: Track) -> None:
    answered(text, case)


PIECES = [
    "(",
    "-",
    ".",
    "1",
    "a",
    "'",
    "!",
    '"',
    "x",
    "=",
    " ",
    "not ",
    "1+",
    "a.",
    "any(asset where ",
    "yes and ",
    "x in (",
]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(PIECES), st.integers(1, 6000))
def test_any_repetition_is_refused_or_evaluates(piece: str, times: int) -> None:
    answered(piece * times, Track(world=World({"asset": []})))
    answered(piece * times + "yes", Track(world=World({"asset": []})))


@given(st.datetimes(timezones=st.none() | st.timezones()), st.datetimes(timezones=st.none() | st.timezones()))
def test_times_compare_if_they_can(one: datetime, two: datetime) -> None:
    case = Track({"heard": one, "ended": two})
    for sign, compare in SIGNS.items():
        found = compile_expression(f"heard {sign} ended", IN_CASE).evaluate(case)
        comparable = (one.tzinfo is None) is (two.tzinfo is None)
        assert found == (compare(one, two) if comparable else None)


@given(booleans(0, 3), cases())
def test_the_parts_of_a_guard_are_the_guard(tree: Tree, case: Track) -> None:
    text = printed(tree)
    parts = [compile_expression(part, SCOPE, K.BOOL).evaluate(case) for part in conjuncts(text)]
    assert both(parts) == compile_expression(text, SCOPE, K.BOOL).evaluate(case)
    assert (len(parts) > 1) is (tree[0] == "and")


@given(TREES)
def test_all_that_is_well_typed_is_told_in_words(tree: Tree) -> None:
    text = printed(tree)
    told = in_words(text, SCOPE)
    chinese, english = told.text("zh"), told.text("en")
    assert english
    assert not re.search(r"\b(?:and|or|not|in|where|true|false|yuan|days|done|on|by|times|status|this|case)\b", chinese)
    assert not re.search(r"[=!<>]=|\b(?:any|all|count|sum|done|on|by|times|status)\(|\b(?:this|case)\.", english)
    for said, opening, closing in ((chinese, "（", "）"), (chinese, "“", "”"), (english, "“", "”")):
        assert said.count(opening) == said.count(closing)


def test_a_tree_prints_with_the_parentheses_it_needs() -> None:
    tree = ("*", ("+", literal("1", 1), literal("2", 2)), ("minus", ("+", literal("3", 3), literal("4", 4))))
    assert printed(tree) == "(1 + 2) * -(3 + 4)"
    assert printed(("not", ("or", literal("true", value=True), ("not", literal("false", value=False))))) == (
        "not (true or not false)"
    )
    assert compile_expression("worth > 1 and any(asset where worth > 1)", IN_ASSET).reads == {"worth"}
