"""Where files stand: the directories in which a workflow, a part of one or a calendar is looked up by its name."""

from __future__ import annotations

import codecs
import itertools
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import attrs

SUFFIX: Final = ".yaml"
_MOST_FILES: Final = 2_000
_BEGINNING: Final = 4_096
_PASSED_OVER: Final = re.compile(rb"\s*(#|---|$)")
_NO_WORKFLOWS: Final = ("part", "coverage")
_HERE: Final = Path(__file__).resolve()


def shipped() -> tuple[Path, ...]:
    """Return the directory of the workflows that come with the library: in the wheel, or in a checkout."""
    checkout = _HERE.parents[3] if _HERE.parents[2].name == "src" else _HERE.parents[1]
    return tuple(path for root in (_HERE.parents[1], checkout) if (path := root / "workflows").is_dir())[:1]


@attrs.frozen
class Shelf:
    """Directories in the order in which they are searched."""

    roots: tuple[Path, ...]

    @classmethod
    def of(cls, first: Path | None, search: Sequence[Path]) -> Shelf:
        """Return the shelf of the directory of the file itself, then `search`, then what comes with the library."""
        own = () if first is None else (first,)
        return cls((*own, *map(Path, search), *shipped()))

    def find(self, name: str, kind: str) -> Path | None:
        """Return the file of the workflow, calendar or part of that name."""
        candidates = (root / written for root in self.roots for written in file_names(name, kind))
        return next((path for path in candidates if path.is_file()), None)

    def names(self, kind: str) -> list[str]:
        """Return the names that can be found, as far as the first thousands of files tell."""
        found: dict[str, bool] = {}
        for root in self.roots:
            for file in itertools.islice(_files(root), _MOST_FILES):
                name = file.removesuffix(SUFFIX)
                is_calendar = name.rpartition("/")[2] == "calendar"
                if is_calendar == (kind == "calendar") and (name := name.removesuffix("/calendar")) not in found:
                    found[name] = is_calendar or (is_part if kind == "part" else is_workflow)(root / file)
        return sorted(name for name, wanted in found.items() if wanted)


def is_part(path: Path) -> bool:
    """Tell whether a file says at its beginning that it is a part of a workflow."""
    return first_key(path) == "part"


def is_workflow(path: Path) -> bool:
    """Tell whether a file may be a workflow, by what it says at its beginning that it is."""
    return first_key(path) not in _NO_WORKFLOWS


def first_key(path: Path) -> str:
    """Return the key at the beginning of a file, empty if none can be read there."""
    try:
        with path.open("rb") as stream:
            lines = stream.read(_BEGINNING).removeprefix(codecs.BOM_UTF8).splitlines()
    except OSError:
        return ""
    first = next((line for line in lines if not _PASSED_OVER.match(line)), b"")
    return first.partition(b":")[0].decode(errors="replace") if b":" in first else ""


def file_names(name: str, kind: str) -> tuple[str, ...]:
    """Return the files that a name may stand for, below a directory."""
    if kind == "calendar":
        return f"{name}/calendar{SUFFIX}", f"{name}{SUFFIX}"
    return (f"{name}{SUFFIX}",)


def root_of(path: Path, name: str, kind: str) -> Path | None:
    """Return the directory below which `path` is the file of `name`, or None if it is not so called."""
    for whole in (path, path.absolute()):
        for written in file_names(name, kind):
            parts = Path(written).parts
            if whole.parts[-len(parts) :] == parts:
                return whole.parents[len(parts) - 1]
    return None


def _files(root: Path) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        below = Path(folder).relative_to(root)
        folders[:] = sorted(one for one in folders if not one.startswith("."))[: 0 if len(below.parts) > 3 else None]  # noqa: PLR2004
        for file in sorted(files):
            if file.endswith(SUFFIX):
                yield (below / file).as_posix()
