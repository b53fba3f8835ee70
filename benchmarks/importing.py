"""Importing the library, against importing what it stands on; fresh processes in turn."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from measuring import Effort, Figure, at_most

import enforceflow

OWN = "import enforceflow"
PEERS = "import transitions, pendulum, yaml"


def figures(effort: Effort) -> Iterator[Figure]:
    measured = []
    for _ in range(effort.pairs if effort.smoke else effort.pairs + 1):
        own, bare, peers, bare_again = (_cpu(code) for code in (OWN, "pass", PEERS, "pass"))
        empty = (bare + bare_again) / 2
        measured.append((own - empty, peers - empty))
    counted = measured if effort.smoke else measured[1:]  # the first writes the compiled files
    yield Figure(
        "import enforceflow / transitions, pendulum and yaml",
        tuple(own / peers for own, peers in counted),
        at_most(2),
    )
    yield Figure("(the same, CPU time beyond a bare interpreter)", tuple(1_000 * own for own, _ in counted), None, "ms")


def _cpu(code: str) -> float:
    """Return the CPU seconds of a fresh interpreter that runs `code`."""
    root = Path(enforceflow.__file__).parents[1]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True, env={**environment, "PYTHONPATH": str(root)})  # noqa: S603
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
