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
from enforceflow.expressions import phrases
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
from enforceflow.texts import NO, YES, YUAN, Bilingual, Lang, Phrase, Title

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
        return phrases.IN_BRACKETS(inner=told) if _level(node) < level else told

    # --- truth -----------------------------------------------------------------------------------------------------

    def negation(self, node: Not) -> Bilingual:
        if isinstance(node.operand, Asked) and node.operand.question == "done":
            return phrases.NOT_DONE(what=self._act(node.operand))
        if isinstance(node.operand, Name):
            return phrases.NOT(what=self.name(node.operand, negated=True))
        return phrases.NOT(what=self.tell(node.operand, _NEGATED))

    def junction(self, node: Junction) -> Bilingual:
        return _folded(phrases.OR if node.either else phrases.AND, [self.tell(item, _NEGATED) for item in node.items])

    def compared(self, node: Compared) -> Bilingual:
        return self._compared(node.sign, node.left, node.right)

    def _compared(self, sign: str, left: Node, right: Node) -> Bilingual:
        return phrases.BETWEEN(
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
        return (phrases.NONE_OF if node.negated else phrases.ONE_OF)(item=item, members=members)

    def within(self, node: Within) -> Bilingual:
        item = self.tell(node.item, _ADDED, self._choices(node.items))
        return (phrases.NOT_IN if node.negated else phrases.IN)(
            item=item, items=phrases.QUOTED(name=self.tell(node.items, _ADDED))
        )

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
        return phrases.NEGATIVE(what=self.tell(node.operand, _TIGHT))

    def computed(self, node: Computed) -> Bilingual:
        level = _SIGN_LEVELS[node.sign]
        left, right = self.tell(node.left, level), self.tell(node.right, level + 1)
        return phrases.BETWEEN(left=left, sign=_SIGNS.get(node.sign, node.sign), right=right)

    def called(self, node: Called) -> Bilingual:
        arguments = _folded(phrases.NEXT, [self.tell(argument) for argument in node.arguments])
        return phrases.CALL(function=functions()[node.function].title, arguments=arguments)

    # --- all tracks of a name --------------------------------------------------------------------------------------

    def gathered(self, node: Gathered) -> Bilingual:
        if not self._resolver.enter(node.track):
            return _plain(node.track.text)
        track = _InASentence(self._track(node.track))
        field = "" if node.field is None else self._owned(self._resolver.around(0), node.field.text)
        where = None if node.where is None else phrases.IN_BRACKETS(inner=self.tell(node.where))
        self._resolver.leave()
        phrase = (phrases.GATHERED_ALL if where is None else phrases.GATHERED)[node.how]
        return phrase(track=track, field=field, where=where)

    def _track(self, part: Part) -> Bilingual:
        """Return the title of the track of the aggregate around."""
        names = self._resolver.around(0)
        titles = dict.fromkeys(workflow.title for workflow in names.workflows)
        return next(iter(titles)) if len(titles) == 1 else phrases.TRACKS_NAMED(name=part.text)

    # --- names -----------------------------------------------------------------------------------------------------

    def name(self, node: Name, *, negated: bool = False) -> Bilingual:
        """Return a name in words, between quotation marks after a `not`."""
        *path, last = node.parts
        if not path:
            return phrases.QUOTED(name=self._bare(last.text)) if negated else self._bare(last.text)
        names = self._resolver.names_at(path)
        if names is None:
            return _plain(".".join(part.text for part in node.parts))
        owner = self._owner(path)
        if last.text == "address":
            return owner
        name = self._owned(names, last.text)
        if _is_statement(names, last.text):
            return phrases.HOLDS_OF(owner=owner, name=phrases.QUOTED(name=name) if negated else name)
        return phrases.OF(owner=owner, name=name)

    def _bare(self, name: str) -> Bilingual:
        if name == "address":
            return phrases.THAT if self._resolver.depth else phrases.THIS
        return self._owned(self._resolver.names_holding(name), name)

    def _owned(self, names: Names | None, name: str) -> Bilingual:
        """Return what one track calls a fact, parameter or rule."""
        if name in phrases.OF_EVERY_TRACK:
            return phrases.OF_EVERY_TRACK[name]
        return next(_titles(names, name), None) or _plain(name)

    def _owner(self, path: list[Part]) -> Bilingual:
        """Return the track that a path leads to."""
        *before, last = path
        if before:
            step = self._owned(self._resolver.names_at(before), last.text)
            return phrases.OF(owner=self._owner(before), name=phrases.QUOTED(name=step))
        if last.text == "case":
            return phrases.CASE
        if last.text == "this":
            around = self._resolver.around(1)
            return phrases.THIS if around.kinds else phrases.OWN_CASE
        if self._resolver.names_holding(last.text) is None:
            return phrases.THE_TRACK(track=_InASentence(self._track(last)))
        return phrases.QUOTED(name=self._bare(last.text))

    # --- questions -------------------------------------------------------------------------------------------------

    def asked(self, node: Asked) -> Bilingual:
        return phrases.ASKED[node.question](what=self._act(node))

    def _act(self, node: Asked) -> Bilingual:
        """Return the act or the limit that a question is about, and whose it is if a path says so."""
        names = self._resolver.names_asked(node)
        what = _limit(names, node.argument.text) if node.question == "status" else _acts(names, node.argument.text)
        return phrases.OF(owner=self._owner(list(node.path)), name=what) if node.path else what


@attrs.frozen
class _InASentence:
    """The title of a kind of track within a sentence: in English without the capital that it starts with."""

    title: Bilingual

    def text(self, lang: Lang) -> str:
        said = self.title.text(lang)
        return said if lang == "zh" or said[1:2].isupper() else said[:1].lower() + said[1:]


def _plain(name: str) -> Bilingual:
    return phrases.PLAIN(name=name)


def _level(node: Node) -> int:
    if isinstance(node, Among) and len(node.members) == 1:
        return _COMPARED
    return _SIGN_LEVELS[node.sign] if isinstance(node, Computed) else _LEVELS.get(type(node), _TIGHT)


def _value(node: Written, choices: Choices) -> Bilingual:
    value = node.value
    if isinstance(value, bool):
        return YES if value else NO
    if node.kind is FactKind.MONEY:
        return YUAN(amount=f"{value:,}")
    if node.kind is FactKind.DAYS and isinstance(value, int):
        return Period(value, Unit.DAY)
    if isinstance(value, Period):
        return value
    if isinstance(value, str):
        return phrases.QUOTED(name=choices.get(value, value))
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
    return _alternatives(titles or (phrases.CARRIED if event == CARRY_OVER else _plain(event),))


def _alternatives(titles: Iterable[Bilingual]) -> Bilingual:
    quoted = [phrases.QUOTED(name=title) for title in titles]
    return phrases.ACT_OR_LIKE(one=quoted[0]) if len(quoted) > _MOST_ACTS else _folded(phrases.EITHER_ACT, quoted)


def _folded(phrase: Phrase, parts: Sequence[Bilingual]) -> Bilingual:
    """Return what `phrase` makes of the parts, one after the other."""
    return functools.reduce(lambda first, other: phrase(first=first, other=other), parts)


def _limit(names: Names | None, limit: str) -> Bilingual:
    workflows = () if names is None else names.workflows
    known = (workflow.time_limits[limit].title for workflow in workflows if limit in workflow.time_limits)
    return phrases.QUOTED(name=next(known, limit))


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
