"""The field table: how each field of a definition is written, and what it means in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Protocol, TypeVar

from enforceflow.texts import Title


class _Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=_Named)


def by_name(things: Mapping[str, N] | Iterable[N]) -> dict[str, N]:
    """Return a mapping by name, from a mapping or from the things themselves."""
    return dict(things) if isinstance(things, Mapping) else {thing.name: thing for thing in things}


def written(shape: str, zh: str, en: str) -> dict[str, object]:
    """Return the metadata of a field: written in YAML as `shape`, meaning so much in both languages."""
    return {"shape": shape, "about": Title(zh, en)}


TITLED: Final = written("title", "名称：zh 与 en 两个键", "the title: the two keys zh and en")
STAGED: Final = written("stage", "所属阶段", "the stage it belongs to")
SOURCED: Final = written("text", "法律依据：文件与条款", "the legal source: instrument and article")
VERIFIED: Final = written("flag", "依据是否已核对", "whether the source has been checked")
LOCAL: Final = written("flag", "地方可以自行放宽", "whether a local overlay may loosen it")
