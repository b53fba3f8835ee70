"""What the stories of examples/ leave out: `PYTHONPATH=src:tests python tests/scenario_meter.py [prefix…]`.

A prefix is the start of a line as it is printed, such as `cn/asset/thing` or `cn/civil/closing complete`.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import yaml

from enforceflow.casefiles import Playback, load_cases, play
from enforceflow.definitions import Workflow
from enforceflow.errors import DefinitionError
from enforceflow.reading import load
from enforceflow.testing import Demand, exercised

ROOT = Path(__file__).parents[1]
WORKFLOWS = ROOT / "workflows"
NAMES = [
    name
    for name in ("cn/civil", "cn/preservation", "cn/restored", "cn/administrative", "cn/criminal_property")
    if (WORKFLOWS / f"{name}.yaml").exists()
]
STORIES = [path for folder in ("cases", "scenarios") for path in sorted((ROOT / "examples" / folder).rglob("*.yaml"))]

NOT_SHOWN: dict[str, str] = {
    "cn/security stay: renewed": "both acts that start a stay leave `accepted`, and nothing leads back",
    "cn/asset/thing/auction disclosure: met before the last day": "the particulars are due on the day of the notice",
    "cn/civil/notice report_order: met before the last day": "due on the very day on which it starts",
    "cn/preservation urgent_start: met before the last day": "due on the very day on which it starts",
    "cn/civil/notice report_order: met on the last day": "an order of that day leaves nothing due",
}
"""What no story can show, as `scenario_meter` prints it, and why."""


@cache
def workflow(name: str) -> Workflow:
    return load(name)


@cache
def played(path: Path) -> Playback:
    return play(load_cases(path))


@cache
def written(name: str) -> dict[str, object]:
    found = yaml.safe_load((WORKFLOWS / f"{name}.yaml").read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}


def place(name: str, section: str, key: str) -> str:
    """Return the file in which a limit or act of a workflow is written: its own, a part of it, or what it lies on."""
    layers = [name]
    while isinstance(below := written(layers[-1]).get("extends"), str):
        layers.append(below)
    for layer in layers:
        parts = written(layer).get("parts")
        for file in (layer, *map(str, parts if isinstance(parts, list) else ())):
            things = written(file).get(section)
            if isinstance(things, dict) and key in things:
                return file
    return name


def line(demand: Demand) -> str:
    """Return `cn/asset/thing handover: a day late`."""
    file = place(demand.workflows[0], demand.section, demand.name)
    what = demand.what.text("en") + (f" {demand.subject}" if demand.subject else "")
    return f"{file} {demand.name}: {what}"


@cache
def demands() -> dict[str, Demand]:
    """Return all that is to be shown, by its line; a story that cannot be played shows nothing."""
    playbacks = [playback for path in STORIES if (playback := _played(path)) is not None]
    found: dict[str, Demand] = {}
    for demand in exercised([workflow(name) for name in NAMES], playbacks):
        known = found.setdefault(line(demand), demand)
        if not (known.shown_by and demand.shown_by):  # two definitions that stand in one place: both are to be shown
            found[line(demand)] = known if not known.shown_by else demand
    return dict(sorted(found.items()))


def _played(path: Path) -> Playback | None:
    try:
        return played(path)
    except DefinitionError as error:
        print(f"{path.relative_to(ROOT)} cannot be played:\n{error}", file=sys.stderr)  # noqa: T201
        return None


def gaps() -> list[str]:
    """Return what no story shows, sorted by file."""
    return [said for said, demand in demands().items() if not demand.shown_by and said not in NOT_SHOWN]


def main(prefixes: list[str]) -> None:
    """Print the gaps whose line starts with one of the prefixes."""
    for path in STORIES:
        if (playback := _played(path)) is not None and not playback.holds:
            print(playback.text("en"), file=sys.stderr)  # noqa: T201
    wanted = [said for said in demands() if not prefixes or said.startswith(tuple(prefixes))]
    found = [said for said in gaps() if said in wanted]
    for said in found:
        print(f"{said} — not shown")  # noqa: T201
    print(f"{len(wanted) - len(found)} of {len(wanted)} shown")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
