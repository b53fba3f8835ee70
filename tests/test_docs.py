"""The pages say what is so: their code runs, what it shows comes, and their tables are those of the library."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import reference_tables
from documents import ROOT, blocks_of, pages, play

TEST_COMMAND = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/python -m pytest"
RUN_COMMAND = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/enforceflow demo"
PAGES = pages()
CHINESE = [path for path in PAGES if path.name.endswith(".zh.md")]
ANEW = "run: PYTHONPATH=src:tests python tests/documents.py"


def page(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def lang_of(path: Path) -> str:
    return "zh" if path.name.endswith(".zh.md") else "en"


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_what_a_page_shows_comes(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for block, shown, came in play(page(path), str(path)):
        assert came == shown, f"{path}:{block.line} shows something else; {ANEW}"


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_the_tables_of_a_page_are_fresh(path: Path) -> None:
    assert reference_tables.fresh(page(path), "zh" if lang_of(path) == "zh" else "en") == page(path), ANEW


def test_the_tables_explain_all_that_the_library_knows() -> None:
    assert reference_tables.unexplained() == set()


def headings(text: str) -> list[int]:
    outside = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return [len(marks) for marks in re.findall(r"^(#+) ", outside, re.MULTILINE)]


def code(text: str) -> list[tuple[str, str]]:
    """Return the blocks of a page but for outputs, without comments, docstrings and the language that is asked for."""
    found = []
    for block in blocks_of(text):
        if block.language in ("text", "console"):
            continue
        plain = re.sub(r"\s+# .*", "", block.text) if block.language == "python" else block.text
        plain = re.sub(r'""".*"""', "", plain)
        plain = re.sub(r'\.text\("(zh|en)"\)', "", plain)
        found.append((" ".join((block.language, *block.words)), plain))
    return found


@pytest.mark.parametrize("path", CHINESE, ids=str)
def test_chinese_and_english_pages_are_in_step(path: Path) -> None:
    chinese, english = page(path), page(path.with_name(path.name.replace(".zh.md", ".md")))
    assert headings(chinese) == headings(english)
    assert code(chinese) == code(english)
    assert re.findall(r"<!-- table: .* -->", chinese) == re.findall(r"<!-- table: .* -->", english)


def anchors(text: str) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_the_links_of_a_page_lead_somewhere(path: Path) -> None:
    outside = re.sub(r"^```.*?^```$", "", page(path), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)]+)\)", outside):
        assert "://" not in target, f"{path}: {target} is an address"
        name, _, anchor = target.partition("#")
        there = Path(os.path.normpath(ROOT / path.parent / name)) if name else ROOT / path
        assert there.exists(), f"{path}: {target} leads nowhere"
        assert not anchor or anchor in anchors(there.read_text(encoding="utf-8")), (
            f"{path}: {target} has no such heading"
        )


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readme_tells_the_two_commands(name: str) -> None:
    shown = [block.text.strip() for block in blocks_of(page(Path(name))) if block.language == "sh"]
    assert shown == [RUN_COMMAND, TEST_COMMAND]


def test_ci_runs_the_readme_s_test_command() -> None:
    assert TEST_COMMAND in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_page_is_in_the_index() -> None:
    index = page(Path("docs/README.md"))
    for path in PAGES:
        if path.parts[0] == "docs" and path != Path("docs/README.md"):
            assert f"({path.relative_to('docs').as_posix()})" in index, path
