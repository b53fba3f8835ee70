"""Finding what the names of an expression stand for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from enforceflow.definitions.facts import FactKind, FactType
from enforceflow.errors import UNKNOWN, suggestion
from enforceflow.expressions.context import LIMIT_STATUSES
from enforceflow.expressions.flaws import KIND_TITLES, Flaw, written
from enforceflow.expressions.hints import TAKEN, holds, meant
from enforceflow.expressions.names import Footprint, Names, Scope
from enforceflow.expressions.syntax import Asked, Name, Part
from enforceflow.expressions.typed import BOOL, Get, Place
from enforceflow.texts import Bilingual, Message, Phrase, Title

MOST_SUGGESTIONS: Final = 20
MOST_NESTING: Final = 2

_NAME = Title("名称", "name")
_ACT = Title("行为", "act")
_LIMIT = Title("期限", "time limit")
_TRACK = Title("事项", "track")

PERSONAL = Phrase(
    zh="“{name}”是个人信息，可能被删除，条件中不得读取",
    en="{name} is personal data, which may be erased: it may not be read here",
)
UNTYPED = Phrase(zh="“{name}”本身的算式有误", en="{name} cannot be used: its own expression is wrong")
NOT_A_VALUE = Phrase(zh="{name} 后面应写明取什么", en="{name} alone is no value")
NO_ADDRESS = Phrase(zh="案件本身没有地址", en="a case has no address")
NO_KINDS = Phrase(zh="案件没有种类", en="a case has no kinds")
NO_OUTER = Phrase(zh="this 只用于 any、all、count、sum 之内", en="this is for use inside any, all, count and sum")
MANY = Phrase(zh="“{name}”可有多项", en="there may be many {name}s")
NO_PARTS = Phrase(zh="“{name}”是{kind}，不能再取其中的内容", en="{name} is {kind}: nothing can be read from it")
ANY_TRACK = Phrase(zh="“{name}”未写明是哪一种事项", en="{name} does not say which track it points to")
NESTED = Phrase(
    zh="any、all、count、sum 至多嵌套{most}层（连同算得的事实）",
    en="any, all, count and sum nest at most {most} deep, derived facts included",
)


@attrs.frozen
class _Base:
    """A track that names are looked up in, and the way to it."""

    place: Place
    names: Names


@attrs.define
class Findings:
    """What is collected while an expression is checked."""

    flaws: list[Flaw] = attrs.field(factory=list)
    untyped: set[tuple[int, str]] = attrs.field(factory=set)
    """Derived facts that have no type (yet): the `id` of their `Names`, and the name."""
    rules: set[str] = attrs.field(factory=set)
    reads: set[str] = attrs.field(factory=set)
    depth: int = 0
    nesting: int = 0
    weight: int = 0


class Resolver:
    """The tracks in view — one's own, and one more for each aggregate around — and what their names mean."""

    def __init__(self, scope: Scope) -> None:
        self.found = Findings()
        self._scope = scope
        self._frames: list[tuple[str, Names]] = [("", scope.own)]

    def flaw(self, message: Bilingual, offset: int, suggestion: Bilingual | None = None) -> None:
        """Note a flaw."""
        self.found.flaws.append(Flaw(message, offset, suggestion))

    # --- aggregates ------------------------------------------------------------------------------------------------

    @property
    def depth(self) -> int:
        """How many aggregates stand around."""
        return len(self._frames) - 1

    def enter(self, track: Part) -> bool:
        """Go inside an aggregate over `track`, if there is such a track."""
        names = self._scope.tracks.get(track.text)
        if names is None:
            self._unknown(_TRACK, track, self._scope.tracks)
            return False
        self._nests(self.depth + 1, track.offset)
        self._frames.append((track.text, names))
        return True

    def leave(self) -> None:
        """Leave the innermost aggregate."""
        self._frames.pop()

    def _nests(self, depth: int, offset: int) -> None:
        self.found.nesting = max(self.found.nesting, depth)
        if depth > MOST_NESTING:
            self.flaw(NESTED(most=MOST_NESTING), offset)

    # --- names -----------------------------------------------------------------------------------------------------

    def known(self, name: str) -> bool:
        """Return whether a bare name means something here."""
        return name in TAKEN or any(holds(names, name) for _, names in self._frames)

    def name(self, node: Name) -> Get | None:
        """Return what a name or a dotted chain reads; None if that is a flaw."""
        *path, last = node.parts
        if not path:
            return self._bare(last)
        base = self._base(path)
        return None if base is None else self._inside(base, last)

    def _bare(self, last: Part) -> Get | None:
        innermost = self._frame(self.depth)
        if last.text == "at":
            return Get(innermost.place, "at", "", FactType(FactKind.DATE))
        if last.text in ("state", "kind", "address"):
            return self._inside(innermost, last)
        if last.text in ("case", "this"):
            self.flaw(NOT_A_VALUE(name=last.text), last.offset, written(f"{last.text}.…"))
            return None
        base = self._holding(last.text)
        if base is not None:
            return self._read(base, last)
        self._strange(last)
        return None

    def field(self, part: Part) -> Get | None:
        """Return what a name of the innermost track reads."""
        return self._inside(self._frame(self.depth), part)

    def asked(self, node: Asked) -> Get | None:
        """Return what a question about an act or a limit reads; None if that is a flaw."""
        base = self._asked(node)
        return None if base is None else Get(base.place, node.question, node.argument.text, _ANSWERS[node.question])

    def _asked(self, node: Asked) -> _Base | None:
        """Return the track that has the act or the limit; None if that is a flaw."""
        limit = node.question == "status"
        name = node.argument
        if node.path:
            base = self._base(node.path)
            if base is None:
                return None
            bases = [base]
        else:
            bases = [self._frame(level) for level in range(self.depth, -1, -1)]
        for base in bases:
            if name.text in (base.names.limits if limit else base.names.events):
                return base
        known = {known for base in bases for known in (base.names.limits if limit else base.names.events)}
        self._unknown(_LIMIT if limit else _ACT, name, known)
        return None

    # --- whose names they are --------------------------------------------------------------------------------------

    def around(self, steps: int) -> Names:
        """Return the names of the track in view, or of the one `steps` aggregates around it."""
        return self._frames[max(self.depth - steps, 0)][1]

    def names_holding(self, name: str) -> Names | None:
        """Return the names of the track that a bare name belongs to."""
        base = self._holding(name)
        return None if base is None else base.names

    def names_at(self, path: Iterable[Part]) -> Names | None:
        """Return the names of the track that a path leads to."""
        base = self._base(path)
        return None if base is None else base.names

    def names_asked(self, node: Asked) -> Names | None:
        """Return the names of the track that a question goes to."""
        base = self._asked(node)
        return None if base is None else base.names

    # --- from chain to track ---------------------------------------------------------------------------------------

    def _frame(self, level: int) -> _Base:
        return _Base(Place(self.depth, level), self._frames[level][1])

    def _holding(self, name: str) -> _Base | None:
        """Return the innermost track in view that has a value or rule of this name."""
        for level in range(self.depth, -1, -1):
            if holds(self._frames[level][1], name):
                return self._frame(level)
        return None

    def _base(self, path: Iterable[Part]) -> _Base | None:
        first, *steps = path
        base = self._start(first)
        for step in steps:
            if base is None:
                return None
            base = self._follow(base, step)
        return base

    def _start(self, first: Part) -> _Base | None:
        if first.text == "case":
            case = self._scope.case
            return self._frame(0) if case is None else _Base(Place(self.depth, 0, case=True), case)
        if first.text == "this":
            return self._outer(first)
        for level in range(self.depth, -1, -1):
            track, names = self._frames[level]
            if holds(names, first.text):
                return self._follow(self._frame(level), first)
            if track == first.text:
                return self._frame(level)
        if first.text in self._scope.tracks:
            self.flaw(MANY(name=first.text), first.offset, written(f"any({first.text} where …)"))
        else:
            self._strange(first)
        return None

    def _outer(self, first: Part) -> _Base | None:
        if self.depth:
            return self._frame(self.depth - 1)
        self.flaw(NO_OUTER(), first.offset)
        return None

    def _follow(self, base: _Base, step: Part) -> _Base | None:
        """Go along a track fact."""
        get = self._inside(base, step)
        if get is None:
            return None
        if get.type.kind is not FactKind.TRACK:
            self.flaw(NO_PARTS(name=step.text, kind=KIND_TITLES[get.type.kind]), step.offset)
            return None
        names = self._scope.tracks.get(get.type.track)
        if names is None:
            self.flaw(ANY_TRACK(name=step.text), step.offset)
            return None
        return _Base(attrs.evolve(base.place, steps=(*base.place.steps, step.text)), names)

    # --- from track to value ---------------------------------------------------------------------------------------

    def _inside(self, base: _Base, part: Part) -> Get | None:
        names = base.names
        if part.text in ("state", "kind", "address"):
            return self._standing(base, part)
        if holds(names, part.text):
            return self._read(base, part)
        self._unknown(_NAME, part, names.values.keys() | names.rules)
        return None

    def _standing(self, base: _Base, part: Part) -> Get | None:
        """Return what reads the state, the kind or the address of a track; a case has only a state."""
        names = base.names
        if part.text == "state":
            return Get(base.place, "state", "", FactType(FactKind.CHOICE, choices=names.states))
        if not names.kinds:
            self.flaw(NO_KINDS() if part.text == "kind" else NO_ADDRESS(), part.offset)
            return None
        if part.text == "kind":
            return Get(base.place, "kind", "", FactType(FactKind.CHOICE, choices=names.kinds))
        return Get(base.place, "address", "", FactType(FactKind.TRACK, track=names.track))

    def _read(self, base: _Base, part: Part) -> Get | None:
        names, name = base.names, part.text
        if name in names.personal:
            self.flaw(PERSONAL(name=name), part.offset)
            return None
        kind = names.values.get(name)
        if kind is None and name in names.derived:
            self.found.untyped.add((id(names), name))
            self.flaw(UNTYPED(name=name), part.offset)
            return None
        own = base.place.own
        if own:
            (self.found.reads if kind is not None else self.found.rules).add(name)
        if name in names.derived:
            self._inherit(names.derived[name], own=own, offset=part.offset)
        if kind is None:
            return Get(base.place, "ask", name, BOOL)
        return Get(base.place, "value", name, kind, loose=name in names.parameters and kind.kind is FactKind.NUMBER)

    def _inherit(self, footprint: Footprint, *, own: bool, offset: int) -> None:
        if own:
            self.found.rules |= footprint.rules
            self.found.reads |= footprint.reads
        self.found.depth = max(self.found.depth, footprint.depth)
        self.found.weight += footprint.weight
        if footprint.nesting:
            self._nests(self.depth + footprint.nesting, offset)

    # --- what is not known -----------------------------------------------------------------------------------------

    def _unknown(self, kind: Title, part: Part, known: Iterable[str]) -> None:
        hint = suggestion(part.text, sorted(known)) if len(self.found.flaws) < MOST_SUGGESTIONS else None
        self.flaw(UNKNOWN(kind=kind, name=part.text[:100]), part.offset, hint)

    def _strange(self, part: Part) -> None:
        """Note a bare name that nothing in view is called by."""
        views = [names for _, names in self._frames]
        hint = meant(part.text, views, self._scope)
        if hint is not None:
            self.flaw(UNKNOWN(kind=_NAME, name=part.text[:100]), part.offset, hint)
            return
        self._unknown(_NAME, part, {name for names in views for name in names.values.keys() | names.rules})


def is_untyped(flaw: Flaw) -> bool:
    """Return whether a flaw only follows from that of a derived fact."""
    return isinstance(flaw.message, Message) and flaw.message.phrase is UNTYPED


_ANSWERS: Final = {
    "done": BOOL,
    "on": FactType(FactKind.DATE),
    "by": FactType(FactKind.TEXT),
    "times": FactType(FactKind.NUMBER),
    "status": FactType(FactKind.CHOICE, choices=LIMIT_STATUSES),
}
