"""The tables of the page on the law files: which file holds what, and how many rules of law are encoded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import law_coverage
import scenario_meter as meter

_NOT_LAW: Final = {"calendar.yaml", "coverage.yaml"}
_ANSWERS: Final = ("encoded", "later", "outside")


def files() -> Iterator[tuple[str, ...]]:
    """Yield of each file its name, its titles, and how many acts, time limits and guards it writes."""
    for path in sorted((meter.WORKFLOWS / "cn").rglob("*.yaml"), key=_order):
        if path.name in _NOT_LAW:
            continue
        name = path.relative_to(meter.WORKFLOWS).with_suffix("").as_posix()
        written = meter.written(name)
        acts, limits = _section(written, "transitions"), _section(written, "time_limits")
        guards = sum("when" in act for act in acts if isinstance(act, dict))
        yield f"`{name}`", str(written["zh"]), str(written["en"]), str(len(acts)), str(len(limits)), str(guards)


def _order(path: Path) -> tuple[str, ...]:
    """Sort a file before the directory of its parts and kinds."""
    return path.relative_to(meter.WORKFLOWS).with_suffix("").parts


def _section(written: dict[str, object], section: str) -> list[object]:
    things = written.get(section)
    return list(things.values()) if isinstance(things, dict) else []


def coverage() -> Iterator[tuple[str, ...]]:
    """Yield of each stage of the law how many rules it has, are encoded, come later, are no matter for a workflow."""
    read = law_coverage.read_coverage()
    counts = Counter((rule.stage, _answer(rule)) for rule in read.rules)
    for stage, rules in read.counts.items():
        yield stage, str(rules), *(str(counts[stage, answer]) for answer in _ANSWERS)
    totals = (sum(counts[stage, answer] for stage in read.counts) for answer in _ANSWERS)
    yield "**∑**", str(sum(read.counts.values())), *map(str, totals)


def _answer(rule: law_coverage.Rule) -> str:
    return "encoded" if rule.encoded else "later" if rule.later else "outside"
