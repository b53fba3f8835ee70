"""Measure enforceflow against its targets and print a table.

python benchmarks/run.py                       all of it
python benchmarks/run.py record growth         some of it
python benchmarks/run.py --smoke               each once, tiny, for its self-checks; no verdicts
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import growth
import importing
import loading
import memory
import opening
import recording
import replay
import running_deadlines
import working_days
from measuring import Effort, Figure

BENCHMARKS: Mapping[str, Callable[[Effort], Iterator[Figure]]] = {
    "record": recording.figures,
    "growth": growth.figures,
    "open": opening.figures,
    "memory": memory.figures,
    "days": working_days.figures,
    "deadlines": running_deadlines.figures,
    "replay": replay.figures,
    "import": importing.figures,
    "load": loading.figures,
}
PEERS = ("transitions", "pendulum", "PyYAML", "holidays", "chinesecalendar")
VERDICTS = {True: "met", False: "NOT MET", None: "–"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHMARKS))
    parser.add_argument("--smoke", action="store_true", help="each once with tiny sizes, no verdicts")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every ratio that was measured there, too")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(BENCHMARKS)
    if unknown:
        parser.error(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(BENCHMARKS)}")
    effort = Effort(arguments.smoke)
    print("| figure | target | median | quartiles | |\n|:--|:--|--:|--:|:--|")
    taken: list[Figure] = []
    for name in arguments.names or BENCHMARKS:
        for figure in BENCHMARKS[name](effort):
            taken.append(figure)
            print(_row(figure, effort), flush=True)
    print(f"\n{_machine()}")
    if arguments.json is not None:
        rows = [_plain(figure) for figure in taken]
        text = json.dumps({"machine": _machine(), "smoke": effort.smoke, "figures": rows}, ensure_ascii=False, indent=1)
        arguments.json.write_text(text + "\n", encoding="utf-8")
    return int(not effort.smoke and any(figure.is_met is False for figure in taken))


def _row(figure: Figure, effort: Effort) -> str:
    low, high = figure.quartiles
    target = "" if figure.target is None else f"{figure.target} {figure.unit}"
    verdict = "ran" if effort.smoke else VERDICTS[figure.is_met]
    spread = f"{_number(low)} – {_number(high)}" if len(figure.measured) > 1 else ""
    return f"| {figure.what} | {target} | {_number(figure.median)} {figure.unit} | {spread} | {verdict} |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _plain(figure: Figure) -> dict[str, object]:
    return {
        "figure": figure.what,
        "target": None if figure.target is None else str(figure.target),
        "unit": figure.unit,
        "median": figure.median,
        "quartiles": figure.quartiles,
        "met": figure.is_met,
        "measured": figure.measured,
    }


def _machine() -> str:
    peers = ", ".join(f"{name} {version(name)}" for name in PEERS)
    return f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores; {peers}"


if __name__ == "__main__":
    raise SystemExit(main())
