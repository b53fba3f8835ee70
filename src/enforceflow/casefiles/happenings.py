"""Reading what happens in a case: its acts, corrections, strikes and looks."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from enforceflow.calendars.moments import day_of
from enforceflow.casefiles import expecting
from enforceflow.casefiles.fields import Fields, answers, facts, items, moment, words
from enforceflow.casefiles.format import Act, Aspect, Correction, Expectation, Item, Look, Strike
from enforceflow.cases.journal import Moment
from enforceflow.reading import scalars
from enforceflow.reading.marked import Mapping, Node, Sequence
from enforceflow.reading.report import Report
from enforceflow.reading.shapes import EITHER, MISSING, NOT_EMPTY
from enforceflow.texts import Phrase, Title

ACT_KEYS: Final = (
    "at",
    "do",
    "track",
    "kind",
    "facts",
    "by",
    "role",
    "recorded",
    "history",
    "assumed",
    "between",
    "rules",
    "label",
    "expect",
)
CORRECTION_KEYS: Final = ("correct", "at", "facts", "reason", "recorded", "expect")
STRIKE_KEYS: Final = ("strike", "reason", "recorded", "expect")
LOOK_KEYS: Final = ("at", "expect", "rules")
_ALL_KEYS: Final = (*ACT_KEYS, "correct", "strike", "reason")
_SORTS: Final = ("do", "correct", "strike")
_WINDOW: Final = Title("起止两个日期", "two dates, first and last")
_DAYS_OF_WINDOW: Final = 2
MOST_ITEMS: Final = 1_000

TOO_MANY = Phrase(zh="超过 {most} 项", en="more than {most} of them")
NOT_IN_WINDOW = Phrase(zh="{at} 不在 {first} 至 {last} 之间", en="{at} does not lie between {first} and {last}")
ONLY_ASSUMED = Phrase(zh="between 只用于 assumed: true 的行为", en="between is for an act that says assumed: true")
RECORDED_BEFORE = Phrase(
    zh="行为发生于 {at}，不可能在 {recorded} 已经录入", en="an act of {at} cannot have been entered on {recorded}"
)
CHANGES_NOTHING = Phrase(zh="更正须写明 at 或 facts", en="a correction gives another day (at), other facts, or both")


def item(node: Node, report: Report) -> Item | None:
    """Read one item of `acts`; None if it is too wrong to go on with."""
    if not isinstance(node, Mapping):
        scalars.wrong_kind(node, scalars.A_MAPPING, report)
        return None
    sorts = [key for key in _SORTS if key in node.values]
    if len(sorts) > 1:
        report.at(node.keys[sorts[1]], EITHER(one=sorts[0], other=sorts[1]))
        return None
    if "correct" in sorts:
        return _correction(node, report)
    if "strike" in sorts:
        return _strike(node, report)
    return _act(node, report) if sorts else _look(node, report)


def _expect(fields: Fields, known: Collection[Aspect]) -> tuple[Expectation, ...]:
    node = fields.node.values.get("expect")
    return () if node is None else expecting.expectations(node, known, fields.report)


def _act(node: Mapping, report: Report) -> Act | None:
    fields = Fields.checked(node, ACT_KEYS, report)
    at, do = fields.need("at", moment), fields.get("do", words)
    recorded, between = fields.get("recorded", moment), fields.get("between", _window)
    assumed = fields.get("assumed", scalars.flag) or False
    act = Act(
        fields.place,
        at or date.min,
        do or "",
        track=fields.get("track", words) or "",
        kind=fields.get("kind", words) or "",
        facts=fields.get("facts", facts) or {},
        by=fields.get("by", words) or "",
        role=fields.get("role", words),
        recorded=recorded,
        history=fields.get("history", scalars.flag) or False,
        assumed=assumed,
        between=between,
        rules=fields.get("rules", answers) or {},
        label=fields.get("label", words) or "",
        expect=_expect(fields, expecting.ACT),
        places=fields.places(),
    )
    if at is None or do is None:
        return None
    _check_days(fields, at, recorded)
    if "between" in fields and not assumed:
        report.at(node.keys["between"], ONLY_ASSUMED())
    elif between is not None and not day_of(between[0]) <= day_of(at) <= day_of(between[1]):
        report.at(node.values["between"], NOT_IN_WINDOW(at=at, first=between[0], last=between[1]))
    return act


def _window(node: Node, report: Report) -> tuple[Moment, Moment] | None:
    if not isinstance(node, Sequence) or len(node.items) != _DAYS_OF_WINDOW:
        scalars.wrong_kind(node, _WINDOW, report)
        return None
    first, last = (moment(one, report) for one in node.items)
    return None if first is None or last is None else (first, last)


def _check_days(fields: Fields, at: Moment | None, recorded: Moment | None) -> None:
    if at is not None and recorded is not None and day_of(recorded) < day_of(at):
        said = RECORDED_BEFORE(at=at, recorded=recorded)
        fields.report.at(fields.node.values["recorded"], said)


def _correction(node: Mapping, report: Report) -> Correction | None:
    fields = Fields.checked(node, CORRECTION_KEYS, report)
    label, reason = fields.get("correct", words), fields.need("reason", words)
    at, recorded = fields.get("at", moment), fields.need("recorded", moment)
    given, expect = fields.get("facts", facts), _expect(fields, expecting.AMENDMENT)
    if "at" not in fields and "facts" not in fields:
        report.at(node, CHANGES_NOTHING())
    _check_days(fields, at, recorded)
    if label is None or reason is None or recorded is None:
        return None
    return Correction(fields.place, label, reason, recorded, at, given, expect)


def _strike(node: Mapping, report: Report) -> Strike | None:
    fields = Fields.checked(node, STRIKE_KEYS, report)
    label, reason = fields.get("strike", words), fields.need("reason", words)
    recorded, expect = fields.need("recorded", moment), _expect(fields, expecting.AMENDMENT)
    if label is None or reason is None or recorded is None:
        return None
    return Strike(fields.place, label, reason, recorded, expect)


def _look(node: Mapping, report: Report) -> Look | None:
    if not node.values.keys() <= set(LOOK_KEYS):
        Fields.checked(node, _ALL_KEYS, report)
        if node.values.keys() <= set(_ALL_KEYS):
            report.at(node, MISSING(key="do"))
        return None
    fields = Fields(node, report)
    at = fields.need("at", moment)
    if "expect" not in fields:
        report.at(node, MISSING(key="expect"))
    expect, rules = _expect(fields, expecting.DAY), fields.get("rules", answers)
    return None if at is None else Look(fields.place, at, expect, rules or {})


def acts(node: Node, report: Report) -> tuple[Item, ...]:
    """Read the list of what happens in a case."""
    found = items(node, report) or []
    if len(found) > MOST_ITEMS:
        report.at(found[MOST_ITEMS], TOO_MANY(most=MOST_ITEMS))
    return tuple(one for part in found[:MOST_ITEMS] if (one := item(part, report)) is not None)


def beginning(node: Node, report: Report) -> tuple[Item, ...]:
    """Read what happens first, which is left out if nothing does."""
    if isinstance(node, Sequence) and not node.items:
        report.at(node, NOT_EMPTY())
    return acts(node, report)
