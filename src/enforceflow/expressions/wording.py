"""An expression told in words, as a jurist reads a condition: titles for names, phrases for questions and signs.

What has no title keeps the name that it has in the expression.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import attrs

from enforceflow.definitions import CARRY_OVER
from enforceflow.definitions.facts import FactKind
from enforceflow.definitions.periods import Period, Unit
from enforceflow.expressions.functions import functions
from enforceflow.expressions.names import Names, Scope
from enforceflow.expressions.parsing import parse
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
from enforceflow.texts import Bilingual, Lang, Phrase, Title

Choices = Mapping[str, Title]

_LISTED, _NEGATED, _COMPARED, _ADDED, _MULTIPLIED, _TIGHT = range(1, 7)
"""How tightly things bind. Nobody is asked to know whether 且 or 或 binds more: one inside the other has brackets."""

_LEVELS: Final[Mapping[type, int]] = {
    Junction: _LISTED,
    Among: _LISTED,
    Not: _NEGATED,
    Compared: _COMPARED,
    Within: _COMPARED,
    Minus: _MULTIPLIED,
}
_SIGN_LEVELS: Final = {"+": _ADDED, "-": _ADDED, "*": _MULTIPLIED}
_SIGNS: Final = {"==": "=", "!=": "≠", "<=": "≤", ">=": "≥", "*": "×"}
_MOST_ACTS: Final = 3

_PLAIN: Final = Phrase(zh="{name}", en="{name}")
_IN_BRACKETS: Final = Phrase(zh="（{inner}）", en="({inner})")
_QUOTED: Final = Phrase(zh="“{name}”", en="“{name}”")
_BETWEEN: Final = Phrase(zh="{left} {sign} {right}", en="{left} {sign} {right}")
_OR: Final = Phrase(zh="{first} 或 {other}", en="{first} or {other}")
_AND: Final = Phrase(zh="{first} 且 {other}", en="{first} and {other}")
_NOT: Final = Phrase(zh="并非{what}", en="not {what}")
_NEGATIVE: Final = Phrase(zh="-{what}", en="-{what}")
_ONE_OF: Final = Phrase(zh="{item}为{members}之一", en="{item} is one of {members}")
_NONE_OF: Final = Phrase(zh="{item}不是{members}之一", en="{item} is none of {members}")
_IN: Final = Phrase(zh="{item}在{items}之中", en="{item} is among {items}")
_NOT_IN: Final = Phrase(zh="{item}不在{items}之中", en="{item} is not among {items}")
_OF: Final = Phrase(zh="{owner}的{name}", en="{name} of {owner}")
_HOLDS_OF: Final = Phrase(zh="{name}（{owner}）", en="{name} ({owner})")
_NEXT: Final = Phrase(zh="{first}，{other}", en="{first}, {other}")
_CALL: Final = Phrase(zh="{function}（{arguments}）", en="{function}({arguments})")
_YUAN: Final = Phrase(zh="{amount}元", en="{amount} yuan")

_DONE: Final = Phrase(zh="已有{what}", en="{what} is on record")
_NOT_DONE: Final = Phrase(zh="尚无{what}", en="{what} is not on record")
_ASKED: Final = {
    "done": _DONE,
    "on": Phrase(zh="{what}之日", en="the day of {what}"),
    "by": Phrase(zh="作出{what}的人", en="who did {what}"),
    "times": Phrase(zh="{what}的次数", en="how often {what}"),
    "status": Phrase(zh="{what}的状态", en="the status of {what}"),
}
_EITHER_ACT: Final = Phrase(zh="{first}或{other}", en="{first} or {other}")
_ACT_OR_LIKE: Final = Phrase(zh="{one}等", en="{one} or the like")

_GATHERED: Final = {
    "any": Phrase(zh="有{track}符合{where}", en="some {track} where {where}"),
    "all": Phrase(zh="每项{track}都符合{where}", en="every {track}: {where}"),
    "count": Phrase(zh="符合{where}的{track}数", en="the number of {track} records where {where}"),
    "sum": Phrase(zh="符合{where}的{track}的{field}合计", en="the sum of {field} over every {track} where {where}"),
}
_GATHERED_ALL: Final = {
    "count": Phrase(zh="{track}数", en="the number of {track} records"),
    "sum": Phrase(zh="各项{track}的{field}合计", en="the sum of {field} over every {track}"),
}

_TRACKS_NAMED: Final = Phrase(zh="{name}事项", en="{name}")
_THE_TRACK: Final = Phrase(zh="该{track}", en="the {track}")
_CASE: Final = Title("案件", "the case")
_OWN_CASE: Final = Title("本案", "this case")
_THIS: Final = Title("本项", "this one")
_THAT: Final = Title("该项", "that one")
_CARRIED: Final = Title("移入他案", "Carry over")
_OF_EVERY_TRACK: Final = {
    "state": Title("状态", "state"),
    "kind": Title("种类", "kind"),
    "at": Title("行为之日", "the day of the act"),
}
_YES: Final = Title("是", "yes")
_NO: Final = Title("否", "no")


@attrs.frozen
class Told:
    """A sound expression and where it stands, put into words when they are asked for."""

    expression: str
    scope: Scope = attrs.field(repr=False)

    def text(self, lang: Lang) -> str:
        """Return the expression in words of `lang`."""
        return _Teller(self.scope).tell(parse(self.expression)).text(lang)


def in_words(text: str, scope: Scope) -> Told:
    """Return the words for a sound expression that stands in `scope`; nothing is read before they are asked for."""
    return Told(text, scope)


class _Teller:
    """One method for each kind of node; the resolver tells which track a name belongs to."""

    def __init__(self, scope: Scope) -> None:
        self._resolver = Resolver(scope)

    def tell(self, node: Node, level: int = 0, choices: Choices | None = None) -> Bilingual:
        """Return a node in words, in brackets if it binds less than `level`; a text is one of `choices`."""
        if isinstance(node, Written):
            return _value(node, choices or {})
        told = _TELLERS[type(node)](self, node)
        return _IN_BRACKETS(inner=told) if _level(node) < level else told

    # --- truth -----------------------------------------------------------------------------------------------------

    def negation(self, node: Not) -> Bilingual:
        if isinstance(node.operand, Asked) and node.operand.question == "done":
            return _NOT_DONE(what=self._act(node.operand))
        if isinstance(node.operand, Name):
            return _NOT(what=self.name(node.operand, negated=True))
        return _NOT(what=self.tell(node.operand, _NEGATED))

    def junction(self, node: Junction) -> Bilingual:
        return _folded(_OR if node.either else _AND, [self.tell(item, _NEGATED) for item in node.items])

    def compared(self, node: Compared) -> Bilingual:
        return self._compared(node.sign, node.left, node.right)

    def _compared(self, sign: str, left: Node, right: Node) -> Bilingual:
        return _BETWEEN(
            left=self.tell(left, _ADDED, self._choices(right)),
            sign=_SIGNS.get(sign, sign),
            right=self.tell(right, _ADDED, self._choices(left)),
        )

    def among(self, node: Among) -> Bilingual:
        if len(node.members) == 1:
            return self._compared("!=" if node.negated else "==", node.item, node.members[0])
        choices = self._choices(node.item)
        members = tuple(self.tell(member, _ADDED, choices) for member in node.members)
        item = self.tell(node.item, _ADDED, self._choices(node.members[0]))
        return (_NONE_OF if node.negated else _ONE_OF)(item=item, members=members)

    def within(self, node: Within) -> Bilingual:
        item = self.tell(node.item, _ADDED, self._choices(node.items))
        return (_NOT_IN if node.negated else _IN)(item=item, items=_QUOTED(name=self.tell(node.items, _ADDED)))

    def _choices(self, node: Node) -> Choices:
        """Return the choices with their titles that the value of a node is one of."""
        if isinstance(node, Name):
            get = self._resolver.name(node)
        elif isinstance(node, Asked):
            get = self._resolver.asked(node)
        else:
            return {}
        if get is None:
            return {}
        return get.type.choices if get.type.item is None else get.type.item.choices

    # --- values ----------------------------------------------------------------------------------------------------

    def minus(self, node: Minus) -> Bilingual:
        return _NEGATIVE(what=self.tell(node.operand, _TIGHT))

    def computed(self, node: Computed) -> Bilingual:
        level = _SIGN_LEVELS[node.sign]
        left, right = self.tell(node.left, level), self.tell(node.right, level + 1)
        return _BETWEEN(left=left, sign=_SIGNS.get(node.sign, node.sign), right=right)

    def called(self, node: Called) -> Bilingual:
        arguments = _folded(_NEXT, [self.tell(argument) for argument in node.arguments])
        return _CALL(function=functions()[node.function].title, arguments=arguments)

    # --- all tracks of a name --------------------------------------------------------------------------------------

    def gathered(self, node: Gathered) -> Bilingual:
        if not self._resolver.enter(node.track):
            return _plain(node.track.text)
        track = _InASentence(self._track(node.track))
        field = "" if node.field is None else self._owned(self._resolver.around(0), node.field.text)
        where = None if node.where is None else _IN_BRACKETS(inner=self.tell(node.where))
        self._resolver.leave()
        phrase = (_GATHERED_ALL if where is None else _GATHERED)[node.how]
        return phrase(track=track, field=field, where=where)

    def _track(self, part: Part) -> Bilingual:
        """Return the title of the track of the aggregate around."""
        names = self._resolver.around(0)
        titles = dict.fromkeys(workflow.title for workflow in names.workflows)
        return next(iter(titles)) if len(titles) == 1 else _TRACKS_NAMED(name=part.text)

    # --- names -----------------------------------------------------------------------------------------------------

    def name(self, node: Name, *, negated: bool = False) -> Bilingual:
        """Return a name in words, between quotation marks after a `not`."""
        *path, last = node.parts
        if not path:
            return _QUOTED(name=self._bare(last.text)) if negated else self._bare(last.text)
        names = self._resolver.names_at(path)
        if names is None:
            return _plain(".".join(part.text for part in node.parts))
        owner = self._owner(path)
        if last.text == "address":
            return owner
        name = self._owned(names, last.text)
        if _is_statement(names, last.text):
            return _HOLDS_OF(owner=owner, name=_QUOTED(name=name) if negated else name)
        return _OF(owner=owner, name=name)

    def _bare(self, name: str) -> Bilingual:
        if name == "address":
            return _THAT if self._resolver.depth else _THIS
        return self._owned(self._resolver.names_holding(name), name)

    def _owned(self, names: Names | None, name: str) -> Bilingual:
        """Return what one track calls a fact, parameter or rule."""
        if name in _OF_EVERY_TRACK:
            return _OF_EVERY_TRACK[name]
        return next(_titles(names, name), None) or _plain(name)

    def _owner(self, path: list[Part]) -> Bilingual:
        """Return the track that a path leads to."""
        *before, last = path
        if before:
            step = self._owned(self._resolver.names_at(before), last.text)
            return _OF(owner=self._owner(before), name=_QUOTED(name=step))
        if last.text == "case":
            return _CASE
        if last.text == "this":
            around = self._resolver.around(1)
            return _THIS if around.kinds else _OWN_CASE
        if self._resolver.names_holding(last.text) is None:
            return _THE_TRACK(track=_InASentence(self._track(last)))
        return _QUOTED(name=self._bare(last.text))

    # --- questions -------------------------------------------------------------------------------------------------

    def asked(self, node: Asked) -> Bilingual:
        return _ASKED[node.question](what=self._act(node))

    def _act(self, node: Asked) -> Bilingual:
        """Return the act or the limit that a question is about, and whose it is if a path says so."""
        names = self._resolver.names_asked(node)
        what = _limit(names, node.argument.text) if node.question == "status" else _acts(names, node.argument.text)
        return _OF(owner=self._owner(list(node.path)), name=what) if node.path else what


@attrs.frozen
class _InASentence:
    """The title of a kind of track within a sentence: in English without the capital that it starts with."""

    title: Bilingual

    def text(self, lang: Lang) -> str:
        said = self.title.text(lang)
        return said if lang == "zh" or said[1:2].isupper() else said[:1].lower() + said[1:]


def _plain(name: str) -> Bilingual:
    return _PLAIN(name=name)


def _level(node: Node) -> int:
    if isinstance(node, Among) and len(node.members) == 1:
        return _COMPARED
    return _SIGN_LEVELS[node.sign] if isinstance(node, Computed) else _LEVELS.get(type(node), _TIGHT)


def _value(node: Written, choices: Choices) -> Bilingual:
    value = node.value
    if isinstance(value, bool):
        return _YES if value else _NO
    if node.kind is FactKind.MONEY:
        return _YUAN(amount=f"{value:,}")
    if node.kind is FactKind.DAYS and isinstance(value, int):
        return Period(value, Unit.DAY)
    if isinstance(value, Period):
        return value
    if isinstance(value, str):
        return _QUOTED(name=choices.get(value, value))
    return _plain(f"{value:f}" if isinstance(value, Decimal) else _written(value))


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _titles(names: Names | None, name: str) -> Iterator[Title]:
    """Yield what the kinds of a track call a fact, derived fact, parameter or rule."""
    for workflow in () if names is None else names.workflows:
        for things in (workflow.facts, workflow.derived, workflow.parameters, workflow.rules):
            if name in things:
                yield things[name].title


def _is_statement(names: Names, name: str) -> bool:
    """Return whether a name is one of a statement that holds or not."""
    kind = names.values.get(name)
    return name in names.rules or (kind is not None and kind.kind is FactKind.BOOL)


def _acts(names: Names | None, event: str) -> Bilingual:
    """Return the acts that serve an event: one by its title, several as alternatives."""
    titles = dict.fromkeys(
        transition.title
        for workflow in (() if names is None else names.workflows)
        for transition in workflow.transitions.values()
        if transition.event == event
    )
    return _alternatives(titles or (_CARRIED if event == CARRY_OVER else _plain(event),))


def _alternatives(titles: Iterable[Bilingual]) -> Bilingual:
    quoted = [_QUOTED(name=title) for title in titles]
    return _ACT_OR_LIKE(one=quoted[0]) if len(quoted) > _MOST_ACTS else _folded(_EITHER_ACT, quoted)


def _folded(phrase: Phrase, parts: Sequence[Bilingual]) -> Bilingual:
    """Return what `phrase` makes of the parts, one after the other."""
    return functools.reduce(lambda first, other: phrase(first=first, other=other), parts)


def _limit(names: Names | None, limit: str) -> Bilingual:
    workflows = () if names is None else names.workflows
    known = (workflow.time_limits[limit].title for workflow in workflows if limit in workflow.time_limits)
    return _QUOTED(name=next(known, limit))


_TELLERS: Final[Mapping[type, Callable[[_Teller, Any], Bilingual]]] = {
    Name: _Teller.name,
    Asked: _Teller.asked,
    Not: _Teller.negation,
    Junction: _Teller.junction,
    Compared: _Teller.compared,
    Among: _Teller.among,
    Within: _Teller.within,
    Minus: _Teller.minus,
    Computed: _Teller.computed,
    Called: _Teller.called,
    Gathered: _Teller.gathered,
}
