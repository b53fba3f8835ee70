"""The terminal: where Chinese text is broken, what a line may begin with, and no spaces at its end."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from enforceflow.cli import screen
from enforceflow.cli.screen import Flow, Trimmed, pieces


def lines(text: str, width: int, hang: int = 0) -> list[str]:
    return [line.plain for line in Flow(Text(text), hang).lines(width)]


@pytest.mark.parametrize(
    ("text", "width", "found"),
    [
        ("申请执行期限为二年。", 8, ["申请执行", "期限为二", "年。"]),
        ("申请执行。期限", 8, ["申请执", "行。期限"]),
        ("依《民事诉讼法》", 5, ["依", "《民", "事诉", "讼", "法》"]),
        ("自2026-01-05起", 12, ["自2026-01-05", "起"]),
        ("two words more", 9, ["two words", "more"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("甲", 1, ["甲"]),
        ("甲乙", 0, ["甲", "乙"]),
        ("one\ntwo", 9, ["one", "two"]),
        ("", 9, [""]),
        ("spaces at the end   ", 20, ["spaces at the end"]),
    ],
)
def test_text_is_broken_where_it_may_be(text: str, width: int, found: list[str]) -> None:
    assert lines(text, width) == found


def test_lines_after_the_first_are_indented() -> None:
    console = Console(file=io.StringIO(), width=10)
    with console.capture() as capture:
        console.print(Flow(Text("甲乙丙丁戊己庚"), 4))
    assert capture.get() == "甲乙丙丁戊\n    己庚\n"


@given(st.text("甲乙，。《》ab 1-", max_size=40), st.integers(1, 12), st.integers(0, 4))
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: int, hang: int) -> None:
    found = lines(text, width, hang)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert cell_len(found[0]) <= max(width, 2)
    assert all(cell_len(line) <= max(width - hang, 2) for line in found[1:])
    assert "".join(text[start:end] for start, end in pieces(text)) == text


def test_a_table_gives_each_column_what_its_text_needs() -> None:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_row(Text("2026-01-05", no_wrap=True), Flow(Text("发出执行通知期限，十日")))
    console = Console(file=io.StringIO(), width=24)
    with console.capture() as capture:
        console.print(Trimmed(table))
    assert capture.get() == "2026-01-05 发出执行通知\n           期限，十日\n"


def test_lines_end_without_spaces() -> None:
    console = Console(file=io.StringIO(), width=20)
    with console.capture() as capture:
        console.print(Trimmed(Group(Padding("a  ", (1, 3)), Text("b "))))
    assert capture.get() == "\n   a\n\nb\n"


@pytest.mark.parametrize(("columns", "width"), [("80", 80), ("160", 140), ("40", 40)])
def test_no_line_is_longer_than_anybody_reads(columns: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert screen.screen().width == width


def test_an_output_that_nobody_reads_is_for_the_program() -> None:
    with pytest.raises(BrokenPipeError):
        screen.screen().on_broken_pipe()
