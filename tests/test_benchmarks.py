"""The benchmarks run, and what they compare does the same work; how fast is not a question for tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

RUN = Path(__file__).parents[1] / "benchmarks" / "run.py"
SOURCE = Path(__file__).parents[1] / "src"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(filter(None, (str(SOURCE), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(  # noqa: S603  our own script
        [sys.executable, str(RUN), *arguments],
        capture_output=True,
        check=False,
        encoding="utf-8",
        env=environment,
        timeout=120,
    )


def test_every_benchmark_runs_and_its_checks_hold(tmp_path: Path) -> None:
    written = tmp_path / "figures.json"
    done = run("--smoke", "--json", str(written))
    assert done.returncode == 0, done.stderr
    assert "NOT MET" not in done.stdout
    figures = json.loads(written.read_text(encoding="utf-8"))["figures"]
    assert len([figure for figure in figures if figure["target"] is not None]) >= 12
    assert all(f"| {figure['figure']} |" in done.stdout for figure in figures)


def test_a_benchmark_that_does_not_exist_is_named() -> None:
    done = run("--smoke", "speed")
    assert done.returncode == 2
    assert "no benchmark speed; there are record, growth" in done.stderr
