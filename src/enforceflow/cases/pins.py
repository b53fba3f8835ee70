"""The pin of a workflow: a digest of all it says, with its values by date told apart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Final

import attrs

from enforceflow.cases.case import Pin
from enforceflow.definitions import Workflow
from enforceflow.definitions.periods import Dated
from enforceflow.texts import Title

_DIGITS: Final = 16


def pin_of(workflow: Workflow) -> Pin:
    """Return the pin of a case workflow, its tracks included.

    The digest leaves out titles and sources, which may be reworded, and values by date, which stand in `values` one by
    one: an edition that only adds some of these admits the cases of the one before.
    """
    fixed = hashlib.sha256()
    dated: set[str] = set()
    for path, value in _leaves((), workflow):
        line = f"{'/'.join(path)}={value!r}\n".encode()
        if path[-1] == "@":
            dated.add(hashlib.sha256(line).hexdigest()[:_DIGITS])
        else:
            fixed.update(line)
    return Pin(workflow.name, workflow.edition, fixed.hexdigest()[:_DIGITS], frozenset(dated))


def _served(workflow: Workflow) -> dict[str, list[str]]:
    served: dict[str, list[str]] = {}
    for name, transition in workflow.transitions.items():
        served.setdefault(transition.event, []).append(name)
    return served


_WORDS: Final = frozenset({"title", "edition", "source", "verified", "local", "quality", "hands_over", "stage"})


def _leaves(path: tuple[str, ...], value: object) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(value, Title):
        return
    if isinstance(value, Dated):
        yield path, "by date"
        for effective, one in value.values:
            yield (*path, "@"), (effective.isoformat(), str(one))
    elif inner := dict(_inside(value)):
        for key, one in inner.items():
            yield from _leaves((*path, key), one)
    else:
        yield path, str(value)


def _inside(value: object) -> Iterator[tuple[str, object]]:
    """Yield the parts of a definition, a mapping (in the order of its keys) or a tuple of definitions."""
    if attrs.has(kind := type(value)):
        for field in attrs.fields(kind):
            one = getattr(value, field.name)
            if field.name not in _WORDS and not _is_default(one, field.default):
                yield field.name, one
        if isinstance(value, Workflow):  # of the transitions that serve one act the first that holds is taken
            yield "order", str(sorted(_served(value).items()))
    elif isinstance(value, Mapping):
        yield from ((str(key), value[key]) for key in sorted(value))
    elif isinstance(value, tuple) and value and attrs.has(type(value[0])):
        yield from ((str(index), item) for index, item in enumerate(value))


def _is_default(value: object, default: object) -> bool:
    """Return whether a field says nothing: a field that a later library adds does not unpin the cases of today."""
    return value == default or (isinstance(default, attrs.Factory) and value in ({}, ()))  # type: ignore[arg-type]
