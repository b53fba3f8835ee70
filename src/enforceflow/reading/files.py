"""The files of one reading: each read once, joined with its parts, laid on the files that it extends."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import attrs

from enforceflow.checking.names import NOT_A_WORKFLOW, is_workflow_name
from enforceflow.reading import scalars
from enforceflow.reading.marked import Mapping, Marked, Node, Sequence, Source
from enforceflow.reading.merging import merged, report_idle_removals
from enforceflow.reading.parsing import parse
from enforceflow.reading.parts import (
    CHECK_THE_WHOLE,
    IS_A_PART,
    LISTED_TWICE,
    MOST_PARTS,
    PART,
    PARTS,
    TOO_MANY_PARTS,
    check_part,
    joined,
)
from enforceflow.reading.report import Report, shown
from enforceflow.reading.shelves import Shelf, file_names, root_of
from enforceflow.reading.sources import read_source
from enforceflow.texts import Phrase, Title

MOST_LAYERS: Final = 16
KINDS: Final = {
    "workflow": Title("工作流", "workflow"),
    "calendar": Title("日历", "calendar"),
    PART: Title("分篇", "part"),
}

FIRST_KEY = Phrase(
    zh="第一个键应为 {kind}，说明文件是什么", en="the first key must be {kind!s}, to say what the file is"
)
OTHER_PLACE = Phrase(
    zh="名称为“{name}”的文件应存为 {file}，而此文件为 {found}",
    en="the file of {name!s} must be stored as {file!s}; this one is {found!s}",
)
CIRCLE = Phrase(zh="extends 循环：{names}", en="extends goes in a circle: {names!s}")
TOO_MANY_LAYERS = Phrase(zh="extends 超过 {most} 层", en="extends goes deeper than {most} files")


@attrs.frozen(eq=False)
class Layered:
    """What a name stands for: the merged nodes, and the names of the files beneath, nearest first."""

    name: str
    root: Mapping
    bases: tuple[str, ...]


@attrs.define(eq=False)
class Files:
    """The files read so far, by name; those that cannot be read are None."""

    shelf: Shelf
    kind: str
    known: dict[tuple[str, str], Mapping | None] = attrs.field(factory=dict)
    order: dict[str, int] = attrs.field(factory=dict)
    _wholes: dict[str, Mapping | None] = attrs.field(factory=dict, init=False)
    _roots: dict[str, Mapping] = attrs.field(factory=dict, init=False)

    def open_path(self, path: Path, report: Report) -> str | None:
        """Read the file at `path`, look for what it refers to beside it first, and return its name."""
        node = self._read(path, self.kind, report)
        if node is None:
            return None
        name = scalars.text(node.values[self.kind], report)
        root = None if name is None else self._root(path, name, node.values[self.kind], report)
        if name is None or root is None:
            return None
        self.shelf = Shelf((root, *self.shelf.roots))
        self.known[self.kind, name] = node
        return name

    def layered(self, name: str, asked: Marked | None, report: Report) -> Layered | None:
        """Return the file of `name` laid on what it extends; what is wrong is told where it was `asked` for."""
        layers: dict[str, Mapping] = {}
        following: str | None = name
        while following is not None:
            node = self._whole(following, asked, report)
            if node is None:
                return None
            layers[following] = node
            asked = node.values.get("extends")
            following = None if asked is None else scalars.text(node.values["extends"], report)
            if asked is not None and (following is None or not _goes_on(following, asked, layers, report)):
                return None
        root = self._laid(layers, report)
        return Layered(name, _without(root, (self.kind, "extends")), tuple(layers)[1:])

    def _laid(self, layers: dict[str, Mapping], report: Report) -> Mapping:
        """Return the files laid on one another, the nearest last; what several names lie on is laid once."""
        root: Mapping | None = None
        for name, layer in reversed(layers.items()):
            if name not in self._roots:
                report_idle_removals(root, layer, report)
                self._roots[name] = merged(root, layer)
            root = self._roots[name]
        assert root is not None  # noqa: S101 - there is at least the file that was asked for
        return root

    def _whole(self, name: str, asked: Marked | None, report: Report) -> Mapping | None:
        """Return the file of `name` joined with its parts, or None if not all of them can be read."""
        if name not in self._wholes:
            node = self._named(name, self.kind, asked, report)
            self._wholes[name] = None if node is None else self._joined(node, report)
        return self._wholes[name]

    def _joined(self, node: Mapping, report: Report) -> Mapping | None:
        if self.kind != "workflow" or PARTS not in node.values:
            return node
        listed = node.values[PARTS]
        items = listed.items if isinstance(listed, Sequence) else [listed]
        if len(items) > MOST_PARTS:
            report.at(listed, TOO_MANY_PARTS(most=MOST_PARTS))
            return None
        parts: dict[str, Mapping | None] = {}
        for item in items:
            name = scalars.text(item, report)
            if name is not None and name in parts:
                report.at(item, LISTED_TWICE(name=shown(name)))
            else:
                parts[name or ""] = None if name is None else self._named(name, PART, item, report)
        read = [part for part in parts.values() if part is not None]
        return joined(node, read, report) if len(read) == len(parts) else None

    def _named(self, name: str, kind: str, asked: Marked | None, report: Report) -> Mapping | None:
        if (kind, name) in self.known:
            return self.known[kind, name]
        self.known[kind, name] = None
        place = asked or Marked(Source("", ""), 0, 0)
        if not is_workflow_name(name):
            report.at(place, NOT_A_WORKFLOW(name=shown(name)))
            return None
        path = self.shelf.find(name, kind)
        if path is None:
            report.unknown(place, KINDS[kind], name, self.shelf.names(kind))
            return None
        node = self._read(path, kind, report)
        said = None if node is None else scalars.text(node.values[kind], report)
        if node is None or said is None:
            return None
        if said != name:
            _misplaced(said, path, kind, node.values[kind], report)
        if kind == PART:
            check_part(node, report)
        self.known[kind, name] = node
        return node

    def _read(self, path: Path, kind: str, report: Report) -> Mapping | None:
        shown_as = path.as_posix()
        self.order.setdefault(shown_as, len(self.order))
        source = read_source(path, shown_as, report)
        node = None if source is None else parse(source, report)
        if node is None:
            return None
        first = next(iter(node.keys), "")
        if first == kind:
            return node
        if (first, kind) == (PART, "workflow"):
            report.at(node, IS_A_PART(), CHECK_THE_WHOLE())
        else:
            report.at(node, FIRST_KEY(kind=kind))
        return None

    def _root(self, path: Path, name: str, node: Node, report: Report) -> Path | None:
        if not is_workflow_name(name):
            report.at(node, NOT_A_WORKFLOW(name=shown(name)))
            return None
        root = root_of(path, name, self.kind)
        if root is None:
            _misplaced(name, path, self.kind, node, report)
        return root


def _without(root: Mapping, left_out: tuple[str, ...]) -> Mapping:
    values = {key: value for key, value in root.values.items() if key not in left_out}
    keys = {key: value for key, value in root.keys.items() if key not in left_out}
    return Mapping(root.source, root.line, root.column, values, keys, root.removed)


def _misplaced(name: str, path: Path, kind: str, node: Node, report: Report) -> None:
    file = file_names(shown(name), kind)[0]
    found = "/".join(path.parts[-len(Path(file).parts) :])
    report.at(node, OTHER_PLACE(name=shown(name), file=file, found=found))


def _goes_on(following: str, asked: Marked, layers: dict[str, Mapping], report: Report) -> bool:
    if following in layers:
        report.at(asked, CIRCLE(names=" → ".join((*layers, following))))
        return False
    if len(layers) >= MOST_LAYERS:
        report.at(asked, TOO_MANY_LAYERS(most=MOST_LAYERS))
        return False
    return True
