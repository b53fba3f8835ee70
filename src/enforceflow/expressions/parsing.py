"""Tokens into a tree. Size and depth are capped before anything could overflow."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, TypeGuard, get_args

from enforceflow.errors import suggestion
from enforceflow.expressions.flaws import flawed, written
from enforceflow.expressions.functions import functions
from enforceflow.expressions.lexing import Kind, Token, tokens_of
from enforceflow.expressions.literals import quantity, single
from enforceflow.expressions.syntax import (
    Among,
    Asked,
    Called,
    Compared,
    Comparison,
    Computed,
    Gathered,
    Gathering,
    Junction,
    Minus,
    Name,
    Node,
    Not,
    Part,
    Question,
    Sign,
    Within,
)
from enforceflow.texts import Bilingual, Phrase

MOST_NODES: Final = 512
MOST_DEPTH: Final = 48
RESERVED: Final = frozenset({"and", "or", "not", "in", "where", "true", "false"})
QUESTIONS: Final = get_args(Question)
GATHERINGS: Final = get_args(Gathering)

_OR, _AND, _NOT, _COMPARE, _ADD, _MULTIPLY, _TIGHT = range(1, 8)
_SIGNS: Final = {
    **dict.fromkeys((*get_args(Comparison), "="), _COMPARE),
    "+": _ADD,
    "-": _ADD,
    "*": _MULTIPLY,
}
_WORDS: Final = {"or": _OR, "and": _AND, "in": _COMPARE, "not": _COMPARE}

TOO_MANY = Phrase(zh="表达式过长：至多{most}个成分", en="the expression is too long: at most {most} parts are allowed")
TOO_DEEP = Phrase(zh="嵌套过深：至多{most}层", en="too deeply nested: at most {most} levels are allowed")
EMPTY = Phrase(zh="表达式是空的", en="the expression is empty")
VALUE_WANTED = Phrase(zh="此处应有值，却是{found}", en="a value is wanted here, not {found}")
WANTED = Phrase(zh="此处应为 {wanted}，却是{found}", en="{wanted} is wanted here, not {found}")
NAME_WANTED = Phrase(zh="此处应有名称，却是{found}", en="a name is wanted here, not {found}")
LEFT_OVER = Phrase(zh="表达式到此应已结束，却还有{found}", en="the expression should end here, but {found} follows")
CHAINED = Phrase(zh="比较不能连写", en="comparisons do not chain")
CHAINED_HINT = Phrase(zh="请用 and 连接：a < b and b < c", en="join them with and: a < b and b < c")
EQUALS = Phrase(zh="= 不是比较", en="= does not compare")
BARE_NOT = Phrase(zh="not 在此须加括号", en="not needs parentheses here")
NO_FUNCTION = Phrase(zh="没有名为 {name}(…) 的函数", en="there is no function {name}(…)")
WHERE_WANTED = Phrase(zh="{how}({track}) 缺少条件", en="{how}({track}) lacks its condition")
NO_COMMAS = Phrase(zh="数中不写逗号", en="numbers are written without commas")
_END_OF = Phrase(zh="末尾", en="the end")
_SIGN = Phrase(zh=" {text}", en="{text}")
_SAYS: Final = {"is": "==", "equals": "==", "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


# Kinds that lie on one another share their guards, and what is loaded is read again when an engine is made of it.
@lru_cache(maxsize=1024)
def parse(text: str) -> Node:
    """Read `text`; raise `ExpressionError` with the first flaw of its syntax."""
    return _Parser(tokens_of(text)).whole()


def _found(token: Token) -> Bilingual:
    return _END_OF() if token.kind is Kind.END else _SIGN(text=token.text[:40])


def _is_comparison(sign: str) -> TypeGuard[Comparison]:
    return sign in get_args(Comparison)


def _is_sign(sign: str) -> TypeGuard[Sign]:
    return sign in get_args(Sign)


def _is_question(name: str) -> TypeGuard[Question]:
    return name in QUESTIONS


def _is_gathering(name: str) -> TypeGuard[Gathering]:
    return name in GATHERINGS


def _meant(name: str, *, led: bool) -> Bilingual | None:
    """Return which function was probably meant; `led` if a path stands in front, which functions of law never have."""
    if not led:
        return suggestion(name, (*QUESTIONS, *GATHERINGS, *functions()))
    return written(f"{name}(…)") if name in functions() else suggestion(name, QUESTIONS)


class _Parser:
    """Precedence climbing: one call per level of nesting, however many operators there are."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._place = 0
        self._nodes = 0

    @property
    def _now(self) -> Token:
        return self._tokens[self._place]

    def whole(self) -> Node:
        if len(self._tokens) == 1:
            raise flawed(EMPTY(), 0)
        node = self._expression(_OR, 1)
        if self._now.kind is not Kind.END:
            raise flawed(LEFT_OVER(found=_found(self._now)), self._now.offset, self._left_over_hint())
        return node

    def _left_over_hint(self) -> Bilingual | None:
        text = self._now.text
        if text == "," and self._tokens[self._place - 1].kind is Kind.NUMBER:
            return NO_COMMAS()
        if text.lower() in _WORDS:
            return written(text.lower())
        return written(_SAYS[text]) if text in _SAYS else None

    # --- moving on -------------------------------------------------------------------------------------------------

    def _take(self) -> Token:
        token = self._now
        self._place += 1
        return token

    def _at(self, text: str) -> bool:
        return self._now.text == text and self._now.kind is not Kind.TEXT

    def _expect(self, text: str) -> Token:
        if not self._at(text):
            raise flawed(WANTED(wanted=text, found=_found(self._now)), self._now.offset)
        return self._take()

    def _part(self) -> Part:
        token = self._now
        if token.kind is not Kind.NAME or token.text in RESERVED:
            raise flawed(NAME_WANTED(found=_found(token)), token.offset)
        self._count(token.offset)
        self._place += 1
        return Part(token.text, token.offset)

    def _count(self, offset: int) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise flawed(TOO_MANY(most=MOST_NODES), offset)

    def _over(self, offset: int, *children: Node) -> int:
        """Count a node over `children` and return its height."""
        self._count(offset)
        height = 1 + max((child.height for child in children), default=0)
        if height > MOST_DEPTH:
            raise flawed(TOO_DEEP(most=MOST_DEPTH), offset)
        return height

    # --- operators -------------------------------------------------------------------------------------------------

    def _expression(self, level: int, depth: int) -> Node:
        if depth > MOST_DEPTH:
            raise flawed(TOO_DEEP(most=MOST_DEPTH), self._now.offset)
        left = self._prefixed(level, depth)
        while (binds := self._binding()) >= level:
            left = self._infix(left, binds, depth + 1)
        return left

    def _binding(self) -> int:
        token = self._now
        if token.kind is Kind.SIGN:
            return _SIGNS.get(token.text, 0)
        return _WORDS.get(token.text, 0) if token.kind is Kind.NAME else 0

    def _prefixed(self, level: int, depth: int) -> Node:
        token = self._now
        if self._at("not"):
            if level > _NOT:
                raise flawed(BARE_NOT(), token.offset, written("(not …)"))
            self._place += 1
            operand = self._expression(_NOT, depth + 1)
            return Not(token.offset, operand, self._over(token.offset, operand))
        if self._at("-"):
            self._place += 1
            operand = self._expression(_TIGHT, depth + 1)
            return Minus(token.offset, operand, self._over(token.offset, operand))
        return self._primary(depth)

    def _infix(self, left: Node, binds: int, depth: int) -> Node:
        token = self._take()
        if token.text in ("and", "or"):
            items = [left, self._expression(binds + 1, depth)]
            while self._at(token.text):
                self._place += 1
                items.append(self._expression(binds + 1, depth))
            return Junction(left.offset, token.text == "or", tuple(items), self._over(token.offset, *items))
        if _is_sign(token.text):
            right = self._expression(binds + 1, depth)
            return Computed(left.offset, token.offset, token.text, left, right, self._over(token.offset, left, right))
        compared = self._comparison(left, token, depth)
        if self._binding() == _COMPARE:
            raise flawed(CHAINED(), self._now.offset, CHAINED_HINT())
        return compared

    def _comparison(self, left: Node, token: Token, depth: int) -> Node:
        if _is_comparison(token.text):
            right = self._expression(_ADD, depth)
            return Compared(left.offset, token.offset, token.text, left, right, self._over(token.offset, left, right))
        if token.text == "=":
            raise flawed(EQUALS(), token.offset, written("=="))
        negated = token.text == "not"
        if negated:
            self._expect("in")
        if not self._at("("):
            items = self._expression(_ADD, depth)
            return Within(left.offset, token.offset, negated, left, items, self._over(token.offset, left, items))
        self._place += 1
        members = [self._expression(_ADD, depth)]
        while self._at(","):
            self._place += 1
            members.append(self._expression(_ADD, depth))
        self._expect(")")
        height = self._over(token.offset, left, *members)
        return Among(left.offset, token.offset, negated, left, tuple(members), height)

    # --- operands --------------------------------------------------------------------------------------------------

    def _primary(self, depth: int) -> Node:
        token = self._now
        if self._at("("):
            self._place += 1
            inner = self._expression(_OR, depth + 1)
            self._expect(")")
            return inner
        value = single(token)
        if value is not None:
            self._place += 1
            self._count(token.offset)
            if token.kind is Kind.NUMBER and self._now.kind is Kind.NAME and not self._follows_a_value():
                return quantity(token, self._take())
            return value
        if token.kind is not Kind.NAME or token.text in RESERVED:
            raise flawed(VALUE_WANTED(found=_found(token)), token.offset)
        return self._named(depth)

    def _follows_a_value(self) -> bool:
        return self._now.text in RESERVED or self._now.text.lower() in _WORDS or self._now.text in _SAYS

    def _named(self, depth: int) -> Node:
        parts = [self._part()]
        while self._at("."):
            self._place += 1
            parts.append(self._part())
        first = parts[0]
        if not self._at("("):
            return Name(first.offset, tuple(parts))
        *path, function = parts
        self._place += 1
        if _is_question(function.text):
            argument = self._argument(function)
            return Asked(first.offset, tuple(path), function.text, argument)
        if _is_gathering(function.text) and not path:
            return self._gathered(function, function.text, depth)
        if function.text in functions() and not path:
            return self._called(function, depth)
        raise flawed(NO_FUNCTION(name=function.text[:40]), function.offset, _meant(function.text, led=bool(path)))

    def _called(self, function: Part, depth: int) -> Node:
        arguments: list[Node] = []
        if not self._at(")"):
            arguments.append(self._expression(_OR, depth + 1))
        while arguments and self._at(","):
            self._place += 1
            arguments.append(self._expression(_OR, depth + 1))
        self._expect(")")
        return Called(function.offset, function.text, tuple(arguments), self._over(function.offset, *arguments))

    def _argument(self, function: Part) -> Part:
        argument = self._part()
        if self._at("."):
            self._place += 1
            form = f"{argument.text}.{function.text}({self._part().text})"
            raise flawed(WANTED(wanted=")", found=_SIGN(text=".")), argument.offset, written(form))
        self._expect(")")
        return argument

    def _gathered(self, function: Part, how: Gathering, depth: int) -> Node:
        track, field, where = self._part(), None, None
        if how == "sum":
            self._expect(".")
            field = self._part()
        if self._at("where"):
            self._place += 1
            where = self._expression(_OR, depth + 1)
        elif how in ("any", "all"):
            form = f"{how}({track.text} where …)"
            raise flawed(WHERE_WANTED(how=how, track=track.text), self._now.offset, written(form))
        self._expect(")")
        height = self._over(function.offset, *(() if where is None else (where,)))
        return Gathered(function.offset, how, track, field, where, height)
