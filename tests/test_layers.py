"""Arrows point down only: who may import whom, and which third-party library lives where."""

from __future__ import annotations

import ast
import graphlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "enforceflow"
LAYERS = {
    "ground": "texts errors",
    "definitions": "definitions",
    "numbers of law": "amounts",
    "days and guards": "calendars expressions",
    "what happened": "cases checking overlays",
    "made ready": "programs",
    "read on a day": "deadlines",
    "engine": "engine",
    "reading and saving": "reading saving",
    "adapters": "casefiles testing cli",
    "program": "__main__",
}
HEIGHT = {module: height for height, modules in enumerate(LAYERS.values()) for module in modules.split()}
LIBRARIES = {
    "attrs": None,
    "transitions": {"programs.machine"},
    "pendulum": {"calendars.moments"},
    "yaml": {"reading.parsing"},
    "click": {"cli"},
    "rich": {"cli"},
    "hypothesis": {"testing", "cli.walking"},
}
"""Each third-party library and the modules (or packages) that may import it; attrs is everywhere."""


def modules() -> dict[str, Path]:
    """Return every module by its dotted name below the package."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(node: ast.AST) -> Iterator[str]:
    """Yield the dotted names that a module imports when it runs, wherever in it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            continue
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, "imports are absolute"
            yield from (f"{child.module}.{alias.name}" for alias in child.names)
        yield from imports(child)


IMPORTS = {name: set(imports(ast.parse(path.read_text("utf-8")))) for name, path in modules().items()}


def own(name: str) -> str:
    """Return the part of the package that a dotted name of it belongs to; empty for the package itself."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in HEIGHT else ""


@pytest.mark.parametrize("module", sorted(name for name in IMPORTS if name))
def test_arrows_point_down_only(module: str) -> None:
    part = module.partition(".")[0]
    assert part in HEIGHT, f"{part} belongs to no layer"
    for imported in IMPORTS[module]:
        if imported.startswith("enforceflow") and own(imported) not in ("", part):
            assert HEIGHT[own(imported)] <= HEIGHT[part], f"{module} looks up to {imported}"


def test_nothing_waits_for_itself_inside_a_layer() -> None:
    parts: dict[str, set[str]] = {}
    for module, imported in IMPORTS.items():
        part = module.partition(".")[0]
        if part:
            below = {own(name) for name in imported if name.startswith("enforceflow")}
            parts.setdefault(part, set()).update(below - {"", part})
    graphlib.TopologicalSorter(parts).prepare()


def test_the_engine_knows_neither_files_nor_adapters() -> None:
    above = {"reading", "casefiles", "testing", "cli", "saving"}
    for module, imported in IMPORTS.items():
        if module and HEIGHT[module.partition(".")[0]] <= HEIGHT["engine"]:
            assert not {own(name) for name in imported if name.startswith("enforceflow")} & above, module


@pytest.mark.parametrize("library", sorted(LIBRARIES))
def test_a_third_party_library_lives_in_one_place(library: str) -> None:
    homes = LIBRARIES[library]
    for module, imported in IMPORTS.items():
        if homes is not None and any(name.partition(".")[0] == library for name in imported):
            assert any(f"{module}.".startswith(f"{home}.") for home in homes), module


def test_only_known_libraries_are_imported() -> None:
    known = {*sys.stdlib_module_names, *LIBRARIES, "enforceflow"}
    assert {name.partition(".")[0] for imported in IMPORTS.values() for name in imported} <= known


def test_importing_the_package_is_light() -> None:
    script = "import enforceflow, sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)  # noqa: S603
    heavy = {"click", "rich", "hypothesis", "pendulum"}
    assert heavy.isdisjoint(told.stdout.split())


def test_the_numbers_of_law_are_fetched_on_demand() -> None:
    script = "import enforceflow, sys; print('enforceflow.amounts' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)  # noqa: S603
    assert told.stdout.strip() == "False"
