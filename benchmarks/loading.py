"""Loading a workflow with all its checks, against composing the same bytes by PyYAML's C loader."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from measuring import Effort, Figure, at_most, clocked, ratios, repeated
from wheel import acts, names, workflow

import enforceflow
from enforceflow.reading.shelves import shipped

GENERATED = "wheel/case"


def figures(effort: Effort) -> Iterator[Figure]:
    for root in shipped():
        for name in _cases(root):
            yield _figure(name, root, effort)
    with tempfile.TemporaryDirectory() as folder:
        states = effort.of(151, 5)
        file = Path(folder) / f"{GENERATED}.yaml"
        file.parent.mkdir()
        file.write_text(_written(states), encoding="utf-8")
        assert enforceflow.load(file) == workflow(states)
        yield _figure(GENERATED, Path(folder), effort)


def _figure(name: str, root: Path, effort: Effort) -> Figure:
    texts = [_file(root, one).read_bytes() for one in _read_for(name, root)]
    lines = sum(text.count(b"\n") for text in texts)
    times = effort.of(max(1, 2_000 // lines), 1)
    load = repeated(lambda: enforceflow.load(name, search=[root]), times)
    compose = repeated(lambda: [yaml.compose(text, yaml.CLoader) for text in texts], times)
    what = f"load {name} ({len(texts)} files, {lines:,} lines) / yaml.compose"
    return Figure(what, ratios(lambda: clocked(load), lambda: clocked(compose), effort), at_most(5))


def _cases(root: Path) -> list[str]:
    """Return the names of the workflows in a directory that have tracks of their own: cases."""
    files = {file.relative_to(root).with_suffix("").as_posix(): file for file in sorted(root.rglob("*.yaml"))}
    return [name for name, file in files.items() if {"workflow", "tracks"} <= _content(file).keys()]


def _read_for(name: str, root: Path) -> list[str]:
    """Return the names of all files that a workflow is read from: itself, its parts, what it extends, its tracks."""
    found: dict[str, None] = {}
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found[one] = None
            content = _content(_file(root, one))
            waiting += [content["extends"]] if "extends" in content else []
            parts = content.get("parts", [])
            waiting += [parts] if isinstance(parts, str) else parts
            for kinds in content.get("tracks", {}).values():
                waiting += kinds.values() if isinstance(kinds, dict) else [kinds]
    return list(found)


def _file(root: Path, name: str) -> Path:
    return root / f"{name}.yaml"


def _content(file: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(file.read_bytes(), yaml.CSafeLoader)
    return content


def _written(states: int) -> str:
    """Return the wheel as YAML, one key a line as one writes it by hand."""
    lines = [f"workflow: {GENERATED}", 'edition: "1"', *_TITLE]
    lines += ["facts:", "  amount:", *_indented(_TITLE), "    type: money", "states:"]
    for state in names(states):
        lines += [f"  {state}:", *_indented(_TITLE)]
    lines += ["transitions:", "  file:", *_indented(_TITLE), "    to: s_0", "    takes: amount"]
    for act in acts(states):
        lines += [
            f"  {act.event}_from_{act.source}:",
            *_indented(_TITLE),
            f"    event: {act.event}",
            f"    from: {act.source}",
            f"    to: {act.to}",
            "    when: amount > 0",
            "    after: file",
            "    then: tell_the_parties",
            "    source: 民事诉讼法",
        ]
    return "\n".join(lines) + "\n"


_TITLE = ["zh: 执行案件", "en: An enforcement case"]


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}" for line in lines]
