"""Whether a case file makes sense in itself: labels, cases that others come from, days."""

from __future__ import annotations

from datetime import date
from typing import Final

from enforceflow.calendars.moments import day_of
from enforceflow.casefiles.format import Act, CarryOver, CaseFile, Correction, Item, Place, Scenario, Strike
from enforceflow.checking.findings import hint, shown
from enforceflow.errors import UNKNOWN
from enforceflow.reading.marked import Marked, Source
from enforceflow.reading.report import Report
from enforceflow.texts import Bilingual, Phrase, Title

_CASE: Final = Title("在前的案件", "earlier case of this file")
_LABEL: Final = Title("在前的标签", "earlier label")

TWICE = Phrase(
    zh="标签“{label}”重复，首次见于第 {line} 行", en="the label {label!s} is repeated; it first stands on line {line}"
)
NEVER_RECORDED = Phrase(
    zh="“{label}”是预期不予记录的行为，不能更正或撤销",
    en="the act {label!s} is expected to be refused, so there is nothing to correct or strike",
)
STRUCK_ALREADY = Phrase(zh="“{label}”已经撤销", en="the act {label!s} is struck already")
BEFORE_OPENING = Phrase(
    zh="{at} 早于本案自“{origin}”转来之日 {opened}",
    en="{at} lies before {opened}, the day on which the case is opened from {origin!s}",
)


def check_consistency(file: CaseFile, report: Report) -> None:
    """Note what does not fit together within the file."""
    earlier: list[str] = []
    for scenario in file.scenarios:
        _check_labels(scenario, report)
        if scenario.origin is not None:
            _check_origin(scenario, scenario.origin, earlier, report)
        earlier.append(scenario.slug)


def _note(place: Place, message: Bilingual, report: Report, suggestion: Bilingual | None = None) -> None:
    report.at(Marked(Source(place.file, ""), place.line, place.column), message, suggestion)


def _check_labels(scenario: Scenario, report: Report) -> None:
    acts: dict[str, Act] = {}
    struck: set[str] = set()
    for item in scenario.items:
        if isinstance(item, Act) and item.label:
            first = acts.setdefault(item.label, item)
            if first is not item:
                said = TWICE(label=shown(item.label), line=first.places["label"].line)
                _note(item.places["label"], said, report)
        elif isinstance(item, (Correction, Strike)):
            _check_reference(item, acts, struck, report)


def _check_reference(item: Correction | Strike, acts: dict[str, Act], struck: set[str], report: Report) -> None:
    label = item.label
    if label not in acts:
        _note(item.place, UNKNOWN(kind=_LABEL, name=shown(label)), report, hint(label, acts))
    elif acts[label].refused is not None:
        _note(item.place, NEVER_RECORDED(label=shown(label)), report)
    elif label in struck:
        _note(item.place, STRUCK_ALREADY(label=shown(label)), report)
    if isinstance(item, Strike) and item.refused is None:
        struck.add(label)


def _check_origin(scenario: Scenario, origin: CarryOver, earlier: list[str], report: Report) -> None:
    name = origin.origin.name
    if name not in earlier:
        _note(origin.origin.place, UNKNOWN(kind=_CASE, name=shown(name)), report, hint(name, earlier))
    for item in scenario.items:
        if day_of(_first_day(item)) < day_of(origin.at):
            said = BEFORE_OPENING(at=_first_day(item), opened=origin.at, origin=shown(name))
            _note(item.place, said, report)


def _first_day(item: Item) -> date:
    """Return the earliest day that an item speaks of."""
    if isinstance(item, Act) and item.between is not None:
        return item.between[0]
    return item.on
