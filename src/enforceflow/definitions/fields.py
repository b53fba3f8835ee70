"""The field table: how each field of a definition is written, and what it means in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar

import attrs

from enforceflow.texts import Title


class _Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=_Named)


def by_name(things: Mapping[str, N] | Iterable[N]) -> dict[str, N]:
    """Return a mapping by name, from a mapping or from the things themselves."""
    return dict(things) if isinstance(things, Mapping) else {thing.name: thing for thing in things}


def written(shape: str, zh: str, en: str, **keywords: Any) -> Any:
    """A field that is written in YAML as `shape`, with what it means in both languages."""
    return attrs.field(metadata={"shape": shape, "about": Title(zh, en)}, kw_only=True, **keywords)


def titled() -> Any:
    """A title, written as two keys."""
    return written("title", "名称：zh 与 en 两个键", "the title: the two keys zh and en")


def source() -> Any:
    """A legal source."""
    return written("text", "法律依据：文件与条款", "the legal source: instrument and article", default="")


def verified() -> Any:
    """Whether the source has been checked."""
    return written("flag", "依据是否已核对", "whether the source has been checked", default=True)


def local() -> Any:
    """Whether a local overlay may loosen the thing."""
    return written("flag", "地方可以自行放宽", "whether a local overlay may loosen it", default=False)
