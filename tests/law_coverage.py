"""The file that tells where each rule of law is encoded (`workflows/cn/coverage.yaml`), read and looked up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import attrs

import scenario_meter as meter
from enforceflow.casefiles import Aspect, PlayedCase
from enforceflow.casefiles.fields import Fields, items, named, words
from enforceflow.casefiles.format import Named, Place
from enforceflow.cases.journal import Entry
from enforceflow.definitions import Workflow
from enforceflow.errors import DefinitionError
from enforceflow.reading.marked import Node
from enforceflow.reading.parsing import parse
from enforceflow.reading.report import Report
from enforceflow.reading.scalars import whole
from enforceflow.reading.shapes import EITHER, entries, title
from enforceflow.reading.sources import read_source
from enforceflow.texts import Phrase, Title

FILE = meter.WORKFLOWS / "cn" / "coverage.yaml"
SECTIONS = (
    *("tracks", "roles", "facts", "derived", "parameters", "rules"),
    *("states", "transitions", "time_limits", "nodes"),
)
WHOLE = {"calendar": "enforceflow.calendars", "periods": "enforceflow.calendars.reckoning"}
"""What encodes a rule without a definition of its own: the days of the calendar, the way in which periods are laid."""
_REF = re.compile(r"(?P<file>cn(/[a-z_]+)+)#(?P<section>[a-z_]+)\.(?P<name>[a-z0-9_]+)|(?P<function>amounts\.[a-z_]+)")
NOT_A_REF = Phrase(
    zh="“{ref}”不是引用；写作 cn/civil#time_limits.notice、amounts.execution_fee、calendar 或 periods",
    en="{ref!s} is no reference; write cn/civil#time_limits.notice, amounts.execution_fee, calendar or periods",
)


@attrs.frozen
class Ref:
    """A definition in a file, or a function, or one of `WHOLE`; `place` is where it is written."""

    text: str
    place: Place
    file: str = ""
    section: str = ""
    name: str = ""
    function: str = ""


@attrs.frozen
class Rule:
    """One rule of law: where it is encoded and which cases prove it, or why it is not (yet)."""

    stage: str
    name: str
    place: Place
    encoded: tuple[Ref, ...] = ()
    proved_by: tuple[Named, ...] = ()
    later: Title | None = None
    outside: Title | None = None


@attrs.frozen
class Coverage:
    """The rules in the order of the file, and how many the file says there are of each stage."""

    rules: tuple[Rule, ...]
    counts: Mapping[str, int]


def read_coverage(path: Path = FILE) -> Coverage:
    """Read the file; raise `DefinitionError` with every problem, each with line and column."""
    report = Report()
    source = read_source(path, path.relative_to(meter.ROOT).as_posix() if path == FILE else path.name, report)
    root = None if source is None else parse(source, report)
    rules: list[Rule] = []
    counts: dict[str, int] = {}
    if root is not None:
        fields = Fields.checked(root, ("coverage", "zh", "en", "stages"), report)
        fields.need("coverage", words)
        title(root, report)
        for stage, node in fields.need("stages", entries) or ():
            rules += _stage(stage.text, node, counts, report)
    if report.problems:
        raise DefinitionError(report.problems)
    return Coverage(tuple(rules), counts)


def _stage(stage: str, node: Node, counts: dict[str, int], report: Report) -> Iterator[Rule]:
    fields = Fields.of(node, ("zh", "en", "rules", "each"), report)
    if fields is None:
        return
    title(fields.node, report)
    counts[stage] = fields.need("rules", whole) or 0
    for key, rule in fields.need("each", entries) or ():
        found = Fields.of(rule, ("encoded", "proved_by", "later", "outside"), report)
        if found is not None:
            yield _rule(stage, key.text, found)


def _rule(stage: str, name: str, fields: Fields) -> Rule:
    said = [key for key in ("encoded", "later", "outside") if key in fields]
    if len(said) != 1:
        node = fields.node.keys[said[1]] if said else fields.node
        fields.report.at(node, EITHER(one=said[0] if said else "encoded", other=said[1] if said else "later"))
    return Rule(
        stage,
        name,
        fields.place,
        fields.get("encoded", _refs) or (),
        tuple(one for node in fields.get("proved_by", items) or () if (one := named(node, fields.report))),
        fields.get("later", _title),
        fields.get("outside", _title),
    )


def _title(node: Node, report: Report) -> Title | None:
    fields = Fields.of(node, ("zh", "en"), report)
    return None if fields is None else title(fields.node, report)


def _refs(node: Node, report: Report) -> tuple[Ref, ...]:
    return tuple(ref for one in items(node, report) or () if (ref := _ref(one, report)) is not None)


def _ref(node: Node, report: Report) -> Ref | None:
    found = named(node, report)
    if found is None:
        return None
    match = _REF.fullmatch(found.name)
    if match is None:
        if found.name not in WHOLE:
            report.at(node, NOT_A_REF(ref=found.name))
        return Ref(found.name, found.place)
    parts = {key: value or "" for key, value in match.groupdict().items()}
    return Ref(found.name, found.place, parts["file"], parts["section"], parts["name"], parts["function"][8:])


@cache
def files_of(name: str) -> tuple[str, ...]:
    """Return the files that a workflow is made of: itself, its parts, what it lies on."""
    parts = meter.written(name).get("parts")
    below = meter.written(name).get("extends")
    own = map(str, parts if isinstance(parts, list) else ())
    return (name, *own, *(files_of(below) if isinstance(below, str) else ()))


@cache
def homes() -> dict[str, list[tuple[str, Workflow]]]:
    """Return for each file the workflows that are made of it, each with the name of its track."""
    found: dict[str, list[tuple[str, Workflow]]] = {}
    for root in map(meter.workflow, meter.NAMES):
        owned = [("", root), *((track, one) for track, kinds in root.tracks.items() for one in kinds.values())]
        for track, workflow in owned:
            for file in files_of(workflow.name):
                found.setdefault(file, []).append((track, workflow))
    return found


def is_there(ref: Ref) -> bool:
    """Tell whether what is referred to is written in that file and stands in a workflow made of it."""
    if not ref.file:
        return True
    if ref.section not in SECTIONS or not (meter.WORKFLOWS / f"{ref.file}.yaml").exists():
        return False
    things = meter.written(ref.file).get(ref.section)
    written = isinstance(things, dict) and ref.name in things
    return written and any(ref.name in getattr(workflow, ref.section) for _, workflow in homes().get(ref.file, ()))


@cache
def cases() -> dict[str, PlayedCase]:
    """Return every case of the examples by `examples/…/file.yaml#case`."""
    return {
        f"{path.relative_to(meter.ROOT).as_posix()}#{case.scenario.slug}": case
        for path in meter.STORIES
        for case in meter.played(path).cases
    }


def touches(case: PlayedCase, ref: Ref) -> bool:
    """Tell whether a case as played has to do with what is referred to; any case does with the calendar."""
    if not ref.file:
        return not ref.function or any(re.search(rf"\b{ref.function}\(", text) for _, text in _texts(case))
    tracks = {track for track, _ in homes().get(ref.file, ())}
    return any(track in tracks and ref.name in names for track, names in _named(case, ref.section))


def _entries(case: PlayedCase) -> Iterator[Entry]:
    for step in case.story.steps:
        yield from (told.entry for told in (*([step.act] if step.act else []), *step.raised, *step.lapses))


_OF_ENTRY: Mapping[str, Callable[[Entry], Iterable[str]]] = {
    "transitions": lambda entry: [entry.transition],
    "states": lambda entry: [entry.state],
    "facts": lambda entry: entry.facts,
    "rules": lambda entry: entry.answers,
    "roles": lambda entry: [entry.role],
}


def _named(case: PlayedCase, section: str) -> Iterator[tuple[str, Iterable[str]]]:
    """Yield track names and the names of a section that a case comes upon there."""
    for entry in _entries(case):
        track = entry.track.partition("/")[0]
        if section in _OF_ENTRY:
            yield track, _OF_ENTRY[section](entry)
        elif section == "tracks":
            yield "", [track]
    if section == "time_limits":
        yield from ((run.track.partition("/")[0], [run.limit.name]) for run in case.story.runs)
    if section == "nodes":
        yield from _nodes(case)
    if section in ("derived", "parameters", "rules"):
        yield from ((track, re.findall(r"\w+", text)) for track, text in _texts(case))
    yield from _refused(case, section)


def _refused(case: PlayedCase, section: str) -> Iterator[tuple[str, Iterable[str]]]:
    for step in case.story.steps:
        if step.refusal is not None:
            track = step.refusal.track.partition("/")[0]
            yield track, [reason.subject for reason in step.refusal.reasons]
            if section == "transitions":
                yield from ((track, _serving(one, step.refusal.event)) for one in _workflows(case, track))


def _nodes(case: PlayedCase) -> Iterator[tuple[str, Iterable[str]]]:
    for check in case.story.checks:
        if check.expectation.aspect is Aspect.NODES:
            address, _, name = check.expectation.subject.rpartition(".")
            yield address.partition("/")[0], [name]


def _workflows(case: PlayedCase, track: str) -> Sequence[Workflow]:
    return [case.workflow] if not track else list(case.workflow.tracks.get(track, {}).values())


def _serving(workflow: Workflow, event: str) -> list[str]:
    return [act.name for act in workflow.transitions.values() if act.event == event]


def _texts(case: PlayedCase) -> Iterator[tuple[str, str]]:
    """Yield by track the wording of what the acts and limits of a case rest on, with the derived facts they name."""
    done = {(track, name) for track, names in _named(case, "transitions") for name in names}
    runs = {(track, name) for track, names in _named(case, "time_limits") for name in names}
    for track in {track for track, _ in done | runs}:
        for workflow in _workflows(case, track):
            said = [act.when for name, act in workflow.transitions.items() if (track, name) in done]
            for name, limit in workflow.time_limits.items():
                if (track, name) in runs:
                    said.append(f"{limit.when} {limit.lasts} {limit.at_most}")
            asked = " ".join(said)
            said += [
                f"{name} {derived.value}"
                for name, derived in workflow.derived.items()
                if not track or re.search(rf"\b{name}\b", asked)
            ]
            yield from ((track, text) for text in said)
