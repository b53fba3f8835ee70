"""A tree of syntax into a typed one: names found, types agreed, every flaw noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import attrs

from enforceflow.definitions.facts import FactKind, FactType
from enforceflow.definitions.periods import Period
from enforceflow.errors import suggestion
from enforceflow.expressions.agreement import ORDERED, WHICH_NUMBER, agree, fits, hint, number_as_money, titles
from enforceflow.expressions.arithmetic import CALENDAR_UNITS, OPERATIONS, subtracted
from enforceflow.expressions.flaws import KIND_TITLES, Flaw, written
from enforceflow.expressions.functions import functions
from enforceflow.expressions.names import Footprint, Scope
from enforceflow.expressions.resolving import Resolver
from enforceflow.expressions.syntax import (
    Among,
    Asked,
    Called,
    Compared,
    Computed,
    Gathered,
    Junction,
    Minus,
    Name,
    Node,
    Not,
    Part,
    Within,
    Written,
)
from enforceflow.expressions.typed import (
    Aggregate,
    Calculation,
    Call,
    Comparing,
    Connection,
    Constant,
    Get,
    Membership,
    Negation,
    Place,
    Typed,
)
from enforceflow.texts import Bilingual, Phrase, Title

if TYPE_CHECKING:
    from enforceflow.amounts.functions import Parameter

MOST_DEPTH: Final = 200
MOST_WEIGHT: Final = 10_000

WANTED = Phrase(zh="此处应为{wanted}，却是{found}", en="{wanted} is wanted here, not {found}")
SUMMABLE = Title("数、金额或天数", "a number, money or days")
NOT_COMPARED = Phrase(zh="{left}与{right}不能比较", en="{left} does not compare with {right}")
NO_SUCH_CHOICE = Phrase(zh="没有选项“{value}”", en="{value} is not one of the choices")
NO_COMMON_CHOICE = Phrase(
    zh="两边没有相同的选项，永不相等", en="the two sides have no choice in common: they are never equal"
)
UNORDERED = Phrase(zh="{kind}不分大小，只能用 == 或 !=", en="{kind} has no order: use == or !=")
UNQUOTED = Phrase(zh="选项须加引号", en="a choice is written in quotes")
NOT_COMPUTED = Phrase(zh="{left}与{right}之间不能用 {sign}", en="{sign} does not apply to {left} and {right}")
NOT_ON_DATES = Phrase(
    zh="此处不能把{period}加减于日期；请用期限（time_limits）",
    en="{period} cannot be laid on a date here; use a time limit",
)
NO_LIST = Phrase(
    zh="in 之后应为 (…, …) 或列表，却是{found}", en="in is followed by (…, …) or by a list, not by {found}"
)
WRONG_COUNT = Phrase(
    zh="{function}（{title}）需要{wanted}项：{parameters}；此处有{given}项",
    en="{function} ({title}) takes {wanted}: {parameters}; given here: {given}",
)
WRONG_ARGUMENT = Phrase(
    zh="{function} 的“{parameter}”应为{wanted}，却是{found}",
    en="{function} wants {wanted} here ({parameter}), not {found}",
)
TOO_HEAVY = Phrase(
    zh="表达式连同它读取的算得的事实过于庞大",
    en="the expression is too large, counting the derived facts that it reads",
)


@attrs.frozen
class Checked:
    """What checking came to: the typed tree (None if it has flaws), and what evaluating it touches."""

    typed: Typed | None
    type: FactType | None
    flaws: tuple[Flaw, ...]
    untyped: frozenset[tuple[int, str]]
    footprint: Footprint


def check(node: Node, scope: Scope, expects: FactKind | None = None) -> Checked:
    """Check `node` in `scope`; `expects` is the kind its value should be of."""
    checker = _Checker(scope)
    typed = checker.check(node)
    found = checker.resolver.found
    if typed is not None and expects is not None:
        kind = checker.fitting(node, typed, expects)
    else:
        kind = None if typed is None else typed.type
    footprint = Footprint(
        rules=frozenset(found.rules),
        reads=frozenset(found.reads),
        depth=found.depth + node.height + 4,
        nesting=found.nesting,
        weight=found.weight + checker.nodes,
    )
    if footprint.depth > MOST_DEPTH or footprint.weight > MOST_WEIGHT:
        checker.resolver.flaw(TOO_HEAVY(), node.offset)
    flaws = tuple(sorted(found.flaws, key=lambda flaw: flaw.offset))
    return Checked(None if flaws else typed, kind, flaws, frozenset(found.untyped), footprint)


class _Checker:
    """One method for each kind of node; None stands for what has a flaw, so that no second one follows from it."""

    def __init__(self, scope: Scope) -> None:
        self.resolver = Resolver(scope)
        self.nodes = 0

    def check(self, node: Node) -> Typed | None:
        self.nodes += 1
        return _CHECKS[type(node)](self, node)

    def fitting(self, node: Node, typed: Typed, wanted: FactKind) -> FactType | None:
        found = fits(typed, wanted)
        if found is None:
            self._flaw(WANTED(wanted=KIND_TITLES[wanted], found=KIND_TITLES[typed.type.kind]), node.offset)
        return found

    def _flaw(self, message: Bilingual, offset: int, suggestion: Bilingual | None = None) -> None:
        self.resolver.flaw(message, offset, suggestion)

    def _truth(self, node: Node) -> Typed | None:
        typed = self.check(node)
        return None if typed is None or self.fitting(node, typed, FactKind.BOOL) is None else typed

    # --- leaves ----------------------------------------------------------------------------------------------------

    def written(self, node: Written) -> Typed:
        return Constant(node.value, FactType(node.kind), loose=node.kind is FactKind.NUMBER)

    def name(self, node: Name) -> Typed | None:
        return self.resolver.name(node)

    def asked(self, node: Asked) -> Typed | None:
        return self.resolver.asked(node)

    # --- truth -----------------------------------------------------------------------------------------------------

    def negation(self, node: Not) -> Typed | None:
        operand = self._truth(node.operand)
        return None if operand is None else Negation(operand)

    def connection(self, node: Junction) -> Typed | None:
        items = [item for item in map(self._truth, node.items) if item is not None]
        return Connection(node.either, tuple(items)) if len(items) == len(node.items) else None

    def comparing(self, node: Compared) -> Typed | None:
        left = self.check(node.left)
        right = self._matching(node.right, left)
        if left is None or right is None:
            return None
        kind = self._agreed(node.left, left, node.right, right, node.at)
        if kind is None:
            return None
        if node.sign not in ("==", "!=") and kind not in ORDERED:
            self._flaw(UNORDERED(kind=KIND_TITLES[left.type.kind]), node.at)
            return None
        return Comparing(node.sign, left, right)

    def among(self, node: Among) -> Typed | None:
        item = self.check(node.item)
        members = tuple(member for each in node.members if (member := self._member(node.item, item, each)) is not None)
        if item is None or len(members) < len(node.members):
            return None
        return Membership(node.negated, item, members)

    def _member(self, node: Node, item: Typed | None, each: Node) -> Typed | None:
        member = self._matching(each, item)
        if item is None or member is None:
            return None
        return None if self._agreed(node, item, each, member, each.offset) is None else member

    def within(self, node: Within) -> Typed | None:
        item, items = self.check(node.item), self.check(node.items)
        if items is not None and items.type.item is None:
            self._flaw(NO_LIST(found=KIND_TITLES[items.type.kind]), node.items.offset)
            return None
        if item is None or items is None or items.type.item is None:
            return None
        one = Get(Place(), "value", "", items.type.item)
        agreed = self._agreed(node.item, item, node.items, one, node.at)
        return None if agreed is None else Membership(node.negated, item, items)

    def _matching(self, node: Node, other: Typed | None) -> Typed | None:
        """Check a node that is compared with `other`: a choice without its quotes is told apart from a name."""
        if other is not None and isinstance(node, Name) and len(node.parts) == 1:
            word = node.parts[0].text
            if word in other.type.choices and not self.resolver.known(word):
                self._flaw(UNQUOTED(), node.offset, written(f"'{word}'"))
                return None
        return self.check(node)

    def _agreed(self, left: Node, one: Typed, right: Node, two: Typed, at: int) -> FactKind | None:
        kind = agree(one, two)
        if kind is None:
            if one.type.kind is two.type.kind is FactKind.CHOICE:
                self._flaw(NO_COMMON_CHOICE(), at)
            else:
                self._flaw(NOT_COMPARED(**titles(one, two)), at, hint(one, two))
            return None
        chosen = self._chosen(left, one, two.type) and self._chosen(right, two, one.type)
        return kind if chosen else None

    def _chosen(self, node: Node, value: Typed, other: FactType) -> bool:
        """Check that a text written out is one of the choices that it is compared with."""
        if other.kind is not FactKind.CHOICE or not isinstance(value, Constant) or value.value in other.choices:
            return True
        text = str(value.value)[:100]
        self._flaw(NO_SUCH_CHOICE(value=text), node.offset, suggestion(text, tuple(other.choices)))
        return False

    # --- values ----------------------------------------------------------------------------------------------------

    def minus(self, node: Minus) -> Typed | None:
        operand = self.check(node.operand)
        if operand is None:
            return None
        if operand.type.kind not in (FactKind.NUMBER, FactKind.MONEY):
            self._flaw(
                WANTED(wanted=KIND_TITLES[FactKind.NUMBER], found=KIND_TITLES[operand.type.kind]), node.operand.offset
            )
            return None
        if isinstance(operand, Constant) and isinstance(operand.value, Decimal):
            return attrs.evolve(operand, value=-operand.value)
        zero = Constant(Decimal(0), operand.type)
        return Calculation(subtracted, zero, operand, operand.type, operand.loose)

    def computed(self, node: Computed) -> Typed | None:
        left, right = self.check(node.left), self.check(node.right)
        if left is None or right is None:
            return None
        one, two = left.type.kind, right.type.kind
        if node.sign != "*" and FactKind.MONEY in (one, two) and number_as_money(left) and number_as_money(right):
            one = two = FactKind.MONEY
        found = OPERATIONS.get((one, node.sign, two))
        if found is None:
            self._flaw(NOT_COMPUTED(sign=node.sign, **titles(left, right)), node.at, hint(left, right))
            return None
        if isinstance(right, Constant) and isinstance(right.value, Period) and right.value.unit not in CALENDAR_UNITS:
            self._flaw(NOT_ON_DATES(period=right.value), node.right.offset)
            return None
        kind, operation = found
        loose = left.loose and right.loose and kind is FactKind.NUMBER
        return Calculation(operation, left, right, FactType(kind), loose)

    def gathered(self, node: Gathered) -> Typed | None:
        if not self.resolver.enter(node.track):
            return None
        field = None if node.field is None else self._addend(node.field)
        where = None if node.where is None else self._truth(node.where)
        self.resolver.leave()
        if (field is None) is not (node.field is None) or (where is None) is not (node.where is None):
            return None
        kind = FactType(FactKind.BOOL if node.how in ("any", "all") else FactKind.NUMBER)
        depth = self.resolver.depth
        return Aggregate(node.how, depth, node.track.text, field, where, kind if field is None else field.type)

    def _addend(self, part: Part) -> Get | None:
        field = self.resolver.field(part)
        if field is not None and field.type.kind not in _SUMMED:
            self._flaw(WANTED(wanted=SUMMABLE, found=KIND_TITLES[field.type.kind]), part.offset)
            return None
        return field

    # --- functions of law ------------------------------------------------------------------------------------------

    def called(self, node: Called) -> Typed | None:
        function = functions()[node.function]
        parameters = function.parameters
        arguments = [self.check(each) for each in node.arguments]
        if len(arguments) != len(parameters):
            message = WRONG_COUNT(
                function=node.function,
                title=function.title,
                wanted=len(parameters),
                parameters=[parameter.title for parameter in parameters],
                given=len(arguments),
            )
            self._flaw(message, node.offset)
            return None
        given = [
            typed
            for each, typed, parameter in zip(node.arguments, arguments, parameters, strict=True)
            if typed is not None and self._given(node.function, parameter, each, typed)
        ]
        if len(given) < len(parameters):
            return None
        return Call(function.compute, tuple(given), FactType(FactKind.MONEY))

    def _given(self, function: str, parameter: Parameter, node: Node, typed: Typed) -> bool:
        """Check that a value is of the kind that a function wants."""
        if fits(typed, parameter.kind) is not None:
            return True
        message = WRONG_ARGUMENT(
            function=function,
            parameter=parameter.title,
            wanted=KIND_TITLES[parameter.kind],
            found=KIND_TITLES[typed.type.kind],
        )
        loosely = typed.type.kind is FactKind.NUMBER and parameter.kind is FactKind.MONEY
        self._flaw(message, node.offset, WHICH_NUMBER() if loosely else None)
        return False


_SUMMED: Final = (FactKind.NUMBER, FactKind.MONEY, FactKind.DAYS)
_CHECKS: Final[Mapping[type, Callable[[_Checker, Any], Typed | None]]] = {
    Written: _Checker.written,
    Name: _Checker.name,
    Asked: _Checker.asked,
    Not: _Checker.negation,
    Junction: _Checker.connection,
    Compared: _Checker.comparing,
    Among: _Checker.among,
    Within: _Checker.within,
    Minus: _Checker.minus,
    Computed: _Checker.computed,
    Gathered: _Checker.gathered,
    Called: _Checker.called,
}
