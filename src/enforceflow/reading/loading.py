"""Workflows and calendars by name or from a file, with all that is wrong with them told at once."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

import attrs

from enforceflow.calendars.calendar import Calendar
from enforceflow.checking import findings_of
from enforceflow.checking.flow import TRACKS_IN_TRACK
from enforceflow.definitions import Workflow
from enforceflow.errors import DefinitionError, Problem
from enforceflow.overlays import findings_between, of_another_jurisdiction
from enforceflow.reading import scalars
from enforceflow.reading.calendar_files import structure_calendar
from enforceflow.reading.files import Files, Layered
from enforceflow.reading.marked import Mapping, Marked, Node
from enforceflow.reading.places import Place, Reading, placed
from enforceflow.reading.report import Report
from enforceflow.reading.shapes import entries
from enforceflow.reading.shelves import SUFFIX, Shelf
from enforceflow.reading.structuring import Made, structure_workflow
from enforceflow.texts import Phrase

T = TypeVar("T")
MOST_TOLD: Final = 200

AND_MORE = Phrase(zh="另有 {count} 个问题未列出", en="{count} more problems are not listed")


def load(name_or_path: str | Path, *, search: Sequence[Path] = ()) -> Workflow:
    """Return the checked workflow of that name (`cn/civil`) or from that file (`…/cn/civil.yaml`).

    What it refers to is looked up by name: beside a file, then in the directories `search`, then among the workflows
    that come with the library. Raises `DefinitionError` with every problem of every file that was read.
    """
    files, report = Files(Shelf.of(None, search), "workflow"), Report()
    name = _open(name_or_path, files, report)
    reading = None if name is None else _Library(files, report).case(name)
    if reading is not None and len(report.problems) < MOST_TOLD:
        wrong = report.places
        findings = findings_of(reading.workflow, reading.unread)
        report.problems.extend(placed(findings, reading, wrong))
        report.problems.extend(_loosened(reading, files, wrong))
    return _sound(None if reading is None else reading.workflow, files, report)


def calendar(name_or_path: str | Path = "cn", *, search: Sequence[Path] = ()) -> Calendar:
    """Return the calendar of that name (`cn`, which is the file `cn/calendar.yaml`) or from that file."""
    files, report = Files(Shelf.of(None, search), "calendar"), Report()
    name = _open(name_or_path, files, report)
    layered = None if name is None else files.layered(name, None, report)
    found = None if layered is None else structure_calendar(layered.name, layered.root, report)
    return _sound(found, files, report)


def _open(name_or_path: str | Path, files: Files, report: Report) -> str | None:
    if str(name_or_path).endswith(SUFFIX):
        return files.open_path(Path(name_or_path), report)
    return name_or_path.as_posix() if isinstance(name_or_path, Path) else name_or_path


def _sound(found: T | None, files: Files, report: Report) -> T:
    if found is not None and not report.problems:
        return found
    last = len(files.order)
    unique = {(one.file, one.line, one.column, one.text("en")): one for one in report.problems}
    problems = sorted(unique.values(), key=lambda one: (files.order.get(one.file, last), one.line, one.column))
    if len(problems) > MOST_TOLD:
        problems[MOST_TOLD:] = [Problem(AND_MORE(count=len(problems) - MOST_TOLD))]
    raise DefinitionError(problems)


@attrs.frozen(eq=False)
class _Library:
    """Makes workflows of files; `_tracks` are those of tracks made so far."""

    files: Files
    report: Report
    _tracks: dict[str, Reading | None] = attrs.field(factory=dict, init=False)
    _made: Made = attrs.field(factory=dict, init=False)

    def case(self, name: str) -> Reading | None:
        """Return the case workflow of that name with its tracks, or None with the problems noted."""
        layered = self.files.layered(name, None, self.report)
        return None if layered is None else self._case(layered)

    def _case(self, layered: Layered) -> Reading:
        readings: dict[str, dict[str, Reading]] = {}
        unread = set()
        node = layered.root.values.get("tracks")
        for key, kinds in () if node is None else entries(node, self.report):
            named = entries(kinds, self.report) if isinstance(kinds, Mapping) else [(key, kinds)]
            found = {kind.text: self._referred(ref) for kind, ref in named}
            readings[key.text] = {kind: reading for kind, reading in found.items() if reading is not None}
            if len(readings[key.text]) < max(len(found), 1):
                unread.add(key.text)
        workflows = {track: {kind: one.workflow for kind, one in kinds.items()} for track, kinds in readings.items()}
        workflow = structure_workflow(layered.name, layered.root, workflows, self.report, self._made)
        return Reading(workflow, layered.root, readings, layered.bases, frozenset(unread))

    def track(self, name: str, asked: Marked | None = None) -> Reading | None:
        """Return the workflow of a track, or None with the problems noted."""
        if name not in self._tracks:
            layered = self.files.layered(name, asked, self.report)
            self._tracks[name] = None if layered is None else self._one_track(layered)
        return self._tracks[name]

    def _one_track(self, layered: Layered) -> Reading:
        root = layered.root
        if "tracks" in root.values:
            self.report.at(root.keys["tracks"], TRACKS_IN_TRACK())
        workflow = structure_workflow(layered.name, root, {}, self.report, self._made)
        return Reading(workflow, root, bases=layered.bases)

    def _referred(self, ref: Node) -> Reading | None:
        name = scalars.text(ref, self.report)
        return None if name is None else self.track(name, ref)


def _loosened(reading: Reading, files: Files, wrong: Container[Place]) -> Iterator[Problem]:
    """Yield where a file of one jurisdiction is looser than what it extends of another."""
    below = _Library(files, Report())
    pairs = [(reading, below.case(base)) for base in _of_others(reading)]
    for inner in (one for kinds in reading.tracks.values() for one in kinds.values()):
        pairs += [(inner, below.track(base)) for base in _of_others(inner)]
    for overlay, base_reading in pairs:
        base = overlay.workflow if base_reading is None else base_reading.workflow
        yield from placed(findings_between(base, overlay.workflow), overlay, wrong)


def _of_others(reading: Reading) -> list[str]:
    """Return the bases to hold it against: of each other jurisdiction the one laid on last.

    What one of them says of its own general rules, as a kind of thing does, is for that jurisdiction to say.
    """
    layers = (reading.workflow.name, *reading.bases)
    return [
        base
        for above, base in itertools.pairwise(layers)
        if of_another_jurisdiction(above, base) and of_another_jurisdiction(base, reading.workflow.name)
    ]
