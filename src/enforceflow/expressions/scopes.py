"""The scopes of a case and of its tracks, with their derived facts worked out in the order they need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from enforceflow.definitions import Workflow
from enforceflow.definitions.facts import FactType
from enforceflow.errors import Problem, UnknownName
from enforceflow.expressions.checking import Checked, check
from enforceflow.expressions.expression import Expression, ready
from enforceflow.expressions.flaws import KIND_TITLES, ExpressionError, Flaw
from enforceflow.expressions.hints import TAKEN
from enforceflow.expressions.names import (
    SEVERAL_TYPES,
    Names,
    Scope,
    merged,
    names_of,
    parameter_problems,
    united,
)
from enforceflow.expressions.parsing import parse
from enforceflow.expressions.resolving import is_untyped
from enforceflow.expressions.syntax import Node
from enforceflow.texts import Phrase, Title

ScopeOf = tuple[Scope, dict[str, Expression], list[Problem]]
_Key = tuple[int, str]

CIRCULAR = Phrase(zh="算得的事实互相依赖：{chain}", en="derived facts depend on one another: {chain}")
RESERVED_NAME = Phrase(
    zh="“{name}”是条件语言的保留字，不能作名称", en="{name} is a word of the guard language and cannot be a name"
)
TWICE = Phrase(zh="“{name}”已是{kind}的名称", en="{name} is already the name of a {kind}")
_WORKFLOW = Title("流程", "workflow")
_SECTIONS: Final = {
    "facts": Title("事实", "fact"),
    "derived": Title("算得的事实", "derived fact"),
    "parameters": Title("参数", "parameter"),
    "rules": Title("规则", "rule"),
}


def scope_of(workflow: Workflow, root: Workflow | None = None) -> ScopeOf:
    """Return the scope for expressions in `workflow`, its derived facts compiled, and what is wrong with its names.

    `root` is the case that `workflow` is one kind of track of; without it `workflow` is the case. To do this for all
    workflows of a case, `scopes_of` works once.
    """
    case = workflow if root is None else root
    scopes = scopes_of(case)
    if id(workflow) not in scopes:
        known = {kind.name for kinds in case.tracks.values() for kind in kinds.values()}
        raise UnknownName(_WORKFLOW, workflow.name, known)
    return scopes[id(workflow)]


def scopes_of(root: Workflow) -> dict[int, ScopeOf]:
    """Return what `scope_of` returns for the case `root` and for each kind of its tracks, by `id` of the workflow."""
    return _Case(root).scopes()


@attrs.frozen
class _View:
    """What all names mean at one stage of working out the derived facts."""

    workflows: Mapping[int, Names]
    tracks: Mapping[str, Names]
    owners: Mapping[int, tuple[int, ...]]
    """The workflows, by `id`, whose names a `Names` holds, by its `id`."""


class _Case:
    """A case and its tracks; the derived facts are worked out in rounds, each using what the last one found."""

    def __init__(self, root: Workflow) -> None:
        self._root = root
        self._workflows = {id(root): root} | {id(kind): kind for _, _, kind in _kinds(root)}
        self._plain = {key: self._plain_names(key, workflow) for key, workflow in self._workflows.items()}
        self._nodes: dict[_Key, Node] = {}
        self._done: dict[_Key, Checked] = {}
        self._problems = {key: list(_name_problems(workflow)) for key, workflow in self._workflows.items()}
        for key, workflow in self._workflows.items():
            for name, derived in workflow.derived.items():
                self._parse(key, name, derived.value)

    def scopes(self) -> dict[int, ScopeOf]:
        """Return the scope, the compiled derived facts and the problems of each workflow."""
        view = self._worked_out()
        self._problems[id(self._root)].extend(_type_problems(self._root, view.workflows))
        found: dict[int, ScopeOf] = {}
        for key, workflow in self._workflows.items():
            expressions = {
                name: ready(derived.value, checked)
                for name, derived in workflow.derived.items()
                if (checked := self._done.get((key, name))) is not None and checked.typed is not None
            }
            found[key] = self._scope(key, view), expressions, self._problems[key]
        return found

    def _plain_names(self, key: int, workflow: Workflow) -> Names:
        tracks = {track for track, _, kind in _kinds(self._root) if id(kind) == key}
        kinds = {name: kind.title for track, name, kind in _kinds(self._root) if track in tracks}
        return names_of(workflow, kinds, tracks.pop() if len(tracks) == 1 else "")

    # --- derived facts ---------------------------------------------------------------------------------------------

    def _parse(self, key: int, name: str, text: str) -> None:
        try:
            self._nodes[key, name] = parse(text)
        except ExpressionError as error:
            self._report(key, name, error.problems)

    def _report(self, key: int, name: str, flaws: Iterable[Flaw]) -> None:
        path = ("derived", name, "value")
        self._problems[key].extend(
            Problem(flaw.message, flaw.suggestion, path, column=flaw.offset + 1) for flaw in flaws
        )

    def _worked_out(self) -> _View:
        waiting = dict.fromkeys(self._nodes)
        needs: dict[_Key, list[_Key]] = {}
        while True:
            view = self._view()
            done: list[_Key] = []
            for each in waiting:
                if not waiting.keys().isdisjoint(needs.get(each, ())):
                    continue
                checked = check(self._nodes[each], self._scope(each[0], view))
                needed = {(owner, name) for ident, name in checked.untyped for owner in view.owners[ident]}
                needs[each] = sorted(waiting.keys() & needed, key=lambda key: key[1])
                if not needs[each]:
                    self._settle(*each, checked)
                    done.append(each)
            if not done:
                self._report_circles({each: [need for need in needs[each] if need in waiting] for each in waiting})
                return view
            for each in done:
                del waiting[each]

    def _settle(self, key: int, name: str, checked: Checked) -> None:
        self._done[key, name] = checked
        self._report(key, name, [flaw for flaw in checked.flaws if not is_untyped(flaw)])

    def _report_circles(self, needs: Mapping[_Key, list[_Key]]) -> None:
        """Report each circle that following the first need of each leads into, once in every workflow it touches."""
        seen: set[_Key] = set()
        for start in needs:
            path: list[_Key] = []
            here = start
            while here not in seen:
                seen.add(here)
                path.append(here)
                here = needs[here][0]
            if here in path:
                self._report_circle(path[path.index(here) :])

    def _report_circle(self, circle: list[_Key]) -> None:
        several = len({key for key, _ in circle}) > 1
        reported: set[int] = set()
        for place, (key, name) in enumerate(circle):
            if key not in reported:
                reported.add(key)
                turned = [*circle[place:], *circle[: place + 1]]
                said = [f"{self._workflows[owner].name}: {each}" if several else each for owner, each in turned]
                self._report(key, name, [Flaw(CIRCULAR(chain=" → ".join(said)), 0)])

    # --- views -----------------------------------------------------------------------------------------------------

    def _view(self) -> _View:
        workflows = {key: self._names(key) for key in self._workflows}
        owners: dict[int, tuple[int, ...]] = {id(names): (key,) for key, names in workflows.items()}
        tracks = {}
        for track, kinds in self._root.tracks.items():
            keys = tuple(map(id, kinds.values()))
            tracks[track] = united((workflows[key] for key in keys), track)
            owners[id(tracks[track])] = keys
        return _View(workflows, tracks, owners)

    def _names(self, key: int) -> Names:
        """Return the names of one workflow, with the types of the derived facts known so far."""
        plain = self._plain[key]
        done = {
            name: checked
            for name in self._workflows[key].derived
            if (checked := self._done.get((key, name))) is not None and checked.typed is not None
        }
        return attrs.evolve(
            plain,
            values={**plain.values, **{name: checked.typed.type for name, checked in done.items() if checked.typed}},
            derived={**plain.derived, **{name: checked.footprint for name, checked in done.items()}},
            parameters=plain.parameters
            | {name for name, checked in done.items() if checked.typed and checked.typed.loose},
        )

    def _scope(self, key: int, view: _View) -> Scope:
        case = None if key == id(self._root) else view.workflows[id(self._root)]
        return Scope(view.workflows[key], case, view.tracks)


def _kinds(root: Workflow) -> Iterator[tuple[str, str, Workflow]]:
    """Yield each kind of each track: the name of the track, that of the kind, and its workflow."""
    for track, kinds in root.tracks.items():
        for name, workflow in kinds.items():
            yield track, name, workflow


def _name_problems(workflow: Workflow) -> Iterator[Problem]:
    """Yield what is wrong with the names of one workflow themselves."""
    seen: dict[str, Title] = {}
    for section, kind in _SECTIONS.items():
        for name in getattr(workflow, section):
            if name in TAKEN:
                yield Problem(RESERVED_NAME(name=name), path=(section, name))
            if name in seen:
                yield Problem(TWICE(name=name, kind=seen[name]), path=(section, name))
            seen.setdefault(name, kind)
    yield from parameter_problems(workflow)


def _type_problems(root: Workflow, names: Mapping[int, Names]) -> Iterator[Problem]:
    """Yield a problem for each name that has different types in two kinds of one track."""
    for track, kinds in root.tracks.items():
        first: dict[str, FactType] = {}
        for kind, workflow in kinds.items():
            for name, found in names[id(workflow)].values.items():
                before = first.setdefault(name, found)
                if merged(before, found) is None:
                    same = before.kind is found.kind
                    types = tuple(str(each) if same else KIND_TITLES[each.kind] for each in (before, found))
                    yield Problem(SEVERAL_TYPES(name=name, types=types), path=("tracks", track, kind))
