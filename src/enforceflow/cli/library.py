"""Workflows by name or file, tracks among them: a track is checked and read within the cases that use it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import attrs

from enforceflow.checking.names import is_workflow_name
from enforceflow.cli import inputs
from enforceflow.cli.speaking import Failure
from enforceflow.definitions import Workflow
from enforceflow.errors import DefinitionError, suggestion
from enforceflow.reading import load
from enforceflow.reading import marked as nodes
from enforceflow.reading.parsing import parse
from enforceflow.reading.parts import CHECK_THE_WHOLE, IS_A_PART, PART, names_of_parts
from enforceflow.reading.report import Report
from enforceflow.reading.shelves import Shelf, root_of
from enforceflow.reading.sources import read_source
from enforceflow.texts import Bilingual, Phrase, Title

WORKFLOW: Final = "workflow"
CALENDAR: Final = "calendar"
CASES: Final = "cases"
KINDS: Final[Mapping[str, Title]] = {
    WORKFLOW: Title("工作流", "workflow"),
    CALENDAR: Title("日历", "calendar"),
    CASES: Title("案例文件", "case file"),
}

NO_KIND = Phrase(
    zh="第一个键应为 workflow、part、calendar 或 cases，说明文件是什么",
    en="the first key must be workflow, part, calendar or cases, to say what the file is",
)
CHECK_THESE = Phrase(zh="请检查 {names}", en="check {names}")
NO_SUCH = Phrase(zh="没有名为“{name}”的工作流", en="no workflow is called {name!s}")
HINTED = Phrase(zh="{said}；{hint}", en="{said}; {hint}")
ONLY_A_BASE = Phrase(
    zh="“{name}”只是其他工作流的底本；请看 {kinds}", en="{name!s} is only what others lie on; show one of {kinds}"
)


@attrs.frozen(eq=False)
class File:
    """A file that was given: what kind of file it says it is, the name in it, and where others of its kind stand."""

    path: Path
    kind: str
    name: str

    @property
    def shelf(self) -> Shelf:
        """Where what the file refers to is looked for."""
        return Shelf.of(root_of(self.path, self.name, self.kind), ())


def opened(file: str) -> File:
    """Return a file by its first key.

    Raises `DefinitionError` if it cannot be parsed, does not say what it is, or is only a part of a workflow.
    """
    path = inputs.existing(file)
    report = Report()
    source = read_source(path, path.as_posix(), report)
    root = None if source is None else parse(source, report)
    kind = "" if root is None else next(iter(root.keys), "")
    name = None if root is None else root.values.get(kind)
    found = File(path, kind, name.text if isinstance(name, nodes.Scalar) else "")
    if root is not None and kind == PART:
        report.at(root, IS_A_PART(), _whole_of(found))
    elif root is not None and kind not in KINDS:
        report.at(root, NO_KIND())
    if root is None or report.problems:
        raise DefinitionError(report.problems)
    return found


def _whole_of(part: File) -> Bilingual:
    """Return that the workflows which list a part are to be checked."""
    shelf = part.shelf
    names = tuple(one for one in shelf.names(WORKFLOW) if part.name in names_of_parts(_read(one, WORKFLOW, shelf)))
    return CHECK_THESE(names=names) if names else CHECK_THE_WHOLE()


Uses = Mapping[str, tuple[frozenset[str], str]]
"""Of each workflow by name: the workflows of its tracks, and what it extends."""


def is_file(name_or_file: str) -> bool:
    """Tell whether a file is meant, and not a name."""
    return name_or_file.endswith(inputs.YAML)


def cases_of(name: str, shelf: Shelf, uses: Uses) -> list[str]:
    """Return the workflows through which `name` is checked: itself, or for a track or its base the cases that use it.

    Cases of its own directory are enough, if there are any. `uses` is what `uses_of` says of the shelf.
    """
    parts = {part for tracks, _ in uses.values() for track in tracks for part in _bases(track, uses)}
    if name not in parts:
        return [name]
    found = [one for one in uses if one not in parts and any(name in _bases(part, uses) for part in _tracks(one, uses))]
    beside = Shelf(shelf.roots[:1])
    return [one for one in found if beside.find(one, WORKFLOW) is not None] or found


def uses_of(shelf: Shelf) -> Uses:
    """Read every workflow of a shelf so far that one sees what it names as its tracks, and what it extends."""
    return {one: _used(one, shelf) for one in shelf.names(WORKFLOW)}


def _used(name: str, shelf: Shelf) -> tuple[frozenset[str], str]:
    """Return the workflows that a file names as its tracks, and the one that it extends."""
    root = _read(name, WORKFLOW, shelf)
    base = root.values.get("extends")
    written = (root, *(_read(part, PART, shelf) for part in names_of_parts(root)))
    tracks = frozenset(text for one in written if "tracks" in one.values for text in _texts(one.values["tracks"]))
    return tracks, base.text if isinstance(base, nodes.Scalar) else ""


def _read(name: str, kind: str, shelf: Shelf) -> nodes.Mapping:
    """Return what the file of that name says; nothing if it cannot be read, which is for loading to tell."""
    path = shelf.find(name, kind) if is_workflow_name(name) else None
    report = Report()
    source = None if path is None else read_source(path, name, report)
    root = None if source is None else parse(source, report)
    return root or nodes.Mapping(nodes.Source(name, ""), 1, 1)


def _texts(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Scalar):
        yield node.text
    elif isinstance(node, nodes.Mapping):
        for value in node.values.values():
            yield from _texts(value)


def _bases(name: str, uses: Uses) -> list[str]:
    """Return a workflow and all that it lies on."""
    found: list[str] = []
    while name and name not in found:
        found.append(name)
        name = uses[name][1] if name in uses else ""
    return found


def _tracks(name: str, uses: Uses) -> set[str]:
    return {track for base in _bases(name, uses) for track in (uses[base][0] if base in uses else ())}


def workflow_and_case(name_or_file: str) -> tuple[Workflow, Workflow]:
    """Return a workflow and the case workflow that it is part of, which for a case is itself."""
    if is_file(name_or_file):
        file = opened(name_or_file)
        name, shelf = file.name, file.shelf
    else:
        name, shelf = name_or_file, Shelf.of(None, ())
        if shelf.find(name, WORKFLOW) is None:
            raise Failure(unknown(name, shelf))
    uses = uses_of(shelf)
    cases = cases_of(name, shelf, uses)
    if name in cases:
        whole = load(name_or_file)
        return whole, whole
    for whole in (load(case, search=shelf.roots) for case in cases):
        for one in (kind for kinds in whole.tracks.values() for kind in kinds.values()):
            if one.name == name:
                return one, whole
    kinds = [one for one in uses if one != name and name in _bases(one, uses)]
    raise Failure(ONLY_A_BASE(name=name, kinds=tuple(kinds)))


def unknown(name: str, shelf: Shelf) -> Bilingual:
    """Return that no workflow is called so, with the nearest that is."""
    said, hint = NO_SUCH(name=name), suggestion(name, shelf.names(WORKFLOW))
    return said if hint is None else HINTED(said=said, hint=hint)
