"""The blocks of a page of documentation, and what running them comes to.

Run as a script (`PYTHONPATH=src:tests python tests/documents.py`) it writes the generated tables and the shown outputs
anew into all pages; `git diff` then tells what changed.

- `python`: runs; the blocks of a page share their names and an empty directory.
- `text` straight after a `python` block: what that block prints.
- `yaml path/of/file.yaml`: is written to that file and read by its kind; with `wrong` after the path it must be
  refused, with `more` it is added to the end of the file, with `track` it is read with its case; so is a part with
  its workflow.
- `yaml on=name`: an excerpt, read as an overlay on the workflow of that name.
- `guard name`: each line must compile in the workflow of that name (for a track, the name of its case follows), to true
  or false or to the type that stands after a `#`.
- `console`: lines after `$ ` are commands of enforceflow; what follows one, if anything does, is what it prints.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import attrs

import enforceflow as ef
import reference_tables
from enforceflow.casefiles import load_cases
from enforceflow.definitions.facts import FactKind
from enforceflow.expressions import ExpressionError, compile_expression, scope_of

ROOT: Final = Path(__file__).resolve().parents[1]
_FENCE: Final = re.compile(r"^```(\w+)([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ENTRY: Final = "import sys; from enforceflow.cli import main; sys.argv[0] = 'enforceflow'; main()"


@attrs.frozen
class Block:
    """A fenced block: its language, the words after it, its text, and where the text stands in the page."""

    language: str
    words: tuple[str, ...]
    text: str
    start: int
    line: int


def pages() -> list[Path]:
    """Return the pages whose blocks are run, relative to the checkout; the page on case files has tests of its own."""
    found = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    own = {"CHANGELOG.md"}
    return sorted(
        path.relative_to(ROOT) for path in found if path.name not in own and not path.name.startswith("case-files")
    )


def blocks_of(page: str) -> list[Block]:
    """Return the fenced blocks of a page that name a language."""
    return [
        Block(match[1], tuple(match[2].split()), match[3], match.start(3), page.count("\n", 0, match.start(3)) + 1)
        for match in _FENCE.finditer(page)
    ]


def play(page: str, name: str) -> Iterator[tuple[Block, str, str]]:
    """Run the blocks of a page in the current directory; yield (block, what it shows, what came) of each output."""
    names: dict[str, object] = {"__name__": "page"}
    blocks = blocks_of(page)
    for block in reversed(blocks):  # what a file refers to may stand below it on the page
        if (
            block.language == "yaml"
            and block.words
            and block.words[1:] in ((), ("track",))
            and not block.words[0].startswith("on=")
        ):
            write(Path(block.words[0]), block.text)
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if block.language == "python":
            printed = run(block, name, names)
            if following is not None and following.language == "text":
                yield following, following.text, printed
            elif printed:
                yield block, "(nothing)", printed
        elif block.language == "yaml" and block.words:
            read(block)
        elif block.language == "guard":
            compile_guards(block)
        elif block.language == "console":
            shown = without_outputs(block.text) != block.text
            yield block, block.text, command(block.text, shown=shown)


def run(block: Block, name: str, names: dict[str, object]) -> str:
    """Run Python and return what it prints."""
    printed = io.StringIO()
    code = compile("\n" * (block.line - 1) + block.text, name, "exec")
    with contextlib.redirect_stdout(printed):
        exec(code, names)  # noqa: S102 - our own pages
    return _trimmed(printed.getvalue())


def read(block: Block) -> None:
    """Write a block to its file and read it as what it says it is."""
    first, *rest = block.words
    base = first.removeprefix("on=")
    if base == first:
        path, text = Path(first), block.text
    else:
        path = Path(f"{base}_{block.line}.yaml")
        text = f"workflow: {base}_{block.line}\nextends: {base}\n{block.text}"
    if rest == ["more"]:
        text = path.read_text(encoding="utf-8") + text
    write(path, text)
    if rest == ["track"] or text.startswith("part:"):
        return
    if rest == ["wrong"]:
        try:
            load(path)
        except ef.DefinitionError:
            return
        raise AssertionError(path)
    load(path)


def compile_guards(block: Block) -> None:
    """Compile each line of a block as a guard of the workflow that the block names."""
    name, *base = block.words
    root = ef.load(f"{(base or [name])[-1]}.yaml")
    views = [root, *(one for kinds in root.tracks.values() for one in kinds.values())]
    scope, _, problems = scope_of(next(one for one in views if one.name == name), root)
    assert not problems, problems
    for number, line in enumerate(block.text.splitlines()):
        text, _, kind = line.partition("#")
        try:
            compile_expression(text.strip(), scope, FactKind(kind.strip() or "bool"))
        except ExpressionError as error:
            raise AssertionError(block.line + number, text) from error


def write(path: Path, text: str) -> None:
    """Write a file, making its directories."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def load(path: Path) -> None:
    """Load a file by the kind that its first key names."""
    kind = next(line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    if kind.startswith("workflow:"):
        ef.load(path)
    elif kind.startswith("calendar:"):
        ef.calendar(path)
    else:
        load_cases(path)


def command(text: str, *, shown: bool) -> str:
    """Run the commands of a block and return the block with what they print, if it is to be shown."""
    lines = []
    for line in without_outputs(text).splitlines():
        lines.append(line)
        arguments = shlex.split(line)[2:]
        assert line.startswith("$ enforceflow "), line
        done = subprocess.run(  # noqa: S603 - our own pages
            [sys.executable, "-c", _ENTRY, *arguments],
            capture_output=True,
            check=False,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", "COLUMNS": "100"},
        )
        if shown:
            lines.append(_trimmed(done.stdout + done.stderr).rstrip("\n"))
        else:
            assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
    return "\n".join(lines) + "\n"


def without_outputs(text: str) -> str:
    """Return the commands of a console block."""
    return "".join(line + "\n" for line in text.splitlines() if line.startswith("$ "))


def _trimmed(text: str) -> str:
    return "".join(line.rstrip() + "\n" for line in text.strip("\n").splitlines())


def renewed(page: str, name: str) -> str:
    """Return a page with its outputs as they come now."""
    found = [(block, came) for block, shown, came in play(page, name) if shown != came]
    for block, came in sorted(found, key=lambda pair: pair[0].start, reverse=True):
        assert block.language != "python", f"{name}:{block.line} prints and shows no output"
        page = page[: block.start] + came + page[block.start + len(block.text) :]
    return page


def in_empty_directory(act: Callable[[], str]) -> str:
    """Return what `act` returns when it is called in a directory of its own."""
    with tempfile.TemporaryDirectory() as directory, contextlib.chdir(directory):
        return act()


def main() -> None:
    """Write tables and outputs anew."""
    for path in pages():
        page = (ROOT / path).read_text(encoding="utf-8")
        page = reference_tables.fresh(page, "zh" if path.name.endswith(".zh.md") else "en")
        new = in_empty_directory(lambda page=page, path=path: renewed(page, str(path)))  # type: ignore[misc]
        (ROOT / path).write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
