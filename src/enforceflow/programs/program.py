"""Workflows made ready to run: guards compiled, acts by state and event, limits by the acts they govern."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

import attrs

from enforceflow.definitions import (
    CARRIED_OVER,
    CASE,
    ActRef,
    ByAct,
    ByFact,
    Fact,
    Parameter,
    Role,
    Rule,
    TimeLimit,
    Transition,
    Workflow,
)
from enforceflow.definitions.facts import FactKind, FactType
from enforceflow.definitions.periods import Dated
from enforceflow.errors import Problem, UnknownName
from enforceflow.expressions import Expression, Scope, compile_expression, conjuncts, in_words, scopes_of
from enforceflow.programs import machine
from enforceflow.texts import Bilingual, Both, Title

EVENT: Final = Title("行为", "event")
TRACK: Final = Title("事项", "track")
KIND: Final = Title("种类", "kind")
FACT: Final = Title("事实", "fact")
LIMIT: Final = Title("期限", "time limit")


Scopes = Mapping[int, tuple[Scope, dict[str, Expression], list[Problem]]]


class LapseScope(enum.Enum):
    """Whose validity terms an act may start: nobody's, those of its own track, or any."""

    NONE = enum.auto()
    OWN = enum.auto()
    ANY = enum.auto()


Touching = dict[tuple[str, str], LapseScope] | None
"""Which (track name, event) may start a validity term; None if any act may."""


@attrs.frozen(eq=False)
class Part:
    """One of the conditions that a guard joins by `and`, and what it is called in a refusal."""

    expression: Expression
    title: Bilingual


@attrs.frozen(eq=False)
class Act:
    """A transition made ready: what recording it has to look at, and nothing looked up by name twice.

    `simple` acts are decided by state, role, facts, prerequisites and guard alone; `lapse_scope` tells
    where it may bring nearer the day on which an act follows by itself. An act that `follows` a limit is never recorded
    by hand; one that starts a limit in hours (`timed`) needs a time of day.
    """

    definition: Transition
    name: str
    guard: Expression | None
    parts: tuple[Part, ...]
    to: str
    after: tuple[ActRef, ...]
    required: frozenset[str]
    accepted: frozenset[str]
    roles: frozenset[str]
    effects: tuple[str, ...]
    raises: tuple[ActRef, ...]
    source: str
    bars: tuple[TimeLimit, ...]
    closes: tuple[TimeLimit, ...]
    extends: tuple[TimeLimit, ...]
    follows: TimeLimit | None
    timed: TimeLimit | None
    lapse_scope: LapseScope
    simple: bool


@attrs.frozen(eq=False)
class Program:
    """One workflow made ready: the case's own (`track` empty) or one kind of one of its tracks."""

    workflow: Workflow
    track: str
    kind: str
    acts: Mapping[tuple[str, str], tuple[Act, ...]]
    transitions: Mapping[str, Act]
    events: Mapping[str, tuple[Act, ...]]
    derived: Mapping[str, Expression]
    whens: Mapping[str, Expression]
    terms: Mapping[str, Bilingual]
    """The conditions of time limits, in words."""
    closed: frozenset[str]
    lapsing: tuple[TimeLimit, ...]
    pointers: tuple[str, ...]
    """The facts that hold addresses of other tracks."""

    @property
    def facts(self) -> Mapping[str, Fact]:
        """The facts of the workflow."""
        return self.workflow.facts

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The parameters of the workflow."""
        return self.workflow.parameters

    def event(self, name: str) -> tuple[Act, ...]:
        """Return the acts that serve an event; raise `UnknownName` with the nearest if there are none."""
        try:
            return self.events[name]
        except KeyError:
            raise UnknownName(EVENT, name, self.events) from None


@attrs.frozen(eq=False, slots=False)
class Programs:
    """All programs of a case: its own and those of its tracks by name and kind."""

    root: Program
    tracks: Mapping[str, Mapping[str, Program]]
    restless: bool
    """Whether time alone may start a validity term, without any act."""

    def __iter__(self) -> Iterator[Program]:
        yield self.root
        for kinds in self.tracks.values():
            yield from kinds.values()

    def kinds(self, name: str) -> Mapping[str, Program]:
        """Return the programs of a track name by kind; raise `UnknownName` for a name the case has no tracks of."""
        try:
            return self.tracks[name]
        except KeyError:
            raise UnknownName(TRACK, name, self.tracks) from None

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The rules that any workflow may ask, by name."""
        return {name: rule for program in self for name, rule in program.workflow.rules.items()}

    @cached_property
    def roles(self) -> dict[str, Role]:
        """The roles of all workflows, by name."""
        return {name: role for program in self for name, role in program.workflow.roles.items()}


def compile_programs(workflow: Workflow) -> Programs:
    """Make a checked case workflow ready, with its tracks."""
    scopes = scopes_of(workflow)
    touching = _starting_a_lapse(workflow)
    tracks = {
        name: {kind: _program(one, scopes, touching, name, kind) for kind, one in kinds.items()}
        for name, kinds in workflow.tracks.items()
    }
    return Programs(_program(workflow, scopes, touching, "", ""), tracks, restless=touching is None)


def _program(workflow: Workflow, scopes: Scopes, touching: Touching, track: str, kind: str) -> Program:
    scope, derived, _ = scopes[id(workflow)]
    lapsing = tuple(limit for limit in workflow.time_limits.values() if limit.if_missed)
    acts = {
        name: _act(workflow, transition, scope, _lapse_scope(touching, track, transition.event))
        for name, transition in workflow.transitions.items()
    }
    events: dict[str, tuple[Act, ...]] = {}
    for act in acts.values():
        events[act.definition.event] = (*events.get(act.definition.event, ()), act)
    whens = {name: limit.when for name, limit in workflow.time_limits.items() if limit.when}
    table = machine.table(machine.build(workflow))
    return Program(
        workflow,
        track,
        kind,
        {key: tuple(acts[choice.name] for choice in choices) for key, choices in table.items()},
        acts,
        events,
        derived,
        {name: compile_expression(when, scope, FactKind.BOOL) for name, when in whens.items()},
        {name: Both(in_words(when, scope)) for name, when in whens.items()},
        frozenset({CARRIED_OVER, *(state.name for state in workflow.states.values() if state.closed)}),
        lapsing,
        tuple(name for name, fact in workflow.facts.items() if _points(fact.type)),
    )


def _points(wanted: FactType) -> bool:
    return wanted.kind is FactKind.TRACK or (wanted.item is not None and _points(wanted.item))


def _act(workflow: Workflow, transition: Transition, scope: Scope, lapse_scope: LapseScope) -> Act:
    event = transition.event
    limits = workflow.time_limits.values()
    bars = tuple(limit for limit in limits if event in limit.bars)
    closes = tuple(limit for limit in limits if event in limit.closes)
    extends = tuple(limit for limit in limits if event in limit.extended_by and _capped(limit))
    follows = next((limit for limit in limits if limit.if_missed == event), None)
    timed = next((limit for limit in limits if _in_hours(limit) and ByAct(ActRef(event)) in limit.since), None)
    return Act(
        transition,
        transition.name,
        guard=compile_expression(transition.when, scope, FactKind.BOOL) if transition.when else None,
        parts=tuple(_part(text, scope) for text in conjuncts(transition.when)) if transition.when else (),
        to=transition.to,
        after=transition.after,
        required=frozenset(transition.takes),
        accepted=frozenset((*transition.takes, *transition.may_take)),
        roles=frozenset(transition.by),
        effects=transition.then,
        raises=transition.raises,
        source=transition.source,
        bars=bars,
        closes=closes,
        extends=extends,
        follows=follows,
        timed=timed,
        lapse_scope=lapse_scope,
        simple=not (
            bars
            or closes
            or extends
            or follows
            or timed
            or transition.awaits
            or any(ref.track for ref in transition.after)
        ),
    )


def _part(text: str, scope: Scope) -> Part:
    return Part(compile_expression(text, scope, FactKind.BOOL), Both(in_words(text, scope)))


def _in_hours(limit: TimeLimit) -> bool:
    """Return whether a limit is written in hours or minutes; a length that an act gives is not known here."""
    lengths = [period for _, period in limit.lasts.values] if isinstance(limit.lasts, Dated) else [limit.every]
    return any(length is not None and length.unit.is_clock for length in lengths)


def _capped(limit: TimeLimit) -> bool:
    return limit.extensions.times is not None or limit.extensions.total is not None


def _starting_a_lapse(root: Workflow) -> Touching:
    """Return which (track name, event) may start a validity term, or None if any act may bring one nearer."""
    owned = [("", root), *((name, one) for name, kinds in root.tracks.items() for one in kinds.values())]
    found: dict[tuple[str, str], LapseScope] = {}
    for track, workflow in owned:
        for limit in workflow.time_limits.values():
            if not limit.if_missed:
                continue
            anchors = [anchor for anchor in (*limit.since, *limit.before) if isinstance(anchor, ByAct)]
            if limit.when or len(anchors) < len(limit.since) + len(limit.before):
                return None
            lengths = [
                ByAct(ActRef(length.event)) for length in (limit.lasts, limit.at_most) if isinstance(length, ByFact)
            ]
            for anchor in (*anchors, *lengths):
                place = _place(track, anchor)
                elsewhere = place[0] != track or found.get(place) is LapseScope.ANY
                found[place] = LapseScope.ANY if elsewhere else LapseScope.OWN
                if anchor.act.track not in ("", CASE):
                    found.update(dict.fromkeys(_pointing(owned), LapseScope.ANY))
    return found


def _pointing(owned: Iterable[tuple[str, Workflow]]) -> Iterator[tuple[str, str]]:
    """Yield the acts that may connect a track with another: (track name, event)."""
    for track, workflow in owned:
        for transition in workflow.transitions.values():
            if any(_points(workflow.facts[name].type) for name in (*transition.takes, *transition.may_take)):
                yield track, transition.event


def _lapse_scope(touching: Touching, track: str, event: str) -> LapseScope:
    return LapseScope.ANY if touching is None else touching.get((track, event), LapseScope.NONE)


def _place(track: str, anchor: ByAct) -> tuple[str, str]:
    named = anchor.act.track
    return ("" if named == CASE else named or track), anchor.act.event
