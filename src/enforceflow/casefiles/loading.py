"""Case files: read whole, with all that is wrong with them told at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import attrs

from enforceflow.casefiles.consistency import check_consistency
from enforceflow.casefiles.expecting import DAY, expectations
from enforceflow.casefiles.fields import Fields, answers, moment, named, names, place_of, words
from enforceflow.casefiles.format import CarryOver, CaseFile, Given, Item, Named, Place, Scenario
from enforceflow.casefiles.happenings import MOST_ITEMS, TOO_MANY, acts, beginning
from enforceflow.errors import DefinitionError, Problem
from enforceflow.reading.files import FIRST_KEY
from enforceflow.reading.loading import AND_MORE, MOST_TOLD
from enforceflow.reading.marked import Mapping, Node, Null, Scalar, Sequence
from enforceflow.reading.merging import merged
from enforceflow.reading.parsing import parse
from enforceflow.reading.report import Report, shown
from enforceflow.reading.shapes import MISSING, NOT_EMPTY, entries, title
from enforceflow.reading.sources import read_source
from enforceflow.texts import Phrase

KIND: Final = "cases"
CALENDAR: Final = "cn"
MOST_CASES: Final = 200
ROOT_KEYS: Final = (KIND, "zh", "en", "source", "given", "each")
CASE_KEYS: Final = ("zh", "en", "number", "given", "from", "carry", "at", "acts", "today", "expect")
GIVEN_KEYS: Final = ("workflow", "calendar", "rules", "acts")
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)

OTHER_FILE = Phrase(
    zh="名称为“{name}”的案例文件应存为 {name}.yaml，而此文件为 {found}",
    en="the cases {name!s} must be stored as {name!s}.yaml; this file is {found!s}",
)
NOT_A_SLUG = Phrase(
    zh="“{slug}”不能作案例名称；名称由小写字母、数字和连字符组成，如 freeze-renewed-twice",
    en="{slug!s} cannot be the name of a case; write small letters, digits and hyphens, such as freeze-renewed-twice",
)
NO_WORKFLOW = Phrase(zh="given 中缺少 workflow", en="given.workflow is missing")
ONLY_FROM = Phrase(zh="{key} 只用于写有 from 的案件", en="{key!s} belongs to a case that says from")


def load_cases(path: str | Path) -> CaseFile:
    """Return the case file at `path`.

    Raises `DefinitionError` with every problem of the file, each with line and column.
    """
    path = Path(path)
    report = Report()
    source = read_source(path, path.as_posix(), report)
    root = None if source is None else parse(source, report)
    found = None if root is None else _file(path, root, report)
    if found is not None and not report.problems:
        check_consistency(found, report)
    if found is None or report.problems:
        raise DefinitionError(told(report.problems))
    return found


def told(problems: list[Problem]) -> list[Problem]:
    """Return problems in the order of the file, each once, and only so many as anybody reads."""
    unique = {(one.file, one.line, one.column, one.text("en")): one for one in problems}
    found = sorted(unique.values(), key=lambda one: (one.file, one.line, one.column))
    more = len(found) - MOST_TOLD
    return found if more <= 0 else [*found[:MOST_TOLD], Problem(AND_MORE(count=more))]


def _file(path: Path, root: Mapping, report: Report) -> CaseFile | None:
    if next(iter(root.keys), "") != KIND:
        report.at(root, FIRST_KEY(kind=KIND))
        return None
    fields = Fields.checked(root, ROOT_KEYS, report)
    name = fields.get(KIND, words)
    if name is not None and f"{name}.yaml" != path.name:
        report.at(root.values[KIND], OTHER_FILE(name=shown(name), found=shown(path.name)))
    titled, source = title(root, report), fields.get("source", words)
    shared = _Shared.of(_checked_given(root, report), report)
    each = fields.need("each", _each) or []
    scenarios = [_scenario(slug, node, shared, report) for slug, node in each]
    return CaseFile(name or "", titled, tuple(one for one in scenarios if one), fields.place, source or "")


def _each(node: Node, report: Report) -> list[tuple[Scalar, Node]]:
    found = entries(node, report)
    if isinstance(node, Mapping) and not found:
        report.at(node, NOT_EMPTY())
    if len(found) > MOST_CASES:
        report.at(found[MOST_CASES][0], TOO_MANY(most=MOST_CASES))
    for slug, _ in found:
        if not _SLUG.fullmatch(slug.text):
            report.at(slug, NOT_A_SLUG(slug=shown(slug.text)))
    return found[:MOST_CASES]


def _checked_given(holder: Mapping, report: Report) -> Mapping | None:
    """Return the `given` of a file or case, with its unknown keys noted."""
    node = holder.values.get("given")
    fields = None if node is None else Fields.of(node, GIVEN_KEYS, report)
    return None if fields is None else fields.node


@attrs.frozen
class _Shared:
    """What the file gives to all its cases: as written, and the items that are played first, read once."""

    node: Mapping | None
    items: tuple[Item, ...]

    @classmethod
    def of(cls, node: Mapping | None, report: Report) -> _Shared:
        return cls(node, () if node is None else Fields(node, report).get("acts", _acts_of) or ())


def _acts_of(node: Node, report: Report) -> tuple[Item, ...]:
    return () if isinstance(node, Null) else beginning(node, report)


def _given(own: Mapping | None, shared: Mapping | None, holder: Mapping, report: Report) -> Given:
    """Read what holds for a case: its own `given` laid on that of the file."""
    nothing = Mapping(holder.source, holder.line, holder.column)
    fields = Fields(merged(shared, own or nothing), report)
    if "workflow" not in fields:
        report.at(holder, NO_WORKFLOW())
    rules = fields.get("rules", answers) or {}
    for_all = _keys_of_rules(shared)
    return Given(
        fields.get("workflow", named) or Named("", place_of(holder)),
        fields.get("calendar", named) or Named(CALENDAR, place_of(holder)),
        {rule: attrs.evolve(answer, shared=answer.place in for_all) for rule, answer in rules.items()},
    )


def _keys_of_rules(given: Mapping | None) -> set[Place]:
    rules = None if given is None else given.values.get("rules")
    return {place_of(key) for key in rules.keys.values()} if isinstance(rules, Mapping) else set()


def _scenario(slug: Scalar, node: Node, shared: _Shared, report: Report) -> Scenario | None:
    fields = Fields.of(node, CASE_KEYS, report)
    if fields is None:
        return None
    own = fields.node
    given = _checked_given(own, report)
    first = _first(given, fields, shared, report)
    items = fields.get("acts", acts) or ()
    written = own.values.get("acts")
    if "from" not in fields and written is None and not _begins(given, shared):
        report.at(own, MISSING(key="acts"))
    elif "from" not in fields and isinstance(written, Sequence) and not written.items:
        report.at(written, NOT_EMPTY())
    if len(first) + len(items) > MOST_ITEMS:
        report.at(own.keys.get("acts", own), TOO_MANY(most=MOST_ITEMS))
    expect = own.values.get("expect")
    return Scenario(
        slug.text,
        title(own, report),
        place_of(slug),
        fields.get("number", words) or slug.text,
        _given(given, shared.node, own, report),
        (*first, *items),
        _origin(fields),
        fields.get("today", moment),
        () if expect is None else expectations(expect, DAY, report),
        shared=len(first) if first is shared.items else 0,
    )


def _first(given: Mapping | None, fields: Fields, shared: _Shared, report: Report) -> tuple[Item, ...]:
    """Return what is played first: what the case says itself; or what the file says, if it does not come from another.

    A case that comes from another goes on where that one stood, so the beginning of the file is behind it.
    """
    if given is not None and "acts" in given.values:
        return Fields(given, report).get("acts", _acts_of) or ()
    return () if "from" in fields else shared.items


def _begins(given: Mapping | None, shared: _Shared) -> bool:
    """Tell whether anything is written to be played first, be it right or wrong."""
    for one in (given, shared.node):
        if one is not None and "acts" in one.values:
            return not isinstance(one.values["acts"], Null)
    return False


def _origin(fields: Fields) -> CarryOver | None:
    if "from" not in fields:
        for key in ("carry", "at"):
            if key in fields:
                fields.report.at(fields.node.keys[key], ONLY_FROM(key=key))
        return None
    origin, at = fields.get("from", named), fields.need("at", moment)
    carry = fields.get("carry", names) or ()
    return None if origin is None or at is None else CarryOver(fields.place_of("from"), origin, at, carry)
